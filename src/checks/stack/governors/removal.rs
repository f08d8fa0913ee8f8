//! Removals: `replaces X`, `stop using X`.

use super::super::between::Between;
use super::super::clause::{Token, TokenKind};
use super::super::lexicon::{ABSENT, MIGRATE, NEED, NOT, OUT, REMOVE, TROUBLE};

/// `replaces X`, `replace X with Z`, `removed X`, `stop using X`; not `replace Z with X`.
pub(super) fn removal(token: &Token<'_>, index: usize, between: Between<'_, '_>) -> Option<bool> {
    let words = between.tokens();
    if token.is_any(&["stop", "stops", "stopped", "quit"]) {
        return between.starts_with(&["using", "importing", "calling", "relying", "running"]).then_some(true);
    }
    if token.is_any(&["free", "absence", "lack"]) {
        return (between.starts_with(&["of", "from"]) && between.rest().is_nominal()).then_some(true);
    }
    if token.is_any(&["rid", "clear"]) {
        return between.starts_with(&["of"]).then_some(true);
    }
    if token.is_any(&["refrain", "refrains", "abstain", "forget"]) {
        let negated =
            between.clause.get(index.saturating_sub(2)..index).unwrap_or_default().iter().any(|t| t.is_any(NOT));
        let reaches = between.starts_with(&["from", "about"]) && between.rest().is_one_list();
        return (reaches && !negated).then_some(true);
    }
    // "went away together with its X"
    let joint = between.clause.get(index.saturating_sub(1)).is_some_and(|t| t.is_any(&["together", "along"]));
    if token.is("with") && joint {
        let earlier = between.clause.get(..index).unwrap_or_default();
        let goes = |pair: &[Token<'_>]| matches!(pair, [verb, away] if verb.is_any(MIGRATE) && away.is("away"));
        let is_gone = earlier.iter().any(|t| t.is_any(REMOVE) || t.is_any(ABSENT)) || earlier.windows(2).any(goes);
        return (is_gone && between.is_nominal() && !earlier.iter().any(|t| t.is_any(NOT))).then_some(true);
    }
    // "the move off X"
    if token.is("off") && between.clause.get(index.saturating_sub(1)).is_some_and(|t| t.is_any(MIGRATE)) {
        return between.is_nominal().then_some(true);
    }
    if token.is("out") && between.clause.get(index.saturating_sub(1)).is_some_and(|t| t.is_any(OUT)) {
        return between.is_nominal().then_some(true);
    }
    if !token.is_any(REMOVE) {
        return None;
    }
    // "substitute Z for X": here the new thing comes first.
    if token.word().is_some_and(|word| word.to_lowercase().starts_with("substitut")) {
        let behind = between.clause.get(between.to + 1..).unwrap_or_default();
        let comma = behind.iter().position(|t| t.kind == TokenKind::Comma).unwrap_or(behind.len());
        if between.has(&["for"]) {
            return between.is_nominal().then_some(true);
        }
        if behind.iter().take(comma).any(|t| t.is("for")) {
            return Some(false);
        }
    }
    // "To avoid X outages": X stays.
    if between.clause.get(between.to + 1).is_some_and(|t| t.is_any(TROUBLE)) {
        return Some(false);
    }
    // What follows `with`, `by` or `for` is the new thing.
    let new_thing =
        ["with", "by", "in", "from", "on", "to", "at", "into", "through", "via", "after", "before", "for", "of"];
    let need = between.has(NEED) || between.starts_with(&["away"]);
    let has_preposition = words.iter().any(|t| t.is_any(&new_thing));
    let introduces_new = words.iter().any(|t| t.is_any(&["with", "by"]));
    if introduces_new || (has_preposition && !need) || !between.is_nominal() {
        return None;
    }
    let before = between.clause.get(index.saturating_sub(3)..index).unwrap_or_default();
    let negated = before.iter().any(|t| t.is_any(NOT) || t.is_any(&["no", "without"]));
    Some(!negated)
}
