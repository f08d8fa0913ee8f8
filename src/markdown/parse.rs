//! From pulldown-cmark's events to the document.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::document::{Comment, Document, Heading, Inline, InlineKind, Item, Link, List, Prose, Role, Table};
use super::fences::Scan;
use crate::text::{SourceFile, Span};

/// Builds the document (without labels) from a file and its fences.
///
/// Fences and comments are blanked out, byte for byte, before the rest is parsed: offsets stay, lists go on
/// around them, and no HTML block hides them. The rest is parsed in pieces, one from each structural heading to
/// the next, so that an HTML block that is never closed ends there too.
pub(super) fn parse(file: &SourceFile, scan: Scan) -> Document<'_> {
    let prose_text = blank_out(file.text(), &scan);
    let comments = scan.comments.iter().map(|&span| Comment { span }).collect();
    let mut builder = Builder::new(file, comments);
    let mut start = file.content_start();
    for end in scan.headings.iter().copied().chain([file.text().len()]) {
        builder.piece(&prose_text, Span::new(start, end));
        start = start.max(end);
    }
    builder.document.fences = scan.fences;
    builder.document.comments.sort_by_key(|comment| comment.span);
    builder.document
}

fn blank_out(text: &str, scan: &Scan) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut hidden: Vec<Span> =
        scan.fences.iter().map(|fence| fence.span).chain(scan.comments.iter().copied()).collect();
    hidden.sort_unstable();
    let mut from = 0;
    for span in hidden {
        blanked.push_str(text.get(from..span.start).unwrap_or(""));
        blanked.extend(span.of(text).bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        from = span.end.max(from);
    }
    blanked.push_str(text.get(from..).unwrap_or(""));
    blanked
}

struct Builder<'f> {
    document: Document<'f>,
    /// Start of the piece that is being parsed.
    base: usize,
    /// The run of text that is open, with its role and its first inline part.
    open: Option<(Role, usize)>,
    /// Level and span of the heading that is open.
    heading: Option<(u8, Span)>,
    lists: Vec<usize>,
    items: Vec<usize>,
    /// The last run of text that was closed, and how many items were open then.
    last_prose: Option<(usize, usize)>,
    quotes: usize,
    strong: usize,
    struck: usize,
    column: usize,
}

impl<'f> Builder<'f> {
    fn new(file: &'f SourceFile, comments: Vec<Comment>) -> Self {
        let document = Document {
            file,
            headings: Vec::new(),
            prose: Vec::new(),
            inlines: Vec::new(),
            fences: Vec::new(),
            lists: Vec::new(),
            items: Vec::new(),
            tables: Vec::new(),
            links: Vec::new(),
            comments,
            breaks: Vec::new(),
            labels: Vec::new(),
        };
        Self {
            document,
            base: 0,
            open: None,
            heading: None,
            lists: Vec::new(),
            items: Vec::new(),
            last_prose: None,
            quotes: 0,
            strong: 0,
            struck: 0,
            column: 0,
        }
    }

