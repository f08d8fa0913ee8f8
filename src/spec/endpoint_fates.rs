use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::Endpoint;
use super::specification::Spec;
use super::trace::{Fate, FeatureIndex, FeatureTrace};

/// What became of each distinct endpoint of the source (index of its first definition). `sections` has for each section
/// of the source the one of the integrated spec that renders it.
pub(super) fn all(
    source: &Spec<'_>,
    integrated: &Spec<'_>,
    sections: &[Option<usize>],
    features: &[FeatureTrace],
) -> Vec<(usize, Fate)> {
    let defined: HashSet<_> = integrated.endpoints.iter().map(Endpoint::key).collect();
    let skipped: HashSet<FeatureIndex> =
        features.iter().filter(|trace| trace.fate == Fate::Skipped).map(|trace| trace.source).collect();
    let polling = LazyCell::new(|| polling_sections(integrated));
    let becomes_polling = |endpoint: &Endpoint| {
        let section = source.section_at(endpoint.span.start);
        let target = section.and_then(|section| sections.get(section).copied().flatten());
        is_stream(source, endpoint) && target.is_some_and(|target| polling.contains(&target))
    };
    let mut seen = HashMap::new();
    let mut fates: Vec<(usize, Fate)> = Vec::new();
    for (index, endpoint) in source.endpoints.iter().enumerate() {
        let is_skipped = source.feature_at(endpoint.span.start).is_some_and(|place| skipped.contains(&place));
        let fate = match (defined.contains(&endpoint.key()), is_skipped) {
            (true, _) => Fate::Kept,
            (false, true) => Fate::Skipped,
            (false, false) if becomes_polling(endpoint) => Fate::Changed,
            (false, false) => Fate::Missing,
        };
        // A skipped feature excuses its endpoints wherever else a table repeats them.
        let slot = *seen.entry(endpoint.key()).or_insert_with(|| {
            fates.push((index, fate));
            fates.len() - 1
        });
        if let Some(entry) = fates.get_mut(slot).filter(|_| fate == Fate::Skipped) {
            entry.1 = fate;
        }
    }
    fates
}

/// Whether an endpoint streams events to the client, which has no counterpart in the house style: polling takes its
/// place. Its path says so (`/api/fleet/stream`), or the line that defines it (`… - SSE of positions`).
fn is_stream(source: &Spec<'_>, endpoint: &Endpoint) -> bool {
    let line = source.document.slice(source.document.file.line_at(endpoint.span.start)).to_lowercase();
    let by_path = words(&endpoint.path).any(|word| word == "stream" || word == "sse");
    let by_line = || words(&line).any(|word| word == "sse") || line.contains("server-sent event");
    endpoint.method == "GET" && (by_path || by_line())
}

/// The sections of the integrated spec in which prose names polling, or a query is fetched again and again.
fn polling_sections(integrated: &Spec<'_>) -> HashSet<usize> {
    let polls = |text: &str| {
        text.contains("refetchInterval")
            || words(text).any(|word| matches!(word.as_str(), "poll" | "polls" | "polled" | "polling"))
    };
    let sections = integrated.sections.iter().enumerate();
    sections.filter(|(_, section)| polls(integrated.document.slice(section.span))).map(|(index, _)| index).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
