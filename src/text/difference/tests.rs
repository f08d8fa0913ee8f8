//! Every kind by example, hostile blocks, and the properties of the whole comparison.

use proptest::prelude::*;

use super::DifferenceKind as Kind;
use super::*;

fn kind(source: &str, integrated: &str) -> Option<Kind> {
    compare(source, integrated).map(|difference| difference.kind)
}

/// Pairs of blocks by the kind of their difference.
const CASES: &[(Kind, &[(&str, &str)])] = &[
    (
        Kind::ByteOrderMark,
        &[("a", "\u{feff}a"), ("\u{feff}- a\n- b", "- a\n- b"), ("é", "\u{feff}é\n"), ("\u{feff}", "")],
    ),
    (Kind::LineEndings, &[("a\nb", "a\r\nb"), ("a\r\nb\nc", "a\nb\r\nc"), ("a\rb", "\u{feff}a\nb")]),
    (Kind::TrailingWhitespace, &[("a", "a "), ("a\nb", "a\t\nb"), ("a  \r\nb", "a\nb"), ("a\n\nb", "a\n  \nb")]),
    (Kind::BlankLines, &[("a\nb", "a\n\nb"), ("- a\n\n\n- b", "- a\n\n- b"), ("a\nb", "a \r\n \r\nb")]),
    (
        Kind::ListMarkers,
        &[
            ("- a\n- b", "* a\n* b"),
            ("- a\n- b", "1. a\n2. b"),
            ("1. a\n2. b", "1. a\n3. b"),
            ("a\nb", "- a\n\n- b"),
            ("- a", "- [ ] a"),
            ("1) a", "(a) a"),
        ],
    ),
    (
        Kind::IndentationOrWrapping,
        &[
            ("a b c", "a b\nc"),
            ("- a\n- b", "  - a\n  - b"),
            ("a  b", "a b"),
            ("a\tb", "a b"),
            ("| a | b |", "|a|b|"),
            ("- a b", "- a\n- b"),
        ],
    ),
    (
        Kind::UnicodeNormalisation,
        &[("caf\u{e9}", "cafe\u{301}"), ("\u{212b}", "\u{c5}"), ("- \u{1e69}", "* s\u{307}\u{323}")],
    ),
    (
        Kind::InvisibleCharacters,
        &[
            ("10 kg", "10\u{a0}kg"),
            ("ab", "a\u{200b}b"),
            ("ab", "a\u{ad}b"),
            ("שלום a", "\u{202b}שלום\u{202c} a"),
            ("✔", "✔\u{fe0f}"),
            ("a b", "a\u{feff} b"),
        ],
    ),
    (
        Kind::TypographicQuotesOrDashes,
        &[("6–17", "6-17"), ("it's", "it’s"), ("\"a\"", "“a”"), ("a — b", "a -- b"), ("wait...", "wait…")],
    ),
    (
        Kind::EmojiOrCheckMarks,
        &[
            ("- a", "- ✅ a"),
            ("- a\n- b", "✅ a\n✅  b"),
            ("- [ ] a", "- [x] a"),
            ("- a", "- [X] a"),
            ("a", "a 🎉"),
            ("✅ a", "❌ a"),
            ("1. a", "1\u{fe0f}\u{20e3} a"),
        ],
    ),
    (
        Kind::MarkdownEmphasisOrEscaping,
        &[
            ("a b", "a **b**"),
            ("user_id", "user\\_id"),
            ("user_id is set", "`user_id` is set"),
            ("a < b", "a &lt; b"),
            ("1. a", "**1.** a"),
            ("_a_", "*a*"),
        ],
    ),
    (
        Kind::DoubleEncodedUtf8,
        &[("6–17", "6â€“17"), ("✅ a", "âœ… a"), ("cafÃ©", "café"), ("a → b", "a â†’ b"), ("a", "ï»¿a")],
    ),
    (Kind::LetterCase, &[("Guests pay", "guests pay"), ("É", "é"), ("- Straße", "1. STRASSE"), ("a **b**", "A b")]),
    (
        Kind::ItemsReordered,
        &[
            ("- a\n- b", "- b\n- a"),
            ("1. a\n2. b\n3. c", "1. c\n2. b\n3. a"),
            ("| a |\n| b |", "|b|\n|a|"),
            ("a\nb\na", "a\na\nb"),
        ],
    ),
    (
        Kind::ItemsMissing,
        &[
            ("1. a\n2. b\n3. c", "1. a\n2. c"),
            ("- a\n- a", "- a"),
            ("- a\n- b", ""),
            ("- a\n  more\n- b", "- a more"),
            ("a\r\nb\r\nc", "c\na"),
        ],
    ),
    (Kind::ItemsAdded, &[("- a", "- a\n- b"), ("", "a"), ("1. a\n2. b", "1. x\n2. a\n3. b"), ("- [ ] a", "* a\n* a")]),
    (
        Kind::Wording,
        &[
            ("takes less than 2 days", "takes under 2 days"),
            ("- a\n- b\n- c", "- a\n- d"),
            ("- a\n- b", "- A\n- c"),
            ("m²", "m2"),
            ("user_id", "userid"),
            ("2*3", "23"),
            ("שלום", "שלוש"),
        ],
    ),
];

