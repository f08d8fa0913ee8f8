//! The schema at the end: what the fold hands out.

use crate::languages::sql::facts::{ConstraintKind, IndexKey, PolicyCommand, PolicyExpression, TypeName};
use crate::languages::sql::{Name, QualifiedName};
use crate::text::Span;

/// Where something stands: in which of the texts, and there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the text in the list that was folded.
    pub text: usize,
    /// Bytes of that text.
    pub span: Span,
}

/// Whether row level security is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowSecurity {
    /// Enabled.
    On,
    /// Never enabled, or disabled.
    Off,
    /// It depends on what the SQL alone does not tell: a condition, data, a statement put together at run time.
    Unknown,
}

/// A table that exists at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The schema's catalog name; `pg_temp` for temporary tables.
    pub schema: String,
    /// The catalog name at the end.
    pub name: String,
    /// The name as it was first written: with its quotes' meaning, before it was folded or renamed.
    pub written: Name,
    /// The words from `CREATE` to the name, where the table was created.
    pub created: Place,
    /// `TEMP`: gone with its session, and seen by nobody else.
    pub temporary: bool,
    /// A server would refuse the `CREATE TABLE`, or the transaction around it: the table is what the text means, not
    /// what a server has.
    pub refused: Option<Refusal>,
    /// A partition of another table.
    pub partition_of: Option<String>,
    /// Row level security at the end.
    pub row_security: RowSecurity,
    /// `FORCE ROW LEVEL SECURITY`.
    pub forced: bool,
    /// Where row level security was last switched.
    pub switched: Option<Place>,
    /// The columns that are known, in order.
    pub columns: Vec<Column>,
    /// Whether `columns` are all of them: no elision, no `AS SELECT`, no parent that is not known.
    pub complete: bool,
    /// Keys and checks.
    pub constraints: Vec<Constraint>,
    /// Indexes, without those that belong to constraints.
    pub indexes: Vec<Index>,
    /// Triggers.
    pub triggers: Vec<Trigger>,
    /// Policies.
    pub policies: Vec<Policy>,
}

/// Why a server does not have what the text defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The statement is not valid.
    Statement,
    /// A later statement of its transaction is not valid, so that all of it is undone.
    Transaction,
}

/// A column at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The name at the end.
    pub name: Name,
    /// The column's definition.
    pub place: Place,
    /// Its type; `None` where none can be read.
    pub ty: Option<TypeName>,
    /// `NOT NULL`, or part of the primary key.
    pub not_null: bool,
    /// Where the expression behind `DEFAULT` stands.
    pub default: Option<Place>,
    /// `GENERATED … AS IDENTITY`.
    pub identity: bool,
}

/// A constraint at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Its name, where one was given.
    pub name: Option<String>,
    /// What it says.
    pub kind: ConstraintKind,
    /// Names of the columns that it binds.
    pub columns: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// An index at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// Its name, where one was given.
    pub name: Option<String>,
    /// `UNIQUE`.
    pub unique: bool,
    /// It has a condition, so that not every row is in it.
    pub partial: bool,
    /// Its keys, in order.
    pub keys: Vec<IndexKey>,
    /// Where it stands.
    pub place: Place,
}

/// A trigger at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// It runs before an `UPDATE`, for each row.
    pub before_update: bool,
    /// The function that it runs.
    pub function: Option<QualifiedName>,
    /// Where it stands.
    pub place: Place,
}

/// A policy at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// The words from `CREATE POLICY` to the table's name.
    pub place: Place,
    /// A server would refuse it.
    pub refused: bool,
    /// `AS PERMISSIVE`.
    pub permissive: bool,
    /// What it applies to.
    pub command: PolicyCommand,
    /// Catalog names of the roles; empty for `PUBLIC`.
    pub roles: Vec<String>,
    /// `USING`, and the text that it stands in.
    pub using: Option<(usize, PolicyExpression)>,
    /// `WITH CHECK`, and the text that it stands in.
    pub with_check: Option<(usize, PolicyExpression)>,
}

/// A view at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The schema's catalog name.
    pub schema: String,
    /// The catalog name.
    pub name: String,
    /// The words from `CREATE` to the name.
    pub place: Place,
    /// `TEMP`.
    pub temporary: bool,
    /// `MATERIALIZED`.
    pub materialized: bool,
    /// It checks the rights, and the policies, of who asks.
    pub security_invoker: bool,
}

/// A function or procedure at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The schema's catalog name.
    pub schema: String,
    /// The catalog name.
    pub name: String,
    /// The words from `CREATE` to the name.
    pub place: Place,
    /// `SECURITY DEFINER`.
    pub security_definer: bool,
    /// `SET search_path …`.
    pub fixed_search_path: bool,
    /// `plpgsql`, `sql`, …
    pub language: String,
}

/// A storage bucket that the SQL inserts.
#[derive(Clone, Debug, PartialEq)]
pub struct Bucket {
    /// Its id.
    pub id: String,
    /// `public`; `None` where it cannot be read.
    pub public: Option<bool>,
    /// Where the id stands.
    pub place: Place,
}

/// A table that is created while it exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// Schema and name, joined by a point.
    pub table: String,
    /// The `CREATE TABLE` that stands.
    pub first: Place,
    /// The one that does nothing.
    pub second: Place,
    /// It says `IF NOT EXISTS`, so that the server does not mind.
    pub if_not_exists: bool,
}
