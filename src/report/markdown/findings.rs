//! The findings by file and feature, each feature collapsed.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::Setting;
use super::super::sanitise::markdown::{code, html_code, inline};
use super::super::summary::count;
use super::say;
use crate::checks::page::Page;
use crate::diagnostics::{Finding, Level, Report};

/// Most other places listed for one finding.
const MOST_RELATED: usize = 5;
/// Bytes kept for the line that counts what is left out.
const TAIL: usize = 300;
const END: &str = "\n</details>\n";

/// The findings of one feature, or of what stands outside features, in one file.
struct Group<'a> {
    path: &'a str,
    findings: Vec<&'a Finding>,
    /// Those that fit, with their place among all findings.
    entries: Vec<(usize, String)>,
}

/// Adds the findings to `text`, in at most `room` bytes: errors first, then warnings and notes.
pub(super) fn write(report: &Report, setting: &Setting<'_>, room: usize, text: &mut String) {
    if report.findings.is_empty() {
        return;
    }
    let (mut groups, group_of) = groups(&report.findings);
    let mut used = TAIL;
    let mut shown = 0_usize;
    'levels: for level in [Level::Error, Level::Warning, Level::Note] {
        let findings = report.findings.iter().zip(&group_of).enumerate();
        for (index, (finding, &group)) in findings.filter(|(_, (finding, _))| finding.level == level) {
            let Some(group) = groups.get_mut(group) else { continue };
            let entry = entry(finding, setting);
            // Each group may stand below a heading of its own.
            let frame = if group.entries.is_empty() { group.head().len() + group.title().len() + END.len() } else { 0 };
            used = used.saturating_add(entry.len()).saturating_add(frame);
            if used > room {
                break 'levels;
            }
            group.entries.push((index, entry));
            shown = shown.saturating_add(1);
        }
    }
    let mut path = None;
    text.push_str("### Findings\n");
    for group in groups.iter_mut().filter(|group| !group.entries.is_empty()) {
        if path != Some(group.path) {
            text.push_str(&group.head());
            path = Some(group.path);
        }
        text.push_str(&group.title());
        group.entries.sort_by_key(|&(index, _)| index);
        text.extend(group.entries.iter().map(|(_, entry)| entry.as_str()));
        text.push_str(END);
    }
    let left_out = report.findings.len().saturating_sub(shown);
    if left_out > 0 {
        say(text, &format!("\n{} do not fit here; the format `json` lists all.", count(left_out, "more finding")));
    }
}

/// The groups in the order of their first findings, and the group of each finding.
fn groups(findings: &[Finding]) -> (Vec<Group<'_>>, Vec<usize>) {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut places = HashMap::new();
    let mut group_of = Vec::with_capacity(findings.len());
    for finding in findings {
        let path: &str = &finding.location.path;
        let key = (path, finding.section.as_deref(), finding.feature.as_deref());
        let place = *places.entry(key).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Group { path, findings: Vec::new(), entries: Vec::new() });
        }
        if let Some(group) = groups.get_mut(place) {
            group.findings.push(finding);
        }
        group_of.push(place);
    }
    (groups, group_of)
}

impl Group<'_> {
    fn head(&self) -> String {
        format!("\n#### {}\n", code(self.path))
    }

    /// The line that is seen while the group is collapsed.
    fn title(&self) -> String {
        let first = self.findings.first();
        let is_number = |section: &str| section.chars().all(|sign| sign.is_ascii_alphanumeric());
        let number = |section| if is_number(section) { section.to_owned() } else { html_code(section) };
        let section = first.and_then(|finding| finding.section.as_deref()).map(number);
        let feature = first.and_then(|finding| finding.feature.as_deref()).map(html_code);
        let name = match (section, feature) {
            (Some(section), Some(feature)) => format!("{feature} in section {section}"),
            (None, Some(feature)) => feature,
            (Some(section), None) => format!("Section {section}"),
            (None, None) => "Outside the sections".to_owned(),
        };
        let of = |level| self.findings.iter().filter(|finding| finding.level == level).count();
        let counts = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")]
            .map(|(level, noun)| (of(level), noun));
        let counts: Vec<_> =
            counts.into_iter().filter(|&(number, _)| number > 0).map(|(number, noun)| count(number, noun)).collect();
        format!("\n<details><summary>{name}: {}</summary>\n\n", counts.join(", "))
    }
}

fn entry(finding: &Finding, setting: &Setting<'_>) -> String {
    let sign = match finding.level {
        Level::Error => "❌",
        Level::Warning => "⚠️",
        Level::Note => "ℹ️",
    };
    let id = code(&finding.rule);
    let rule = match setting.rules.page(&finding.rule).and_then(Page::address) {
        Some(address) => format!("[{id}]({address})"),
        None => id,
    };
    let (level, line) = (finding.level, finding.location.start.line);
    let mut entry = format!("- {sign} **{level}** {rule} in line {line}: {}\n", inline(&finding.message));
    if let Some(help) = &finding.help {
        say(&mut entry, &format!("  - help: {}", inline(help)));
    }
    for related in finding.related.iter().take(MOST_RELATED) {
        let place = code(&format!("{}:{}", related.location.path, related.location.start.line));
        say(&mut entry, &format!("  - {place}: {}", inline(&related.message)));
    }
    let left_out = finding.related.len().saturating_sub(MOST_RELATED);
    if left_out > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(entry, "  - {}", count(left_out, "more place"));
    }
    entry
}
