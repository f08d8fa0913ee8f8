//! Rules about the document's agreement with itself.

mod duplicates;

use super::Check;

pub(super) const CHECKS: [Check; 1] = [duplicates::CHECK];
