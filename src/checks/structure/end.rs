use super::end_block::{self, Offers};
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::markdown::within;
use crate::spec::{Section, section_key};
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["section-end"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("section-end") {
        return;
    }
    let offers = Offers::of(cx);
    for section in &cx.pair.integrated.sections {
        findings.extend(end(cx, &offers, section));
    }
}

fn end(cx: &Context<'_, '_>, offers: &Offers, section: &Section<'_>) -> Option<Finding> {
    let number = &section.number;
    let document = cx.pair.integrated.document;
    let own_end = section.end.as_ref().filter(|end| {
        let text = document.slice(end.heading.text);
        let named = text.split(|c: char| !c.is_alphanumeric()).find(|word| word.contains(|c: char| c.is_ascii_digit()));
        named.is_none_or(|named| section_key(named) == section_key(number))
    });
    let Some(end) = own_end else {
        let message = format!("section {number} has no `## END OF SECTION {number}`");
        let finding = cx.finding("section-end", section.heading.span, message)?;
        let help = "end it with that heading, Section Summary and Available for Next Section";
        // An end mark with another number is somebody's, and not to be doubled.
        let fix = if section.end.is_some() { None } else { end_block::missing(cx, offers, section) };
        return Some(finding.help(help).subject(number).fix(fix));
    };
    let has_summary = has(cx, end.span.join(section.span), |name| name.contains("summary"));
    let has_offer = has(cx, end.span, |name| name.contains("available"));
    let missing = match (has_summary, has_offer) {
        (true, true) => return None,
        (false, true) => "Section Summary",
        (true, false) => "Available for Next Section",
        (false, false) => "Section Summary and Available for Next Section",
    };
    let finding =
        cx.finding("section-end", section.heading.span, format!("the end of section {number} lacks {missing}"))?;
    let line = document.file.line(end.heading.span.start);
    let finding = finding.help(format!("add it below the end mark on line {line}"));
    let fix = end_block::incomplete(cx, offers, section, end, !has_summary, !has_offer);
    Some(finding.subject(format!("{number} {missing}")).fix(fix))
}

fn has(cx: &Context<'_, '_>, span: Span, is_it: fn(&str) -> bool) -> bool {
    let document = cx.pair.integrated.document;
    let text = document.file.text();
    let labels = within(&document.labels, span).iter().map(|label| label.name.of(text));
    let headings = within(&document.headings, span).iter().map(|heading| heading.text.of(text));
    labels.chain(headings).any(|name| is_it(&name.to_lowercase()))
}
