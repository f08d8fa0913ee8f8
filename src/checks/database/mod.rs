//! Rules about access to the database from code.

mod client_awaited;
mod query_builder;
mod query_error;

use super::Check;

/// The rules of the group that look at TypeScript.
pub(super) const CODE_CHECKS: [Check; 3] = [query_builder::CHECK, client_awaited::CHECK, query_error::CHECK];
