//! The schema fold against scripts whose end state a PostgreSQL server has told.
//!
//! The cases live beside the repository; without them the test says so and passes.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use speclint::languages::sql::SqlText;
use speclint::spec::schema::{Schema, SchemaOptions, SessionScope};
use speclint::text::LineIndex;

/// (table, file, line): what a report names.
type Report = (String, String, u64);

#[derive(Default)]
struct Score {
    must: usize,
    found: usize,
    must_not: usize,
    lines: Vec<String>,
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn listed(case: &Value, key: &str) -> Vec<Report> {
    let entries = case[key].as_array().into_iter().flatten();
    entries
        .map(|entry| {
            (text(entry, "table").to_owned(), text(entry, "file").to_owned(), entry["line"].as_u64().unwrap_or(0))
        })
        .collect()
}

fn reported(case: &Value) -> BTreeSet<Report> {
    let files: Vec<&Value> = case["files"].as_array().into_iter().flatten().collect();
    let texts: Vec<SqlText> = files.iter().map(|file| SqlText::parse(text(file, "sql"))).collect();
    let exposed = case["exposed_schemas"].as_array().into_iter().flatten();
    let options = SchemaOptions {
        exposed_schemas: exposed.filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        session: if text(case, "session") == "shared" { SessionScope::Shared } else { SessionScope::PerText },
        scene: 0,
    };
    let schema = Schema::fold(&texts, &options);
    schema
        .tables_without_row_security()
        .filter_map(|table| {
            let file = files.get(table.created.text)?;
            let line = LineIndex::new(text(file, "sql")).line(table.created.span.start);
            Some((format!("{}.{}", table.schema, table.name), text(file, "name").to_owned(), line as u64))
        })
        .collect()
}

fn check(case: &Value, score: &mut Score) {
    let reports = reported(case);
    let may = listed(case, "may_flag");
    let must = listed(case, "must_flag");
    for wanted in &must {
        score.must += 1;
        // The table's name at the end is checked too: a report under another name misleads.
        if reports.contains(wanted) {
            score.found += 1;
        } else {
            score.lines.push(format!("{}: missed {wanted:?}", text(case, "id")));
        }
    }
    for report in &reports {
        if !must.contains(report) && !may.iter().any(|(_, file, line)| (file, line) == (&report.1, &report.2)) {
            score.must_not += 1;
            score.lines.push(format!("{}: wrongly reported {report:?}", text(case, "id")));
        }
    }
}

#[test]
fn tables_without_row_security_are_those_that_the_server_names() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/rls-cases/cases.jsonl");
    let Ok(cases) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let mut score = Score::default();
    for line in cases.lines().filter(|line| !line.trim().is_empty()) {
        check(&serde_json::from_str(line).expect("a case is one JSON object"), &mut score);
    }
    eprintln!("{} of {} found, {} wrongly reported", score.found, score.must, score.must_not);
    assert!(score.must > 0, "no case names a table that must be reported");
    assert!(score.lines.is_empty(), "{}", score.lines.join("\n"));
}
