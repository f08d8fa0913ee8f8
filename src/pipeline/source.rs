//! What belongs to a spec: its source and its inventory, by the command line, the configuration or the spec's header.

use std::path::{Path, PathBuf};

use super::Checker;
use crate::diagnostics::Problem;
use crate::spec::Spec;
use crate::text::SourceFile;
use crate::workspace::{SourceLookup, find_by_name, find_source, read, repository_root, shown};

/// The source of a spec, or what is wrong with it.
pub(super) enum SourceFound {
    File(SourceFile),
    Finding { message: String, help: String },
}

impl Checker {
    pub(super) fn source_of(
        &self,
        spec: &Spec<'_>,
        path: Option<&Path>,
        given: Option<&Path>,
    ) -> Result<SourceFound, Problem> {
        let read = |path: &Path| read(path, &shown(path, &self.here), self.config.max_file_size).map(SourceFound::File);
        if let Some(given) = given {
            return read(given);
        }
        let path = path.unwrap_or(Path::new("stdin.md"));
        let header = spec
            .header_field(&["Source Document", "Source", "Source Spec", "Source Specification"])
            .map_or("", |(_, value)| value);
        let absolute = self.here.join(path);
        let root = repository_root(&absolute).unwrap_or_else(|| self.here.clone());
        let lookup = match self.pair_of(path).and_then(|pair| pair.source.as_ref()) {
            Some(pattern) => match pattern.value.path() {
                Some(plain) => return read(&self.config.folder.join(plain)),
                None => self.among_candidates(header, &root, |path| pattern.value.matches(path)),
            },
            None => find_source(path, header, &root),
        };
        let list = |files: &[PathBuf]| {
            files.iter().map(|file| format!("`{}`", shown(file, &self.here))).collect::<Vec<_>>().join(", ")
        };
        let help = "name it with `--source FILE`, or in `speclint.toml`".to_owned();
        Ok(match lookup {
            SourceLookup::Found(path) => return read(&path),
            SourceLookup::Missing(name) => SourceFound::Finding {
                message: format!("the source `{name}` is nowhere in the repository: nothing can be compared with it"),
                help,
            },
            SourceLookup::Unnamed => {
                let (message, help) = no_source();
                SourceFound::Finding { message, help }
            }
            SourceLookup::Ambiguous(files) => SourceFound::Finding {
                message: format!("the source may be {}: the header must name one by its path", list(&files)),
                help,
            },
        })
    }

    /// The file that the header names among those that a pattern of the configuration allows.
    fn among_candidates(&self, header: &str, root: &Path, fits: impl Fn(&Path) -> bool) -> SourceLookup {
        let name = header.rsplit('/').next().unwrap_or(header);
        let mut found = find_by_name(root, name);
        found.retain(|path| path.strip_prefix(&self.config.folder).is_ok_and(&fits));
        match (found.pop(), found.is_empty()) {
            (None, _) => SourceLookup::Missing(header.to_owned()),
            (Some(only), true) => SourceLookup::Found(only),
            (Some(last), false) => {
                found.push(last);
                SourceLookup::Ambiguous(found)
            }
        }
    }

    pub(super) fn inventory_of(
        &self,
        path: Option<&Path>,
        given: Option<&Path>,
    ) -> Result<Option<SourceFile>, Problem> {
        let configured = path
            .and_then(|path| self.pair_of(path))
            .and_then(|pair| pair.inventory.as_ref())
            .and_then(|pattern| pattern.value.path());
        let inventory = given.map(Path::to_path_buf).or_else(|| configured.map(|path| self.config.folder.join(path)));
        inventory.map(|path| read(&path, &shown(&path, &self.here), self.config.max_file_size)).transpose()
    }
}

pub(super) fn no_source() -> (String, String) {
    let message = "the header names no source document: nothing can be compared with it";
    (message.to_owned(), "name it with `--source FILE`, or in `speclint.toml`".to_owned())
}
