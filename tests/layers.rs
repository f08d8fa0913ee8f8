//! The house has floors: imports point down, never up.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. A module may import from its own floor and from those below.
const FLOORS: [&[&str]; 9] = [
    &["text"],
    &["diagnostics"],
    &["languages", "markdown"],
    &["config"],
    &["spec"],
    &["checks"],
    &["workspace", "fix"],
    &["report"],
    &["pipeline", "examples", "scaffold", "cli"],
];

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for file in sources(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        let module = module_of(&file);
        let Some(floor) = floor_of(&module) else { continue };
        for (number, line) in text.lines().enumerate() {
            for target in targets(line) {
                let Some(other) = floor_of(&target) else { continue };
                if other > floor || (other == floor && target != module && floor < FLOORS.len() - 1) {
                    wrong.push(format!("{}:{}: {module} imports {target}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports point up:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_floor() {
    let known: BTreeSet<&str> = FLOORS.iter().copied().flatten().copied().collect();
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let modules = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "))
        .map(|m| m.trim_end_matches(';'));
    let modules: BTreeSet<&str> = modules.collect();
    assert_eq!(modules, known);
}

fn sources(folder: PathBuf) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The module right below `src` that a file belongs to.
fn module_of(file: &Path) -> String {
    let inner = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inner.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The modules that `crate::…` paths in a line name.
fn targets(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or("");
    let after = code.match_indices("crate::").filter_map(|(at, found)| code.get(at + found.len()..));
    after.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}
