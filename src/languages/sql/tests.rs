use proptest::prelude::*;

use super::facts::{AlterTableAction, ConstraintKind, PolicyCommand, TableSource, TriggerEvent};
use super::*;

fn only(text: &str) -> Statement {
    let parsed = SqlText::parse(text);
    assert_eq!(parsed.statements.len(), 1, "{parsed:#?}");
    parsed.statements.into_iter().next().unwrap()
}

fn problems(text: &str) -> Vec<(ProblemKind, String)> {
    SqlText::parse(text).problems.iter().map(|problem| (problem.kind, problem.span.of(text).to_owned())).collect()
}

#[test]
fn a_table_with_its_columns_and_keys() {
    let text = "-- herd\nCREATE TABLE IF NOT EXISTS farm.\"Cows\" (\n  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n  \
                barn_id uuid NOT NULL REFERENCES barns(id),\n  seen timestamp(3) without time zone,\n  tags varchar(20)[],\n  \
                UNIQUE (barn_id, id)\n) PARTITION BY LIST (barn_id);";
    let StatementKind::CreateTable(table) = only(text).kind else { panic!("no table") };
    assert_eq!(table.name.display(), "farm.Cows");
    assert_eq!(table.head.of(text), "CREATE TABLE IF NOT EXISTS farm.\"Cows\"");
    assert!(table.if_not_exists && table.partitioned && !table.elided);
    let types: Vec<_> = table.columns.iter().map(|column| column.ty.as_ref().unwrap().name.as_str()).collect();
    assert_eq!(types, ["uuid", "uuid", "timestamp", "varchar[]"]);
    assert_eq!(table.columns[0].default.map(|span| span.of(text)), Some("gen_random_uuid()"));
    assert_eq!(table.columns[1].span.of(text), "barn_id uuid NOT NULL REFERENCES barns(id)");
    let kinds: Vec<_> = table.constraints.iter().map(|c| (std::mem::discriminant(&c.kind), c.columns.len())).collect();
    assert_eq!(kinds.len(), 3);
    assert!(matches!(&table.constraints[1].kind, ConstraintKind::ForeignKey(to) if to.table.display() == "barns"));
    assert_eq!(table.constraints[2].columns.len(), 2);
}

#[test]
fn tables_come_in_many_forms() {
    let source = |text: &str| match only(text).kind {
        StatementKind::CreateTable(table) => table.source,
        other => panic!("{other:?}"),
    };
    assert_eq!(source("CREATE TABLE a AS SELECT 1"), TableSource::Query);
    assert_eq!(source("SELECT 1 AS x INTO a"), TableSource::SelectInto);
    assert_eq!(source("CREATE TABLE a OF crop"), TableSource::Type);
    assert!(matches!(source("CREATE TABLE a PARTITION OF b DEFAULT"), TableSource::PartitionOf(_)));
    assert!(matches!(only("EXPLAIN CREATE TABLE a AS SELECT 1").kind, StatementKind::Other));
}

#[test]
fn policies_are_judged() {
    let policy = |text: &str| match only(text).kind {
        StatementKind::CreatePolicy(policy) => *policy,
        other => panic!("{other:?}"),
    };
    let all = policy("CREATE POLICY \"all in\" ON cows TO anon, authenticated USING ((true) OR owner = auth.uid())");
    assert_eq!((all.command, all.roles.len(), all.permissive), (PolicyCommand::All, 2, true));
    assert!(all.using.unwrap().always_true && all.with_check.is_none());
    let own = policy("CREATE POLICY p ON cows AS RESTRICTIVE FOR UPDATE USING (1 = 1 AND owner = auth.uid())");
    assert!(!own.permissive && !own.using.unwrap().always_true);
    let text = "CREATE POLICY p ON cows FOR INSERT WITH CHECK ((auth.jwt() -> 'user_metadata' ->> 'role') = 'vet')";
    let trusting = policy(text).with_check.unwrap();
    assert_eq!(trusting.user_metadata.map(|span| span.of(text)), Some("'user_metadata'"));
}

#[test]
fn actions_triggers_and_bodies() {
    let StatementKind::AlterTable(alter) = only("ALTER TABLE ONLY cows ADD hoof int, ENABLE ROW LEVEL SECURITY").kind
    else {
        panic!("no ALTER TABLE")
    };
    assert!(matches!(alter.actions[..], [AlterTableAction::AddColumn { .. }, AlterTableAction::EnableRls(_)]));
    let StatementKind::CreateTrigger(trigger) =
        only("CREATE TRIGGER t BEFORE INSERT OR UPDATE ON cows FOR EACH ROW EXECUTE FUNCTION touch()").kind
    else {
        panic!("no trigger")
    };
    assert_eq!(trigger.events, [TriggerEvent::Insert, TriggerEvent::Update]);
    let StatementKind::CreateFunction(function) =
        only("CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN RETURN 1; END $$").kind
    else {
        panic!("no function")
    };
    assert!(function.security_definer && function.fixed_search_path && function.body.is_some());
}

