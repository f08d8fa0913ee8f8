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

/// Runs the database rules on a spec whose SQL comes on top of the migrations; returns the findings, a line each.
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
fn on_top_of(migrations: &[(&str, &str)], spec: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("db")).unwrap();
    fs::write(folder.path().join("speclint.toml"), "migrations = 'db'\n").unwrap();
    for (name, sql) in migrations {
        fs::write(folder.path().join("db").join(name), sql).unwrap();
    }
    fs::write(folder.path().join("spec.md"), format!("## SECTION 2: Birds - INTEGRATED\n\n{spec}")).unwrap();
    let select = "database,duplicate-table,count-mismatch,unknown-table,unknown-column,signed-urls";
    let run = speclint(folder.path(), &["check", "--spec", "spec.md", "--report", "concise", "--select", select]);
    let mut lines: Vec<String> = run.out.lines().map(str::to_owned).collect();
    lines.pop();
    lines
}

fn sql(text: &str) -> String {
    format!("```sql\n{text}\n```\n")
}

/// What a codebase has: shared functions and types, a secured table, and faults that are not the spec's.
const BEFORE: &[(&str, &str)] = &[
    (
        "1_shared.sql",
        "SET search_path TO internal;\nBEGIN;\nCREATE TYPE public.nest_state AS ENUM ('empty', 'brooding');\n\
         CREATE FUNCTION public.set_updated_at() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS \
         $$ BEGIN NEW.updated_at = NOW(); RETURN NEW; END $$;\nCOMMIT;\n",
    ),
    (
        "2_nests.sql",
        "CREATE TABLE nests (\n  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n  owner_id UUID NOT NULL,\n  state nest_state,\n\
         created_at TIMESTAMPTZ\n);\nALTER TABLE nests ENABLE ROW LEVEL SECURITY;\n\
         CREATE POLICY own ON nests FOR SELECT USING (auth.uid() = owner_id);\n\
         CREATE TABLE Ledger (id INT PRIMARY KEY, made TIMESTAMP);\nCREATE POLICY all_of_it ON ledger FOR UPDATE USING (true);\n\
         CREATE VIEW tally AS SELECT * FROM ledger;\nINSERT INTO storage.buckets (id, name, public) VALUES ('pics', 'pics', true);\n\
         CREATE TABLE broken (id UUID;\n",
    ),
];

const EGGS: &str = "CREATE TABLE eggs (\n  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n  \
     nest_id UUID NOT NULL REFERENCES nests(id),\n  state nest_state,\n  created_at TIMESTAMPTZ,\n  updated_at TIMESTAMPTZ\n);\n\
     CREATE INDEX ON eggs (nest_id);\nALTER TABLE eggs ENABLE ROW LEVEL SECURITY;\n\
     CREATE POLICY seen ON eggs FOR SELECT USING (EXISTS (SELECT 1 FROM nests WHERE nests.id = nest_id));\n\
     CREATE TRIGGER touch BEFORE UPDATE ON eggs FOR EACH ROW EXECUTE FUNCTION set_updated_at();\n";

#[test]
fn a_spec_builds_on_the_migrations_and_answers_only_for_itself() {
    let script = "```ts\nconst { data, error } = await supabase.from('nests').select('id, owner_id, depth, eggs (id)');\n\
                  if (error) throw error;\n```\n";
    let altered = "ALTER TABLE nests ADD COLUMN depth INT;\nALTER TABLE nests ENABLE ROW LEVEL SECURITY;\n\
                   CREATE POLICY change ON nests FOR UPDATE USING (auth.uid() = owner_id);\nCREATE INDEX ON nests (owner_id);";
    let spec = format!("This adds 1 new table.\n\n{}{}{script}", sql(EGGS), sql(altered));
    assert_eq!(on_top_of(BEFORE, &spec), [""; 0]);
}

