//! Where reports go.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};

use crate::diagnostics::Report;
use crate::pipeline::Checker;
use crate::report::Format;
use crate::workspace::replace;

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
        match report.read.iter().find(|name| is_target(name)) {
            Some(name) => bail!("{}: the report would overwrite `{name}`, which is checked", path.display()),
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

/// Writes a file as a whole or not at all. What is no regular file, such as a pipe or a device, is written to as it is.
/// A link must not lead out of the repository.
pub(super) fn write_file(
    path: &Path,
    checker: &Checker,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let context = || format!("{}: the report cannot be written", path.display());
    let plain = plain(path);
    let folder = plain.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        bail!("{}: there is no folder `{}`", context(), folder.display());
    }
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return File::create(path).and_then(|mut file| write(&mut file)).with_context(context);
    }
    let mut bytes = Vec::new();
    write(&mut bytes).and_then(|()| replace(&checker.here().join(path), &bytes, &checker.root())).with_context(context)
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
}
