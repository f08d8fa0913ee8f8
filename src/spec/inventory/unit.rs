//! A document as lines that say one thing each, with what announces them.

use crate::markdown::{Document, Inline, InlineKind, Role};
use crate::text::Span;

/// Most of a heading or lead that is kept as context, in bytes.
const LONGEST_CONTEXT: usize = 240;

/// A list item, a paragraph, or a line of one that starts with bold type.
pub(in crate::spec) struct Unit<'d> {
    /// Its words and code spans, in order.
    pub parts: Vec<(InlineKind, &'d str)>,
    /// Its text in lower case, without markup.
    pub plain: String,
    /// The heading above and the line that leads its list, in lower case.
    pub context: String,
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
}

/// The units of a document, in order; table cells are none.
pub(in crate::spec) fn units<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Unit<'d>> {
    let prose = document.prose.iter().enumerate().filter(|(_, prose)| !matches!(prose.role, Role::Cell { .. }));
    prose.flat_map(move |(index, prose)| {
        let inlines = document.inlines_of(prose);
        let mut starts: Vec<usize> = vec![0];
        starts.extend((1..inlines.len()).filter(|&at| {
            let breaks = inlines.get(at - 1).is_some_and(|before| before.kind == InlineKind::LineBreak);
            breaks && inlines.get(at).is_some_and(|inline| inline.strong)
        }));
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([inlines.len()]).collect();
        let lead = match prose.role {
            Role::Item(item) => document.items.get(item).and_then(|item| document.lists.get(item.list)?.lead),
            _ => None,
        };
        let context = context(document, prose.span, lead);
        let lines = starts.into_iter().zip(ends);
        lines
            .filter_map(|(start, end)| {
                let line = inlines.get(start..end)?;
                let first = line.first()?;
                let (parts, plain) = read(document, line);
                Some(Unit {
                    parts,
                    plain,
                    context: context.clone(),
                    lead,
                    prose: index,
                    start: first.span.start,
                    is_heading: prose.role == Role::Heading,
                    in_list: matches!(prose.role, Role::Item(_)),
                })
            })
            .collect::<Vec<_>>()
    })
}

fn read<'d>(document: &'d Document<'_>, line: &[Inline]) -> (Vec<(InlineKind, &'d str)>, String) {
    let mut plain = String::new();
    let mut parts = Vec::with_capacity(line.len());
    for inline in line {
        match inline.kind {
            InlineKind::LineBreak => plain.push(' '),
            kind => {
                let text = document.slice(inline.span);
                plain.push_str(&text.to_lowercase());
                parts.push((kind, text));
            }
        }
    }
    (parts, plain)
}

fn context(document: &Document<'_>, span: Span, lead: Option<usize>) -> String {
    let heading = document.heading_before(span.start).map_or("", |heading| document.slice(heading.text));
    let lead = lead.and_then(|lead| document.prose.get(lead)).map_or("", |lead| document.slice(lead.span));
    // The last line of a paragraph leads the list below it.
    let lead = lead.trim_end().rsplit('\n').next().unwrap_or("");
    let bounded = |text: &str| text.chars().take(LONGEST_CONTEXT).collect::<String>().to_lowercase();
    format!("{}\n{}", bounded(heading), bounded(lead))
}

impl<'d> Unit<'d> {
    /// Whether it speaks of what is still to be made.
    pub(in crate::spec) fn is_planned(&self) -> bool {
        let starts = ["create ", "add ", "define ", "instruction for", "instructions for"];
        let words = self.plain.trim_start_matches(|c: char| !c.is_alphanumeric());
        let says = ["new file", "(new)", "to be created", "will be created", "❌", "does not exist", "do not exist"];
        let announced = ["to create", "to be created", "to add", "not creating", "missing", "not available"];
        starts.iter().any(|start| words.starts_with(start))
            || says.iter().any(|word| self.plain.contains(word))
            || announced.iter().any(|word| self.context.contains(word))
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
        let (parts, _) = read(document, document.inlines_of(prose));
        let codes = parts.iter().filter(|(kind, _)| *kind == InlineKind::Code).map(|&(_, text)| text.trim()).collect();
        Cell { plain: document.plain(prose), parts, codes }
    };
    document.tables.iter().map(move |table| {
        let mut rows = table.rows.iter().map(|row| row.iter().map(|&index| cell(index)).collect::<Vec<_>>());
        let headers = rows.next().unwrap_or_default().iter().map(|cell| cell.plain.trim().to_lowercase()).collect();
        let start = table.span.start;
        let above = document.prose.partition_point(|prose| prose.span.start < start);
        let context = context(document, table.span, above.checked_sub(1));
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
