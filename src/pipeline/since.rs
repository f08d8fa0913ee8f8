//! Findings that a change introduced or touched.
//!
//! A finding counts where one of its places, the source's included, lies on a touched line, and where nothing like it was
//! found before the change: what a deletion leaves behind lies on no touched line. To know that, the files of the merge
//! base are checked as well, with the rules and the configuration of now.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::accepted::uncount;
use super::{Checker, Request};
use crate::diagnostics::{Baseline, Entry, Finding, Location, Report};
use crate::workspace::git::{Changes, GitError, Lines, Repository};
use crate::workspace::{below, normalised};

/// How many findings are left out because they are older than the change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Older(pub usize);

/// Extensions of the files that specs and migrations are made of.
const DOCUMENTS: [&str; 4] = ["md", "markdown", "mdx", "sql"];
/// Extensions of the files that a codebase is asked for.
const CODE: [&str; 9] = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json"];
/// Files that say what the walk leaves out.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

impl Checker {
    /// Leaves in `report`, which is what `request` gave, only what the change since the merge base with `reference` introduced
    /// or touched. The checklist and the accounting stay those of the whole spec.
    ///
    /// # Errors
    /// git cannot be asked, or `reference` names no commit with a common past.
    pub fn since(&self, reference: &str, request: &Request, report: &mut Report) -> Result<Older, GitError> {
        let repository = Repository::open(&self.here)?;
        let base = repository.merge_base(reference)?;
        let changes = repository.changes(&base)?;
        let root = repository.root();
        let mut touched = Touched { root, here: &self.here, changes: &changes, lines: BTreeMap::new() };
        let mut kept = Vec::new();
        for finding in &report.findings {
            kept.push(touched.holds(finding)?);
        }
        if kept.contains(&false) {
            let before = self.before(&repository, &changes, request)?;
            let mut matching = before.matching();
            for (is_kept, finding) in kept.iter_mut().zip(&report.findings) {
                // A touched one is reported anyway, and leaves the old finding to its twin.
                *is_kept = *is_kept || !matching.take(&self.entry(finding, root));
            }
        }
        let older = kept.iter().filter(|is_kept| !**is_kept).count();
        let mut kept = kept.into_iter();
        let findings = std::mem::take(&mut report.findings);
        let (findings, left): (Vec<_>, Vec<_>) = findings.into_iter().partition(|_| kept.next().unwrap_or(true));
        report.findings = findings;
        for finding in left {
            uncount(report, finding.level);
        }
        Ok(Older(older))
    }

    /// What `request` gave at the merge base, as entries of a baseline. What could not be checked there gave nothing.
    fn before(&self, repository: &Repository, changes: &Changes<'_>, request: &Request) -> Result<Baseline, GitError> {
        let failed = |error: std::io::Error| GitError::Copy(error.to_string());
        let copy = tempfile::Builder::new().prefix("speclint-").tempdir().map_err(failed)?;
        // The copy is a repository as far as the search for sources is concerned.
        let to = copy.path().canonicalize().map_err(failed)?;
        std::fs::create_dir(to.join(".git")).map_err(failed)?;
        let has_code = self.config.codebase.is_some();
        let wanted = |path: &Path| {
            let is = |known: &[&str]| {
                path.extension().is_some_and(|kind| known.iter().any(|known| kind.eq_ignore_ascii_case(known)))
            };
            let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
            is(&DOCUMENTS) || (has_code && is(&CODE)) || IGNORE_FILES.contains(&name)
        };
        repository.extract(changes, wanted, self.config.max_file_size, &to)?;
        let from = repository.root();
        let moved = |path: &Path| {
            let inner = below(&self.here.join(path), from);
            if Path::new(&inner).is_absolute() { PathBuf::from(inner) } else { to.join(inner) }
        };
        let checker = self.moved(from, &to);
        let request = Request {
            paths: request.paths.iter().map(|path| moved(path)).collect(),
            spec: request.spec.as_deref().map(moved),
            source: request.source.as_deref().map(moved),
            inventory: request.inventory.as_deref().map(moved),
            allow_other: request.allow_other,
            stdin: None,
            keep_texts: false,
        };
        let report = checker.check(request);
        let entries = report.findings.iter().map(|finding| checker.entry(finding, &to));
        Ok(Baseline::new(entries.collect::<Vec<Entry>>()))
    }

    /// The same checker for a copy in `to` of what lies in `from`.
    fn moved(&self, from: &Path, to: &Path) -> Self {
        let here = to.join(below(&self.here, from));
        let mut config = self.config.clone();
        config.folder = normalised(&self.here.join(&config.folder));
        let config = config.moved(from, to);
        Self::with_rules(Arc::clone(&self.rules), config, normalised(&here))
    }
}

/// The touched lines of the files that findings stand in, asked for when they are needed.
struct Touched<'a> {
    root: &'a Path,
    here: &'a Path,
    changes: &'a Changes<'a>,
    lines: BTreeMap<String, Lines>,
}

impl Touched<'_> {
    /// Whether a place of the finding lies on a touched line.
    fn holds(&mut self, finding: &Finding) -> Result<bool, GitError> {
        let places = std::iter::once(&finding.location).chain(finding.related.iter().map(|related| &related.location));
        for place in places {
            if self.touches(place)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn touches(&mut self, place: &Location) -> Result<bool, GitError> {
        let touch = |lines: &Lines| lines.touch(place.start.line, place.end.line);
        if let Some(lines) = self.lines.get(&*place.path) {
            return Ok(touch(lines));
        }
        let path = below(&self.here.join(&*place.path), self.root);
        // git knows nothing of what lies outside of the repository.
        let is_outside = Path::new(&path).is_absolute() || path.starts_with("../");
        let lines = if is_outside { Lines::Ranges(Vec::new()) } else { self.changes.lines(Path::new(&path))? };
        let is_touched = touch(&lines);
        self.lines.insert(place.path.to_string(), lines);
        Ok(is_touched)
    }
}
