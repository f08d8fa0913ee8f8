//! What is said of a name, to its right.

use super::allowed::Allowed;
use super::announcement::predicate_excuses;
use super::clause::{Token, TokenKind};
use super::governors::keeps;
use super::lexicon::{ABSENT, ASIDE, BE, MIGRATE, NOT, OMIT, OUT, REMOVE, SUBORDINATORS, USE, VERBS};

/// Goes right from the name: what is said of it.
pub(super) fn right(text: &str, clause: &[Token<'_>], at: usize, allowed: &Allowed) -> bool {
    let behind = clause.get(at + 1..).unwrap_or_default();
    // Of "X → Z, Y → W" each part is read by itself.
    let part = clause.iter().take(at).rposition(|token| token.kind == TokenKind::Comma).map_or(0, |comma| comma + 1);
    let is_target =
        clause.get(part..at).is_some_and(|before| before.iter().any(|token| token.kind == TokenKind::Arrow));
    let keeps = keeps(clause, at);
    if use_other_instead(text, behind, allowed) && !keeps {
        return true;
    }
    let is_crossed = match behind {
        [mark] => mark.kind == TokenKind::Cross,
        [joint, mark] => joint.word().is_none() && mark.kind == TokenKind::Cross,
        _ => false,
    };
    if is_crossed {
        return true;
    }
    for (index, token) in behind.iter().enumerate() {
        let rest = behind.get(index + 1..).unwrap_or_default();
        match token.kind {
            TokenKind::Arrow => {
                let next_arrow = rest.iter().position(|t| t.kind == TokenKind::Arrow).unwrap_or(rest.len());
                let up_to_arrow = rest.get(..next_arrow).unwrap_or_default();
                let comma = up_to_arrow.iter().rposition(|t| t.kind == TokenKind::Comma);
                let target = comma
                    .filter(|_| next_arrow < rest.len())
                    .and_then(|comma| up_to_arrow.get(..comma))
                    .unwrap_or(up_to_arrow);
                let is_refused = target.first().is_some_and(|token| token.kind == TokenKind::Cross);
                return !is_target
                    && !is_refused
                    && (allowed.in_tokens(text, target) || predicate_excuses(text, target, allowed));
            }
            TokenKind::Dash | TokenKind::Colon => return index <= 5 && predicate_excuses(text, rest, allowed),
            TokenKind::Comma if index <= 4 && rest.first().is_some_and(|t| t.is_any(&["now", "not", "no"])) => {
                return rest.first().is_some_and(|t| t.is("now")) && allowed.in_tokens(text, rest);
            }
            _ => {}
        }
        if token.is_any(SUBORDINATORS) && !token.is("which") {
            return false;
        }
        if let Some(verdict) = predicate(text, clause, at, index, allowed) {
            return verdict && (!keeps || token.is_any(NOT));
        }
    }
    false
}

/// `For SWR, use React Query instead.`
fn use_other_instead(text: &str, behind: &[Token<'_>], allowed: &Allowed) -> bool {
    let adverb = behind
        .iter()
        .enumerate()
        .position(|(index, token)| token.is("instead") && !behind.get(index + 1).is_some_and(|next| next.is("of")));
    adverb.is_some_and(|at| {
        let before = behind.get(..at).unwrap_or_default();
        let after = behind.get(at + 1..).unwrap_or_default();
        allowed.in_tokens(text, before) || allowed.in_tokens(text, after)
    })
}

/// What the token at `index` of the predicate decides, if it does.
fn predicate(text: &str, clause: &[Token<'_>], at: usize, index: usize, allowed: &Allowed) -> Option<bool> {
    let behind = clause.get(at + 1..)?;
    let rest = behind.get(index + 1..)?;
    let token = behind.get(index)?;
    let before = behind.get(index.saturating_sub(3)..index).unwrap_or_default();
    let is_passive = before.iter().any(|t| t.is_any(BE));
    // "has nothing to do here"; not "nothing to do with billing", "nothing to do except keep the session".
    if token.is("nothing") && is_passive && matches!(rest, [to, verb, ..] if to.is("to") && verb.is("do")) {
        let excepted = ["with", "except", "besides", "but", "other", "else", "beyond"];
        return Some(!rest.iter().any(|t| t.is_any(&excepted)));
    }
    if token.is_any(NOT) || token.is("no") && rest.first().is_some_and(|t| t.is("longer")) {
        // "fails when X is not configured": X is wanted.
        let earlier = clause.get(..at).unwrap_or_default();
        let part = earlier.iter().rposition(|t| t.kind == TokenKind::Comma).map_or(0, |comma| comma + 1);
        let conditions = ["if", "when", "whenever", "unless", "until", "while"];
        if earlier.iter().skip(part).any(|t| t.is_any(&conditions)) {
            return Some(false);
        }
        let soon = rest.get(..rest.len().min(5)).unwrap_or_default();
        if soon.iter().any(|t| t.is_any(OMIT)) {
            return Some(false);
        }
        let contracted = token.word().is_some_and(|word| word.contains(['\'', '’']));
        let passive = is_passive || contracted || soon.iter().any(|t| t.is_any(BE)) || index == 0 || token.is("no");
        let absent = soon
            .iter()
            .any(|t| t.is_any(&["exist", "appear", "apply", "exists", "appears", "applies", "enter", "enters"]));
        let places = ["package.json", "stack", "bundle", "dependencies", "codebase", "repository", "project", "design"];
        let absent =
            absent || is_passive && soon.first().is_some_and(|t| t.is("in")) && soon.iter().any(|t| t.is_any(&places));
        let used = soon
            .iter()
            .take(3)
            .any(|t| t.is_any(USE) && (t.word().is_some_and(|w| w.ends_with("ed")) || !t.is_any(VERBS)));
        // "is not set up": the participle looks like the present.
        let set_up = is_passive && matches!(soon, [set, up, ..] if set.is("set") && up.is("up"));
        return (absent || set_up || (passive && used)).then_some(true);
    }
    if token.is("now") && is_passive && allowed.in_tokens(text, rest) {
        return Some(true);
    }
    if token.is_any(&["gives", "give", "gave", "makes", "yields"])
        && rest.first().is_some_and(|t| t.is_any(&["way", "room", "to"]))
    {
        return Some(true);
    }
    if token.is("out") && before.last().is_some_and(|t| t.is_any(OUT)) {
        return Some(!before.iter().any(|t| t.is_any(NOT)));
    }
    if token.is("no")
        && rest.first().is_some_and(|t| {
            t.is_any(&["place", "role", "part", "use", "counterpart", "equivalent", "benefit", "advantage", "purpose"])
        })
    {
        return Some(true);
    }
    // "goes away", "stays behind", "disappears"
    let leaves = token.is_any(&["stays", "stay", "stayed", "remains", "remain"])
        && rest.first().is_some_and(|t| t.is_any(ASIDE) || t.is_any(ABSENT))
        || token.is_any(&["goes", "go", "going", "went"]) && rest.first().is_some_and(|t| t.is("away"))
        || token.is_any(&["disappears", "disappear", "disappeared", "vanishes", "vanish", "vanished"]);
    if leaves && !before.iter().any(|t| t.is_any(NOT)) {
        return Some(true);
    }
    if token.is_any(REMOVE) && token.word().is_some_and(|word| word.ends_with(['d', 'n'])) {
        let ends = rest.first().is_none_or(|t| {
            t.word().is_none() || t.is_any(&["by", "with", "in", "from", "here", "entirely", "completely"])
        });
        let negated = before.iter().any(|t| t.is_any(NOT));
        // "files in X are deleted": the files are.
        let is_place = clause
            .get(at.saturating_sub(1)..at)
            .is_some_and(|t| t.iter().any(|t| t.is_any(&["in", "from", "at", "by", "via", "through", "with"])));
        if is_place && !token.is_any(&["replaced", "superseded", "substituted", "swapped"]) {
            return None;
        }
        return ((is_passive || ends) && !before.iter().any(|t| t.is_any(&["by", "with"]))).then_some(!negated);
    }
    // "makes X unnecessary"
    let made =
        clause.get(..at).is_some_and(|t| t.iter().any(|t| t.is_any(&["make", "makes", "made", "render", "renders"])));
    if token.is_any(ABSENT) && (is_passive || made) {
        let out = !token.is("out")
            || rest.is_empty()
            || rest.first().is_some_and(|t| t.is("of")) && rest.get(1).is_some_and(|t| t.is("scope"));
        return out.then_some(true);
    }
    let hands_over = token.is_any(MIGRATE)
        || token.is_any(&["corresponds", "correspond"])
        || (is_passive
            && token.is_any(&[
                "called", "named", "handled", "covered", "provided", "served", "done", "implemented", "taken",
                "realised", "realized",
            ]));
    if hands_over && allowed.in_tokens(text, rest) {
        let leads = token.is_any(&["becomes", "become", "became", "called", "named"])
            || rest.iter().take(4).any(|t| t.is_any(&["to", "into", "onto", "by", "with", "over"]));
        return leads.then_some(true);
    }
    None
}
