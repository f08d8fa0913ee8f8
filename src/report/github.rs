//! `github`: annotations on a pull request, as workflow commands
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).
//!
//! GitHub shows ten annotations of each type a step and drops the rest without a word, so the worst go first, and what
//! does not fit is counted.

use std::io::{self, Write};

use super::sanitise::workflow::{LINE_FEED, data, property};
use super::summary::count;
use super::{Options, Setting};
use crate::diagnostics::{Finding, Level, Problem, Report};
use crate::text::Position;

/// Annotations of one type that GitHub shows of a step.
const MOST_OF_A_TYPE: usize = 10;
/// Characters of a message that GitHub shows.
const LONGEST_MESSAGE: usize = 4_096;

/// Writes annotations: what could not be checked, errors, warnings and, unless quiet, notes.
pub(super) fn write(report: &Report, setting: &Setting<'_>, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = Vec::new();
    let problems = report.problems.iter().take(MOST_OF_A_TYPE);
    for problem in problems.clone() {
        writeln!(out, "{}", about_problem(problem, setting))?;
    }
    let more = report.problems.len().saturating_sub(MOST_OF_A_TYPE);
    if more > 0 {
        rest.push(format!("{} that could not be checked", count(more, "more file")));
    }
    for level in [Level::Error, Level::Warning, Level::Note] {
        if level == Level::Note && !options.shows_overview() {
            continue;
        }
        let of_level = || report.findings.iter().filter(|finding| finding.level == level);
        let total = of_level().count();
        let room = match level {
            Level::Error => MOST_OF_A_TYPE.saturating_sub(problems.len()),
            Level::Warning => MOST_OF_A_TYPE,
            // One is kept for the count of what is left out.
            Level::Note if rest.is_empty() && total <= MOST_OF_A_TYPE => MOST_OF_A_TYPE,
            Level::Note => MOST_OF_A_TYPE.saturating_sub(1),
        };
        for finding in of_level().take(room) {
            writeln!(out, "{}", about_finding(finding, setting))?;
        }
        if total > room {
            rest.push(count(total.saturating_sub(room), &format!("more {level}")));
        }
    }
    if !rest.is_empty() {
        let text = format!(
            "{} have no annotation here: GitHub shows ten of each type. The summary of the job, or another report, lists all",
            rest.join(", ")
        );
        writeln!(out, "::notice title=speclint::{}", data(&text))?;
    }
    Ok(())
}

fn about_finding(finding: &Finding, setting: &Setting<'_>) -> String {
    let place = &finding.location;
    let (start, end) = (place.start, last(place.start, place.end));
    // GitHub takes columns for one line only.
    let columns =
        if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
    let kind = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={}::{}",
        property(&setting.for_platform(&place.path)),
        start.line,
        end.line,
        property(&finding.rule),
        message(&finding.message, finding.help.as_deref()),
    )
}

fn about_problem(problem: &Problem, setting: &Setting<'_>) -> String {
    let text = message(&problem.message, None);
    if problem.path.is_empty() {
        return format!("::error title=speclint::{text}");
    }
    format!("::error file={},title=speclint::{text}", property(&setting.for_platform(&problem.path)))
}

/// Message and help, cut where GitHub would cut them.
fn message(message: &str, help: Option<&str>) -> String {
    let mut room = LONGEST_MESSAGE;
    let message = data(&cut(message, &mut room));
    match help {
        Some(help) if room > "\nhelp: ".len() => {
            room = room.saturating_sub("\nhelp: ".len());
            format!("{message}{LINE_FEED}help: {}", data(&cut(help, &mut room)))
        }
        _ => message,
    }
}

/// At most `room` characters of `text` once it is sanitised; what is used is taken off.
fn cut(text: &str, room: &mut usize) -> String {
    let clean = super::sanitise::line(text);
    let length = clean.chars().count();
    let shown = if length <= *room {
        clean.into_owned()
    } else {
        clean.chars().take(room.saturating_sub(1)).chain(['…']).collect()
    };
    *room = room.saturating_sub(length);
    shown
}

/// Where a place ends, on the last line of which it has a character.
fn last(start: Position, end: Position) -> Position {
    if end.column == 1 && end.line > start.line {
        return Position { line: end.line.saturating_sub(1), column: end.column };
    }
    end
}
