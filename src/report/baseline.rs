//! The baseline as a file: harmless to look at, exact to read.

use std::io::{self, Write};

use super::sanitise::json;
use crate::diagnostics::Baseline;

/// Writes the lines that [`Baseline::parse`] reads.
pub fn write_baseline(baseline: &Baseline, out: &mut dyn Write) -> io::Result<()> {
    json::write_line(&Baseline::header(), out)?;
    baseline.entries().try_for_each(|entry| json::write_line(entry, out))
}
