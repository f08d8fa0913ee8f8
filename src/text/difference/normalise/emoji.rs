//! Emoji, check marks and ticked boxes.

use super::map_lines;
use super::markers::{body_start, strip_box};

/// `text` without emoji, dingbats, keycaps and ticked boxes. An empty box is a list marker, not a mark.
pub(super) fn without_marks(text: &str) -> String {
    map_lines(&without_emoji(text), untick)
}

fn without_emoji(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        // A keycap is a digit, `#` or `*`, maybe a variation selector, and U+20E3.
        if c.is_ascii_digit() || matches!(c, '#' | '*') {
            let mut ahead = characters.clone();
            ahead.next_if_eq(&'\u{fe0f}');
            if ahead.next_if_eq(&'\u{20e3}').is_some() {
                characters = ahead;
                continue;
            }
        }
        if is_emoji(c) {
            // The selector and the joiner behind an emoji are part of it.
            while characters.next_if(|&next| matches!(next, '\u{fe0f}' | '\u{200d}')).is_some() {}
        } else {
            kept.push(c);
        }
    }
    kept
}

/// Whole blocks instead of a table: miscellaneous symbols and dingbats without the circled digits,
/// the emoji planes, and the emoji among technical symbols, shapes and CJK signs. Arrows, `™`, `©` and `®` are text.
/// Source: <https://www.unicode.org/Public/emoji/16.0/emoji-sequences.txt>.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{203c}' | '\u{2049}' | '\u{20e3}' | '\u{2139}' | '\u{231a}' | '\u{231b}' | '\u{2328}' | '\u{23cf}'
        | '\u{23e9}'..='\u{23fa}' | '\u{24c2}' | '\u{25b6}' | '\u{25c0}' | '\u{25fb}'..='\u{25fe}'
        | '\u{2600}'..='\u{2775}' | '\u{2794}'..='\u{27bf}' | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}' | '\u{2b1c}'
        | '\u{2b50}' | '\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

fn untick(line: &str, out: &mut String) {
    let mut rest = line;
    loop {
        let (head, body) = rest.split_at_checked(body_start(rest)).unwrap_or((rest, ""));
        out.push_str(head);
        rest = match strip_box(body, &["[x]", "[X]"]) {
            Some(behind) => behind,
            None => return out.push_str(body),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_vanish() {
        assert_eq!(without_marks("✅ a ✔\u{fe0f}b 👩\u{200d}👧 c 🇫🇷"), " a b  c ");
        assert_eq!(without_marks("1\u{fe0f}\u{20e3} a"), " a");
        assert_eq!(without_marks("- [x] a\n2. [X] b\n[x] c"), "-  a\n2.  b\n c");
    }

    #[test]
    fn text_stays() {
        for text in ["a → b", "x™ ©", "[x](link)", "- [ ] a", "- [x]y", "❶ a", "5 * 3 #"] {
            assert_eq!(without_marks(text), text);
        }
    }
}
