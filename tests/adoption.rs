//! A repository that is not clean yet: the baseline, and what a change alone answers for. git is the real one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Run, speclint};
use tempfile::TempDir;

const SOURCE: &str = "# Ferry - Structured Specification\n\n## SECTION 1: Tickets\n\n### Overview\n\n**Section Purpose:** Sell tickets.\n\n**User Value:** Passengers board sooner\n\n#### FR-1.1: Ticket Sale\n\n**Type:** API Endpoint\n\n**Description:** Sell a ticket.\n\n**Acceptance Criteria:**\n\n- A ticket is sold in 3 seconds\n- A receipt is printed\n\n#### FR-1.2: Ticket Return\n\n**Type:** API Endpoint\n\n**Description:** Take a ticket back.\n\n**Acceptance Criteria:**\n\n- The fare is paid back\n";

/// An integrated spec that changes a number of FR-1.1 and holds the lines `extra`.
fn spec(extra: &str) -> String {
    let rest = SOURCE.split_once("#### FR-1.2").unwrap().1;
    format!(
        "# Ferry - Integrated Extension Specification\n\n**Source Document:** `source.md`\n\n## SECTION 1: Tickets - INTEGRATED\n\n### Overview\n\n**Section Purpose:** Sell tickets.\n\n**User Value:** Passengers board sooner\n\n#### FR-1.1: Ticket Sale\n\n**Type:** API Endpoint\n\n**Description:** Sell a ticket.\n\n**Implementation (INTEGRATED)**:\n\n{extra}\n\n**Acceptance Criteria:**\n\n- A ticket is sold in 4 seconds\n- A receipt is printed\n\n#### FR-1.2{rest}"
    )
}

/// Two usages of Prisma that are alike, and one of Redis.
const USAGES: &str =
    "The sale is stored with Prisma.\n\nThe sale is stored with Prisma.\n\nThe queue is kept in Redis.";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let text = read(folder, name);
    assert!(text.contains(from), "{from}");
    write(folder, name, &text.replacen(from, to, 1));
}

fn project(extra: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "source.md", SOURCE);
    write(folder.path(), "spec.md", &spec(extra));
    folder
}

fn check(folder: &Path, more: &[&str]) -> Run {
    let mut args = vec!["check", "--select", "stack,fidelity,document", "--report", "concise"];
    args.extend(more);
    speclint(folder, &args)
}

/// The rules of the findings of a run, in order.
fn rules(run: &Run) -> Vec<&str> {
    run.out.lines().filter_map(|line| line.split_once('[')?.1.split_once(']').map(|(rule, _)| rule)).collect()
}

mod baseline {
    use super::*;

    const NAME: &str = "speclint-baseline.jsonl";

    #[test]
    fn what_is_accepted_is_suppressed_until_it_changes() {
        let folder = project(USAGES);
        let here = folder.path();
        let before = check(here, &[]);
        assert_eq!((before.code, rules(&before).len()), (1, 4), "{before:?}");
        let written = check(here, &["--write-baseline"]);
        assert_eq!((written.code, rules(&written).len()), (0, 0), "{written:?}");
        assert!(written.out.contains("4 suppressed") && written.err.contains("4 findings are accepted"), "{written:?}");
        insta::assert_snapshot!(read(here, NAME));
        // Lines move, unrelated text changes: all stay accepted.
        edit(here, "spec.md", "### Overview\n", "### Overview\n\nSold at the quay.\n");
        let moved = check(here, &[]);
        assert!(moved.code == 0 && moved.err.is_empty() && moved.out.contains("4 suppressed"), "{moved:?}");
        // A third usage like the two: one is reported.
        edit(here, "spec.md", USAGES, &format!("{USAGES}\n\nThe sale is stored with Prisma."));
        assert_eq!(rules(&check(here, &[])), ["no-prisma"]);
    }

