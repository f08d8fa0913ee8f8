//! `check --fix` and `check --diff` on files, as a user runs them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use support::{root, speclint, speclint_with_input};
use tempfile::TempDir;

const SPEC: &str = "# Seed Bank - Integrated Extension Specification\n\n**Source Document:** `source.md`\n\n## SECTION 1: Lots - INTEGRATED\n\n#### FR-1.1: Lot Register\n\n```sql\nCREATE TABLE lots (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), created_at TIMESTAMPTZ NOT NULL DEFAULT NOW());\n```\n\n**Acceptance Criteria:**\n\n- A lot should have a number\n";
const SOURCE: &str = "# Seed Bank\n\n## SECTION 1: Lots\n\n#### FR-1.1: Lot Register\n\n**Acceptance Criteria:**\n\n- A lot must have a number\n";
/// What the two fixes are about.
const RULES: &str = "rls-enabled,acceptance-criteria-unchanged";

fn folder(spec: &str, source: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join("spec.md"), spec).unwrap();
    fs::write(folder.path().join("source.md"), source).unwrap();
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn fixed_spec() -> String {
    SPEC.replace("should have", "must have")
        .replace("NOW());\n", "NOW());\n\nALTER TABLE lots ENABLE ROW LEVEL SECURITY;\n")
}

#[test]
fn fix_repairs_the_spec_and_nothing_else() {
    let folder = folder(SPEC, SOURCE);
    let run = speclint(folder.path(), &["check", "spec.md", "--fix", "--select", RULES]);
    assert_eq!(read(&folder, "spec.md"), fixed_spec());
    assert_eq!(read(&folder, "source.md"), SOURCE);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("no findings, 2 fixed"), "{}", run.out);
    let again = speclint(folder.path(), &["check", "spec.md", "--fix", "--select", RULES]);
    assert!(again.out.contains("no findings, 0 fixed"), "{}", again.out);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn diff_shows_and_writes_nothing() {
    let folder = folder(SPEC, SOURCE);
    let run = speclint(folder.path(), &["check", "spec.md", "--diff", "--select", RULES]);
    assert_eq!((run.code, read(&folder, "spec.md").as_str()), (1, SPEC));
    assert_eq!(run.err, "2 findings would be fixed in 1 file\n");
    insta::assert_snapshot!(run.out);
    let both = speclint(folder.path(), &["check", "spec.md", "--fix", "--diff", "--select", RULES]);
    assert_eq!((both.out, read(&folder, "spec.md").as_str()), (run.out.clone(), SPEC), "--diff writes nothing");
    apply(folder.path(), &run.out);
    assert_eq!(read(&folder, "spec.md"), fixed_spec());
    let after = speclint(folder.path(), &["check", "spec.md", "--diff", "--select", RULES]);
    assert_eq!((after.code, after.out.as_str()), (0, ""));
}

/// Applies a diff as its readers do.
fn apply(folder: &Path, diff: &str) {
    fs::write(folder.join("fixes.patch"), diff).unwrap();
    let git = Command::new("git").args(["apply", "fixes.patch"]).current_dir(folder).stdout(Stdio::null()).status();
    assert!(git.unwrap().success(), "git takes the diff:\n{diff}");
}

#[test]
fn line_endings_a_byte_order_mark_and_a_missing_final_line_ending_stay() {
    let spec = format!("\u{feff}{}", SPEC.trim_end().replace('\n', "\r\n"));
    let folder = folder(&spec, &SOURCE.replace('\n', "\r\n"));
    let run = speclint(folder.path(), &["check", "spec.md", "--fix", "--select", RULES]);
    let expected = format!("\u{feff}{}", fixed_spec().trim_end().replace('\n', "\r\n"));
    assert_eq!(read(&folder, "spec.md"), expected, "{}", run.out);
}

/// Identity is of bytes: what the source owns keeps the source's line endings.
#[test]
fn the_source_s_bytes_are_put_back_as_they_are() {
    let spec = SPEC.replace("- A lot should have a number\n", "- A lot should have a number\n- It is unique\n");
    let source = SOURCE.replace("number\n", "number\r\n- It is unique\r\n");
    let folder = folder(&spec, &source);
    speclint(folder.path(), &["check", "spec.md", "--fix", "--select", "acceptance-criteria-unchanged"]);
    assert!(read(&folder, "spec.md").ends_with("- A lot must have a number\r\n- It is unique\n"));
}

