//! Mojibake: UTF-8 that was read as Windows-1252 and encoded again (`âœ…` for `✅`).
//!
//! A damaged character is a lead letter followed by the one to three characters that the code page shows
//! for continuation bytes. Some such sequences are ordinary text too (`«café…»`, `Spaß“`); how those are
//! told apart is [`evidence`]'s part.

mod evidence;
mod sequence;
mod windows_1252;

use crate::text::Span;

#[cfg(test)]
pub(super) use windows_1252::damage;

/// Text is looked at as damaged at most this many times over; what is damaged more often stays as it is.
const MAX_ROUNDS: usize = 4;

/// The damaged runs of `text` in order, each as a byte range with the text that should stand there.
///
/// A run is reported once, however often it was damaged (up to four times), and neighbouring damaged
/// characters are one run. Runs are disjoint and lie on character borders. Linear in the text's length.
pub fn mojibake(text: &str) -> Vec<(Span, String)> {
    if text.is_ascii() {
        return Vec::new();
    }
    sequence::regions(text)
        .filter_map(|region| {
            let repaired = repair_region(text, region)?;
            Some(trim_common(region, region.of(text), &repaired))
        })
        .collect()
}

/// `text` with every run that [`mojibake`] finds replaced by what it should be.
pub fn repair_mojibake(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len());
    let mut copied = 0;
    for (span, replacement) in mojibake(text) {
        repaired.push_str(Span::new(copied, span.start).of(text));
        repaired.push_str(&replacement);
        copied = span.end;
    }
    repaired.push_str(Span::new(copied, text.len()).of(text));
    repaired
}

/// The region's repaired text, or `None` when nothing is damaged or the damage does not come to an end.
fn repair_region(text: &str, region: Span) -> Option<String> {
    let before = Span::new(0, region.start).of(text).chars().next_back();
    let after = Span::new(region.end, text.len()).of(text).chars().next();
    let mut repaired = sequence::repair_once(region.of(text), before, after)?;
    for _ in 1..MAX_ROUNDS {
        match sequence::repair_once(&repaired, before, after) {
            Some(next) => repaired = next,
            None => return Some(repaired),
        }
    }
    None
}

/// Narrows a replacement to what it changes: the characters that both texts share at their ends stay.
fn trim_common(region: Span, damaged: &str, repaired: &str) -> (Span, String) {
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = damaged.chars().zip(repaired.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (rest, new) = (damaged.get(head..).unwrap_or(""), repaired.get(head..).unwrap_or(""));
    let tail: usize = rest.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let replacement = new.get(..new.len() - tail).unwrap_or("").to_owned();
    (Span::new(region.start + head, region.end - tail), replacement)
}

#[cfg(test)]
mod tests;
