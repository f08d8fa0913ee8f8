use super::cleaner::Cleaner;
use crate::diagnostics::Excerpt;
use crate::text::Span;

/// Spaces that a tab is shown as.
const TAB: usize = 4;

/// An excerpt that can be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanExcerpt {
    /// The lines, joined by `\n`, which is the only control character left.
    pub text: String,
    /// The marked part, as bytes of `text`; on character borders.
    pub marked: Span,
}

/// The lines of `excerpt`, each made harmless as by [`line`](super::line) but for tabs, which become
/// spaces; the mark follows its text.
pub fn excerpt(excerpt: &Excerpt) -> CleanExcerpt {
    let mut cleaner = Cleaner::default();
    let (mut start, mut end) = (None, None);
    let mut characters = excerpt.text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        // A mark that starts inside a character takes in all of it, as does one that ends there.
        if start.is_none() && excerpt.marked.start < at.saturating_add(character.len_utf8()) {
            start = Some(cleaner.len());
        }
        if end.is_none() && excerpt.marked.end <= at {
            end = Some(cleaner.len());
        }
        match character {
            '\n' => cleaner.break_line(),
            '\t' => (0..TAB).for_each(|_| cleaner.push(' ', None)),
            other => cleaner.push(other, characters.peek().map(|&(_, next)| next)),
        }
    }
    let marked = Span::new(start.unwrap_or(cleaner.len()), end.unwrap_or(cleaner.len()));
    CleanExcerpt { text: cleaner.finish(), marked }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{assert_harmless, hostile};
    use super::*;

    fn clean(text: &str, marked: Span) -> (String, String) {
        let clean = excerpt(&Excerpt { first_line: 1, text: text.to_owned(), marked });
        (clean.text.clone(), clean.marked.of(&clean.text).to_owned())
    }

    #[test]
    fn the_mark_follows_its_text() {
        let (text, marked) = clean("\tx\u{1b}[m\u{202e}table\u{7f}", Span::new(8, 13));
        assert_eq!(text, "    x\\u{1b}[m\\u{202e}table\\u{7f}");
        assert_eq!(marked, "table");
        assert_eq!(clean("a\u{1b}b", Span::new(1, 2)).1, "\\u{1b}");
    }

    #[test]
    fn lines_stay_lines() {
        let (text, marked) = clean("a\n  ::error::b\r\n##[c]", Span::new(0, 18));
        assert_eq!(text, "a\n  \\::error::b\\r\n##\\[c]");
        assert_eq!(marked, "a\n  \\::error::b\\r\n##");
    }

    proptest! {
        #[test]
        fn any_excerpt_becomes_harmless(text in hostile(), start in 0usize..40, len in 0usize..40) {
            let marked = Span::new(start, start + len);
            let clean = excerpt(&Excerpt { first_line: 1, text: text.clone(), marked });
            assert_harmless(&clean.text);
            prop_assert!(clean.text.get(clean.marked.start..clean.marked.end).is_some());
            prop_assert_eq!(clean.text.matches('\n').count(), text.matches('\n').count());
        }
    }
}
