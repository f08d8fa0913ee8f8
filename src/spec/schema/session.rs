//! One connection: its search path and its transaction.

use super::catalog::{Catalog, Id, Mark};
use crate::languages::sql::QualifiedName;

/// The schema of temporary tables.
pub(super) const TEMPORARY: &str = "pg_temp";

/// The search path of a Supabase project.
const DEFAULT_PATH: &[&str] = &["$user", "public", "extensions"];

/// Schemas that a Supabase project has, or commonly gets, without the texts at hand creating them.
const KNOWN_SCHEMAS: &[&str] = &[
    "app",
    "auth",
    "cron",
    "extensions",
    "graphql",
    "graphql_public",
    "information_schema",
    "net",
    "pg_catalog",
    "pg_temp",
    "pgsodium",
    "private",
    "public",
    "realtime",
    "storage",
    "supabase_functions",
    "supabase_migrations",
    "vault",
];

/// The role that runs migrations: what `"$user"` stands for.
const ROLE: &str = "postgres";

#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) path: Vec<String>,
    pub(super) transaction: Option<Transaction>,
    pub(super) stop_on_error: bool,
    pub(super) autocommit: bool,
    /// `\q`, or an error after which the runner stops.
    pub(super) ended: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Transaction {
    pub(super) start: Mark,
    /// The path to go back to when it is rolled back, and, after `SET LOCAL`, when it ends at all.
    pub(super) path: Vec<String>,
    pub(super) local_path: Option<Vec<String>>,
    /// An error has occurred: all statements up to the end are refused.
    pub(super) failed: bool,
    pub(super) savepoints: Vec<Savepoint>,
}

/// What `ROLLBACK TO` goes back to.
#[derive(Clone, Debug)]
pub(super) struct Savepoint {
    pub(super) name: String,
    pub(super) mark: Mark,
    pub(super) path: Vec<String>,
    pub(super) local_path: Option<Vec<String>>,
}

impl Default for Session {
    fn default() -> Self {
        Self { path: default_path(), transaction: None, stop_on_error: false, autocommit: true, ended: false }
    }
}

pub(super) fn default_path() -> Vec<String> {
    DEFAULT_PATH.iter().map(|&name| name.to_owned()).collect()
}

impl Session {
    /// The schemas of the path that are there, in order.
    fn searched<'s>(&'s self, catalog: &'s Catalog) -> impl Iterator<Item = &'s str> {
        self.path.iter().enumerate().filter_map(|(index, name)| {
            let name = if name == "$user" { ROLE } else { name.as_str() };
            let known = KNOWN_SCHEMAS.contains(&name) || catalog.find_schema(name).is_some();
            // A path that names one schema only must mean one that is there.
            let only = index + 1 == self.path.len() && self.path.len() == 1;
            (known || (only && name != ROLE)).then_some(name)
        })
    }

    /// The schema in which a new object gets its place; `None` when the path is empty.
    pub(super) fn creation_schema(&self, catalog: &mut Catalog, name: &QualifiedName) -> Option<Id> {
        let schema = match &name.schema {
            Some(schema) => schema.value.clone(),
            None if self.path.is_empty() => return None,
            None => self
                .searched(catalog)
                .find(|schema| !matches!(*schema, "pg_catalog" | "information_schema"))
                .unwrap_or("public")
                .to_owned(),
        };
        Some(catalog.schema(if schema.starts_with("pg_temp") { TEMPORARY } else { &schema }))
    }

    /// Looks an existing object up, as the server does: temporary ones first, then along the path.
    pub(super) fn find<T>(
        &self,
        catalog: &Catalog,
        name: &QualifiedName,
        lookup: impl Fn(Id, &str) -> Option<T>,
    ) -> Option<T> {
        let within = |schema: &str| lookup(catalog.find_schema(schema)?, &name.name.value);
        match &name.schema {
            Some(schema) => within(&schema.value),
            None => within(TEMPORARY).or_else(|| self.searched(catalog).find_map(within)),
        }
    }

    pub(super) fn find_table(&self, catalog: &Catalog, name: &QualifiedName) -> Option<Id> {
        self.find(catalog, name, |schema, name| catalog.tables.find(schema, name))
    }
}
