use std::sync::Arc;

use serde::Serialize;

/// One item of the checklist for one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistRow {
    /// Path of the integrated spec, as findings show it.
    pub spec: Arc<str>,
    /// Number of the section; `None` for what stands outside all sections.
    pub section: Option<String>,
    /// Number of the item, 1 to 15.
    pub item: u8,
    /// Whether the item holds.
    pub verdict: Verdict,
    /// Findings that speak against it.
    pub findings: usize,
}

/// Whether a checklist item holds. Ordered from best to worst news: `NotApplicable < Pass < Fail`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    /// Nothing there that the item speaks of.
    #[serde(rename = "n/a")]
    NotApplicable,
    /// It holds.
    #[serde(rename = "pass")]
    Pass,
    /// It does not.
    #[serde(rename = "fail")]
    Fail,
}
