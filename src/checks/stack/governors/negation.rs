//! Negations: `not X`, `no X`, `without X`.

use super::super::between::Between;
use super::super::clause::{Token, TokenKind};
use super::super::lexicon::{FINITE, INABILITY, MEANS, NO, NOT, OMIT, REFUSED, SUBORDINATORS, USE};

/// `not X`, `does not use X`, `no X`, `without X`; and what undoes them.
pub(super) fn negation(token: &Token<'_>, index: usize, between: Between<'_, '_>) -> Option<bool> {
    // "no longer", "at no point", "under no circumstances" negate the verb.
    let is_verbal = token.is_any(NOT)
        || token.is("no") && between.starts_with(&["longer", "point", "case", "circumstances", "way"]);
    if !is_verbal && !token.is_any(NO) {
        return None;
    }
    // "no route that does not use X": two negations with a relative pronoun between them.
    let relative = |t: &Token<'_>| t.is_any(&["that", "which", "who"]);
    let earlier = between.clause.get(..index).unwrap_or_default();
    let pronoun = earlier
        .iter()
        .rposition(relative)
        .filter(|at| !at.checked_sub(1).and_then(|at| earlier.get(at)).is_some_and(|t| t.kind == TokenKind::Comma));
    if pronoun.is_some_and(|at| earlier.iter().take(at).any(|t| t.is_any(NOT) || t.is_any(NO))) {
        return Some(false);
    }
    if is_verbal && negates_a_state(index, between) {
        return Some(false);
    }
    // "no X query may omit the key", "never create an X per request": a rule for the use of X.
    let behind = between.clause.get(between.to + 1..).unwrap_or_default();
    let modal = behind.iter().take(5).position(|t| t.is_any(&["may", "can", "must", "should", "might"]));
    let undone = modal.and_then(|at| behind.get(at + 1)).is_some_and(|t| t.is_any(OMIT));
    if undone
        || behind.iter().take(6).any(|t| t.is_any(&["per", "twice"]))
        || between.has(&["more"]) && between.has(&["than"])
    {
        return Some(false);
    }
    // "not only X", "no other than X": the name is affirmed.
    if between.starts_with(&["only", "just", "merely", "simply", "yet"]) && is_verbal {
        return Some(false);
    }
    if between.has(&["other", "better", "else", "more"]) && between.has(&["than", "besides"]) {
        return Some(false);
    }
    // "do not forget X", "no need to remove X".
    let soon = Between { to: (between.from + 4).min(between.to), ..between };
    // "never touch X" keeps away from it; "do not touch the settings of X" keeps it.
    let keeps_away = between.tokens().last().is_some_and(|t| t.is("touch"));
    if soon.has(OMIT) && between.is_one_list() && !keeps_away {
        return Some(false);
    }
    // "no reason not to add X"
    let is_double = index.checked_sub(1).and_then(|at| between.clause.get(at)).is_some_and(|t| {
        t.is_any(&["reason", "excuse", "harm", "way", "point"])
            && index.checked_sub(2).and_then(|at| between.clause.get(at)).is_some_and(|t| t.is_any(NO))
    });
    if is_double && is_verbal {
        return Some(false);
    }
    if token.is_any(&["without", "w/o", "sans"]) {
        let earlier = between.clause.get(index.saturating_sub(8)..index).unwrap_or_default();
        let since_comma = earlier.iter().rposition(|t| t.kind == TokenKind::Comma).map_or(0, |at| at + 1);
        // "without doubt X is right": X is no longer what is missing.
        let is_subject = behind.first().is_some_and(|t| t.is_any(FINITE)) && !between.tokens().is_empty();
        if is_subject {
            return None;
        }
        // "cannot work without X", "without X it would fail": X is needed.
        let fails =
            between.clause.get(between.to..).unwrap_or_default().iter().any(|t| t.is("would") || t.is_any(REFUSED));
        if fails || earlier.iter().skip(since_comma).any(|t| t.is_any(NOT) || t.is("no") || t.is_any(INABILITY)) {
            return Some(false);
        }
    }
    // "No test needs X": nothing does.
    let verb = between.tokens().iter().rev().find(|t| !t.is_any(&["on", "a", "an", "any", "the"]));
    let depends = ["needs", "need", "uses", "use", "imports", "import", "requires", "require", "calls", "depends"];
    if token.is("no") && between.tokens().len() <= 6 && verb.is_some_and(|t| t.is_any(&depends)) {
        return Some(true);
    }
    let reaches = if is_verbal {
        between.is_one_list() && !between.has(SUBORDINATORS) && !between.has(&["before", "after"])
    } else {
        let gerund = between.tokens().first().and_then(|t| t.word()).is_some_and(|word| word.ends_with("ing"));
        between.is_nominal() && (!between.has(MEANS) || gerund && !token.is("no"))
    };
    reaches.then_some(true)
}

/// "If a seat is not in X", "seats that are not kept in X are read", "not written to X before payment": something is not
/// there for a while, or some things are not; the design has X.
fn negates_a_state(index: usize, between: Between<'_, '_>) -> bool {
    let clause = between.clause;
    if between.has(USE) {
        return false;
    }
    let earlier = clause.get(..index).unwrap_or_default();
    let since_comma = earlier.iter().rposition(|t| t.kind == TokenKind::Comma).map_or(0, |at| at + 1);
    let is_condition =
        earlier.iter().skip(since_comma).any(|t| t.is_any(&["if", "when", "whenever", "unless", "until", "while"]));
    let near = earlier.get(index.saturating_sub(3)..).unwrap_or_default();
    // "Make sure that X is not there" has a clause of its own behind "that".
    let ensures = ["sure", "check", "ensure", "ensures", "verify", "verifies", "assert", "asserts", "so", "means"];
    let is_relative = near.iter().enumerate().any(|(at, t)| {
        let before = (index - near.len() + at).checked_sub(1).and_then(|at| earlier.get(at));
        t.is_any(&["that", "which", "who"]) && !before.is_some_and(|t| t.is_any(&ensures))
    });
    let behind = clause.get(between.to + 1..).unwrap_or_default();
    let comma = behind.iter().position(|t| t.kind == TokenKind::Comma).unwrap_or(behind.len());
    let has_predicate = behind.iter().take(comma.min(6)).any(|t| t.is_any(FINITE));
    let is_later = behind.first().is_some_and(|t| t.is_any(&["before", "until", "unless"]));
    is_condition || is_relative && has_predicate || is_later
}
