//! Bytes and blanks: byte order mark, line endings, whitespace, wrapping.

use super::map_lines;
use crate::text::difference::lines::is_blank;

const BLANKS: [char; 2] = [' ', '\t'];

pub(super) fn without_byte_order_mark(text: &str) -> String {
    text.trim_start_matches('\u{feff}').to_owned()
}

pub(super) fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

pub(super) fn without_trailing_whitespace(text: &str) -> String {
    map_lines(text, |line, out| out.push_str(line.trim_end_matches(BLANKS)))
}

pub(super) fn without_blank_lines(text: &str) -> String {
    let kept: Vec<&str> = text.split('\n').filter(|line| !is_blank(line)).collect();
    kept.join("\n")
}

/// `text` on one line, with single spaces, none at its ends, and none round the `|` of table cells.
///
/// Items are joined as well: where only line breaks differ, no word does, and that is what the kind says.
pub(in crate::text::difference) fn on_one_line(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !(joined.is_empty() || joined.ends_with('|') || word.starts_with('|')) {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lose_the_blanks_round_their_cells() {
        assert_eq!(on_one_line("| a b |  c |\n| d |"), "|a b|c||d|");
    }

    #[test]
    fn lines_are_joined_and_blank_ones_vanish() {
        assert_eq!(on_one_line("a\n\n  b c\t\nd"), "a b c d");
        assert_eq!(without_blank_lines("a\n \t\n\nb"), "a\nb");
        assert_eq!(with_line_feeds("a\r\nb\rc\n"), "a\nb\nc\n");
    }
}
