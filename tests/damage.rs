//! Damage of all kinds to the clean example, repaired: what the fixes promise holds for each of them and for mixtures.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use speclint::Checker;
use speclint::checks::RuleSet;
use speclint::config::{Draft, Overrides};
use speclint::diagnostics::{Applicability, Finding, Level};
use speclint::fix::{Patch, repair, unified};
use speclint::text::SourceFile;

/// A way in which a writer, or an editor, spoils a document. The number chooses the place.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Reword(usize),
    Renumber(usize),
    DropRowSecurity(usize),
    DropFenceEnd(usize),
    Mojibake(usize),
    DropMark(usize),
    DropSectionEnd(usize),
    DropAwait(usize),
    BreakLink(usize),
    Suppress(usize),
    DropCriteria(usize),
    DropDescription(usize),
    DropFeature(usize),
    DropIndex(usize),
    DropTrigger(usize),
}

/// Replaces the occurrence of `from` that `choice` names.
fn replace(text: &str, from: &str, to: &str, choice: usize) -> String {
    let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
    let Some(&at) = places.get(choice.checked_rem(places.len()).unwrap_or(0)) else { return text.to_owned() };
    format!("{}{to}{}", &text[..at], &text[at + from.len()..])
}

/// Removes the block that starts with a line of `start`, up to the line before the next one that `ends` it.
fn remove_block(text: &str, start: &str, ends: impl Fn(&str) -> bool, choice: usize) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&index| lines[index].starts_with(start)).collect();
    let Some(&first) = starts.get(choice.checked_rem(starts.len()).unwrap_or(0)) else { return text.to_owned() };
    let rest = lines[first + 1..].iter().position(|line| ends(line)).map_or(lines.len(), |at| first + 1 + at);
    lines[..first].iter().chain(&lines[rest..]).copied().collect()
}

impl Damage {
    fn apply(self, text: &str) -> String {
        let heading = |line: &str| line.starts_with("##") || line.starts_with("---");
        match self {
            Self::Reword(n) => replace(text, "\n2. ", "\n2. If possible: ", n),
            Self::Renumber(n) => replace(text, "24 hours before", "48 hours before", n),
            Self::DropRowSecurity(n) => remove_block(text, "ALTER TABLE", |_| true, n),
            Self::DropFenceEnd(n) => replace(text, "\n```\n", "\n", n),
            Self::Mojibake(n) => replace(&replace(text, "❌", "âŒ", n), "–", "â€“", n),
            Self::DropMark(n) => replace(text, " - INTEGRATED\n", "\n", n),
            Self::DropSectionEnd(n) => remove_block(text, "## END OF SECTION", heading, n),
            Self::DropAwait(n) => replace(text, "await createServerSupabaseClient", "createServerSupabaseClient", n),
            Self::BreakLink(n) => replace(text, "---integrated)", "-integrated)", n),
            Self::Suppress(n) => {
                let comment = "\n\n<!-- speclint-disable-next-line no-swr -- a leftover -->\n\n";
                replace(text, "\n\n### ", &format!("{comment}### "), n)
            }
            Self::DropCriteria(n) => remove_block(
                text,
                "**Acceptance Criteria",
                |line| line.starts_with('#') || line.starts_with('-') && line.starts_with("---"),
                n,
            ),
            Self::DropDescription(n) => remove_block(text, "**Description:**", |line| line.starts_with("**"), n),
            Self::DropFeature(n) => remove_block(text, "#### FR-", heading, n),
            Self::DropIndex(n) => remove_block(text, "CREATE INDEX", |_| true, n),
            Self::DropTrigger(n) => remove_block(text, "CREATE TRIGGER", |line| !line.starts_with(' '), n),
        }
    }

    /// Whether the safe fixes undo the damage, or make it harmless, when nothing else is damaged.
    fn is_repaired(self) -> bool {
        !matches!(self, Self::DropFeature(_) | Self::DropIndex(_) | Self::DropTrigger(_) | Self::DropFenceEnd(_))
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    use Damage::{
        BreakLink, DropAwait, DropCriteria, DropDescription, DropFeature, DropFenceEnd, DropIndex, DropMark,
        DropRowSecurity, DropSectionEnd, DropTrigger, Mojibake, Renumber, Reword, Suppress,
    };
    static KINDS: [fn(usize) -> Damage; 15] = [
        Reword, Renumber, DropRowSecurity, DropFenceEnd, Mojibake, DropMark, DropSectionEnd, DropAwait, BreakLink,
        Suppress, DropCriteria, DropDescription, DropFeature, DropIndex, DropTrigger,
    ];
    (prop::sample::select(&KINDS[..]), 0_usize..40).prop_map(|(kind, place)| kind(place))
}

struct Pair {
    checker: Checker,
    source: SourceFile,
    clean: String,
}

impl Pair {
    fn new() -> Self {
        let rules = RuleSet::new(Vec::new()).unwrap();
        let config = Draft::defaults(PathBuf::new()).resolve(&rules.known(), &Overrides::default()).unwrap();
        let read = |name: &str| fs::read_to_string(support::root().join("examples").join(name)).unwrap();
        let source = SourceFile::new("source.md", read("source.md").into_bytes());
        Self { checker: Checker::new(rules, config, PathBuf::new()), source, clean: read("integrated-clean.md") }
    }

