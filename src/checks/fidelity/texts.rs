//! Text that the source owns, byte for byte: descriptions, criteria, user values, purposes, types.

use super::features::is_same_feature;
use crate::checks::edits::{insert_field, insert_into_overview, labelled, line_ending, restore_value};
use crate::checks::{Check, Context};
use crate::diagnostics::{Applicability, Edit, Finding, Fix};
use crate::spec::{Feature, Field, PartKind, Section, Spec, Value, section_key, trimmed};
use crate::text::Span;
use crate::text::difference::{self, Difference};

pub(super) const CHECK: Check = Check {
    rules: &[
        "description-unchanged",
        "acceptance-criteria-unchanged",
        "user-value-unchanged",
        "overview-unchanged",
        "feature-type-unchanged",
    ],
    run,
};

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else { return };
    let integrated = &cx.pair.integrated;
    for trace in &trace.features {
        let Some(target) = trace.target else { continue };
        let (Some(own), Some(to)) = (source.feature(trace.source), integrated.feature(target)) else { continue };
        // Where the id was reused, the texts are those of the feature that the title names.
        let from = cx.pair.content_of(target).and_then(|place| source.feature(place)).unwrap_or(own);
        let found = [description(cx, source, from, to), kind(cx, source, from, to), criteria(cx, source, from, to)];
        let mut found: Vec<Finding> = found.into_iter().flatten().collect();
        // Under a title and with texts of its own it may be another feature, which the source's texts would falsify.
        if !found.is_empty() && !is_same_feature(source, from, integrated, to) {
            for fix in found.iter_mut().filter_map(|finding| finding.fix.as_mut()) {
                fix.applicability = Applicability::Unsafe;
            }
        }
        findings.extend(found);
        more_criteria(cx, source, (from, to), findings);
    }
    for (index, target) in trace.sections.iter().enumerate() {
        let (Some(from), Some(to)) = (source.sections.get(index), target.and_then(|to| integrated.sections.get(to)))
        else {
            continue;
        };
        findings.extend(user_value(cx, source, from, to));
        findings.extend(purpose(cx, source, from, to));
    }
}

fn description(cx: &Context<'_, '_>, source: &Spec<'_>, from: &Feature<'_>, to: &Feature<'_>) -> Option<Finding> {
    changed(cx, "description-unchanged", "the description", source, from.description?, to.description?)
}

fn kind(cx: &Context<'_, '_>, source: &Spec<'_>, from: &Feature<'_>, to: &Feature<'_>) -> Option<Finding> {
    changed(cx, "feature-type-unchanged", "the type", source, from.kind?, to.kind?)
}

fn criteria(cx: &Context<'_, '_>, source: &Spec<'_>, from: &Feature<'_>, to: &Feature<'_>) -> Option<Finding> {
    const RULE: &str = "acceptance-criteria-unchanged";
    let document = cx.pair.integrated.document;
    let copied = || insert_field(source.document, from, document, to, Field::Criteria);
    match (from.criteria, to.criteria) {
        (Some(from), Some(to)) => changed(cx, RULE, "the acceptance criteria", source, from, to),
        (Some(from), None) => {
            let message = format!("the acceptance criteria of {} are gone", to.id);
            let finding = cx.finding(RULE, to.place, message)?.help("copy the criteria from the source, byte for byte");
            let finding = finding.about("", trimmed(from.text(source.document)));
            let finding =
                finding.related(cx.source_place(from.label.span)?, "the source has them here").subject(&to.id);
            let fix = copied().map(|edit| Fix::safe("copy the acceptance criteria from the source", vec![edit]));
            Some(finding.fix(fix))
        }
        (None, Some(to_value)) if !to_value.text(document).trim().is_empty() => {
            let message = format!("the source has no acceptance criteria for {}: these are invented", to.id);
            let help = "remove them, or move them into the implementation as notes of yours";
            let finding = cx.finding(RULE, first_line(document.file.text(), to_value), message)?.help(help);
            let finding = finding.about(trimmed(to_value.text(document)), "");
            Some(finding.related(cx.source_place(from.place)?, "the feature in the source").subject(&to.id))
        }
        _ => None,
    }
}

