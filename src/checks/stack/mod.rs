//! The stack rules: technologies that the integrated design must not use. One engine for all, driven by rule pages.

mod allowed;
mod announcement;
mod between;
mod clause;
mod context;
mod governors;
mod lexicon;
mod matcher;
mod mention;
mod ordinal;
mod place;
mod predicate;
pub(super) mod preserved;
mod provenance;
mod whole;

use std::collections::BTreeMap;

use self::allowed::Allowed;
pub(super) use self::context::excuses_fence;
use self::matcher::Matcher;
use self::place::Reader;
use super::page::{Engine, Page};
use super::{Check, Context};
use crate::diagnostics::Finding;
use crate::markdown::Document;
use crate::text::Span;

/// All rules whose pages have `engine = "stack"`.
pub(super) const CHECK: Check = Check { rules: &[], run };

/// The pages' data, prepared once for all documents.
#[derive(Debug)]
pub(super) struct StackEngine {
    ids: Vec<String>,
    names: Vec<String>,
    helps: Vec<String>,
    fences: Vec<Vec<String>>,
    matcher: Matcher,
    allowed: Allowed,
}

/// Whether a place uses a technology or names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Mention,
    Usage,
}

impl StackEngine {
    /// Prepares the stack pages among `pages`.
    pub(super) fn new<'p>(pages: impl Iterator<Item = &'p Page>) -> Self {
        let pages: Vec<&Page> = pages.filter(|page| page.engine == Engine::Stack).collect();
        let each = |text: fn(&Page) -> String| pages.iter().map(|page| text(page)).collect();
        Self {
            ids: each(|page| page.id.to_string()),
            names: each(|page| page.stack.name.to_string()),
            helps: each(|page| page.stack.help.to_string()),
            fences: pages.iter().map(|page| page.stack.fences.iter().map(ToString::to_string).collect()).collect(),
            matcher: Matcher::new(&pages),
            allowed: Allowed::new(pages.iter().flat_map(|page| page.stack.replacement.iter().map(AsRef::as_ref))),
        }
    }

    /// The ids of the rules of which `text` has a name, sorted. Where the names stand is not asked.
    pub(super) fn rules_in(&self, text: &str) -> Vec<&str> {
        let pages: std::collections::BTreeSet<usize> =
            self.matcher.find(text).into_iter().map(|hit| hit.page).collect();
        pages.into_iter().filter_map(|page| self.ids.get(page).map(String::as_str)).collect()
    }
}

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let engine = cx.rules.stack();
    if !engine.ids.iter().any(|id| cx.is_on(id)) {
        return;
    }
    let document = cx.pair.integrated.document;
    let preserved = preserved::spans(cx.pair, |text| !engine.matcher.find(text).is_empty());
    let mut reader = Reader::new(document, &engine.allowed);
    // One finding for each rule and line: the worst, and of equals the first.
    let mut worst = Worst::new();
    for fence in &document.fences {
        let language = fence.language(document.file.text());
        if is_preserved(&preserved, fence.opener) {
            continue;
        }
        for (page, _) in engine.fences.iter().enumerate().filter(|(_, fences)| fences.contains(&language)) {
            let verdict = if context::excuses_fence(document, fence.span) { Verdict::Mention } else { Verdict::Usage };
            note(&mut worst, document, page, (fence.opener, verdict));
        }
    }
    for hit in engine.matcher.find(document.file.text()) {
        // A line that uses it is settled; a line of a thousand names is not read a thousand times.
        let line = document.file.line(hit.span.start);
        let is_settled = worst.get(&(line, hit.page)).is_some_and(|&(verdict, _)| verdict == Verdict::Usage);
        if is_preserved(&preserved, hit.span) || is_settled {
            continue;
        }
        if let Some(verdict) = reader.judge(hit) {
            note(&mut worst, document, hit.page, (hit.span, verdict));
        }
    }
    for ((_, page), (verdict, span)) in worst {
        findings.extend(finding(cx, engine, page, span, verdict));
    }
}

/// Whether one of the preserved spans, which are in order, encloses `span`.
fn is_preserved(preserved: &[Span], span: Span) -> bool {
    let behind = preserved.partition_point(|own| own.start <= span.start);
    // Preserved spans may nest in copies of titles, so the last two are looked at.
    preserved.get(..behind).is_some_and(|before| before.iter().rev().take(2).any(|own| own.encloses(span)))
}

/// For each line and page the worst verdict with its place.
type Worst = BTreeMap<(usize, usize), (Verdict, Span)>;

fn note(worst: &mut Worst, document: &Document<'_>, page: usize, (span, verdict): (Span, Verdict)) {
    let entry = worst.entry((document.file.line(span.start), page)).or_insert((verdict, span));
    if verdict > entry.0 {
        *entry = (verdict, span);
    }
}

fn finding(cx: &Context<'_, '_>, engine: &StackEngine, page: usize, span: Span, verdict: Verdict) -> Option<Finding> {
    let (id, name, help) = (engine.ids.get(page)?, engine.names.get(page)?, engine.helps.get(page)?);
    let token = cx.pair.integrated.document.slice(span);
    let named = if token == name { format!("`{token}`") } else { format!("{name} (`{token}`)") };
    match verdict {
        Verdict::Usage => Some(
            cx.finding(id, span, format!("{named} is used here"))?.help(help.clone()).subject(format!("usage {token}")),
        ),
        Verdict::Mention => {
            let level = cx.config.mentions?;
            let finding = cx.finding(id, span, format!("{named} is mentioned here, not used"))?;
            Some(finding.level(level).subject(format!("mention {token}")))
        }
    }
}

#[cfg(test)]
mod tests;
