//! From parts, one for each spec and each set of migrations, to the report.

use std::sync::Arc;

use crate::diagnostics::{ChecklistRow, Fidelity, Finding, Problem, Report};
use crate::text::SourceFile;

/// What one spec, or one set of migrations, contributes to the report.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub findings: Vec<Finding>,
    pub checklist: Vec<ChecklistRow>,
    pub fidelity: Option<Fidelity>,
    pub suppressed: usize,
    /// Names of the files that were read, where the part is [`Part::settled`].
    pub read: Vec<Arc<str>>,
    pub files: Vec<Arc<SourceFile>>,
    pub is_spec: bool,
}

impl Part {
    /// Lets go of what no report will show, while other files are still to be read.
    pub(super) fn settled(mut self, keep_texts: bool) -> Self {
        self.findings.shrink_to_fit();
        self.read = self.files.iter().map(|file| file.shared_path()).collect();
        if !keep_texts || self.findings.is_empty() {
            self.files = Vec::new();
        }
        self
    }
}

/// The report of `parts` that are settled; `None` is a file that is no spec.
pub(super) fn gather(parts: Vec<Result<Option<Part>, Problem>>, mut problems: Vec<Problem>) -> Report {
    let count = parts.iter().flatten().flatten().map(|part| part.findings.len()).sum();
    let mut findings = Vec::with_capacity(count);
    let (mut read, mut files): (Vec<Arc<str>>, Vec<Arc<SourceFile>>) = Default::default();
    let (mut checklist, mut fidelity, mut suppressed, mut specs) = (Vec::new(), Vec::new(), 0, 0);
    for part in parts {
        match part {
            Ok(Some(part)) => {
                findings.extend(part.findings);
                checklist.extend(part.checklist);
                fidelity.extend(part.fidelity);
                suppressed += part.suppressed;
                read.extend(part.read);
                files.extend(part.files);
                specs += usize::from(part.is_spec);
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    // Specs that share a source report what is wrong with it once.
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    findings.dedup();
    read.sort_unstable();
    read.dedup();
    files.sort_by(|a, b| a.path().cmp(b.path()));
    files.dedup_by(|a, b| a.path() == b.path());
    problems.sort();
    problems.dedup();
    let mut report = Report::new(findings);
    report.checklist = checklist;
    report.fidelity = fidelity;
    report.summary.specs = specs;
    report.summary.files = read.len();
    report.summary.suppressed = suppressed;
    report.read = read;
    report.files = files;
    report.problems = problems;
    report
}