/// Where a feature has several blocks of criteria: each of the source's has its counterpart in the same place, and none
/// is added. A block that repeats one of the source's adds nothing.
fn more_criteria(
    cx: &Context<'_, '_>,
    source: &Spec<'_>,
    (from, to): (&Feature<'_>, &Feature<'_>),
    findings: &mut Vec<Finding>,
) {
    const RULE: &str = "acceptance-criteria-unchanged";
    let document = cx.pair.integrated.document;
    let Some(first) = from.criteria.filter(|_| to.criteria.is_some()) else { return };
    for (index, value) in to.more_criteria.iter().enumerate() {
        if let Some(counterpart) = from.more_criteria.get(index) {
            findings.extend(changed(cx, RULE, "the acceptance criteria", source, *counterpart, *value));
            continue;
        }
        let text = trimmed(value.text(document));
        let mut owned = std::iter::once(&first).chain(&from.more_criteria);
        if owned.any(|block| trimmed(block.text(source.document)) == text) {
            continue;
        }
        let message = format!("these acceptance criteria of {} are not the source's: they are invented", to.id);
        let finding = cx.finding(RULE, first_line(document.file.text(), *value), message);
        let place = cx.source_place(first.label.span);
        let help = "remove them, or move them into the implementation as notes of yours";
        findings.extend(finding.zip(place).map(|(finding, place)| {
            finding.help(help).related(place, "the source's criteria").subject(format!("{} invented", to.id))
        }));
    }
    if let Some(lost) = from.more_criteria.get(to.more_criteria.len()) {
        let message = format!("a block of acceptance criteria of {} is gone", to.id);
        let finding = cx.finding(RULE, to.place, message).zip(cx.source_place(lost.label.span));
        let help = "copy the criteria from the source, byte for byte";
        findings.extend(finding.map(|(finding, place)| {
            finding.help(help).related(place, "the source has them here").subject(format!("{} block", to.id))
        }));
    }
}

/// The first line of a value, or its label where the value is empty.
fn first_line(text: &str, value: Value<'_>) -> Span {
    let line = value.span.of(text).lines().next().unwrap_or("");
    if line.is_empty() { value.label.span } else { Span::new(value.span.start, value.span.start + line.len()) }
}

/// A finding where two values differ: what kind of difference, the first differing line of both sides.
fn changed(
    cx: &Context<'_, '_>,
    rule: &str,
    what: &str,
    source: &Spec<'_>,
    from: Value<'_>,
    to: Value<'_>,
) -> Option<Finding> {
    if !cx.is_on(rule) {
        return None;
    }
    let text = cx.pair.integrated.document.file.text();
    let difference = difference::compare(from.text(source.document), to.span.of(text))?;
    let place = filled_line(text, to.span, difference.integrated_line.shifted(to.span.start));
    // An empty side has no line of its own to point to.
    let place = if to.span.is_empty() { to.label.span } else { place };
    let from_place = difference.source_line.shifted(from.span.start);
    let finding = cx.finding(rule, place, format!("{what} changed: {}", difference.description()))?;
    let finding = finding.help(help_for(&difference)).related(cx.source_place(from_place)?, "the source has this");
    let (own, wanted) = (trimmed(to.span.of(text)), trimmed(from.text(source.document)));
    let finding = finding.subject(format!("{what} {}", difference.kind)).about(own, wanted);
    // Damage is not to be copied.
    if difference.is_damage_of_source() {
        return Some(finding);
    }
    let edit = restore_value(source.document, from, cx.pair.integrated.document, to);
    Some(finding.fix(Fix::safe(format!("put {what} of the source back"), vec![edit])))
}

/// The line at `place`, or the next one of `block` that is not blank: nobody looks for a change in a blank line.
fn filled_line(text: &str, block: Span, place: Span) -> Span {
    let mut offset = place.start;
    for line in Span::new(place.start, block.end).of(text).split_inclusive('\n') {
        let length = line.trim_end().len();
        if length > 0 {
            return Span::new(offset, offset + length.max(place.len().min(length)));
        }
        offset += line.len();
    }
    place
}

