//! Where a design came from: the nouns that name it.

use super::clause::Token;
use super::lexicon::DESIGN;

/// `the source`, `the original`, `the wireframes`: where the design came from, at `index`.
pub(super) fn names_source(clause: &[Token<'_>], index: usize) -> bool {
    let Some(token) = clause.get(index) else { return false };
    let previous = index.checked_sub(1).and_then(|before| clause.get(before));
    let is_noun = token.is_any(&["source", "source's", "source’s", "wireframe", "wireframes", "mockup", "mockups"]);
    is_noun && previous.is_none_or(|t| t.is_any(&["the", "a", "its", "where", "wherever", "our", "in", "of"]))
}

/// `the generic spec`, `the first draft`, at its noun.
pub(super) fn names_earlier_design(clause: &[Token<'_>], index: usize) -> bool {
    let Some(token) = clause.get(index) else { return false };
    let kinds = [
        "source", "generic", "structured", "original", "first", "early", "earlier", "initial", "upstream", "old",
        "former",
    ];
    let previous = index.checked_sub(1).and_then(|before| clause.get(before));
    token.is_any(DESIGN) && previous.is_some_and(|t| t.is_any(&kinds))
}
