use std::collections::BTreeMap;
use std::io::{self, Write};

use super::sanitise;
use crate::diagnostics::{Fidelity, Finding, Level, Tally};

/// Writes what became of each source: one line a kind of content, kinds that the source lacks left out.
pub(super) fn fidelity(all: &[Fidelity], out: &mut dyn Write) -> io::Result<()> {
    for one in all {
        writeln!(out, "Of its source, {} has", sanitise::line(&one.spec))?;
        for (kind, tally) in one.kinds().into_iter().filter(|(_, tally)| tally.total > 0) {
            writeln!(out, "  {kind:<9}  {}", fates(tally))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Such as `0 of 33 kept, 5 changed, 28 missing`.
fn fates(tally: Tally) -> String {
    let others =
        [(tally.moved, "moved"), (tally.changed, "changed"), (tally.skipped, "skipped"), (tally.missing, "missing")];
    let others = others.into_iter().filter(|&(number, _)| number > 0).map(|(number, fate)| format!("{number} {fate}"));
    let kept = format!("{} of {} kept", tally.kept, tally.total);
    std::iter::once(kept).chain(others).collect::<Vec<_>>().join(", ")
}

/// Writes how many findings each rule has, notes included; the worst rules first.
pub(in crate::report) fn statistics(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in findings {
        let [errors, warnings, notes] = rules.entry(&finding.rule).or_default();
        let level = match finding.level {
            Level::Error => errors,
            Level::Warning => warnings,
            Level::Note => notes,
        };
        *level = level.saturating_add(1);
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by(|(a_name, a), (b_name, b)| b.cmp(a).then(a_name.cmp(b_name)));
    writeln!(out, " errors  warnings  notes  rule")?;
    for (rule, [errors, warnings, notes]) in rules {
        writeln!(out, "{errors:>7}  {warnings:>8}  {notes:>5}  {}", sanitise::line(rule))?;
    }
    Ok(())
}
