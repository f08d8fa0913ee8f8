use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;
use std::thread;

use super::GitError;
use super::command::{Git, failed, path_of};

/// A regular file of a commit.
#[derive(Clone, Debug)]
pub(super) struct TreeFile {
    pub path: PathBuf,
    /// Name of the object that holds its bytes.
    pub object: String,
}

/// The regular files of a commit, links and submodules left out.
pub(super) fn files(git: &Git, commit: &str) -> Result<Vec<TreeFile>, GitError> {
    let output = git.run(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
    Ok(output.split(|&byte| byte == 0).filter_map(entry).collect())
}

/// Reads `100644 blob OBJECT\tPATH`; links, submodules and paths that a file cannot be written to are left out.
fn entry(line: &[u8]) -> Option<TreeFile> {
    let tab = line.iter().position(|&byte| byte == b'\t')?;
    let (head, path) = line.split_at_checked(tab)?;
    let mut words = std::str::from_utf8(head).ok()?.split(' ');
    let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
    let path = path_of(path.get(1..)?);
    // A tree can be forged to hold `..` or `.git`.
    let is_plain = path.components().all(|part| match part {
        Component::Normal(name) => !name.eq_ignore_ascii_case(".git"),
        _ => false,
    });
    (mode.starts_with("100") && kind == "blob" && is_plain).then(|| TreeFile { path, object: object.to_owned() })
}

/// Writes objects to paths below `folder`; one larger than `limit` bytes is left out.
pub(super) fn write(git: &Git, files: &[(String, PathBuf)], limit: u64, folder: &Path) -> Result<(), GitError> {
    const ARGS: [&str; 2] = ["cat-file", "--batch"];
    let cannot = |error: &io::Error| failed(&ARGS, error.to_string());
    let mut command = git.command(&ARGS);
    command.stdin(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| GitError::NoGit(error.to_string()))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let result = thread::scope(|scope| {
        // git answers while it is being asked: both at once, or both would wait for each other.
        scope.spawn(move || {
            let Some(mut stdin) = stdin else { return };
            for (object, _) in files {
                // Where git has gone away, the reader below says so.
                if writeln!(stdin, "{object}").is_err() {
                    break;
                }
            }
        });
        let Some(stdout) = stdout else { return Ok(()) };
        let mut stdout = BufReader::new(stdout);
        files.iter().try_for_each(|(_, path)| answer(&mut stdout, &folder.join(path), limit))
    });
    let status = child.wait().map_err(|error| cannot(&error))?;
    result.map_err(|error| cannot(&error))?;
    if status.success() { Ok(()) } else { Err(failed(&ARGS, "it broke off")) }
}

/// Reads `OBJECT blob SIZE`, the bytes and a line feed. A file that cannot be made, because another one stands in the way
/// of its folder, is left out.
fn answer(stdout: &mut impl BufRead, path: &Path, limit: u64) -> io::Result<()> {
    let mut head = String::new();
    stdout.read_line(&mut head)?;
    let size = head.trim_end().split_once(" blob ").and_then(|(_, size)| size.parse::<u64>().ok());
    let size = size.ok_or_else(|| io::Error::other(format!("an object is not there: {}", head.trim_end())))?;
    let create = || {
        fs::create_dir_all(path.parent()?).ok()?;
        fs::File::create(path).ok()
    };
    let mut bytes = stdout.take(size);
    match create().filter(|_| size <= limit) {
        Some(mut file) => io::copy(&mut bytes, &mut file)?,
        None => io::copy(&mut bytes, &mut io::sink())?,
    };
    io::copy(&mut stdout.take(1), &mut io::sink())?;
    Ok(())
}
