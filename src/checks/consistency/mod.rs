//! Rules about the document's agreement with itself.

mod counts;
pub(super) mod duplicate_tables;
mod duplicates;

use super::Check;

pub(super) const CHECKS: [Check; 3] = [duplicates::CHECK, duplicate_tables::CHECK, counts::CHECK];
