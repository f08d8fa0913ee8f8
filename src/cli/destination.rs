//! Where reports go.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::diagnostics::Report;
use crate::report::Format;

/// A report and where it goes.
#[derive(Debug)]
pub(super) struct Destination {
    pub format: Format,
    /// The file; `None` for standard output.
    pub path: Option<PathBuf>,
}

impl Destination {
    /// Reads the values of `--report`, each `FORMAT` or `FORMAT=PATH`.
    ///
    /// # Errors
    /// An unknown format, no name behind `=`, and two reports in one place, where they would be mixed up.
    pub(super) fn parse_all(values: &[String]) -> Result<Vec<Self>> {
        let mut all: Vec<Self> = Vec::new();
        for value in values {
            let one = Self::parse(value)?;
            let place = one.path.as_deref().map(plain);
            if let Some(other) = all.iter().find(|other| other.path.as_deref().map(plain) == place) {
                let (a, b) = (other.format, one.format);
                match one.path {
                    Some(path) => {
                        bail!("--report {value}: `{a}` goes to `{}` already; name another file", path.display())
                    }
                    None => bail!(
                        "--report {value}: `{a}` goes to standard output already; write one into a file: `--report {b}=PATH`"
                    ),
                }
            }
            all.push(one);
        }
        if all.is_empty() {
            all.push(Self { format: Format::Text, path: None });
        }
        Ok(all)
    }

    fn parse(value: &str) -> Result<Self> {
        let (format, path) = value.split_once('=').map_or((value, None), |(format, path)| (format, Some(path)));
        if path == Some("") {
            bail!("--report {value}: there is no file name behind `=`");
        }
        let format = format.parse().map_err(|error| anyhow!("--report {value}: {error}"))?;
        Ok(Self { format, path: path.map(PathBuf::from) })
    }

    /// Fails where the report would take the place of a file that was checked.
    pub(super) fn spares(&self, report: &Report) -> Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let Ok(target) = fs::canonicalize(path) else { return Ok(()) };
        let is_target = |file: &str| fs::canonicalize(file).is_ok_and(|checked| checked == target);
        match report.files.iter().find(|file| is_target(file.path())) {
            Some(file) => bail!("{}: the report would overwrite `{}`, which is checked", path.display(), file.path()),
            None => Ok(()),
        }
    }
}

/// `path` without `.` and `folder/..`, to tell whether two paths name one file.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match (part, plain.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(plain.pop()),
            (part, _) => plain.push(part),
        }
    }
    plain
}

/// Writes a file as a whole or not at all: into a sibling, which then takes its place. What is no regular file, such as
/// a pipe, a device or a link, is written to as it is.
pub(super) fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let context = || format!("{}: the report cannot be written", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("{}: there is no folder `{}`", context(), folder.display());
    }
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return File::create(path).and_then(|file| fill(file, write)).with_context(context);
    }
    let name = path.file_name().ok_or_else(|| anyhow!("{}: this names no file", context()))?;
    let sibling = path.with_file_name(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id()));
    let result = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&sibling)
        .and_then(|file| fill(file, write))
        .and_then(|()| fs::rename(&sibling, path));
    if result.is_err() {
        // Nothing is left to be done where it cannot be removed either.
        let _ = fs::remove_file(&sibling);
    }
    result.with_context(context)
}

fn fill(file: File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(values: &[&str]) -> Result<Vec<Destination>> {
        Destination::parse_all(&values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn each_report_has_a_place_of_its_own() {
        assert_eq!(parse(&[]).unwrap().len(), 1);
        assert_eq!(parse(&["text", "json=a.json", "sarif=b/a.json"]).unwrap().len(), 3);
        for values in [&["text", "json"][..], &["text", "text"], &["json=a.json", "sarif=./x/../a.json"]] {
            assert!(parse(values).unwrap_err().to_string().contains("already"), "{values:?}");
        }
        assert!(parse(&["json="]).unwrap_err().to_string().contains("no file name"));
    }

    #[test]
    fn a_failing_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        write_file(&path, |out| out.write_all(b"old")).unwrap();
        let error = write_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(
            format!("{:#}", error.unwrap_err()).ends_with("a.json: the report cannot be written: the disk is full")
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
