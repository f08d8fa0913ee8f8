use std::collections::BTreeMap;

use super::select::Choice;
use crate::diagnostics::{Applicability, Finding, Level};

/// Marks what is left for a person to fill in; an unsafe fix may leave such marks.
const MARKER_RULE: &str = "placeholder";

/// A thing that findings speak of: rule, file, section, feature and, for one thing alone, the subject.
type Thing<'f> = (&'f str, &'f str, &'f str, &'f str, &'f str);

/// Whether `after` is what applying `choices` to the files of `before` should lead to: each finding that offered a fix
/// is gone, and no part of a document has more errors of a rule than it had.
pub(super) fn is_better(before: &[Finding], choices: &[Choice], after: &[Finding]) -> bool {
    let fixed: Vec<&Finding> = choices.iter().filter_map(|choice| before.get(choice.finding)).collect();
    let had = count(before.iter(), true);
    let has = count(after.iter(), true);
    let gone = count(fixed.iter().copied(), true);
    let are_gone = gone
        .iter()
        .all(|(thing, gone)| has.get(thing).copied().unwrap_or(0) + gone <= had.get(thing).copied().unwrap_or(0));
    let may_mark =
        fixed.iter().any(|finding| finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Unsafe));
    let is_error = |finding: &&Finding| finding.level == Level::Error && !(may_mark && *finding.rule == *MARKER_RULE);
    let errors_had = count(before.iter().filter(is_error), false);
    let errors = count(after.iter().filter(is_error), false);
    are_gone && errors.iter().all(|(thing, errors)| *errors <= errors_had.get(thing).copied().unwrap_or(0))
}

fn count<'f>(findings: impl Iterator<Item = &'f Finding>, with_subject: bool) -> BTreeMap<Thing<'f>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(thing(finding, with_subject)).or_default() += 1;
    }
    counts
}

fn thing(finding: &Finding, with_subject: bool) -> Thing<'_> {
    (
        &finding.rule,
        &finding.location.path,
        finding.section.as_deref().unwrap_or(""),
        finding.feature.as_deref().unwrap_or(""),
        if with_subject { &finding.subject } else { "" },
    )
}

/// What recognises a finding whose fix did no good, across passes.
pub(super) fn identity(finding: &Finding) -> String {
    let (rule, path, section, feature, subject) = thing(finding, true);
    [rule, path, section, feature, subject].join("\u{0}")
}
