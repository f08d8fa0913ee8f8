//! What each kind of difference sets aside.

mod characters;
mod emoji;
mod layout;
mod markdown;
mod markers;

use super::DifferenceKind as Kind;
use super::lines::without_blank_edges;
use super::mojibake::repair_mojibake;

pub(super) use layout::on_one_line;
pub(super) use markers::body_start;

type Step = (Kind, fn(&str) -> String);

/// The steps in the order in which they are applied, which is not that of the kinds: damage is repaired while
/// its bytes are still all there, delimiters and emoji go before the markers that they may hide, characters
/// before the whitespace that they may become or leave.
const STEPS: [Step; 13] = [
    (Kind::DoubleEncodedUtf8, repair_mojibake),
    (Kind::ByteOrderMark, layout::without_byte_order_mark),
    (Kind::LineEndings, layout::with_line_feeds),
    (Kind::UnicodeNormalisation, characters::composed),
    (Kind::InvisibleCharacters, characters::without_invisible),
    (Kind::TypographicQuotesOrDashes, characters::with_typewriter_marks),
    (Kind::MarkdownEmphasisOrEscaping, markdown::without_formatting),
    (Kind::EmojiOrCheckMarks, emoji::without_marks),
    (Kind::ListMarkers, markers::without_markers),
    (Kind::TrailingWhitespace, layout::without_trailing_whitespace),
    (Kind::BlankLines, layout::without_blank_lines),
    (Kind::IndentationOrWrapping, layout::on_one_line),
    (Kind::LetterCase, characters::without_case),
];

/// The kinds that [`normalise`] sets aside, smallest first.
pub(super) fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().take_while(|kind| *kind <= Kind::LetterCase)
}

/// `text` without everything that `kind` and the smaller kinds name.
pub(super) fn normalise(text: &str, kind: Kind) -> String {
    let all = apply(text, |step| step <= kind);
    without_blank_edges(&all).of(&all).to_owned()
}

/// One word without everything up to letter case, save list markers: within a line `5.` is no numbering.
pub(super) fn normalise_word(word: &str) -> String {
    apply(word, |step| step != Kind::ListMarkers)
}

/// Whether `text` holds something that `kind` itself sets aside.
pub(super) fn carries(text: &str, kind: Kind) -> bool {
    apply(text, |step| step == kind) != text
}

fn apply(text: &str, wanted: impl Fn(Kind) -> bool) -> String {
    STEPS.iter().filter(|(kind, _)| wanted(*kind)).fold(text.to_owned(), |text, (_, step)| step(&text))
}

/// `edit` done to every line, line feeds kept.
fn map_lines(text: &str, edit: impl Fn(&str, &mut String)) -> String {
    let mut edited = String::with_capacity(text.len());
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            edited.push('\n');
        }
        edit(line, &mut edited);
    }
    edited
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_kind_up_to_letter_case_has_one_step() {
        let mut stepped: Vec<_> = STEPS.iter().map(|(kind, _)| *kind).collect();
        stepped.sort();
        assert_eq!(stepped, kinds().collect::<Vec<_>>());
    }

    #[test]
    fn a_number_within_a_line_is_no_numbering() {
        assert_eq!(normalise_word("5."), "5.");
        assert_eq!(normalise_word("**Don’t**"), "don't");
    }

    /// Texts made of what the steps look at.
    fn hostile() -> impl Strategy<Value = String> {
        let parts = prop::sample::select(vec![
            "a", "B", "é", "e\u{301}", "ß", "ẞ", "İ", "1", "12", " ", "  ", "\t", "\n", "\r", "\r\n", "\u{feff}",
            "\u{a0}", "\u{200b}", "\u{200d}", "\u{fe0f}", "- ", "* ", "*", "**", "_", "`", "~", "~~", "\\", "1. ",
            "(a) ", "[ ]", "[x]", "✅", "😀", "\u{20e3}", "–", "—", "--", "-", "’", "“", "…", "|", "&", "amp;", "&lt;",
            "&nbsp;", "Ã", "©", "â", "€", "œ", "ð", "Ÿ", "˜", "ƒ", "\u{5d0}", "\u{202e}", ".", ")",
        ]);
        prop::collection::vec(parts, 0..16).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn every_step_is_idempotent(text in hostile()) {
            for (kind, step) in STEPS {
                let once = step(&text);
                prop_assert_eq!(step(&once), once.clone(), "{}: {:?}", kind, text);
            }
        }

        #[test]
        fn every_step_is_idempotent_on_any_text(text in any::<String>()) {
            for (kind, step) in STEPS {
                let once = step(&text);
                prop_assert_eq!(step(&once), once.clone(), "{}: {:?}", kind, text);
            }
        }
    }
}