    #[test]
    fn an_entry_expires_when_either_side_changes() {
        for (file, from, to) in [
            ("spec.md", "- A receipt is printed", "- A receipt is sent"),
            ("source.md", "- A receipt is printed", "- A receipt is mailed"),
            ("source.md", "- A ticket is sold in 3 seconds", "- A ticket is sold in 5 seconds"),
        ] {
            let folder = project("Nothing.");
            let here = folder.path();
            check(here, &["--write-baseline"]);
            edit(here, file, from, to);
            let run = check(here, &[]);
            assert_eq!(rules(&run), ["acceptance-criteria-unchanged"], "{file}: {run:?}");
            assert!(run.err.contains(&format!("warning: {NAME}:2: accepts nothing any more")), "{}", run.err);
            assert!(run.out.contains("1 unused baseline entry"), "{}", run.out);
        }
        // A feature that is missing: its text in the source counts, where it should stand does not.
        let folder = project("Nothing.");
        let here = folder.path();
        let whole = read(here, "spec.md");
        write(here, "spec.md", whole.split_once("#### FR-1.2").unwrap().0);
        check(here, &["--write-baseline"]);
        edit(here, "spec.md", "## SECTION 1: Tickets - INTEGRATED", "## SECTION 1: Tickets - INTEGRATED ");
        assert_eq!(check(here, &[]).code, 0);
        edit(here, "source.md", "- The fare is paid back", "- Half the fare is paid back");
        assert_eq!(rules(&check(here, &[])), ["feature-missing"]);
    }

    #[test]
    fn unused_entries_change_no_exit_code_and_are_pruned() {
        let folder = project(USAGES);
        let here = folder.path();
        check(here, &["--write-baseline"]);
        edit(here, "spec.md", "The sale is stored with Prisma.\n\n", "");
        edit(here, "spec.md", "kept in Redis", "kept in Redis, and drawn with Recharts and SWR");
        let run = check(here, &[]);
        assert_eq!(run.code, 1);
        assert!(run.out.contains("2 unused baseline entries"), "{run:?}");
        let before = read(here, NAME);
        assert_eq!(check(here, &["--report", "json=out.json"]).code, 1);
        assert_eq!(read(here, NAME), before, "nothing is written unasked");
        // Pruning drops what is unused and accepts nothing new.
        let pruned = check(here, &["--write-baseline=prune"]);
        assert_eq!(pruned.code, 1, "{pruned:?}");
        assert_eq!(read(here, NAME).lines().count(), before.lines().count() - 2);
        assert!(!check(here, &[]).err.contains("accepts nothing"));
        // A run that could not find it says nothing of an entry, and keeps it.
        let other = check(here, &["--ignore", "no-prisma", "--write-baseline"]);
        assert!(other.code == 0 && read(here, NAME).contains("no-prisma"), "{other:?}");
        write(here, "other/source.md", SOURCE);
        write(here, "other/spec.md", &spec("Nothing."));
        let other = check(here, &["other", "--write-baseline"]);
        assert!(other.code == 0 && !other.err.contains("warning"), "{other:?}");
        let both = read(here, NAME);
        assert!(both.contains("\"other/spec.md\"") && both.contains("\"spec.md\""), "{both}");
        // The entries of a file that is gone are unused.
        fs::remove_dir_all(here.join("other")).unwrap();
        assert!(check(here, &[]).err.contains("of other/spec.md"));
    }

