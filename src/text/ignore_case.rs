/// Whether `text` has `word` anywhere, in whatever case of ASCII.
pub fn contains_ignore_ascii_case(text: &str, word: &str) -> bool {
    let Some(&first) = word.as_bytes().first() else { return true };
    let starts = memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text.as_bytes());
    let is_there = |at| text.get(at..at + word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
    starts.into_iter().any(is_there)
}

/// What stands behind `prefix` in `text`, in whatever case of ASCII; `None` where `text` starts otherwise.
pub fn strip_prefix_ignore_ascii_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// What stands in front of `suffix` in `text`, in whatever case of ASCII; `None` where `text` ends otherwise.
pub fn strip_suffix_ignore_ascii_case<'t>(text: &'t str, suffix: &str) -> Option<&'t str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    end.eq_ignore_ascii_case(suffix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_stripped_in_any_case() {
        assert_eq!(strip_prefix_ignore_ascii_case("Section 1", "SECTION "), Some("1"));
        assert_eq!(strip_suffix_ignore_ascii_case("a - Integrated", "INTEGRATED"), Some("a - "));
        for other in ["", "é", "ab"] {
            assert_eq!(strip_prefix_ignore_ascii_case(other, "a"), other.strip_prefix('a'), "{other}");
            assert_eq!(strip_suffix_ignore_ascii_case(other, "a"), None, "{other}");
        }
    }

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
