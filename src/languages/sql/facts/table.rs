//! Tables, their columns, keys and indexes, and views.

use super::{Name, QualifiedName};
use crate::text::Span;

/// `CREATE TABLE` in all its forms, and `SELECT … INTO`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTable {
    /// The table.
    pub name: QualifiedName,
    /// From `CREATE` (of `SELECT … INTO`: from its first word) to the end of the name.
    pub head: Span,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// Ordinary, unlogged or temporary.
    pub persistence: Persistence,
    /// Where its shape comes from.
    pub source: TableSource,
    /// `PARTITION BY`.
    pub partitioned: bool,
    /// The tables in `INHERITS (…)`.
    pub inherits: Vec<QualifiedName>,
    /// The tables in `LIKE …`.
    pub like: Vec<QualifiedName>,
    /// Columns, in the order written.
    pub columns: Vec<Column>,
    /// Table constraints, and the column constraints that are keys.
    pub constraints: Vec<Constraint>,
    /// Whether the list of columns is not complete, because the text holds an elision.
    pub elided: bool,
}

/// How long a table's rows live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// An ordinary table.
    Permanent,
    /// `UNLOGGED`: not crash-safe, and seen by everyone.
    Unlogged,
    /// `TEMP`: seen by its own session only.
    Temporary,
}

/// Where a new table's shape comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum TableSource {
    /// A list of columns.
    Columns,
    /// `CREATE TABLE … AS`.
    Query,
    /// `SELECT … INTO`.
    SelectInto,
    /// `OF type`.
    Type,
    /// `PARTITION OF parent`.
    PartitionOf(QualifiedName),
}

/// A column, of `CREATE TABLE` or of `ADD COLUMN`.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// From the name to the end of the last clause.
    pub span: Span,
    /// Its type; `None` where none can be read.
    pub ty: Option<TypeName>,
    /// The expression behind `DEFAULT`.
    pub default: Option<Span>,
    /// `NOT NULL`, or part of a column-level primary key.
    pub not_null: bool,
    /// `GENERATED … AS IDENTITY`.
    pub identity: bool,
}

/// A type as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// Lower case, single spaces, no arguments, PostgreSQL's common short name where there are several:
    /// `timestamptz` for `TIMESTAMP WITH TIME ZONE`, `timestamp`, `timetz`, `uuid`, `varchar`, `text[]`, `my_schema.mood`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A key, unique, check or foreign-key constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Its name, where one is given.
    pub name: Option<Name>,
    /// What it says.
    pub kind: ConstraintKind,
    /// The columns that it binds, empty where they cannot be read.
    pub columns: Vec<Name>,
    /// The whole constraint.
    pub span: Span,
}

/// What a constraint says.
#[derive(Clone, Debug, PartialEq)]
pub enum ConstraintKind {
    /// `PRIMARY KEY`.
    PrimaryKey,
    /// `UNIQUE`.
    Unique,
    /// `REFERENCES`, also as `FOREIGN KEY (…) REFERENCES`.
    ForeignKey(Box<Reference>),
    /// `CHECK`, `EXCLUDE` and the like.
    Other,
}

/// What a foreign key points to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The table.
    pub table: QualifiedName,
    /// Its columns; empty where the primary key is meant.
    pub columns: Vec<Name>,
}

/// `ALTER TABLE` with its actions in order.
#[derive(Clone, Debug, PartialEq)]
pub struct AlterTable {
    /// The table.
    pub name: QualifiedName,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// What is done to it.
    pub actions: Vec<AlterTableAction>,
}

/// One action of `ALTER TABLE`; those that do not bear on the schema are left out.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants carry the names of the SQL clauses")]
pub enum AlterTableAction {
    EnableRls(Span),
    DisableRls(Span),
    ForceRls(Span),
    NoForceRls(Span),
    AddColumn { column: Column, constraints: Vec<Constraint>, if_not_exists: bool },
    DropColumn { name: Name },
    RenameColumn { from: Name, to: Name },
    RenameTable { to: Name },
    SetSchema { to: Name },
    AddConstraint(Constraint),
    DropConstraint { name: Name },
    AlterType { column: Name, ty: TypeName },
    SetDefault { column: Name, default: Option<Span> },
    AttachPartition { partition: QualifiedName },
    DetachPartition { partition: QualifiedName },
}

/// `CREATE INDEX`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateIndex {
    /// Its name; the server makes one up where it is left out.
    pub name: Option<QualifiedName>,
    /// The table.
    pub table: QualifiedName,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `UNIQUE`.
    pub unique: bool,
    /// `CONCURRENTLY`, which no transaction block may hold.
    pub concurrently: bool,
    /// The condition of a partial index.
    pub predicate: Option<Span>,
    /// What is indexed, in order.
    pub keys: Vec<IndexKey>,
    /// The whole statement.
    pub span: Span,
}

/// One key of an index.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexKey {
    /// A column.
    Column(Name),
    /// An expression, or what cannot be read.
    Expression(Span),
}

#[expect(clippy::struct_excessive_bools, reason = "each is a clause of the statement")]
/// `CREATE VIEW`. Materialized views, which row level security never reaches, are marked.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateView {
    /// The view.
    pub name: QualifiedName,
    /// From `CREATE` to the end of the name.
    pub head: Span,
    /// `OR REPLACE`.
    pub or_replace: bool,
    /// `IF NOT EXISTS`, which materialized views can have.
    pub if_not_exists: bool,
    /// `TEMP`.
    pub temporary: bool,
    /// `MATERIALIZED`.
    pub materialized: bool,
    /// The option `security_invoker` is set and not false.
    pub security_invoker: bool,
    /// Tables and views that it reads.
    pub reads: Vec<QualifiedName>,
}
