//! Lines of a block: blank edges, and where two blocks part.

use crate::text::Span;

/// The part of `block` between its leading and trailing blank lines, as a byte range into `block`.
///
/// A line of only spaces, tabs and carriage returns is blank. The ending of the last line that is not blank is left out too
/// (`\n`, `\r\n`, or the `\r` that a cut before `\n` leaves), so that `"a\n"` and `"a"` are the same value.
/// The first line's indentation and the last line's trailing whitespace stay in. The range is `0..0`
/// when every line is blank.
pub fn without_blank_edges(block: &str) -> Span {
    let mut kept: Option<Span> = None;
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        let body = line.strip_suffix('\n').unwrap_or(line);
        let body = body.strip_suffix('\r').unwrap_or(body);
        if !is_blank(body) {
            let span = Span::new(at, at + body.len());
            kept = Some(kept.map_or(span, |kept| kept.join(span)));
        }
        at += line.len();
    }
    kept.unwrap_or_default()
}

pub(super) fn is_blank(line: &str) -> bool {
    // A carriage return inside is what a line ending that was converted twice leaves behind.
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// The bodies of `text`'s lines with their spans; `\n`, `\r\n` and a lone `\r` end a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut start = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let rest = text.get(start..).unwrap_or("");
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
        let body = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let span = Span::new(start, start + body.len());
        let ending = rest.get(body.len()..).unwrap_or("");
        done = end.is_none();
        start = span.end + if ending.starts_with("\r\n") { 2 } else { 1 };
        Some((span, body))
    })
}

/// The first line of `source` and of `integrated` in which they differ, as byte ranges without line endings.
///
/// Where one side ends first, its range is its last line (or `0..0` when it is empty).
/// Both are expected to be trimmed by [`without_blank_edges`]: the ending of a last line does not count.
pub(super) fn first_difference(source: &str, integrated: &str) -> (Span, Span) {
    let mut sources = raw_lines(source);
    let mut integrateds = raw_lines(integrated);
    let mut last = (Span::default(), Span::default());
    loop {
        let here = match (sources.next(), integrateds.next()) {
            (Some(left), Some(right)) if left.is_same_as(&right) => {
                last = (left.span, right.span);
                continue;
            }
            (left, right) => (left.map_or(last.0, |line| line.span), right.map_or(last.1, |line| line.span)),
        };
        return here;
    }
}

/// A line with its ending, which is empty for the last one.
struct RawLine<'a> {
    span: Span,
    body: &'a str,
    ending: &'a str,
}

impl RawLine<'_> {
    fn is_same_as(&self, other: &RawLine<'_>) -> bool {
        let endings_agree = self.ending == other.ending || self.ending.is_empty() || other.ending.is_empty();
        self.body == other.body && endings_agree
    }
}

fn raw_lines(text: &str) -> impl Iterator<Item = RawLine<'_>> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let body = line.strip_suffix("\r\n").or_else(|| line.strip_suffix('\n')).unwrap_or(line);
        let span = Span::new(at, at + body.len());
        at += line.len();
        RawLine { span, body, ending: line.get(body.len()..).unwrap_or("") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trimmed(block: &str) -> &str {
        without_blank_edges(block).of(block)
    }

    #[test]
    fn blank_lines_at_the_edges_are_set_aside_and_nothing_else() {
        assert_eq!(trimmed("\n \t\n  a  \n\nb \n\n\t"), "  a  \n\nb ");
        assert_eq!(trimmed("\r\n\r\na\r\nb\r\n\r\n"), "a\r\nb");
        assert_eq!(trimmed("a\r"), "a");
        assert_eq!(trimmed("\u{a0}\na"), "\u{a0}\na", "a no-break space is no blank line");
        for blank in ["", "\n", "  \n\t\n", "\r\n"] {
            assert_eq!(without_blank_edges(blank), Span::empty(0), "{blank:?}");
        }
    }

    #[test]
    fn lines_end_at_every_line_ending() {
        let text = "a\r\nb\rc\n\nd";
        let all: Vec<_> = lines(text).map(|(_, body)| body).collect();
        assert_eq!(all, ["a", "b", "c", "", "d"]);
        assert!(lines(text).all(|(span, body)| span.of(text) == body));
        assert_eq!(lines("").count(), 1);
    }

    #[test]
    fn the_first_differing_lines_are_named() {
        let (source, integrated) = ("a\nb\nc", "a\nx\nc");
        let (left, right) = first_difference(source, integrated);
        assert_eq!((left.of(source), right.of(integrated)), ("b", "x"));
        let (source, integrated) = ("a\r\nb", "a\nb");
        let (left, right) = first_difference(source, integrated);
        assert_eq!((left.of(source), right.of(integrated)), ("a", "a"), "the endings differ");
    }

    #[test]
    fn a_side_that_ends_first_shows_its_last_line() {
        let (source, integrated) = ("a\nb\nc", "a\nb");
        let (left, right) = first_difference(source, integrated);
        assert_eq!((left, right), (Span::new(4, 5), Span::new(2, 3)));
        assert_eq!(first_difference("", "a\nb"), (Span::empty(0), Span::new(0, 1)));
    }
}
