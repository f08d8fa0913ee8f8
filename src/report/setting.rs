use crate::checks::RuleSet;
use crate::config::FailOn;

/// What a run was about, as far as reports speak of it.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The rules, those of the project included.
    pub rules: &'a RuleSet,
    /// From which level on findings make the run fail.
    pub fail_on: FailOn,
    /// The working directory as seen from the repository's root: with `/`, without one at the end; empty at the root
    /// itself and outside a repository.
    pub folder: &'a str,
}

impl Setting<'_> {
    /// `path`, which findings show relative to the working directory, as seen from the repository's root; `None` where
    /// it lies outside.
    pub(super) fn in_repository(&self, path: &str) -> Option<String> {
        if path.starts_with('/') {
            return None;
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in self.folder.split('/').chain(path.split('/')) {
            match part {
                ".." => drop(parts.pop()?),
                "" | "." => {}
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    /// `path` as seen from the repository's root, or as it is where it lies outside.
    pub(super) fn for_platform(&self, path: &str) -> String {
        self.in_repository(path).unwrap_or_else(|| path.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_root_of_the_repository() {
        let rules = RuleSet::new(Vec::new()).unwrap();
        let at = |folder| Setting { rules: &rules, fail_on: FailOn::Error, folder };
        assert_eq!(at("").in_repository("specs/a.md").as_deref(), Some("specs/a.md"));
        assert_eq!(at(".").in_repository("specs/a.md").as_deref(), Some("specs/a.md"));
        assert_eq!(at("docs/new").in_repository("a.md").as_deref(), Some("docs/new/a.md"));
        assert_eq!(at("docs/new").in_repository("../../b/./c.md").as_deref(), Some("b/c.md"));
        assert_eq!(at("docs").in_repository("../../c.md"), None);
        assert_eq!(at("docs").in_repository("/etc/c.md"), None);
        assert_eq!(at("docs").for_platform("/etc/c.md"), "/etc/c.md");
    }
}
