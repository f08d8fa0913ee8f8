//! `json`: everything, for programs. The shape is version 1 and only grows.

use std::io::{self, Write};

use serde::Serialize;

use super::sanitise;
use crate::diagnostics::{ChecklistRow, Finding, Level, Related, Report, Summary, Verdict};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    summary: Summary,
    checklist: Vec<Row<'a>>,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Row<'a> {
    spec: &'a str,
    section: Option<&'a str>,
    item: u8,
    verdict: Verdict,
    findings: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    level: Level,
    item: Option<u8>,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: usize,
    byte_end: usize,
    section: Option<&'a str>,
    feature: Option<&'a str>,
    related: Vec<Place<'a>>,
    help: Option<&'a str>,
    fingerprint: String,
    /// Whether speclint has a fix for it, safe (`--fix`) or unsafe (`--unsafe-fixes`).
    fixable: bool,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

/// Writes all of `report`, notes included.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        summary: report.summary,
        checklist: report.checklist.iter().map(Row::of).collect(),
        findings: report.findings.iter().map(Entry::of).collect(),
    };
    sanitise::json::write(&document, out)
}

impl<'a> Row<'a> {
    fn of(row: &'a ChecklistRow) -> Self {
        let ChecklistRow { spec, section, item, verdict, findings } = row;
        Self { spec, section: section.as_deref(), item: *item, verdict: *verdict, findings: *findings }
    }
}

impl<'a> Entry<'a> {
    fn of(finding: &'a Finding) -> Self {
        let place = &finding.location;
        Self {
            rule: &finding.rule,
            level: finding.level,
            item: finding.item,
            message: &finding.message,
            file: &place.path,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
            byte_start: place.span.start,
            byte_end: place.span.end,
            section: finding.section.as_deref(),
            feature: finding.feature.as_deref(),
            related: finding.related.iter().map(Place::of).collect(),
            help: finding.help.as_deref(),
            fingerprint: finding.fingerprint.to_string(),
            fixable: finding.fix.is_some(),
        }
    }
}

impl<'a> Place<'a> {
    fn of(related: &'a Related) -> Self {
        let Related { location, message } = related;
        Self { file: &location.path, line: location.start.line, column: location.start.column, message }
    }
}
