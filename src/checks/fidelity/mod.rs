//! Rules about faithfulness: what the source says stands in the integrated spec, unchanged and complete.

mod endpoints;
mod features;
mod order;
mod sections;
mod tasks;
mod texts;

use super::Check;

pub(super) const CHECKS: [Check; 6] =
    [texts::CHECK, features::CHECK, sections::CHECK, order::CHECK, endpoints::CHECK, tasks::CHECK];
