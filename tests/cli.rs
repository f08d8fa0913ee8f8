//! The command line: exit codes, formats, selection, suppressions, hostile input.

#![allow(clippy::unwrap_used, clippy::format_collect, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;

use support::{Run, root, shared, speclint, speclint_with_input};
use tempfile::TempDir;

const SOURCE: &str = "# Ferry - Structured Specification\n\n## SECTION 1: Tickets\n\n### Overview\n\n**Section Purpose:** Sell tickets.\n\n**User Value:** Passengers board sooner\n\n#### FR-1.1: Ticket Sale\n\n**Type:** API Endpoint\n\n**Description:** Sell a ticket.\n\n**Acceptance Criteria:**\n\n- A ticket is sold in 3 seconds\n";

/// A pair whose only fault in the section is the line `extra`.
fn pair(extra: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let spec = format!(
        "# Ferry - Integrated Extension Specification\n\n**Source Document:** `source.md`\n\n## SECTION 1: Tickets - INTEGRATED\n\n### Overview\n\n**Section Purpose:** Sell tickets.\n\n**User Value:** Passengers board sooner\n\n#### FR-1.1: Ticket Sale\n\n**Type:** API Endpoint\n\n**Description:** Sell a ticket.\n\n**Implementation (INTEGRATED)**:\n\n{extra}\n\n**Acceptance Criteria:**\n\n- A ticket is sold in 3 seconds\n"
    );
    fs::write(folder.path().join("source.md"), SOURCE).unwrap();
    fs::write(folder.path().join("spec.md"), spec).unwrap();
    folder
}

fn stack(folder: &Path, more: &[&str]) -> Run {
    let mut args = vec!["check", "spec.md", "--select", "stack,document", "--report", "concise"];
    args.extend(more);
    speclint(folder, &args)
}

#[test]
fn exit_codes() {
    let used = pair("The sale is stored with Prisma.");
    assert_eq!(stack(used.path(), &[]).code, 1);
    assert_eq!(stack(used.path(), &["--fail-on", "never"]).code, 0);
    assert_eq!(stack(used.path(), &["--level", "no-prisma=warning"]).code, 0);
    assert_eq!(stack(used.path(), &["--level", "no-prisma=warning", "--fail-on", "warning"]).code, 1);
    assert_eq!(stack(used.path(), &["--ignore", "no-prisma"]).code, 0);
    let mentioned = pair("The sale is stored with Supabase (not Prisma).");
    assert_eq!(stack(mentioned.path(), &[]).code, 0);
    assert_eq!(stack(mentioned.path(), &["--fail-on", "note"]).code, 1);
}