#[test]
fn a_table_of_the_migrations_is_not_created_again() {
    let again = sql("CREATE TABLE nests (id UUID);");
    let found = on_top_of(BEFORE, &again);
    let message = "table `nests` is created on line 1 of `db/2_nests.sql` already: the server refuses this one";
    assert_eq!(found, [format!("spec.md:4:1: warning[duplicate-table] {message}")]);
    let unless = on_top_of(BEFORE, &sql("CREATE TABLE IF NOT EXISTS public.Nests (id UUID);"));
    assert!(unless.len() == 1 && unless[0].ends_with("already: this statement does nothing"), "{unless:?}");
    assert_eq!(on_top_of(BEFORE, &sql(&format!("DROP TABLE nests;\n{}", EGGS.replace("nests", "broken")))), [""; 0]);
}

#[test]
fn what_a_spec_does_to_existing_tables_is_judged_where_it_does_it() {
    let rules = |text: &str| -> Vec<String> {
        let cut = |line: &String| line.split_once(']').map_or(line.as_str(), |(head, _)| head).to_owned();
        on_top_of(BEFORE, &sql(text)).iter().map(cut).collect()
    };
    assert_eq!(rules("SELECT 1;\nALTER TABLE nests DISABLE ROW LEVEL SECURITY;"), ["spec.md:5:19: error[rls-enabled"]);
    assert_eq!(rules("CREATE POLICY x ON nests FOR UPDATE USING (true);"), ["spec.md:4:1: warning[rls-permissive"]);
    assert_eq!(rules("ALTER POLICY own ON nests USING (true);"), [""; 0], "reading is no fault");
    assert_eq!(rules("ALTER POLICY all_of_it ON ledger USING (id = id);").len(), 1);
    assert_eq!(
        rules("CREATE POLICY x ON ledger FOR SELECT USING (id > 0);"),
        ["spec.md:4:1: warning[rls-policies"],
        "the table's row level security is off"
    );
    assert_eq!(
        rules("DROP POLICY all_of_it ON ledger;\nALTER TABLE ledger ENABLE ROW LEVEL SECURITY;"),
        ["spec.md:5:20: warning[rls-policies"],
        "a table without a policy"
    );
    assert_eq!(
        rules("ALTER TABLE nests ADD COLUMN egg_id UUID REFERENCES eggs(id), ADD COLUMN laid TIMESTAMP;"),
        ["spec.md:4:30: warning[indexed-foreign-keys", "spec.md:4:74: warning[timestamp-columns"]
    );
    assert_eq!(
        rules("ALTER TABLE nests ADD CONSTRAINT k FOREIGN KEY (owner_id) REFERENCES auth.users(id);"),
        ["spec.md:4:23: warning[indexed-foreign-keys"]
    );
    assert_eq!(rules("CREATE OR REPLACE VIEW tally AS SELECT 1;"), ["spec.md:4:1: warning[view-security-invoker"]);
}

#[test]
fn names_are_looked_up_in_the_migrations() {
    let script = "```ts\nconst { data, error } = await supabase.from('nests').select('id, width');\n\
                  const { error: other } = await supabase.from('nestz').select('id');\nif (error || other) throw error;\n```\n";
    let found = on_top_of(BEFORE, script);
    assert_eq!(
        found,
        [
            "spec.md:4:66: warning[unknown-column] `nests` has no column `width`",
            "spec.md:5:47: error[unknown-table] nothing defines the table `nestz`"
        ]
    );
}

#[test]
fn a_file_that_the_spec_shows_has_not_run_before_it() {
    let shown = format!("```sql\n-- Migration: supabase/migrations/3_eggs.sql\n{EGGS}```\n");
    let done: Vec<_> =
        BEFORE.iter().copied().chain([("3_eggs.sql", EGGS), ("4_more.sql", "DROP TABLE broken;")]).collect();
    assert_eq!(on_top_of(&done, &shown), [""; 0]);
    assert_eq!(on_top_of(&done, &sql(EGGS)).len(), 1, "without the name it is another one");
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
