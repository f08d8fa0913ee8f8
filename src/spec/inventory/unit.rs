//! A document as lines that say one thing each, with what announces them.

use std::cell::OnceCell;

use crate::markdown::{Document, Inline, InlineKind, Role};
use crate::text::contains_ignore_ascii_case;

/// Most of a heading or lead that is kept as context, in characters.
const LONGEST_CONTEXT: usize = 240;

/// A list item, a paragraph, or a line of one that starts with bold type.
pub(in crate::spec) struct Unit<'d> {
    /// Its words and code spans, in order.
    pub parts: Vec<(InlineKind, &'d str)>,
    /// The run of text that leads its list (index into [`Document::prose`]).
    pub lead: Option<usize>,
    /// Index of its run of text.
    pub prose: usize,
    /// Where it starts.
    pub start: usize,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// Whether it belongs to a list.
    pub in_list: bool,
    document: &'d Document<'d>,
    inlines: &'d [Inline],
    plain: OnceCell<String>,
    context: OnceCell<String>,
}

/// The units of a document, in order; table cells are none.
pub(in crate::spec) fn units<'d>(document: &'d Document<'d>) -> impl Iterator<Item = Unit<'d>> {
    let prose = document.prose.iter().enumerate().filter(|(_, prose)| !matches!(prose.role, Role::Cell { .. }));
    prose.flat_map(move |(index, prose)| {
        let inlines = document.inlines_of(prose);
        let lead = match prose.role {
            Role::Item(item) => document.items.get(item).and_then(|item| document.lists.get(item.list)?.lead),
            _ => None,
        };
        let is_one_line = |before: &Inline, inline: &Inline| before.kind != InlineKind::LineBreak || !inline.strong;
        inlines.chunk_by(is_one_line).filter_map(move |line| {
            Some(Unit {
                parts: parts(document, line).collect(),
                lead,
                prose: index,
                start: line.first()?.span.start,
                is_heading: prose.role == Role::Heading,
                in_list: matches!(prose.role, Role::Item(_)),
                document,
                inlines: line,
                plain: OnceCell::new(),
                context: OnceCell::new(),
            })
        })
    })
}

/// The words and code spans of a line.
fn parts<'d>(document: &'d Document<'_>, line: &[Inline]) -> impl Iterator<Item = (InlineKind, &'d str)> {
    let parts = line.iter().filter(|inline| inline.kind != InlineKind::LineBreak);
    parts.map(|inline| (inline.kind, document.slice(inline.span)))
}

/// The heading above and the line that leads, as far as they are kept.
fn context<'d>(document: &'d Document<'_>, start: usize, lead: Option<usize>) -> [&'d str; 2] {
    let heading = document.heading_before(start).map_or("", |heading| document.slice(heading.text));
    let lead = lead.and_then(|lead| document.prose.get(lead)).map_or("", |lead| document.slice(lead.span));
    // The last line of a paragraph leads the list below it.
    let lead = lead.trim_end().rsplit('\n').next().unwrap_or("");
    [bounded(heading), bounded(lead)]
}

/// The start of a heading or lead, as far as it is kept.
fn bounded(text: &str) -> &str {
    text.char_indices().nth(LONGEST_CONTEXT).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

impl<'d> Unit<'d> {
    /// Its text in lower case, without markup.
    pub(in crate::spec) fn plain(&self) -> &str {
        let part = |inline: &Inline| match inline.kind {
            InlineKind::LineBreak => " ",
            _ => self.document.slice(inline.span),
        };
        self.plain.get_or_init(|| self.inlines.iter().map(part).collect::<String>().to_lowercase())
    }

    /// The heading above and the line that leads its list, in lower case.
    pub(in crate::spec) fn context(&self) -> &str {
        self.context.get_or_init(|| context(self.document, self.start, self.lead).join("\n").to_lowercase())
    }

    /// Whether it is an item of a list that a word announces: it stands in the heading above, or in the line that leads.
    pub(in crate::spec) fn is_listed_below(&self, word: &str) -> bool {
        self.in_list
            && context(self.document, self.start, self.lead).iter().any(|text| contains_ignore_ascii_case(text, word))
    }

    /// Whether it speaks of what is still to be made.
    pub(in crate::spec) fn is_planned(&self) -> bool {
        let starts = ["create ", "add ", "define ", "instruction for", "instructions for"];
        let words = self.plain().trim_start_matches(|c: char| !c.is_alphanumeric());
        let says = ["new file", "(new)", "to be created", "will be created", "❌", "does not exist", "do not exist"];
        let announced = ["to create", "to be created", "to add", "not creating", "missing", "not available"];
        starts.iter().any(|start| words.starts_with(start))
            || says.iter().any(|word| self.plain().contains(word))
            || announced.iter().any(|word| self.context().contains(word))
    }

    /// What a line such as `Buckets: charts (private), scans` lists behind the colon, in plain text and without the
    /// remarks; nothing, where `word` does not announce it, or where the line has code spans.
    pub(in crate::spec) fn plain_list(&self, word: &str) -> impl Iterator<Item = &'d str> {
        let has_code = self.codes().next().is_some();
        let text = self.parts.iter().map(|&(_, text)| text).find(|text| !text.trim().is_empty());
        let announced = text.filter(|_| !has_code).and_then(|text| text.split_once(':')).filter(|(head, _)| {
            head.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|own| is_word(own, word))
        });
        let mut depth = 0_usize;
        let list = announced.map_or("", |(_, list)| list);
        let items = list.split(move |c: char| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(c, ',' | ';')
        });
        items.filter_map(|item| item.split_whitespace().next()).map(|name| name.trim_end_matches('.'))
    }

    /// Its code spans.
    pub(in crate::spec) fn codes(&self) -> impl Iterator<Item = &'d str> {
        self.parts.iter().filter(|(kind, _)| *kind == InlineKind::Code).map(|&(_, text)| text.trim())
    }
}

