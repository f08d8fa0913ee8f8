//! A feature of the source that is gone, put back as far as the source says it.

use crate::checks::edits::{insert_block, labelled, line_ending};
use crate::checks::{Context, MARKER};
use crate::diagnostics::{Edit, Fix};
use crate::markdown::within;
use crate::spec::{FeatureIndex, Field, PartKind, Section, Shape, Spec, Value};
use crate::text::Span;

/// What is left for a person to write. The rule `placeholder` reports it.
fn marker(what: &str) -> String {
    format!("{MARKER} {what}]")
}

/// Puts the source's feature at `place` where it belongs by its order: its texts byte for byte, and a mark where the
/// implementation is to be written. `None` where its section is gone too, a fence there is open, or the source has no body
/// to copy.
pub(super) fn feature(cx: &Context<'_, '_>, source: &Spec<'_>, place: FeatureIndex) -> Option<Fix> {
    let trace = cx.pair.trace.as_ref()?;
    let own = source.feature(place).filter(|own| own.shape == Shape::Body)?;
    let document = cx.pair.integrated.document;
    let index = trace.sections.get(place.0).copied().flatten()?;
    let section = cx.pair.integrated.sections.get(index)?;
    if within(&document.fences, section.span).iter().any(|fence| !fence.closed) {
        return None;
    }
    let ending = line_ending(document.file, section.heading.span.start);
    let copy = |field: Field, value: Option<Value<'_>>| {
        value.map(|value| labelled(source.document, field.name(), value, ending))
    };
    // The structure asks for type and description even where the source has none.
    let blank = |field: Field, what: &str| format!("**{}:** {}", field.name(), marker(what));
    let how = marker("how the feature is built on this codebase");
    let blocks = [
        Some(format!("#### {}: {}", own.id, source.document.slice(own.short_title))),
        copy(Field::Type, own.kind).or_else(|| Some(blank(Field::Type, "the feature's type"))),
        copy(Field::Description, own.description).or_else(|| Some(blank(Field::Description, "what the feature does"))),
        Some(format!("**{}**:{ending}{ending}{how}", Field::Implementation.name())),
        copy(Field::Criteria, own.criteria),
    ];
    let gap = format!("{ending}{ending}");
    let block = blocks.into_iter().flatten().collect::<Vec<_>>().join(&gap);
    let edit = insert(cx, section, before(cx, place, index), &block, &gap)?;
    Some(Fix::risky("copy the feature from the source, and mark what is to be written", vec![edit]))
}

/// The feature of section `index` behind which the one at `place` belongs: the last one that the source has before it.
fn before(cx: &Context<'_, '_>, place: FeatureIndex, index: usize) -> Option<FeatureIndex> {
    let features = &cx.pair.trace.as_ref()?.features;
    let earlier = features.iter().filter(|trace| trace.source.0 == place.0 && trace.source.1 < place.1);
    earlier.filter_map(|trace| trace.target.or(trace.likely)).rfind(|target| target.0 == index)
}

fn insert(
    cx: &Context<'_, '_>,
    section: &Section<'_>,
    behind: Option<FeatureIndex>,
    block: &str,
    gap: &str,
) -> Option<Edit> {
    let spec = &cx.pair.integrated;
    if let Some(feature) = behind.and_then(|place| spec.feature(place)) {
        return Some(insert_block(spec.document, Span::new(feature.place.end, feature.span.end), block));
    }
    if let Some(first) = section.features.first() {
        return Some(Edit::insert(first.place.start, format!("{block}{gap}")));
    }
    let part = section.part(PartKind::Features)?;
    Some(insert_block(spec.document, Span::new(part.place.end, part.content.end.max(part.place.end)), block))
}
