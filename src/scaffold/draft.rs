use std::collections::BTreeSet;

use crate::checks::MARKER;
use crate::spec::Value;
use crate::text::{SourceFile, Span};

/// The document that is being written.
///
/// Text of the tool's own is written line by line, with the source's line endings. What the source owns goes in as bytes.
/// Other text of the source is *copied*: each copy is remembered with its place in the source, so that one to which
/// a rule objects can be left to a person in the next attempt.
pub(super) struct Draft<'s> {
    source: &'s SourceFile,
    eol: &'static str,
    rejected: &'s BTreeSet<usize>,
    text: String,
    copies: Vec<Copy>,
}

/// Where a stretch of the source was copied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    /// Its place in the draft.
    pub span: Span,
    /// Where it starts in the source.
    pub origin: usize,
}

impl<'s> Draft<'s> {
    /// An empty draft. Copies that start at one of the `rejected` offsets of the source become markers.
    pub(super) fn new(source: &'s SourceFile, rejected: &'s BTreeSet<usize>) -> Self {
        let first_line = source.text().split_inclusive('\n').next().unwrap_or("");
        let eol = if first_line.ends_with("\r\n") { "\r\n" } else { "\n" };
        Self { source, eol, rejected, text: String::new(), copies: Vec::new() }
    }

    /// The text and the copies in it, in order.
    pub(super) fn finish(mut self) -> (String, Vec<Copy>) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text.push_str(self.eol);
        (self.text, self.copies)
    }

    /// A line of the tool's own. `text` may have several, separated by `\n`.
    pub(super) fn line(&mut self, text: &str) {
        for line in text.split('\n') {
            self.text.push_str(line);
            self.text.push_str(self.eol);
        }
    }

    /// Makes sure that a blank line stands in front of what follows.
    pub(super) fn blank(&mut self) {
        let end = self.text.trim_end_matches(['\n', '\r']).len();
        if end > 0 {
            self.text.truncate(end);
            self.text.push_str(self.eol);
            self.text.push_str(self.eol);
        }
    }

    /// A heading between blank lines.
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.blank();
        self.line(format!("{} {text}", "#".repeat(level)).trim_end());
        self.blank();
    }

    /// A paragraph, or a label with its value on the same line.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.blank();
        self.line(text);
        self.blank();
    }

    /// A list below its label.
    pub(super) fn list(&mut self, label: &str, items: &[String]) {
        self.paragraph(label);
        for item in items {
            self.line(&format!("- {item}"));
        }
        self.blank();
    }

    /// A thematic break.
    pub(super) fn rule(&mut self) {
        self.paragraph("---");
    }

    /// A fenced block; `code` ends without a line ending.
    pub(super) fn fence(&mut self, language: &str, code: &str) {
        self.blank();
        self.line(&format!("```{language}"));
        self.line(code);
        self.line("```");
        self.blank();
    }

    /// A label with the source's bytes as its value, laid out as in the source: behind the label, or below it.
    pub(super) fn preserved(&mut self, name: &str, value: &Value<'_>) {
        let bytes = self.source.slice(value.span);
        let gap = self.source.slice(Span::new(value.label.span.end, value.span.start));
        self.blank();
        self.lead("**");
        self.lead(name);
        self.lead(":**");
        if bytes.is_empty() {
            return self.blank();
        }
        if gap.contains('\n') {
            self.blank();
        } else {
            self.text.push(' ');
        }
        self.bytes(bytes);
    }

    /// Bytes of the source as a paragraph of their own.
    pub(super) fn preserved_paragraph(&mut self, span: Span) {
        self.blank();
        let bytes = self.source.slice(span);
        self.bytes(bytes);
    }

    fn bytes(&mut self, bytes: &str) {
        self.text.push_str(bytes);
        self.text.push_str(self.eol);
        self.text.push_str(self.eol);
    }

    /// The marker for what a person writes in place of `origin`, a stretch of the source.
    pub(super) fn marker_for(&self, origin: usize) -> String {
        marker(&format!("what line {} of the source becomes on this codebase", self.source.line(origin)))
    }

    /// Text in front of a copy, such as a list marker.
    pub(super) fn lead(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A stretch of one line of the source, or the marker where it was rejected; `instead` is written before the marker.
    pub(super) fn copy(&mut self, origin: Span, instead: &str) {
        let bytes = self.source.slice(origin);
        if bytes.trim().is_empty() {
            return self.text.push_str(bytes);
        }
        if self.rejected.contains(&origin.start) {
            let marker = self.marker_for(origin.start);
            self.text.push_str(instead);
            return self.text.push_str(&marker);
        }
        let start = self.text.len();
        self.text.push_str(bytes);
        self.copies.push(Copy { span: Span::new(start, self.text.len()), origin: origin.start });
    }

    /// The end of a line that was written in pieces.
    pub(super) fn end_line(&mut self) {
        self.text.push_str(self.eol);
    }
}

/// What a person must fill in, as the rule `placeholder` knows it.
pub(super) fn marker(what: &str) -> String {
    let what: String = what.chars().map(|c| if matches!(c, '[' | ']' | '\n' | '\r') { ' ' } else { c }).collect();
    format!("{MARKER} {}]", what.trim())
}
