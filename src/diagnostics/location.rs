use std::sync::Arc;

use crate::text::{Position, SourceFile, Span};

/// Longest excerpt line kept, in bytes; a minified line must not fill a report.
const LONGEST_LINE: usize = 400;
/// Most lines of a place that an excerpt shows.
const MOST_LINES: usize = 4;

/// A place in a file, with all that a report shows of it: no file is read again to print it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Path as shown to people: relative to the working directory, with `/`.
    pub path: Arc<str>,
    /// Bytes in the file.
    pub span: Span,
    /// Where the span starts.
    pub start: Position,
    /// The position behind the span's last character.
    pub end: Position,
    /// The lines around the span's start.
    pub excerpt: Excerpt,
}

/// Whole lines of a file with a marked part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// 1-based number of the first line.
    pub first_line: usize,
    /// The lines, joined by `\n`; cut at a few hundred bytes a line.
    pub text: String,
    /// The marked part, as bytes of `text`.
    pub marked: Span,
}

impl Location {
    /// The place of `span` in `file`.
    pub fn of(file: &SourceFile, span: Span) -> Self {
        Self {
            path: file.shared_path(),
            span,
            start: file.position(span.start),
            end: file.position(span.end),
            excerpt: Excerpt::of(file, span),
        }
    }
}

impl Excerpt {
    fn of(file: &SourceFile, span: Span) -> Self {
        let first_line = file.line(span.start);
        let last_line = file.line(span.end.saturating_sub(1).max(span.start)).min(first_line + MOST_LINES - 1);
        let mut text = String::new();
        let mut marked = Span::default();
        for line in first_line..=last_line {
            let Some(whole) = file.lines().line_span(file.text(), line) else { break };
            // A long line is shown around the place, not from its beginning.
            let start = if line == first_line { cut_before(file.text(), whole, span.start) } else { whole.start };
            let shown = cut_behind(file.text(), Span::new(start, whole.end));
            if line == first_line {
                let at = span.start.clamp(shown.start, shown.end) - shown.start;
                marked = Span::empty(at);
            } else {
                text.push('\n');
            }
            if span.end >= shown.start {
                marked.end = text.len() + span.end.min(shown.end) - shown.start;
            }
            text.push_str(file.slice(shown));
        }
        marked.end = marked.end.max(marked.start);
        Self { first_line, text, marked }
    }
}

fn cut_before(text: &str, line: Span, place: usize) -> usize {
    if place.saturating_sub(line.start) < LONGEST_LINE * 3 / 4 {
        return line.start;
    }
    let wanted = place - LONGEST_LINE / 4;
    (wanted..=place).find(|&at| text.is_char_boundary(at)).unwrap_or(line.start)
}

fn cut_behind(text: &str, line: Span) -> Span {
    if line.len() <= LONGEST_LINE {
        return line;
    }
    let wanted = line.start + LONGEST_LINE;
    let end = (line.start..=wanted).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(line.start);
    Span::new(line.start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, part: &str) -> (String, String, usize) {
        let file = SourceFile::new("a.md", text.into());
        let start = text.find(part).unwrap();
        let found = Location::of(&file, Span::new(start, start + part.len())).excerpt;
        (found.text.clone(), found.marked.of(&found.text).to_owned(), found.first_line)
    }

    #[test]
    fn an_excerpt_is_whole_lines_with_a_mark() {
        assert_eq!(excerpt("a\nbé cd\ne", "cd"), ("bé cd".into(), "cd".into(), 2));
        assert_eq!(excerpt("a\r\nb\r\nc", "a\r\nb"), ("a\nb".into(), "a\nb".into(), 1));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let long = format!("{}needle{}", "ä".repeat(500), "ö".repeat(500));
        let (text, marked, line) = excerpt(&long, "needle");
        assert!(text.len() <= LONGEST_LINE);
        assert_eq!((marked.as_str(), line), ("needle", 1));
    }
}
