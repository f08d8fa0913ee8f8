//! The rules on SQL files, without a document around them.

use std::cell::RefCell;

use super::{SQL_CHECKS, SqlCheck, SqlContext, on_sql};
use crate::checks::consistency::duplicate_tables;
use crate::checks::document::{encoding, suppressions};
use crate::checks::{Active, RuleSet};
use crate::config::Config;
use crate::diagnostics::Finding;
use crate::languages::sql::SqlText;
use crate::spec::schema::{Schema, SchemaOptions, SessionScope};
use crate::spec::{Database, SqlSource};
use crate::text::SourceFile;

/// A SQL file.
#[derive(Clone, Copy, Debug)]
pub struct SqlFile<'f> {
    /// The file.
    pub file: &'f SourceFile,
    /// What it says.
    pub sql: &'f SqlText,
    /// Whether findings in it are reported, or it is only run because others build on it.
    pub is_judged: bool,
}

/// Checks SQL files that a database runs in this order, each in a session of its own. Returns the findings, and how
/// many more were suppressed.
pub fn check_sql_files(
    files: &[SqlFile<'_>],
    config: &Config,
    rules: &RuleSet,
    active: &Active,
) -> (Vec<Finding>, usize) {
    let exposed_schemas = &config.exposed_schemas;
    let options = SchemaOptions { exposed_schemas: exposed_schemas.clone(), session: SessionScope::PerText, scene: 0 };
    let schema = Schema::fold(files.iter().map(|file| file.sql), &options);
    let sources = files.iter().map(|&SqlFile { file, sql, is_judged }| SqlSource { sql, file, fence: None, is_judged });
    let database = Database { sources: sources.collect(), schema: &schema };
    let cx = SqlContext { database: &database, active, spec: None, exposed_schemas, seen: RefCell::default() };
    let checks: Vec<SqlCheck> = SQL_CHECKS.into_iter().chain([duplicate_tables::in_sql as SqlCheck]).collect();
    let mut findings = Vec::new();
    on_sql(&cx, &checks, &mut findings);
    let mut suppressed = 0;
    for file in files.iter().filter(|file| file.is_judged) {
        findings.extend(encoding::invalid_utf8(active, file.file));
        suppressed += suppressions::apply_to_sql(file.file, rules, active, &mut findings);
    }
    (findings, suppressed)
}
