use super::*;
use crate::languages::sql::facts::PolicyCommand;

fn fold(texts: &[&str]) -> Schema {
    let texts: Vec<_> = texts.iter().map(|text| SqlText::parse(text)).collect();
    Schema::fold(&texts, &SchemaOptions::default())
}

/// Names of the exposed tables without row level security.
fn open(texts: &[&str]) -> Vec<String> {
    fold(texts).tables_without_row_security().map(|table| table.name.clone()).collect()
}

fn unknown(text: &str) -> Vec<String> {
    fold(&[text]).tables_with_unknown_row_security().map(|table| table.name.clone()).collect()
}

const ON: &str = "ENABLE ROW LEVEL SECURITY";

#[test]
fn the_end_counts_not_the_words() {
    assert_eq!(
        open(&["CREATE TABLE cows (id int); CREATE TABLE pigs (id int);", &format!("ALTER TABLE pigs {ON};")]),
        ["cows"]
    );
    assert_eq!(open(&[&format!("ALTER TABLE cows {ON}; CREATE TABLE cows (id int);")]), ["cows"]);
    let again =
        format!("CREATE TABLE cows (id int); ALTER TABLE cows {ON}; DROP TABLE cows; CREATE TABLE cows (id int);");
    assert_eq!(open(&[&again]), ["cows"]);
    let created = fold(&[&again]).tables[0].created.span;
    assert!(created.start > 60, "the second CREATE is the table's");
    assert!(
        open(&[&format!(
            "CREATE TABLE cows (id int); ALTER TABLE cows {ON}, ADD x int; ALTER TABLE cows RENAME TO herd;"
        )])
        .is_empty()
    );
    assert!(open(&["CREATE TEMP TABLE cows (id int); CREATE TABLE private.pigs (id int);"]).is_empty());
    assert_eq!(
        open(&["CREATE UNLOGGED TABLE a (id int); CREATE TABLE b AS TABLE a; SELECT 1 AS x INTO c;"]),
        ["a", "b", "c"]
    );
    assert_eq!(open(&["SELECT 1 AS x INTO d UNION SELECT 2;", "((SELECT 1 AS x INTO e));"]), ["d", "e"]);
}

#[test]
fn names_resolve_as_the_server_resolves_them() {
    assert_eq!(open(&[&format!("CREATE TABLE \"Cows\" (id int); ALTER TABLE Cows {ON};")]), ["Cows"]);
    assert!(open(&[&format!("CREATE TABLE COWS (id int); ALTER TABLE public.\"cows\" {ON};")]).is_empty());
    assert!(open(&["SET search_path TO private; CREATE TABLE cows (id int);"]).is_empty());
    assert_eq!(open(&["SET search_path TO private;", "CREATE TABLE cows (id int);"]), ["cows"], "a session per text");
}

#[test]
fn what_is_undone_does_not_count() {
    assert_eq!(open(&[&format!("CREATE TABLE cows (id int); BEGIN; ALTER TABLE cows {ON}; ROLLBACK;")]), ["cows"]);
    assert!(open(&["BEGIN; CREATE TABLE cows (id int); ROLLBACK;"]).is_empty());
    assert!(open(&["-- migrate:up\nSELECT 1;\n-- migrate:down\nCREATE TABLE cows (id int);"]).is_empty());
    let open_end = fold(&["BEGIN; CREATE TABLE cows (id int);"]);
    assert_eq!(open_end.tables[0].refused, Some(Refusal::Transaction), "the missing COMMIT is the fault");
    assert_eq!(open_end.open_transactions.len(), 1);
    assert_eq!(open_end.tables_without_row_security().count(), 0);
    // A text that breaks off has lost its COMMIT.
    assert_eq!(open(&["BEGIN; CREATE TABLE cows (id int); CREATE TABLE pigs (id int,"]), ["cows", "pigs"]);
}