#[test]
fn every_kind_is_recognised() {
    assert_eq!(CASES.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), Kind::ALL);
    for (expected, pairs) in CASES {
        assert!(pairs.len() >= 3);
        for (source, integrated) in *pairs {
            assert_eq!(kind(source, integrated), Some(*expected), "{source:?} and {integrated:?}");
        }
    }
}

#[test]
fn identical_blocks_and_blank_edges_are_no_difference() {
    for (source, integrated) in
        [("", ""), ("", "\n \t\n"), ("\n\n- a\n- b\n", "- a\n- b"), ("a\r\n\r\n", "a"), ("â€“ Ã©", "â€“ Ã©")]
    {
        assert_eq!(compare(source, integrated), None, "{source:?} and {integrated:?}");
    }
}

#[test]
fn lines_and_items_are_ranges_into_the_blocks_as_given() {
    let source = "\n\n1. Rooms\n2. Prices\n3. Guests\n";
    let integrated = "\n1. Rooms\n2. Guests\n\n";
    let difference = compare(source, integrated).expect("an item is missing");
    assert_eq!(difference.source_line.of(source), "2. Prices");
    assert_eq!(difference.integrated_line.of(integrated), "2. Guests");
    let Detail::Items { first, total } = difference.detail else { panic!("items are named") };
    assert_eq!((total, first[0].text.as_str(), first[0].span.of(source)), (1, "Prices", "2. Prices"));
}

#[test]
fn a_side_that_ends_first_points_to_its_last_line() {
    let (source, integrated) = ("- a\n- b\n- c", "\n- a\n- b\n");
    let difference = compare(source, integrated).expect("an item is missing");
    assert_eq!(difference.source_line.of(source), "- c");
    assert_eq!(difference.integrated_line.of(integrated), "- b");
    let difference = compare("a", " \n").expect("everything is missing");
    assert_eq!(difference.integrated_line, Span::empty(0));
}

#[test]
fn the_carrier_is_named() {
    let side = |source, integrated| compare(source, integrated).map(|difference| difference.detail);
    assert_eq!(side("6–17", "6â€“17"), Some(Detail::Carrier(Side::Integrated)));
    assert_eq!(side("6â€“17", "6–17"), Some(Detail::Carrier(Side::Source)));
    assert_eq!(side("Ã©–", "éâ€“"), Some(Detail::Carrier(Side::Both)));
    assert_eq!(side("✅ a", "a"), Some(Detail::Carrier(Side::Source)));
    assert_eq!(side("a b", "a  b"), Some(Detail::None));
}

