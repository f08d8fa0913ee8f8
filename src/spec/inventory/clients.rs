use std::collections::{BTreeMap, BTreeSet};

use super::unit::{Cell, grids, units};
use crate::markdown::{Document, InlineKind};
use crate::spec::code::Code;

/// Functions that give a promise of a client: those that the inventory calls async, or awaits in its code. Where words
/// and code disagree, the words count.
pub(super) fn read(document: &Document<'_>, scripts: &[&Code<'_>]) -> BTreeSet<String> {
    let mut said: BTreeMap<String, bool> = BTreeMap::new();
    for unit in units(document).filter(|unit| unit.plain().contains("client")) {
        sentences(&unit.parts, &mut said);
    }
    for row in grids(document).flat_map(|grid| grid.rows) {
        let names = |cell: &Cell<'_>| cell.codes.iter().filter(|code| client_of(code).is_some()).count();
        if row.iter().map(names).sum::<usize>() == 1 {
            // What a row says, it says of its only client.
            sentences(&row.into_iter().flat_map(|cell| cell.parts).collect::<Vec<_>>(), &mut said);
        } else {
            for cell in &row {
                sentences(&cell.parts, &mut said);
            }
        }
    }
    let mut awaited: BTreeMap<&str, bool> = BTreeMap::new();
    for call in scripts.iter().flat_map(|code| &code.facts().calls) {
        let first = call.links.first().filter(|link| link.arguments.is_some());
        let Some((name, link)) = first.and_then(|link| Some((link.name.as_ref()?, link))) else { continue };
        if is_client(&name.text) {
            // A place without `await` may be one that hands the promise on: one `await` proves more.
            *awaited.entry(&name.text).or_default() |= link.awaited;
        }
    }
    let declared = scripts.iter().flat_map(|code| &code.facts().functions).filter(|function| function.is_async);
    for name in declared.filter_map(|function| function.name.as_ref()).filter(|name| is_client(&name.text)) {
        awaited.insert(&name.text, true);
    }
    let by_code = awaited.iter().filter(|(name, is)| **is && !said.contains_key(**name)).map(|(name, _)| *name);
    let by_words = said.iter().filter(|(_, is)| **is).map(|(name, _)| name.as_str());
    by_code.chain(by_words).map(str::to_owned).collect()
}

/// Whether a function's name is that of one that makes a database client.
pub(super) fn is_client(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.ends_with("client") || lower.contains("supabase")
}

/// The client that a code span names: `createClient`, `createClient()`, `await createClient()`.
fn client_of(code: &str) -> Option<&str> {
    let name = code.strip_prefix("await ").unwrap_or(code).split('(').next().unwrap_or("");
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_name && is_client(name)).then_some(name)
}

/// What each clause says of the client that it names first.
fn sentences(parts: &[(InlineKind, &str)], said: &mut BTreeMap<String, bool>) {
    let mut current: Option<String> = None;
    let mut words = String::new();
    let mut settle = |current: Option<String>, words: &str| {
        let denies = ["not async", "is not", "isn't", "synchronous", "no `await`", "without await", "not await"];
        let affirms = ["async", "await", "promise"];
        let Some(name) = current else { return };
        if denies.iter().any(|word| words.contains(word)) && !words.contains("asynchronous") {
            said.entry(name).or_insert(false);
        } else if affirms.iter().any(|word| words.contains(word)) {
            said.entry(name).or_insert(true);
        }
    };
    for &(kind, text) in parts {
        let called = text.trim();
        if let Some(name) = client_of(called).filter(|_| kind == InlineKind::Code) {
            settle(current.take(), &words);
            words.clear();
            // `await` in the same code span, or right before it.
            if called.starts_with("await ") {
                words.push_str("await");
            }
            current = Some(name.to_owned());
        } else {
            words.push_str(&text.to_lowercase());
        }
    }
    settle(current, &words);
}
