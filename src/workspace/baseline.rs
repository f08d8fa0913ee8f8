use std::path::Path;

use super::{read, shown};
use crate::diagnostics::{Baseline, Problem};
use crate::text::Encoding;

/// Reads the baseline at `path`; `here` is the working directory, `limit` the largest size in bytes.
///
/// # Errors
/// A file that cannot be read, and one that is no baseline of the version known here, with the line.
pub fn read_baseline(path: &Path, here: &Path, limit: u64) -> Result<Baseline, Problem> {
    let name = shown(path, here);
    let file = read(path, &name, limit)?;
    if let Encoding::Invalid { first, .. } = file.encoding() {
        return Err(Problem::new(format!("{name}:{}", file.line(first)), "this is no UTF-8"));
    }
    Baseline::parse(file.text().get(file.content_start()..).unwrap_or_default())
        .map_err(|error| Problem::new(format!("{name}:{}", error.line), error.message))
}
