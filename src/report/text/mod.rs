//! `text`: for people. Findings with their source lines, the checklist, what became of the source, the summary.

mod block;
mod layout;
mod matrix;
mod tables;
mod window;

use std::io::{self, Write};

use super::{Options, sanitise};
use crate::diagnostics::{Finding, Level, Report};
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
    let shown: Vec<_> = findings.iter().filter(|finding| options.shows(finding.level)).collect();
    let mut room = Room::new(&shown);
    let block = Block::new(options);
    for finding in shown.iter().filter(|finding| room.take(finding.level)) {
        writeln!(out, "{}\n", block.render(finding))?;
    }
    let left_out = shown.len().saturating_sub(MOST_IN_FULL);
    if left_out > 0 {
        writeln!(out, "{left_out} more findings are not shown here; `concise` and `json` list all\n")?;
    }
    Ok(())
}

/// How many findings of each level are still to be shown: errors go before warnings, warnings before notes.
struct Room {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Room {
    fn new(shown: &[&Finding]) -> Self {
        let of = |level| shown.iter().filter(|finding| finding.level == level).count();
        let errors = of(Level::Error).min(MOST_IN_FULL);
        let warnings = of(Level::Warning).min(MOST_IN_FULL.saturating_sub(errors));
        let notes = MOST_IN_FULL.saturating_sub(errors).saturating_sub(warnings);
        Self { errors, warnings, notes }
    }

    /// Whether there is room for one more of `level`, which is then used up.
    fn take(&mut self, level: Level) -> bool {
        let room = match level {
            Level::Error => &mut self.errors,
            Level::Warning => &mut self.warnings,
            Level::Note => &mut self.notes,
        };
        let free = *room > 0;
        *room = room.saturating_sub(1);
        free
    }
}
