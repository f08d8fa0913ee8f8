use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::diagnostics::Problem;
use crate::text::SourceFile;

/// How many bytes are looked at to tell a binary file; the same as git's.
const BINARY_PROBE: usize = 8000;

/// Reads a text file of at most `limit` bytes. `shown` is what findings call it.
///
/// # Errors
/// A file that is not there, is no file, cannot be read, is too large, or is binary (a NUL byte near its start).
pub fn read(path: &Path, shown: &str, limit: u64) -> Result<SourceFile, Problem> {
    let problem = |message: String| Problem::new(shown, message);
    // Asked before the file is opened: opening a pipe waits until somebody writes into it.
    let metadata = fs::metadata(path).map_err(|error| problem(explain(&error)))?;
    if metadata.is_dir() {
        return Err(problem("this is a folder, not a file".to_owned()));
    }
    if !metadata.is_file() {
        return Err(problem("this is no regular file; a pipe is read from standard input: `-`".to_owned()));
    }
    let file = File::open(path).map_err(|error| problem(explain(&error)))?;
    read_bytes(file, shown, limit)
}

/// Reads text from `input`, as [`read`] does.
pub fn read_bytes(input: impl Read, shown: &str, limit: u64) -> Result<SourceFile, Problem> {
    let problem = |message: String| Problem::new(shown, message);
    let mut bytes = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| problem(explain(&error)))?;
    if bytes.len() as u64 > limit {
        return Err(problem(format!("the file is larger than {limit} bytes; raise `max-file-size` to check it")));
    }
    if bytes.iter().take(BINARY_PROBE).any(|&byte| byte == 0) {
        return Err(problem("this is a binary file, no text".to_owned()));
    }
    Ok(SourceFile::new(shown, bytes))
}

fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file cannot be read: permission denied".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}