    fn check(&self, text: &str) -> Vec<Finding> {
        let file = SourceFile::new("integrated.md", text.as_bytes().to_vec());
        self.checker.check_pair(&file, Some(&self.source), None)
    }

    fn repair<'t>(&self, text: &'t str, least: Applicability) -> Patch<'t> {
        let check = |texts: &[String]| Ok::<_, Infallible>(self.check(&texts[0]));
        let Ok(mut repair) = repair(&[("integrated.md", text)], least, &check);
        repair.patches.remove(0)
    }
}

fn errors(findings: &[Finding]) -> BTreeMap<String, usize> {
    let mut errors = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.level == Level::Error) {
        *errors.entry(finding.rule.to_string()).or_insert(0) += 1;
    }
    errors
}

/// Applies a unified diff as its format says, line by line, and insists that all it does not touch is there.
fn patched(text: &str, diff: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (mut out, mut at) = (String::new(), 0);
    let mut body = diff.split_inclusive('\n').skip(2).peekable();
    while let Some(line) = body.next() {
        let no_end = body.next_if(|next| next.starts_with('\\')).is_some();
        let content = if no_end { line[1..].trim_end_matches('\n') } else { &line[1..] };
        match line.as_bytes()[0] {
            b'@' => {
                let range = line.split([' ', ',']).nth(1).unwrap();
                let start: usize = range[1..].parse().unwrap();
                let is_empty = line.starts_with(&format!("@@ {range},0 "));
                let start = if is_empty { start } else { start - 1 };
                out.extend(lines[at..start].iter().copied());
                at = start;
            }
            b'+' => out.push_str(content),
            sign => {
                assert_eq!(lines[at], content);
                at += 1;
                if sign == b' ' {
                    out.push_str(content);
                }
            }
        }
    }
    out.extend(lines[at..].iter().copied());
    out
}

fn assert_promises(pair: &Pair, text: &str, least: Applicability) -> String {
    let before = pair.check(text);
    let patch = pair.repair(text, least);
    let repaired = patch.text();
    assert_eq!(patched(text, &unified("integrated.md", &patch)), repaired, "the diff says what was done");
    let after = pair.check(&repaired);
    let had = errors(&before);
    for (rule, count) in errors(&after) {
        let may_mark = least == Applicability::Unsafe && rule == "placeholder";
        assert!(
            may_mark || count <= had.get(&rule).copied().unwrap_or(0),
            "{rule}: {count} after, {had:?} before\n{}",
            unified("integrated.md", &patch)
        );
    }
    assert!(pair.repair(&repaired, least).is_unchanged(), "a second run changes it again");
    repaired
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever is damaged: no error more, and nothing to do for a second run.
    #[test]
    fn mixed_damage(damages in prop::collection::vec(damage(), 1..6), crlf in any::<bool>(), is_unsafe in any::<bool>()) {
        let pair = Pair::new();
        let damaged = damages.iter().fold(pair.clean.clone(), |text, damage| damage.apply(&text));
        let damaged = if crlf { format!("\u{feff}{}", damaged.trim_end().replace('\n', "\r\n")) } else { damaged };
        let least = if is_unsafe { Applicability::Unsafe } else { Applicability::Safe };
        assert_promises(&pair, &damaged, least);
    }

    /// A single damage that safe fixes can undo leaves no error and no warning.
    #[test]
    fn single_damage(damage in damage()) {
        let pair = Pair::new();
        let damaged = damage.apply(&pair.clean);
        let repaired = assert_promises(&pair, &damaged, Applicability::Safe);
        if damage.is_repaired() {
            let left = pair.check(&repaired);
            let left: Vec<_> = left.iter().filter(|finding| finding.level > Level::Note).map(|finding| &finding.message).collect();
            prop_assert!(left.is_empty(), "{left:?}");
        }
    }
}
