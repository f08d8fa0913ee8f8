//! Runs the real program as a user would.

#![allow(dead_code, unreachable_pub, reason = "each test file uses its part of this module")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking, and says aloud what it skips")]

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run printed and returned.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs `speclint ARGS` in `folder`.
pub fn speclint(folder: &Path, args: &[&str]) -> Run {
    run(folder, args, None)
}

/// Runs `speclint ARGS` in `folder` with `input` on standard input.
pub fn speclint_with_input(folder: &Path, args: &[&str], input: &[u8]) -> Run {
    run(folder, args, Some(input))
}

fn run(folder: &Path, args: &[&str], input: Option<&[u8]>) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_speclint"))
        .args(args)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
        // A program that refuses its arguments may be gone before it has read anything.
        if let Err(error) = stdin.write_all(input) {
            assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{error}");
        }
    }
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Says aloud that a test is skipped, and why.
pub fn skip(reason: &str) {
    eprintln!("skipped: {reason}");
}

/// The repository's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of test material beside the repository; `None`, said aloud, where it is absent.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    if !path.exists() {
        eprintln!("skipped: there is no ../shared/{folder} beside the repository");
        return None;
    }
    Some(path)
}
