use super::*;

fn statements(text: &str) -> Vec<&str> {
    Splitter::new(text).filter(|piece| piece.kind == PieceKind::Statement).map(|piece| piece.span.of(text)).collect()
}

#[test]
fn semicolons_inside_strings_brackets_and_bodies_end_nothing() {
    assert_eq!(
        statements("SELECT ';'; DO $$ a; b $$; CREATE RULE r AS ON UPDATE TO t DO (SELECT 1; SELECT 2); -- x;\nCOMMIT"),
        ["SELECT ';'", "DO $$ a; b $$", "CREATE RULE r AS ON UPDATE TO t DO (SELECT 1; SELECT 2)", "COMMIT"]
    );
    let atomic = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END";
    assert_eq!(statements(&format!("{atomic}; BEGIN; COMMIT")), [atomic, "BEGIN", "COMMIT"]);
}

#[test]
fn prose_around_statements_is_set_aside() {
    let text = "Here's how:\nCREATE TABLE a (id int);\nThat's it\n\nALTER TABLE a ADD b int;\nCreate the index too:\n";
    assert_eq!(statements(text), ["CREATE TABLE a (id int)", "ALTER TABLE a ADD b int"]);
}

#[test]
fn a_definition_at_the_start_of_a_line_ends_what_is_open() {
    let text = "CREATE TABLE a (\n  id int,\n\nCREATE TABLE b (id int);\nDROP TABLE c;";
    let pieces: Vec<_> = Splitter::new(text).collect();
    assert_eq!(pieces.len(), 3);
    assert_eq!(pieces[0].ending, Ending::NextStatement);
    assert!(pieces[1].swallowed && pieces[2].swallowed, "psql still waits for the bracket");
    let closed: Vec<_> = Splitter::new("CREATE INDEX ON r (s;\nSELECT 1);\nDROP TABLE c;").collect();
    assert_eq!(closed.iter().map(|piece| piece.swallowed).collect::<Vec<_>>(), [false, false]);
}

#[test]
fn nested_definitions_stay_together() {
    assert_eq!(statements("CREATE SCHEMA s\nCREATE TABLE t (id int)\nCREATE TABLE u (id int);").len(), 1);
    assert_eq!(statements("EXPLAIN ANALYZE\nCREATE TABLE t AS SELECT 1;").len(), 1);
}

#[test]
fn copy_data_and_commands_are_no_statements() {
    let text = "COPY t FROM stdin;\nit's;data\n\\.\n\\set x 'don''t'\nSELECT 1 \\gexec\nSELECT 2;";
    assert_eq!(statements(text), ["COPY t FROM stdin", "SELECT 1", "SELECT 2"]);
}

#[test]
fn the_way_down_is_marked() {
    let text = "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n-- migrate:up\nSELECT 3;";
    let directions: Vec<_> = Splitter::new(text).map(|piece| piece.direction).collect();
    assert_eq!(directions, [Direction::Up, Direction::Down, Direction::Up]);
}
