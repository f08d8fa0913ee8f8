//! The names that may take the place of a forbidden one.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::clause::Token;

/// Finds allowed names in text, whole words, whatever the case.
#[derive(Debug)]
pub(super) struct Allowed(Option<AhoCorasick>);

impl Allowed {
    /// Reads the replacement lists of all pages.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let mut builder = AhoCorasick::builder();
        builder.kind(Some(AhoCorasickKind::NoncontiguousNFA));
        Self(builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(names).ok())
    }

    /// Whether `text` names one.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        self.0.as_ref().is_some_and(|names| {
            names.find_iter(text).any(|found| {
                let before = text.get(..found.start()).and_then(|t| t.chars().next_back());
                let behind = text.get(found.end()..).and_then(|t| t.chars().next());
                !before.is_some_and(is_word) && !behind.is_some_and(|c| is_word(c) && c != 's')
            })
        })
    }

    /// Whether the part of `text` that `tokens` cover names one.
    pub(super) fn in_tokens(&self, text: &str, tokens: &[Token<'_>]) -> bool {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
        text.get(first.span.start..last.span.end).is_some_and(|part| self.is_in(part))
    }
}
