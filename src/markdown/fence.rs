use std::borrow::Cow;

use super::lines::LineStart;
use crate::text::Span;

/// A fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The opening line, from its first marker to the end of the info string.
    pub opener: Span,
    /// The info string.
    pub info: Span,
    /// The lines between opener and closer, as they stand in the file.
    pub content: Span,
    /// From the opening line to the closing line, both whole.
    pub span: Span,
    /// False where no line closes the fence, or none before the heading or opener at which the model recovered.
    pub closed: bool,
    /// Columns of indentation of the opener: that much is taken off each line.
    pub(super) indent: usize,
    /// Block quote markers in front of the opener.
    pub(super) quote: usize,
}

/// The text of a fence with its way back to the file.
#[derive(Clone, Debug)]
pub struct FenceText<'t> {
    /// The lines without the indentation and quote markers of the container.
    pub text: Cow<'t, str>,
    /// Pairs of offset in `text` and offset in the file, ascending; one a line, or one for all.
    segments: Vec<(usize, usize)>,
}

impl Fence {
    /// First word of the info string, in lower case: `typescript`, `sql`, or empty.
    pub fn language(&self, file_text: &str) -> String {
        let info = self.info.of(file_text);
        let word = info.split(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | ':')).next().unwrap_or("");
        word.to_lowercase()
    }

    /// The fence's text, borrowed where it stands at column 0.
    pub fn text<'t>(&self, file_text: &'t str) -> FenceText<'t> {
        let raw = self.content.of(file_text);
        if self.indent == 0 && self.quote == 0 {
            return FenceText { text: Cow::Borrowed(raw), segments: vec![(0, self.content.start)] };
        }
        let mut text = String::with_capacity(raw.len());
        let mut segments = Vec::new();
        let mut offset = self.content.start;
        for line in raw.split_inclusive('\n') {
            let skipped = self.container_prefix(line);
            segments.push((text.len(), offset + skipped));
            text.push_str(line.get(skipped..).unwrap_or(""));
            offset += line.len();
        }
        FenceText { text: Cow::Owned(text), segments }
    }

    /// Bytes of `line` that belong to the list or quote around the fence.
    fn container_prefix(&self, line: &str) -> usize {
        let bytes = line.as_bytes();
        let mut at = 0;
        if self.quote > 0 {
            let start = LineStart::of(line);
            at = if start.quote == 0 { 0 } else { start.offset - start.indent.min(start.offset) };
        }
        let most = at + self.indent;
        while at < most && matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        at
    }
}

impl FenceText<'_> {
    /// Where `span` of the text stands in the file.
    pub fn in_file(&self, span: Span) -> Span {
        Span::new(self.offset(span.start), self.offset(span.end))
    }

    fn offset(&self, at: usize) -> usize {
        let index = self.segments.partition_point(|&(start, _)| start <= at);
        self.segments.get(index.saturating_sub(1)).map_or(at, |&(start, file)| file + at.saturating_sub(start))
    }
}
