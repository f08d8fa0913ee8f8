//! Applying what findings offer to repair: which fixes go together, what becomes of a text, and how that is shown.
//!
//! A rule that finds a fault also offers its [`Fix`](crate::diagnostics::Fix); nothing here knows a rule. [`repair`]
//! takes the fixes of a check in the order of the report, leaves out what overlaps an earlier one, applies them
//! and checks again: a fix stays only where the finding that offered it is gone and no error came in its place. What
//! was left out has its turn in the next pass, until nothing is left to be done. So the result is a fixed point, and a
//! second run changes nothing.

mod diff;
mod judge;
mod patch;
mod repair;
mod select;

pub use diff::unified;
pub use patch::Patch;
pub use repair::{Check, Repair, repair};
