//! The schema fold against what PostgreSQL 15.18 had in its catalog after running the same scripts.
//!
//! `fixtures/sql/row_security.jsonl` holds one script a line: its files, each run in a session of its own, and for each
//! table that the server has at the end whether row level security is on. The server had Supabase's schemas and roles.

use std::collections::BTreeMap;

use serde_json::Value;
use speclint::languages::sql::SqlText;
use speclint::spec::schema::{RowSecurity, Schema, SchemaOptions};

const CASES: &str = include_str!("fixtures/sql/row_security.jsonl");

/// Scripts of which the fold may say that it does not know; it must still not say the opposite of the server.
const MAY_BE_UNKNOWN: &[&str] =
    &["function via select from values", "function over pg_tables", "default arg", "named arg"];

#[test]
fn the_fold_agrees_with_the_server() {
    let mut wrong = Vec::new();
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is one JSON object");
        let id = case["id"].as_str().expect("a case has an id");
        let files = case["files"].as_array().expect("a case has files");
        let texts: Vec<_> = files.iter().map(|file| SqlText::parse(file.as_str().expect("a file is a text"))).collect();
        let schema = Schema::fold(&texts, &SchemaOptions::default());
        let tables = schema.tables.iter().filter(|table| !table.temporary && table.refused.is_none());
        let ours: BTreeMap<_, _> =
            tables.map(|table| (format!("{}.{}", table.schema, table.name), table.row_security)).collect();
        let server = case["row_security"].as_object().expect("a case has an outcome");
        let same = ours.len() == server.len()
            && ours.iter().all(|(name, known)| match known {
                RowSecurity::On => server.get(name) == Some(&Value::Bool(true)),
                RowSecurity::Off => server.get(name) == Some(&Value::Bool(false)),
                RowSecurity::Unknown => MAY_BE_UNKNOWN.contains(&id),
            });
        if !same {
            wrong.push(format!("{id}: server {server:?}, ours {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
