//! Names of a letter and a digit (`S3`) that number something: the third sprint, scenario or berth, not a service.

use crate::text::Span;

/// Bytes of the line to either side, and of the neighbouring lines, that are read.
const NEAR: usize = 160;

const ORDINALS: [[&str; 2]; 9] = [
    ["first", "1st"],
    ["second", "2nd"],
    ["third", "3rd"],
    ["fourth", "4th"],
    ["fifth", "5th"],
    ["sixth", "6th"],
    ["seventh", "7th"],
    ["eighth", "8th"],
    ["ninth", "9th"],
];

/// Whether the name at `span` numbers something. Three signs: it is part of a longer number (`FR-S3`, `S3.2`), it is one of
/// a row (`S1, S2 and S3`; lines that start with S2 and S3), or its ordinal stands right behind (`S3 – third sprint`).
pub(super) fn is_ordinal(text: &str, span: Span) -> bool {
    let mut name = span.of(text).chars();
    let (Some(letter), Some(digit), None) = (name.next(), name.next().and_then(|c| c.to_digit(10)), name.next()) else {
        return false;
    };
    let before = text.get(..span.start).unwrap_or("");
    let before = before.get(before.floor_char_boundary(span.start.saturating_sub(NEAR))..).unwrap_or("");
    let behind = text.get(span.end..).unwrap_or("");
    let behind = behind.get(..behind.floor_char_boundary(NEAR)).unwrap_or("");
    let line_before = before.rsplit('\n').next().unwrap_or("");
    let line_behind = behind.split('\n').next().unwrap_or("");
    is_part_of_number(line_before, line_behind)
        || has_sibling(line_before, letter, digit)
        || has_sibling(line_behind, letter, digit)
        || is_in_column(before, behind, letter, digit)
        || has_ordinal(line_behind, digit)
}

/// `FR-S3`, `S3.2`, `S3-01`, `/berths/S3`.
fn is_part_of_number(before: &str, behind: &str) -> bool {
    let follows_digit =
        behind.strip_prefix(['.', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let prefix = before.strip_suffix('-').map(|rest| {
        let start = rest.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
        (rest.get(..start).unwrap_or(""), rest.len() - start)
    });
    let is_identifier =
        prefix.is_some_and(|(rest, length)| (1..=2).contains(&length) && !rest.ends_with(char::is_alphanumeric));
    let path = before.rsplit([' ', '`', '(', '"']).next().unwrap_or("");
    let is_path = path.starts_with('/') && path.ends_with('/') && path.len() > 1;
    follows_digit || is_identifier || is_path
}

/// Whether `text` has the same letter with another digit as a word.
fn has_sibling(text: &str, letter: char, digit: u32) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| is_sibling(word, letter, digit))
}

fn is_sibling(word: &str, letter: char, digit: u32) -> bool {
    word.strip_prefix(letter)
        .filter(|rest| (1..=2).contains(&rest.len()))
        .and_then(|rest| rest.parse().ok())
        .is_some_and(|other: u32| other != digit)
}

/// Whether the name opens its line, and the line before or behind opens with a sibling.
fn is_in_column(before: &str, behind: &str, letter: char, digit: u32) -> bool {
    let mut above = before.rsplit('\n');
    let opens = above.next().is_some_and(|line| !line.contains(char::is_alphabetic));
    let first_word = |line: &str| {
        let word = line.trim_start_matches(|c: char| !c.is_alphabetic()).split(|c: char| !c.is_alphanumeric()).next();
        word.is_some_and(|word| is_sibling(word, letter, digit))
    };
    opens
        && (above.find(|line| !line.trim().is_empty()).is_some_and(first_word)
            || behind.split('\n').skip(1).find(|line| !line.trim().is_empty()).is_some_and(first_word))
}

/// ` – third sprint`, `: the third step`, ` (3rd round)`, ` is the third scenario`.
fn has_ordinal(behind: &str, digit: u32) -> bool {
    let Some(ordinals) = (digit as usize).checked_sub(1).and_then(|index| ORDINALS.get(index)) else { return false };
    let is_apposed = behind.trim_start().starts_with(['-', '–', '—', ':', '(', ',']) || behind.starts_with(" is ");
    let mut words = behind.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    is_apposed && words.by_ref().take(3).any(|word| ordinals.iter().any(|ordinal| word.eq_ignore_ascii_case(ordinal)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> bool {
        let at = text.find("S3").unwrap();
        is_ordinal(text, Span::new(at, at + 2))
    }

    #[test]
    fn a_row_an_ordinal_or_a_longer_number() {
        for text in [
            "S1, S2 and S3 leave early",
            "steps S3–S5",
            "- S2: weigh\n- S3: label\n",
            "| S3 | tide |\n| S4 | wind |",
            "S3 – third sprint",
            "S3 is the third scenario",
            "FR-S3 covers it",
            "S3.2 covers it",
            "under /berths/S3",
        ] {
            assert!(numbers(text), "{text}");
        }
        for text in [
            "files in S3",
            "- S3: private bucket",
            "AWS-S3 bucket",
            "Redis/S3",
            "the S3, X5 and EC2 services",
            "S3 keeps a third copy",
            "- S2 cells index the map and\n  are cached in S3",
        ] {
            assert!(!numbers(text), "{text}");
        }
    }
}
