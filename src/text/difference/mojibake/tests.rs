use proptest::prelude::*;

use super::*;

#[test]
fn common_damage_is_found_with_what_it_should_be() {
    for (damaged, meant) in [
        ("âœ… done", "✅ done"),
        ("6â€“17 characters", "6–17 characters"),
        ("donâ€™t", "don’t"),
        ("cafÃ© crÃ¨me", "café crème"),
        ("MÃ©xico, SÃ£o Paulo", "México, São Paulo"),
        ("Ã–sterreich", "Österreich"),
        ("ESPAÃ‘A", "ESPAÑA"),
        ("3 Ã— 4", "3 × 4"),
        ("20Â°C, NÂ° 5, Â© 2024", "20°C, N° 5, © 2024"),
        ("10Â\u{a0}kg", "10\u{a0}kg"),
        ("xâ‰¥5 â†’ y", "x≥5 → y"),
        ("ðŸ˜€", "😀"),
        ("ï»¿# Title", "\u{feff}# Title"),
        ("zaÅ¼Ã³Å‚Ä‡", "zażółć"),
        ("cÅ“ur", "cœur"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("æ—¥æœ¬èªž", "日本語"),
        ("5 â‚¬", "5 €"),
    ] {
        assert_eq!(repair_mojibake(damaged), meant, "{damaged:?}");
    }
}

#[test]
fn spans_are_those_of_the_damage() {
    let text = "a âœ… b Ã© c";
    let found = mojibake(text);
    let shown: Vec<_> = found.iter().map(|(span, meant)| (span.of(text), meant.as_str())).collect();
    assert_eq!(shown, [("âœ…", "✅"), ("Ã©", "é")]);
    let text = "éÃ©";
    assert_eq!(mojibake(text), [(Span::new(2, 6), "é".to_owned())], "a good neighbour stays out");
}

#[test]
fn ordinary_text_is_left_alone() {
    for text in [
        "Ã",
        "Â",
        "naïve",
        "SÃO PAULO, IRMÃ, «IRMû, MANHÃ…",
        "ÂNGULO, CÂMARA, «Â», la lettre Â\u{a0}:",
        "château, bâtir, râle, â",
        "«café…», «à…», « voilà\u{a0}», «\u{a0}réglé\u{a0}»",
        "renvoi à\u{a0}§3, de 1 à\u{a0}½",
        "„Spaß“, „das Ä“, „JÖ–",
        "KŘÍŽ, VÝŠKA, Úžas, Úšek, DÉŠŤ",
        "CAFÉ…, «CAFÉ», CAFɲ, CAFÉ™, CAFÉ®",
        "3×½, 2×€, Ø—som, Å’s",
        "það“… og",
        "€ 5 – “quoted” … ™",
        "“â”… is a letter",
        "日本語 Привет שלום",
        "",
    ] {
        assert_eq!(mojibake(text), [], "{text:?}");
    }
}

#[test]
fn text_damaged_twice_is_reported_once() {
    for meant in ["✅", "–", "é", "“x”", "😀"] {
        let twice = damage(&damage(meant));
        assert_eq!(repair_mojibake(&twice), meant, "{twice:?}");
    }
    let text = format!("a {} b", damage(&damage("✅")));
    assert_eq!(mojibake(&text).len(), 1);
    assert_eq!(repair_mojibake(&text), "a ✅ b");
}

#[test]
fn damage_that_lost_a_character_is_still_read() {
    assert_eq!(repair_mojibake("âš ï¸ Warning"), "⚠\u{fe0f} Warning");
    assert_eq!(repair_mojibake("âœ”ï¸ done"), "✔\u{fe0f} done");
    assert_eq!(repair_mojibake("â€œyesâ€."), "“yes”.");
    assert_eq!(repair_mojibake("one â€\" two"), "one — two");
    assert_eq!(repair_mojibake("\"â€œyesâ€\""), "\"“yes”\"", "a quote that closes something else");
}

#[test]
fn damage_without_end_is_left_alone_and_takes_linear_time() {
    let text = format!("Ã{}", "ƒ".repeat(50_000));
    assert_eq!(repair_mojibake(&text), text);
    assert_eq!(mojibake(&"âœ…".repeat(50_000)).len(), 1);
    assert_eq!(mojibake(&"Ã© ".repeat(50_000)).len(), 50_000);
}

proptest! {
    #[test]
    fn repair_is_idempotent_and_spans_lie_on_borders(text in "[ÃÂâéðïŸœš…“”»«’–—€¢ƒ©½¿¸\u{a0}\u{80}-\u{9f} \"aZ✅]{0,24}") {
        let found = mojibake(&text);
        for window in found.windows(2) {
            prop_assert!(window[0].0.end <= window[1].0.start);
        }
        for (span, _) in &found {
            prop_assert!(text.get(span.start..span.end).is_some());
        }
        let once = repair_mojibake(&text);
        prop_assert_eq!(repair_mojibake(&once), once.clone());
        prop_assert_eq!(found.is_empty(), once == text);
    }

    #[test]
    fn damaged_symbols_come_back(text in "([a-z ]{0,4}[✅→≥€😀日–]){1,5}[a-z]{0,4}", times in 1usize..3) {
        let damaged = (0..times).fold(text.clone(), |text, _| damage(&text));
        prop_assert_eq!(repair_mojibake(&damaged), text);
    }

    #[test]
    fn ascii_is_never_damaged(text in "[ -~\\n]{0,80}") {
        prop_assert!(mojibake(&text).is_empty());
    }
}
