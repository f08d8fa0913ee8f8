//! Origins: `from X to Z`, `originally X`, `the source's X`.

use super::super::allowed::Allowed;
use super::super::between::Between;
use super::super::clause::{Token, TokenKind};
use super::super::lexicon::{BE, DESIGN, MIGRATE, PROVENANCE, SUBORDINATORS, SUBSTITUTES, VERBS};
use super::super::provenance::{names_earlier_design, names_source};
use super::keeps;

/// `from X to Z`, `originally X`, `the source's X`, `a replacement for X`.
pub(super) fn origin(
    text: &str,
    token: &Token<'_>,
    index: usize,
    between: Between<'_, '_>,
    allowed: &Allowed,
) -> Option<bool> {
    let clause = between.clause;
    let before = clause.get(..index).unwrap_or_default();
    let previous = before.last();
    let keeps = keeps(clause, between.to);
    if token.is("from") && between.is_nominal() && !between.has(VERBS) && !between.has(&["to", "into", "onto"]) {
        if before.iter().any(|t| t.is_any(&["import", "imports", "imported", "importing", "export", "exports"])) {
            return None;
        }
        let behind = clause.get(between.to + 1..).unwrap_or_default();
        let target =
            behind.iter().take(12).position(|t| t.is_any(&["to", "into", "onto"]) || t.kind == TokenKind::Arrow);
        let named = target.and_then(|at| behind.get(at..)).is_some_and(|rest| allowed.in_tokens(text, rest));
        let is_other_verb = |t: &&Token<'_>| !t.is_any(MIGRATE) && (t.is_any(VERBS) && !t.is_any(BE));
        let moves = before.iter().rev().take(6).take_while(|t| !is_other_verb(t)).any(|t| {
            t.is_any(MIGRATE) && !t.is_any(&["come", "came", "go", "went", "move", "moved", "moves", "moving"])
        });
        return (named || moves || (target.is_some() && before.is_empty())).then_some(true);
    }
    // "what used to be X"; but "a key is used to find X".
    if token.is("used") && between.starts_with(&["to"]) && !previous.is_some_and(|t| t.is_any(BE)) {
        let verb = between.rest();
        let infinitive = verb.starts_with(&["be", "live", "run", "come", "go", "use", "call"]);
        return (infinitive && verb.rest().is_nominal()).then_some(true);
    }
    if token.is_any(PROVENANCE) && !keeps && between.is_one_list() && !between.has(SUBORDINATORS) {
        let opens = !before.iter().any(|t| t.word().is_some());
        // "formerly a script, now X"
        if between.has(&["now", "today"]) {
            return Some(false);
        }
        let is_verb = token.is_any(&["was", "were"]);
        if is_verb && between.tokens().is_empty() && allowed.in_tokens(text, before) {
            return Some(true);
        }
        let is_adverb = token.word().is_some_and(|word| word.ends_with("ly"));
        // "The original curve uses X" speaks of the curve; "the original design uses X" of the design.
        let of_design = between.tokens().first().is_some_and(|t| t.is_any(DESIGN));
        let reaches = is_adverb || of_design || !between.has(VERBS);
        return (if is_verb { opens } else { reaches }).then_some(true);
    }
    let is_source = names_source(clause, index) && !between.starts_with(&["of", "code"]);
    let is_foreign_spec = names_earlier_design(clause, index);
    // "the source, which uses X"
    let is_relative = between.tokens().iter().take(2).any(|t| t.is_any(&["which", "that"]));
    if (is_source || is_foreign_spec) && !keeps && (between.is_one_list() || is_relative) {
        return Some(true);
    }
    if token.is_any(&["stand", "stands", "standing", "stood"]) && between.starts_with(&["in"]) {
        return between.rest().starts_with(&["for"]).then_some(true);
    }
    if token.is_any(SUBSTITUTES) {
        let is_likeness = token.is("like")
            && previous.is_some_and(|t| {
                t.is_any(&["works", "work", "behaves", "behave", "looks", "acts", "much", "just", "exactly"])
            });
        let has_particle = !token.is("like") && between.starts_with(&["to", "for", "of", "with"]);
        return ((is_likeness || has_particle) && between.is_nominal()).then_some(true);
    }
    None
}
