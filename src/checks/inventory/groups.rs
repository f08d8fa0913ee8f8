//! One cause, one finding: the same name in many places is reported where it stands first.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::Context;
use crate::diagnostics::Finding;
use crate::text::Span;

/// Most further places that a finding lists; the message says how many there are.
const MOST_RELATED: usize = 20;

/// Causes in the order of their first places.
#[derive(Debug, Default)]
pub(super) struct Groups {
    by_key: BTreeMap<String, usize>,
    by_line: BTreeMap<usize, usize>,
    names: BTreeSet<(usize, String)>,
    found: Vec<Group>,
}

/// The names that one cause makes unknown, and where they stand.
#[derive(Debug)]
pub(super) struct Group {
    /// What the first name belongs to: a module, a table; empty where names stand alone.
    pub owner: String,
    /// The names, each once, in order.
    pub names: Vec<String>,
    /// The first place.
    pub first: Span,
    /// All others.
    pub others: Vec<Span>,
}

impl Groups {
    /// Adds a place of `name`, which belongs to `owner`. Places of the same `key` form a group, and so do causes whose
    /// first places share a line.
    pub(super) fn add(&mut self, cx: &Context<'_, '_>, key: String, (owner, name): (&str, &str), span: Span) {
        let line = cx.pair.integrated.document.file.line(span.start);
        let known = self.by_key.get(&key).copied();
        let same_line = || self.by_line.get(&line).copied();
        let index = known.or_else(same_line).unwrap_or(self.found.len());
        self.by_key.entry(key).or_insert(index);
        let is_new_name = self.names.insert((index, name.to_owned()));
        if let Some(group) = self.found.get_mut(index) {
            group.others.extend(known.map(|_| span));
            group.names.extend(is_new_name.then(|| name.to_owned()));
        } else {
            self.by_line.insert(line, index);
            let (owner, names) = (owner.to_owned(), vec![name.to_owned()]);
            self.found.push(Group { owner, names, first: span, others: Vec::new() });
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Group> {
        self.found.iter()
    }
}

/// Most names that a message lists.
const MOST_LISTED: usize = 8;

/// Names in code marks; beyond a handful only their number.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(MOST_LISTED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(MOST_LISTED) {
        Some(rest @ 1..) => format!("{shown} and {rest} more"),
        _ => shown,
    }
}

impl Group {
    /// The names in code marks, for a message.
    pub(super) fn list(&self) -> String {
        listed(self.names.iter().map(String::as_str))
    }

    /// The first name: what the finding is about.
    pub(super) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The finding at the first place, with the others attached.
    pub(super) fn finding(&self, cx: &Context<'_, '_>, rule: &str, message: String) -> Option<Finding> {
        let message = match self.others.len() {
            0 => message,
            count => format!("{message} ({} places)", count + 1),
        };
        let finding = cx.finding(rule, self.first, message)?.subject(format!("{} {}", self.owner, self.list()).trim());
        let related = self.others.iter().take(MOST_RELATED);
        Some(related.fold(finding, |finding, &span| finding.related(cx.place(span), "also here")))
    }
}
