//! The routes that the source's endpoints become.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Home, Plan};
use super::tables::{Table, Tables};
use crate::spec::{Endpoint, name_stem};

/// An endpoint of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// The HTTP method.
    pub method: String,
    /// Its path in parts, without the slashes and `api`.
    pub parts: Vec<Part>,
    /// Where its handler is written.
    pub home: Home,
    /// What the source says of it, in lower case.
    pub about: String,
    /// Index of the table that it is about, and of the part that says so.
    table: Option<(usize, Option<usize>)>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A fixed word.
    Word(String),
    /// A value, by the name that the code gives it.
    Value(String),
    /// All that is left of the path.
    Rest(String),
}

/// Most bytes behind an endpoint that are taken for its description.
const LONGEST_DESCRIPTION: usize = 600;

/// All distinct endpoints of the source that are not left to the codebase.
pub(super) fn find(plan: &Plan<'_>) -> Vec<Route> {
    let endpoints = &plan.source.endpoints;
    let skipped: BTreeSet<_> =
        endpoints.iter().filter(|own| plan.is_skipped(own.span.start)).map(Endpoint::key).collect();
    let mut places: BTreeMap<(String, String), (usize, Home)> = BTreeMap::new();
    for (index, endpoint) in endpoints.iter().enumerate() {
        let key = endpoint.key();
        if skipped.contains(&key) {
            continue;
        }
        let home = plan.home(endpoint.span.start, &endpoint.path.replace('-', "_"));
        // A section that defines it says more than a list in an appendix.
        let is_better = places.get(&key).is_none_or(|(_, known)| *known == Home::Document && home != Home::Document);
        if is_better {
            places.insert(key, (index, home));
        }
    }
    let mut by_path: BTreeMap<&str, Home> = BTreeMap::new();
    for ((_, path), (_, home)) in places.iter().filter(|(_, (_, home))| *home != Home::Document) {
        by_path.entry(path).or_insert(*home);
    }
    let mut found: Vec<(usize, Home)> = Vec::new();
    for ((_, path), (index, home)) in &places {
        let home = if *home == Home::Document { by_path.get(path.as_str()).copied().unwrap_or(*home) } else { *home };
        found.push((*index, home));
    }
    found.sort_unstable();
    found.iter().filter_map(|&(index, home)| Some(route(plan, index, endpoints.get(index)?, home))).collect()
}

fn route(plan: &Plan<'_>, index: usize, endpoint: &Endpoint, home: Home) -> Route {
    let document = plan.source.document;
    let next = plan.source.endpoints.get(index + 1).map_or(usize::MAX, |next| next.span.start);
    let mut heading = document.headings.iter().map(|heading| heading.span.start);
    let heading = heading.find(|start| *start > endpoint.span.start).unwrap_or(usize::MAX);
    let text = document.file.text().get(endpoint.span.start..).unwrap_or("");
    let length = (next.min(heading) - endpoint.span.start).min(LONGEST_DESCRIPTION);
    let about: String = text.char_indices().take_while(|(at, _)| *at < length).map(|(_, c)| c).collect();
    Route {
        method: endpoint.method.clone(),
        parts: parts(&endpoint.path),
        home,
        about: about.to_lowercase(),
        table: None,
    }
}

/// The parts of a path. Values get names that the code can use, each its own.
fn parts(path: &str) -> Vec<Part> {
    let path = path.split(['?', '#']).next().unwrap_or(path).trim_end_matches(['/', '.', ':']);
    let mut names: Vec<String> = Vec::new();
    let mut part = |part: &str| {
        if !part.starts_with(['[', '{', ':', '$', '<']) {
            return Part::Word(part.to_owned());
        }
        let bare: String = part.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let is_name = bare.starts_with(|c: char| c.is_ascii_alphabetic()) && !KEYWORDS.contains(&bare.as_str());
        let mut name = if is_name { bare } else { format!("value{bare}") };
        while names.contains(&name) {
            name.push('2');
        }
        names.push(name.clone());
        if part.contains("...") { Part::Rest(name) } else { Part::Value(name) }
    };
    path.split('/').skip(2).map(&mut part).collect()
}

