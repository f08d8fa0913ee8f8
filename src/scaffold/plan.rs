use std::collections::{BTreeMap, BTreeSet};

use super::code::kebab;
use super::date::Day;
use super::existing;
use super::routes::{self, Route};
use super::sql::{self, Migration};
use super::tables::{self, Tables};
use crate::checks::RuleSet;
use crate::markdown::within;
use crate::pipeline::Checker;
use crate::spec::{Feature, FeatureIndex, Inventory, Section, Shape, Spec, Task, name_stem, snake_case};
use crate::text::Span;

/// Where something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// In a feature.
    Feature(FeatureIndex),
    /// In a section, behind its features.
    Section(usize),
    /// In the appendices.
    Document,
}

/// What is written where, decided once for all attempts.
pub(super) struct Plan<'s> {
    /// The source.
    pub source: &'s Spec<'s>,
    /// What the codebase has.
    pub inventory: Option<&'s Inventory>,
    /// The tables that the source's models become.
    pub tables: Tables,
    /// The routes that the source's endpoints become.
    pub routes: Vec<Route>,
    /// The storage buckets that sections need.
    pub buckets: BTreeMap<Home, String>,
    /// Migrations.
    pub migrations: BTreeMap<Home, Migration>,
    rules: &'s RuleSet,
    skipped: BTreeMap<FeatureIndex, &'static str>,
    /// Features whose id an earlier one has.
    repeated: BTreeSet<FeatureIndex>,
    /// The stems of the words of each feature's title.
    titles: BTreeMap<FeatureIndex, BTreeSet<String>>,
}

/// The original's technologies that shape what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Original {
    /// S3: files.
    Files,
    /// `BullMQ` and Redis: background work.
    Queue,
    /// SWR: data in components.
    Fetching,
}

impl Original {
    /// The rule that forbids it.
    fn rule(self) -> &'static str {
        match self {
            Self::Files => "no-s3-sdk",
            Self::Queue => "no-bullmq-redis",
            Self::Fetching => "no-swr",
        }
    }
}

impl<'s> Plan<'s> {
    pub(super) fn new(source: &'s Spec<'s>, inventory: Option<&'s Inventory>, checker: &'s Checker, day: Day) -> Self {
        let mut plan = Self {
            source,
            inventory,
            tables: Tables::default(),
            routes: Vec::new(),
            buckets: BTreeMap::new(),
            migrations: BTreeMap::new(),
            rules: checker.rules(),
            skipped: BTreeMap::new(),
            repeated: BTreeSet::new(),
            titles: BTreeMap::new(),
        };
        plan.choose_features(checker);
        plan.tables = tables::build(source, |at, name| plan.home(at, name));
        plan.routes = routes::find(&plan);
        routes::find_tables(&mut plan.routes, &plan.tables);
        plan.buckets = plan.find_buckets();
        plan.migrations = sql::migrations(&plan.tables, &plan.homes(), &plan.buckets, day);
        plan
    }

    fn choose_features(&mut self, checker: &Checker) {
        let mut ids = BTreeSet::new();
        for (index, section) in self.source.sections.iter().enumerate() {
            for (own, feature) in section.features.iter().enumerate() {
                if !ids.insert(feature.id.as_str()) {
                    self.repeated.insert((index, own));
                    continue;
                }
                self.titles.insert((index, own), stems(self.source.document.slice(feature.short_title)));
                let reason = existing::reason(self.source, section, feature, &checker.config().skippable_features);
                self.skipped.extend(reason.map(|reason| ((index, own), reason)));
            }
        }
    }

    /// All places, in the order of the document.
    fn homes(&self) -> Vec<Home> {
        let mut homes: Vec<Home> = (0..self.source.sections.len()).flat_map(|index| self.homes_of(index)).collect();
        homes.push(Home::Document);
        homes
    }

    /// The places of a section, in the order of the document.
    pub(super) fn homes_of(&self, section: usize) -> Vec<Home> {
        let features = self.features(section).map(|(place, _)| Home::Feature(place));
        features.chain([Home::Section(section)]).collect()
    }