    /// An accepted finding speaks neither in the counts nor in the checklist of any format.
    #[test]
    fn the_checklist_no_longer_counts_what_is_accepted() {
        let folder = project(USAGES);
        let items = || -> Vec<(u64, String, u64)> {
            let run = speclint(folder.path(), &["check", "--report", "json"]);
            let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
            let row = |row: &serde_json::Value| {
                (
                    row["item"].as_u64().unwrap(),
                    row["verdict"].as_str().unwrap().to_owned(),
                    row["findings"].as_u64().unwrap(),
                )
            };
            report["checklist"]
                .as_array()
                .unwrap()
                .iter()
                .map(row)
                .filter(|row| [1, 4, 5, 14].contains(&row.0))
                .collect()
        };
        let row = |item, verdict: &str, findings| (item, verdict.to_owned(), findings);
        assert_eq!(items(), [row(1, "fail", 2), row(4, "fail", 1), row(5, "pass", 0), row(14, "fail", 1)]);
        speclint(folder.path(), &["check", "--write-baseline", "--select", "no-prisma,no-bullmq-redis"]);
        assert_eq!(items(), [row(1, "pass", 0), row(4, "pass", 0), row(5, "pass", 0), row(14, "fail", 1)]);
    }

    #[test]
    fn the_file_is_named_by_flag_or_configuration_and_found_from_anywhere() {
        let folder = project(USAGES);
        let here = folder.path();
        fs::create_dir(here.join(".git")).unwrap();
        write(here, "speclint.toml", "baseline = \"lint/accepted.jsonl\"\n");
        assert_eq!(check(here, &[]).code, 2, "a configured baseline that is not there");
        fs::create_dir(here.join("lint")).unwrap();
        assert_eq!(check(here, &["--write-baseline"]).code, 0);
        assert_eq!(check(&here.join("lint"), &["../spec.md"]).code, 0);
        assert_eq!(check(here, &[here.join("spec.md").to_str().unwrap()]).code, 0);
        assert_eq!(check(here, &["--baseline", "gone.jsonl"]).code, 2);
        assert_eq!(check(here, &["--baseline", "mine.jsonl", "--write-baseline"]).code, 0);
        assert_eq!(read(here, "mine.jsonl"), read(here, "lint/accepted.jsonl"));
    }

    #[test]
    fn a_broken_baseline_is_named_with_its_line() {
        let folder = project(USAGES);
        let here = folder.path();
        for (text, says) in [
            ("", ":1: this is no baseline"),
            ("{\"speclint-baseline\":9}\n", ":1: the baseline has version 9"),
            ("{\"speclint-baseline\":1}\n<<<<<<< HEAD\n", ":2: a conflict of a merge"),
            ("{\"speclint-baseline\":1}\n\n{\"rule\":1}\n", ":3: this is no entry"),
        ] {
            write(here, NAME, text);
            for args in [&[][..], &["--write-baseline"]] {
                let run = check(here, args);
                assert_eq!(run.code, 2, "{text:?}");
                assert!(run.err.contains(&format!("{NAME}{says}")), "{}", run.err);
                assert_eq!(read(here, NAME), text);
            }
        }
        fs::write(here.join(NAME), b"{\"speclint-baseline\":1}\n\xff\n").unwrap();
        assert!(check(here, &[]).err.contains(":2: this is no UTF-8"));
    }

    #[test]
    fn nothing_is_written_where_something_could_not_be_checked() {
        let folder = project(USAGES);
        let run = check(folder.path(), &["spec.md", "gone.md", "--write-baseline"]);
        assert_eq!(run.code, 2);
        assert!(!folder.path().join(NAME).exists(), "{run:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().join("repository");
        write(&here, ".git/HEAD", "");
        write(&here, "source.md", SOURCE);
        write(&here, "spec.md", &spec(USAGES));
        std::os::unix::fs::symlink("../outside.jsonl", here.join(NAME)).unwrap();
        let run = check(&here, &["--write-baseline"]);
        assert_eq!(run.code, 2, "{run:?}");
        write(folder.path(), "outside.jsonl", "{\"speclint-baseline\":1}\n");
        let run = check(&here, &["--write-baseline"]);
        assert!(run.code == 2 && run.err.contains("leads out of the repository"), "{run:?}");
        assert_eq!(read(folder.path(), "outside.jsonl"), "{\"speclint-baseline\":1}\n");
    }

    /// Two branches that each accept something more: their baselines merge without a conflict.
    #[test]
    fn baselines_merge() {
        let Some(folder) = repository(&[("b/spec.md", &spec("Nothing."))]) else { return };
        let here = folder.path();
        write(here, "b/source.md", SOURCE);
        write(here, ".gitattributes", "speclint-baseline.jsonl merge=union\n");
        assert_eq!(check(here, &["--write-baseline"]).code, 0);
        commit(here);
        for (branch, extra) in [("one", "The sale is stored with Prisma."), ("two", "The queue is kept in Redis.")] {
            git(here, &["checkout", "-q", "main"]);
            git(here, &["checkout", "-q", "-b", branch]);
            write(here, &format!("{branch}/spec.md"), &spec(extra));
            write(here, &format!("{branch}/source.md"), SOURCE);
            assert_eq!(check(here, &["--write-baseline"]).code, 0);
            commit(here);
        }
        git(here, &["merge", "-q", "one"]);
        let run = check(here, &[]);
        assert!(run.code == 0 && run.err.is_empty(), "{run:?}\n{}", read(here, NAME));
    }
}

mod changed_since {
    use super::*;

