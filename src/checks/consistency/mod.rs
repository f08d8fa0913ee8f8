//! Rules about the document's agreement with itself.

mod counts;
mod duplicates;

use super::Check;

pub(super) const CHECKS: [Check; 2] = [duplicates::CHECK, counts::CHECK];
