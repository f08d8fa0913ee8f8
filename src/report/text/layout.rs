use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::sanitise;

/// Columns that `character` takes on a terminal.
pub(super) fn columns(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// `text`, filled up with spaces to `width` columns.
pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Breaks sanitised `text` between words into lines of at most `width` columns; a longer word has a line of its own.
///
/// No line starts with `::`, wherever it is printed.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0_usize;
    for word in text.split(' ') {
        let needed = word.width();
        if used > 0 && used.saturating_add(1).saturating_add(needed) > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if !(lines.is_empty() && line.is_empty()) {
            line.push(' ');
            used = used.saturating_add(1);
        }
        line.push_str(word);
        used = used.saturating_add(needed);
    }
    lines.push(line);
    // Only now is it known which words start a line.
    lines.iter().map(|line| sanitise::line(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::sanitise::tests::{assert_harmless, hostile};
    use super::*;

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("one incomprehensible three", 7), "one\nincomprehensible\nthree");
        assert_eq!(wrap("漢字 漢字", 8), "漢字\n漢字");
        assert_eq!(wrap("", 8), "");
    }

    #[test]
    fn a_wrapped_line_is_no_command() {
        assert_eq!(wrap("seen here: ::error::x", 10), "seen here:\n\\::error::x");
    }

    proptest! {
        #[test]
        fn wrapping_keeps_the_words(text in "[a-c ]{0,60}", width in 1usize..20) {
            let wrapped = wrap(&text, width);
            let words: Vec<_> = wrapped.split_whitespace().collect();
            prop_assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
        }

        #[test]
        fn no_wrapped_line_is_a_command(text in hostile(), width in 1usize..20) {
            assert_harmless(&wrap(&sanitise::line(&text), width).replace('\n', "\n   "));
        }
    }
}
