//! Files that belong to a spec: a hook names the source or the inventory that was changed, and means the pair.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Checker, Job, SourceFound};
use crate::markdown::Document;
use crate::spec::{Spec, SpecKind, looks_integrated};
use crate::workspace::{discover, normalised, read, repository_root, shown};

impl Checker {
    /// Replaces each job for a named file that is no spec itself by jobs for the specs whose source or inventory it is. One
    /// that belongs to none stays, or goes where `may_be_other` says that other files may be named.
    pub(super) fn with_renderings(&self, jobs: Vec<Job>, may_be_other: bool) -> Vec<Job> {
        let is_other = |job: &Job| job.is_named && !job.is_spec && self.is_other(&job.path);
        let (others, mut jobs): (Vec<Job>, Vec<Job>) = jobs.into_iter().partition(is_other);
        if others.is_empty() {
            return jobs;
        }
        let renderings = self.renderings();
        for other in others {
            let specs = self.real(&other.path).and_then(|real| renderings.get(&real));
            match specs {
                Some(specs) => jobs.extend(specs.iter().map(|path| self.job(path.clone(), false))),
                None if may_be_other => {}
                None => jobs.push(other),
            }
        }
        // A spec that was named and found as a rendering is one job; the named one counts.
        let place = |job: &Job| normalised(&self.here.join(&job.path));
        jobs.sort_by_key(|job| (place(job), !job.is_named));
        jobs.dedup_by(|later, earlier| place(later) == place(earlier));
        jobs
    }

    /// A job for the file at `path`.
    pub(super) fn job(&self, path: PathBuf, is_named: bool) -> Job {
        Job { is_spec: self.pair_of(&path).is_some(), is_named, path }
    }

    /// Whether a file can be read and is no integrated spec.
    fn is_other(&self, path: &Path) -> bool {
        let Ok(file) = read(path, &shown(path, &self.here), self.config.max_file_size) else { return false };
        !looks_integrated(file.text().as_bytes())
    }

    /// The integrated specs of the repository by their sources and inventories, links resolved.
    fn renderings(&self) -> BTreeMap<PathBuf, Vec<PathBuf>> {
        let root = repository_root(&self.here).unwrap_or_else(|| self.here.clone());
        let (candidates, _) = discover(&[root], &self.config, &self.here);
        let mut renderings: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
        for candidate in candidates {
            for member in self.members(&candidate.path) {
                renderings.entry(member).or_default().push(candidate.path.clone());
            }
        }
        renderings
    }

    /// The source and the inventory of the spec at `path`; nothing where it is no spec.
    fn members(&self, path: &Path) -> Vec<PathBuf> {
        let name = shown(path, &self.here);
        let Ok(file) = read(path, &name, self.config.max_file_size) else { return Vec::new() };
        let is_spec = self.pair_of(path).is_some();
        if !is_spec && !looks_integrated(file.text().as_bytes()) {
            return Vec::new();
        }
        let document = Document::new(&file);
        let spec = Spec::read(&document, SpecKind::Integrated);
        if !is_spec && !spec.is_integrated() {
            return Vec::new();
        }
        let source = match self.source_of(&spec, Some(path), None) {
            Ok(SourceFound::File(file)) => Some(file),
            _ => None,
        };
        let inventory = self.inventory_of(Some(path), None).ok().flatten();
        let members = source.iter().chain(&inventory);
        members.filter_map(|file| self.real(Path::new(file.path()))).collect()
    }

    fn real(&self, path: &Path) -> Option<PathBuf> {
        self.here.join(path).canonicalize().ok()
    }
}
