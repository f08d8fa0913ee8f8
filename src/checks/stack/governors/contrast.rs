//! Contrasts: `instead of X`, `Z over X`.

use super::super::allowed::Allowed;
use super::super::between::Between;
use super::super::clause::Token;
use super::super::lexicon::{INSTEAD, PREFER, VERBS};

/// `instead of X`, `rather than X`, `React Query over X`.
pub(super) fn contrast(text: &str, index: usize, between: Between<'_, '_>, allowed: &Allowed) -> Option<bool> {
    let token = between.clause.get(index)?;
    if token.is("over") {
        let before = between.clause.get(..index).unwrap_or_default();
        let prefers = before.iter().any(|t| t.is_any(PREFER))
            || before.get(index.saturating_sub(3)..).is_some_and(|near| allowed.in_tokens(text, near));
        return (prefers && between.is_nominal()).then_some(true);
    }
    // "takes the role of X"
    let acts = between.clause.get(index.saturating_sub(3)..index).unwrap_or_default();
    if token.is_any(&["role", "job", "part", "work"])
        && between.starts_with(&["of"])
        && acts
            .iter()
            .any(|t| t.is_any(&["take", "takes", "took", "fill", "fills", "assume", "assumes", "do", "does", "did"]))
    {
        return between.rest().is_nominal().then_some(true);
    }
    // "in favour of X": here X is the new thing.
    if token.is_any(&["favour", "favor"]) && between.starts_with(&["of"]) {
        return between.is_nominal().then_some(false);
    }
    // "Z is preferred to X", "compared with X, Z is simple"
    let prefers = |t: &Token<'_>| t.is_any(&["prefer", "prefers", "preferred", "preferable"]);
    let is_second = token.is("to") && between.clause.iter().take(index).any(prefers) && !between.has(VERBS)
        || token.is("compared") && between.starts_with(&["with", "to"]);
    if is_second {
        return (between.is_nominal() && between.tokens().len() <= 4).then_some(true);
    }
    if !token.is_any(INSTEAD) {
        return None;
    }
    let behind = if token.is_any(&["unlike", "versus", "vs"]) {
        between
    } else {
        let particle = ["of", "than", "to"];
        if !between.starts_with(&particle) {
            return None;
        }
        between.rest()
    };
    // "instead of using X": the verb right behind belongs to the phrase.
    let object =
        if behind.tokens().first().is_some_and(|t| t.is_any(VERBS) || t.word().is_some_and(|w| w.ends_with("ing"))) {
            behind.rest()
        } else {
            behind
        };
    object.is_nominal().then_some(true)
}
