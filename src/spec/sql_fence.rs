//! Which SQL of a document is applied: not the way back, and not what is quoted to warn of it.

use super::code::Code;
use crate::markdown::{Document, LabelKind, Role};
use crate::text::Span;

/// Whether a fence holds SQL that is applied, judged by what announces it: the line right before it, the label that it
/// belongs to, the heading above it, and its own first comment.
pub(super) fn is_applied(document: &Document<'_>, code: &Code<'_>) -> bool {
    let fence = code.fence.span;
    if !code.files.is_empty() && code.files.iter().all(|(_, path)| is_down_file(path)) {
        return false;
    }
    // SQL with a file of its own is a migration, whatever is said before it of the design that it replaces.
    let is_named = code.files.iter().any(|(_, path)| path.to_lowercase().ends_with(".sql"));
    let announcements = [lead(document, fence), label(document, fence), heading(document, fence)];
    let excused =
        announcements.into_iter().flatten().any(|text| is_set_aside(text, is_named) || tells_what_exists(text));
    let comment = first_comment(&code.text.text);
    // A comment that gives a command tells how to undo what follows.
    let is_excuse = |text: &str| is_set_aside(text, false) || tells_what_exists(text);
    !excused && !comment.is_some_and(|text| is_excuse(text) && !text.contains(';'))
}

/// Whether a fence holds SQL that has run before: it shows what is there, and what follows builds on it.
pub(super) fn is_existing(document: &Document<'_>, code: &Code<'_>) -> bool {
    let fence = code.fence.span;
    let comment = first_comment(&code.text.text).filter(|text| !text.contains(';'));
    let announcements = [lead(document, fence), label(document, fence), heading(document, fence), comment];
    let mut said = announcements.into_iter().flatten();
    said.any(tells_what_exists) && !code.files.iter().any(|(_, path)| is_down_file(path))
}

/// Whether a title says that what follows is there already: "Existing schema", "Current state (for reference)". What is
/// done to it ("Existing table changes") is applied.
fn tells_what_exists(text: &str) -> bool {
    let words: Vec<String> = words(text).take(MOST_WORDS).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let title = words.strip_prefix(&["the"]).unwrap_or(&words);
    let (title, is_remarked) = without_remark(title);
    let is_thing = |word: &&str| {
        matches!(
            *word,
            "schema"
                | "schemas"
                | "table"
                | "tables"
                | "state"
                | "structure"
                | "definition"
                | "definitions"
                | "database"
                | "columns"
                | "sql"
                | "model"
                | "models"
        )
    };
    let is_shown = match title {
        ["existing" | "current", things @ ..] => !things.is_empty() && things.iter().all(is_thing),
        _ => false,
    };
    is_shown || is_remarked && title.len() <= 4
}

/// A title without a remark at its end that it is shown and not applied, and whether there was one.
fn without_remark<'w, 's>(title: &'w [&'s str]) -> (&'w [&'s str], bool) {
    match title {
        [title @ .., "for", "reference"]
        | [title @ .., "for", "reference", "only"]
        | [title @ .., "reference", "only"]
        | [title @ .., "already", "exists" | "exist" | "applied" | "deployed" | "there"]
        | [title @ .., "do", "not", "run" | "apply" | "execute"]
        | [title @ .., "don't", "run" | "apply" | "execute"] => (title, true),
        title => (title, false),
    }
}

/// Whether an announcement says that what follows is not applied.
fn is_set_aside(text: &str, is_named: bool) -> bool {
    // Whoever crosses something out does so before the first word.
    let mut before = text.chars().take_while(|c| !c.is_alphabetic());
    before.any(|c| matches!(c, '❌' | '🚫' | '⛔')) || {
        let words: Vec<String> = words(text).take(MOST_WORDS).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        is_way_back(&words) || is_quoted(&words, is_named)
    }
}

/// Words that are looked at: more than any title of a fence has.
const MOST_WORDS: usize = 16;

/// The words of a text, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').filter(|word| !word.is_empty());
    parts.map(|word| word.to_lowercase().replace('’', "'"))
}

