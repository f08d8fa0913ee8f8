use super::Span;

/// Bits that each of the first bytes of a needle gives to its key: all that letters have besides their case.
const BITS: u32 = 5;
/// Bytes that make a key.
const LENGTH: usize = 3;
/// Number of keys.
const KEYS: usize = 1 << (BITS as usize * LENGTH);

/// Literals that are looked for in one pass, whatever the case of their ASCII letters.
///
/// Most runs are short, and preparing an automaton for a hundred names takes longer than reading a spec with it. Here
/// a bit for each possible beginning tells that no needle starts at a place, which holds for nearly all places.
#[derive(Clone, Debug)]
pub struct Needles {
    texts: Vec<String>,
    /// A bit for each key with which a needle may start.
    starts: Box<[u64; KEYS / 64]>,
    /// Each key with the needle that may start with it, sorted.
    by_key: Vec<(usize, usize)>,
}

impl Needles {
    /// Prepares `needles`; an empty one is found nowhere.
    pub fn new<N: Into<String>>(needles: impl IntoIterator<Item = N>) -> Self {
        let needles: Vec<String> = needles.into_iter().map(Into::into).collect();
        let mut starts = Box::new([0; KEYS / 64]);
        let mut by_key = Vec::with_capacity(needles.len());
        for (index, needle) in needles.iter().enumerate().filter(|(_, needle)| !needle.is_empty()) {
            for key in keys(needle.as_bytes()) {
                if let Some(word) = starts.get_mut(key / 64) {
                    *word |= 1 << (key % 64);
                }
                by_key.push((key, index));
            }
        }
        by_key.sort_unstable();
        Self { texts: needles, starts, by_key }
    }

    /// Where needles stand in `text`: the index of each and its place in bytes, by start, then by index. They may overlap.
    pub fn find_iter(&self, text: &str) -> impl Iterator<Item = (usize, Span)> {
        let mut key = 0;
        let mut places = Vec::new();
        // Behind the text stand zeros, so that each of its bytes is the first of some key.
        for (last, &byte) in text.as_bytes().iter().chain(&[0; LENGTH - 1]).enumerate() {
            key = pushed(key, byte);
            if self.starts.get(key / 64).is_some_and(|word| word >> (key % 64) & 1 == 1) {
                places.extend((last + 1).checked_sub(LENGTH).map(|start| (start, key)));
            }
        }
        places.into_iter().flat_map(move |(start, key)| {
            let from = self.by_key.partition_point(|&(other, _)| other < key);
            let candidates = self.by_key.iter().skip(from).take_while(move |&&(other, _)| other == key);
            candidates.filter_map(move |&(_, index)| {
                let span = Span::new(start, start + self.texts.get(index)?.len());
                let found = text.as_bytes().get(span.start..span.end)?;
                found.eq_ignore_ascii_case(self.texts.get(index)?.as_bytes()).then_some((index, span))
            })
        })
    }
}

/// The key behind `key`, one byte further in a text.
fn pushed(key: usize, byte: u8) -> usize {
    let own = usize::from(byte) & ((1 << BITS) - 1);
    (key << BITS | own) & (KEYS - 1)
}

/// The keys of all texts that start with `needle`.
fn keys(needle: &[u8]) -> std::ops::Range<usize> {
    let head = needle.iter().take(LENGTH).fold(0, |key, &byte| pushed(key, byte));
    let open = 1 << (BITS as usize * LENGTH.saturating_sub(needle.len()));
    head * open..(head + 1) * open
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(needles: &[&str], text: &str) -> Vec<(usize, usize)> {
        Needles::new(needles.iter().copied()).find_iter(text).map(|(index, span)| (index, span.start)).collect()
    }

    #[test]
    fn needles_are_found_whatever_their_case() {
        assert_eq!(found(&["redis", "s3", "ed"], "Redis, S3, s"), [(0, 0), (2, 1), (1, 7)]);
        assert_eq!(found(&["a", "ab", "", "é"], "xaB é"), [(0, 1), (1, 1), (3, 4)]);
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
            prop_assert_eq!(Needles::new(needles).find_iter(&text).collect::<Vec<_>>(), naive);
        }
    }
}
