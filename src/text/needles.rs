use super::Span;

/// Bits that a byte gives to a key: all that letters have besides their case.
const BITS: usize = 5;
const LOW_BITS: u8 = (1 << BITS) - 1;
/// Bytes that make a key.
const LENGTH: usize = 3;
/// Number of keys.
const KEYS: usize = 1 << (BITS * LENGTH);

/// How rare bytes with the same low bits are in English text: blanks, the letters from `e` (0) to `z` (25), and the rest.
const RARITY: [u8; 1 << BITS] = [
    0, 2, 19, 12, 9, 0, 14, 20, 8, 4, 23, 21, 10, 13, 5, 3, 17, 22, 7, 6, 1, 11, 18, 15, 24, 16, 25, 26, 26, 26, 26, 26,
];

/// Literals that are looked for in one pass, whatever the case of their ASCII letters.
///
/// Most runs are short, and preparing an automaton for a hundred names takes longer than reading a spec with it. Here a
/// bit for each three bytes tells that no needle has them where it is rarest, which holds for nearly all places.
#[derive(Clone, Debug)]
pub struct Needles {
    texts: Vec<String>,
    /// A bit for each key that stands for some needle.
    known: Box<[u64; KEYS / 64]>,
    /// Each key with the needle that it may stand for and the key's offset in that, sorted.
    by_key: Vec<(usize, usize, usize)>,
}

impl Needles {
    /// Prepares `needles`; an empty one is found nowhere.
    pub fn new<N: Into<String>>(needles: impl IntoIterator<Item = N>) -> Self {
        let texts: Vec<String> = needles.into_iter().map(Into::into).collect();
        let mut known = Box::new([0; KEYS / 64]);
        let mut by_key = Vec::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            let Some((offset, rarest)) = rarest(text.as_bytes()) else { continue };
            for key in keys(rarest) {
                if let Some(word) = known.get_mut(key / 64) {
                    *word |= 1 << (key % 64);
                }
                by_key.push((key, index, offset));
            }
        }
        by_key.sort_unstable();
        Self { texts, known, by_key }
    }

    /// Where needles stand in `text`, in no particular order: the index of each and its place in bytes. They may overlap.
    pub fn find_iter(&self, text: &str) -> impl Iterator<Item = (usize, Span)> {
        let mut key = 0;
        let mut places = Vec::new();
        let mut read = |last: usize, byte: u8| {
            key = pushed(key, byte);
            if self.known.get(key / 64).is_some_and(|word| word >> (key % 64) & 1 == 1) {
                places.extend((last + 1).checked_sub(LENGTH).map(|place| (place, key)));
            }
        };
        for (last, &byte) in text.as_bytes().iter().enumerate() {
            read(last, byte);
        }
        // Behind the text stand zeros, so that each of its bytes is the first of some key.
        (text.len()..text.len() + LENGTH - 1).for_each(|last| read(last, 0));
        places.into_iter().flat_map(move |(place, key)| {
            let from = self.by_key.partition_point(|&(other, ..)| other < key);
            let candidates = self.by_key.iter().skip(from).take_while(move |&&(other, ..)| other == key);
            candidates.filter_map(move |&(_, index, offset)| {
                let needle = self.texts.get(index)?;
                let start = place.checked_sub(offset)?;
                let span = Span::new(start, start + needle.len());
                let found = text.as_bytes().get(span.start..span.end)?;
                found.eq_ignore_ascii_case(needle.as_bytes()).then_some((index, span))
            })
        })
    }
}

/// The part of `needle` that makes its key, with its offset: the bytes that text is least likely to have.
fn rarest(needle: &[u8]) -> Option<(usize, &[u8])> {
    let rarity = |byte: &u8| RARITY.get(usize::from(byte & LOW_BITS)).copied().unwrap_or(0);
    let parts = needle.windows(LENGTH.min(needle.len()).max(1)).enumerate();
    parts.max_by_key(|(_, part)| part.iter().map(rarity).sum::<u8>())
}

/// The key behind `key`, one byte further in a text.
fn pushed(key: usize, byte: u8) -> usize {
    (key << BITS | usize::from(byte & LOW_BITS)) & (KEYS - 1)
}

/// The keys of all texts that start with `part`.
fn keys(part: &[u8]) -> std::ops::Range<usize> {
    let head = part.iter().fold(0, |key, &byte| pushed(key, byte));
    let open = 1 << (BITS * LENGTH.saturating_sub(part.len()));
    head * open..(head + 1) * open
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(needles: &[&str], text: &str) -> Vec<(usize, usize)> {
        let needles = Needles::new(needles.iter().copied());
        let mut found: Vec<_> = needles.find_iter(text).map(|(index, span)| (index, span.start)).collect();
        found.sort_by_key(|&(index, start)| (start, index));
        found
    }

    #[test]
    fn needles_are_found_whatever_their_case() {
        assert_eq!(found(&["redis", "s3", "ed"], "Redis, S3, s"), [(0, 0), (2, 1), (1, 7)]);
        assert_eq!(found(&["a", "ab", "", "é"], "xaB é"), [(0, 1), (1, 1), (3, 4)]);
        assert_eq!(found(&["@prisma/client", "sm"], "x@PRISMA/client"), [(0, 1), (1, 5)]);
        assert_eq!(found(&["s3"], "ss s\u{13}"), []);
    }

    proptest! {
        #[test]
        fn all_of_them_and_nothing_else(needles in prop::collection::vec("[a-cA-C3é ]{1,4}", 0..6), text in "[a-cA-C3é ]{0,40}") {
            let mut naive = Vec::new();
            for start in 0..text.len() {
                for (index, needle) in needles.iter().enumerate() {
                    let part = text.as_bytes().get(start..start + needle.len());
                    if part.is_some_and(|part| part.eq_ignore_ascii_case(needle.as_bytes())) {
                        naive.push((index, Span::new(start, start + needle.len())));
                    }
                }
            }
            let mut found: Vec<_> = Needles::new(needles).find_iter(&text).collect();
            found.sort_by_key(|&(index, span)| (span.start, index));
            prop_assert_eq!(found, naive);
        }
    }
}
