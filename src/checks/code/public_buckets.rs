//! Buckets that prose creates public: a list or a table of the buckets to create.

use std::collections::HashMap;
use std::iter;

use crate::checks::Context;
use crate::markdown::{Document, InlineKind, Prose, Role, within};
use crate::spec::PartKind;
use crate::text::Span;

/// Where `integrated` says of a bucket to create that it is public. What the dependencies list is there already.
pub(super) fn find(cx: &Context<'_, '_>) -> Vec<Span> {
    let document = cx.pair.integrated.document;
    let parts = cx.pair.integrated.sections.iter().flat_map(|section| &section.parts);
    let existing: Vec<Span> =
        parts.filter(|part| part.kind == PartKind::Dependencies).map(|part| part.content).collect();
    let mut places = in_tables(document);
    let of_item: HashMap<usize, &Prose> = document
        .prose
        .iter()
        .filter_map(|prose| match prose.role {
            Role::Item(item) => Some((item, prose)),
            _ => None,
        })
        .collect();
    for prose in &document.prose {
        let Role::Item(item) = prose.role else { continue };
        let Some(place) = public_in_item(document, prose) else { continue };
        // Its own list's lead, the item around it, that one's lead, and so on.
        let around = iter::successors(document.items.get(item), |own| document.items.get(own.parent?)).take(DEEPEST);
        let announced = around.flat_map(|own| {
            let lead = document.lists.get(own.list).and_then(|list| document.prose.get(list.lead?));
            let parent = own.parent.and_then(|parent| of_item.get(&parent).copied());
            [parent, lead].into_iter().flatten()
        });
        let heading = document.heading_before(prose.span.start).map(|heading| last_line(document, heading.text));
        let texts = announced.map(|prose| last_line(document, prose.span)).chain(heading);
        if announces_buckets(texts) {
            places.push(place);
        }
    }
    places.retain(|place| {
        let behind = existing.partition_point(|part| part.start <= place.start);
        !behind.checked_sub(1).and_then(|index| existing.get(index)).is_some_and(|part| part.encloses(*place))
    });
    places
}

/// Most lists inside lists that are looked through.
const DEEPEST: usize = 4;

/// Most of an announcement that is read, in characters.
const LONGEST: usize = 240;

/// The last line of a heading, item or lead: it announces what stands below.
fn last_line<'t>(document: &Document<'t>, span: Span) -> &'t str {
    let text = document.file.text();
    let line = span.of(text).trim_end().rsplit('\n').next().unwrap_or("");
    let end = line.char_indices().nth(LONGEST).map_or(line.len(), |(at, _)| at);
    Span::new(0, end).of(line)
}

/// Whether the nearest of `texts` that names buckets does not speak of those that exist.
fn announces_buckets<'t>(mut texts: impl Iterator<Item = &'t str>) -> bool {
    let names = |text: &&str| words(text).any(|word| word == "bucket" || word == "buckets");
    texts.find(names).is_some_and(|text| !words(text).any(|word| word == "existing" || word == "not"))
}

/// `Public: Yes`, or a code span with `(public` behind it.
fn public_in_item(document: &Document<'_>, prose: &Prose) -> Option<Span> {
    let inlines = document.inlines_of(prose);
    let mut plain = String::new();
    let mut after_name = String::new();
    let mut is_named = false;
    for inline in inlines {
        match inline.kind {
            InlineKind::LineBreak => break,
            InlineKind::Code if plain.trim().is_empty() => is_named = true,
            _ if is_named => after_name.push_str(document.slice(inline.span)),
            _ => plain.push_str(document.slice(inline.span)),
        }
    }
    let first = inlines.first()?.span;
    let in_brackets = after_name.trim_start().strip_prefix('(').and_then(|rest| words(rest).next());
    let is_public = in_brackets.as_deref() == Some("public")
        || plain.split_once(':').is_some_and(|(name, value)| is_setting(name) && is_yes(value));
    is_public.then(|| {
        let line = document.file.line_at(first.start);
        Span::new(first.start, line.end.min(prose.span.end).max(first.end))
    })
}

/// The cell of a table of buckets that says yes below "Public".
fn in_tables(document: &Document<'_>) -> Vec<Span> {
    let mut places = Vec::new();
    for table in &document.tables {
        let Some((headers, rows)) = table.rows.split_first() else { continue };
        let cell = |index: &usize| document.prose.get(*index);
        let header = |index: &usize| cell(index).map(|prose| document.plain(prose).to_lowercase()).unwrap_or_default();
        let headers: Vec<String> = headers.iter().map(header).collect();
        let is_of_buckets =
            headers.iter().any(|header| words(header).any(|word| word == "bucket" || word == "buckets"));
        let Some(column) = headers.iter().position(|header| is_setting(header)).filter(|_| is_of_buckets) else {
            continue;
        };
        let above = within(&document.prose, Span::new(0, table.span.start)).last();
        let heading = document.heading_before(table.span.start).map(|heading| last_line(document, heading.text));
        let above = above.map(|prose| last_line(document, prose.span));
        if [above, heading].into_iter().flatten().any(|text| words(text).any(|word| word == "existing")) {
            continue;
        }
        let cells = rows.iter().filter_map(|row| row.get(column).and_then(cell));
        places.extend(cells.filter(|cell| is_yes(&document.plain(cell))).map(|cell| cell.span));
    }
    places
}

/// Whether this names whether a bucket is public.
fn is_setting(name: &str) -> bool {
    let words: Vec<String> = words(name).collect();
    let known = |word: &String| matches!(word.as_str(), "public" | "access" | "visibility" | "bucket" | "is");
    words.iter().any(|word| word != "bucket" && word != "is") && words.iter().all(known)
}

fn is_yes(value: &str) -> bool {
    value.trim_start().starts_with('✅') || matches!(words(value).next().as_deref(), Some("yes" | "true" | "public"))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
