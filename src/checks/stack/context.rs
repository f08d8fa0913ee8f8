//! What stands around a run of text and governs it: the lead of its list, its label, its heading, its table.

use super::allowed::Allowed;
use super::announcement::{Announcement, announces_absence, predicate_excuses};
use super::clause::{TokenKind, tokens};
use super::lexicon::{PROVENANCE, REMOVE, VERBS};
use crate::markdown::{Document, Label, Prose, Role};
use crate::text::Span;

/// How many lists around an item are looked at.
const DEEPEST: usize = 5;

/// Whether what stands around `prose` says that its content is not used, or where the design came from.
pub(super) fn excuses(document: &Document<'_>, prose: &Prose, name: Span, allowed: &Allowed) -> bool {
    let by_role = match prose.role {
        Role::Item(_) if states_use(document, prose, name) => return false,
        Role::Item(item) => by_list(document, item),
        Role::Cell { table, row, column } => by_table(document, (table, row, column), allowed),
        Role::Heading => return false,
        Role::Paragraph => false,
    };
    by_role || by_label(document, prose.span.start) || by_heading(document, prose.span.start)
}

/// Whether what stands right before a fence says so: `**Original code:**`, `Before (generic):`.
pub(in crate::checks) fn excuses_fence(document: &Document<'_>, fence: Span) -> bool {
    let behind = document.prose.partition_point(|prose| prose.span.start < fence.start);
    let lead = behind.checked_sub(1).and_then(|index| document.prose.get(index)).filter(|prose| {
        let between = Span::new(prose.span.end, fence.start).of(document.file.text());
        prose.role != Role::Heading && !between.contains("```") && between.lines().count() <= 4
    });
    let by_lead = lead.is_some_and(|lead| {
        let text = document.slice(document.file.line_at(lead.span.end));
        announces_absence(&tokens(text.trim_end_matches([':', '*', ' '])), Announcement::Title)
    });
    by_lead || by_label(document, fence.start) || by_heading(document, fence.start)
}

/// `A second login page: NextAuth serves it already`: the item names what is left out, and then says why, by what is used.
fn states_use(document: &Document<'_>, prose: &Prose, name: Span) -> bool {
    let before = Span::new(prose.span.start, name.start).of(document.file.text());
    let behind = Span::new(name.end, prose.span.end).of(document.file.text());
    let verb = tokens(behind).into_iter().find(|token| token.word().is_some());
    before.contains(": ") && verb.is_some_and(|verb| verb.is_any(VERBS) || verb.is("already"))
}

fn by_list(document: &Document<'_>, item: usize) -> bool {
    let mut current = Some(item);
    for _ in 0..DEEPEST {
        let Some(item) = current.and_then(|index| document.items.get(index)) else { return false };
        let lead = document.lists.get(item.list).and_then(|list| list.lead).and_then(|lead| document.prose.get(lead));
        let announced = lead.is_some_and(|lead| {
            let plain = document.plain(lead);
            let text = plain.trim_end().trim_end_matches([':', '.']);
            // The last sentence of a paragraph leads the list.
            lead.role != Role::Heading && announces_absence(&tokens(text), Announcement::Lead)
        });
        if announced {
            return true;
        }
        current = item.parent;
    }
    false
}

/// The labels whose value holds `offset`: the last bold one, and the bullets inside it.
fn by_label(document: &Document<'_>, offset: usize) -> bool {
    let text = document.file.text();
    let behind = document.labels.partition_point(|label| label.span.start <= offset);
    let before = document.labels.get(..behind).unwrap_or_default();
    let holds = |label: &&Label| label.value.contains(offset) || label.span.contains(offset);
    before.iter().rev().take(DEEPEST).filter(holds).any(|label| {
        let name = label.qualifier.map_or(label.name, |qualifier| label.name.join(qualifier)).of(text);
        announces_absence(&tokens(label.name.of(text)), Announcement::Title)
            || label.qualifier.is_some() && announces_absence(&tokens(name), Announcement::Title)
    })
}

/// The heading right above, unless it names a section, a feature or the document: those titles describe, they do not
/// announce a list.
fn by_heading(document: &Document<'_>, offset: usize) -> bool {
    let Some(heading) = document.heading_before(offset).filter(|heading| heading.level >= 2) else { return false };
    let text = document.slice(heading.text);
    !is_structural(text) && announces_absence(&tokens(text), Announcement::Title)
}

fn is_structural(heading: &str) -> bool {
    let upper = heading.to_uppercase();
    upper.starts_with("SECTION") || upper.starts_with("FR-") || upper.starts_with("T-") || upper.starts_with("END OF")
}

/// A column headed `Original`, or a later cell of the row that names the replacement.
fn by_table(document: &Document<'_>, (table, row, column): (usize, usize, usize), allowed: &Allowed) -> bool {
    let Some(rows) = document.tables.get(table).map(|table| &table.rows) else { return false };
    let cell = |row: usize, column: usize| rows.get(row)?.get(column).and_then(|&cell| document.prose.get(cell));
    let header = cell(0, column).map(|cell| document.plain(cell)).unwrap_or_default();
    if row == 0 {
        return false;
    }
    let names_origin = |header: &str| {
        let words: Vec<String> = header.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
        let origin = [
            "before", "generic", "source", "from", "replaced", "removed", "instead", "was", "structured", "forbidden",
            "old",
        ];
        let new = ["replacement", "new", "integrated", "after", "target", "to", "now"];
        words.iter().any(|word| origin.contains(&word.as_str()) || PROVENANCE.contains(&word.as_str()))
            && !words.iter().any(|word| new.contains(&word.as_str()))
    };
    let later = (column + 1..rows.get(row).map_or(0, Vec::len)).filter_map(|column| cell(row, column));
    let excuses = |text: String| {
        let tokens = tokens(&text);
        let is_cross = tokens.first().is_some_and(|token| token.kind == TokenKind::Cross);
        let is_step = tokens.first().is_some_and(|token| token.is_any(REMOVE));
        allowed.is_in(&text) || is_cross || is_step || predicate_excuses(&text, &tokens, allowed)
    };
    names_origin(&header) || later.map(|cell| document.plain(cell)).any(excuses)
}