/// Whether a title announces SQL that undoes a migration.
fn is_way_back(words: &[&str]) -> bool {
    let is_filler = |word: &&&str| {
        matches!(
            **word,
            "the"
                | "a"
                | "an"
                | "optional"
                | "emergency"
                | "manual"
                | "sql"
                | "database"
                | "migration"
                | "migrations"
                | "script"
                | "schema"
                | "to"
                | "for"
        )
    };
    let fillers = words.iter().take_while(is_filler).count();
    let title = words.get(fillers..).unwrap_or_default();
    matches!(
        title,
        [
            "rollback"
                | "rollbacks"
                | "teardown"
                | "teardowns"
                | "revert"
                | "reverts"
                | "reverting"
                | "undo"
                | "undoes"
                | "undoing",
            ..,
        ] | ["roll" | "rolling" | "rolled", "back" | "backs", ..]
            | ["tear" | "tearing", "down" | "downs", ..]
            | ["down"]
            | ["down", "migration" | "migrations" | "script" | "scripts" | "sql"]
    )
}

/// Whether a title announces SQL that is shown and not applied. A sentence that goes on to say what is done instead is no
/// title, so few words may follow.
fn is_quoted(words: &[&str], is_named: bool) -> bool {
    match words {
        ["do" | "must" | "should", "not", ..]
        | ["not", "to", ..]
        | ["what" | "how", "not", "to", ..]
        | ["don't" | "counterexample" | "counterexamples", ..]
        | ["bad" | "wrong" | "counter", "example" | "examples", ..]
        | ["a" | "an", "counterexample", ..]
        | ["a" | "an", "bad" | "wrong" | "counter", "example", ..]
        | ["anti", "pattern" | "patterns"] => true,
        ["the", title @ ..] | title => {
            title.first().is_some_and(|word| is_wrong(word) || !is_named && is_origin(word)) && title.len() <= 4
        }
    }
}

/// Words for what is wrong.
fn is_wrong(word: &str) -> bool {
    let wrong = [
        "wrong", "bad", "incorrect", "insecure", "unsafe", "broken", "invalid", "avoid", "antipattern", "antipatterns",
        "forbidden", "never",
    ];
    wrong.contains(&word)
}

/// Words for what was there before.
fn is_origin(word: &str) -> bool {
    let origin = ["original", "originally", "previous", "previously", "legacy", "old", "former", "formerly", "before"];
    origin.contains(&word)
}

/// Whether a file holds the way back, by its name: `1_kilns.down.sql`, `rollback/1_kilns.sql`.
fn is_down_file(path: &str) -> bool {
    let path = path.to_lowercase();
    let parts = path.rsplit('/').enumerate();
    path.ends_with(".down.sql") || parts.skip(1).any(|(_, folder)| matches!(folder, "down" | "rollback" | "rollbacks"))
}

/// The last line of the text right before the fence.
fn lead<'d>(document: &Document<'d>, fence: Span) -> Option<&'d str> {
    let behind = document.prose.partition_point(|prose| prose.span.start < fence.start);
    let prose = document.prose.get(behind.checked_sub(1)?).filter(|prose| prose.role != Role::Heading)?;
    let between = document.slice(Span::new(prose.span.end, fence.start));
    let is_near = !document.in_fence(prose.span.start) && !between.contains("```") && between.lines().count() <= 4;
    let line = document.file.line_at(prose.span.end.saturating_sub(1));
    is_near.then(|| document.slice(Span::new(line.start.max(prose.span.start), line.end)))
}

/// The last label whose value holds the fence.
fn label<'d>(document: &Document<'d>, fence: Span) -> Option<&'d str> {
    let behind = document.labels.partition_point(|label| label.span.start <= fence.start);
    let before = document.labels.get(..behind)?.iter().rev().take(5);
    let holds = |label: &&crate::markdown::Label| label.kind != LabelKind::Heading && label.value.contains(fence.start);
    before.into_iter().find(holds).map(|label| document.slice(label.name))
}

/// The heading right above.
fn heading<'d>(document: &Document<'d>, fence: Span) -> Option<&'d str> {
    let heading = document.heading_before(fence.start).filter(|heading| heading.level >= 3)?;
    Some(document.slice(heading.text)).filter(|text| !text.trim_start().to_uppercase().starts_with("FR-"))
}

