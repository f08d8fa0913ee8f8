//! The fixes that rules offer, on the examples of their pages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use speclint::checks::RuleSet;
use speclint::diagnostics::Applicability;
use speclint::examples;

#[test]
fn every_fix_silences_its_finding_and_makes_no_error() {
    let rules = RuleSet::new(Vec::new()).unwrap();
    let mut wrong = Vec::new();
    for page in rules.pages() {
        let mut offered = BTreeSet::new();
        for repaired in examples::repair(page, &rules).unwrap() {
            let place = format!("{}: {}", page.id, repaired.title);
            wrong.extend(repaired.left.iter().map(|message| format!("{place}: left: {message}\n{}", repaired.diff)));
            if !repaired.is_stable {
                wrong.push(format!("{place}: a second run changes it again:\n{}", repaired.diff));
            }
            offered.extend(repaired.offered);
        }
        let said = [(&page.fix, Applicability::Safe), (&page.unsafe_fix, Applicability::Unsafe)];
        let said: BTreeSet<_> = said.into_iter().filter(|(text, _)| !text.is_empty()).map(|(_, a)| a).collect();
        if offered != said {
            wrong.push(format!("{}: its page says that it offers {said:?}, its examples offer {offered:?}", page.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
