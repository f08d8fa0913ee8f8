use std::collections::BTreeSet;

/// The ids and groups of the rules that exist: the built-in ones and the project's own.
#[derive(Clone, Debug, Default)]
pub struct KnownRules<'a> {
    rules: BTreeSet<&'a str>,
    groups: BTreeSet<&'a str>,
}

impl<'a> FromIterator<(&'a str, &'a str)> for KnownRules<'a> {
    /// Takes the id and the group of each rule.
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(rules: I) -> Self {
        let (rules, groups) = rules.into_iter().unzip();
        Self { rules, groups }
    }
}

impl KnownRules<'_> {
    /// Whether `name` is a rule or a group.
    pub fn contains(&self, name: &str) -> bool {
        self.rules.contains(name) || self.groups.contains(name)
    }

    /// The rule or group that `name` is probably a slip for.
    pub fn closest(&self, name: &str) -> Option<&str> {
        closest(name, self.groups.iter().chain(&self.rules).copied())
    }
}

/// Longest name that gets a suggestion, in bytes: the distance takes quadratic time.
const LONGEST_NAME: usize = 64;

/// The candidate that `name` is probably a slip for: the nearest one, with at most a third of the characters wrong
/// (of two characters, one).
/// Of several that are equally near, the first. Case, `_` and surrounding blanks are no difference.
pub(super) fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let name = name.trim().to_lowercase().replace('_', "-");
    let length = name.chars().count();
    let allowed = (length / 3).max(usize::from(length == 2));
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&name, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The names in backticks, one after the other.
pub(super) fn listing<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_rule() {
        let rules: KnownRules =
            [("no-prisma", "stack"), ("no-swr", "stack"), ("rls-enabled", "database")].into_iter().collect();
        assert!(rules.contains("stack") && rules.contains("no-swr") && !rules.contains("swr"));
        assert_eq!(rules.closest("no-prsima"), Some("no-prisma"));
        assert_eq!(rules.closest("NO_PRISMA "), Some("no-prisma"));
        assert_eq!(rules.closest("databse"), Some("database"));
        assert_eq!(rules.closest("kubernetes"), None);
        assert_eq!(rules.closest(""), None);
        assert_eq!(rules.closest(&"a".repeat(100_000)), None);
    }
}