/// The text of the comment that a fence starts with, of its first line with words in it.
fn first_comment(text: &str) -> Option<&str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let comments = lines.map_while(|line| line.strip_prefix("--").or_else(|| line.strip_prefix("/*")));
    let mut with_words = comments.filter(|comment| comment.chars().any(char::is_alphabetic));
    with_words.next().map(|comment| comment.trim_end_matches("*/"))
}

#[cfg(test)]
mod tests {
    use super::super::code;
    use super::*;
    use crate::text::SourceFile;

    fn applied(text: &str) -> bool {
        let file = SourceFile::new("a.md", text.into());
        let document = Document::new(&file);
        let codes = code::find(&document);
        is_applied(&document, codes.last().expect("a fence"))
    }

    #[test]
    fn ways_back_are_not_applied() {
        for lead in [
            "**Rollback**:",
            "**Migration Rollback**:",
            "To roll back:",
            "#### Rollback Script",
            "**Down Migration**:",
            "**Down**:",
            "Teardown",
            "- **Rollback SQL**: run this by hand",
        ] {
            assert!(!applied(&format!("{lead}\n\n```sql\nDROP TABLE kilns;\n```\n")), "{lead}");
        }
        assert!(!applied("```sql\n-- Rollback\nDROP TABLE kilns;\n```\n"));
        assert!(!applied("```sql\n-- File: supabase/migrations/1_kilns.down.sql\nDROP TABLE kilns;\n```\n"));
        assert!(!applied("```sql\n-- ====\n-- DOWN MIGRATION\n-- ====\nDROP TABLE kilns;\n```\n"));
    }

    #[test]
    fn what_is_quoted_as_a_warning_is_not_applied() {
        for lead in
            ["❌ **Wrong:**", "**Don't do this:**", "Bad example:", "**Original schema (generic)**:", "**Before**:"]
        {
            assert!(!applied(&format!("{lead}\n\n```sql\nDROP TABLE kilns;\n```\n")), "{lead}");
        }
    }

    #[test]
    fn migrations_are_applied() {
        for lead in [
            "**Migration File**: `supabase/migrations/1_a.sql`",
            "Instead of the original models, use this migration:",
            "Never edit this by hand; the migration creates the tables and their policies:",
            "**Database Changes (INTEGRATED)**:",
            "#### FR-1.2: Rollback of Firings",
            "Before the first firing, run this migration in the project:",
            "The countdown table:",
        ] {
            assert!(applied(&format!("{lead}\n\n```sql\nCREATE TABLE kilns (id UUID);\n```\n")), "{lead}");
        }
        assert!(applied("```sql\n-- Rollback: DROP TABLE kilns;\nCREATE TABLE kilns (id UUID);\n```\n"));
    }

    #[test]
    fn what_exists_is_not_applied() {
        let shown = |lead: &str| {
            let text = format!("{lead}\n\n```sql\nCREATE TABLE kilns (id UUID);\n```\n");
            let file = SourceFile::new("a.md", text.into());
            let document = Document::new(&file);
            let codes = code::find(&document);
            let code = codes.last().expect("a fence");
            (is_existing(&document, code), is_applied(&document, code))
        };
        for lead in [
            "**Existing Schema** (do not run):",
            "**Existing schema (do not run)**:",
            "Current state (for reference):",
            "#### Existing Tables",
            "The kilns table, for reference only:",
            "**Kilns (already exists)**:",
        ] {
            assert_eq!(shown(lead), (true, false), "{lead}");
        }
        for lead in [
            "**Existing Table Changes**:",
            "Current users get a kiln of their own:",
            "This migration runs once; do not run it again:",
            "The key of each firing is kept with the kiln for reference:",
        ] {
            assert_eq!(shown(lead), (false, true), "{lead}");
        }
    }

    #[test]
    fn a_rollback_excuses_only_its_own_fence() {
        let text = "**Rollback**:\n\n```sql\nDROP TABLE a;\n```\n\n**Migration**:\n\n```sql\nCREATE TABLE a ();\n```\n";
        assert!(applied(text));
    }
}