#[test]
fn what_cannot_be_checked_is_never_a_pass() {
    let folder = pair("Nothing.");
    let here = folder.path();
    fs::write(here.join("empty.md"), "").unwrap();
    fs::write(here.join("binary.md"), [0u8, 159, 146, 150]).unwrap();
    fs::write(here.join("other.md"), "# Notes\n").unwrap();
    fs::create_dir(here.join("folder")).unwrap();
    for (args, says) in [
        (vec!["check", "gone.md"], "gone.md: there is no such file or folder"),
        (vec!["check", "folder"], "no integrated spec is found"),
        (vec!["check", "empty.md"], "empty.md: this is no integrated spec"),
        (vec!["check", "other.md"], "other.md: this is no integrated spec"),
        (vec!["check", "binary.md"], "binary.md: this is a binary file"),
        (vec!["check", "--spec", "spec.md", "--source", "gone.md"], "gone.md: there is no such file"),
        (vec!["check", "--spec", "folder"], "folder: this is a folder"),
        (vec!["check", "spec.md", "--select", "no-prsima"], "did you mean `no-prisma`?"),
        (vec!["check", "spec.md", "--report", "jsn"], "did you mean `json`?"),
        (vec!["explain", "no-prsima"], "did you mean `no-prisma`?"),
    ] {
        let run = speclint(here, &args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
    assert_eq!(speclint(here, &["check", "folder", "--allow-empty"]).code, 0);
    // One bad file does not keep the others from being checked.
    let run = speclint(here, &["check", "gone.md", "spec.md", "--report", "concise"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("spec.md:"), "{}", run.out);
}

#[test]
fn a_missing_source_is_a_finding() {
    let folder = pair("Nothing.");
    fs::remove_file(folder.path().join("source.md")).unwrap();
    let run = speclint(folder.path(), &["check", "spec.md", "--report", "concise"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("error[source-not-found]"), "{}", run.out);
    fs::write(folder.path().join("source.md"), "# Minutes\n\nNothing to build.\n").unwrap();
    let run = speclint(folder.path(), &["check", "spec.md", "--report", "concise"]);
    assert!(run.out.contains("nothing is recognised in the source"), "{}", run.out);
}

#[test]
fn suppressions_need_a_reason_and_a_use() {
    let with = |comment: &str| {
        let folder = pair(&format!("{comment}\nThe sale is stored with Prisma."));
        stack(folder.path(), &[]).out
    };
    let quiet = with("<!-- speclint-disable-next-line no-prisma -- quoted from the minutes -->");
    assert!(!quiet.contains("no-prisma]") && quiet.contains("1 suppressed"), "{quiet}");
    assert!(with("<!-- speclint-disable-next-line no-prisma -->").contains("warning[suppression-reason]"));
    assert!(with("<!-- speclint-disable-next-line no-swr -- old -->").contains("warning[unused-suppression]"));
    let unknown = with("<!-- speclint-disable-next-line no-prsima -- old -->");
    assert!(unknown.contains("warning[unknown-suppression]") && unknown.contains("error[no-prisma]"), "{unknown}");
}

#[test]
fn standard_input_is_checked_like_a_file() {
    let folder = pair("The sale is stored with Prisma.");
    let text = fs::read(folder.path().join("spec.md")).unwrap();
    let args = ["check", "-", "--stdin-filename", "draft.md", "--report", "concise"];
    let run = speclint_with_input(folder.path(), &args, &text);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("draft.md:") && run.out.contains("error[no-prisma]"), "{}", run.out);
    assert!(!run.out.contains("source-not-found"), "the header names it: {}", run.out);
}

#[test]
fn standard_input_has_the_pair_of_its_name() {
    let folder = pair("The sale is stored with Prisma.");
    let here = folder.path();
    fs::write(here.join("speclint.toml"), "[[pairs]]\nspec = \"drafts/*.md\"\nsource = \"source.md\"\n").unwrap();
    fs::create_dir(here.join("drafts")).unwrap();
    let text = fs::read_to_string(here.join("spec.md")).unwrap().replace("**Source Document:** `source.md`\n", "");
    let args = ["check", "-", "--stdin-filename", "drafts/a.md", "--report", "concise"];
    let run = speclint_with_input(here, &args, text.as_bytes());
    assert_eq!(run.code, 1);
    assert!(!run.out.contains("source-not-found"), "the configuration names it: {}", run.out);
}

#[test]
fn reports_go_to_files_and_are_the_same_every_time() {
    let examples = root().join("examples");
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str, threads: &str| {
        let path = folder.path().join(name);
        let to = format!("json={}", path.display());
        let run = speclint(&examples, &["check", ".", "--threads", threads, "--report", &to, "--report", "concise"]);
        assert_eq!(run.code, 1, "{}", run.err);
        (fs::read(path).unwrap(), run.out)
    };
    let first = report("a.json", "1");
    assert_eq!(first, report("b.json", "1"));
    assert_eq!(first, report("c.json", "8"));
}

#[test]
fn hostile_names_and_lines_stay_text() {
    let folder =
        pair("The sale is stored with Prisma. ##[error]forged \u{1b}[31mred\u{202e}txet\n\n::error::forged Redis");
    let name = "a\n::error title=x::y\u{1b}.md";
    fs::rename(folder.path().join("spec.md"), folder.path().join(name)).unwrap();
    for format in ["text", "concise", "json"] {
        let run = speclint(folder.path(), &["check", ".", "--verbose", "--report", format]);
        let all = format!("{}\n{}", run.out, run.err);
        assert_eq!(run.code, 1, "{all}");
        assert!(!all.contains(['\u{1b}', '\u{202e}']) && !all.contains("##["), "{all}");
        assert!(all.lines().all(|line| !line.trim_start().starts_with("::")), "{all}");
    }
    let gone = speclint(folder.path(), &["check", "::error::gone\u{1b}"]);
    assert!(
        gone.code == 2 && !gone.err.contains('\u{1b}') && !gone.err.lines().any(|l| l.starts_with("::")),
        "{}",
        gone.err
    );
}

#[test]
fn invalid_bytes_are_reported_and_the_rest_is_checked() {
    let folder = pair("The sale is stored with Prisma.");
    let mut bytes = fs::read(folder.path().join("spec.md")).unwrap();
    bytes.extend(b"\nbroken \xff\xfe\n");
    fs::write(folder.path().join("spec.md"), bytes).unwrap();
    let run = stack(folder.path(), &[]);
    assert!(run.out.contains("error[invalid-utf8]") && run.out.contains("error[no-prisma]"), "{}", run.out);
}

/// No panic, no stack overflow, and an end: each of these takes another tool minutes or its stack.
#[test]
fn hostile_documents_do_no_harm() {
    let nested: String = (0..3000).map(|depth| format!("{}- x\n", " ".repeat(depth % 400 * 2))).collect();
    let units = [
        ("lists", nested),
        ("emphasis", "*a **b ".repeat(60_000)),
        ("fences", "```sql\n".repeat(4_000)),
        ("brackets", "[".repeat(300_000)),
        ("comments", "<!-- x\n".repeat(40_000)),
        ("quotes", format!("{} x\n", ">".repeat(50_000))),
        ("features", "#### FR-1.1: Prisma\n\n**Description:** x\n\n".repeat(1_000)),
        ("sections", "## SECTION 1: A - INTEGRATED\n".repeat(1_000)),
        ("parentheses", format!("```sql\nSELECT {};\n```\n", "(".repeat(100_000))),
        ("code", format!("```ts\nconst a = {};\n```\n", "[".repeat(100_000))),
        ("sentence", "not Prisma and Redis with S3 ".repeat(20_000)),
    ];
    for (name, unit) in units {
        let folder = pair(&unit);
        let run = speclint(folder.path(), &["check", "spec.md", "--report", "concise"]);
        assert!(matches!(run.code, 0 | 1), "{name}: {} {}", run.code, run.err.lines().next().unwrap_or(""));
    }
}

/// The real documents, where they are beside the repository: the numbers that a careful audit gave.
#[test]
fn the_real_pair_is_accounted_for() {
    let Some(folder) = shared("real-specs") else { return };
    let spec = folder.join("04e-pipeline-integrated-extension-spec_early.md");
    let source = folder.join("04c-pipeline-structured-from-wireframe_v1.md");
    let args = ["check", "--spec", spec.to_str().unwrap(), "--source", source.to_str().unwrap()];
    let run = speclint(&root(), &args);
    assert_eq!(run.code, 1);
    for line in [
        "sections   3 of 7 kept, 4 missing",
        "features   0 of 33 kept, 3 changed, 30 missing",
        "criteria   0 of 63 kept, 63 missing",
    ] {
        assert!(run.out.contains(line), "{line} is not in\n{}", run.out);
    }
}