#[test]
fn what_a_server_rejects_is_a_problem_where_it_stands() {
    assert_eq!(problems("ALTER TABLE cows ENABLE ROW LEVEL SECURTY;"), [(ProblemKind::Syntax, "SECURTY".to_owned())]);
    assert_eq!(
        problems("CREATE POLICY p ON cows FOR INSERT USING (true);"),
        [(ProblemKind::PolicyClause, "USING (true)".to_owned())]
    );
    assert_eq!(
        problems("CREATE POLICY p ON cows FOR DELETE USING (true) WITH CHECK (true);"),
        [(ProblemKind::PolicyClause, "WITH CHECK (true)".to_owned())]
    );
    assert_eq!(problems("CREATE POLICY IF NOT EXISTS p ON cows USING (true);").len(), 1);
    assert_eq!(
        problems("CREATE TABLE `cows` (id INT AUTO_INCREMENT) ENGINE=InnoDB;"),
        ["`cows`", "AUTO_INCREMENT", "ENGINE=InnoDB"].map(|form| (ProblemKind::Dialect, form.to_owned()))
    );
    assert_eq!(problems("CREATE TABLE cows (id int)\nCREATE TABLE pigs (id int);").len(), 1);
}

#[test]
fn elisions_and_placeholders_are_no_problem_and_keep_the_table() {
    for text in [
        "CREATE TABLE cows (id uuid, ...);",
        "CREATE TABLE cows (\n  id uuid,\n  -- other columns\n);",
        "CREATE TABLE cows (id uuid, [more columns]);",
        "CREATE TABLE cows (id uuid, {{columns}} text, <name> text);",
    ] {
        let parsed = SqlText::parse(text);
        assert_eq!(parsed.problems, [], "{text}");
        let StatementKind::CreateTable(table) = &parsed.statements[0].kind else { panic!("{text}") };
        assert_eq!(
            (table.name.display().as_str(), parsed.statements[0].standing),
            ("cows", Standing::Elided),
            "{text}"
        );
        assert!(table.elided && !table.columns.is_empty());
    }
    let nameless = SqlText::parse("CREATE TABLE [table_name] (id uuid);");
    assert_eq!(nameless.statements[0].kind, StatementKind::Other);
}

#[test]
fn strings_and_comments_hold_no_statements() {
    let text =
        "INSERT INTO help VALUES ('x; CREATE TABLE a (id int);'); /* CREATE TABLE b (id int); */ -- CREATE TABLE c;";
    assert_eq!(SqlText::parse(text).statements.len(), 1);
}

#[test]
fn hostile_text_neither_overflows_nor_drags() {
    let deep = format!("SELECT {}1{}; CREATE TABLE a (id int);", "(".repeat(100_000), ")".repeat(100_000));
    let chains: Vec<String> = ["+1", "||'a'", ".a", "[1]", " AND a", " IS NULL", " UNION SELECT 1", "::int", " LIKE a"]
        .iter()
        .map(|link| format!("SELECT a{};", link.repeat(12_000 / link.len())))
        .collect();
    let bodies = ["(", "CASE WHEN a THEN ", "NOT ", "IF a THEN ", "BEGIN "].map(|open| {
        format!(
            "DO $$ BEGIN x := {}; END $$; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT {}';",
            open.repeat(3_000),
            open.repeat(3_000)
        )
    });
    let start = std::time::Instant::now();
    let parsed = SqlText::parse(&deep);
    assert_eq!(parsed.problems[0].kind, ProblemKind::Limit);
    assert!(matches!(parsed.statements[1].kind, StatementKind::CreateTable(_)));
    for text in chains.iter().chain(&bodies) {
        SqlText::parse(text);
    }
    SqlText::parse(&"$q$ 'a \" /* \\ \0".repeat(20_000));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(CREATE |TABLE |POLICY |ALTER |a|\\(|\\)|;|'|\"|\\$\\$|\\.\\.\\.|\\[|\\]|\n|--|,|ON |DO |é|BEGIN |END |\\\\|:|=){0,40}") {
        let parsed = SqlText::parse(&text);
        for span in parsed.statements.iter().map(|s| s.span).chain(parsed.problems.iter().map(|p| p.span)) {
            prop_assert!(span.end <= text.len() && text.get(span.start..span.end).is_some());
        }
    }
}
