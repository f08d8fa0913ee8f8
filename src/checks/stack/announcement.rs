//! Words that take away what stands beside or below them: remarks, labels, headings, the leads of lists.

use super::allowed::Allowed;
use super::clause::{Token, TokenKind};
use super::lexicon::{ABSENT, AUXILIARIES, DESIGN, KEEP, MIGRATE, NO, NOT, OMIT, OUT, PROVENANCE, REMOVE, USE, VERBS};

/// Whether a remark without a subject takes away what stands before it: `not used`, `removed`, `now Supabase Auth`.
pub(super) fn predicate_excuses(text: &str, remark: &[Token<'_>], allowed: &Allowed) -> bool {
    let Some(first) = remark.first() else { return false };
    // "removed by hand", not "removed jobs are kept" or "replaced the timer"
    let follows = ["by", "with", "in", "from", "here", "since", "and", "because", "as", "for", "to", "on", "at", "via"];
    let is_removal = first.is_any(REMOVE)
        && first.word().is_some_and(|word| word.ends_with(['d', 'n']))
        && remark.get(1).is_none_or(|t| {
            t.word().is_none_or(|word| word.ends_with("ly") || t.is_any(&follows) || t.is_any(&["after", "when"]))
        });
    // "do not install", "must not be used"
    let is_bid = first.is_any(AUXILIARIES)
        && remark.get(1).is_some_and(|token| token.is_any(NOT))
        && remark.iter().skip(2).find(|token| !token.is("be")).is_some_and(|token| token.is_any(USE));
    let is_negation = first.is_any(NOT)
        && !remark.iter().any(|token| token.is_any(OMIT) || token.is("only"))
        && denies_subject(remark);
    let is_needless =
        first.is("no") && remark.get(1).is_none_or(|t| t.word().is_none() || t.is_any(&["longer", "need"]));
    let names_successor = (first.is_any(&["now", "becomes", "became", "today", "here"]) || first.is_any(MIGRATE))
        && allowed.in_tokens(text, remark);
    let is_covered = first.is_any(&["covered", "handled", "provided", "served", "done"])
        && remark.get(1).is_some_and(|token| token.is("by"))
        && (allowed.in_tokens(text, remark) || remark.iter().any(|token| token.is_any(&["existing", "codebase"])));
    is_removal
        || is_negation
        || is_bid
        || is_covered
        || is_needless
        || names_successor
        || first.is_any(ABSENT)
        || first.is_any(&["original", "generic", "legacy", "old", "formerly", "previously"])
        || matches!(remark, [only] if only.is("source"))
}

/// Whether the negation that opens `remark` denies what stands before it (`not used`, `not in this section`), and not
/// another thing: `X (not Supabase)` names what X was preferred to.
fn denies_subject(remark: &[Token<'_>]) -> bool {
    if !remark.first().is_some_and(|token| token.is_any(&["not", "never"])) {
        return true;
    }
    let is_adverb = |token: &&Token<'_>| {
        token.word().is_some_and(|word| word.ends_with("ly")) || token.is_any(&["be", "to", "a", "an", "ever", "yet"])
    };
    let Some(next) = remark.iter().skip(1).find(|token| !is_adverb(token)) else { return true };
    let Some(word) = next.word() else { return true };
    let places = ["in", "here", "for", "on", "at", "any", "anywhere", "our", "ours", "now", "today", "with", "by"];
    next.is_any(USE)
        || next.is_any(VERBS) && remark.last() == Some(next)
        || next.is_any(&places)
        || next.is_any(&["dependency", "requirement", "relevant"])
        || ["ed", "able", "ible"].iter().any(|suffix| word.ends_with(suffix))
}

/// What announces a list, a block or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announcement {
    /// A heading or a label: short, so that only its first word or a negation counts.
    Title,
    /// The sentence in front of a list.
    Lead,
}

/// What an announcement says of what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announced {
    /// It is not used: `What we're NOT creating`.
    Absence,
    /// The design came from it: `Original Infrastructure`, `Reason for Change`.
    Origin,
    /// It is used, whatever a heading further out says: `What we create instead`.
    Use,
}

