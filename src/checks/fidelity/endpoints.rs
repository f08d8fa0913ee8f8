//! Endpoints of the source that nothing defines any more.

use super::place::Place;
use crate::checks::{Check, Context};
use crate::diagnostics::{Finding, Level};
use crate::spec::{Endpoint, Fate};

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
    let Place { span: place, feature, section } = Place::of(cx, span.start);
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
    let text = cx.pair.source.as_ref().map_or("", |source| source.document.slice(*span));
    let finding = finding.help(help).subject(key).about("", text);
    Some(finding.related(cx.source_place(*span)?, "the source defines it here"))
}
