//! What governs a name in its clause from the left.

use super::allowed::Allowed;
use super::announcement::excuses_what_follows;
use super::between::Between;
use super::clause::{Token, TokenKind};
use super::lexicon::{
    BE, DESIGN, FINITE, INABILITY, INSTEAD, KEEP, MEANS, MIGRATE, NEED, NO, NOT, OMIT, OUT, PREFER, PROVENANCE, REMOVE,
    SUBORDINATORS, SUBSTITUTES, USE, VERBS,
};
use super::provenance::{names_earlier_design, names_source};

/// Whether the sentence says that the name at `at` stays: `we keep X`, `X is retained`, `the source has X; we keep it`. What
/// another part of the sentence keeps is something else: "although the source names X, the file is kept in a bucket".
pub(super) fn keeps(clause: &[Token<'_>], at: usize) -> bool {
    let is_comma = |token: &Token<'_>| token.kind == TokenKind::Comma;
    let behind = clause.get(at + 1..).unwrap_or_default();
    let comma = behind.iter().position(is_comma).unwrap_or(behind.len());
    let pronouns = ["it", "them", "that", "this", "so", "both"];
    clause.iter().take(at).any(|token| token.is_any(KEEP))
        || behind.iter().enumerate().any(|(index, token)| {
            let is_its = || behind.get(index + 1).is_none_or(|next| next.is_any(&pronouns));
            token.is_any(KEEP) && (index < comma || is_its())
        })
}

/// `Prisma-free`, `S3-compatible`, `non-Redis`, `the SWR equivalent`.
pub(super) fn compound(clause: &[Token<'_>], at: usize) -> bool {
    let kind = |index: usize| clause.get(index).map(|token| token.kind);
    let is_any = |index: usize, words: &[&str]| clause.get(index).is_some_and(|token| token.is_any(words));
    let suffixes =
        ["free", "less", "style", "like", "compatible", "equivalent", "era", "flavoured", "flavored", "inspired"];
    let behind = kind(at + 1) == Some(TokenKind::Hyphen) && is_any(at + 2, &suffixes);
    let before = at >= 2
        && kind(at - 1) == Some(TokenKind::Hyphen)
        && is_any(at - 2, &["non", "no", "anti", "ex", "pre", "post"]);
    behind
        || before
        || is_any(at + 1, &["equivalent", "equivalents", "counterpart", "counterparts", "alternative", "replacement"])
}

/// Goes left from the name and returns what the first governor says: excused or not; `None` without a governor.
pub(super) fn left(text: &str, clause: &[Token<'_>], at: usize, allowed: &Allowed) -> Option<bool> {
    for (index, token) in clause.iter().enumerate().take(at).rev() {
        let between = Between { clause, from: index + 1, to: at };
        match token.kind {
            TokenKind::Cross => return Some(true),
            TokenKind::Arrow => return None,
            TokenKind::Colon | TokenKind::Dash => {
                let head = clause.get(..index).unwrap_or_default();
                let is_short = head.iter().filter(|token| token.word().is_some()).count() <= 8;
                // "No problem: X reads the table" says that X is used.
                let is_subject =
                    clause.get(at + 1).is_some_and(|t| t.is_any(VERBS)) && head.iter().any(|t| t.is_any(NO));
                // "Nothing is fetched twice: X caches it" speaks of what is fetched.
                let is_statement = head.windows(2).any(|pair| {
                    matches!(pair, [be, done] if be.is_any(BE) && !done.is_any(USE)
                        && !done.is_any(REMOVE) && done.word().is_some_and(|word| word.ends_with("ed")))
                });
                let excuses = is_short && !is_subject && !is_statement && excuses_what_follows(head);
                return excuses.then_some(true);
            }
            _ => {}
        }
        if token.is("but") {
            return None;
        }
        let verdict = negation(token, index, between)
            .or_else(|| contrast(text, index, between, allowed))
            .or_else(|| removal(token, index, between))
            .or_else(|| origin(text, token, index, between, allowed));
        if verdict.is_some() {
            return verdict;
        }
    }
    None
}

/// `not X`, `does not use X`, `no X`, `without X`; and what undoes them.
fn negation(token: &Token<'_>, index: usize, between: Between<'_, '_>) -> Option<bool> {
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
    let keeps_away = matches!(between.tokens(), [only] if only.is("touch"));
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
        let fails = between.clause.get(between.to..).unwrap_or_default().iter().any(|t| t.is("would"));
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
    let is_relative = near.iter().any(|t| t.is_any(&["that", "which", "who"]));
    let behind = clause.get(between.to + 1..).unwrap_or_default();
    let comma = behind.iter().position(|t| t.kind == TokenKind::Comma).unwrap_or(behind.len());
    let has_predicate = behind.iter().take(comma.min(6)).any(|t| t.is_any(FINITE));
    let is_later = behind.first().is_some_and(|t| t.is_any(&["before", "until", "unless"]));
    is_condition || is_relative && has_predicate || is_later
}

/// `instead of X`, `rather than X`, `React Query over X`.
fn contrast(text: &str, index: usize, between: Between<'_, '_>, allowed: &Allowed) -> Option<bool> {
    let token = between.clause.get(index)?;
    if token.is("over") {
        let before = between.clause.get(..index).unwrap_or_default();
        let prefers = before.iter().any(|t| t.is_any(PREFER))
            || before.get(index.saturating_sub(3)..).is_some_and(|near| allowed.in_tokens(text, near));
        return (prefers && between.is_nominal()).then_some(true);
    }
    // "takes the role of X"
    let acts = between.clause.get(index.saturating_sub(3)..index).unwrap_or_default();
    if token.is_any(&["role", "job", "part"])
        && between.starts_with(&["of"])
        && acts.iter().any(|t| t.is_any(&["take", "takes", "took", "fill", "fills", "assume", "assumes"]))
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

/// `replaces X`, `replace X with Z`, `removed X`, `stop using X`; not `replace Z with X`.
fn removal(token: &Token<'_>, index: usize, between: Between<'_, '_>) -> Option<bool> {
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

/// `from X to Z`, `originally X`, `the source's X`, `a replacement for X`.
fn origin(text: &str, token: &Token<'_>, index: usize, between: Between<'_, '_>, allowed: &Allowed) -> Option<bool> {
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
