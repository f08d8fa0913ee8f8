//! Suppression comments: finding them, applying them, and reporting those that rot.

use super::removal;
use crate::checks::{Active, RuleSet};
use crate::diagnostics::{Finding, Fix, Location, SUPPRESSION_PREFIX, Scope, Suppression};
use crate::languages::code::{CodeKind, RegionKind, regions};
use crate::markdown::Document;
use crate::text::{SourceFile, Span};

/// The suppressions of a document: HTML comments, and comments in its code fences.
pub(in crate::checks) fn find(document: &Document<'_>) -> Vec<Suppression> {
    let text = document.file.text();
    if memchr::memmem::find(text.as_bytes(), SUPPRESSION_PREFIX.as_bytes()).is_none() {
        return Vec::new();
    }
    let html = document.comments.iter().filter_map(|comment| Suppression::read(comment.span.of(text), comment.span));
    let mut found: Vec<Suppression> = html.collect();
    for fence in &document.fences {
        let content = fence.content.of(text);
        if !content.contains(SUPPRESSION_PREFIX) {
            continue;
        }
        let comments = regions(CodeKind::of(&fence.language(text)), content).into_iter();
        for region in comments.filter(|region| region.kind == RegionKind::Comment) {
            let span = region.span.shifted(fence.content.start);
            found.extend(Suppression::read(span.of(text), span));
        }
    }
    found.sort_by_key(|suppression| suppression.span);
    found
}

/// Takes the suppressed findings of a document out of `findings` and adds what is wrong with its suppressions.
/// Returns how many findings were taken out.
pub fn apply(document: &Document<'_>, rules: &RuleSet, active: &Active, findings: &mut Vec<Finding>) -> usize {
    silence(document.file, &find(document), rules, active, findings)
}

/// Does the same for a SQL file.
pub(in crate::checks) fn apply_to_sql(
    file: &SourceFile,
    rules: &RuleSet,
    active: &Active,
    findings: &mut Vec<Finding>,
) -> usize {
    let text = file.text();
    if memchr::memmem::find(text.as_bytes(), SUPPRESSION_PREFIX.as_bytes()).is_none() {
        return 0;
    }
    let comments = regions(CodeKind::Sql, text).into_iter().filter(|region| region.kind == RegionKind::Comment);
    let suppressions: Vec<Suppression> =
        comments.filter_map(|comment| Suppression::read(comment.span.of(text), comment.span)).collect();
    silence(file, &suppressions, rules, active, findings)
}

fn silence(
    file: &SourceFile,
    suppressions: &[Suppression],
    rules: &RuleSet,
    active: &Active,
    findings: &mut Vec<Finding>,
) -> usize {
    if suppressions.is_empty() {
        return 0;
    }
    let reaches = reaches(file, suppressions);
    let mut used = vec![false; reaches.len()];
    let before = findings.len();
    findings.retain(|finding| {
        if *finding.location.path != *file.path() {
            return true;
        }
        let line = finding.location.start.line;
        let group = rules.page(&finding.rule).map_or("", |page| page.group.as_ref());
        let mut is_kept = true;
        for (reach, used) in reaches.iter().zip(&mut used) {
            let names = *reach.rule == *finding.rule || reach.rule == group;
            if names && reach.first <= line && line <= reach.last {
                *used = true;
                is_kept = false;
            }
        }
        is_kept
    });
    let suppressed = before - findings.len();
    let unused = reaches.iter().zip(used).filter(|(_, used)| !used).map(|(reach, _)| reach);
    findings.extend(complaints(file, rules, active, suppressions, unused));
    suppressed
}

/// The lines in which a suppression silences one rule or group.
struct Reach<'s> {
    suppression: &'s Suppression,
    rule: &'s str,
    first: usize,
    last: usize,
    /// The comment that ends it, where there is one.
    end: Option<&'s Suppression>,
}

fn reaches<'s>(file: &SourceFile, suppressions: &'s [Suppression]) -> Vec<Reach<'s>> {
    let mut reaches: Vec<Reach<'s>> = Vec::new();
    for suppression in suppressions {
        let here = file.line(suppression.span.start);
        for rule in &suppression.rules {
            let (first, last) = match suppression.scope {
                Scope::NextLine => {
                    let line = next_line(file, suppressions, suppression.span);
                    (line, line)
                }
                Scope::From => (here, usize::MAX),
                Scope::File => (1, usize::MAX),
                Scope::Until => {
                    let open = reaches.iter_mut().rev().find(|reach| {
                        reach.suppression.scope == Scope::From && reach.rule == rule && reach.last == usize::MAX
                    });
                    if let Some(open) = open {
                        open.last = here;
                        open.end = Some(suppression);
                        continue;
                    }
                    // An end without a beginning reaches nothing and is reported as unused.
                    (1, 0)
                }
            };
            reaches.push(Reach { suppression, rule, first, last, end: None });
        }
    }
    reaches
}

/// The next line that is neither blank nor a suppression.
fn next_line(file: &SourceFile, suppressions: &[Suppression], from: Span) -> usize {
    let mut line = file.line(from.end) + 1;
    while let Some(span) = file.lines().line_span(file.text(), line) {
        let is_blank = file.slice(span).trim().is_empty();
        let behind = suppressions.partition_point(|other| other.span.start < span.start);
        let is_suppression = suppressions.get(behind).is_some_and(|other| span.contains(other.span.start));
        if !is_blank && !is_suppression {
            return line;
        }
        line += 1;
    }
    line
}

fn complaints<'s>(
    file: &SourceFile,
    rules: &RuleSet,
    active: &Active,
    suppressions: &[Suppression],
    unused: impl Iterator<Item = &'s Reach<'s>>,
) -> Vec<Finding> {
    let place = |suppression: &Suppression| Location::of(file, suppression.span);
    let mut findings = Vec::new();
    for suppression in suppressions {
        if suppression.reason.is_none() && suppression.scope != Scope::Until {
            let message = "this suppression gives no reason";
            let help = "say why behind two dashes: `speclint-disable-next-line RULE -- reason`";
            findings.extend(active.finding("suppression-reason", place(suppression), message).map(|f| f.help(help)));
        }
        if suppression.rules.is_empty() {
            let message = "this suppression names no rule";
            let help = "name the rule to silence; `speclint rules` lists them";
            findings.extend(active.finding("unknown-suppression", place(suppression), message).map(|f| f.help(help)));
        }
        for name in suppression.rules.iter().filter(|name| !rules.knows(name)) {
            let message = format!("`{name}` is no rule");
            let help = match rules.closest(name) {
                Some(closest) => format!("did you mean `{closest}`?"),
                None => "`speclint rules` lists the rules".to_owned(),
            };
            findings.extend(active.finding("unknown-suppression", place(suppression), message).map(|f| f.help(help)));
        }
    }
    for reach in unused.filter(|reach| rules.knows(reach.rule) && active.is_any(rules, reach.rule)) {
        let message = format!("nothing is suppressed here: `{}` finds nothing in its reach", reach.rule);
        let finding = active.finding("unused-suppression", place(reach.suppression), message);
        let comments = std::iter::once(reach.suppression).chain(reach.end);
        let edits = comments.filter_map(|comment| removal::without(file, comment, reach.rule)).collect();
        let fix = Fix::safe("remove the suppression", edits);
        findings.extend(finding.map(|f| f.help("remove the comment").subject(reach.rule).fix(fix)));
    }
    findings
}
