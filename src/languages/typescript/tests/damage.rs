use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::languages::typescript::{Confidence, ErrorUse, Facts, QueryTarget, Token, TokenKind, parse, tokens};

const FENCES: &[(&str, &str)] = &[
    ("BoatCard.tsx", include_str!("fixtures/BoatCard.tsx")),
    ("berth-route.ts", include_str!("fixtures/berth-route.ts")),
    ("boats-page.tsx", include_str!("fixtures/boats-page.tsx")),
    ("boats-route.ts", include_str!("fixtures/boats-route.ts")),
    ("harbour-service.ts", include_str!("fixtures/harbour-service.ts")),
    ("invoices-route.ts", include_str!("fixtures/invoices-route.ts")),
    ("layout.tsx", include_str!("fixtures/layout.tsx")),
    ("photos-route.ts", include_str!("fixtures/photos-route.ts")),
    ("reminders-function.ts", include_str!("fixtures/reminders-function.ts")),
    ("search-route.ts", include_str!("fixtures/search-route.ts")),
    ("stay-form.tsx", include_str!("fixtures/stay-form.tsx")),
    ("use-boats.ts", include_str!("fixtures/use-boats.ts")),
];

/// Every how many bytes a text is cut; unoptimised code is slow.
const STEP: usize = if cfg!(debug_assertions) { 7 } else { 1 };
/// The same for the other edits.
const EDIT_STEP: usize = if cfg!(debug_assertions) { 3 } else { 1 };

/// Facts as (kind, text, offset), with which a damaged text is compared.
fn marks(facts: &Facts) -> Vec<(&'static str, String, usize)> {
    let mut marks = Vec::new();
    for import in &facts.imports {
        marks.push(("import", import.module.text.clone(), import.module.span.start));
        marks.extend(import.names.iter().map(|name| ("imported name", name.local.text.clone(), name.local.span.start)));
    }
    marks.extend(facts.handlers.iter().map(|one| ("handler", one.method.text.clone(), one.method.span.start)));
    for query in &facts.queries {
        if let Some(name) = &query.name {
            let kind = if query.target == QueryTarget::Table { "table" } else { "bucket or function" };
            marks.push((kind, name.text.clone(), name.span.start));
        }
    }
    for fetch in &facts.fetches {
        if let Some(target) = &fetch.target {
            marks.push(("fetch", target.text.clone(), target.span.start));
        }
    }
    marks
}

/// One edit: the damaged text, where it differs, and where every offset of the clean text went.
struct Damage {
    kind: &'static str,
    text: String,
    at: usize,
    removed: usize,
    added: usize,
}

impl Damage {
    fn new(kind: &'static str, clean: &str, at: usize, removed: usize, added: &str) -> Self {
        let (before, behind) = (clean.get(..at).unwrap(), clean.get(at + removed..).unwrap());
        let text = format!("{before}{added}{behind}");
        Self { kind, text, at, removed, added: added.len() }
    }

    /// Where a stretch of the clean text stands now; `None` when the edit touches it.
    fn moved(&self, offset: usize, len: usize) -> Option<usize> {
        if offset + len <= self.at {
            Some(offset)
        } else if offset >= self.at + self.removed {
            Some(offset - self.removed + self.added)
        } else {
            None
        }
    }
}

fn damages(clean: &str) -> Vec<Damage> {
    let all: Vec<Token> = tokens(clean).collect();
    let mut damages = Vec::new();
    let line_starts =
        || clean.match_indices('\n').map(|(at, _)| at + 1).filter(|&at| at < clean.len() && at % EDIT_STEP == 0);
    for at in line_starts() {
        damages.push(Damage::new("elision", clean, at, 0, "  ...\n"));
        damages.push(Damage::new(
            "prose line",
            clean,
            at,
            0,
            "The handler then checks that the user's berth is free.\n",
        ));
    }
    for token in &all {
        let bracket =
            token.kind == TokenKind::Punctuator && matches!(token.text(clean), "(" | ")" | "[" | "]" | "{" | "}");
        let start = token.span.start;
        if bracket && start % EDIT_STEP == 0 {
            damages.push(Damage::new("lost bracket", clean, start, 1, ""));
        }
        if start % STEP == 0 {
            damages.push(Damage::new("truncation", clean, start, clean.len() - start, ""));
        }
    }
    damages
}

#[derive(Default, Clone, Copy)]
struct Score {
    expected: usize,
    found: usize,
    reported: usize,
    right: usize,
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.expected += other.expected;
        self.found += other.found;
        self.reported += other.reported;
        self.right += other.right;
    }
}

