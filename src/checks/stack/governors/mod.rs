//! What governs a name in its clause from the left.

mod contrast;
mod negation;
mod origin;
mod removal;

use self::contrast::contrast;
use self::negation::negation;
use self::origin::origin;
use self::removal::removal;
use super::allowed::Allowed;
use super::announcement::excuses_what_follows;
use super::between::Between;
use super::clause::{Token, TokenKind};
use super::lexicon::{ABSENT, ASIDE, BE, KEEP, NO, NOT, REMOVE, USE, VERBS};
use super::provenance::names_earlier_design;

/// Whether the sentence says that the name at `at` stays: `we keep X`, `X is retained`, `the source has X; we keep it`. What
/// another part of the sentence keeps is something else: "although the source names X, the file is kept in a bucket".
pub(super) fn keeps(clause: &[Token<'_>], at: usize) -> bool {
    let is_comma = |token: &Token<'_>| token.kind == TokenKind::Comma;
    let behind = clause.get(at + 1..).unwrap_or_default();
    let comma = behind.iter().position(is_comma).unwrap_or(behind.len());
    let pronouns = ["it", "them", "that", "this", "so", "both"];
    let is_any = |index: usize, words: &[&str]| clause.get(index).is_some_and(|token| token.is_any(words));
    // "stays behind", "remains unused": what is said to last is the absence.
    let lasts = |index: usize| is_any(index, KEEP) && !is_any(index + 1, ASIDE) && !is_any(index + 1, ABSENT);
    (0..at).any(lasts)
        || (0..behind.len()).any(|index| {
            let place = at + 1 + index;
            // "we keep them in a bucket" says of other things where they are.
            let is_its = is_any(place + 1, &pronouns) && !is_any(place + 2, &["in", "on", "under", "with", "as"]);
            lasts(place) && (index < comma || is_its || place + 1 == clause.len())
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

/// Whether `tokens` start a sentence: a verb stands behind its subject, and not in a relative clause.
fn has_subject_and_verb(tokens: &[Token<'_>]) -> bool {
    let verb = tokens.iter().position(|token| token.is_any(VERBS)).unwrap_or(0);
    verb > 0 && !tokens.iter().take(verb).any(|token| token.is_any(&["that", "which", "who", "to"]))
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
                // "No problem: X reads the table", "Nobody writes SQL: X does" say that X is used.
                let nobody = ["nobody", "nothing", "none"];
                let is_subject = clause.get(at + 1).is_some_and(|t| t.is_any(VERBS))
                    && head.iter().any(|t| t.is_any(NO) || t.is_any(&nobody));
                // "Nothing is fetched twice: X caches it" speaks of what is fetched.
                let is_statement = head.windows(2).any(|pair| {
                    matches!(pair, [be, done] if be.is_any(BE) && !done.is_any(USE)
                        && !done.is_any(REMOVE) && done.word().is_some_and(|word| word.ends_with("ed")))
                });
                // "Not all of it moves: the export runs on X" has a sentence of its own behind the colon.
                let is_sentence = head.iter().any(|t| t.is_any(NOT)) && has_subject_and_verb(between.tokens());
                // "No cron: X" names what stands in the other's place; "No cron in the old design: X" tells of that design.
                let is_other = head.first().is_some_and(|t| t.is_any(NO)) && allowed.in_tokens(text, head);
                let is_earlier = (0..head.len()).any(|index| names_earlier_design(head, index));
                let excuses = is_earlier
                    || is_short
                        && !is_subject
                        && !is_statement
                        && !is_sentence
                        && !is_other
                        && excuses_what_follows(head);
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
