//! What stands around a run of text and governs it: the lead of its list, its label, its heading, its table.
//!
//! The nearest governor that says anything decides. What announces absence governs a list and ends with it; what tells
//! where the design came from governs all of its block.

use super::allowed::Allowed;
use super::announcement::{Announced, Announcement, announced, excuses_what_follows, predicate_excuses};
use super::clause::{Token, TokenKind, tokens};
use super::lexicon::{KEEP, PROVENANCE, REMOVE, USE, VERBS};
use crate::markdown::{Document, Label, Prose, Role};
use crate::text::Span;

/// How many lists around an item, and labels before it, are looked at.
const DEEPEST: usize = 5;
/// How many later cells of a row are looked at.
const WIDEST: usize = 12;
/// Bytes of a heading, label, lead or cell that are read: hostile ones are as long as the document, and each name
/// reads its governors anew.
const LONGEST: usize = 600;

/// Whether what stands around `prose` says that its content is not used, or where the design came from.
pub(super) fn excuses(document: &Document<'_>, prose: &Prose, name: Span, allowed: &Allowed) -> bool {
    let by_role = match prose.role {
        Role::Item(_) if states_use(document, prose, name) => return false,
        Role::Item(item) => by_list(document, item, Span::new(prose.span.start, name.start)),
        Role::Cell { table, row, column } => by_table(document, (table, row, column), allowed),
        Role::Heading => return false,
        Role::Paragraph => None,
    };
    let by_block = || by_label(document, prose.span.start).or_else(|| by_heading(document, prose.span.start));
    matches!(by_role.or_else(by_block), Some(Announced::Absence | Announced::Origin))
}

/// Whether what stands right before a fence says so: `**Original code:**`, `Before (generic):`.
pub(in crate::checks) fn excuses_fence(document: &Document<'_>, fence: Span) -> bool {
    let behind = document.prose.partition_point(|prose| prose.span.start < fence.start);
    let lead = behind.checked_sub(1).and_then(|index| document.prose.get(index)).filter(|prose| {
        let between = Span::new(prose.span.end, fence.start).of(document.file.text());
        prose.role != Role::Heading
            && between.len() <= LONGEST
            && !between.contains("```")
            && between.lines().count() <= 4
    });
    let by_lead = lead.is_some_and(|lead| {
        let text = head(document.slice(document.file.line_at(lead.span.end)));
        excuses_what_follows(&tokens(text.trim_end_matches([':', '*', ' '])))
    });
    let by_block = || by_label(document, fence.start).or_else(|| by_heading(document, fence.start));
    by_lead || matches!(by_block(), Some(Announced::Absence | Announced::Origin))
}

/// The first [`LONGEST`] bytes of `text`.
fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}

/// The last [`LONGEST`] bytes of `text`.
fn tail(text: &str) -> &str {
    text.get(text.floor_char_boundary(text.len().saturating_sub(LONGEST))..).unwrap_or(text)
}

/// `A second login page: NextAuth serves it already`: the item names what is left out, and then says why, by what is used.
fn states_use(document: &Document<'_>, prose: &Prose, name: Span) -> bool {
    let before = tail(Span::new(prose.span.start, name.start).of(document.file.text()));
    let behind = head(Span::new(name.end, prose.span.end).of(document.file.text()));
    let verb = tokens(behind).into_iter().find(|token| token.word().is_some());
    before.contains(": ") && verb.is_some_and(|verb| verb.is_any(VERBS) || verb.is("already"))
}

/// What the leads of the lists around an item announce. `before` is what stands in the item before the name.
fn by_list(document: &Document<'_>, item: usize, before: Span) -> Option<Announced> {
    let mut current = Some(item);
    for _ in 0..DEEPEST {
        let item = document.items.get(current?)?;
        let lead = document.lists.get(item.list).and_then(|list| list.lead).and_then(|lead| document.prose.get(lead));
        if let Some(lead) = lead.filter(|lead| lead.role != Role::Heading) {
            let plain = if lead.span.len() <= LONGEST {
                document.plain(lead)
            } else {
                tail(document.slice(lead.span)).to_owned()
            };
            // The last sentence of a paragraph leads the list: with a colon, without a mark, or because it says so.
            let is_sentence = plain.trim_end().ends_with(['.', '!', '?']);
            let lead = tokens(plain.trim_end().trim_end_matches([':', '.']));
            let points = lead.iter().rev().take(40).any(|t| t.is_any(&["following", "these", "below", "listed"]));
            let found = announced(&lead, Announcement::Lead).filter(|_| !is_sentence || points);
            if found.is_some() && !(lead.len() == 1 && names_new(tail(before.of(document.file.text())))) {
                return found;
            }
        }
        current = item.parent;
    }
    None
}

/// Below a bare `Replace:`, in `the timer with a queue`, what follows the preposition is the new thing.
fn names_new(before: &str) -> bool {
    tokens(before).iter().any(|token| token.is_any(&["with", "by"]))
}

/// What the labels announce whose value holds `offset`: the last bold one, and the bullets inside it.
fn by_label(document: &Document<'_>, offset: usize) -> Option<Announced> {
    let text = document.file.text();
    let behind = document.labels.partition_point(|label| label.span.start <= offset);
    let before = document.labels.get(..behind).unwrap_or_default();
    let holds = |label: &&Label| label.value.contains(offset) || label.span.contains(offset);
    before.iter().rev().take(DEEPEST).filter(holds).find_map(|label| {
        let of = |span: Span| announced(&tokens(head(span.of(text))), Announcement::Title);
        let whole = label.qualifier.map(|qualifier| label.name.join(qualifier));
        let found = match (of(label.name), whole.and_then(of)) {
            (Some(Announced::Use) | None, Some(whole)) => Some(whole),
            (name, _) => name,
        };
        found.filter(|found| reaches(document, *found, label.span.end, offset))
    })
}

