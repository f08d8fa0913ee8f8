//! The Windows-1252 code page, as decoders for damaged text need it.

/// The byte from 0x80 to 0xFF that Windows-1252 shows as `character`.
///
/// Also the five bytes that the code page leaves undefined and, since many decoders fall back to
/// Latin-1, all C1 controls: U+0080 to U+009F stand for themselves.
/// Source: <https://encoding.spec.whatwg.org/index-windows-1252.txt>.
pub(super) fn byte(character: char) -> Option<u8> {
    Some(match character {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(character)).ok()?,
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8a,
        '‹' => 0x8b,
        'Œ' => 0x8c,
        'Ž' => 0x8e,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9a,
        '›' => 0x9b,
        'œ' => 0x9c,
        'ž' => 0x9e,
        'Ÿ' => 0x9f,
        _ => return None,
    })
}

/// `text` as it looks after its UTF-8 was read as Windows-1252: the damage that the tests undo.
#[cfg(test)]
pub(in crate::text::difference) fn damage(text: &str) -> String {
    let show = |shown: u8| (char::MIN..='\u{2122}').find(|&c| c > '\u{9f}' && byte(c) == Some(shown));
    text.bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte) } else { show(byte).unwrap_or(char::from(byte)) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_damage_is_the_usual_one() {
        assert_eq!(damage("✅ é – ’"), "âœ… Ã© â€“ â€™");
        assert_eq!(damage("”"), "â€\u{9d}", "an undefined byte stays as a control");
    }

    #[test]
    fn every_high_byte_is_shown_by_one_printable_character_or_control() {
        for byte_value in 0x80..=0xffu8 {
            let shown = damage(&String::from_utf8_lossy(&[0xc3, byte_value]));
            assert!(!shown.is_empty());
        }
        assert_eq!(byte('a'), None);
        assert_eq!(byte('✅'), None);
    }
}