#[test]
fn a_transaction_that_fails_leaves_its_tables_marked() {
    let schema = fold(&["BEGIN; CREATE TABLE cows (id int); CREATE TABLE pigs (id int;); COMMIT;"]);
    assert_eq!(schema.tables[0].refused, Some(Refusal::Transaction));
    assert_eq!(schema.tables_without_row_security().filter(|table| table.name == "cows").count(), 0);
}

#[test]
fn bodies_that_run_are_run() {
    let loops = format!(
        "CREATE TABLE cows (id int); CREATE TABLE pigs (id int);\nDO $$ DECLARE t text; BEGIN\n  FOREACH t IN ARRAY ARRAY['cows'] \
         LOOP EXECUTE format('ALTER TABLE %I {ON}', t); END LOOP;\nEND $$;"
    );
    assert_eq!(open(&[&loops]), ["pigs"]);
    let function = "CREATE FUNCTION mk() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE cows (id int); END $$;";
    assert!(open(&[function]).is_empty(), "nothing calls it");
    assert_eq!(open(&[function, "SELECT mk();"]), ["cows"]);
    assert_eq!(fold(&[function, "SELECT mk();"]).tables[0].created.text, 0, "the place is in the function's text");
}

#[test]
fn what_nobody_knows_is_neither_on_nor_off() {
    let table = "CREATE TABLE cows (id int);";
    let perhaps =
        format!("{table} DO $$ BEGIN IF (SELECT count(*) FROM farms) > 3 THEN ALTER TABLE cows {ON}; END IF; END $$;");
    assert!(open(&[&perhaps]).is_empty());
    assert_eq!(unknown(&perhaps), ["cows"]);
    assert_eq!(unknown(&format!("{table} DO $$ BEGIN EXECUTE current_setting('my.sql'); END $$;")), ["cows"]);
    assert_eq!(unknown(&format!("{table} DO LANGUAGE plpython3u $$ x $$;")), ["cows"]);
    // What is created and secured in the same branch is secure whenever it is there.
    let both = format!(
        "DO $$ BEGIN IF random() > 0.5 THEN CREATE TABLE cows (id int); ALTER TABLE cows {ON}; END IF; END $$;"
    );
    assert!(open(&[&both]).is_empty() && unknown(&both).is_empty());
}

#[test]
fn policies_are_found_wanting() {
    let schema = fold(&[&format!(
        "CREATE TABLE cows (id uuid); ALTER TABLE cows {ON};\n\
         CREATE POLICY a ON cows FOR SELECT USING (true);\n\
         CREATE POLICY b ON cows FOR INSERT TO authenticated;\n\
         CREATE POLICY c ON cows FOR UPDATE USING (true);\n\
         CREATE POLICY d ON cows TO service_role USING (true);\n\
         CREATE POLICY e ON cows FOR DELETE USING (owner = auth.uid());\n\
         CREATE TABLE pigs (id uuid); CREATE POLICY f ON pigs USING (id = auth.uid());\n\
         CREATE TABLE hens (id uuid); ALTER TABLE hens {ON};"
    )]);
    let faults: Vec<_> = schema.permissive_policies().map(|fault| (fault.policy.name.as_str(), fault.reason)).collect();
    assert_eq!(faults, [("b", PermissiveReason::InsertWithoutCheck), ("c", PermissiveReason::UsingAlwaysTrue)]);
    assert_eq!(schema.idle_policies().map(|(_, policy)| policy.name.as_str()).collect::<Vec<_>>(), ["f"]);
    assert_eq!(schema.tables_without_policies().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["hens"]);
    assert_eq!(schema.table("public", "cows").unwrap().policies[4].command, PolicyCommand::Delete);
}