fn help_for(difference: &Difference) -> &'static str {
    if difference.is_damage_of_source() {
        "the source is damaged: repair it there, then copy it"
    } else {
        "put the source's bytes back"
    }
}

/// Either of the source's two texts is right: the section's own, or the plan's.
fn user_value(cx: &Context<'_, '_>, source: &Spec<'_>, from: &Section<'_>, to: &Section<'_>) -> Option<Finding> {
    const RULE: &str = "user-value-unchanged";
    let planned = source.plan.iter().find(|entry| section_key(&entry.number) == section_key(&from.number));
    let candidates: Vec<Value<'_>> =
        from.user_value.into_iter().chain(planned.and_then(|entry| entry.user_value)).collect();
    let first = *candidates.first()?;
    let Some(value) = to.user_value else {
        let message = format!("section {} does not state its user value", to.number);
        let finding =
            cx.finding(RULE, to.heading.span, message)?.help("copy the user value from the source, byte for byte");
        let finding = finding.about("", trimmed(first.text(source.document)));
        let document = cx.pair.integrated.document;
        let block =
            labelled(source.document, Field::UserValue.name(), first, line_ending(document.file, to.span.start));
        let edit = insert_into_overview(document, to, &block);
        let finding = finding.fix(Fix::safe("copy the user value from the source", vec![edit]));
        return Some(finding.related(cx.source_place(first.span)?, "the source has this").subject(&to.number));
    };
    let text = trimmed(value.text(cx.pair.integrated.document));
    let is_kept = candidates.iter().any(|candidate| trimmed(candidate.text(source.document)) == text);
    if is_kept {
        return None;
    }
    changed(cx, RULE, "the user value", source, first, value)
}

/// The source's purpose stands in the integrated overview, whatever stands around it.
fn purpose(cx: &Context<'_, '_>, source: &Spec<'_>, from: &Section<'_>, to: &Section<'_>) -> Option<Finding> {
    let text = cx.pair.integrated.document.file.text();
    let overview = to.part(PartKind::Overview).map_or(to.span, |part| part.content);
    let planned = source.plan.iter().find(|entry| section_key(&entry.number) == section_key(&from.number));
    let spans = from.purpose_span.into_iter().chain(planned.and_then(|entry| entry.purpose).map(|value| value.span));
    let wanted = from.purpose_span?;
    let is_kept =
        spans.map(|span| trimmed(source.document.slice(span))).any(|purpose| overview.of(text).contains(purpose));
    if is_kept {
        return None;
    }
    let place = to.purpose.map_or(to.heading.span, |value| value.label.span);
    let difference = to
        .purpose
        .and_then(|value| difference::compare(source.document.slice(wanted), value.text(cx.pair.integrated.document)));
    let how = difference.as_ref().map_or_else(String::new, |difference| format!(": {}", difference.description()));
    let is_damaged = difference.as_ref().is_some_and(Difference::is_damage_of_source);
    let message =
        format!("the purpose of section {} does not stand in the overview as the source words it{how}", to.number);
    let finding = cx.finding("overview-unchanged", place, message)?;
    let finding = finding.help("put the source's purpose into the overview, byte for byte").subject(&to.number);
    let own = to.purpose.map_or("", |value| value.text(cx.pair.integrated.document));
    let finding = finding.about(trimmed(own), trimmed(source.document.slice(wanted)));
    let finding = finding.related(cx.source_place(wanted)?, "the source's purpose");
    if is_damaged {
        return Some(finding);
    }
    let document = cx.pair.integrated.document;
    let edit = match (from.purpose, to.purpose) {
        (Some(own), Some(value)) => restore_value(source.document, own, document, value),
        (Some(own), None) => {
            let ending = line_ending(document.file, to.span.start);
            insert_into_overview(document, to, &labelled(source.document, Field::Purpose.name(), own, ending))
        }
        (None, Some(value)) => Edit::replace(value.span, source.document.slice(wanted)),
        (None, None) => insert_into_overview(document, to, source.document.slice(wanted)),
    };
    Some(finding.fix(Fix::safe("put the source's purpose into the overview", vec![edit])))
}
