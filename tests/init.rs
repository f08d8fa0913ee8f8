//! `speclint init`: what is written, and what is never touched.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;

use support::{root, speclint};

/// A repository with the bundled pair, migrations and a codebase.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let example = |name: &str| fs::read_to_string(root().join("examples").join(name)).unwrap();
    write(".git/HEAD", "ref: refs/heads/trunk\n");
    write("specs/garden-integrated.md", &example("integrated-clean.md"));
    write("specs/source.md", &example("source.md"));
    write("docs/inventory.md", &example("inventory.md"));
    write("supabase/migrations/1_a.sql", "SELECT 1;\n");
    write("tsconfig.json", "{}\n");
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

const FILES: [&str; 3] = ["speclint.toml", ".github/workflows/speclint.yml", ".pre-commit-config.yaml"];

#[test]
fn all_is_shown_and_written() {
    let folder = repository();
    let here = folder.path();
    let shown = speclint(&here.join("specs"), &["init"]);
    assert_eq!(shown.code, 2, "{shown:?}");
    assert!(FILES.iter().all(|file| !here.join(file).exists() && shown.out.contains(file)), "{shown:?}");
    let written = speclint(&here.join("specs"), &["init", "--yes"]);
    assert_eq!(written.code, 0, "{written:?}");
    let files = FILES.map(|file| format!("=== {file}\n{}", read(here, file)));
    for file in FILES {
        assert!(read(here, file).lines().all(|line| written.out.contains(line)), "{file} was not shown");
    }
    insta::assert_snapshot!(files.join("\n").replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    // The configuration works.
    let check = speclint(here, &["check", "--select", "stack,fidelity"]);
    assert!(check.code == 0 && check.out.contains("1 spec"), "{check:?}");
}

#[test]
fn what_is_there_stays() {
    let folder = repository();
    let here = folder.path();
    fs::write(here.join(".speclint.toml"), "# mine\n").unwrap();
    fs::write(here.join(".pre-commit-config.yaml"), "repos: []\n").unwrap();
    let run = speclint(here, &["init", "--yes"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains(".speclint.toml exists and stays as it is"), "{}", run.out);
    assert!(run.out.contains("add the entry below its `repos:`"), "{}", run.out);
    assert_eq!(read(here, ".pre-commit-config.yaml"), "repos: []\n");
    assert!(!here.join("speclint.toml").exists() && here.join(FILES[1]).exists());
    let again = speclint(here, &["init"]);
    assert!(again.code == 0 && again.out.contains("all of it is there"), "{again:?}");
}

#[test]
fn an_empty_repository_gets_a_configuration_that_loads() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(speclint(folder.path(), &["init", "-y"]).code, 0);
    assert_eq!(speclint(folder.path(), &["check", "--allow-empty"]).code, 0);
}

#[test]
fn specs_without_a_common_ending_are_named_one_by_one() {
    let folder = repository();
    let here = folder.path();
    fs::rename(here.join("specs/garden-integrated.md"), here.join("specs/garden [1].md")).unwrap();
    assert_eq!(speclint(here, &["init", "-y"]).code, 0);
    let config = read(here, "speclint.toml");
    assert!(config.contains("spec = \"specs/garden [[]1[]].md\"\nsource = \"specs/source.md\"\n"), "{config}");
    let check = speclint(here, &["check", "--select", "stack,fidelity"]);
    assert!(check.code == 0 && check.out.contains("1 spec"), "{check:?}");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().join("repository");
    fs::create_dir_all(here.join(".git")).unwrap();
    fs::create_dir(folder.path().join("outside")).unwrap();
    std::os::unix::fs::symlink("../outside", here.join(".github")).unwrap();
    std::os::unix::fs::symlink("../outside/config", here.join("speclint.toml")).unwrap();
    let run = speclint(&here, &["init", "--yes"]);
    assert!(run.code == 2 && run.err.contains("leads out of the repository"), "{run:?}");
    assert_eq!(fs::read_dir(folder.path().join("outside")).unwrap().count(), 0);
}
