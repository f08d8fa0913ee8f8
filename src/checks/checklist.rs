//! The filled checklist and the accounting of the source, for reports.

use std::collections::{BTreeMap, BTreeSet};

use super::Active;
use crate::diagnostics::{ChecklistRow, Fidelity, Finding, Level, Tally, Verdict};
use crate::spec::{Fate, SpecPair};

/// Number of items on the checklist.
const ITEMS: u8 = 15;
/// The items that compare with the source.
const FIDELITY_ITEMS: [u8; 3] = [13, 14, 15];

/// Verdict and number of findings (errors and warnings) for each item and section; rows of the whole document, with
/// no section, only where something was found outside the sections.
pub fn checklist(pair: &SpecPair<'_>, active: &Active, findings: &[Finding]) -> Vec<ChecklistRow> {
    let spec = pair.integrated.document.file.shared_path();
    let served: BTreeSet<u8> = active.items().collect();
    let mut counts: BTreeMap<(Option<&str>, u8), usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.level >= Level::Warning && finding.location.path == spec) {
        if let Some(item) = finding.item {
            *counts.entry((finding.section.as_deref(), item)).or_default() += 1;
        }
    }
    // What is gone with its feature or section cannot be found changed, but it is not kept either.
    for lost in lost(pair) {
        *counts.entry(lost).or_default() += 1;
    }
    let mut sections: Vec<Option<&str>> = Vec::new();
    for section in pair.integrated.sections.iter().map(|section| Some(section.number.as_str())) {
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    for &(section, _) in counts.keys() {
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    let row = |section: Option<&str>, item: u8| {
        let findings = counts.get(&(section, item)).copied().unwrap_or(0);
        let is_served = served.contains(&item) && (pair.source.is_some() || !FIDELITY_ITEMS.contains(&item));
        let verdict = match (is_served, findings) {
            (_, 1..) => Verdict::Fail,
            (true, 0) => Verdict::Pass,
            (false, 0) => Verdict::NotApplicable,
        };
        ChecklistRow { spec: spec.clone(), section: section.map(str::to_owned), item, verdict, findings }
    };
    sections.iter().flat_map(|&section| (1..=ITEMS).map(move |item| (section, item))).map(|(s, i)| row(s, i)).collect()
}

/// The description and criteria of each missing feature and the user value of each missing section, as section and item.
fn lost<'p>(pair: &'p SpecPair<'_>) -> Vec<(Option<&'p str>, u8)> {
    let (Some(source), Some(trace)) = (&pair.source, &pair.trace) else { return Vec::new() };
    let number = |section: usize| source.sections.get(section).map(|section| section.number.as_str());
    let mut lost = Vec::new();
    for trace in trace.features.iter().filter(|trace| trace.fate == Fate::Missing) {
        let feature = source.feature(trace.source);
        lost.extend(feature.and_then(|feature| feature.description).map(|_| (number(trace.source.0), 13)));
        lost.extend(feature.and_then(|feature| feature.criteria).map(|_| (number(trace.source.0), 14)));
    }
    for trace in trace.features.iter().filter(|trace| trace.target.is_some()) {
        let (from, to) = (source.feature(trace.source), trace.target.and_then(|to| pair.integrated.feature(to)));
        let has_lost = from.is_some_and(|f| f.description.is_some()) && to.is_some_and(|f| f.description.is_none());
        lost.extend(has_lost.then(|| (number(trace.source.0), 13)));
    }
    let missing = trace.sections.iter().enumerate().filter(|(_, target)| target.is_none());
    let with_value =
        missing.filter(|(index, _)| source.sections.get(*index).is_some_and(|section| section.user_value.is_some()));
    lost.extend(with_value.map(|(index, _)| (number(index), 15)));
    lost
}

/// What became of each part of the source; `None` without a source. `exposed_schemas` is for the schema of its tables.
pub fn fidelity(pair: &SpecPair<'_>, exposed_schemas: &[String]) -> Option<Fidelity> {
    let (source, trace) = (pair.source.as_ref()?, pair.trace.as_ref()?);
    let of_fates = |fates: &[(usize, Fate)]| {
        let mut tally = crate::spec::Tally::default();
        for &(_, fate) in fates {
            tally.add(fate, 1);
        }
        counted(tally)
    };
    let mut models = crate::spec::Tally::default();
    for model in pair.models(exposed_schemas) {
        models.add(model.fate, 1);
    }
    Some(Fidelity {
        spec: pair.integrated.document.file.shared_path(),
        sections: counted(trace.section_tally(source, &pair.integrated)),
        features: counted(trace.feature_tally()),
        criteria: counted(trace.criteria),
        endpoints: of_fates(&trace.endpoints),
        models: counted(models),
        tasks: of_fates(&trace.tasks),
    })
}

fn counted(tally: crate::spec::Tally) -> Tally {
    Tally {
        total: tally.total(),
        kept: tally.kept,
        moved: tally.moved,
        changed: tally.changed,
        skipped: tally.skipped,
        missing: tally.missing,
    }
}
