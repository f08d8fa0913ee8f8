//! The one way out: untrusted text made safe to print.
//!
//! A file name, a message or a source line may hold characters that move the cursor, reorder or
//! hide text, or start a new line; and text that a build log takes for a command. What is printed is
//! therefore changed, visibly:
//!
//! | in | out | why |
//! |---|---|---|
//! | line feed, carriage return, tab | `\n`, `\r`, `\t` | one text stays on one line |
//! | other controls (C0, DEL, C1), among them ESC | `\u{1b}` | terminal escapes |
//! | bidirectional controls, line and paragraph separators | `\u{202e}` | reordered text |
//! | characters that cannot be seen | `\u{200b}` | hidden text |
//! | `::` at the start, white space aside, or nothing but `:` | `\::`, `\:` | GitHub Actions: `::error::`, even indented |
//! | `##[`, `##vso[`, `##teamcity[` anywhere | `##\[` | older Actions commands, Azure, `TeamCity` |
//!
//! A backslash in the text stays as it is, so that names remain readable: the result is for people.
//! Programs get the exact text from the JSON report, in which [`json`] writes the same characters as `\u` escapes.
//!
//! On top of that, what has a syntax of its own has a module: [`workflow`] commands, [`xml`], [`markdown`].

mod cleaner;
mod excerpt;
pub mod json;
pub mod markdown;
pub mod uri;
pub mod workflow;
pub mod xml;

use std::borrow::Cow;

use cleaner::Cleaner;
pub use excerpt::{CleanExcerpt, excerpt};

/// Longest text shown, in scalar values; GitHub cuts a message at the same length.
const LONGEST: usize = 4_096;

/// `text` as one harmless line: see the table above. A text of more than 4,096 scalar values is cut
/// and ends in `…`.
///
/// The result is safe at the start of a line, and behind any text that does not end in `#` or `##word`.
pub fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut cleaner = Cleaner::default();
    let mut characters = text.chars().peekable();
    for _ in 0..LONGEST {
        let Some(character) = characters.next() else { break };
        cleaner.push(character, characters.peek().copied());
    }
    if characters.peek().is_some() {
        cleaner.push('…', None);
    }
    Cow::Owned(cleaner.finish())
}

/// Whether nothing in `text` needs a second look; true for almost everything that is printed.
fn is_plain(text: &str) -> bool {
    text.len() <= LONGEST
        && !text.starts_with([':', ' '])
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.contains("##")
}

/// Whether `character` can move the cursor, reorder or hide text: it is never printed.
///
/// The joiners U+200C and U+200D are not among them, because scripts and emoji need them.
pub fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            // Tags: a copy of ASCII that no font shows.
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Text of the parts that attacks are made of.
    pub(in crate::report) fn hostile() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            any::<char>().prop_map(String::from),
            "[ -~]{0,6}",
            prop::sample::select(
                &[
                    "::",
                    ":",
                    "#",
                    "##",
                    "##[",
                    "[",
                    "vso",
                    "::error title=x::y",
                    "\n",
                    "\r\n",
                    "\t",
                    " ",
                    "\u{a0}",
                    "\u{1b}[31m",
                    "\u{1b}]8;;",
                    "\u{7f}",
                    "\u{85}",
                    "\u{9b}",
                    "\u{202e}",
                    "\u{2066}",
                    "\u{2028}",
                    "\u{200d}",
                    "\u{200b}",
                    "\u{feff}",
                    "\\",
                    "\"",
                    "é",
                    "漢",
                    "😀",
                    "e\u{301}",
                    "👩\u{200d}🚀",
                ][..]
            )
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    /// What no printed text may hold, colours aside.
    pub(in crate::report) fn assert_harmless(printed: &str) {
        for line in printed.split('\n') {
            assert!(!line.trim_start().starts_with("::"), "a command: {line:?}");
            for marker in ["##[", "##vso[", "##teamcity["] {
                assert!(!line.contains(marker), "a command: {line:?}");
            }
            assert!(!line.contains(is_harmful), "a harmful character: {line:?}");
        }
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "specs/orchard.md", "a::b", "# [x]", "C:\\specs", "Müller 漢字 👩\u{200d}🚀", " indented"]
        {
            assert_eq!(line(text), text);
        }
        assert!(matches!(line("table `trees` is gone"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_could_do_harm_is_shown_instead() {
        assert_eq!(line("a\n::error title=x::y"), "a\\n::error title=x::y");
        assert_eq!(line("::error::x"), "\\::error::x");
        assert_eq!(line(" \u{a0}::error::x"), " \u{a0}\\::error::x");
        assert_eq!(line(":::x"), "\\:::x");
        assert_eq!(line(" :"), " \\:", "a path is followed by a colon");
        assert_eq!(line(":x"), ":x");
        assert_eq!(line("x ##[error]y ###[z] ##vso[task] ##a b["), "x ##\\[error]y ###\\[z] ##vso\\[task] ##a b[");
        assert_eq!(line("\u{1b}[31m\u{7f}\u{9b}\t\r"), "\\u{1b}[31m\\u{7f}\\u{9b}\\t\\r");
        assert_eq!(line("a\u{202e}b\u{2028}c\u{200b}\u{feff}"), "a\\u{202e}b\\u{2028}c\\u{200b}\\u{feff}");
    }

    #[test]
    fn a_joiner_that_joins_nothing_cannot_hide() {
        assert_eq!(line("##\u{200d}[x]"), "##\\u{200d}[x]");
        assert_eq!(line(":\u{200d}:x"), ":\\u{200d}:x");
        assert_eq!(line("\u{a0}\u{200d}::x"), "\u{a0}\\u{200d}::x");
    }

    #[test]
    fn an_endless_text_is_cut() {
        let cut = line(&"ä".repeat(10_000)).into_owned();
        assert_eq!((cut.chars().count(), cut.chars().last()), (LONGEST + 1, Some('…')));
        assert_eq!(line(&"ä".repeat(LONGEST)), "ä".repeat(LONGEST));
    }

    proptest! {
        #[test]
        fn a_line_is_one_harmless_line(text in hostile(), before in "[a-z ]{0,3}") {
            let clean = line(&text);
            prop_assert!(!clean.contains('\n'));
            assert_harmless(&clean);
            assert_harmless(&format!("{before}{clean}"));
            prop_assert_eq!(line(&clean), clean.clone(), "cleaning twice changes nothing");
        }
    }
}
