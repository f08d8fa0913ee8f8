//! `markdown`: for the summary of a job (`$GITHUB_STEP_SUMMARY`) or a comment: the verdict, the filled checklist, what
//! became of the source, and the findings by feature.
//!
//! GitHub refuses a summary of more than 1 MiB as a whole, so the report stays below and says what it leaves out.
//! Everything that comes from documents passes [`sanitise::markdown`](super::sanitise::markdown).

mod findings;
mod tables;

use std::fmt::Write as _;
use std::io::{self, Write};

use super::sanitise::markdown::{code, inline};
use super::summary::count;
use super::{Detail, Options, Setting};
use crate::diagnostics::{Problem, Report};

/// Most bytes written; the rest of GitHub's 1,048,576 is for what else a step writes.
const MOST_BYTES: usize = 1_000_000;
/// Most bytes of them that go to all that stands before the findings.
const MOST_BEFORE_FINDINGS: usize = 400_000;

/// Writes what fits of `report`, the worst findings first in line.
pub(super) fn write(report: &Report, setting: &Setting<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut text = head(report, setting);
    problems(&report.problems, &mut text);
    tables::checklists(&report.checklist, MOST_BEFORE_FINDINGS, &mut text);
    tables::fates(&report.fidelity, MOST_BEFORE_FINDINGS, &mut text);
    let room = MOST_BYTES.saturating_sub(text.len());
    findings::write(report, setting, room, &mut text);
    out.write_all(text.as_bytes())
}

fn head(report: &Report, setting: &Setting<'_>) -> String {
    let fails = report.findings.iter().any(|finding| setting.fail_on.is_reached_by(finding.level));
    let verdict = match (report.problems.is_empty(), fails) {
        (false, _) => "❌ speclint could not check everything",
        (true, true) => "❌ speclint failed",
        (true, false) => "✅ speclint passed",
    };
    let options = Options { detail: Detail::Verbose, ..Options::default() };
    format!("## {verdict}\n\n{}\n\n", report.summary.sentence(&options))
}

fn problems(problems: &[Problem], text: &mut String) {
    if problems.is_empty() {
        return;
    }
    text.push_str("### Could not be checked\n\n");
    for (shown, problem) in problems.iter().enumerate() {
        if text.len() > MOST_BEFORE_FINDINGS / 2 {
            say(text, &format!("- {}", count(problems.len().saturating_sub(shown), "more file")));
            break;
        }
        let place = if problem.path.is_empty() { String::new() } else { format!("{}: ", code(&problem.path)) };
        say(text, &format!("- {place}{}", inline(&problem.message)));
    }
    text.push('\n');
}

/// Adds a line.
fn say(text: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{checklist, place, with_setting};
    use super::*;
    use crate::diagnostics::{Finding, Level};

    fn written(report: &Report) -> String {
        let mut out = Vec::new();
        with_setting(|setting| write(report, setting, &mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_report_stays_below_the_limit_and_counts_what_is_cut() {
        let path = "specs/".to_owned() + &"long/".repeat(100) + "a.md";
        let at = place(&path, "some text", "text");
        let note = |number: usize| {
            Finding::new("no-swr", Level::Note, at.clone(), "`x` | <b> ".repeat(300)).feature(format!("FR-1.{number}"))
        };
        let mut findings: Vec<_> = (0..2_000).map(note).collect();
        findings.push(Finding::new("no-prisma", Level::Error, at.clone(), "the one error"));
        let mut report = Report::new(findings);
        let sections: Vec<String> = (0..20_000).map(|number| format!("{number} {}", "|<@".repeat(30))).collect();
        let sections: Vec<_> = sections.iter().map(|section| Some(section.as_str())).collect();
        for spec in 0..200 {
            report
                .checklist
                .extend(checklist(&format!("{spec}.md"), sections.get(spec * 100..).unwrap().get(..100).unwrap()));
        }
        report.problems = vec![Problem::new("a|b", "x".repeat(4_000)); 1_000];
        let text = written(&report);
        assert!(text.len() <= MOST_BYTES, "{} bytes", text.len());
        assert!(text.len() > MOST_BYTES / 2);
        assert!(text.contains("the one error"));
        assert!(text.contains("more files\n") && text.contains("more findings") && text.contains("more specs"));
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
}
