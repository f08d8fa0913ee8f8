//! Row level security policies.

use super::{Name, QualifiedName};
use crate::text::Span;

/// `CREATE POLICY`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePolicy {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: QualifiedName,
    /// From `CREATE` to the end of the table's name.
    pub head: Span,
    /// `AS PERMISSIVE` (the default) or `AS RESTRICTIVE`.
    pub permissive: bool,
    /// The command behind `FOR`; `ALL` where none is written.
    pub command: PolicyCommand,
    /// The roles behind `TO`; empty where none is written, which means `PUBLIC`.
    pub roles: Vec<Name>,
    /// `USING (…)`.
    pub using: Option<PolicyExpression>,
    /// `WITH CHECK (…)`.
    pub with_check: Option<PolicyExpression>,
}

/// What a policy applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the variants carry the names of the SQL commands")]
pub enum PolicyCommand {
    All,
    Select,
    Insert,
    Update,
    Delete,
}

impl PolicyCommand {
    /// Whether it lets rows be written.
    pub fn writes(self) -> bool {
        self != Self::Select
    }
}

/// The condition of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyExpression {
    /// What stands inside the outer brackets.
    pub span: Span,
    /// It lets every row through: `true`, `1 = 1`, `(true) OR …`, `NOT false`.
    pub always_true: bool,
    /// It names `user_metadata` or `raw_user_meta_data`, which the user can change.
    pub user_metadata: Option<Span>,
}

/// `ALTER POLICY`; what is `None` stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterPolicy {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: QualifiedName,
    /// `RENAME TO`.
    pub rename: Option<Name>,
    /// `TO …`.
    pub roles: Option<Vec<Name>>,
    /// `USING (…)`.
    pub using: Option<PolicyExpression>,
    /// `WITH CHECK (…)`.
    pub with_check: Option<PolicyExpression>,
}

/// `DROP POLICY`.
#[derive(Clone, Debug, PartialEq)]
pub struct DropPolicy {
    /// Its name.
    pub name: Name,
    /// The table.
    pub table: QualifiedName,
    /// `IF EXISTS`.
    pub if_exists: bool,
}