/// A Markdown table: its headers in lower case, and its rows of cells.
pub(in crate::spec) struct Grid<'d> {
    pub headers: Vec<String>,
    pub rows: Vec<Vec<Cell<'d>>>,
    /// Where it starts.
    pub start: usize,
    /// The heading above, and the line between the two, in lower case.
    pub context: String,
}

/// A cell: its text without markup, its words and code spans in order, and its code spans alone.
#[derive(Default)]
pub(in crate::spec) struct Cell<'d> {
    pub plain: String,
    pub parts: Vec<(InlineKind, &'d str)>,
    pub codes: Vec<&'d str>,
}

/// The tables of a document.
pub(in crate::spec) fn grids<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Grid<'d>> {
    let cell = |index: usize| {
        let Some(prose) = document.prose.get(index) else { return Cell::default() };
        let parts: Vec<_> = parts(document, document.inlines_of(prose)).collect();
        let codes = parts.iter().filter(|(kind, _)| *kind == InlineKind::Code).map(|&(_, text)| text.trim()).collect();
        Cell { plain: document.plain(prose), parts, codes }
    };
    document.tables.iter().map(move |table| {
        let mut rows = table.rows.iter().map(|row| row.iter().map(|&index| cell(index)).collect::<Vec<_>>());
        let headers = rows.next().unwrap_or_default().iter().map(|cell| cell.plain.trim().to_lowercase()).collect();
        let start = table.span.start;
        let above = document.prose.partition_point(|prose| prose.span.start < start);
        let context = context(document, start, above.checked_sub(1)).join("\n").to_lowercase();
        Grid { headers, rows: rows.collect(), start, context }
    })
}

impl Grid<'_> {
    /// The column of names of what the table is about: its header has `word`, or it is called `name` in a table that is
    /// announced with that word.
    pub(in crate::spec) fn names_of(&self, word: &str) -> Option<usize> {
        let is_announced = || self.context.split(|c: char| !c.is_alphanumeric()).any(|own| is_word(own, word));
        self.column(&[word]).or_else(|| self.column(&["name", "id"]).filter(|_| is_announced()))
    }

    /// The first column whose header has one of `words`.
    pub(in crate::spec) fn column(&self, words: &[&str]) -> Option<usize> {
        self.columns(words).next()
    }

    /// The columns whose headers have one of `words`.
    pub(in crate::spec) fn columns(&self, words: &[&str]) -> impl Iterator<Item = usize> {
        let has = |header: &String| {
            header.split(|c: char| !c.is_alphanumeric()).any(|own| words.iter().any(|word| is_word(own, word)))
        };
        self.headers.iter().enumerate().filter(move |(_, header)| has(header)).map(|(index, _)| index)
    }
}

/// Whether `own` is `word`, or its plural.
fn is_word(own: &str, word: &str) -> bool {
    own.trim_end_matches('s') == word
}

impl Cell<'_> {
    /// The code spans, or, where there are none, the words between commas.
    pub(in crate::spec) fn names(&self) -> Vec<&str> {
        if self.codes.is_empty() {
            self.plain.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
        } else {
            self.codes.clone()
        }
    }
}
