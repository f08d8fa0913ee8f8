//! What stands in front of an item: bullets, numbers, letters, empty boxes.

use super::map_lines;

/// A number in front of an item has at most this many digits in each part (`CommonMark` allows nine).
const MAX_DIGITS: usize = 9;

pub(super) fn without_markers(text: &str) -> String {
    map_lines(text, |line, out| {
        let (indentation, body) = line.split_at_checked(indentation_len(line)).unwrap_or(("", line));
        let behind = body.get(body_start(body)..).unwrap_or("");
        out.push_str(indentation);
        out.push_str(behind);
    })
}

/// Offset in `line` behind its indentation and all markers with the blanks that follow them.
///
/// A marker is a bullet, a number or a letter (`1.`, `1)`, `(1)`, `1.2.`, `a)`, `(iv)`), or an empty box
/// (`[ ]`), with a blank or the line's end behind it.
pub(in crate::text::difference) fn body_start(line: &str) -> usize {
    let mut at = indentation_len(line);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(behind) = strip_marker(rest) else { break };
        at = line.len() - behind.len() + indentation_len(behind);
    }
    at
}

/// `rest` behind one of `boxes`, when a blank or the line's end follows it.
pub(super) fn strip_box<'a>(rest: &'a str, boxes: &[&str]) -> Option<&'a str> {
    boxes.iter().find_map(|shape| rest.strip_prefix(shape)).filter(|behind| ends_marker(behind))
}

fn indentation_len(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn strip_marker(rest: &str) -> Option<&str> {
    strip_box(rest, &["[ ]"]).or_else(|| {
        let behind = rest.strip_prefix(is_bullet).or_else(|| strip_number(rest))?;
        ends_marker(behind).then_some(behind)
    })
}

fn ends_marker(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with([' ', '\t'])
}

fn is_bullet(c: char) -> bool {
    matches!(c, '-' | '*' | '+' | '•' | '◦' | '▪' | '▫' | '‣' | '⁃' | '●' | '○' | '■' | '□' | '–' | '—' | '·')
}

fn strip_number(rest: &str) -> Option<&str> {
    let (opened, inner) = rest.strip_prefix('(').map_or((false, rest), |inner| (true, inner));
    let letters_end = inner.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inner.len());
    let (letters, behind) = inner.split_at_checked(letters_end)?;
    if is_letter_number(letters) {
        return behind.strip_prefix(')');
    }
    let digits_end = inner.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(inner.len());
    let (number, behind) = inner.split_at_checked(digits_end)?;
    let is_number = |number: &str| number.split('.').all(|part| (1..=MAX_DIGITS).contains(&part.len()));
    match number.strip_suffix('.') {
        Some(number) if !opened && is_number(number) => Some(behind),
        _ if is_number(number) => behind.strip_prefix(')'),
        _ => None,
    }
}

/// One letter, or a small Roman number.
fn is_letter_number(letters: &str) -> bool {
    letters.len() == 1 || (2..=5).contains(&letters.len()) && letters.bytes().all(|c| matches!(c, b'i' | b'v' | b'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(line: &str) -> &str {
        line.get(body_start(line)..).unwrap()
    }

    #[test]
    fn markers_are_passed() {
        for line in [
            "- a", "  * a", "+\ta", "• a", "1. a", "12) a", "(3) a", "1.2. a", "a) a", "(iv) a", "– a", "- [ ] a",
            "- - a",
        ] {
            assert_eq!(body(line), "a", "{line:?}");
        }
        assert_eq!(body("-"), "");
        assert_eq!(body("  a"), "a");
    }

    #[test]
    fn text_is_no_marker() {
        for line in [
            "-5 degrees", "1.5 seconds", "**a**", "2024", "3.a", "(a b)", "[x] a", "e.g. a", "(1. a", "---",
            "1234567890. a",
        ] {
            assert_eq!(body(line), line);
        }
    }

    #[test]
    fn indentation_stays() {
        assert_eq!(without_markers("- a\n  1. b\nc"), "a\n  b\nc");
    }
}