#[test]
fn views_functions_and_buckets() {
    let schema = fold(&["CREATE VIEW herd AS SELECT 1; CREATE VIEW stock WITH (security_invoker) AS SELECT 1;\n\
         CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';\n\
         CREATE FUNCTION g() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';\n\
         INSERT INTO storage.buckets (id, name, public) VALUES ('photos', 'photos', true), ('scans', 'scans', false);"]);
    assert_eq!(schema.views_without_security_invoker().map(|view| view.name.as_str()).collect::<Vec<_>>(), ["herd"]);
    let altered = fold(&["CREATE VIEW herd AS SELECT 1; ALTER TABLE herd SET (security_invoker = on);"]);
    assert_eq!(altered.views_without_security_invoker().count(), 0);
    assert_eq!(schema.definer_functions_without_search_path().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["f"]);
    let buckets: Vec<_> = schema.buckets.iter().map(|bucket| (bucket.id.as_str(), bucket.public)).collect();
    assert_eq!(buckets, [("photos", Some(true)), ("scans", Some(false))]);
    let opened = fold(&["UPDATE storage.buckets SET public = true, name = 'x' WHERE id IN ('scans', 'plans');"]);
    let opened: Vec<_> = opened.buckets.iter().map(|bucket| (bucket.id.as_str(), bucket.public)).collect();
    assert_eq!(opened, [("scans", Some(true)), ("plans", Some(true))]);
    for other in ["SET name = 'x' WHERE id = 'scans'", "SET public = true WHERE id <> 'scans'", "SET public = true"] {
        assert!(fold(&[&format!("UPDATE storage.buckets {other};")]).buckets.is_empty(), "{other}");
    }
}

#[test]
fn conventions() {
    let schema = fold(&[
        "CREATE TABLE cows (id serial PRIMARY KEY, barnId uuid REFERENCES barns, farm_id uuid REFERENCES farms,\n\
         vet_id uuid UNIQUE REFERENCES vets, born timestamp, created_at timestamptz, updated_at timestamptz);\n\
         CREATE INDEX ON cows (farm_id, born);\n\
         CREATE TABLE barns (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), created_at timestamptz, updated_at timestamptz);\n\
         CREATE TRIGGER t BEFORE UPDATE ON barns FOR EACH ROW EXECUTE FUNCTION touch();",
    ]);
    let breaks: Vec<_> = schema
        .convention_breaks()
        .into_iter()
        .map(|found| (found.kind, found.column.map_or("", |column| column.name.written())))
        .collect();
    assert_eq!(
        breaks,
        [
            (ConventionKind::NameNotSnakeCase, "barnId"),
            (ConventionKind::PrimaryKeyNotUuid, "id"),
            (ConventionKind::TimestampWithoutZone, "born"),
            (ConventionKind::UpdatedAtWithoutTrigger, "updated_at"),
            (ConventionKind::ForeignKeyWithoutIndex, "barnId"),
        ]
    );
}

#[test]
fn a_table_shown_twice_is_a_duplicate_that_completes_the_first() {
    let schema = fold(&["CREATE TABLE cows (id int, ...);", "CREATE TABLE cows (id int, name text);"]);
    assert_eq!(schema.duplicates.len(), 1);
    assert_eq!(schema.duplicates[0].second.text, 1);
    assert!(schema.tables[0].complete && schema.tables[0].columns.len() == 2);
}

#[test]
fn hostile_texts_end() {
    let rounds = "FOR i IN 1..199 LOOP ".repeat(4);
    let loops = format!(
        "CREATE TABLE t (id int); DO $$ BEGIN {rounds} CREATE TABLE IF NOT EXISTS t (id int); {} END $$;",
        "END LOOP; ".repeat(4)
    );
    assert!(fold(&[&loops]).stopped.is_some());
    let endless =
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM f(); PERFORM f(); END $$; SELECT f();";
    fold(&[endless]);
    let mut chain = "CREATE TABLE t0 (id int) PARTITION BY LIST (id);".to_owned();
    for number in 1..3_000 {
        chain.push_str("CREATE TABLE t");
        chain.push_str(&number.to_string());
        chain.push_str(" PARTITION OF t");
        chain.push_str(&(number - 1).to_string());
        chain.push_str(" DEFAULT PARTITION BY LIST (id);\n");
    }
    chain.push_str("DROP TABLE t0;");
    assert!(fold(&[&chain]).tables.is_empty());
}
