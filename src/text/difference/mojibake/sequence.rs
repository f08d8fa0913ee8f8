//! Finding and decoding damaged characters.

use super::evidence::{Context, is_certain};
use super::windows_1252::byte;
use crate::text::Span;

/// Damage that lost a character on the way and is recognised as a whole: no-break space turned into a
/// space, or a control dropped.
const WARNING_SIGN: &str = "âš ï¸";
/// The lead of general punctuation; alone it is `”`, whose last byte Windows-1252 does not define.
const PUNCTUATION_LEAD: &str = "â€";
/// The lead of the variation selectors; alone it is the emoji one, whose last byte is not defined either.
const SELECTOR_LEAD: &str = "ï¸";

/// One sequence that could be a damaged character.
struct Candidate {
    span: Span,
    decoded: char,
    certain: bool,
}

/// The maximal stretches of `text` in which damaged characters can stand, as byte ranges.
pub(super) fn regions(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            // ASCII is never part of the code page's upper half, and most of the text.
            let foreign = at + rest.bytes().position(|byte| !byte.is_ascii())?;
            let start = foreign + text.get(foreign..)?.find(|c: char| c.is_ascii() || byte(c).is_some())?;
            if text.as_bytes().get(start).is_some_and(u8::is_ascii) {
                at = start;
                continue;
            }
            at = start + stretch_len(text.get(start..)?);
            let region = extended(text, Span::new(start, at));
            at = region.end;
            // The shortest damaged character takes two characters of two bytes each.
            if region.len() >= 4 {
                return Some(region);
            }
        }
        None
    })
}

/// Length in bytes of the run of code page characters that `rest` starts with.
fn stretch_len(rest: &str) -> usize {
    rest.find(|c| byte(c).is_none()).unwrap_or(rest.len())
}

/// Lets the region take in the one ASCII character that can stand within damage: the `"` that a dash's last
/// byte became when quotes were straightened, or the space that a no-break space became.
fn extended(text: &str, region: Span) -> Span {
    let rest = text.get(region.end..).unwrap_or("");
    if region.of(text).ends_with(PUNCTUATION_LEAD) && rest.starts_with('"') {
        let before = text.get(..region.end - PUNCTUATION_LEAD.len()).unwrap_or("").chars().next_back();
        let after = rest.chars().nth(1);
        let spaced = is_space(before) && is_space(after);
        let joined = is_word(before) && is_word(after);
        if spaced || joined {
            return Span::new(region.start, region.end + 1);
        }
    }
    if region.of(text).ends_with("âš") && rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(SELECTOR_LEAD)) {
        let behind = rest.get(1..).map_or(0, stretch_len);
        return Span::new(region.start, region.end + 1 + behind);
    }
    region
}

fn is_space(character: Option<char>) -> bool {
    character.is_none_or(char::is_whitespace)
}

fn is_word(character: Option<char>) -> bool {
    character.is_some_and(char::is_alphanumeric)
}

/// `region` with its damaged characters decoded once, or `None` when there are none.
///
/// Touching candidates share their fate: one that is certain makes all of them certain, and so do three in a row.
pub(super) fn repair_once(region: &str, before: Option<char>, after: Option<char>) -> Option<String> {
    let candidates = candidates(region, before, after);
    let mut repaired = String::with_capacity(region.len());
    let mut copied = 0;
    for chain in candidates.chunk_by(|a, b| a.span.end == b.span.start) {
        if chain.len() < 3 && !chain.iter().any(|candidate| candidate.certain) {
            continue;
        }
        for candidate in chain {
            repaired.push_str(Span::new(copied, candidate.span.start).of(region));
            repaired.push(candidate.decoded);
            copied = candidate.span.end;
        }
    }
    if copied == 0 {
        return None;
    }
    repaired.push_str(Span::new(copied, region.len()).of(region));
    Some(repaired)
}

fn candidates(region: &str, before: Option<char>, after: Option<char>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut previous = before;
    let mut at = 0;
    while let Some(first) = region.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = region.get(at..).unwrap_or("");
        let (len, last) = match read(rest, previous, after) {
            Some((len, decoded, certain)) => {
                found.push(Candidate { span: Span::new(at, at + len), decoded, certain });
                (len, rest.get(..len).and_then(|read| read.chars().next_back()))
            }
            None => (first.len_utf8(), Some(first)),
        };
        previous = last;
        at += len;
    }
    found
}

/// The candidate that `rest` starts with: its length in bytes, what it decodes to, and whether it is certain.
fn read(rest: &str, previous: Option<char>, after: Option<char>) -> Option<(usize, char, bool)> {
    if rest.starts_with(WARNING_SIGN) {
        return Some((WARNING_SIGN.len() - SELECTOR_LEAD.len(), '⚠', true));
    }
    if let Some((len, decoded, tail)) = decode(rest) {
        let next = rest.get(len..).and_then(|rest| rest.chars().next()).or(after);
        let context = Context { previous, next };
        return Some((len, decoded, is_certain(rest.chars().next()?, &tail, context)));
    }
    if let Some(behind) = rest.strip_prefix(PUNCTUATION_LEAD) {
        let dash = behind.starts_with('"');
        let len = PUNCTUATION_LEAD.len() + usize::from(dash);
        return Some((len, if dash { '—' } else { '”' }, true));
    }
    rest.starts_with(SELECTOR_LEAD).then_some((SELECTOR_LEAD.len(), '\u{fe0f}', true))
}

/// Reads `rest` as damaged UTF-8: length in bytes, the character, and the characters behind the lead.
fn decode(rest: &str) -> Option<(usize, char, Vec<char>)> {
    let mut characters = rest.chars();
    let lead = characters.next()?;
    let tail_len = match byte(lead)? {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return None,
    };
    let tail: Vec<char> = characters.take(tail_len).collect();
    let bytes: Vec<u8> = std::iter::once(lead).chain(tail.iter().copied()).map_while(byte).collect();
    let decoded = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    // A control comes out of real damage only where a control went in.
    let is_control = ('\u{80}'..='\u{9f}').contains(&decoded);
    if bytes.len() != tail_len + 1 || (is_control && !tail.contains(&decoded)) {
        return None;
    }
    let len = lead.len_utf8() + tail.iter().map(|c| c.len_utf8()).sum::<usize>();
    Some((len, decoded, tail))
}
