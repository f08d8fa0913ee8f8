use crate::markdown::{Document, Label, Role, within};
use crate::spec::endpoint;
use crate::spec::names::Field;
use crate::text::Span;
use crate::text::difference::without_blank_edges;

/// The value of a label: the bytes that are compared where the source owns them.
#[derive(Clone, Copy, Debug)]
pub struct Value<'d> {
    /// The label.
    pub label: &'d Label,
    /// The bytes, without leading and trailing blank lines and without the blanks between the colon and a
    /// value on the same line.
    pub span: Span,
}

impl<'d> Value<'d> {
    /// The value of `label`, cut at `end` (the end of the feature or section around it).
    ///
    /// A bold line that defines an endpoint ends the value too: it starts something else, although it is no label.
    /// Where the first thing in the block is a label that only groups its content (`**Functional:**`), the block
    /// goes on to the next label that `ends_block` knows.
    pub fn of(document: &'d Document<'d>, label: &'d Label, end: usize, ends_block: impl Fn(&Label) -> bool) -> Self {
        let text = document.file.text();
        let mut span = Span::new(label.value.start, label.value.end.min(end));
        if span.of(text).trim().is_empty() {
            span.end = grouped_end(document, label, end, ends_block).max(span.end);
        }
        let prose = within(&document.prose, span).iter();
        let definition = prose
            .filter(|prose| {
                prose.role == Role::Paragraph && document.inlines_of(prose).first().is_some_and(|i| i.strong)
            })
            .find(|prose| endpoint::starts_with_endpoint(&document.plain(prose)));
        if let Some(prose) = definition {
            span.end = document.file.line_at(prose.span.start).start.max(span.start);
        }
        span.end = criteria_start(document, label, span).unwrap_or(span.end);
        span.end = models_start(document, span);
        let raw = span.of(text);
        // Blanks right behind the colon belong to the label.
        let lead = raw.len() - raw.trim_start_matches([' ', '\t']).len();
        let span = Span::new(span.start + lead, span.end);
        let kept = without_blank_edges(span.of(text));
        Self { label, span: Span::new(span.start + kept.start, span.start + kept.end) }
    }

    /// Only what stands before the first blank line: a type is one line, whatever follows without a label.
    #[must_use]
    pub fn first_paragraph(self, document: &Document<'d>) -> Self {
        let mut end = self.span.start;
        for line in document.slice(self.span).split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
            end += line.len();
        }
        let length = document.slice(Span::new(self.span.start, end)).trim_end_matches(['\n', '\r']).len();
        Self { span: Span::new(self.span.start, self.span.start + length), ..self }
    }

    /// The bytes.
    pub fn text(&self, document: &Document<'d>) -> &'d str {
        document.slice(self.span)
    }
}

/// Where an item of `span` that is labelled as acceptance criteria starts: bold words in the items of a block belong to
/// it, but no description holds the criteria.
fn criteria_start(document: &Document<'_>, label: &Label, span: Span) -> Option<usize> {
    let text = document.file.text();
    if Field::Criteria.is(label, text) {
        return None;
    }
    let is_criteria = |other: &&Label| {
        other.span.start > label.span.end && other.name.of(text).to_lowercase().starts_with("acceptance criteria")
    };
    let found = within(&document.labels, span).iter().find(is_criteria)?;
    Some(document.file.line_at(found.span.start).start.max(span.start))
}

/// Where the models of the source's database start, if fences of them end the block: they follow a text of the feature
/// without a label of their own, and a rendering has tables in their place.
fn models_start(document: &Document<'_>, span: Span) -> usize {
    let text = document.file.text();
    let mut end = span.end;
    for fence in within(&document.fences, span).iter().rev() {
        let is_last = fence.span.end <= end && Span::new(fence.span.end, end).of(text).trim().is_empty();
        let is_behind_text = !Span::new(span.start, fence.span.start).of(text).trim().is_empty();
        if !is_last || !is_behind_text || fence.language(text) != "prisma" {
            break;
        }
        end = fence.span.start;
    }
    end
}

/// Where a block of grouped content ends: at the next label that ends blocks, heading or thematic break.
fn grouped_end(document: &Document<'_>, label: &Label, end: usize, ends_block: impl Fn(&Label) -> bool) -> usize {
    let rest = Span::new(label.value.end, end);
    let heading = within(&document.headings, rest).first().map_or(end, |heading| heading.span.start);
    let rule = within(&document.breaks, rest).first().map_or(end, |rule| rule.start);
    let next =
        within(&document.labels, rest).iter().find(|label| ends_block(label)).map_or(end, |label| label.span.start);
    document.file.line_at(heading.min(rule).min(next)).start
}
