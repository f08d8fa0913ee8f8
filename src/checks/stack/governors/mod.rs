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
use super::lexicon::{BE, KEEP, NO, REMOVE, USE, VERBS};

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
