//! `gitlab`: Code Quality (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).

use std::io::{self, Write};

use serde::Serialize;

use super::{Setting, sanitise};
use crate::diagnostics::{Finding, Fingerprint, Level, Problem, Report};

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The issues, made while they are written.
#[derive(Serialize)]
#[serde(transparent)]
struct Issues<'a>(#[serde(serialize_with = "one_by_one")] (&'a Report, &'a Setting<'a>));

/// Writes what could not be checked and all findings.
pub(super) fn write(report: &Report, setting: &Setting<'_>, out: &mut dyn Write) -> io::Result<()> {
    sanitise::json::write(&Issues((report, setting)), out)
}

fn one_by_one<S: serde::Serializer>(
    (report, setting): &(&Report, &Setting<'_>),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let problems = report.problems.iter().map(|problem| Issue::of_problem(problem, setting));
    serializer.collect_seq(problems.chain(report.findings.iter().map(|finding| Issue::of(finding, setting))))
}

impl<'a> Issue<'a> {
    fn of(finding: &'a Finding, setting: &Setting<'_>) -> Self {
        let place = &finding.location;
        Self {
            description: &finding.message,
            check_name: &finding.rule,
            fingerprint: finding.fingerprint.to_string(),
            severity: match finding.level {
                Level::Error => "major",
                Level::Warning => "minor",
                Level::Note => "info",
            },
            location: Place {
                path: setting.for_platform(&place.path),
                lines: Lines { begin: place.start.line, end: place.end.line },
            },
        }
    }

    fn of_problem(problem: &'a Problem, setting: &Setting<'_>) -> Self {
        Self {
            description: &problem.message,
            check_name: "not-checked",
            fingerprint: Fingerprint::of(["not-checked", &*problem.path, problem.message.as_str()]).to_string(),
            severity: "blocker",
            location: Place { path: setting.for_platform(&problem.path), lines: Lines { begin: 1, end: 1 } },
        }
    }
}
