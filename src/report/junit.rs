//! `junit`: one suite a file, one case a finding, in the dialect that build servers read
//! (<https://github.com/testmoapp/junitxml>).
//!
//! A file without findings has a case that passes, so that no report is empty: build servers take an empty one for a
//! failure. A finding fails its case where it fails the run; the others pass, with their text as output.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::sanitise::xml::text;
use super::{Setting, sanitise};
use crate::diagnostics::{Finding, Problem, Report};

/// What is said of one file.
#[derive(Default)]
struct Suite<'a> {
    findings: Vec<&'a Finding>,
    problems: Vec<&'a Problem>,
}

/// Writes a suite for each file that was read or could not be.
pub(super) fn write(report: &Report, setting: &Setting<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: BTreeMap<&str, Suite<'_>> = BTreeMap::new();
    for name in &report.read {
        suites.entry(name).or_default();
    }
    for finding in &report.findings {
        suites.entry(&finding.location.path).or_default().findings.push(finding);
    }
    for problem in &report.problems {
        suites.entry(&problem.path).or_default().problems.push(problem);
    }
    if suites.is_empty() {
        suites.entry("").or_default();
    }
    let (tests, failures, errors) = suites.values().map(|suite| suite.counts(setting)).fold((0, 0, 0), add);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="speclint" tests="{tests}" failures="{failures}" errors="{errors}">"#)?;
    for (path, suite) in suites {
        suite.write(path, setting, out)?;
    }
    writeln!(out, "</testsuites>")
}

/// Tests, failures and errors.
type Counts = (usize, usize, usize);

fn add(a: Counts, b: Counts) -> Counts {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1), a.2.saturating_add(b.2))
}

impl Suite<'_> {
    fn counts(&self, setting: &Setting<'_>) -> Counts {
        let failures = self.findings.iter().filter(|finding| setting.fail_on.is_reached_by(finding.level)).count();
        let (findings, errors) = (self.findings.len(), self.problems.len());
        (findings.saturating_add(errors).max(1), failures, errors)
    }

    fn write(&self, path: &str, setting: &Setting<'_>, out: &mut dyn Write) -> io::Result<()> {
        let (tests, failures, errors) = self.counts(setting);
        let name = if path.is_empty() { "speclint".to_owned() } else { text(path) };
        writeln!(
            out,
            r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="{errors}" skipped="0">"#
        )?;
        for problem in &self.problems {
            writeln!(out, r#"    <testcase name="not-checked" classname="{name}">"#)?;
            writeln!(out, r#"      <error type="not-checked" message="{}"/>"#, text(&problem.message))?;
            writeln!(out, "    </testcase>")?;
        }
        for finding in &self.findings {
            write_case(finding, &name, setting, out)?;
        }
        if self.problems.is_empty() && self.findings.is_empty() {
            writeln!(out, r#"    <testcase name="no findings" classname="{name}"/>"#)?;
        }
        writeln!(out, "  </testsuite>")
    }
}

/// `suite` is XML already.
fn write_case(finding: &Finding, suite: &str, setting: &Setting<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (rule, at) = (text(&finding.rule), finding.location.start);
    // The fingerprint makes the name one of its own, and keeps it when lines move.
    let name = format!("{rule} {}", finding.fingerprint);
    writeln!(
        out,
        r#"    <testcase name="{name}" classname="{suite}" file="{}" line="{}">"#,
        text(&finding.location.path),
        at.line
    )?;
    let (open, close) = if setting.fail_on.is_reached_by(finding.level) {
        let open = format!(r#"<failure type="{}" message="{}">"#, finding.level, text(&finding.message));
        (open, "</failure>")
    } else {
        ("<system-out>".to_owned(), "</system-out>")
    };
    let path = sanitise::line(&finding.location.path);
    let place = text(&format!("{path}:{}:{}: {}[{}]", at.line, at.column, finding.level, finding.rule));
    write!(out, "      {open}{place} {}", text(&finding.message))?;
    if let Some(help) = &finding.help {
        write!(out, "\nhelp: {}", text(help))?;
    }
    for related in &finding.related {
        let (path, at) = (text(&related.location.path), related.location.start);
        write!(out, "\nnote: {path}:{}:{}: {}", at.line, at.column, text(&related.message))?;
    }
    writeln!(out, "{close}\n    </testcase>")
}
