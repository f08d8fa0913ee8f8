//! What a clause as a whole makes of a name that nothing in it governs.

use super::allowed::Allowed;
use super::clause::{Token, TokenKind};
use super::governors::keeps;
use super::lexicon::{CONSIDER, MIGRATE, NEED, NOT, PREFER, REMOVE};
use super::provenance::{names_earlier_design, names_source};

/// What the whole clause makes of the name where nothing governs it directly: a design that was not chosen (`would have
/// meant`), what it did in the source, a translation of it into something allowed, a check that forbids it.
pub(super) fn around(text: &str, clause: &[Token<'_>], at: usize, allowed: &Allowed) -> bool {
    let before = clause.get(..at).unwrap_or_default();
    let behind = clause.get(at + 1..).unwrap_or_default();
    if is_to_be_removed(clause, at) {
        return true;
    }
    if keeps(clause, at) {
        return false;
    }
    // "considered X but chose Z"
    let turn = behind.iter().position(|t| t.is_any(&["but", "however", "yet", "against"]));
    let is_passed_over = before.iter().rev().take(6).any(|t| t.is_any(CONSIDER))
        && turn.and_then(|at| behind.get(at..)).is_some_and(|rest| {
            rest.iter().any(|t| t.is("against") || t.is_any(PREFER) || t.is_any(REMOVE) || t.is_any(NOT))
                || allowed.in_tokens(text, rest)
        });
    // "SWR is replaced by Z, X by W": the verb is understood.
    let opens = before.last().is_none_or(|t| t.kind == TokenKind::Comma || t.is("and"));
    let is_elliptic = opens
        && behind.first().is_some_and(|t| t.is("by"))
        && allowed.in_tokens(text, behind.get(1..behind.len().min(6)).unwrap_or_default());
    let is_hypothetical =
        clause.iter().any(|t| t.is_any(&["would", "you'd", "you’d", "we'd", "overkill", "resist", "temptation"]))
            || clause.windows(2).any(
                |w| matches!(w, [a, b] if a.is_any(&["could", "should", "might"]) && b.is_any(&["have", "expect"])),
            )
            || clause.windows(3).any(|w| matches!(w, [a, _, b] if a.is("could") && b.is("have")));
    let in_source = (at + 1..clause.len().min(at + 12)).any(|index| {
        let preposition = clause.get(index.saturating_sub(2)..index).unwrap_or_default();
        let leads = preposition.iter().any(|t| t.is_any(&["of", "in", "from", "by"]));
        leads
            && (names_source(clause, index)
                || names_earlier_design(clause, index)
                || clause.get(index).is_some_and(|t| t.is_any(&["original", "source"])))
    });
    let target = behind.iter().position(|t| t.is_any(&["to", "into", "onto", "as"])).and_then(|to| behind.get(to..));
    let is_read_as = before.last().is_some_and(|t| t.is_any(&["read", "treat", "understand"]));
    let is_translated = (is_read_as || before.iter().any(|t| t.is_any(MIGRATE)))
        && target.is_some_and(|rest| allowed.in_tokens(text, rest));
    // "what S3 gave us", "that BullMQ promised": the service is compared, not used.
    let relative = before.iter().rev().take(4).any(|t| t.is_any(&["what", "that", "which"]));
    let past = ["did", "gave", "promised", "offered", "provided", "had", "wanted", "handled"];
    // "Where X had a worker, Z has a function"
    let comma = behind.iter().position(|t| t.kind == TokenKind::Comma);
    let is_superseded = before.iter().rev().take(2).any(|t| t.is("where"))
        && behind.iter().take(2).any(|t| t.is_any(&past))
        && comma.and_then(|comma| behind.get(comma..)).is_some_and(|rest| allowed.in_tokens(text, rest));
    // "X was the source's choice"
    let was = behind.first().is_some_and(|t| t.is_any(&["was", "were"]));
    let is_choice =
        was && behind.iter().skip(1).take(3).any(|t| {
            t.is_any(&["original", "initial"])
                || t.word().is_some_and(|word| word.ends_with("'s") || word.ends_with("’s"))
        }) && behind
            .iter()
            .take(6)
            .any(|t| t.is_any(&["choice", "idea", "proposal", "plan", "pick", "answer", "suggestion"]));
    let is_translated_word = before.last().is_some_and(|t| t.is("what"))
        && behind.first().is_some_and(|t| t.is_any(&["calls", "called", "names", "named"]));
    let is_compared = is_translated_word || relative && behind.iter().take(4).any(|t| t.is_any(&past));
    let is_checked =
        clause.iter().any(|t| t.is_any(&["grep", "rg", "ripgrep", "eslint", "depcheck"])) || fails_on_import(clause);
    is_hypothetical
        || is_superseded
        || is_choice
        || in_source
        || is_translated
        || is_compared
        || is_checked
        || is_passed_over
        || is_elliptic
}

/// "The build fails when a file imports X": a check that keeps it out.
fn fails_on_import(clause: &[Token<'_>]) -> bool {
    let fails = clause.iter().position(|t| t.is_any(&["fail", "fails", "error", "errors", "rejects", "refuses"]));
    let condition = fails.and_then(|at| clause.get(at..)).and_then(|rest| {
        let start = rest.iter().position(|t| t.is_any(&["if", "when", "whenever", "where", "on"]))?;
        rest.get(start..)
    });
    condition.is_some_and(|rest| {
        let names = |pair: &[Token<'_>]| {
            matches!(pair, [verb, place] if verb.is_any(&["appears", "appear", "found", "listed"])
            && place.is_any(&["in", "among", "anywhere"]))
        };
        let imports = rest.iter().any(|t| t.is_any(&["import", "imports", "imported"])) || rest.windows(2).any(names);
        imports && !rest.iter().any(|t| t.is_any(NOT))
    })
}

/// "If you find an import of X, delete it", "whoever finds X in a diff should reject it": what a reader who meets the name
/// does away with.
fn is_to_be_removed(clause: &[Token<'_>], at: usize) -> bool {
    let before = clause.get(..at).unwrap_or_default();
    let meets = [
        "find", "finds", "found", "see", "sees", "spot", "spots", "meet", "meets", "import", "imports", "imported",
        "call", "calls", "use", "uses", "mention", "mentions", "name", "names", "add", "adds",
    ];
    let verb = before.iter().rposition(|t| {
        !t.is_any(&["a", "an", "any", "the", "of", "to", "from", "still"])
            && (t.is_any(&meets) && !t.is_any(&["import"]) || !t.is_any(NEED))
    });
    let is_met = verb.and_then(|verb| before.get(verb)).is_some_and(|t| t.is_any(&meets));
    let conditions = ["if", "when", "whenever", "where", "wherever", "who", "whoever", "that", "which", "should"];
    let is_conditional = verb.is_some_and(|verb| before.iter().take(verb).any(|t| t.is_any(&conditions)));
    let removes = |pair: &[Token<'_>]| matches!(pair, [verb, object] if verb.is_any(REMOVE) && object.is_any(&["it", "them", "that", "the", "those"]));
    is_met && is_conditional && clause.get(at + 1..).is_some_and(|behind| behind.windows(2).any(removes))
}
