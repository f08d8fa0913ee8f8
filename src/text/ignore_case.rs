/// Whether `text` has `word` anywhere, in whatever case of ASCII.
pub fn contains_ignore_ascii_case(text: &str, word: &str) -> bool {
    let Some(&first) = word.as_bytes().first() else { return true };
    let starts = memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text.as_bytes());
    let is_there = |at| text.get(at..at + word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
    starts.into_iter().any(is_there)
}

#[cfg(test)]
mod tests {
    use super::contains_ignore_ascii_case;

    #[test]
    fn words_are_found_in_any_case() {
        for text in ["bucket", "Two Buckets", "é: BUCKET"] {
            assert!(contains_ignore_ascii_case(text, "bucket"), "{text}");
        }
        for text in ["", "b", "bucke", "böcket bucke"] {
            assert!(!contains_ignore_ascii_case(text, "bucket"), "{text}");
        }
    }
}
