//! Endpoints of the source that nothing defines any more.

use crate::checks::{Check, Context};
use crate::diagnostics::{Finding, Level};
use crate::spec::{Endpoint, Fate};
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["endpoint-missing"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else { return };
    for &(index, fate) in &trace.endpoints {
        let Some(endpoint) = source.endpoints.get(index) else { continue };
        if matches!(fate, Fate::Missing | Fate::Skipped) {
            findings.extend(missing(cx, endpoint, fate));
        }
    }
}

fn missing(cx: &Context<'_, '_>, endpoint: &Endpoint, fate: Fate) -> Option<Finding> {
    let Endpoint { method, path, span } = endpoint;
    let (place, feature, section) = place(cx, endpoint);
    let key = format!("{method} {path}");
    let message = match fate {
        Fate::Skipped => format!("`{key}` is skipped with its feature"),
        _ => format!("`{key}` of the source is no longer defined"),
    };
    let mut finding = cx.finding("endpoint-missing", place, message)?;
    if fate == Fate::Skipped {
        finding = finding.level(Level::Note);
    }
    finding.feature = feature.or(finding.feature);
    finding.section = section.or(finding.section);
    let help = format!("define its route handler: export `{method}` from the route file of `{path}`");
    let finding = finding.help(help).subject(key);
    Some(finding.related(cx.source_place(*span)?, "the source defines it here"))
}

/// The feature that should define it, else the section, else the title; with the ids of the source.
fn place(cx: &Context<'_, '_>, endpoint: &Endpoint) -> (Span, Option<String>, Option<String>) {
    let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else {
        return (cx.pair.title_place(), None, None);
    };
    let offset = endpoint.span.start;
    let feature_place = source.feature_at(offset);
    let feature = feature_place.and_then(|place| source.feature(place));
    let target = feature_place
        .and_then(|place| trace.features.iter().find(|trace| trace.source == place))
        .and_then(|trace| trace.target.or(trace.likely))
        .and_then(|target| cx.pair.integrated.feature(target));
    let section = source.section_at(offset);
    let number = section.and_then(|index| source.sections.get(index)).map(|section| section.number.clone());
    let span = match (target, section) {
        (Some(target), _) => target.place,
        (None, Some(section)) => cx.pair.place_of_section(section),
        (None, None) => cx.pair.title_place(),
    };
    (span, feature.map(|feature| feature.id.clone()), number)
}
