//! The names that labels and headings go by. Found leniently: documents word them in many ways.

use crate::markdown::Label;
use crate::text::{strip_prefix_ignore_ascii_case, strip_suffix_ignore_ascii_case};

/// A field of a feature or section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `**Type:**`
    Type,
    /// `**Description:**`
    Description,
    /// `**Acceptance Criteria:**`
    Criteria,
    /// `**Implementation (INTEGRATED)**:` and every other `**… (INTEGRATED)**:`
    Implementation,
    /// `**User Value:**` of a section
    UserValue,
    /// `**Section Purpose:**`
    Purpose,
}

impl Field {
    /// The name that the output structure gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "Type",
            Self::Description => "Description",
            Self::Criteria => "Acceptance Criteria",
            Self::Implementation => "Implementation (INTEGRATED)",
            Self::UserValue => "User Value",
            Self::Purpose => "Section Purpose",
        }
    }

    /// Whether `label` is this field.
    pub fn is(self, label: &Label, text: &str) -> bool {
        let name = label.name.of(text);
        let is_any = |names: &[&str]| names.iter().any(|own| own.eq_ignore_ascii_case(name));
        match self {
            Self::Type => is_any(&["type", "feature type", "fr type"]),
            Self::Description => is_any(&["description", "feature description"]),
            Self::Criteria => {
                let kind = strip_suffix_ignore_ascii_case(name, " acceptance criteria");
                is_any(&["criteria", "ac", "acs"])
                    || strip_prefix_ignore_ascii_case(name, "acceptance criteri").is_some()
                    || kind.is_some_and(|kind| kind.split_whitespace().count() <= 1)
            }
            Self::Implementation => label.is_integrated(text),
            Self::UserValue => is_any(&["user value", "user value delivered"]),
            Self::Purpose => is_any(&["section purpose", "primary purpose", "purpose"]),
        }
    }
}

/// A part of a section, as the output structure names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// `### Overview`
    Overview,
    /// `### Dependencies`
    Dependencies,
    /// `### Features & Requirements`
    Features,
    /// `### Testing Strategy`
    Testing,
    /// `### Development Tasks`
    Tasks,
    /// `### API Endpoints`
    Endpoints,
}

impl PartKind {
    /// All kinds.
    pub(super) const ALL: [Self; 6] =
        [Self::Overview, Self::Dependencies, Self::Features, Self::Testing, Self::Tasks, Self::Endpoints];

    /// The name that the output structure gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Dependencies => "Dependencies",
            Self::Features => "Features & Requirements",
            Self::Testing => "Testing Strategy",
            Self::Tasks => "Development Tasks",
            Self::Endpoints => "API Endpoints",
        }
    }

    /// Reads a heading or label: `2.1 Overview (from original spec)` is an overview.
    pub fn of(name: &str) -> Option<Self> {
        let words: Vec<&str> = words(name).collect();
        let has = |word: &str| words.iter().any(|own| own.eq_ignore_ascii_case(word));
        let starts = |word: &str| words.first().is_some_and(|own| own.eq_ignore_ascii_case(word));
        if starts("overview") || (has("section") && has("overview")) {
            Some(Self::Overview)
        } else if starts("dependencies") || (has("dependencies") && words.len() <= 3) {
            Some(Self::Dependencies)
        } else if (has("features") || has("requirements")) && !has("documentation") && words.len() <= 5 {
            Some(Self::Features)
        } else if has("testing") && words.len() <= 3 || (has("test") && (has("strategy") || has("plan"))) {
            Some(Self::Testing)
        } else if has("tasks") || (has("task") && has("breakdown")) {
            Some(Self::Tasks)
        } else if has("endpoints") || (has("api") && (has("routes") || has("reference"))) {
            Some(Self::Endpoints)
        } else {
            None
        }
    }
}

/// A part of the whole document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentPart {
    /// `## EXECUTIVE SUMMARY`
    Summary,
    /// `## TABLE OF CONTENTS`
    Contents,
    /// `## APPENDICES`, `## Appendix A`
    Appendices,
}

impl DocumentPart {
    /// The name that the output structure gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "Executive Summary",
            Self::Contents => "Table of Contents",
            Self::Appendices => "Appendices",
        }
    }

    /// Reads a heading of level 1 or 2.
    pub fn of(name: &str) -> Option<Self> {
        let has = |word: &str| words(name).any(|own| own.eq_ignore_ascii_case(word));
        if has("appendix") || has("appendices") {
            Some(Self::Appendices)
        } else if has("contents") || has("toc") && words(name).count() == 1 {
            Some(Self::Contents)
        } else if has("summary") && !has("section") {
            Some(Self::Summary)
        } else {
            None
        }
    }
}

/// The words of a name: no numbers in front, no symbols, nothing in parentheses.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    let bare = name.split('(').next().unwrap_or(name);
    let is_word = |word: &&str| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit());
    bare.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_by_many_names() {
        let parts = [
            ("Overview (from original spec)", Some(PartKind::Overview)),
            ("2.1 Overview", Some(PartKind::Overview)),
            ("Features & Requirements (INTEGRATED)", Some(PartKind::Features)),
            ("Development Task Breakdown", Some(PartKind::Tasks)),
            ("Test Plan", Some(PartKind::Testing)),
            ("Integration with Previous Sections", None),
            ("Documentation Requirements", None),
            ("API Endpoints Summary", Some(PartKind::Endpoints)),
        ];
        for (name, part) in parts {
            assert_eq!(PartKind::of(name), part, "{name}");
        }
        assert_eq!(DocumentPart::of("INTEGRATION SUMMARY"), Some(DocumentPart::Summary));
        assert_eq!(DocumentPart::of("Section 2 Summary"), None);
        assert_eq!(DocumentPart::of("Appendix A: Glossary"), Some(DocumentPart::Appendices));
    }
}
