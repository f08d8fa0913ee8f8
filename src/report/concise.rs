//! `concise`: one line a finding, `path:line:column: level[rule] message`, as editors and `grep` like it.

use std::io::{self, Write};

use super::{Options, sanitise, text};
use crate::diagnostics::Report;

/// Writes the findings that `options` ask for and, unless quiet, the summary line.
pub(super) fn write(report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings.iter().filter(|finding| options.shows(finding.level)) {
        let (path, at) = (sanitise::line(&finding.location.path), finding.location.start);
        let (level, rule, message) = (finding.level, sanitise::line(&finding.rule), sanitise::line(&finding.message));
        writeln!(out, "{path}:{}:{}: {level}[{rule}] {message}", at.line, at.column)?;
    }
    if options.statistics {
        text::statistics(&report.findings, out)?;
    }
    if options.shows_overview() {
        writeln!(out, "{}", report.summary.sentence(options))?;
    }
    Ok(())
}
