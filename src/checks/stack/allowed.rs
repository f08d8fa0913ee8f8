//! The names that may take the place of a forbidden one.

use std::sync::OnceLock;

use super::clause::Token;
use crate::text::Needles;

/// Finds allowed names in text, whole words, whatever the case.
#[derive(Debug)]
pub(super) struct Allowed {
    names: Vec<String>,
    /// Prepared for the first text that is searched: most documents name nothing forbidden.
    needles: OnceLock<Needles>,
}

impl Allowed {
    /// Reads the replacement lists of all pages.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        Self { names: names.map(str::to_owned).collect(), needles: OnceLock::new() }
    }

    /// Whether `text` names one.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let needles = self.needles.get_or_init(|| Needles::new(self.names.iter().map(String::as_str)));
        needles.find_iter(text).any(|(_, found)| {
            let before = text.get(..found.start).and_then(|t| t.chars().next_back());
            let behind = text.get(found.end..).and_then(|t| t.chars().next());
            !before.is_some_and(is_word) && !behind.is_some_and(|c| is_word(c) && c != 's')
        })
    }

    /// Whether the part of `text` that `tokens` cover names one.
    pub(super) fn in_tokens(&self, text: &str, tokens: &[Token<'_>]) -> bool {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
        text.get(first.span.start..last.span.end).is_some_and(|part| self.is_in(part))
    }
}
