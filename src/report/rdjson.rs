//! `rdjson`: Reviewdog Diagnostic Format
//! (<https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>). Columns count bytes of UTF-8.

use std::io::{self, Write};

use serde::Serialize;

use super::{Setting, sanitise};
use crate::diagnostics::{Finding, Level, Location, Problem, Report};
use crate::text::{Position, SourceFile, Span};

#[derive(Serialize)]
struct DiagnosticResult<'a> {
    source: Source,
    #[serde(serialize_with = "one_by_one")]
    diagnostics: (&'a Report, &'a Setting<'a>),
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Place<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Place<'a>,
}

/// Writes what could not be checked and all findings.
pub(super) fn write(report: &Report, setting: &Setting<'_>, out: &mut dyn Write) -> io::Result<()> {
    let source = Source { name: env!("CARGO_PKG_NAME"), url: env!("CARGO_PKG_REPOSITORY") };
    sanitise::json::write(&DiagnosticResult { source, diagnostics: (report, setting) }, out)
}

fn one_by_one<S: serde::Serializer>(
    (report, setting): &(&Report, &Setting<'_>),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let problems = report.problems.iter().map(Diagnostic::of_problem);
    serializer
        .collect_seq(problems.chain(report.findings.iter().map(|finding| Diagnostic::of(finding, report, setting))))
}

impl<'a> Diagnostic<'a> {
    fn of(finding: &'a Finding, report: &Report, setting: &Setting<'_>) -> Self {
        let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
        let related = |related: &'a crate::diagnostics::Related| Related {
            message: &related.message,
            location: Place::of(&related.location, report),
        };
        Self {
            message: format!("{}{help}", finding.message),
            location: Place::of(&finding.location, report),
            severity: match finding.level {
                Level::Error => "ERROR",
                Level::Warning => "WARNING",
                Level::Note => "INFO",
            },
            code: Code {
                value: &finding.rule,
                url: setting.rules.page(&finding.rule).and_then(crate::checks::page::Page::address),
            },
            suggestions: suggestions(finding, report),
            related_locations: finding.related.iter().map(related).collect(),
        }
    }

    fn of_problem(problem: &'a Problem) -> Self {
        Self {
            message: problem.message.clone(),
            location: Place { path: &problem.path, range: None },
            severity: "ERROR",
            code: Code { value: "not-checked", url: None },
            suggestions: Vec::new(),
            related_locations: Vec::new(),
        }
    }
}

/// The fix, where it is one edit: each suggestion is applied by itself, so a part of a fix must be none.
fn suggestions<'a>(finding: &'a Finding, report: &Report) -> Vec<Suggestion<'a>> {
    let file = report.file(&finding.location.path);
    match (finding.fix.as_ref().map(|fix| fix.edits.as_slice()), file) {
        (Some([edit]), Some(file)) => vec![Suggestion { range: Range::of(edit.span, file), text: &edit.replacement }],
        _ => Vec::new(),
    }
}

impl Range {
    fn of(span: Span, file: &SourceFile) -> Self {
        Self { start: Point::of(span.start, file), end: Point::of(span.end, file) }
    }
}

impl<'a> Place<'a> {
    fn of(location: &'a Location, report: &Report) -> Self {
        let range = report.file(&location.path).map_or_else(
            || Range { start: Point::plain(location.start), end: Point::plain(location.end) },
            |file| Range::of(location.span, file),
        );
        Self { path: &location.path, range: Some(range) }
    }
}

impl Point {
    fn of(offset: usize, file: &SourceFile) -> Self {
        let line = file.line(offset);
        let start = file.lines().line_span(file.text(), line).unwrap_or_default().start;
        Self { line, column: offset.saturating_sub(start).saturating_add(1) }
    }

    /// The start of the line, where the file is not at hand: its bytes cannot be counted.
    fn plain(at: Position) -> Self {
        Self { line: at.line, column: 1 }
    }
}
