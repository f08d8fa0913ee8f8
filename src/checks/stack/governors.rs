//! What governs a name in its clause, from the left and from the right.

use super::allowed::Allowed;
use super::clause::{Token, TokenKind};
use super::lexicon::{
    ABSENT, AND, BE, DESIGN, FINITE, INABILITY, INSTEAD, KEEP, MEANS, MIGRATE, NEED, NO, NOT, OMIT, OUT, PREFER,
    PROVENANCE, REMOVE, SUBORDINATORS, SUBSTITUTES, USE, VERBS,
};
use super::mention::{Announcement, announces_absence, predicate_excuses};

/// `Prisma-free`, `S3-compatible`, `non-Redis`, `the SWR equivalent`.
pub(super) fn compound(clause: &[Token<'_>], at: usize) -> bool {
    let kind = |index: usize| clause.get(index).map(|token| token.kind);
    let is_any = |index: usize, words: &[&str]| clause.get(index).is_some_and(|token| token.is_any(words));
    let suffixes =
        ["free", "less", "style", "like", "compatible", "equivalent", "era", "flavoured", "flavored", "inspired"];
    let behind = kind(at + 1) == Some(TokenKind::Hyphen) && is_any(at + 2, &suffixes);
    let before =
        at >= 2 && kind(at - 1) == Some(TokenKind::Hyphen) && is_any(at - 2, &["non", "no", "anti", "ex", "pre"]);
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
                let excuses = is_short && !is_subject && announces_absence(head, Announcement::Title);
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

/// The tokens between a governor and the name.
#[derive(Clone, Copy)]
struct Between<'s, 't> {
    clause: &'s [Token<'t>],
    from: usize,
    to: usize,
}

impl<'s, 't> Between<'s, 't> {
    fn tokens(self) -> &'s [Token<'t>] {
        self.clause.get(self.from..self.to).unwrap_or_default()
    }

    fn has(self, words: &[&str]) -> bool {
        self.tokens().iter().any(|token| token.is_any(words))
    }

    fn starts_with(self, words: &[&str]) -> bool {
        self.tokens().first().is_some_and(|token| token.is_any(words))
    }

    /// The same without its first token.
    fn rest(self) -> Self {
        Self { from: (self.from + 1).min(self.to), ..self }
    }

    /// Whether the name is still in the same list of names: every comma leads to a further name, not to a new clause.
    fn is_one_list(self) -> bool {
        let Some(comma) = self.tokens().iter().rposition(|token| token.kind == TokenKind::Comma) else { return true };
        let conditional = self.clause.first().is_some_and(|token| token.is_any(&["if", "when", "unless", "where"]));
        let tail = self.tokens().get(comma + 1..).unwrap_or_default();
        let before = self.tokens().last();
        let next = self.clause.get(self.to + 1);
        let joins = |token: &Token<'_>| token.is_any(AND) || matches!(token.kind, TokenKind::Comma | TokenKind::Join);
        let goes_on = next.is_none_or(|next| joins(next) || next.kind == TokenKind::Dash)
            || before.is_some_and(joins) && before.is_some_and(|t| t.kind != TokenKind::Comma);
        let one_name_list = self.clause.get(self.to + 1).is_some_and(joins) || goes_on;
        !conditional && one_name_list && !tail.iter().any(|token| token.is_any(VERBS))
    }

    /// Whether a phrase of nouns leads up to the name: no verb, no clause of its own.
    fn is_nominal(self) -> bool {
        self.is_one_list() && !self.has(FINITE) && !self.has(SUBORDINATORS)
    }
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
    let pronoun = earlier.iter().rposition(relative);
    if pronoun.is_some_and(|at| earlier.iter().take(at).any(|t| t.is_any(NOT) || t.is_any(NO))) {
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
    if soon.has(OMIT) && between.is_one_list() {
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
    let reaches = if is_verbal {
        between.is_one_list() && !between.has(SUBORDINATORS) && !between.has(&["before", "after"])
    } else {
        let gerund = between.tokens().first().and_then(|t| t.word()).is_some_and(|word| word.ends_with("ing"));
        between.is_nominal() && (!between.has(MEANS) || gerund && !token.is("no"))
    };
    reaches.then_some(true)
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
    if token.is("rid") {
        return between.starts_with(&["of"]).then_some(true);
    }
    if token.is("out") && between.clause.get(index.saturating_sub(1)).is_some_and(|t| t.is_any(OUT)) {
        return between.is_nominal().then_some(true);
    }
    if !token.is_any(REMOVE) {
        return None;
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
    let keeps = clause.iter().any(|t| t.is_any(KEEP));
    if token.is("from") && between.is_nominal() && !between.has(VERBS) && !between.has(&["to", "into", "onto"]) {
        if before.iter().any(|t| t.is_any(&["import", "imports", "imported", "importing", "export", "exports"])) {
            return None;
        }
        let behind = clause.get(between.to + 1..).unwrap_or_default();
        let target =
            behind.iter().take(12).position(|t| t.is_any(&["to", "into", "onto"]) || t.kind == TokenKind::Arrow);
        let named = target.and_then(|at| behind.get(at..)).is_some_and(|rest| allowed.in_tokens(text, rest));
        let moves = before.iter().rev().take(6).any(|t| {
            t.is_any(MIGRATE) && !t.is_any(&["come", "came", "go", "went", "move", "moved", "moves", "moving"])
        });
        return (named || moves || (target.is_some() && before.is_empty())).then_some(true);
    }
    if token.is_any(PROVENANCE) && !keeps && between.is_one_list() && !between.has(SUBORDINATORS) {
        let opens = !before.iter().any(|t| t.word().is_some());
        let is_verb = token.is_any(&["was", "were"]);
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

/// `the source`, `the original`, `the wireframes`: where the design came from, at `index`.
fn names_source(clause: &[Token<'_>], index: usize) -> bool {
    let Some(token) = clause.get(index) else { return false };
    let previous = index.checked_sub(1).and_then(|before| clause.get(before));
    let is_noun = token.is_any(&["source", "source's", "source’s", "wireframe", "wireframes", "mockup", "mockups"]);
    is_noun && previous.is_none_or(|t| t.is_any(&["the", "a", "its", "where", "wherever", "our", "in", "of"]))
}

/// `the generic spec`, `the first draft`, at its noun.
fn names_earlier_design(clause: &[Token<'_>], index: usize) -> bool {
    let Some(token) = clause.get(index) else { return false };
    let kinds = ["source", "generic", "structured", "original", "first", "early", "earlier", "initial", "upstream"];
    let previous = index.checked_sub(1).and_then(|before| clause.get(before));
    token.is_any(DESIGN) && previous.is_some_and(|t| t.is_any(&kinds))
}

/// What the whole clause makes of the name where nothing governs it directly: a design that was not chosen (`would have
/// meant`), what it did in the source, a translation of it into something allowed, a check that forbids it.
pub(super) fn around(text: &str, clause: &[Token<'_>], at: usize, allowed: &Allowed) -> bool {
    let before = clause.get(..at).unwrap_or_default();
    let behind = clause.get(at + 1..).unwrap_or_default();
    if clause.iter().any(|t| t.is_any(KEEP)) {
        return false;
    }
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
    let is_translated =
        before.iter().any(|t| t.is_any(MIGRATE)) && target.is_some_and(|rest| allowed.in_tokens(text, rest));
    // "what S3 gave us", "that BullMQ promised": the service is compared, not used.
    let relative = before.iter().rev().take(4).any(|t| t.is_any(&["what", "that", "which"]));
    let past = ["did", "gave", "promised", "offered", "provided", "had", "wanted", "handled"];
    let is_compared = relative && behind.iter().take(4).any(|t| t.is_any(&past));
    let is_checked = clause.iter().any(|t| t.is_any(&["grep", "rg", "ripgrep", "eslint", "depcheck"]));
    is_hypothetical || in_source || is_translated || is_compared || is_checked
}

/// Goes right from the name: what is said of it.
pub(super) fn right(text: &str, clause: &[Token<'_>], at: usize, allowed: &Allowed) -> bool {
    let behind = clause.get(at + 1..).unwrap_or_default();
    let is_target = clause.get(..at).is_some_and(|before| before.iter().any(|token| token.kind == TokenKind::Arrow));
    let keeps = clause.iter().any(|token| token.is_any(KEEP));
    if use_other_instead(text, behind, allowed) && !keeps {
        return true;
    }
    for (index, token) in behind.iter().enumerate() {
        let rest = behind.get(index + 1..).unwrap_or_default();
        match token.kind {
            TokenKind::Arrow => {
                let next_arrow = rest.iter().position(|t| t.kind == TokenKind::Arrow).unwrap_or(rest.len());
                let target = rest.get(..next_arrow).unwrap_or_default();
                return !is_target && (allowed.in_tokens(text, target) || predicate_excuses(text, target, allowed));
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
    if token.is_any(NOT) || token.is("no") && rest.first().is_some_and(|t| t.is("longer")) {
        let soon = rest.get(..rest.len().min(5)).unwrap_or_default();
        if soon.iter().any(|t| t.is_any(OMIT)) {
            return Some(false);
        }
        let contracted = token.word().is_some_and(|word| word.contains(['\'', '’']));
        let passive = is_passive || contracted || soon.iter().any(|t| t.is_any(BE)) || index == 0 || token.is("no");
        let absent = soon.iter().any(|t| t.is_any(&["exist", "appear", "apply", "exists", "appears", "applies"]));
        let used = soon
            .iter()
            .take(3)
            .any(|t| t.is_any(USE) && (t.word().is_some_and(|w| w.ends_with("ed")) || !t.is_any(VERBS)));
        return (absent || (passive && used)).then_some(true);
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
        && rest.first().is_some_and(|t| t.is_any(&["place", "role", "part", "use", "counterpart", "equivalent"]))
    {
        return Some(true);
    }
    if token.is_any(REMOVE) && token.word().is_some_and(|word| word.ends_with(['d', 'n'])) {
        let ends = rest.first().is_none_or(|t| {
            t.word().is_none() || t.is_any(&["by", "with", "in", "from", "here", "entirely", "completely"])
        });
        let negated = before.iter().any(|t| t.is_any(NOT));
        return ((is_passive || ends) && !before.iter().any(|t| t.is_any(&["by", "with"]))).then_some(!negated);
    }
    // "makes X unnecessary"
    let made =
        clause.get(..at).is_some_and(|t| t.iter().any(|t| t.is_any(&["make", "makes", "made", "render", "renders"])));
    if token.is_any(ABSENT) && (is_passive || made) {
        let out =
            !token.is("out") || rest.first().is_some_and(|t| t.is("of")) && rest.get(1).is_some_and(|t| t.is("scope"));
        return out.then_some(true);
    }
    let hands_over = token.is_any(MIGRATE)
        || (is_passive
            && token.is_any(&[
                "handled",
                "covered",
                "provided",
                "served",
                "done",
                "implemented",
                "taken",
                "realised",
                "realized",
            ]));
    if hands_over && allowed.in_tokens(text, rest) {
        let leads = token.is_any(&["becomes", "become", "became"])
            || rest.iter().take(4).any(|t| t.is_any(&["to", "into", "onto", "by", "with", "over"]));
        return leads.then_some(true);
    }
    None
}
