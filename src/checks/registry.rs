use std::collections::BTreeMap;

use super::page::{PAGES, Page};
use super::stack::{self, StackEngine};
use super::{Check, Id, code, consistency, database, document, fidelity, inventory, structure};
use crate::config::{Config, KnownRules};
use crate::diagnostics::{Finding, Level, Location};

/// All checks. Each page of `checks/` with `engine = "native"` belongs to exactly one of them, or is reported while
/// files are read and suppressions applied; a test sees to it.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    [&stack::CHECK]
        .into_iter()
        .chain([&database::CHECK])
        .chain(&document::CHECKS)
        .chain(&fidelity::CHECKS)
        .chain(&structure::CHECKS)
        .chain(&consistency::CHECKS)
        .chain(&code::CHECKS)
        .chain(&database::CODE_CHECKS)
        .chain(&inventory::CHECKS)
}

/// The rules that exist: the built-in ones and those of the project.
#[derive(Debug)]
pub struct RuleSet {
    pages: Vec<Page>,
    stack: StackEngine,
}

impl RuleSet {
    /// The built-in rules and `own` pages.
    ///
    /// # Errors
    /// The id of an own page that is taken already.
    pub fn new(own: Vec<Page>) -> Result<Self, String> {
        let mut pages: Vec<Page> = PAGES.to_vec();
        for page in own {
            if pages.iter().any(|known| known.id == page.id) {
                return Err(page.id.into_owned());
            }
            pages.push(page);
        }
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        let stack = StackEngine::new(pages.iter());
        Ok(Self { pages, stack })
    }

    /// The pages, sorted by id.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The page of a rule.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.position(id).and_then(|index| self.pages.get(index))
    }

    /// Where the page of a rule stands among [`RuleSet::pages`].
    pub fn position(&self, id: &str) -> Option<usize> {
        self.pages.binary_search_by(|page| page.id.as_ref().cmp(id)).ok()
    }

    /// Whether `name` is a rule or a group.
    pub fn knows(&self, name: &str) -> bool {
        self.pages.iter().any(|page| page.id == name || page.group == name)
    }

    /// The rule or group that `name` is probably a slip for.
    pub fn closest(&self, name: &str) -> Option<String> {
        self.known().closest(name).map(str::to_owned)
    }

    /// Ids and groups, as the configuration wants them.
    pub fn known(&self) -> KnownRules<'_> {
        self.pages.iter().map(|page| (page.id.as_ref(), page.group.as_ref())).collect()
    }

    /// The stack rules whose technologies `text` names, in whatever way: ids, sorted.
    pub fn technologies(&self, text: &str) -> Vec<&str> {
        self.stack.rules_in(text)
    }

    pub(super) fn stack(&self) -> &StackEngine {
        &self.stack
    }
}

/// The rules that are on.
#[derive(Debug)]
pub struct Active(BTreeMap<String, (Id, Level, Option<u8>)>);

impl Active {
    /// What `config` makes of `rules`.
    pub fn new(rules: &RuleSet, config: &Config) -> Self {
        let active = rules.pages().iter().filter_map(|page| {
            let level = config.level_of(&page.id, &page.group, page.level)?;
            Some((page.id.to_string(), (Id::from(page.id.as_ref()), level, page.item)))
        });
        Self(active.collect())
    }

    /// The level of a rule that is on.
    pub fn level(&self, rule: &str) -> Option<Level> {
        self.0.get(rule).map(|&(_, level, _)| level)
    }

    /// Whether a rule, or some rule of a group, is on.
    pub fn is_any(&self, rules: &RuleSet, name: &str) -> bool {
        rules
            .pages()
            .iter()
            .any(|page| (page.id == name || page.group == name) && self.0.contains_key(page.id.as_ref()))
    }

    /// A finding of `rule` at `location`, with level and item; `None` where the rule is off.
    pub fn finding(&self, rule: &str, location: Location, message: impl Into<String>) -> Option<Finding> {
        let (id, level, item) = self.0.get(rule)?;
        let mut finding = Finding::new(Id::clone(id), *level, location, message);
        finding.item = *item;
        Some(finding)
    }

    /// The checklist items that some rule that is on serves.
    pub fn items(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.values().filter_map(|&(_, _, item)| item)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::page::Engine;
    use super::*;

    #[test]
    fn every_page_has_a_rule_and_every_rule_a_page() {
        let native = PAGES.iter().filter(|page| page.engine == Engine::Native).map(|page| page.id.as_ref());
        let mut reported: Vec<&str> = checks().flat_map(|check| check.rules.iter().copied()).collect();
        // These are about the run itself, and about the other findings.
        reported.extend(["source-not-found", "suppression-reason", "unknown-suppression", "unused-suppression"]);
        let count = reported.len();
        let reported: BTreeSet<&str> = reported.into_iter().collect();
        assert_eq!(reported.len(), count, "a rule belongs to one check");
        assert_eq!(native.collect::<BTreeSet<_>>(), reported);
    }

    #[test]
    fn pages_are_sorted_and_serve_items_of_the_checklist() {
        assert!(PAGES.is_sorted_by(|a, b| a.id < b.id));
        assert!(PAGES.iter().all(|page| page.item.is_none_or(|item| (1..=15).contains(&item))));
        assert!(PAGES.iter().all(|page| !page.summary.is_empty() && !page.documentation().is_empty()));
    }
}