    fn since(folder: &Path, more: &[&str]) -> Run {
        let mut args = vec!["--changed-since", "main"];
        args.extend(more);
        check(folder, &args)
    }

    /// A repository with a spec that has findings, on a branch `work`.
    fn work() -> Option<TempDir> {
        let folder = repository(&[("source.md", SOURCE), ("spec.md", &spec(USAGES))])?;
        git(folder.path(), &["checkout", "-q", "-b", "work"]);
        Some(folder)
    }

    #[test]
    fn old_findings_are_left_out() {
        let Some(folder) = work() else { return };
        let here = folder.path();
        let run = since(here, &[]);
        assert!(run.code == 0 && run.err.contains("4 findings are older"), "{run:?}");
        // Lines that moved are not touched.
        edit(here, "spec.md", "### Overview\n", "### Overview\n\nSold at the quay.\n");
        assert_eq!(since(here, &[]).code, 0);
        // A usage added, uncommitted; committed; and a twin of an old one.
        edit(here, "spec.md", USAGES, &format!("{USAGES}\n\nPages are read with SWR."));
        assert_eq!(rules(&since(here, &[])), ["no-swr"]);
        commit(here);
        assert_eq!(rules(&since(here, &[])), ["no-swr"]);
        edit(here, "spec.md", "kept in Redis.\n", "kept in Redis.\n\nThe sale is stored with Prisma.\n");
        assert_eq!(rules(&since(here, &[])), ["no-prisma", "no-swr"]);
        assert_eq!(since(here, &["--fail-on", "never"]).code, 0);
    }

    #[test]
    fn a_touched_line_of_either_side_counts() {
        let Some(folder) = work() else { return };
        let here = folder.path();
        edit(here, "spec.md", "The queue is kept in Redis.", "The queue is kept in Redis, for now.");
        assert_eq!(rules(&since(here, &[])), ["no-bullmq-redis"]);
        edit(here, "source.md", "- A ticket is sold in 3 seconds", "- A ticket is sold in 5 seconds");
        assert_eq!(rules(&since(here, &[])), ["no-bullmq-redis", "acceptance-criteria-unchanged"]);
    }

    #[test]
    fn what_a_deletion_leaves_behind_is_reported() {
        let Some(folder) = work() else { return };
        let here = folder.path();
        let whole = read(here, "spec.md");
        write(here, "spec.md", whole.split_once("#### FR-1.2").unwrap().0);
        assert_eq!(rules(&since(here, &[])), ["feature-missing"]);
        write(here, "spec.md", &whole);
        edit(here, "source.md", "- The fare is paid back", "- The fare is paid back\n- A receipt is taken back");
        assert_eq!(rules(&since(here, &[])), ["acceptance-criteria-unchanged"]);
    }

