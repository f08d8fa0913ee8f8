//! `text`: for people. Findings with their source lines, the checklist, what became of the source, the summary.

mod block;
mod layout;
mod matrix;
mod tables;
mod window;

use std::io::{self, Write};

use super::worst::worst;
use super::{Options, sanitise};
use crate::diagnostics::{Finding, Report};
use block::Block;
pub(super) use tables::statistics;

/// Most findings that are shown with their source lines; the worst are kept.
const MOST_IN_FULL: usize = 1_000;

/// Writes what `options` ask for, within their width as far as single words allow.
pub(super) fn write(report: &Report, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    write_findings(&report.findings, options, out)?;
    if options.shows_overview() {
        matrix::write(&report.checklist, options, out)?;
        tables::fidelity(&report.fidelity, out)?;
    }
    if options.statistics {
        statistics(&report.findings, out)?;
        writeln!(out)?;
    }
    if options.shows_overview() {
        writeln!(out, "{}", report.summary.sentence(options))?;
    }
    Ok(())
}

fn write_findings(findings: &[Finding], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let (shown, left_out) = worst(findings.iter().filter(|finding| options.shows(finding.level)), MOST_IN_FULL);
    let block = Block::new(options);
    for finding in shown {
        writeln!(out, "{}\n", block.render(finding))?;
    }
    if left_out > 0 {
        writeln!(out, "{left_out} more findings are not shown here; `concise` and `json` list all\n")?;
    }
    Ok(())
}
