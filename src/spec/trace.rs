use std::collections::{HashMap, HashSet};

use super::endpoint;
use super::endpoint_fates;
use super::pair::section_key;
use super::skip::Skip;
use super::specification::Spec;
use super::value::Value;
use crate::text::difference::without_blank_edges;

/// What became of a part of the source. Every part ends in exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It stands where it stood, unchanged.
    Kept,
    /// It is unchanged, but stands in another section or under another id.
    Moved,
    /// It is there, with other bytes.
    Changed,
    /// It is left out with a stated reason that is accepted.
    Skipped,
    /// It is gone.
    Missing,
}

/// How many parts of one kind met which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// See [`Fate::Kept`].
    pub kept: usize,
    /// See [`Fate::Moved`].
    pub moved: usize,
    /// See [`Fate::Changed`].
    pub changed: usize,
    /// See [`Fate::Skipped`].
    pub skipped: usize,
    /// See [`Fate::Missing`].
    pub missing: usize,
}

impl Tally {
    /// Counts `count` parts of a fate.
    pub fn add(&mut self, fate: Fate, count: usize) {
        let slot = match fate {
            Fate::Kept => &mut self.kept,
            Fate::Moved => &mut self.moved,
            Fate::Changed => &mut self.changed,
            Fate::Skipped => &mut self.skipped,
            Fate::Missing => &mut self.missing,
        };
        *slot += count;
    }

    /// All parts.
    pub fn total(self) -> usize {
        self.kept + self.moved + self.changed + self.skipped + self.missing
    }
}

/// Indexes of a section and of a feature in it.
pub type FeatureIndex = (usize, usize);

/// Where one feature of the source went.
#[derive(Clone, Debug)]
pub struct FeatureTrace {
    /// The feature in the source.
    pub source: FeatureIndex,
    /// What became of it.
    pub fate: Fate,
    /// The feature of the integrated spec with the same id.
    pub target: Option<FeatureIndex>,
    /// The feature of the integrated spec under another id that seems to hold its content.
    pub likely: Option<FeatureIndex>,
    /// The statement that it is left out.
    pub skip: Option<Skip>,
}

/// Where each part of a source went. Entries are in the source's order.
#[derive(Clone, Debug)]
pub struct Trace {
    /// For each section of the source, the section of the integrated spec that renders it.
    pub sections: Vec<Option<usize>>,
    /// For each feature of the source.
    pub features: Vec<FeatureTrace>,
    /// Features of the integrated spec that the source does not have.
    pub added: Vec<FeatureIndex>,
    /// For each distinct endpoint of the source (index of its first definition).
    pub endpoints: Vec<(usize, Fate)>,
    /// For each distinct task of the source (index of its first definition).
    pub tasks: Vec<(usize, Fate)>,
    /// Fates of the criteria, one by one.
    pub criteria: Tally,
}

impl Trace {
    /// Follows every part of `source` into `integrated`.
    pub fn new(source: &Spec<'_>, integrated: &Spec<'_>, skippable: &dyn Fn(&str, &str) -> bool) -> Self {
        let sections = match_sections(source, integrated);
        let (mut features, added) = match_features(source, integrated, skippable);
        find_likely(source, integrated, &mut features, &added);
        for trace in &mut features {
            trace.fate = feature_fate(source, integrated, &sections, trace);
        }
        let criteria = criteria(source, integrated, &features);
        let endpoints = endpoint_fates::all(source, integrated, &sections, &features);
        let tasks = tasks(source, integrated);
        Self { sections, features, added, endpoints, tasks, criteria }
    }

    /// Fates of the sections.
    pub fn section_tally(&self, source: &Spec<'_>, integrated: &Spec<'_>) -> Tally {
        let mut tally = Tally::default();
        for (index, target) in self.sections.iter().enumerate() {
            let names = source.sections.get(index).zip(target.and_then(|target| integrated.sections.get(target)));
            let fate = names.map_or(Fate::Missing, |(from, to)| {
                let same = source.document.slice(from.name) == integrated.document.slice(to.name);
                match (same, section_key(&from.number) == section_key(&to.number)) {
                    (true, true) => Fate::Kept,
                    (true, false) => Fate::Moved,
                    (false, _) => Fate::Changed,
                }
            });
            tally.add(fate, 1);
        }
        tally
    }

    /// Fates of the features.
    pub fn feature_tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.features.iter().for_each(|trace| tally.add(trace.fate, 1));
        tally
    }
}