/// What `tokens` announce, if they announce anything.
pub(super) fn announced(tokens: &[Token<'_>], shape: Announcement) -> Option<Announced> {
    if announces_origin(tokens) {
        Some(Announced::Origin)
    } else if announces_absence(tokens, shape) {
        Some(Announced::Absence)
    } else {
        announces_use(tokens).then_some(Announced::Use)
    }
}

/// Whether a short text that stands before a colon or a fence takes away what follows it.
pub(super) fn excuses_what_follows(tokens: &[Token<'_>]) -> bool {
    matches!(announced(tokens, Announcement::Title), Some(Announced::Absence | Announced::Origin))
}

/// `What we're creating`, `Use instead`, `Integrated Design`, `Create`.
fn announces_use(tokens: &[Token<'_>]) -> bool {
    let words: Vec<&Token<'_>> = tokens.iter().filter(|token| token.word().is_some()).collect();
    let making = ["use", "using", "create", "creating", "add", "adding", "build", "building", "install", "keep"];
    let acts = words.iter().any(|token| token.is_any(&["we", "we're", "we’re", "we'll", "we’ll"]))
        && words.iter().any(|token| token.is_any(&making));
    let is_new = words.first().is_some_and(|token| token.is_any(&["integrated", "actual", "after", "now", "to"]));
    acts || is_new
        || words.iter().any(|token| token.is("instead"))
        || matches!(words.as_slice(), [t] if t.is_any(&making))
}

/// The last sentence of `tokens`.
fn last_sentence<'s, 't>(tokens: &'s [Token<'t>]) -> &'s [Token<'t>] {
    let start = tokens.iter().rposition(|token| token.kind == TokenKind::Stop).map_or(0, |at| at + 1);
    tokens.get(start..).unwrap_or_default()
}

/// `Original Infrastructure`, `Reason for Change`, `FROM (structured spec)`, `Why no cache`.
fn announces_origin(tokens: &[Token<'_>]) -> bool {
    let tokens = last_sentence(tokens);
    let open = tokens.iter().position(|token| token.kind == TokenKind::Open).unwrap_or(tokens.len());
    let is_lead_in = |token: &&Token<'_>| token.word().is_none() || token.is_any(&["in", "the", "our"]);
    let start = tokens.iter().take(open).take_while(is_lead_in).count();
    let words: Vec<&Token<'_>> = tokens.iter().skip(start).filter(|token| token.word().is_some()).collect();
    let Some(first) = words.first() else { return false };
    let outside = tokens.iter().take(open).skip(start).filter(|token| token.word().is_some()).count();
    let gone = |token: &&Token<'_>| token.is_any(NOT) || token.is_any(NO) || token.is_any(REMOVE);
    let names_new = words.iter().any(|token| token.is_any(&["by", "with"]));
    let is_origin = first.is_any(PROVENANCE) && !first.is_any(&["was", "were"])
        || first.is_any(&["reason", "rationale", "generic"])
        || (outside <= 1 && first.is_any(&["before", "from", "was", "source"]))
        || first.is_any(&["before", "from"])
            && words.iter().skip(1).any(|token| {
                token.is_any(&["integration", "transformation", "generic", "structured", "original", "source"])
            })
        || first.is("from") && words.get(1).is_some_and(|token| token.is_any(DESIGN))
        || first.is("why") && words.iter().skip(1).take(4).any(gone) && !names_new;
    is_origin && !words.iter().any(|token| token.is_any(KEEP))
}

/// Whether `tokens` announce what is not used: `What we're NOT creating`, `Removed`, `Out of Scope`.
fn announces_absence(tokens: &[Token<'_>], shape: Announcement) -> bool {
    let tokens = last_sentence(tokens);
    let words: Vec<&Token<'_>> = tokens.iter().filter(|token| token.word().is_some()).collect();
    let Some(first) = words.first() else { return false };
    let is_crossed = tokens.first().is_some_and(|token| token.kind == TokenKind::Cross);
    let is_bad = words.len() == 1 && first.is_any(&["wrong", "bad", "incorrect", "forbidden"]);
    if is_crossed || is_bad {
        return true;
    }
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
    let is_stead = first.is("instead") && words.get(1).is_some_and(|token| token.is("of"));
    let out_of_scope = words.windows(3).any(|w| matches!(w, [a, b, c] if a.is("out") && b.is("of") && c.is("scope")));
    let lacks = first.is_any(NO) && words.len() <= 4 && !words.iter().any(|token| token.is_any(VERBS));
    (is_stead || is_gone || lacks) && !keeps || out_of_scope
}
