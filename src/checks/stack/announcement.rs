//! Words that take away what stands beside or below them: remarks, labels, headings, the leads of lists.

use super::allowed::Allowed;
use super::clause::{Token, TokenKind};
use super::lexicon::{ABSENT, KEEP, NO, NOT, OMIT, OUT, PROVENANCE, REMOVE, VERBS};

/// Whether a remark without a subject takes away what stands before it: `not used`, `removed`, `now Supabase Auth`.
pub(super) fn predicate_excuses(text: &str, remark: &[Token<'_>], allowed: &Allowed) -> bool {
    let Some(first) = remark.first() else { return false };
    let is_removal = first.is_any(REMOVE) && first.word().is_some_and(|word| word.ends_with(['d', 'n']));
    let is_negation = first.is_any(NOT) && !remark.iter().any(|token| token.is_any(OMIT) || token.is("only"));
    let is_needless = first.is("no") && remark.get(1).is_some_and(|token| token.is_any(&["longer", "need"]));
    let names_successor =
        first.is_any(&["now", "becomes", "became", "today", "here"]) && allowed.in_tokens(text, remark);
    is_removal
        || is_negation
        || is_needless
        || names_successor
        || first.is_any(ABSENT)
        || first.is_any(&["original", "legacy", "old", "formerly", "previously"])
}

/// What announces a list, a block or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announcement {
    /// A heading or a label: short, so that only its first word or a negation counts.
    Title,
    /// The sentence in front of a list.
    Lead,
}

/// Whether `tokens` announce what is not used, or where the design came from: `What we're NOT creating`,
/// `Original Infrastructure`, `Reason for Change`.
pub(super) fn announces_absence(tokens: &[Token<'_>], shape: Announcement) -> bool {
    let last_stop = tokens.iter().rposition(|token| token.kind == TokenKind::Stop).map_or(0, |at| at + 1);
    let tokens = tokens.get(last_stop..).unwrap_or_default();
    let words: Vec<&Token<'_>> = tokens.iter().filter(|token| token.word().is_some()).collect();
    let Some(first) = words.first() else { return false };
    let undone = words.iter().any(|token| token.is_any(OMIT) && !token.is_any(REMOVE));
    let negated = words.iter().enumerate().any(|(at, token)| {
        let next = words.get(at + 1);
        token.is_any(NOT) && !next.is_some_and(|next| next.is_any(&["only", "just", "yet"]))
            || token.is("no") && next.is_some_and(|next| next.is("longer"))
    });
    if negated {
        return !undone;
    }
    let names_new = words.last().is_some_and(|token| token.is_any(&["by", "with"]));
    let alone = words.len() == 1;
    let is_origin = first.is_any(PROVENANCE) && !first.is_any(&["was", "were"])
        || first.is_any(&["reason", "rationale", "generic", "instead"])
        || (alone && first.is_any(&["before", "from", "was", "source"]))
        || first.is("before")
            && words.get(1).is_some_and(|token| token.is_any(&["integration", "transformation", "generic"]))
        || first.is("why") && words.get(1).is_some_and(|token| token.is_any(NOT));
    let is_removal = |token: &Token<'_>| token.is_any(REMOVE) && !names_new;
    let keeps = words.iter().any(|token| token.is_any(KEEP));
    let leaves_out = words.windows(2).any(|w| matches!(w, [a, b] if a.is_any(OUT) && b.is("out")));
    let is_gone = match shape {
        Announcement::Title => {
            (is_removal(first)
                && (alone || first.word().is_some_and(|word| word.ends_with(['d', 'n', 'g', 's'])))
                && !first.is_any(&["skip"]))
                || first.is_any(&["unused", "obsolete", "avoid", "excluded", "gone"])
        }
        Announcement::Lead => {
            words.iter().any(|token| is_removal(token))
                || words.iter().any(|token| token.is_any(&["unused", "obsolete", "gone"]))
                || leaves_out
        }
    };
    let out_of_scope = words.windows(3).any(|w| matches!(w, [a, b, c] if a.is("out") && b.is("of") && c.is("scope")));
    let lacks = first.is_any(NO) && words.len() <= 4 && !words.iter().any(|token| token.is_any(VERBS));
    (is_origin || is_gone || lacks) && !keeps || out_of_scope
}
