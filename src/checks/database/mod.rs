//! Rules about the database: what a migration leaves behind, and who may reach it.
//!
//! They look at a [`Database`], so that the fences of a document and the files of a migrations folder go the same way.

mod client_awaited;
mod conventions;
mod files;
mod migration;
mod offers;
mod policies;
mod query_builder;
mod query_error;
mod row_security;
mod views;

use std::cell::RefCell;
use std::collections::BTreeMap;

pub use self::files::{SqlFile, check_sql_files};
use super::{Active, Check, Context, Id, assign};
use crate::diagnostics::{Finding, Location};
use crate::languages::sql::SqlText;
use crate::spec::schema::{Place, Schema, SchemaOptions, SessionScope, Table};
use crate::spec::{Database, Spec};

/// The rules of the group that look at SQL.
pub(super) const CHECK: Check = Check {
    rules: &[
        "rls-enabled",
        "rls-policies",
        "rls-permissive",
        "view-security-invoker",
        "migration-sql",
        "uuid-primary-key",
        "snake-case-names",
        "timestamp-columns",
        "indexed-foreign-keys",
    ],
    run,
};

/// The rules of the group that look at TypeScript.
pub(super) const CODE_CHECKS: [Check; 3] = [query_builder::CHECK, client_awaited::CHECK, query_error::CHECK];

/// What looks at SQL, whatever it stands in.
const SQL_CHECKS: [SqlCheck; 5] = [migration::run, row_security::run, policies::run, views::run, conventions::run];

/// A function that adds its findings.
type SqlCheck = fn(&SqlContext<'_>, &mut Vec<Finding>);

/// What a check of SQL looks at.
#[derive(Debug)]
pub(super) struct SqlContext<'c> {
    /// The SQL and its schema.
    pub database: &'c Database<'c>,
    /// The rules that are on.
    pub active: &'c Active,
    /// The document that the SQL stands in; `None` where it stands in files.
    pub spec: Option<&'c Spec<'c>>,
    /// Schemas that the API serves.
    pub exposed_schemas: &'c [String],
    /// How many findings there are so far, by rule, text and line: of several findings of a rule on one line the first
    /// stays, so that a file on a single line has few.
    pub seen: RefCell<BTreeMap<(Id, usize, usize), usize>>,
}

/// Most tables on one line whose row level security is reported.
const MOST_TABLES_ON_A_LINE: usize = 16;

impl SqlContext<'_> {
    /// A finding of `rule` at a place of the SQL; `None` where the rule is off, the text is not judged, or the rule has
    /// spoken of this line.
    pub(super) fn finding(&self, rule: &str, place: Place, message: impl Into<String>) -> Option<Finding> {
        let source = self.database.source(place).filter(|source| source.is_judged)?;
        let span = source.in_file(place.span);
        // A place on a long line costs its length: only what is reported may ask for it.
        let line = source.file.line(span.start);
        // Each table without row level security is a hole of its own, also where several stand on a line.
        let allowed = if rule == "rls-enabled" { MOST_TABLES_ON_A_LINE } else { 1 };
        let mut seen = self.seen.borrow_mut();
        let count = seen.entry((Id::from(rule), place.text, line)).or_default();
        if *count >= allowed {
            return None;
        }
        *count += 1;
        let mut finding = self.active.finding(rule, Location::of(source.file, span), message)?;
        if let Some(spec) = self.spec {
            assign(&mut finding, spec, span);
        }
        Some(finding)
    }

    /// The schema that other texts leave behind, run as those of the database, with `before` of them in front of its own.
    pub(super) fn fold<'t>(&self, texts: impl IntoIterator<Item = &'t SqlText>, before: usize) -> Schema {
        let session = if self.spec.is_some() { SessionScope::Shared } else { SessionScope::PerText };
        let scene = before + self.database.sources.iter().take_while(|source| !source.is_judged).count();
        Schema::fold(texts, &SchemaOptions { exposed_schemas: self.exposed_schemas.to_vec(), session, scene })
    }

    /// The first of the places whose text is judged: what earlier migrations define is reported where it is changed.
    pub(super) fn judged(&self, places: impl IntoIterator<Item = Place>) -> Option<Place> {
        let is_judged = |place: &Place| self.database.source(*place).is_some_and(|source| source.is_judged);
        places.into_iter().find(is_judged)
    }

    /// A place of the SQL, to be attached to a finding.
    pub(super) fn location(&self, place: Place) -> Option<Location> {
        self.database.location(place)
    }
}

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    on_pair(cx, &SQL_CHECKS, findings);
}

/// Runs checks of SQL on the SQL of a pair.
pub(super) fn on_pair(cx: &Context<'_, '_>, checks: &[SqlCheck], findings: &mut Vec<Finding>) {
    let exposed_schemas = &cx.config.exposed_schemas;
    let database = Database::of_pair(cx.pair, exposed_schemas);
    let spec = Some(&cx.pair.integrated);
    on_sql(
        &SqlContext { database: &database, active: cx.active, spec, exposed_schemas, seen: RefCell::default() },
        checks,
        findings,
    );
}

/// Runs checks of SQL.
fn on_sql(cx: &SqlContext<'_>, checks: &[SqlCheck], findings: &mut Vec<Finding>) {
    for check in checks {
        check(cx, findings);
    }
}

/// A table as SQL names it: without its schema where that is `public`, quoted where it must be.
pub(super) fn table_name(table: &Table) -> String {
    qualified(&table.schema, &table.name)
}

fn qualified(schema: &str, name: &str) -> String {
    if schema == "public" { identifier(name) } else { format!("{}.{}", identifier(schema), identifier(name)) }
}

/// A name as SQL writes it.
fn identifier(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.chars().all(is_plain) && !name.starts_with(|c: char| c.is_ascii_digit()) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}
