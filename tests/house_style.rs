//! What a writer makes of each generic piece, in the house style: tables with row level security, `requireAuth()`, signed
//! URLs, the query builder, the response format, existing components, React Query, an Edge Function.
//!
//! `fixtures/house_style` holds one source, its inventory, and three renderings: with labels and full files, terse with
//! arrow functions and SQL in lower case, and as "from" and "to" sides. None may raise an error.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;

use support::{root, speclint};

/// The errors of a check of `spec` in `folder`.
fn errors(folder: &std::path::Path, spec: &str) -> Vec<String> {
    let args = ["check", "--spec", spec, "--source", "source.md", "--inventory", "inventory.md", "--report", "concise"];
    let run = speclint(folder, &args);
    assert!(run.out.contains("(1 spec)"), "{spec} is not checked: {}{}", run.out, run.err);
    run.out.lines().filter(|line| line.contains(": error[")).map(str::to_owned).collect()
}

#[test]
fn the_house_style_raises_no_error() {
    for spec in ["labelled.md", "terse.md", "sides.md"] {
        assert_eq!(errors(&root().join("tests/fixtures/house_style"), spec), [""; 0], "{spec}");
    }
}

#[test]
fn nor_does_it_on_top_of_migrations() {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(root().join("tests/fixtures/house_style")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::create_dir(folder.path().join("db")).unwrap();
    fs::write(folder.path().join("speclint.toml"), "migrations = 'db'\n").unwrap();
    let before = "CREATE TABLE notices (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), user_id UUID, created_at TIMESTAMPTZ);\n\
                  ALTER TABLE notices ENABLE ROW LEVEL SECURITY;\n";
    fs::write(folder.path().join("db/1_notices.sql"), before).unwrap();
    for spec in ["labelled.md", "terse.md", "sides.md"] {
        assert_eq!(errors(folder.path(), spec), [""; 0], "{spec}");
    }
}