/// Words that TypeScript keeps for itself, and names that the handlers use.
const KEYWORDS: [&str; 44] = [
    "await", "body", "break", "case", "catch", "class", "const", "continue", "data", "default", "delete", "do", "else",
    "enum", "error", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in",
    "interface", "let", "new", "null", "package", "params", "private", "protected", "public", "request", "response",
    "return", "static", "super", "supabase", "switch", "this", "true", "user",
];

impl Route {
    /// The path as Next.js writes it: `/api/boats/[id]`.
    pub(super) fn path(&self) -> String {
        let part = |part: &Part| match part {
            Part::Word(word) => format!("/{word}"),
            Part::Value(name) => format!("/[{name}]"),
            Part::Rest(name) => format!("/[...{name}]"),
        };
        format!("/api{}", self.parts.iter().map(part).collect::<String>())
    }

    /// The path with the values of variables in it, for a template string.
    pub(super) fn template(&self) -> String {
        let part = |part: &Part| match part {
            Part::Word(word) => format!("/{}", word.replace('\\', "\\\\").replace("${", "\\${")),
            Part::Value(name) | Part::Rest(name) => format!("/${{{name}}}"),
        };
        format!("/api{}", self.parts.iter().map(part).collect::<String>())
    }

    /// The file of its handler.
    pub(super) fn file(&self) -> String {
        format!("src/app{}/route.ts", self.path())
    }

    /// The names of its values.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Value(name) | Part::Rest(name) => Some(name.as_str()),
            Part::Word(_) => None,
        })
    }

    /// Its fixed words.
    pub(super) fn words(&self) -> impl DoubleEndedIterator<Item = (usize, &str)> {
        self.parts.iter().enumerate().filter_map(|(at, part)| match part {
            Part::Word(word) => Some((at, word.as_str())),
            _ => None,
        })
    }

    /// The table that it is about, and the part of the path that says so.
    pub(super) fn table<'p>(&self, plan: &'p Plan<'_>) -> Option<(&'p Table, Option<usize>)> {
        let (index, at) = self.table?;
        Some((plan.tables.get(index)?, at))
    }
}

/// Finds the table of each route: the last word of its path that names one, or the only table of its place.
pub(super) fn find_tables(routes: &mut [Route], tables: &Tables) {
    let stems: Vec<String> = tables.tables.iter().map(|table| name_stem(&table.name)).collect();
    let mut by_stem: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, stem) in stems.iter().enumerate() {
        by_stem.entry(stem).or_insert(index);
    }
    for route in routes {
        let words: Vec<(usize, String)> = route.words().rev().map(|(at, word)| (at, name_stem(word))).collect();
        let by_name = || words.iter().find_map(|(at, stem)| Some((*by_stem.get(stem.as_str())?, Some(*at))));
        // What a name is about stands at its end: `jobs` means `training_jobs` rather than `job_logs`.
        let by_part = |fits: fn(&str, &str) -> bool| {
            words.iter().filter(|(_, stem)| stem.len() > 2).find_map(|(at, stem)| {
                let mut own = stems.iter().enumerate().filter(|(_, table)| fits(table, stem));
                let only = own.next().filter(|_| own.next().is_none())?;
                Some((only.0, Some(*at)))
            })
        };
        let by_end = || by_part(|name, stem| name.ends_with(stem));
        let by_start = || by_part(|name, stem| name.starts_with(stem));
        let only = || {
            let mut own = tables.of(route.home);
            own.next().filter(|_| own.next().is_none()).map(|(index, _)| (index, None))
        };
        route.table = by_name().or_else(by_end).or_else(by_start).or_else(only);
    }
}