/// By number and name, then by name, then by number.
fn match_sections(source: &Spec<'_>, integrated: &Spec<'_>) -> Vec<Option<usize>> {
    let name = |spec: &Spec<'_>, index: usize| {
        spec.sections.get(index).map(|section| normal_title(spec.document.slice(section.name)))
    };
    let key = |spec: &Spec<'_>, index: usize| spec.sections.get(index).map(|section| section_key(&section.number));
    let mut by_both = HashMap::new();
    let mut by_name = HashMap::new();
    let mut by_key = HashMap::new();
    for index in 0..integrated.sections.len() {
        by_both.entry((key(integrated, index), name(integrated, index))).or_insert(index);
        by_name.entry(name(integrated, index)).or_insert(index);
        by_key.entry(key(integrated, index)).or_insert(index);
    }
    let mut taken = HashSet::new();
    let mut matches: Vec<Option<usize>> = vec![None; source.sections.len()];
    for step in 0..3 {
        for (index, slot) in matches.iter_mut().enumerate().filter(|(_, slot)| slot.is_none()) {
            let found = match step {
                0 => by_both.get(&(key(source, index), name(source, index))),
                1 => by_name.get(&name(source, index)),
                _ => by_key.get(&key(source, index)),
            };
            *slot = found.copied().filter(|&target| taken.insert(target));
        }
    }
    matches
}

fn match_features(
    source: &Spec<'_>,
    integrated: &Spec<'_>,
    skippable: &dyn Fn(&str, &str) -> bool,
) -> (Vec<FeatureTrace>, Vec<FeatureIndex>) {
    let mut by_id: HashMap<&str, FeatureIndex> = HashMap::new();
    for (section, index) in indexes(integrated) {
        if let Some(feature) = integrated.feature((section, index)) {
            by_id.entry(&feature.id).or_insert((section, index));
        }
    }
    let mut known = HashSet::new();
    let mut traces = Vec::new();
    for (section_index, index) in indexes(source) {
        let Some(section) = source.sections.get(section_index) else { continue };
        let Some(feature) = section.features.get(index) else { continue };
        if !known.insert(feature.id.as_str()) {
            continue;
        }
        let target = by_id.get(feature.id.as_str()).copied();
        let skip = integrated.skips.iter().find(|(stated_in, skip)| {
            let in_own_section = integrated
                .sections
                .get(*stated_in)
                .is_some_and(|stated| section_key(&stated.number) == section_key(&section.number));
            skip.id == feature.id && in_own_section
        });
        let skip = skip.filter(|_| target.is_none() && skippable(&feature.id, &section_key(&section.number)));
        let skip = skip.map(|(_, skip)| skip.clone());
        traces.push(FeatureTrace { source: (section_index, index), fate: Fate::Missing, target, likely: None, skip });
    }
    let is_added = |&place: &FeatureIndex| integrated.feature(place).is_some_and(|f| !known.contains(f.id.as_str()));
    let added = indexes(integrated).into_iter().filter(is_added).collect();
    (traces, added)
}

fn indexes(spec: &Spec<'_>) -> Vec<FeatureIndex> {
    let of_section = |(section, s): (usize, &super::Section<'_>)| {
        (0..s.features.len()).map(move |f| (section, f)).collect::<Vec<_>>()
    };
    spec.sections.iter().enumerate().flat_map(of_section).collect()
}

/// Most pairs of titles that are compared word by word; beyond it only equal titles and shared endpoints count.
const MOST_COMPARISONS: usize = 20_000;

/// For each missing feature, and for each whose id another feature now has, where its content seems to be:
/// the same title, an endpoint in common, or most words of the title.
fn find_likely(source: &Spec<'_>, integrated: &Spec<'_>, traces: &mut [FeatureTrace], added: &[FeatureIndex]) {
    let mut by_title: HashMap<String, FeatureIndex> = HashMap::new();
    let mut by_endpoint: HashMap<(String, String), FeatureIndex> = HashMap::new();
    for (section, index) in indexes(integrated) {
        let Some(found) = integrated.feature((section, index)) else { continue };
        by_title.entry(normal_title(integrated.document.slice(found.title))).or_insert((section, index));
        for endpoint in endpoint::inside(&integrated.endpoints, found.span) {
            by_endpoint.entry(endpoint.key()).or_insert((section, index));
        }
    }
    let added_words: Vec<(FeatureIndex, HashSet<String>)> = added
        .iter()
        .filter_map(|&place| Some((place, title_words(integrated.document.slice(integrated.feature(place)?.title)))))
        .collect();
    let is_affordable = added_words.len().saturating_mul(traces.len()) <= MOST_COMPARISONS;
    for trace in traces.iter_mut().filter(|trace| trace.skip.is_none()) {
        let Some(wanted) = source.feature(trace.source) else { continue };
        let title = source.document.slice(wanted.short_title);
        let normal = normal_title(title);
        let has_own_title = trace
            .target
            .and_then(|target| integrated.feature(target))
            .is_some_and(|target| normal_title(integrated.document.slice(target.title)) == normal);
        if has_own_title {
            continue;
        }
        let same_title = by_title.get(&normal).copied();
        let same_endpoint = || {
            let endpoints = endpoint::inside(&source.endpoints, wanted.span);
            endpoints.iter().find_map(|endpoint| by_endpoint.get(&endpoint.key()).copied())
        };
        let similar = || {
            let words = title_words(title);
            let shared =
                |other: &HashSet<String>| words.intersection(other).count() * 5 >= words.union(other).count() * 3;
            added_words.iter().find(|(_, other)| !words.is_empty() && shared(other)).map(|&(place, _)| place)
        };
        let is_gone = trace.target.is_none();
        trace.likely = same_title
            .or_else(|| is_gone.then(same_endpoint).flatten())
            .or_else(|| (is_gone && is_affordable).then(similar).flatten())
            .filter(|&likely| Some(likely) != trace.target);
    }
}

