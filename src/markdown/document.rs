use std::ops::Range;

use super::fence::Fence;
use super::label::{self, Label};
use super::{fences, parse};
use crate::text::{SourceFile, Span};

/// One Markdown file, understood. Everything is in document order and borrows from the file.
#[derive(Debug)]
pub struct Document<'f> {
    /// The file.
    pub file: &'f SourceFile,
    /// Headings outside lists and quotes.
    pub headings: Vec<Heading>,
    /// Runs of text: headings, paragraphs, list items, table cells.
    pub prose: Vec<Prose>,
    /// The inline parts of all prose; [`Prose::inlines`] points here.
    pub inlines: Vec<Inline>,
    /// Fenced code blocks.
    pub fences: Vec<Fence>,
    /// Lists, outer before inner.
    pub lists: Vec<List>,
    /// List items.
    pub items: Vec<Item>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Links.
    pub links: Vec<Link>,
    /// HTML comments.
    pub comments: Vec<Comment>,
    /// Thematic breaks (`---`).
    pub breaks: Vec<Span>,
    /// Labels such as `**Type:**`, with their values.
    pub labels: Vec<Label>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The whole line, or both lines of a setext heading.
    pub span: Span,
    /// The text behind the number signs.
    pub text: Span,
    /// Index into [`Document::prose`].
    pub prose: usize,
}

/// A run of text that a reader takes in at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// From the first to the last inline part.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// Its parts, as indexes into [`Document::inlines`].
    pub inlines: Range<usize>,
}

/// What a run of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading.
    Heading,
    /// A paragraph outside lists.
    Paragraph,
    /// Text of a list item (index into [`Document::items`]).
    Item(usize),
    /// A cell of a table (index into [`Document::tables`]); row 0 is the header.
    Cell {
        /// Index into [`Document::tables`].
        table: usize,
        /// 0 for the header.
        row: usize,
        /// From 0 on.
        column: usize,
    },
}

/// A part of a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
    /// Whether it stands in `**…**`.
    pub strong: bool,
    /// Whether it is ~~struck through~~.
    pub struck: bool,
}

/// What an inline part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Words.
    Text,
    /// A code span, without its backticks where they can be told.
    Code,
    /// A line ending inside the run.
    LineBreak,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The whole list.
    pub span: Span,
    /// The run of text right before it, in the same container (index into [`Document::prose`]).
    pub lead: Option<usize>,
    /// Whether it is numbered.
    pub ordered: bool,
}

/// A list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The whole item, nested lists included.
    pub span: Span,
    /// Its list (index into [`Document::lists`]).
    pub list: usize,
    /// 0 for the items of an outermost list.
    pub depth: usize,
    /// The item around its list (index into [`Document::items`]).
    pub parent: Option<usize>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The whole table.
    pub span: Span,
    /// Rows of cells (indexes into [`Document::prose`]); the first is the header.
    pub rows: Vec<Vec<usize>>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// From `[` to `)`.
    pub span: Span,
    /// Its target as written.
    pub target: String,
}

/// An HTML comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `<!--` to `-->`.
    pub span: Span,
}

/// Something with a place, kept in document order.
pub trait Spanned {
    /// Where it stands.
    fn span(&self) -> Span;
}

macro_rules! spanned {
    ($($type:ty),*) => { $(impl Spanned for $type { fn span(&self) -> Span { self.span } })* };
}
spanned!(Heading, Prose, Inline, Fence, List, Table, Link, Comment, Label);

impl Spanned for Span {
    fn span(&self) -> Span {
        *self
    }
}

/// The part of `things` (in document order) that starts inside `span`.
pub fn within<T: Spanned>(things: &[T], span: Span) -> &[T] {
    let first = things.partition_point(|thing| thing.span().start < span.start);
    let last = things.partition_point(|thing| thing.span().start < span.end);
    things.get(first..last).unwrap_or_default()
}

impl<'f> Document<'f> {
    /// Reads a file. Never fails: broken Markdown gives what can be known. Time is linear in the text.
    pub fn new(file: &'f SourceFile) -> Self {
        let scan = fences::scan(file.text(), file.content_start());
        let mut document = parse::parse(file, scan);
        document.labels = label::find(&document);
        document
    }

    /// The text of `span`.
    pub fn slice(&self, span: Span) -> &'f str {
        self.file.slice(span)
    }

    /// The parts of a run of text.
    pub fn inlines_of(&self, prose: &Prose) -> &[Inline] {
        self.inlines.get(prose.inlines.clone()).unwrap_or_default()
    }

    /// The words of a run of text without markup; line endings become spaces.
    pub fn plain(&self, prose: &Prose) -> String {
        let part = |inline: &Inline| match inline.kind {
            InlineKind::LineBreak => " ",
            InlineKind::Text | InlineKind::Code => self.slice(inline.span),
        };
        self.inlines_of(prose).iter().map(part).collect()
    }

    /// The last heading that starts at or before `offset`.
    pub fn heading_before(&self, offset: usize) -> Option<&Heading> {
        let behind = self.headings.partition_point(|heading| heading.span.start <= offset);
        self.headings.get(behind.checked_sub(1)?)
    }

    /// Whether `offset` lies in a fence, its opening and closing lines included.
    pub fn in_fence(&self, offset: usize) -> bool {
        let behind = self.fences.partition_point(|fence| fence.span.start <= offset);
        behind.checked_sub(1).and_then(|index| self.fences.get(index)).is_some_and(|fence| fence.span.contains(offset))
    }
}
