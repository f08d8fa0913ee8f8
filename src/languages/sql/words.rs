//! Which words start a statement, and which lines are prose.

use super::lexer::Token;
use crate::text::strip_prefix_ignore_ascii_case;

/// First words of PostgreSQL's commands, and of commands of other systems that must be told apart from prose.
const COMMANDS: &[&str] = &[
    "ABORT", "ALTER", "ANALYSE", "ANALYZE", "BEGIN", "CALL", "CHECKPOINT", "CLOSE", "CLUSTER", "COMMENT", "COMMIT",
    "COPY", "CREATE", "DEALLOCATE", "DECLARE", "DELETE", "DELIMITER", "DISCARD", "DO", "DROP", "END", "EXECUTE",
    "EXPLAIN", "FETCH", "GRANT", "IMPORT", "INSERT", "LISTEN", "LOAD", "LOCK", "MERGE", "MOVE", "NOTIFY", "PRAGMA",
    "PREPARE", "REASSIGN", "REFRESH", "REINDEX", "RELEASE", "RESET", "REVOKE", "ROLLBACK", "SAVEPOINT", "SECURITY",
    "SELECT", "SET", "SHOW", "START", "TABLE", "TRUNCATE", "UNLISTEN", "UPDATE", "USE", "VACUUM", "VALUES", "WITH",
];

/// Words that follow `CREATE`, `ALTER` and `DROP`.
const OBJECTS: &[&str] = &[
    "ACCESS", "AGGREGATE", "CAST", "COLLATION", "CONSTRAINT", "CONVERSION", "DATABASE", "DEFAULT", "DOMAIN", "EVENT",
    "EXTENSION", "FOREIGN", "FUNCTION", "GLOBAL", "GROUP", "INDEX", "LANGUAGE", "LARGE", "LOCAL", "MATERIALIZED",
    "OPERATOR", "OR", "OWNED", "POLICY", "PROCEDURE", "PUBLICATION", "RECURSIVE", "ROLE", "ROUTINE", "RULE", "SCHEMA",
    "SEQUENCE", "SERVER", "STATISTICS", "SUBSCRIPTION", "SYSTEM", "TABLE", "TABLESPACE", "TEMP", "TEMPORARY", "TEXT",
    "TRANSFORM", "TRIGGER", "TRUSTED", "TYPE", "UNIQUE", "UNLOGGED", "USER", "VIEW", "PROCEDURAL",
];

fn contains(list: &[&str], word: &str) -> bool {
    list.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// The word at the start of `text`, and the rest.
fn first_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    text.split_at(end)
}

/// Whether `text` starts with `CREATE`, `ALTER` or `DROP` and the kind of object that it is about.
pub(super) fn starts_definition(text: &str) -> bool {
    // Each word of a text is asked, and nearly all differ from these verbs in their first letter.
    if !["CREATE", "ALTER", "DROP"].iter().any(|verb| strip_prefix_ignore_ascii_case(text, verb).is_some()) {
        return false;
    }
    let (verb, rest) = first_word(text);
    let creates = verb.eq_ignore_ascii_case("CREATE");
    if !creates && !contains(&["ALTER", "DROP"], verb) {
        return false;
    }
    let (object, _) = first_word(rest.trim_start());
    // These words follow `DROP` and `ALTER` inside `ALTER TABLE`, too.
    contains(OBJECTS, object) && (creates || !contains(&["CONSTRAINT", "DEFAULT"], object))
}

/// Whether the line at the start of `text`, where a statement may start, is none.
pub(super) fn is_prose(text: &str) -> bool {
    let (word, rest) = first_word(text);
    if word.is_empty() {
        return !text.starts_with(['(', ';']);
    }
    if !contains(COMMANDS, word) {
        return true;
    }
    let line = text.lines().next().unwrap_or("").trim_end();
    let sentence = line.ends_with([':', '.', '!', '?']) && !line.contains(['(', ')', '=', ';', '\'', '"', '[']);
    let (next, _) = first_word(rest.trim_start());
    let defines = ["CREATE", "ALTER", "DROP"].iter().any(|verb| word.eq_ignore_ascii_case(verb));
    // An object may be a placeholder; a plain word that is no object makes a sentence.
    sentence || (defines && !next.is_empty() && !contains(OBJECTS, next))
}

/// Whether a statement is `COPY … FROM stdin`.
pub(super) fn copies_from_stdin(text: &str, tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|first| first.is_word(text, "COPY"))
        && tokens.windows(2).any(|pair| match pair {
            [from, stdin] => from.is_word(text, "FROM") && stdin.is_word(text, "STDIN"),
            _ => false,
        })
}
