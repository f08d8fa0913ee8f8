use globset::{Glob, GlobSet};

use super::error::Objection;
use super::pattern::{checked, set_of};

/// What every feature id starts with.
const PREFIX: &str = "FR-";

/// Features that the integrated spec may skip with a stated reason.
#[derive(Clone, Debug, Default)]
pub struct SkippableFeatures(GlobSet);

impl SkippableFeatures {
    /// Whether the feature `id`, such as `FR-1.2`, may be skipped.
    pub fn cover(&self, id: &str) -> bool {
        self.0.is_match(id)
    }

    pub(super) fn new(globs: impl IntoIterator<Item = Glob>) -> Result<Self, Objection> {
        set_of(globs).map(Self)
    }
}

/// Reads an id, or a pattern of ids such as `FR-1.*`.
pub(super) fn feature_glob(text: &str) -> Result<Glob, Objection> {
    let text = checked(text)?;
    let can_be_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '*');
    if !text.chars().all(can_be_id) || !(text == "*" || text.starts_with(PREFIX)) {
        let bare = text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(can_be_id);
        let help = if bare {
            format!("did you mean `{PREFIX}{text}`?")
        } else {
            "write an id such as `FR-1.2`, or `FR-1.*`".into()
        };
        return Err(Objection::new(format!("`{text}` is no feature")).help(help));
    }
    Glob::new(text).map_err(|error| Objection::new(format!("`{text}` is no feature: {}", error.kind())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(pattern: &str, id: &str) -> bool {
        SkippableFeatures::new([feature_glob(pattern).unwrap()]).unwrap().cover(id)
    }

    #[test]
    fn a_section_is_all_its_features() {
        assert!(covers("FR-1.*", "FR-1.1") && covers("FR-1.*", "FR-1.2.3"));
        assert!(!covers("FR-1.*", "FR-10.1") && !covers("FR-1.*", "FR-2.1"));
        assert!(covers("FR-1.2", "FR-1.2") && !covers("FR-1.2", "FR-1.2.3") && !covers("FR-1.2", "FR-1x2"));
        assert!(covers("*", "FR-E02.1"));
    }

    #[test]
    fn what_is_no_feature() {
        let help = |text: &str| feature_glob(text).unwrap_err().help.unwrap_or_default();
        assert_eq!(help("1.*"), "did you mean `FR-1.*`?");
        assert_eq!(help("Section 1"), "write an id such as `FR-1.2`, or `FR-1.*`");
        assert!(feature_glob("").is_err());
    }
}
