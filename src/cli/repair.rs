//! `check --fix` and `check --diff`.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::UNCHECKED;
use super::args::CheckArgs;
use super::output::Output;
use crate::diagnostics::{Applicability, Problem, Report};
use crate::pipeline::{Checker, Repairs, Request};
use crate::report::sanitise;
use crate::text::{Encoding, SourceFile};

/// What is to be done about what can be repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Nothing.
    Check,
    /// `--fix`: repair it.
    Fix(Applicability),
    /// `--diff`: show it.
    Diff(Applicability),
}

impl Mode {
    /// What the flags ask for. `--diff` goes before `--fix`, since it writes nothing.
    pub(super) fn of(args: &CheckArgs) -> Result<Self> {
        let least = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        Ok(match (args.fix, args.diff) {
            (_, true) => Self::Diff(least),
            (true, false) => Self::Fix(least),
            (false, false) if args.unsafe_fixes => {
                bail!("--unsafe-fixes says which fixes are applied: it needs --fix or --diff")
            }
            (false, false) => Self::Check,
        })
    }
}

/// Prints the diff of what fixes would change. Exit code 1 where something would, 2 where something kept from looking.
pub(super) fn show(repairs: &Repairs, output: &mut Output) -> Result<ExitCode> {
    let is_log = std::io::stdout().is_terminal() || std::env::var_os("GITHUB_ACTIONS").is_some();
    for file in &repairs.files {
        if is_log {
            let lines = file.diff.lines().map(|line| shown_line(line, output.has_colour()));
            output.line(&lines.collect::<Vec<_>>().join("\n"))?;
        } else {
            // A program that applies the diff needs its very bytes.
            Output::raw(file.diff.as_bytes())?;
        }
    }
    for problem in &repairs.problems {
        output.complain(&problem.to_string());
    }
    output.remark(&format!(
        "{} would be fixed in {}",
        count(repairs.files.iter().map(|file| file.fixed).sum(), "finding"),
        count(repairs.files.len(), "file")
    ));
    Ok(match (repairs.problems.is_empty(), repairs.files.is_empty()) {
        (false, _) => ExitCode::from(UNCHECKED),
        (true, false) => ExitCode::FAILURE,
        (true, true) => ExitCode::SUCCESS,
    })
}

/// A line of a diff for people.
fn shown_line(line: &str, colour: bool) -> String {
    let line = sanitise::line(&line.replace('\t', "    ")).into_owned();
    let code = match line.get(..1) {
        Some("+") => 32,
        Some("-") => 31,
        Some("@") => 36,
        _ => 0,
    };
    if colour && code > 0 { format!("\u{1b}[{code}m{line}\u{1b}[0m") } else { line }
}

/// What came of writing.
pub(super) struct Written {
    /// How many findings were repaired.
    pub fixed: usize,
    /// What could not be written.
    pub problems: Vec<Problem>,
}

/// Writes the repaired files. Standard input is printed, repaired or not, as formatters do, and its repaired text takes
/// the place of what was read in `request`, so that the report is about the new text.
pub(super) fn apply(checker: &Checker, repairs: &Repairs, request: &mut Request) -> Result<Written> {
    let mut written = Written { fixed: 0, problems: repairs.problems.clone() };
    for file in &repairs.files {
        match (&file.path, &mut request.stdin) {
            (None, Some(read)) => *read = SourceFile::new(read.shared_path(), file.after.clone().into_bytes()),
            _ => {
                if let Err(problem) = file.write(checker.here()) {
                    written.problems.push(problem);
                    continue;
                }
            }
        }
        written.fixed += file.fixed;
    }
    if let Some(read) = &request.stdin {
        if read.encoding() != Encoding::Utf8 {
            bail!("{}: this is no UTF-8, so that it is not printed again; save it as UTF-8 first", read.path());
        }
        Output::raw(read.text().as_bytes())?;
    }
    Ok(written)
}

/// Says how much was repaired and how much remains.
pub(super) fn remark(report: &Report, output: &mut Output) {
    let summary = report.summary;
    output.remark(&format!(
        "{} fixed; {} and {} remain",
        count(summary.fixed.unwrap_or(0), "finding"),
        count(summary.errors, "error"),
        count(summary.warnings, "warning")
    ));
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