#[test]
fn standard_input_is_printed_repaired() {
    let folder = folder("", SOURCE);
    let args = ["check", "-", "--fix", "--source", "source.md", "--select", RULES];
    let run = speclint_with_input(folder.path(), &args, SPEC.as_bytes());
    assert_eq!((run.code, run.out), (0, fixed_spec()));
    assert_eq!(run.err, "2 findings fixed; 0 errors and 0 warnings remain\n");
    let sql = ["check", "-", "--fix", "--stdin-filename", "a.sql"];
    let run = speclint_with_input(folder.path(), &sql, b"create table \"Lots\" (id uuid primary key)");
    assert_eq!(
        run.out,
        "create table \"Lots\" (id uuid primary key);\n\nALTER TABLE \"Lots\" ENABLE ROW LEVEL SECURITY;"
    );
    let report = speclint_with_input(folder.path(), &["check", "-", "--fix", "--report", "json"], SPEC.as_bytes());
    assert_eq!((report.code, report.out.as_str()), (2, ""));
}

#[test]
fn sql_files_are_repaired_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let first = "CREATE TABLE a (id UUID PRIMARY KEY DEFAULT gen_random_uuid()); -- the first\nCREATE TABLE b ();\n";
    fs::write(folder.path().join("1.sql"), first).unwrap();
    fs::write(folder.path().join("2.sql"), "ALTER TABLE b ENABLE ROW LEVEL SECURITY;\n").unwrap();
    let run = speclint(folder.path(), &["check", ".", "--fix", "--select", "rls-enabled"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let expected = first.replace("first\n", "first\n\nALTER TABLE a ENABLE ROW LEVEL SECURITY;\n");
    assert_eq!(read(&folder, "1.sql"), expected);
}

#[test]
fn what_cannot_be_repaired_is_said() {
    let folder = folder(SPEC, SOURCE);
    assert_eq!(speclint(folder.path(), &["check", "spec.md", "--unsafe-fixes"]).code, 2);
    assert_eq!(speclint(folder.path(), &["check", "spec.md", "--diff", "--report", "json"]).code, 2);
    let mut bytes = SPEC.as_bytes().to_vec();
    bytes.extend(b"\n\xff\n");
    fs::write(folder.path().join("spec.md"), &bytes).unwrap();
    let run = speclint(folder.path(), &["check", "spec.md", "--fix", "--select", RULES]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no UTF-8"), "{}", run.err);
    assert_eq!(fs::read(folder.path().join("spec.md")).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_followed() {
    let folder = folder(SPEC, SOURCE);
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("spec.md"), SPEC).unwrap();
    fs::remove_file(folder.path().join("spec.md")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("spec.md"), folder.path().join("spec.md")).unwrap();
    let run = speclint(folder.path(), &["check", "spec.md", "--fix", "--select", RULES]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("leads out of the repository"), "{}", run.err);
    assert_eq!(fs::read_to_string(outside.path().join("spec.md")).unwrap(), SPEC);
}

/// The bundled pair: all that can be repaired is, nothing outside of the edits changes, and a second run has nothing to do.
#[test]
fn the_faulty_example_is_repaired() {
    for flags in [&["--fix"][..], &["--fix", "--unsafe-fixes"]] {
        let folder = tempfile::tempdir().unwrap();
        for file in ["integrated.md", "source.md"] {
            fs::copy(root().join("examples").join(file), folder.path().join(file)).unwrap();
        }
        let args: Vec<&str> = ["check", "integrated.md", "--report", "json"].iter().chain(flags).copied().collect();
        let report = |out: &str| -> serde_json::Value { serde_json::from_str(out).unwrap() };
        let before = report(&speclint(folder.path(), &["check", "integrated.md", "--report", "json"]).out);
        let first = report(&speclint(folder.path(), &args).out);
        let text = read(&folder, "integrated.md");
        let second = report(&speclint(folder.path(), &args).out);
        assert_eq!(read(&folder, "integrated.md"), text);
        let fixed = first["summary"]["fixed"].as_u64().unwrap();
        assert!(fixed >= 10 && second["summary"]["fixed"] == 0, "{} {}", first["summary"], second["summary"]);
        assert!(first["summary"]["errors"].as_u64() < before["summary"]["errors"].as_u64());
        assert_eq!(first["findings"], second["findings"]);
    }
}

/// Runs `--fix` on a text of its own and returns what became of it.
fn repaired(text: &str, rule: &str) -> String {
    let folder = folder("", SOURCE);
    let args = ["check", "-", "--fix", "--source", "source.md", "--select", rule];
    speclint_with_input(folder.path(), &args, text.as_bytes()).out
}

#[test]
fn a_fence_is_closed_where_its_container_wants_it() {
    let rule = "unclosed-fence";
    let list = "1. First:\n\n   ```sql\n   SELECT 1;\n\n## SECTION 2: Lots - INTEGRATED\n";
    assert_eq!(repaired(list, rule), list.replace("1;\n", "1;\n   ```\n"));
    let tab = "-\tx\n\n\t```sql\n\tSELECT 1;\n\n#### FR-1.1: Lots\n";
    assert_eq!(repaired(tab, rule), tab.replace("1;\n", "1;\n\t```\n"));
    let quote = "> ```sql\n> SELECT 1;\n>\n> ## SECTION 2: Lots\n";
    let closed = repaired(quote, rule);
    assert!(closed == quote || closed.contains("> ```\n"), "{closed}");
    let cut = "```tsx\n<p\n>";
    assert_eq!(repaired(cut, rule), "```tsx\n<p\n>\n```", "a bracket is no quote");
}

#[test]
fn row_level_security_stands_where_the_table_does() {
    let rule = "rls-enabled";
    let wrap = |sql: &str| format!("## SECTION 1: Lots - INTEGRATED\n\n{sql}");
    for (before, after) in [
        // In a list, as deep as the statement.
        (
            "- a\n\n  ```sql\n    create table A (id int)\n  ```\n",
            "- a\n\n  ```sql\n    create table A (id int);\n\n    ALTER TABLE A ENABLE ROW LEVEL SECURITY;\n  ```\n",
        ),
        (
            "```sql\nCREATE TABLE a (); CREATE TABLE b ();\n```\n",
            "```sql\nCREATE TABLE a (); ALTER TABLE a ENABLE ROW LEVEL SECURITY; CREATE TABLE b ();\n\nALTER TABLE b ENABLE ROW LEVEL SECURITY;\n```\n",
        ),
        (
            "```sql\nCREATE TABLE app.a ();\nCREATE TABLE \"A b\" (\n) -- no key\n;\n```\n",
            "```sql\nCREATE TABLE app.a ();\nCREATE TABLE \"A b\" (\n) -- no key\n;\n\nALTER TABLE \"A b\" ENABLE ROW LEVEL SECURITY;\n```\n",
        ),
        // What is cut off, or made at run time, is not added to.
        ("```sql\nCREATE TABLE a (\n  id UUID,\n```\n", "```sql\nCREATE TABLE a (\n  id UUID,\n```\n"),
        (
            "```sql\nDO $$ BEGIN CREATE TABLE a (); END $$;\n```\n",
            "```sql\nDO $$ BEGIN CREATE TABLE a (); END $$;\n```\n",
        ),
        // Behind its renaming the table has another name.
        (
            "```sql\nCREATE TABLE a ();\nALTER TABLE a RENAME TO b;\n```\n",
            "```sql\nCREATE TABLE a ();\nALTER TABLE a RENAME TO b;\n```\n",
        ),
    ] {
        assert_eq!(repaired(&wrap(before), rule), wrap(after));
    }
}

/// What is damaged in the source too is left as it is: the copy would no longer be one.
#[test]
fn damage_that_the_source_has_is_left_to_the_source() {
    let folder = folder("", &SOURCE.replace("number", "nÃ¼mber"));
    let spec = SPEC.replace("should have a number", "must have a nÃ¼mber").replace("## SECTION", "KÃ¤se\n\n## SECTION");
    let args = ["check", "-", "--fix", "--source", "source.md", "--select", "mojibake,acceptance-criteria-unchanged"];
    let run = speclint_with_input(folder.path(), &args, spec.as_bytes());
    assert_eq!(run.out, spec.replace("KÃ¤se", "Käse"));
    assert_eq!(run.err, "1 finding fixed; 0 errors and 1 warning remain\n");
}
