//! The fixes that rules offer, on the examples of their pages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;

use speclint::checks::RuleSet;
use speclint::examples;

#[test]
fn every_fix_silences_its_finding_and_makes_no_error() {
    let rules = RuleSet::new(Vec::new()).unwrap();
    let (mut wrong, mut shown) = (Vec::new(), String::new());
    for page in rules.pages() {
        for repaired in examples::repair(page, &rules).unwrap() {
            let place = format!("{}: {}", page.id, repaired.title);
            wrong.extend(repaired.left.iter().map(|message| format!("{place}: left: {message}\n{}", repaired.diff)));
            if !repaired.is_stable {
                wrong.push(format!("{place}: a second run changes it again:\n{}", repaired.diff));
            }
            if let Some(offered) = repaired.offered {
                writeln!(shown, "=== {place} ({offered:?})\n{}", repaired.diff).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    // What each fix does, to be read by whoever changes one.
    insta::assert_snapshot!(shown);
}
