//! From files to repaired files: the same checks, and the fixes that their findings offer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Checker, Given, Job, Request, guarded};
use crate::diagnostics::{Applicability, Finding, Problem};
use crate::fix::{Patch, repair, unified};
use crate::spec::looks_integrated;
use crate::text::{Encoding, SourceFile};
use crate::workspace::{MigrationSet, is_sql, read, rewrite, shown};

/// What fixes make of the files of a request. Nothing is written yet.
#[derive(Debug, Default)]
pub struct Repairs {
    /// The files that change, sorted by name.
    pub files: Vec<RepairedFile>,
    /// What kept files from being repaired.
    pub problems: Vec<Problem>,
}

/// A file that fixes change.
#[derive(Debug)]
pub struct RepairedFile {
    /// Where it is; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Its name, as findings show it.
    pub name: String,
    /// Its text, as it was read.
    pub before: String,
    /// Its text with all fixes.
    pub after: String,
    /// The change as a unified diff.
    pub diff: String,
    /// How many findings are repaired.
    pub fixed: usize,
}

/// A file that may be repaired.
struct Candidate {
    path: Option<PathBuf>,
    file: SourceFile,
    /// Whether findings in it are reported; only then it is repaired.
    is_judged: bool,
}

impl RepairedFile {
    /// Writes the repaired text in one step, keeping the file's mode; `here` is the working directory.
    ///
    /// # Errors
    /// See [`rewrite`]. Standard input is nothing to write to.
    pub fn write(&self, here: &Path) -> Result<(), Problem> {
        match &self.path {
            Some(path) => rewrite(&here.join(path), &self.name, &self.before, &self.after),
            None => Err(Problem::new(self.name.as_str(), "standard input cannot be written")),
        }
    }
}

impl Checker {
    /// Applies the fixes, at least as sure as `least`, that checking `request` offers. Only integrated specs and SQL
    /// files are repaired, never a source or an inventory. What cannot be read is left to [`Checker::check`] to report.
    pub fn repair(&self, request: &Request, least: Applicability) -> Repairs {
        let given = Given { source: request.source.as_deref(), inventory: request.inventory.as_deref() };
        let (jobs, _) = self.jobs(request);
        let (sets, _) = self.migrations(request);
        let mut results = Vec::new();
        if let Some(file) = &request.stdin {
            let candidate = Candidate { path: None, file: file.clone(), is_judged: true };
            results.push(if is_sql(Path::new(file.path())) {
                self.repair_sql(&[candidate], least)
            } else {
                self.repair_spec(&candidate, true, given, least)
            });
        }
        let specs: Vec<_> = jobs.par_iter().filter_map(|job| self.repair_job(job, given, least)).collect();
        results.extend(specs);
        let migrations: Vec<_> = sets.par_iter().map(|set| self.repair_migrations(set, least)).collect();
        results.extend(migrations);
        let mut repairs = Repairs::default();
        for result in results {
            match result {
                Ok(files) => repairs.files.extend(files),
                Err(problem) => repairs.problems.push(problem),
            }
        }
        repairs.files.sort_by(|a, b| a.name.cmp(&b.name));
        repairs
    }

    fn repair_job(
        &self,
        job: &Job,
        given: Given<'_>,
        least: Applicability,
    ) -> Option<Result<Vec<RepairedFile>, Problem>> {
        let file = read(&job.path, &shown(&job.path, &self.here), self.config.max_file_size).ok()?;
        let candidate = Candidate { path: Some(job.path.clone()), file, is_judged: true };
        (job.is_spec || looks_integrated(candidate.file.text().as_bytes()))
            .then(|| self.repair_spec(&candidate, job.is_spec, given, least))
    }

    fn repair_spec(
        &self,
        candidate: &Candidate,
        is_spec: bool,
        given: Given<'_>,
        least: Applicability,
    ) -> Result<Vec<RepairedFile>, Problem> {
        let check = |files: Vec<SourceFile>| {
            let Some(file) = files.into_iter().next().map(Arc::new) else { return Ok(Vec::new()) };
            let part = guarded(file.path(), || self.check_file(&file, candidate.path.as_deref(), is_spec, given))?;
            Ok(part.map_or_else(Vec::new, |part| part.findings))
        };
        repaired(std::slice::from_ref(candidate), least, &check)
    }

    fn repair_migrations(&self, set: &MigrationSet, least: Applicability) -> Result<Vec<RepairedFile>, Problem> {
        let candidate = |file: &crate::workspace::MigrationFile| {
            let text = read(&file.path, &shown(&file.path, &self.here), self.config.max_file_size).ok()?;
            Some(Candidate { path: Some(file.path.clone()), file: text, is_judged: file.is_judged })
        };
        let candidates: Vec<Candidate> = set.files.iter().filter_map(candidate).collect();
        self.repair_sql(&candidates, least)
    }

    fn repair_sql(&self, candidates: &[Candidate], least: Applicability) -> Result<Vec<RepairedFile>, Problem> {
        let check = |files: Vec<SourceFile>| {
            let name = files.first().map_or_else(String::new, |file| file.path().to_owned());
            let judged = candidates.iter().map(|candidate| candidate.is_judged);
            let files: Vec<(Arc<SourceFile>, bool)> = files.into_iter().map(Arc::new).zip(judged).collect();
            let part = guarded(&name, || Ok(Some(self.check_sql(&files))))?;
            Ok(part.map_or_else(Vec::new, |part| part.findings))
        };
        repaired(candidates, least, &check)
    }
}

/// The files that change.
fn repaired(
    candidates: &[Candidate],
    least: Applicability,
    check: &dyn Fn(Vec<SourceFile>) -> Result<Vec<Finding>, Problem>,
) -> Result<Vec<RepairedFile>, Problem> {
    let files: Vec<(&str, &str)> =
        candidates.iter().map(|candidate| (candidate.file.path(), candidate.file.text())).collect();
    let checked = |texts: &[String]| {
        let file = |(candidate, text): (&Candidate, &String)| {
            SourceFile::new(candidate.file.shared_path(), text.clone().into_bytes())
        };
        let mut findings = check(candidates.iter().zip(texts).map(file).collect())?;
        findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        Ok(findings)
    };
    let repair = repair(&files, least, &checked)?;
    let mut changed = Vec::new();
    for (candidate, (patch, fixed)) in candidates.iter().zip(repair.patches.iter().zip(repair.fixed)) {
        if !patch.is_unchanged() {
            changed.push(repaired_file(candidate, patch, fixed)?);
        }
    }
    Ok(changed)
}

fn repaired_file(candidate: &Candidate, patch: &Patch<'_>, fixed: usize) -> Result<RepairedFile, Problem> {
    let name = candidate.file.path();
    if candidate.file.encoding() != Encoding::Utf8 {
        let message = "the file is no UTF-8, so that nothing in it is repaired; save it as UTF-8 first";
        return Err(Problem::new(name, message));
    }
    Ok(RepairedFile {
        path: candidate.path.clone(),
        name: name.to_owned(),
        before: patch.original().to_owned(),
        after: patch.text(),
        diff: unified(name, patch),
        fixed,
    })
}
