//! What a run reports: findings with a level, a place, a reason and a way out; the checklist and the fate of the source;
//! and what could not be checked.

mod baseline;
mod checklist;
mod fidelity;
mod finding;
mod fingerprint;
mod fix;
mod level;
mod location;
mod problem;
mod report;
mod suppression;

pub use baseline::{Baseline, BaselineError, Entry, Matching};
pub use checklist::{ChecklistRow, Verdict};
pub use fidelity::{Fidelity, Tally};
pub use finding::{Finding, Related};
pub use fingerprint::Fingerprint;
pub use fix::{Applicability, Edit, Fix};
pub use level::Level;
pub use location::{Excerpt, Location};
pub use problem::Problem;
pub use report::{Report, Summary};
pub use suppression::{SUPPRESSION_PREFIX, Scope, Suppression};
