use crate::diagnostics::{Finding, Level};

/// At most `most` of `findings`, errors before warnings and these before notes, in their own order; and how many are
/// left out.
pub(super) fn worst<'f>(findings: impl Iterator<Item = &'f Finding>, most: usize) -> (Vec<&'f Finding>, usize) {
    let findings: Vec<_> = findings.collect();
    let left_out = findings.len().saturating_sub(most);
    if left_out == 0 {
        return (findings, 0);
    }
    let of = |level| findings.iter().filter(|finding| finding.level == level).count();
    let mut errors = of(Level::Error).min(most);
    let mut warnings = of(Level::Warning).min(most.saturating_sub(errors));
    let mut notes = most.saturating_sub(errors).saturating_sub(warnings);
    let mut take = |finding: &&Finding| {
        let room = match finding.level {
            Level::Error => &mut errors,
            Level::Warning => &mut warnings,
            Level::Note => &mut notes,
        };
        let fits = *room > 0;
        *room = room.saturating_sub(1);
        fits
    };
    (findings.into_iter().filter(&mut take).collect(), left_out)
}
