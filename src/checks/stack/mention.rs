//! Whether a sentence uses a technology or only mentions it.
//!
//! A mention says that the technology is not used, or where the design came from. Decided by clause and direction:
//! a negation, a contrast (`instead of`), a removal (`replaces`) or an origin (`from X to Z`) excuses the names that
//! it governs, and only those. In doubt the sentence is a usage.

use super::allowed::Allowed;
use super::announcement::predicate_excuses;
use super::clause::{Token, TokenKind, sentence};
use super::{governors, predicate, whole};

/// How far a governor may stand from the name, in tokens; sentences of specs are shorter.
pub(super) const REACH: usize = 40;

/// Whether the sentence around the token at `index` only mentions it. `text` is what the tokens were read from.
pub(super) fn is_mention(text: &str, tokens: &[Token<'_>], index: usize, allowed: &Allowed) -> bool {
    if is_question_denied(text, tokens, index) {
        return true;
    }
    let (sentence, at) = sentence(tokens, index, REACH);
    match enclosing_parentheses(sentence, at) {
        Some((open, close)) => {
            let inside = sentence.get(open + 1..close).unwrap_or_default();
            clause_excuses(text, inside, at - open - 1, allowed) || {
                // Nothing inside decides: the name stands beside what the parentheses explain.
                let mut outer = without_parentheses(sentence.get(..open).unwrap_or_default());
                let place = outer.len();
                outer.extend(sentence.get(at));
                outer.extend(without_parentheses(sentence.get(close + 1..).unwrap_or_default()));
                clause_excuses(text, &outer, place, allowed)
            }
        }
        None => {
            remark_excuses(text, sentence, at, allowed) || {
                let mut clause = without_parentheses(sentence.get(..at).unwrap_or_default());
                let place = clause.len();
                clause.extend(sentence.get(at));
                clause.extend(without_parentheses(sentence.get(at + 1..).unwrap_or_default()));
                clause_excuses(text, &clause, place, allowed)
            }
        }
    }
}

/// `Does this need Prisma? No.`
fn is_question_denied(text: &str, tokens: &[Token<'_>], index: usize) -> bool {
    let stop =
        tokens.iter().skip(index).take(REACH).position(|token| token.kind == TokenKind::Stop).map(|at| index + at);
    let is_question = stop.and_then(|at| tokens.get(at)).is_some_and(|token| token.span.of(text) == "?");
    // "Q: Do we need X? A: No."
    let answer = stop.map(|at| at + 1).map(|at| {
        let is_marked = tokens.get(at).is_some_and(|token| token.is_any(&["a", "answer"]))
            && tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Colon);
        if is_marked { at + 2 } else { at }
    });
    is_question && answer.and_then(|at| tokens.get(at)).is_some_and(|token| token.is_any(&["no", "nope", "not"]))
}

fn clause_excuses(text: &str, clause: &[Token<'_>], at: usize, allowed: &Allowed) -> bool {
    let by_neighbours = || predicate::right(text, clause, at, allowed) || whole::around(text, clause, at, allowed);
    governors::compound(clause, at) || governors::left(text, clause, at, allowed).unwrap_or_else(by_neighbours)
}

/// `Prisma (not used)`, `S3 (now Supabase Storage)`: the remark right behind the name.
fn remark_excuses(text: &str, sentence: &[Token<'_>], at: usize, allowed: &Allowed) -> bool {
    let name_end = at + 1 + sentence.iter().skip(at + 1).take(2).take_while(|token| token.word().is_some()).count();
    if sentence.get(name_end).map(|token| token.kind) != Some(TokenKind::Open) {
        return false;
    }
    let rest = sentence.get(name_end + 1..).unwrap_or_default();
    let remark = rest
        .iter()
        .position(|token| token.kind == TokenKind::Close)
        .map_or(rest, |close| rest.get(..close).unwrap_or(rest));
    predicate_excuses(text, remark, allowed)
}

/// The parentheses around the token at `at`, as indexes of the opening and the closing one (or the end).
fn enclosing_parentheses(sentence: &[Token<'_>], at: usize) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let open = sentence.get(..at)?.iter().rposition(|token| match token.kind {
        TokenKind::Close => {
            depth += 1;
            false
        }
        TokenKind::Open if depth > 0 => {
            depth -= 1;
            false
        }
        TokenKind::Open => true,
        _ => false,
    })?;
    let mut depth = 0_usize;
    let close = sentence.iter().skip(at).position(|token| match token.kind {
        TokenKind::Open => {
            depth += 1;
            false
        }
        TokenKind::Close if depth > 0 => {
            depth -= 1;
            false
        }
        TokenKind::Close => true,
        _ => false,
    });
    Some((open, close.map_or(sentence.len(), |close| at + close)))
}

/// The tokens outside parentheses.
fn without_parentheses<'t>(tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    let mut depth = 0_usize;
    let mut kept = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(*token),
            _ => {}
        }
    }
    kept
}
