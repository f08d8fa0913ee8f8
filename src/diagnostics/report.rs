use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::{ChecklistRow, Fidelity, Finding, Level, Problem};
use crate::text::SourceFile;

/// Everything that a run has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, sorted by [`Finding::sort_key`].
    pub findings: Vec<Finding>,
    /// How much was checked and found.
    pub summary: Summary,
    /// Verdicts by spec, section and item, in that order; sections as in the document.
    pub checklist: Vec<ChecklistRow>,
    /// What became of each source's content.
    pub fidelity: Vec<Fidelity>,
    /// The names of the files that were read, sorted, each once.
    pub read: Vec<Arc<str>>,
    /// Those that findings point into, sorted by path, each once, where the run was asked to keep their texts.
    pub files: Vec<Arc<SourceFile>>,
    /// What could not be checked; sorted, each once.
    pub problems: Vec<Problem>,
}

/// How much was checked and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Integrated specs among them.
    pub specs: usize,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level note.
    pub notes: usize,
    /// Findings that a comment or a baseline silenced; they are in no other count.
    pub suppressed: usize,
    /// Entries of the baseline that accept nothing any more; left out of the JSON where there is none.
    #[serde(skip_serializing_if = "is_zero")]
    pub unused_baseline_entries: usize,
    /// Findings that this run repaired; `None` where it was not asked to. They are in no other count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<usize>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Report {
    /// A report of `findings`, sorted, fingerprinted and counted. What else was learnt (files, specs,
    /// suppressed findings, checklist, fidelity, problems) is for the caller to set.
    pub fn new(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        let ordinals = ordinals(&findings);
        for (finding, ordinal) in findings.iter_mut().zip(ordinals) {
            finding.identify(ordinal);
        }
        let summary = Summary::count(&findings);
        Self { findings, summary, ..Self::default() }
    }

    /// The file that findings call `path`, if its text was kept.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        let index = self.files.binary_search_by(|file| file.path().cmp(path)).ok()?;
        self.files.get(index).map(Arc::as_ref)
    }
}

impl Summary {
    fn count(findings: &[Finding]) -> Self {
        let of = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self { errors: of(Level::Error), warnings: of(Level::Warning), notes: of(Level::Note), ..Self::default() }
    }
}

/// For each finding, how many before it say the same of the same thing.
fn ordinals(findings: &[Finding]) -> Vec<usize> {
    let mut seen = HashMap::new();
    let mut count = |finding| {
        let times = seen.entry(identity(finding)).or_insert(0_usize);
        let ordinal = *times;
        *times = ordinal.saturating_add(1);
        ordinal
    };
    findings.iter().map(&mut count).collect()
}

/// The fields that [`Finding::identify`] digests.
fn identity(finding: &Finding) -> (&str, &str, &str, &str) {
    (&finding.rule, &finding.location.path, finding.feature.as_deref().unwrap_or(""), &finding.subject)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Location;
    use crate::text::{SourceFile, Span};

    fn finding(at: usize, level: Level) -> Finding {
        let file = SourceFile::new("a.md", "one two three".into());
        Finding::new("no-swr", level, Location::of(&file, Span::new(at, at + 3)), "SWR is used").subject("SWR")
    }

    #[test]
    fn a_report_is_sorted_and_counted() {
        let report = Report::new(vec![finding(4, Level::Note), finding(0, Level::Error)]);
        let starts: Vec<_> = report.findings.iter().map(|finding| finding.location.span.start).collect();
        assert_eq!(starts, [0, 4]);
        assert_eq!(report.summary, Summary { errors: 1, notes: 1, ..Summary::default() });
    }

    #[test]
    fn twins_have_fingerprints_of_their_own_that_do_not_depend_on_the_order() {
        let (first, second) = (finding(0, Level::Error), finding(4, Level::Error));
        let report = Report::new(vec![first.clone(), second.clone()]);
        assert_ne!(report.findings[0].fingerprint, report.findings[1].fingerprint);
        assert_eq!(Report::new(vec![second, first]), report);
    }
}