    #[test]
    fn renamed_and_untracked_files_and_subfolders() {
        let Some(folder) = work() else { return };
        let here = folder.path();
        fs::create_dir(here.join("specs")).unwrap();
        git(here, &["mv", "spec.md", "specs/ferry.md"]);
        git(here, &["mv", "source.md", "specs/source.md"]);
        let run = since(here, &[]);
        assert!(run.code == 0 && run.err.contains("4 findings are older"), "{run:?}");
        assert_eq!(since(&here.join("specs"), &[]).code, 0);
        assert_eq!(since(&here.join("specs"), &["ferry.md"]).code, 0);
        edit(here, "specs/ferry.md", "kept in Redis", "kept in Redis with BullMQ");
        assert_eq!(rules(&since(&here.join("specs"), &["ferry.md"])), ["no-bullmq-redis"]);
        write(here, "specs/ä new\n.md", &spec("Pages are read with SWR.").replace("4 seconds", "3 seconds"));
        assert_eq!(rules(&since(&here.join("specs"), &[])), ["no-bullmq-redis", "no-swr"]);
    }

    /// Nothing that a repository holds hides a change or runs a program.
    #[test]
    fn hostile_attributes_and_settings_do_nothing() {
        let Some(folder) = work() else { return };
        let here = folder.path();
        write(here, ".gitattributes", "*.md -diff diff=evil filter=evil\n");
        for (key, value) in [
            ("diff.evil.textconv", "touch ran;cat"),
            ("diff.external", "touch ran;true"),
            ("core.fsmonitor", "touch ran"),
            ("diff.evil.command", "touch ran;true"),
        ] {
            git(here, &["config", key, value]);
        }
        for (key, value) in [
            ("diff.noprefix", "true"),
            ("diff.interHunkContext", "50"),
            ("diff.context", "9"),
            ("color.ui", "always"),
            ("diff.relative", "true"),
        ] {
            git(here, &["config", key, value]);
        }
        edit(here, "spec.md", "kept in Redis", "kept in Redis with BullMQ");
        assert_eq!(rules(&since(here, &[])), ["no-bullmq-redis"]);
        assert!(!here.join("ran").exists());
    }

    #[test]
    fn what_git_cannot_answer_is_said() {
        let Some(folder) = work() else { return };
        let here = folder.path();
        for (name, says) in [
            ("nowhere", "`nowhere` names no commit here"),
            ("--output=x", "`--output=x` is no name of a commit"),
            ("", "`` is no name of a commit"),
        ] {
            let run = check(here, &[&format!("--changed-since={name}")]);
            assert_eq!(run.code, 2, "{name}");
            assert!(run.err.contains(says), "{}", run.err);
        }
        git(here, &["checkout", "-q", "--orphan", "other"]);
        write(here, "other.txt", "");
        commit(here);
        assert!(since(here, &[]).err.contains("no commit in common"));
        edit(here, "spec.md", "kept in Redis", "kept in Redis, still");
        commit(here);
        let clone = tempfile::tempdir().unwrap();
        let url = format!("file://{}", here.display());
        git(clone.path(), &["clone", "-q", "--depth", "1", &url, "."]);
        let run = check(clone.path(), &["--changed-since", "HEAD~1"]);
        assert!(run.code == 2 && run.err.contains("the clone is shallow"), "{run:?}");
        let plain = project(USAGES);
        let run = since(plain.path(), &[]);
        assert!(run.code == 2 && run.err.contains("in no git repository"), "{run:?}");
        git(plain.path(), &["init", "-q"]);
        let run = since(plain.path(), &[]);
        assert!(run.code == 2 && run.err.contains("no commit yet"), "{run:?}");
    }
}

/// A repository with these files committed on `main`; `None`, said aloud, where there is no git.
fn repository(files: &[(&str, &str)]) -> Option<TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        support::skip("there is no git");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q", "-b", "main"]);
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    commit(folder.path());
    Some(folder)
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "change"]);
}

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(args);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}
