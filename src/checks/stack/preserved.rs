//! Text that the source owns: a forbidden name in it is the source's, as long as not a byte was changed.

use std::cmp::Reverse;

use crate::spec::{Feature, Spec, SpecPair, Value, trimmed};
use crate::text::{Needles, Span};

/// The places of the integrated spec that are byte-identical to preserved text of the source, in order.
///
/// Titles matter only where `has_name` finds a forbidden name in them.
pub(in crate::checks) fn spans(pair: &SpecPair<'_>, has_name: impl Fn(&str) -> bool) -> Vec<Span> {
    let (Some(source), Some(trace)) = (&pair.source, &pair.trace) else { return Vec::new() };
    let integrated = &pair.integrated;
    let mut spans = titles(source, integrated, has_name);
    for trace in &trace.features {
        for target in [trace.target, trace.likely].into_iter().flatten() {
            if let (Some(from), Some(to)) = (source.feature(trace.source), integrated.feature(target)) {
                feature(source, from, integrated, to, &mut spans);
            }
        }
    }
    for (index, target) in trace.sections.iter().enumerate() {
        let Some((from, to)) = source.sections.get(index).zip(target.and_then(|to| integrated.sections.get(to))) else {
            continue;
        };
        spans.extend(same(source, from.user_value, integrated, to.user_value));
        spans.extend(same_title(source, from.name, integrated, to.name));
        let planned = source.plan.iter().filter(|entry| entry.number == from.number);
        let planned = planned.filter_map(|entry| entry.purpose).map(|purpose| purpose.span);
        let purposes = from.purpose_span.into_iter().chain(planned).map(|span| trimmed(source.document.slice(span)));
        // The heading may have the purpose's words as well, so that the purpose is looked for behind it.
        let text = integrated.document.file.text();
        let regions = || to.purpose_span.into_iter().chain([Span::new(to.heading.span.end, to.span.end)]);
        let copy = |purpose: &str| {
            regions().find_map(|region| {
                let at = region.start + region.of(text).find(purpose)?;
                Some(Span::new(at, at + purpose.len()))
            })
        };
        spans.extend(purposes.filter(|purpose| !purpose.is_empty()).filter_map(copy));
    }
    for entry in &source.plan {
        for section in &integrated.sections {
            spans.extend(same(source, entry.user_value, integrated, section.user_value));
        }
    }
    spans.sort_unstable();
    spans
}

fn same(source: &Spec<'_>, from: Option<Value<'_>>, integrated: &Spec<'_>, to: Option<Value<'_>>) -> Option<Span> {
    let (from, to) = (from?, to?);
    (trimmed(from.text(source.document)) == trimmed(to.text(integrated.document))).then_some(to.span)
}

/// A title at the heading of what has it; there it is the source's even as a single word.
fn same_title(source: &Spec<'_>, from: Span, integrated: &Spec<'_>, to: Span) -> Option<Span> {
    (source.document.slice(from) == integrated.document.slice(to)).then_some(to)
}

fn feature(source: &Spec<'_>, from: &Feature<'_>, integrated: &Spec<'_>, to: &Feature<'_>, spans: &mut Vec<Span>) {
    spans.extend(same_title(source, from.title, integrated, to.title));
    spans.extend(same(source, from.description, integrated, to.description));
    spans.extend(same(source, from.kind, integrated, to.kind));
    let (Some(from), Some(to)) = (from.criteria, to.criteria) else { return };
    // Each line that was not touched stays the source's, even where its neighbour was changed.
    let owned: std::collections::HashSet<&str> = from.text(source.document).lines().collect();
    let text = integrated.document.file.text();
    let mut offset = to.span.start;
    for line in to.span.of(text).split_inclusive('\n') {
        if owned.contains(line.trim_end_matches(['\n', '\r'])) {
            spans.push(Span::new(offset, offset + line.len()));
        }
        offset += line.len();
    }
}

/// Every copy of a title of the source, in headings, contents and lists. A single word is too short to be a copy.
fn titles(source: &Spec<'_>, integrated: &Spec<'_>, has_name: impl Fn(&str) -> bool) -> Vec<Span> {
    let features = source.features().flat_map(|(_, feature)| [feature.title, feature.short_title]);
    let sections = source.sections.iter().map(|section| section.name);
    let mut titles: Vec<&str> = features.chain(sections).map(|span| source.document.slice(span)).collect();
    titles.retain(|title| title.contains(' ') && has_name(title));
    if titles.is_empty() {
        return Vec::new();
    }
    let text = integrated.document.file.text();
    let copies = Needles::new(titles.iter().copied());
    let copies = copies.find_iter(text).filter(|&(index, span)| titles.get(index) == Some(&span.of(text)));
    let mut spans: Vec<Span> = copies.map(|(_, span)| span).collect();
    spans.sort_by_key(|span| (span.start, Reverse(span.end)));
    // A title may be part of another one.
    let mut end = 0;
    spans.retain(|span| {
        let is_free = span.start >= end;
        end = if is_free { span.end } else { end };
        is_free
    });
    spans
}