    fn piece(&mut self, text: &str, span: Span) {
        self.base = span.start;
        self.last_prose = None;
        let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
        for (event, range) in Parser::new_ext(span.of(text), options).into_offset_iter() {
            self.event(event, range);
        }
        self.close_prose();
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.on_borders(Span::from(range).shifted(self.base));
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(_) => self.inline(InlineKind::Text, span),
            Event::Code(_) => self.inline(InlineKind::Code, inside_backticks(self.document.slice(span), span)),
            Event::SoftBreak | Event::HardBreak => self.inline(InlineKind::LineBreak, span),
            Event::Rule => {
                self.close_prose();
                if self.lists.is_empty() && self.quotes == 0 {
                    self.document.breaks.push(span);
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                if self.document.slice(span).starts_with("<!--") {
                    self.document.comments.push(Comment { span });
                }
            }
            Event::TaskListMarker(_) | Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// A comment is blanked out byte for byte, so that an indentation may end inside one of its characters: the place is
    /// then the next character's.
    fn on_borders(&self, span: Span) -> Span {
        let text = self.document.file.text();
        let border = |at: usize| (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        Span::new(border(span.start), border(span.end))
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open_prose(self.role()),
            Tag::Heading { level, .. } => {
                self.heading = Some((level_number(level), span));
                self.open_prose(Role::Heading);
            }
            Tag::List(first) => {
                self.close_prose();
                let lead = self.last_prose.filter(|&(_, items)| items == self.items.len()).map(|(prose, _)| prose);
                self.lists.push(self.document.lists.len());
                self.document.lists.push(List { span, lead, ordered: first.is_some() });
            }
            Tag::Item => {
                let list = self.lists.last().copied().unwrap_or(0);
                let parent = self.items.last().copied();
                self.items.push(self.document.items.len());
                self.document.items.push(Item { span, list, depth: self.lists.len().saturating_sub(1), parent });
            }
            Tag::BlockQuote(_) => {
                self.close_prose();
                self.quotes += 1;
            }
            Tag::Table(_) => self.document.tables.push(Table { span, rows: Vec::new() }),
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                if let Some(table) = self.document.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => {
                let table = self.document.tables.len().saturating_sub(1);
                let rows = self.document.tables.last().map_or(0, |table| table.rows.len());
                self.open_prose(Role::Cell { table, row: rows.saturating_sub(1), column: self.column });
                self.column += 1;
            }
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } => self.document.links.push(Link { span, target: dest_url.into_string() }),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.close_prose();
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::List(_) => {
                self.close_prose();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.close_prose();
                self.items.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.close_prose();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let cell = self.close_prose();
                if let (Some(cell), Some(table)) = (cell, self.document.tables.last_mut()) {
                    table.rows.last_mut().into_iter().for_each(|row| row.push(cell));
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            _ => {}
        }
    }

    /// A line of text with `---` right below is a setext heading to `CommonMark`, but a paragraph and a rule to
    /// the author of a spec; only `===` and number signs make headings here.
    fn end_heading(&mut self) {
        let Some((level, span)) = self.heading.take() else { return };
        let raw = self.document.slice(span);
        let is_setext = !raw.trim_start().starts_with('#');
        let underline = raw.trim_end().lines().last().unwrap_or("").trim();
        let is_rule = is_setext && underline.starts_with('-');
        if is_rule {
            self.open = self.open.map(|(_, first)| (self.role(), first));
        }
        let Some(prose) = self.close_prose() else { return };
        let in_container = !self.lists.is_empty() || self.quotes > 0;
        if in_container {
            return;
        }
        if is_rule {
            let end = span.start + raw.trim_end().len();
            self.document.breaks.push(Span::new(end - underline.len(), end));
            return;
        }
        let text = if is_setext { raw.lines().next().unwrap_or("").trim() } else { atx_text(raw) };
        let start = span.start + raw.find(text).unwrap_or(0);
        let whole = Span::new(span.start, span.start + raw.trim_end().len());
        let text = Span::new(start, start + text.len());
        self.document.headings.push(Heading { level, span: whole, text, prose });
    }

    fn role(&self) -> Role {
        self.items.last().map_or(Role::Paragraph, |&item| Role::Item(item))
    }

    fn open_prose(&mut self, role: Role) {
        self.close_prose();
        self.open = Some((role, self.document.inlines.len()));
    }

    /// Closes the open run of text and returns its index; a cell counts even when it is empty.
    fn close_prose(&mut self) -> Option<usize> {
        let (role, first) = self.open.take()?;
        let inlines = first..self.document.inlines.len();
        let parts = self.document.inlines.get(inlines.clone()).unwrap_or_default();
        let is_kept = !parts.is_empty() || matches!(role, Role::Cell { .. } | Role::Heading);
        let span = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::empty(self.heading.map_or(self.base, |(_, span)| span.end)),
        };
        is_kept.then(|| {
            self.document.prose.push(Prose { span, role, inlines });
            let index = self.document.prose.len() - 1;
            self.last_prose = Some((index, self.items.len()));
            index
        })
    }

    fn inline(&mut self, kind: InlineKind, span: Span) {
        if self.open.is_none() {
            // Text of a tight list item comes without a paragraph of its own.
            self.open_prose(self.role());
        }
        self.document.inlines.push(Inline { span, kind, strong: self.strong > 0, struck: self.struck > 0 });
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The text of an ATX heading: without number signs in front and closing ones.
fn atx_text(raw: &str) -> &str {
    let text = raw.trim().trim_start_matches('#').trim();
    let without_closing = text.trim_end_matches('#');
    if without_closing.is_empty() || without_closing.ends_with([' ', '\t']) { without_closing.trim_end() } else { text }
}

fn inside_backticks(raw: &str, span: Span) -> Span {
    let ticks = raw.bytes().take_while(|&byte| byte == b'`').count();
    if raw.len() >= 2 * ticks && raw.ends_with('`') { Span::new(span.start + ticks, span.end - ticks) } else { span }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
