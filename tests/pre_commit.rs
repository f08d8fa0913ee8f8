//! The hooks, run by the real pre-commit in a repository of its own.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{root, skip, speclint};
use tempfile::TempDir;

/// A repository with the bundled pair and Markdown that has nothing to do with it, all committed.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    git(here, &["init", "-q", "-b", "main"]);
    fs::create_dir_all(here.join("specs")).unwrap();
    for file in ["integrated-clean.md", "source.md", "inventory.md"] {
        fs::copy(root().join("examples").join(file), here.join("specs").join(file)).unwrap();
    }
    fs::write(here.join("README.md"), "# Garden\n\nPlots and sheds.\n").unwrap();
    git(here, &["add", "-A"]);
    git(here, &["commit", "-q", "-m", "start"]);
    folder
}

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(args);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// What a hook is given, and what it says.
#[test]
fn a_named_file_leads_to_its_pair() {
    let folder = repository();
    let here = folder.path();
    let hook = |files: &[&str]| {
        let mut args = vec!["check", "--allow-empty", "--report", "concise", "--"];
        args.extend(files);
        speclint(here, &args)
    };
    assert_eq!(hook(&["README.md"]).code, 0, "Markdown that belongs to no spec");
    for member in ["specs/source.md", "specs/integrated-clean.md"] {
        let run = hook(&["README.md", member]);
        assert!(run.code == 0 && run.out.contains("(1 spec)"), "{member}: {run:?}");
    }
    // The source alone changes: its rendering is no longer faithful.
    edit(here, "specs/source.md", "after 10 minutes", "after 12 minutes");
    let run = hook(&["specs/source.md"]);
    assert!(run.code == 1 && run.out.contains("acceptance-criteria-unchanged"), "{run:?}");
    assert_eq!(run.out, hook(&["specs/source.md", "specs/integrated-clean.md"]).out, "each spec once");
    // Without `--allow-empty` a file that was named and is no part of anything is an error still.
    assert_eq!(speclint(here, &["check", "README.md"]).code, 2);
    // An inventory belongs to the pairs that the configuration says.
    fs::write(
        here.join("speclint.toml"),
        "[[pairs]]\nspec = 'specs/integrated-*.md'\ninventory = 'specs/inventory.md'\n",
    )
    .unwrap();
    let run = hook(&["specs/inventory.md"]);
    assert!(run.code == 1 && run.out.contains("acceptance-criteria-unchanged"), "{run:?}");
}

#[test]
fn pre_commit_runs_the_hook() {
    let Some(pre_commit) = program("pre-commit") else {
        skip("there is no pre-commit");
        return;
    };
    let folder = repository();
    let here = folder.path();
    let program = Path::new(env!("CARGO_BIN_EXE_speclint")).parent().unwrap().display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap());
    // A copy of the hooks, because pre-commit clones what is committed, and a change is tested before that.
    let hooks = tempfile::tempdir().unwrap();
    fs::copy(root().join(".pre-commit-hooks.yaml"), hooks.path().join(".pre-commit-hooks.yaml")).unwrap();
    git(hooks.path(), &["init", "-q"]);
    git(hooks.path(), &["add", "-A"]);
    git(hooks.path(), &["commit", "-q", "-m", "hooks"]);
    let head = Command::new("git").args(["rev-parse", "HEAD"]).current_dir(hooks.path()).output().unwrap();
    let config = format!(
        "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: speclint-system\n",
        hooks.path().display(),
        String::from_utf8(head.stdout).unwrap().trim()
    );
    fs::write(here.join(".pre-commit-config.yaml"), config).unwrap();
    git(here, &["add", "-A"]);
    let home = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(&pre_commit);
        command.arg("run").args(args).current_dir(here).env("PATH", &path).env("PRE_COMMIT_HOME", home.path());
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.success(), text)
    };
    let all = run(&["--all-files"]);
    assert!(all.0 && all.1.contains("Passed"), "{}", all.1);
    git(here, &["commit", "-q", "-m", "hooks"]);
    // Markdown that belongs to no spec never fails.
    fs::write(here.join("README.md"), "# Garden\n\nWe like Prisma.\n").unwrap();
    git(here, &["add", "README.md"]);
    let unrelated = run(&[]);
    assert!(unrelated.0, "{}", unrelated.1);
    // What is staged counts: the source alone, whose rendering is checked.
    edit(here, "specs/source.md", "after 10 minutes", "after 12 minutes");
    let unstaged = run(&[]);
    assert!(unstaged.0, "an unstaged change is put aside: {}", unstaged.1);
    git(here, &["add", "specs/source.md"]);
    let staged = run(&[]);
    assert!(!staged.0 && staged.1.contains("specs/integrated-clean.md:"), "{}", staged.1);
    assert!(staged.1.contains("acceptance-criteria-unchanged"), "{}", staged.1);
    // Both sides changed alike, the rendering not yet staged: pre-commit puts it aside, and the commit would be wrong.
    edit(here, "specs/integrated-clean.md", "after 10 minutes", "after 12 minutes");
    assert!(!run(&[]).0, "the rendering is not staged");
    git(here, &["add", "-A"]);
    let both = run(&[]);
    assert!(both.0, "{}", both.1);
}

fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}