/// What the heading right above announces, unless it names a section, a feature or the document: those titles describe,
/// they do not announce a list.
fn by_heading(document: &Document<'_>, offset: usize) -> Option<Announced> {
    let heading = document.heading_before(offset).filter(|heading| heading.level >= 2)?;
    let text = head(document.slice(heading.text));
    let found = announced(&tokens(text), Announcement::Title).filter(|_| !is_structural(text))?;
    reaches(document, found, heading.span.end, offset).then_some(found)
}

/// Whether what was announced at `from` still governs `offset`. A paragraph behind the list of what is not used stands
/// for itself, unless it leads a further list.
fn reaches(document: &Document<'_>, found: Announced, from: usize, offset: usize) -> bool {
    if found != Announced::Absence {
        return true;
    }
    let prose = document.prose.partition_point(|prose| prose.span.start <= offset).checked_sub(1);
    let is_paragraph = prose
        .and_then(|index| document.prose.get(index))
        .is_some_and(|prose| prose.role == Role::Paragraph && prose.span.contains(offset));
    let next = document.lists.partition_point(|list| list.span.start <= offset);
    let has_list = next.checked_sub(1).and_then(|last| document.lists.get(last)).is_some_and(|l| l.span.start >= from);
    let leads = document.lists.get(next).is_some_and(|list| list.lead.is_some() && list.lead == prose);
    !(is_paragraph && has_list) || leads
}

fn is_structural(heading: &str) -> bool {
    let upper = heading.to_uppercase();
    upper.starts_with("SECTION") || upper.starts_with("FR-") || upper.starts_with("T-") || upper.starts_with("END OF")
}

/// A column headed `Original` or `Do NOT create`, or a later cell of the row that names the replacement or denies the use.
fn by_table(
    document: &Document<'_>,
    (table, row, column): (usize, usize, usize),
    allowed: &Allowed,
) -> Option<Announced> {
    let rows = document.tables.get(table).map(|table| &table.rows)?;
    let cell = |row: usize, column: usize| {
        let prose = document.prose.get(*rows.get(row)?.get(column)?)?;
        Some(if prose.span.len() <= LONGEST {
            document.plain(prose)
        } else {
            head(document.slice(prose.span)).to_owned()
        })
    };
    if row == 0 {
        return None;
    }
    let header = cell(0, column).unwrap_or_default();
    let later = (column + 1..rows.get(row).map_or(0, Vec::len)).take(WIDEST);
    let excuses = |column: usize| {
        let Some(text) = cell(row, column) else { return false };
        let tokens = tokens(&text);
        let first = tokens.first();
        let is_cross = first.is_some_and(|token| token.kind == TokenKind::Cross);
        let is_step = first.is_some_and(|token| {
            token.is_any(REMOVE) && token.word().is_some_and(|word| !word.to_lowercase().ends_with("ed"))
        });
        let is_no = first.is_some_and(|token| token.is("no"));
        let is_note = heads_notes(&cell(0, column).unwrap_or_default());
        let lead = tokens.get(..tokens.len().min(2)).unwrap_or_default();
        (if is_note { allowed.in_tokens(&text, lead) } else { allowed.is_in(&text) })
            || is_cross
            || is_step
            || predicate_excuses(&text, &tokens, allowed) && (!is_no || asks_use(&cell(0, column).unwrap_or_default()))
    };
    (heads_origin(&header) || later.into_iter().any(excuses)).then_some(Announced::Origin)
}

/// Whether a column headed so names what the design came from, or what it does not have.
fn heads_origin(header: &str) -> bool {
    let header = header.replace('/', " ");
    let words = tokens(&header);
    let origin = [
        "before", "generic", "source", "from", "replaced", "removed", "instead", "was", "structured", "forbidden",
        "old",
    ];
    let new = ["replacement", "new", "integrated", "after", "target", "to", "now", "reason"];
    let has = |list: &[&str]| words.iter().any(|token| token.is_any(list));
    let names_new = has(&new) || words.last().is_some_and(|token| token.is_any(&["by", "with", "instead"]));
    // "No." heads a column of numbers.
    let is_number = matches!(words.as_slice(), [first] | [first, _] if first.is("no"));
    !names_new && (has(&origin) || has(PROVENANCE) || (!is_number && excuses_what_follows(&words)))
}

/// Whether a column headed so comments on the row: what it names there need not stand in the row's place.
fn heads_notes(header: &str) -> bool {
    let notes = ["note", "notes", "why", "reason", "rationale", "purpose", "description", "details", "comment"];
    let more = ["comments", "remark", "remarks", "benefit", "mitigation", "meaning", "configuration", "setting"];
    tokens(header).iter().any(|token| token.is_any(&notes) || token.is_any(&more))
}

/// Whether a column headed so says of each row whether it is used: `Used?`, `Needed`, `Decision`.
fn asks_use(header: &str) -> bool {
    let verdicts = ["status", "decision", "verdict", "outcome", "action", "scope", "keeping"];
    tokens(header).iter().any(|token: &Token<'_>| token.is_any(USE) || token.is_any(KEEP) || token.is_any(&verdicts))
}
