//! Findings that a baseline accepts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Checker;
use crate::diagnostics::{Baseline, Entry, Finding, Level, Report, Verdict};
use crate::workspace::{below, repository_root};

/// What a baseline did in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// Entries that accept nothing any more, in the order of the file.
    pub unused: Vec<Unused>,
    /// What the baseline would hold without them.
    pub pruned: Baseline,
    /// What the baseline would hold if everything that this run found were accepted.
    pub renewed: Baseline,
}

/// An entry of a baseline that accepts nothing any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The entry.
    pub entry: Entry,
    /// 1-based number of its line.
    pub line: usize,
}

impl Checker {
    /// Takes the findings that `baseline` accepts out of the report and counts them as suppressed.
    ///
    /// An entry is unused only if this run could have found what it accepts: its rule is on, and its file was read or is
    /// gone. The others are none of this run's business, and stay whatever is done to the baseline.
    pub fn accept(&self, baseline: &Baseline, report: &mut Report) -> Acceptance {
        let root = self.root();
        let entries: Vec<Entry> = report.findings.iter().map(|finding| self.entry(finding, &root)).collect();
        let mut matching = baseline.matching();
        let accepted: Vec<bool> = entries.iter().map(|entry| matching.take(entry)).collect();
        let read: BTreeSet<String> = report.read.iter().map(|name| self.key(name, &root)).collect();
        let is_judged = |entry: &Entry| {
            let rule_ran = self.active.level(&entry.rule).is_some() || !self.rules.knows(&entry.rule);
            rule_ran && (read.contains(&entry.file) || !root.join(&entry.file).exists())
        };
        let (unused, foreign): (Vec<_>, Vec<_>) =
            matching.unused().into_iter().partition(|(entry, _)| is_judged(entry));
        let foreign: Vec<Entry> = foreign.into_iter().map(|(entry, _)| entry.clone()).collect();
        let used = entries.iter().zip(&accepted).filter(|(_, accepted)| **accepted).map(|(entry, _)| entry.clone());
        let pruned = Baseline::new(used.chain(foreign.iter().cloned()));
        remove(report, &accepted);
        Acceptance {
            unused: unused.into_iter().map(|(entry, line)| Unused { entry: entry.clone(), line }).collect(),
            pruned,
            renewed: Baseline::new(entries.into_iter().chain(foreign)),
        }
    }

    /// What paths in a baseline are relative to: the repository, or else the folder of the configuration.
    pub fn root(&self) -> PathBuf {
        repository_root(&self.here).unwrap_or_else(|| self.here.join(&self.config.folder))
    }

    /// The entry that stands for `finding`.
    pub(super) fn entry(&self, finding: &Finding, root: &Path) -> Entry {
        Entry::of(finding, self.key(&finding.location.path, root))
    }

    /// The path of a file that findings call `shown`, relative to `root`.
    pub(super) fn key(&self, shown: &str, root: &Path) -> String {
        below(&self.here.join(shown), root)
    }
}

/// Takes findings out of a report, as suppressed. The checklist no longer counts them; what was lost with a part of the
/// source still speaks against its item.
fn remove(report: &mut Report, accepted: &[bool]) {
    let mut is_accepted = accepted.iter().copied();
    let findings = std::mem::take(&mut report.findings).into_iter();
    let (removed, kept): (Vec<_>, Vec<_>) = findings.partition(|_| is_accepted.next().unwrap_or(false));
    report.findings = kept;
    for finding in &removed {
        uncount(report, finding.level);
        report.summary.suppressed = report.summary.suppressed.saturating_add(1);
    }
    let mut gone: BTreeMap<(&str, Option<&str>, u8), usize> = BTreeMap::new();
    for finding in removed.iter().filter(|finding| finding.level >= Level::Warning) {
        if let Some(item) = finding.item {
            *gone.entry((&finding.location.path, finding.section.as_deref(), item)).or_default() += 1;
        }
    }
    for row in &mut report.checklist {
        let Some(&gone) = gone.get(&(&*row.spec, row.section.as_deref(), row.item)) else { continue };
        row.findings = row.findings.saturating_sub(gone);
        if row.findings == 0 {
            row.verdict = Verdict::Pass;
        }
    }
}

/// Takes one finding out of the counts.
pub(super) fn uncount(report: &mut Report, level: Level) {
    let summary = &mut report.summary;
    let count = match level {
        Level::Error => &mut summary.errors,
        Level::Warning => &mut summary.warnings,
        Level::Note => &mut summary.notes,
    };
    *count = count.saturating_sub(1);
}
