//! Rules about faithfulness: what the source says stands in the integrated spec, unchanged and complete.

mod endpoints;
mod features;
mod models;
mod order;
mod place;
mod restore;
mod sections;
mod tasks;
mod texts;

use super::Check;

pub(super) const CHECKS: [Check; 7] =
    [texts::CHECK, features::CHECK, sections::CHECK, order::CHECK, endpoints::CHECK, models::CHECK, tasks::CHECK];
