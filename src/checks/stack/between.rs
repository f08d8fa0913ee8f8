//! What stands between a governor and the name that it may govern.

use super::clause::{Token, TokenKind};
use super::lexicon::{AND, AUXILIARIES, FINITE, MIGRATE, SUBORDINATORS, VERBS};

/// Whether `tokens` have a verb. Behind an article a word such as `cache` or `queue` is a noun.
fn has_verb(tokens: &[Token<'_>]) -> bool {
    let is_article = |token: &Token<'_>| {
        token.is_any(&["a", "an", "the", "any", "another", "other", "each", "every", "second", "further", "its", "own"])
    };
    tokens.iter().enumerate().any(|(at, token)| {
        let near = tokens.get(at.saturating_sub(2)..at).unwrap_or_default();
        let moved = token.is_any(MIGRATE) && token.word().is_some_and(|word| word.ends_with("ed"));
        moved || token.is_any(VERBS) && (token.is_any(FINITE) || !near.iter().any(is_article))
    })
}

/// The tokens between a governor and the name.
#[derive(Clone, Copy)]
pub(super) struct Between<'s, 't> {
    pub clause: &'s [Token<'t>],
    pub from: usize,
    pub to: usize,
}

impl<'s, 't> Between<'s, 't> {
    pub(super) fn tokens(self) -> &'s [Token<'t>] {
        self.clause.get(self.from..self.to).unwrap_or_default()
    }

    pub(super) fn has(self, words: &[&str]) -> bool {
        self.tokens().iter().any(|token| token.is_any(words))
    }

    pub(super) fn starts_with(self, words: &[&str]) -> bool {
        self.tokens().first().is_some_and(|token| token.is_any(words))
    }

    /// The same without its first token.
    pub(super) fn rest(self) -> Self {
        Self { from: (self.from + 1).min(self.to), ..self }
    }

    /// Whether the name is still in the same list of names: every comma leads to a further name, not to a new clause.
    pub(super) fn is_one_list(self) -> bool {
        let Some(comma) = self.tokens().iter().rposition(|token| token.kind == TokenKind::Comma) else { return true };
        let conditional = self.clause.first().is_some_and(|token| token.is_any(&["if", "when", "unless", "where"]));
        let tail = self.tokens().get(comma + 1..).unwrap_or_default();
        let before = self.tokens().last();
        let next = self.clause.get(self.to + 1);
        let joins = |token: &Token<'_>| token.is_any(AND) || matches!(token.kind, TokenKind::Comma | TokenKind::Join);
        let goes_on = next.is_none_or(|next| joins(next) || next.kind == TokenKind::Dash)
            || before.is_some_and(joins) && before.is_some_and(|t| t.kind != TokenKind::Comma);
        // "a queue, a cache or any other piece of X": the last member of the list is a phrase.
        let is_last =
            tail.iter().enumerate().any(|(at, token)| token.is_any(&["or", "nor"]) || at > 0 && token.is("and"));
        // "does not poll, and X pushes the job": a clause with a subject and a verb of its own.
        let is_subject = tail.iter().all(|token| token.is_any(&["and", "so", "then"]))
            && self.clause.get(self.to + 1).is_some_and(|next| next.is_any(VERBS) && !next.is_any(AUXILIARIES));
        !conditional && (goes_on || is_last) && !is_subject && !has_verb(tail)
    }

    /// Whether a phrase of nouns leads up to the name: no verb, no clause of its own.
    pub(super) fn is_nominal(self) -> bool {
        self.is_one_list() && !self.has(FINITE) && !self.has(SUBORDINATORS)
    }
}
