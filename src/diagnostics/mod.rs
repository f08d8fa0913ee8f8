//! What a check reports: findings with a level, a place, a reason and a way out.

mod finding;
mod fingerprint;
mod fix;
mod level;
mod location;
mod suppression;

pub use finding::{Finding, Related};
pub use fingerprint::Fingerprint;
pub use fix::{Applicability, Edit, Fix};
pub use level::Level;
pub use location::{Excerpt, Location};
pub use suppression::{SUPPRESSION_PREFIX, Scope, Suppression};
