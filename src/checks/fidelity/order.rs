//! Sections and features that stand in another order than in the source.

use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::spec::{FeatureIndex, Spec, section_key};

pub(super) const CHECK: Check = Check { rules: &["order-changed"], run };

/// Points to each heading that follows one which it should precede.
fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else { return };
    let integrated = &cx.pair.integrated;
    let mut sections: Vec<(usize, usize)> =
        trace.sections.iter().enumerate().filter_map(|(from, to)| Some(((*to)?, from))).collect();
    sections.sort_unstable();
    for (&(earlier, _), &(target, from)) in out_of_order(&sections) {
        let (Some(section), Some(other)) = (integrated.sections.get(target), integrated.sections.get(earlier)) else {
            continue;
        };
        let message = format!(
            "section {} stands behind section {}; in the source it stands before it",
            section.number, other.number
        );
        let place = source.sections.get(from).and_then(|from| cx.source_place(from.heading.span));
        let finding = cx.finding("order-changed", section.heading.span, message);
        findings.extend(finding.zip(place).map(|(f, place)| {
            f.help("keep the source's order").related(place, "the source's place").subject(&section.number)
        }));
    }
    let mut features: Vec<(FeatureIndex, FeatureIndex)> = Vec::new();
    for feature in &trace.features {
        let Some(target) = feature.target else { continue };
        match moved(cx, source, (feature.source, target), trace.sections.get(feature.source.0).copied().flatten()) {
            Some(finding) => findings.push(finding),
            None => features.push((target, feature.source)),
        }
    }
    features.sort_unstable();
    for group in features.chunk_by(|a, b| a.0.0 == b.0.0) {
        for (&(earlier, _), &(target, from)) in out_of_order(group) {
            let (Some(feature), Some(other)) = (integrated.feature(target), integrated.feature(earlier)) else {
                continue;
            };
            let message = format!("{} stands behind {}; in the source it stands before it", feature.id, other.id);
            let place = source.feature(from).and_then(|from| cx.source_place(from.place));
            let finding = cx.finding("order-changed", feature.place, message);
            findings.extend(finding.zip(place).map(|(f, place)| {
                f.help("keep the source's order").related(place, "the source's place").subject(&feature.id)
            }));
        }
    }
}

/// A feature that stands in another section than the one that renders its own. Where its own section is gone, that is what
/// is reported.
fn moved(
    cx: &Context<'_, '_>,
    source: &Spec<'_>,
    (from, target): (FeatureIndex, FeatureIndex),
    home: Option<usize>,
) -> Option<Finding> {
    let integrated = &cx.pair.integrated;
    let home = integrated.sections.get(home?)?;
    let (section, feature) = (integrated.sections.get(target.0)?, integrated.feature(target)?);
    if section_key(&section.number) == section_key(&home.number) {
        return None;
    }
    let message = format!("{} stands in section {}; its place is section {}", feature.id, section.number, home.number);
    let place = cx.source_place(source.feature(from)?.place)?;
    let finding = cx.finding("order-changed", feature.place, message)?.help("move it back to its section");
    Some(finding.related(place, "the source's place").subject(&feature.id))
}

/// The neighbours of which the second should precede the first: each descent in the source's order.
fn out_of_order<T, S: Ord + Copy>(pairs: &[(T, S)]) -> impl Iterator<Item = (&(T, S), &(T, S))> {
    pairs.iter().zip(pairs.iter().skip(1)).filter(|((_, a), (_, b))| b < a)
}
