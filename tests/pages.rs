//! The examples on the rule pages hold.

use speclint::checks::RuleSet;
use speclint::checks::page::{Engine, Page};
use speclint::examples;

#[test]
fn every_example_of_every_page_holds() {
    let rules = RuleSet::new(Vec::new()).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in rules.pages() {
        let outcomes = examples::run(page, &rules);
        assert!(outcomes.len() >= 4, "{} has {} examples", page.id, outcomes.len());
        for outcome in outcomes {
            count += 1;
            wrong.extend(outcome.failure.map(|failure| format!("{}: {}: {failure}", page.id, outcome.title)));
        }
    }
    assert!(count > 100, "{count} examples");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rule of a project's own is data, and its examples are tests like all others.
#[test]
fn an_example_that_does_not_hold_is_reported() {
    let text = "+++\nlevel = \"error\"\nengine = \"stack\"\nsummary = \"Firebase is not used\"\nname = \"Firebase\"\nwords = [\"Firebase\"]\n+++\n\n# no-firebase\n\n## Fails\n\n### Wrong line\n\n````markdown integrated\nData comes from Firebase.\nAll of it. ⟸ error\n````\n";
    let page = Page::read("no-firebase", "stack", text.to_owned()).unwrap();
    assert_eq!(page.engine, Engine::Stack);
    let rules = RuleSet::new(vec![page.clone()]).unwrap();
    let outcomes = examples::run(&page, &rules);
    assert_eq!(outcomes.len(), 1);
    assert_eq!(outcomes[0].failure.as_deref(), Some("expected error on line 2; found error on line 1"));
}
