use super::*;
use crate::languages::sql::lexer::Lexer;

fn tokens(text: &str) -> Vec<Token> {
    Lexer::new(text).collect()
}

#[test]
fn placeholders_become_names_of_the_same_length() {
    let text = "CREATE TABLE {{t}} ([column name] int[3], <other> text, ... , a int[b])";
    let repaired = placeholders(text, &tokens(text)).unwrap();
    assert_eq!(repaired.text, "CREATE TABLE _____ (_____________ int[3], _______ text,     , a int[b])");
    assert_eq!(repaired.replaced.len(), 3);
    let text = "SELECT a < b AND c > d, ARRAY[x], r[1], '...' FROM t";
    assert!(placeholders(text, &tokens(text)).is_none());
}

#[test]
fn a_comment_can_stand_for_what_is_left_out() {
    let text = "CREATE TABLE t (id int, -- other fields\n)";
    assert_eq!(placeholders(text, &tokens(text)).unwrap().text, text);
    let text = "CREATE TABLE t (id int, -- the key\n)";
    assert!(placeholders(text, &tokens(text)).is_none());
}

#[test]
fn forms_of_other_systems_are_named_and_blanked() {
    let text = "CREATE TABLE `w` (id INT AUTO_INCREMENT, s ENUM('a','b'), u TIMESTAMP ON UPDATE CURRENT_TIMESTAMP) ENGINE=InnoDB";
    let (repaired, problems) = dialect(text, &tokens(text)).unwrap();
    let blanked: Vec<_> = repaired.text.split_whitespace().collect();
    assert_eq!(blanked.join(" "), "CREATE TABLE \"w\" (id INT , s text , u TIMESTAMP )");
    assert_eq!(problems.len(), 5);
    assert_eq!(repaired.text.len(), text.len());
}

#[test]
fn enum_types_of_postgresql_stay() {
    let text = "CREATE TYPE mood AS ENUM ('a', 'b')";
    assert!(dialect(text, &tokens(text)).is_none());
}