    /// Where what stands at an offset of the source is written: in the feature around it, or in the one of its section
    /// whose title has a word of `name`, or in the section.
    pub(super) fn home(&self, offset: usize, name: &str) -> Home {
        let Some(section) = self.source.section_at(offset) else { return Home::Document };
        let around = self.source.feature_at(offset).filter(|place| self.is_written(*place));
        let is_body = |place: &FeatureIndex| self.source.feature(*place).is_some_and(|own| own.shape == Shape::Body);
        match around.filter(is_body).or_else(|| self.feature_about(section, name)) {
            Some(place) => Home::Feature(place),
            None => Home::Section(section),
        }
    }

    /// The feature of a section that is about something of this name: its only one, or the one with most words in common.
    fn feature_about(&self, section: usize, name: &str) -> Option<FeatureIndex> {
        let wanted = stems(&snake_case(name));
        let features: Vec<_> = self.features(section).collect();
        if let [(only, _)] = features.as_slice() {
            return Some(*only);
        }
        let score = |place: &FeatureIndex| {
            let Some(title) = self.titles.get(place) else { return 0 };
            let shared = title.intersection(&wanted).count();
            // Of features about the same, the one that is called an API takes routes.
            let is_api = ["api", "apis", "endpoint"].iter().any(|word| title.contains(&name_stem(word)));
            if shared > 0 { shared * 2 + usize::from(is_api) } else { 0 }
        };
        let mut best: Option<(usize, FeatureIndex)> = None;
        for (place, _) in features {
            let own = score(&place);
            if own > best.map_or(0, |(score, _)| score) {
                best = Some((own, place));
            }
        }
        best.map(|(_, place)| place)
    }

    fn is_written(&self, place: FeatureIndex) -> bool {
        !self.skipped.contains_key(&place) && !self.repeated.contains(&place)
    }

