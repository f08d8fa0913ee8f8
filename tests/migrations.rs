//! SQL files without a spec.

mod support;

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use support::{shared, speclint, speclint_with_input};

const CREATE: &str =
    "CREATE TABLE nests (\n  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n  created_at TIMESTAMPTZ\n);\n";
const SECURE: &str =
    "ALTER TABLE nests ENABLE ROW LEVEL SECURITY;\nCREATE POLICY seen ON nests FOR SELECT USING (true);\n";

#[test]
fn files_are_run_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let migrations = folder.path().join("db/migrations");
    fs::create_dir_all(&migrations).unwrap();
    fs::write(migrations.join("2_secure.sql"), SECURE).unwrap();
    fs::write(migrations.join("1_nests.sql"), CREATE).unwrap();
    let both = speclint(folder.path(), &["check", "db/migrations", "--report", "concise"]);
    assert_eq!((both.code, both.out.as_str()), (0, "Checked 2 files: no findings\n"));
    let files = speclint(folder.path(), &["check", "db/migrations/2_secure.sql", "db/migrations/1_nests.sql"]);
    assert_eq!(files.code, 0, "{}", files.out);
    let alone = speclint(folder.path(), &["check", "db/migrations/1_nests.sql", "--report", "concise"]);
    assert_eq!(alone.code, 1);
    assert!(alone.out.contains("db/migrations/1_nests.sql:1:1: error[rls-enabled] table `nests`"), "{}", alone.out);
}

#[test]
fn the_configured_folder_is_checked_and_sets_the_scene() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("db")).unwrap();
    fs::write(folder.path().join("speclint.toml"), "migrations = 'db'\n").unwrap();
    fs::write(folder.path().join("db/1_nests.sql"), CREATE).unwrap();
    assert_eq!(speclint(folder.path(), &["check"]).code, 1);
    fs::write(folder.path().join("db/2_secure.sql"), SECURE).unwrap();
    assert_eq!(speclint(folder.path(), &["check"]).code, 0);
    assert_eq!(speclint(folder.path(), &["check", "db/1_nests.sql"]).code, 0, "the others are run around it");
    fs::write(folder.path().join("speclint.toml"), "migrations = 'gone'\n").unwrap();
    assert_eq!(speclint(folder.path(), &["check"]).code, 2);
}

#[test]
fn a_table_of_the_migrations_is_not_missed_in_a_spec() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("db")).unwrap();
    fs::write(folder.path().join("db/1.sql"), format!("{CREATE}{SECURE}")).unwrap();
    let source = "## SECTION 2: Birds\n\n#### FR-2.1: Nests\n\n```prisma\nmodel Nest {\n  id String @id\n}\n```\n";
    fs::write(folder.path().join("source.md"), source).unwrap();
    fs::write(folder.path().join("spec.md"), "## SECTION 2: Birds - INTEGRATED\n\n#### FR-2.1: Nests\n").unwrap();
    let args = ["check", "--spec", "spec.md", "--source", "source.md", "--select", "model-missing"];
    assert_eq!(speclint(folder.path(), &args).code, 1);
    fs::write(folder.path().join("speclint.toml"), "migrations = 'db'\n").unwrap();
    assert_eq!(speclint(folder.path(), &args).code, 0);
}

#[test]
fn suppressions_stand_in_sql_comments() {
    let text = format!("-- speclint-disable-next-line rls-enabled -- filled by a view each night\n{CREATE}");
    let run = speclint_with_input(
        tempfile::tempdir().unwrap().path(),
        &["check", "-", "--stdin-filename", "a.sql", "--report", "concise"],
        text.as_bytes(),
    );
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "Checked 1 file: no findings, 1 suppressed\n", ""));
}

/// The cases that the schema fold is tested on, through the whole program.
#[test]
fn what_a_server_says_of_row_level_security_is_reported() {
    let Some(path) = shared("rls-cases/cases.jsonl") else { return };
    for case in fs::read_to_string(path).unwrap().lines() {
        let case: Value = serde_json::from_str(case).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let migrations = folder.path().join("migrations");
        fs::create_dir(&migrations).unwrap();
        fs::write(folder.path().join("speclint.toml"), format!("exposed-schemas = {}\n", case["exposed_schemas"]))
            .unwrap();
        for file in case["files"].as_array().unwrap() {
            fs::write(migrations.join(file["name"].as_str().unwrap()), file["sql"].as_str().unwrap()).unwrap();
        }
        let run = speclint(folder.path(), &["check", "migrations", "--report", "json", "--select", "rls-enabled"]);
        let report: Value = serde_json::from_str(&run.out).unwrap();
        let place = |entry: &Value| {
            (entry["file"].as_str().unwrap().replace("migrations/", ""), entry["line"].as_u64().unwrap())
        };
        let places = |list: &Value| list.as_array().unwrap().iter().map(place).collect::<BTreeSet<_>>();
        let errors = report["findings"].as_array().unwrap().iter().filter(|finding| finding["level"] == "error");
        let found: BTreeSet<_> = errors.map(place).collect();
        let (must, may) = (places(&case["must_flag"]), places(&case["may_flag"]));
        assert!(must.is_subset(&found), "{}: {must:?} in {found:?}", case["id"]);
        assert!(found.iter().all(|at| must.contains(at) || may.contains(at)), "{}: {found:?}", case["id"]);
    }
}