#[test]
fn damaged_fences_keep_their_facts() {
    let mut scores: BTreeMap<(&str, &str), Score> = BTreeMap::new();
    let mut confidences: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (name, clean) in FENCES {
        let facts = parse(clean);
        assert_eq!(facts.confidence, Confidence::Parsed, "{name}");
        let truth = marks(&facts);
        for damage in damages(clean) {
            let damaged = parse(&damage.text);
            confidences.entry(damage.kind).or_default()[damaged.confidence as usize] += 1;
            let expected: Vec<_> = truth
                .iter()
                .filter_map(|(kind, text, at)| Some((*kind, text.clone(), damage.moved(*at, text.len() + 1)?)))
                .collect();
            let reported = marks(&damaged);
            let mut add = |kind, score| *scores.entry((damage.kind, kind)).or_default() += score;
            for mark in &expected {
                let found = usize::from(reported.contains(mark));
                if found == 0 && std::env::var_os("SHOW_DAMAGE").is_some() && damage.kind != "truncation" {
                    println!("lost {name} {} at {} {mark:?} {:?}", damage.kind, damage.at, damaged.confidence);
                }
                add(mark.0, Score { expected: 1, found, ..Score::default() });
            }
            for mark in &reported {
                // What the edit touches is neither right nor wrong.
                let touched = truth.iter().any(|(kind, text, at)| {
                    *kind == mark.0
                        && damage.moved(*at, text.len() + 1).is_none()
                        && mark.2 <= damage.at
                        && damage.at <= mark.2 + text.len() + 1
                });
                let right = usize::from(touched || expected.contains(mark));
                if right == 0 && std::env::var_os("SHOW_DAMAGE").is_some() {
                    println!("false {name} {} at {} {mark:?} {:?}", damage.kind, damage.at, damaged.confidence);
                }
                add(mark.0, Score { reported: 1, right, ..Score::default() });
            }
        }
    }
    report(&scores, &confidences);
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn report(scores: &BTreeMap<(&str, &str), Score>, confidences: &BTreeMap<&str, [usize; 3]>) {
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    for (kind, [scanned, repaired, parsed]) in confidences {
        println!("{kind:13} {parsed:5} parsed {repaired:5} repaired {scanned:5} scanned");
    }
    for ((damage, kind), score) in scores {
        let recall = share(score.found, score.expected);
        let precision = share(score.right, score.reported);
        println!(
            "{damage:13} {kind:19} recall {recall:.4} of {:6}  precision {precision:.4} of {:6}",
            score.expected, score.reported
        );
        assert!(precision >= 0.98, "{damage} {kind}: precision {precision}");
        assert!(recall >= 0.97, "{damage} {kind}: recall {recall}");
    }
}

/// What a rule would accuse: errors that are never read, handlers whose guard is not there or does not return.
fn accusations(facts: &Facts) -> Vec<(&'static str, usize)> {
    let unread = facts.queries.iter().filter(|query| query.error == ErrorUse::Unread);
    let mut accusations: Vec<_> = unread.map(|query| ("error", query.span.start)).collect();
    for handler in &facts.handlers {
        let Some(function) = facts.handler_function(handler) else { continue };
        let guarded =
            facts.guard(handler, "requireAuth").is_some_and(|guard| guard.returns_result && guard.before.is_empty());
        if !guarded && !facts.has_gap(function.span) {
            accusations.push(("guard", handler.method.span.start));
        }
    }
    accusations
}

#[test]
fn damage_brings_no_false_accusations() {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (name, clean) in FENCES {
        let facts = parse(clean);
        let truth = accusations(&facts);
        for damage in damages(clean) {
            let damaged = parse(&damage.text);
            let judged = damaged.queries.len() + damaged.handlers.len();
            let known = |mark: &(&str, usize)| {
                truth.iter().any(|(kind, at)| *kind == mark.0 && damage.moved(*at, 1) == Some(mark.1))
            };
            let accused = accusations(&damaged);
            let wrong: Vec<_> = accused.iter().filter(|mark| !known(mark)).collect();
            if !wrong.is_empty() && std::env::var_os("SHOW_DAMAGE").is_some() {
                println!("accused {name} {} at {} {wrong:?} {:?}", damage.kind, damage.at, damaged.confidence);
            }
            let count = counts.entry(damage.kind).or_default();
            *count = (count.0 + wrong.len(), count.1 + judged);
        }
    }
    for (kind, (wrong, judged)) in counts {
        println!("{kind:13} {wrong:4} false accusations of {judged} queries and handlers");
        assert!(wrong * 50 <= judged, "{kind}");
    }
}

#[test]
fn clean_fences_are_cut_at_every_byte() {
    for (_, clean) in FENCES {
        for (at, _) in clean.char_indices().filter(|(at, _)| at % STEP == 0) {
            super::repairs::check(clean.get(..at).unwrap());
            super::repairs::check(clean.get(at..).unwrap());
        }
    }
}