    /// The features of a section that are written out, with their indexes.
    pub(super) fn features(&self, section: usize) -> impl Iterator<Item = (FeatureIndex, &'s Feature<'s>)> + '_ {
        let features = self.source.sections.get(section).map_or(&[][..], |section| section.features.as_slice());
        let indexed = features.iter().enumerate().map(move |(own, feature)| ((section, own), feature));
        indexed.filter(|(place, _)| self.is_written(*place))
    }

    /// The features of a section that the codebase has already, with the reason.
    pub(super) fn skipped(&self, section: usize) -> impl Iterator<Item = (&'s Feature<'s>, &'static str)> + '_ {
        let own = self.skipped.iter().filter(move |((index, _), _)| *index == section);
        own.filter_map(|(&place, &reason)| Some((self.source.feature(place)?, reason)))
    }

    /// Whether what stands at an offset of the source belongs to a feature that the codebase has already.
    pub(super) fn is_skipped(&self, offset: usize) -> bool {
        self.source.feature_at(offset).is_some_and(|place| self.skipped.contains_key(&place))
    }

    /// The section at an index.
    pub(super) fn section(&self, index: usize) -> Option<&'s Section<'s>> {
        self.source.sections.get(index)
    }

    /// The tasks that stand outside all sections, and in none.
    pub(super) fn stray_tasks(&self) -> impl Iterator<Item = &'s Task> + '_ {
        let source = self.source;
        let inside = |task: &Task| source.section_at(task.span.start).is_some();
        let known: BTreeSet<&str> = source.tasks.iter().filter(|t| inside(t)).map(|t| t.id.as_str()).collect();
        source.tasks.iter().filter(move |task| !known.contains(task.id.as_str()))
    }

    /// Whether no forbidden technology is named in `text`.
    pub(super) fn is_allowed(&self, text: &str) -> bool {
        self.rules.technologies(text).is_empty()
    }

    /// A name for files of a place: its title without the names of forbidden technologies, or its number.
    pub(super) fn file_name(&self, home: Home) -> String {
        let document = self.source.document;
        let (title, number) = match home {
            Home::Feature(place) => match self.source.feature(place) {
                Some(feature) => (document.slice(feature.short_title), feature.id.clone()),
                None => ("", String::new()),
            },
            Home::Section(index) => match self.section(index) {
                Some(section) => (document.slice(section.name), format!("section {}", section.number)),
                None => ("", String::new()),
            },
            Home::Document => ("further work", String::new()),
        };
        let words = title.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty() && self.is_allowed(word)).collect();
        let name = kebab(&words.join(" "));
        if name.is_empty() || !self.is_allowed(&name) { kebab(&number) } else { name }
    }

    /// The words of the source about a place, without its code.
    pub(super) fn words_about(&self, home: Home) -> String {
        let document = self.source.document;
        let text = |span: Span| within(&document.prose, span).iter().map(|prose| document.plain(prose));
        match home {
            Home::Feature(place) => match self.source.feature(place) {
                Some(feature) if feature.shape == Shape::Body => text(feature.span).collect::<Vec<_>>().join("\n"),
                Some(feature) => document.slice(feature.span).to_owned(),
                None => String::new(),
            },
            Home::Section(index) => self.section(index).map_or(String::new(), |section| {
                let is_own = |offset: usize| self.source.feature_at(offset).is_none();
                let prose = within(&document.prose, section.span).iter().filter(|prose| is_own(prose.span.start));
                prose.map(|prose| document.plain(prose)).collect::<Vec<_>>().join("\n")
            }),
            Home::Document => String::new(),
        }
    }

    /// Whether the source builds what stands at a place on one of the original's technologies.
    pub(super) fn builds_on(&self, home: Home, original: Original) -> bool {
        self.rules.technologies(&self.words_about(home)).contains(&original.rule())
    }

    /// Whether a place needs what replaces one of the original's technologies: a section only where none of its features
    /// does.
    pub(super) fn needs(&self, home: Home, original: Original) -> bool {
        let in_feature = || {
            let features = section_of(home).into_iter().flat_map(|index| self.features(index));
            features.map(|(place, _)| Home::Feature(place)).any(|own| self.builds_on(own, original))
        };
        self.builds_on(home, original) && !(matches!(home, Home::Section(_)) && in_feature())
    }

    /// Whether something is built at a place itself, not at one of its features.
    pub(super) fn has_work(&self, home: Home) -> bool {
        self.migrations.contains_key(&home)
            || self.routes.iter().any(|route| route.home == home)
            || self.needs(home, Original::Fetching)
            || self.needs(home, Original::Queue)
    }

    /// For each section that keeps files, its bucket, at the first feature that speaks of them.
    fn find_buckets(&self) -> BTreeMap<Home, String> {
        let mut buckets = BTreeMap::new();
        for index in 0..self.source.sections.len() {
            let mut homes = self.homes_of(index).into_iter();
            let Some(home) = homes.find(|home| self.builds_on(*home, Original::Files)) else { continue };
            let mut tables = self.tables.of(home).map(|(_, table)| table);
            let name = match (tables.next(), tables.next()) {
                (Some(only), None) => only.name.clone(),
                _ => self.file_name(Home::Section(index)),
            };
            let name = sql::bucket(&name);
            let is_taken = |name: &String| buckets.values().any(|own| own == name);
            buckets.insert(home, if is_taken(&name) { format!("{name}-{}", index + 1) } else { name });
        }
        buckets
    }

    /// The bucket of the section around a place.
    pub(super) fn bucket_near(&self, home: Home) -> Option<&str> {
        let section = section_of(home)?;
        self.buckets.iter().find(|(own, _)| section_of(**own) == Some(section)).map(|(_, name)| name.as_str())
    }
}

/// The stems of the words of a text.
fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    words.map(|word| name_stem(&word.to_lowercase())).collect()
}

/// The section of a place.
pub(super) fn section_of(home: Home) -> Option<usize> {
    match home {
        Home::Feature((section, _)) | Home::Section(section) => Some(section),
        Home::Document => None,
    }
}
