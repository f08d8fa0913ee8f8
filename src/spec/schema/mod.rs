//! The database schema that a list of SQL texts leaves behind.
//!
//! [`Schema::fold`] runs the statements of the texts in order, as a PostgreSQL server would, on a model of its catalog.
//! The texts are the fences of a document, or the files of a migrations folder; earlier migrations that a document
//! builds on are simply folded first, and each [`Place`] tells which text it is in.
//!
//! What the fold knows:
//! - tables in all their forms, created, altered, renamed, moved to another schema, dropped, created again; columns, keys,
//!   indexes, triggers, policies, views, functions, storage buckets;
//! - names: case folding, quotes, 63 bytes, schemas, `search_path` (also `SET LOCAL` and `set_config`), temporary tables;
//! - transactions and savepoints, rolled back by hand or by an error; a transaction that is never committed; psql's
//!   `\set`, `\if`, `\gexec`, `\q`, `ON_ERROR_STOP` and `AUTOCOMMIT`; the way down of goose, sql-migrate and dbmate;
//! - what a server refuses: syntax errors, a second `CREATE` of the same table or policy, statements on a table
//!   before its creation;
//! - bodies that run: `DO`, functions and procedures that are called, event triggers on `CREATE TABLE`. `EXECUTE` of what
//!   can be computed from literals, variables, `format`, `quote_ident`, `||`, arrays, loops over arrays and over
//!   `pg_tables`, `pg_class`, `information_schema.tables`; conditions on the same and on `pg_policies`.
//!
//! What it does not know makes a table's row level security [`RowSecurity::Unknown`]: a condition or a statement that
//! depends on data, a body in another language, a loop over other tables' rows. It does not look into extensions,
//! `\i`, dumps in custom formats, rules, or privileges: who may run a statement is not asked. Types and expressions are
//! not checked, so a statement that fails for these alone is taken to succeed. A table that no text creates is not in
//! the result, whatever is done to it.

mod answers;
mod bodies;
mod catalog;
mod catalog_rows;
mod conventions;
mod drops;
mod evaluate;
mod exposure;
mod fold;
mod model;
mod objects;
mod session;
mod store;
mod tables;
mod transactions;
mod unknown;

pub use conventions::{Convention, ConventionKind};
pub use exposure::{PermissivePolicy, PermissiveReason};
pub use model::{
    Bucket, Column, Constraint, Duplicate, Function, Index, Place, Policy, Refusal, RowSecurity, Table, Trigger, View,
};

use crate::languages::sql::SqlText;

/// How the texts are run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionScope {
    /// Each text in a session of its own: the files of a migrations folder.
    #[default]
    PerText,
    /// All texts in one session: the fences of a document.
    Shared,
}

/// What the fold has to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaOptions {
    /// Schemas that the API serves.
    pub exposed_schemas: Vec<String>,
    /// How the texts are run.
    pub session: SessionScope,
    /// How many texts at the front are earlier migrations, each run in a session of its own before the others.
    pub scene: usize,
}

impl Default for SchemaOptions {
    fn default() -> Self {
        Self { exposed_schemas: vec!["public".to_owned()], session: SessionScope::PerText, scene: 0 }
    }
}

/// The schema at the end of a list of SQL texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// Tables in the order of their creation, temporary and refused ones included.
    pub tables: Vec<Table>,
    /// Views and materialized views.
    pub views: Vec<View>,
    /// Functions and procedures.
    pub functions: Vec<Function>,
    /// Rows of `storage.buckets`, in the order in which statements insert or change them.
    pub buckets: Vec<Bucket>,
    /// Tables created while they existed.
    pub duplicates: Vec<Duplicate>,
    /// A `CREATE TABLE` found its name taken, by a table or a view. Otherwise none would have done anything else if it
    /// had said `IF NOT EXISTS`, or had not said it.
    pub name_was_taken: bool,
    /// Transactions that are begun and never ended, so that a server undoes them: the `BEGIN`.
    pub open_transactions: Vec<Place>,
    /// Statements between `BEGIN` and `COMMIT` that the server refuses there.
    pub in_transaction: Vec<Place>,
    /// Where the fold stopped because the texts ask for more steps than it takes.
    pub stopped: Option<Place>,
    exposed: Vec<String>,
}

impl Schema {
    /// Runs the statements of `texts` in order.
    ///
    /// The time is bounded: linear in the statements, and in the steps of bodies up to a fixed number
    /// (see [`Schema::stopped`]).
    pub fn fold<'t>(texts: impl IntoIterator<Item = &'t SqlText>, options: &SchemaOptions) -> Self {
        fold::Folder::new(options).run(texts)
    }

    /// The table of this schema and catalog name.
    pub fn table(&self, schema: &str, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.schema == schema && table.name == name)
    }

    fn is_exposed(&self, schema: &str) -> bool {
        self.exposed.iter().any(|exposed| exposed == schema)
    }
}

#[cfg(test)]
mod tests;
