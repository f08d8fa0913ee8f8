//! Documents as different models write them: which fences are never closed, and what is damaged.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::{root, speclint};

#[test]
fn realistic_documents() {
    let folder = root().join("tests/fixtures/realistic");
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        count += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = fs::read_to_string(path.with_extension("expected.txt")).unwrap();
        let expected: BTreeSet<String> = expected.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let args = ["check", "--spec", &name, "--select", "unclosed-fence,mojibake", "--report", "json"];
        let run = speclint(&folder, &args);
        let report: serde_json::Value =
            serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{name}: {}", run.err));
        let found = report["findings"].as_array().unwrap().iter();
        let found: BTreeSet<String> =
            found.map(|f| format!("{}\t{}", f["rule"].as_str().unwrap(), f["line"])).collect();
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(count, 8);
}