#[test]
fn only_a_damaged_source_is_damage_of_the_source() {
    let is_damage = |source, integrated| compare(source, integrated).is_some_and(|found| found.is_damage_of_source());
    assert!(is_damage("6â€“17", "6–17"));
    assert!(!is_damage("6–17", "6â€“17"));
    assert!(!is_damage("✅ a", "a"), "the source has something else");
}

#[test]
fn large_blocks_take_no_superlinear_time() {
    for part in [
        "a", " ", "\n", "- ", "word ", "- [x] ", "1. ", "(a) ", "*", "*a_", "&amp;", "\\", "\u{301}", "✅", "Ã", "Ãƒ",
        "â€", "é…»", "| a ", "\r", "\u{feff}", "\u{200d}", "1\u{20e3}", "(aaaa", "- a\n", "1.", "~a",
    ] {
        let block = part.repeat((1 << 14) / part.len());
        let other = format!("x{block}y");
        assert!(compare(&block, &other).is_some(), "{part:?}");
        assert_eq!(compare(&block, &block), None);
    }
}

#[test]
fn a_mebibyte_is_compared() {
    let numbered = |step: usize| (0..90_000).map(|n| format!("- item {}", n * step)).collect::<Vec<_>>().join("\n");
    assert!(numbered(1).len() > 1 << 20);
    assert_eq!(kind(&numbered(1), &numbered(3)), Some(Kind::Wording));
    let line = "word ".repeat(1 << 18);
    assert_eq!(kind(&line, &format!("{line}\u{a0}end")), Some(Kind::Wording));
}

/// Blocks that differ in the ways that the kinds name.
fn block() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a", "b", "Word", "word", "2", "not", "é", "e\u{301}", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\u{feff}",
        "\u{a0}", "\u{200b}", "- ", "* ", "1. ", "2) ", "[ ] ", "[x] ", "✅ ", "–", "-", "’", "'", "**", "\\", "&amp;",
        "âœ…", "Ã©", "| ", "שלום",
    ]);
    prop::collection::vec(parts, 0..14).prop_map(|parts| parts.concat())
}

fn check(source: &str, integrated: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(compare(source, source), None);
    let there = compare(source, integrated);
    let back = compare(integrated, source);
    let (Some(there), Some(back)) = (&there, &back) else {
        prop_assert_eq!(there, back);
        return Ok(());
    };
    let mirrored = match there.kind {
        Kind::ItemsMissing => Kind::ItemsAdded,
        Kind::ItemsAdded => Kind::ItemsMissing,
        kind => kind,
    };
    prop_assert_eq!(back.kind, mirrored);
    prop_assert_eq!((back.source_line, back.integrated_line), (there.integrated_line, there.source_line));
    prop_assert!(source.get(there.source_line.start..there.source_line.end).is_some());
    prop_assert!(integrated.get(there.integrated_line.start..there.integrated_line.end).is_some());
    if let Detail::Items { first, total } = &there.detail {
        let side = if there.kind == Kind::ItemsMissing { source } else { integrated };
        prop_assert!(!first.is_empty() && first.len() <= *total);
        for item in first {
            prop_assert!(side.get(item.span.start..item.span.end).is_some_and(|text| !text.is_empty()));
        }
    }
    prop_assert!(there.to_string().starts_with(there.kind.name()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn comparing_is_sound_on_likely_blocks(source in block(), integrated in block()) {
        check(&source, &integrated)?;
    }

    #[test]
    fn comparing_is_sound_on_any_text(source in any::<String>(), integrated in any::<String>()) {
        check(&source, &integrated)?;
    }

    #[test]
    fn trimming_takes_only_blanks_and_all_of_them(text in block()) {
        let span = without_blank_edges(&text);
        let set_aside = [text.get(..span.start).unwrap(), text.get(span.end..).unwrap()].concat();
        prop_assert!(set_aside.chars().all(|c| " \t\r\n".contains(c)));
        let kept = span.of(&text);
        prop_assert_eq!(without_blank_edges(kept).of(kept), kept.strip_suffix('\r').unwrap_or(kept));
    }
}