/// A title for comparison: lower case, single blanks, no emphasis.
pub fn normal_title(title: &str) -> String {
    let mut bare = String::with_capacity(title.len());
    for word in title.split_whitespace() {
        if !bare.is_empty() && !bare.ends_with(' ') {
            bare.push(' ');
        }
        bare.extend(word.split(['*', '`', '_']));
    }
    bare.trim_end().to_lowercase()
}

fn title_words(title: &str) -> HashSet<String> {
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_lowercase).collect()
}

/// Whether two values have the same bytes.
pub(super) fn same_bytes(source: &Spec<'_>, a: Option<Value<'_>>, integrated: &Spec<'_>, b: Option<Value<'_>>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => trimmed(a.text(source.document)) == trimmed(b.text(integrated.document)),
        _ => false,
    }
}

/// A block without the blank lines around it: what is compared.
pub fn trimmed(text: &str) -> &str {
    without_blank_edges(text).of(text)
}

fn feature_fate(source: &Spec<'_>, integrated: &Spec<'_>, sections: &[Option<usize>], trace: &FeatureTrace) -> Fate {
    if trace.skip.is_some() {
        return Fate::Skipped;
    }
    let Some(from) = source.feature(trace.source) else { return Fate::Missing };
    let Some((target, to)) = trace.target.and_then(|target| Some((target, integrated.feature(target)?))) else {
        return Fate::Missing;
    };
    let title = integrated.document.slice(to.title);
    let has_title = [from.title, from.short_title].iter().any(|span| source.document.slice(*span) == title);
    let has_texts = from.shape == super::Shape::Summary
        || [(from.kind, to.kind), (from.description, to.description), (from.criteria, to.criteria)]
            .into_iter()
            .all(|(a, b)| same_bytes(source, a, integrated, b));
    let in_place = sections.get(trace.source.0).copied().flatten() == Some(target.0);
    match (has_title && has_texts, in_place) {
        (true, true) => Fate::Kept,
        (true, false) => Fate::Moved,
        (false, _) => Fate::Changed,
    }
}

/// The criteria of a block, one a line that is not blank and no continuation (indented) of the line above.
pub(super) fn criteria_lines(block: &str) -> Vec<&str> {
    let lines = block.lines().filter(|line| !line.trim().is_empty() && !line.starts_with([' ', '\t']));
    lines.map(str::trim_end).collect()
}

fn criteria(source: &Spec<'_>, integrated: &Spec<'_>, features: &[FeatureTrace]) -> Tally {
    let mut tally = Tally::default();
    for trace in features {
        let Some(wanted) = source.feature(trace.source).and_then(|feature| feature.criteria) else { continue };
        let wanted = criteria_lines(wanted.text(source.document));
        let target = trace.target.or(trace.likely).and_then(|target| integrated.feature(target));
        match (trace.fate, target) {
            (Fate::Skipped, _) => tally.add(Fate::Skipped, wanted.len()),
            (_, None) => tally.add(Fate::Missing, wanted.len()),
            (_, Some(target)) => {
                let have = target.criteria.map_or_else(Vec::new, |have| criteria_lines(have.text(integrated.document)));
                let there: HashSet<&str> = have.iter().copied().collect();
                let kept = wanted.iter().filter(|line| there.contains(*line)).count();
                // What is left on both sides was reworded; what is left of the source alone is gone.
                let changed = (wanted.len() - kept).min(have.len().saturating_sub(kept));
                tally.add(if trace.target.is_some() { Fate::Kept } else { Fate::Moved }, kept);
                tally.add(Fate::Changed, changed);
                tally.add(Fate::Missing, wanted.len() - kept - changed);
            }
        }
    }
    tally
}

fn tasks(source: &Spec<'_>, integrated: &Spec<'_>) -> Vec<(usize, Fate)> {
    let kept: HashSet<&str> = integrated.tasks.iter().map(|task| task.id.as_str()).collect();
    let mut seen = HashSet::new();
    let fate = |id: &str| if kept.contains(id) { Fate::Kept } else { Fate::Missing };
    let first = |(index, task): (usize, &super::Task)| seen.insert(task.id.clone()).then(|| (index, fate(&task.id)));
    source.tasks.iter().enumerate().filter_map(first).collect()
}
