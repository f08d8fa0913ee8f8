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
    Ok(SourceFile::new(shown, raw(path, shown, limit)?))
}

/// Reads a text file as [`read`] does, if its bytes are `wanted`: of most files of a repository nothing more is made.
pub fn read_if(
    path: &Path,
    shown: &str,
    limit: u64,
    wanted: impl Fn(&[u8]) -> bool,
) -> Result<Option<SourceFile>, Problem> {
    let bytes = raw(path, shown, limit)?;
    Ok(wanted(&bytes).then(|| SourceFile::new(shown, bytes)))
}

/// Reads text from `input`, as [`read`] does.
pub fn read_bytes(input: impl Read, shown: &str, limit: u64) -> Result<SourceFile, Problem> {
    Ok(SourceFile::new(shown, checked(input, 0, shown, limit)?))
}

fn raw(path: &Path, shown: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    let problem = |error: io::Error| Problem::new(shown, explain(&error));
    // Asked before the file is opened: opening a pipe waits until somebody writes into it.
    let metadata = fs::metadata(path).map_err(problem)?;
    if metadata.is_dir() {
        return Err(Problem::new(shown, "this is a folder, not a file"));
    }
    if !metadata.is_file() {
        return Err(Problem::new(shown, "this is no regular file; a pipe is read from standard input: `-`"));
    }
    checked(File::open(path).map_err(problem)?, metadata.len(), shown, limit)
}

/// The bytes of `input`, about `length` of them.
fn checked(input: impl Read, length: u64, shown: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    let expected = usize::try_from(length.min(limit)).unwrap_or(0);
    // One byte more than expected, so that the end is seen without growing.
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    let read = input.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| Problem::new(shown, explain(&error)))?;
    if bytes.len() as u64 > limit {
        let message = format!("the file is larger than {limit} bytes; raise `max-file-size` to check it");
        return Err(Problem::new(shown, message));
    }
    let probe = bytes.get(..bytes.len().min(BINARY_PROBE)).unwrap_or_default();
    if memchr::memchr(0, probe).is_some() {
        return Err(Problem::new(shown, "this is a binary file, no text"));
    }
    Ok(bytes)
}

fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file cannot be read: permission denied".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}
