//! `speclint scaffold`: what it writes checks clean but for its markers, keeps every criterion, and overwrites nothing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::Path;

use support::{Run, root, shared, speclint};

const DAY: [&str; 2] = ["--date", "2025-03-03"];

fn scaffold(folder: &Path, args: &[&str]) -> Run {
    let all: Vec<&str> = ["scaffold"].iter().chain(args).chain(&DAY).copied().collect();
    speclint(folder, &all)
}

/// The findings of `check` besides notes and markers.
fn objections(folder: &Path, args: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["check", "--report", "json"].iter().chain(args).copied().collect();
    let run = speclint(folder, &all);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["level"] != "note");
    let others = findings.filter(|own| own["message"] != "this is left for a person to write");
    others.map(|own| format!("{}:{} {}", own["line"], own["rule"], own["message"])).collect()
}

#[test]
fn the_example_is_scaffolded_clean() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["source.md", "inventory.md"] {
        fs::copy(root().join("examples").join(file), folder.path().join(file)).unwrap();
    }
    let run = scaffold(folder.path(), &["source.md", "-o", "spec.md"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(objections(folder.path(), &["spec.md"]), Vec::<String>::new());
    let printed = scaffold(folder.path(), &["source.md"]);
    assert_eq!(printed.out, fs::read_to_string(folder.path().join("spec.md")).unwrap());
    let run = scaffold(folder.path(), &["source.md", "--inventory", "inventory.md", "-o", "other.md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let args = ["--spec", "other.md", "--source", "source.md", "--inventory", "inventory.md"];
    assert_eq!(objections(folder.path(), &args), Vec::<String>::new());
    let statistics = speclint(folder.path(), &["check", "spec.md"]).out;
    for line in ["sections   4 of 4 kept", "features   7 of 8 kept, 1 skipped", "criteria   21 of 23 kept, 2 skipped"] {
        assert!(statistics.contains(line), "{line} is not in\n{statistics}");
    }
}

#[test]
fn a_small_source_is_written_out_in_full() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(root().join("tests/fixtures/scaffold-source.md"), folder.path().join("kilns.md")).unwrap();
    let run = scaffold(folder.path(), &["kilns.md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    insta::assert_snapshot!(run.out);
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::copy(root().join("examples/source.md"), here.join("source.md")).unwrap();
    fs::write(here.join("spec.md"), "mine").unwrap();
    let run = scaffold(here, &["source.md", "-o", "spec.md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("spec.md: the file is there already; `--force` overwrites it"), "{}", run.err);
    assert_eq!(fs::read_to_string(here.join("spec.md")).unwrap(), "mine");
    assert_eq!(scaffold(here, &["source.md", "-o", "spec.md", "--force"]).code, 0);
    assert!(fs::read_to_string(here.join("spec.md")).unwrap().starts_with("# Lower Meadow"));
    // A scaffold in another folder names its source by the way to it.
    fs::create_dir(here.join("specs")).unwrap();
    assert_eq!(scaffold(here, &["source.md", "-o", "specs/new.md"]).code, 0);
    assert!(fs::read_to_string(here.join("specs/new.md")).unwrap().contains("**Source Document:** `../source.md`"));
    assert_eq!(objections(here, &["specs/new.md"]), Vec::<String>::new());
}

#[test]
fn what_cannot_be_scaffolded_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("notes.md"), "# Notes\n\nNothing to build.\n").unwrap();
    fs::write(here.join("latin.md"), b"## SECTION 1: Caf\xe9\n").unwrap();
    fs::copy(root().join("examples/integrated-clean.md"), here.join("done.md")).unwrap();
    for (args, says) in [
        (vec!["notes.md"], "notes.md: nothing is recognised in it: it has no section"),
        (vec!["latin.md"], "latin.md: this is no UTF-8 from line 1 on"),
        (vec!["done.md"], "done.md: this is an integrated spec already"),
        (vec!["gone.md"], "gone.md: there is no such file"),
        (vec!["done.md", "--inventory", "gone.md"], "gone.md: there is no such file"),
    ] {
        let run = scaffold(here, &args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
    let run = speclint(here, &["scaffold", "notes.md", "--date", "soon"]);
    assert!(run.code == 2 && run.err.contains("--date soon: this is no day"), "{}", run.err);
}

/// The real source, where it is beside the repository.
#[test]
fn the_real_source_is_scaffolded_clean() {
    let Some(real) = shared("real-specs") else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::copy(real.join("04c-pipeline-structured-from-wireframe_v1.md"), folder.path().join("source.md")).unwrap();
    fs::copy(real.join("04d-pipeline-infrastructure-inventory_v1.md"), folder.path().join("inventory.md")).unwrap();
    let run = scaffold(folder.path(), &["source.md", "-o", "spec.md", "--inventory", "inventory.md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let args = ["--spec", "spec.md", "--source", "source.md", "--inventory", "inventory.md"];
    assert_eq!(objections(folder.path(), &args), Vec::<String>::new());
    assert_eq!(objections(folder.path(), &["spec.md"]), Vec::<String>::new());
}
