//! The bundled example pair: the clean one is quiet, the faulty one shows each fault where it stands.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::{root, speclint};

type Places = BTreeSet<(String, u64)>;

fn findings(spec: &str) -> Places {
    let run = speclint(&root().join("examples"), &["check", spec, "--report", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["level"] != "note");
    findings.map(|f| (f["rule"].as_str().unwrap().to_owned(), f["line"].as_u64().unwrap())).collect()
}

/// Lines `rule<TAB>line`.
fn listed(file: &str) -> Places {
    let text = fs::read_to_string(root().join("tests/fixtures").join(file)).unwrap();
    let entries = text.lines().filter_map(|line| line.split_once('\t'));
    entries.map(|(rule, line)| (rule.to_owned(), line.trim().parse().unwrap())).collect()
}

#[test]
fn the_clean_example_is_clean() {
    assert_eq!(findings("integrated-clean.md"), BTreeSet::new());
}

#[test]
fn the_faulty_example_shows_its_faults() {
    let rules = speclint::checks::RuleSet::new(Vec::new()).unwrap();
    let found = findings("integrated.md");
    let planted = listed("examples-expected.txt");
    let allowed = listed("examples-allowed.txt");
    // Faults of rules that are still to come are planted already.
    let expected: Places = planted.iter().filter(|(rule, _)| rules.knows(rule)).cloned().collect();
    let missed: Vec<_> = expected.difference(&found).collect();
    let false_alarms: Vec<_> =
        found.iter().filter(|place| !planted.contains(place) && !allowed.contains(place)).collect();
    assert!(missed.is_empty() && false_alarms.is_empty(), "missed {missed:?}, false {false_alarms:?}");
    let speaking: BTreeSet<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    let silent: Vec<&str> =
        rules.pages().iter().map(|page| page.id.as_ref()).filter(|id| !speaking.contains(id)).collect();
    // A document cannot both have a source and lack it, and a text file in the repository is UTF-8.
    assert_eq!(silent, ["invalid-utf8", "source-not-found"]);
}
