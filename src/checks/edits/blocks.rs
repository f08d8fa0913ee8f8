use std::collections::BTreeSet;

use super::line_ending;
use crate::diagnostics::Edit;
use crate::markdown::{Document, within};
use crate::spec::{Feature, Field, PartKind, Section, Value};
use crate::text::Span;

/// Puts the bytes of `from`, a value of the source, in the place of `to`. What the source has below its label goes below
/// the label here too.
pub(in crate::checks) fn restore_value(
    source: &Document<'_>,
    from: Value<'_>,
    document: &Document<'_>,
    to: Value<'_>,
) -> Edit {
    let text = from.text(source);
    let is_below = |document: &Document<'_>, value: Value<'_>| {
        document.slice(Span::new(value.label.span.end, value.span.start)).contains('\n')
    };
    // An empty value may stand anywhere below its label; the text goes right behind it.
    let place = if to.span.is_empty() { Span::empty(to.label.span.end) } else { to.span };
    let lead = if to.span.is_empty() || !is_below(document, to) {
        if is_below(source, from) { line_ending(document.file, to.label.span.start) } else { " " }
    } else {
        ""
    };
    let has_blank = document.file.text().get(..place.start).is_some_and(|before| before.ends_with([' ', '\t']));
    let lead = if lead == " " && has_blank { "" } else { lead };
    Edit::replace(place, format!("{lead}{text}"))
}

/// Puts `block` behind what stands in `region`, which starts behind a line's text and ends at the start of a line, with a
/// blank line in front and behind. Blank lines and thematic breaks at the region's end stay behind the block.
pub(in crate::checks) fn insert_block(document: &Document<'_>, region: Span, block: &str) -> Edit {
    let text = document.slice(region);
    let breaks = within(&document.breaks, region);
    let mut end = region.end;
    for line in text.split_inclusive('\n').rev() {
        let start = end - line.len();
        let is_break = !within(breaks, Span::new(start, end)).is_empty();
        if !(line.trim().is_empty() || is_break) || start < region.start {
            break;
        }
        end = start;
    }
    // Behind the text of the last line that is filled, so that its line ending goes behind the block.
    let filled = document.slice(Span::new(region.start, end)).trim_end_matches(['\n', '\r']).len();
    let place = region.start + filled;
    let ending = line_ending(document.file, place.saturating_sub(1));
    Edit::insert(place, format!("{ending}{ending}{block}"))
}

/// A value of the source as a block of its own: `**Name:** text`, or the text below its label where the source has it
/// there. `ending` is what lines of the document end in.
pub(in crate::checks) fn labelled(source: &Document<'_>, name: &str, value: Value<'_>, ending: &str) -> String {
    let gap = source.slice(Span::new(value.label.span.end, value.span.start));
    let gap = if gap.contains('\n') { format!("{ending}{ending}") } else { " ".to_owned() };
    format!("**{name}:**{gap}{}", value.text(source))
}

/// Puts `block` at the beginning of a section's overview, behind the purpose where it is there; a section without an
/// overview gets one.
pub(in crate::checks) fn insert_into_overview(document: &Document<'_>, section: &Section<'_>, block: &str) -> Edit {
    let ending = line_ending(document.file, section.heading.span.start);
    let Some(overview) = section.part(PartKind::Overview) else {
        let text = format!("{ending}{ending}### {}{ending}{ending}{block}", PartKind::Overview.name());
        return Edit::insert(section.heading.span.end, text);
    };
    if let Some(purpose) = section.purpose.filter(|purpose| !purpose.span.is_empty()) {
        return Edit::insert(purpose.span.end, format!("{ending}{ending}{block}"));
    }
    let is_filled = !document.file.text().get(overview.place.end..).is_some_and(|text| text.starts_with(['\r', '\n']));
    if is_filled {
        return insert_block(document, overview.content, block);
    }
    Edit::insert(overview.place.end, format!("{ending}{ending}{block}"))
}

/// Puts a field of the source's feature `from` where `to` should have it: type and description at the beginning, criteria
/// at the end. `None` where the source does not have the field either, or a fence of the feature is open, in which the
/// field may stand.
pub(in crate::checks) fn insert_field(
    source: &Document<'_>,
    from: &Feature<'_>,
    document: &Document<'_>,
    to: &Feature<'_>,
    field: Field,
) -> Option<Edit> {
    if within(&document.fences, to.span).iter().any(|fence| !fence.closed) {
        return None;
    }
    let value = match field {
        Field::Type => from.kind?,
        Field::Description => from.description?,
        Field::Criteria => from.criteria?,
        Field::Implementation | Field::UserValue | Field::Purpose => return None,
    };
    let ending = line_ending(document.file, to.place.start);
    let block = labelled(source, field.name(), value, ending);
    let behind_heading = to.place.end;
    Some(match (field, to.kind) {
        (Field::Criteria, _) => insert_block(document, Span::new(behind_heading, to.span.end), &block),
        (Field::Description, Some(kind)) => {
            insert_block(document, Span::new(behind_heading, kind.span.end.max(kind.label.span.end)), &block)
        }
        _ => Edit::insert(behind_heading, format!("{ending}{ending}{block}")),
    })
}

/// Whether two titles are one, worded in two ways: most of their words of three letters or more are the same. Fewer tell
/// nothing, since the features of a section share its subject.
pub(in crate::checks) fn are_alike(one: &str, other: &str) -> bool {
    let words = |title: &str| -> BTreeSet<String> {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
        words.map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    shared > 0 && shared * 5 >= one.union(&other).count() * 3
}
