//! Characters that look the same, or look like nothing.

use unicode_normalization::UnicodeNormalization;

/// NFC. Compatibility forms stay as they are: `m²` is not `m2`.
pub(super) fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

/// Spaces other than U+0020 become one, characters without width vanish.
pub(super) fn without_invisible(text: &str) -> String {
    text.chars().filter(|&c| !is_zero_width(c)).map(|c| if is_odd_space(c) { ' ' } else { c }).collect()
}

/// No-break, typographic and ideographic spaces, vertical controls and separators, the blank Braille cell.
fn is_odd_space(c: char) -> bool {
    matches!(
        c,
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{2800}' | '\u{3000}'
    )
}

/// Controls other than tab and line endings, soft hyphens, joiners, bidi controls, fillers, variation
/// selectors and tags: the default ignorable code points of Unicode 16 that are assigned, and C0 and C1.
fn is_zero_width(c: char) -> bool {
    let is_control = c.is_control() && !matches!(c, '\t' | '\n' | '\r') && !is_odd_space(c);
    is_control
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Quotes, primes, dashes and the ellipsis as a typewriter has them; several hyphens count as one dash.
pub(super) fn with_typewriter_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' | '′' | '´' | '‹' | '›' | 'ʼ' => plain.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => plain.push('"'),
            '…' => plain.push_str("..."),
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' if plain.ends_with('-') => {}
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => plain.push('-'),
            _ => plain.push(c),
        }
    }
    plain
}

/// Lower case by way of upper case, so that `ß` and `SS`, or the two forms of sigma, fall together.
pub(super) fn without_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.chars().flat_map(char::to_lowercase);
    lower.flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_odd_spaces_become_plain() {
        assert_eq!(without_invisible("a\u{200b}b\u{a0}c\u{ad}\u{202e}\u{feff}\u{7}d"), "ab cd");
        assert_eq!(without_invisible("a\tb\r\nc"), "a\tb\r\nc");
    }

    #[test]
    fn typographic_marks_become_plain() {
        assert_eq!(with_typewriter_marks("‘a’ “b” 6–17 — − … «c» --"), "'a' \"b\" 6-17 - - ... \"c\" -");
    }

    #[test]
    fn folding_case_is_idempotent_for_every_cased_character() {
        for c in '\0'..='\u{1ffff}' {
            let once = without_case(&c.to_string());
            assert_eq!(without_case(&once), once, "{c:?}");
        }
        assert_eq!(without_case("STRASSE ΣΊΣΥΦΟΣ"), without_case("straße σίσυφος"));
    }
}
