//! A whole pair in another house style than the example's is clean, and its changes are found where they are made.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{root, speclint};

const FILES: [&str; 3] = ["integrated.md", "source.md", "inventory.md"];

fn pair() -> PathBuf {
    root().join("tests/fixtures/seed-bank")
}

/// Errors and warnings as `rule: the line's text`.
fn findings(folder: &Path) -> Vec<String> {
    let [spec, source, inventory] = FILES;
    let arguments = ["check", "--spec", spec, "--source", source, "--inventory", inventory, "--report", "json"];
    let report: serde_json::Value = serde_json::from_str(&speclint(folder, &arguments).out).unwrap();
    let text = fs::read_to_string(folder.join(spec)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["level"] != "note");
    findings
        .map(|finding| {
            let line = usize::try_from(finding["line"].as_u64().unwrap()).unwrap();
            format!("{}: {}", finding["rule"].as_str().unwrap(), lines[line - 1].trim())
        })
        .collect()
}

#[test]
fn the_pair_is_clean() {
    assert_eq!(findings(&pair()), Vec::<String>::new());
}

/// Old text, new text, and what is found after the change.
const CHANGES: [(&str, &str, &[&str]); 9] = [
    (
        "const supabase = await createClient();\n  const path",
        "const supabase = createClient();\n  const path",
        &["client-awaited: const supabase = createClient();"],
    ),
    (
        "NextResponse.json({ error, details }, { status })",
        "NextResponse.json({ message: error }, { status })",
        &["response-format: NextResponse.json({ message: error }, { status });"],
    ),
    (
        "const COLUMNS = 'latin_name, family';",
        "const COLUMNS = 'latin_name, genus';",
        &["unknown-column: const COLUMNS = 'latin_name, genus';"],
    ),
    (
        "(0.1 g = 100 mg)",
        "(0.1 g = 100 mg).",
        &["acceptance-criteria-unchanged: - [ ] Weights are kept in milligrams (0.1 g = 100 mg)."],
    ),
    (
        "- the vernacular name may be missing.",
        "- the vernacular name may be empty.",
        &["description-unchanged: - the vernacular name may be empty."],
    ),
    (
        "#section-2-vouchers---integrated",
        "#section-2-vouchers",
        &["broken-toc: 2. [Section 2: Vouchers](#section-2-vouchers)"],
    ),
    ("- 3 new database tables", "- 4 new database tables", &["count-mismatch: - 4 new database tables"]),
    ("And the policies:", "> **Note**: policies (not Prisma middleware).\n\nAnd the policies:", &[]),
    (
        "```sql\n-- Migration: supabase/migrations/20250923110000",
        "> **Original:** Prisma model `HerbariumScan`.\n\n```sql\n-- Migration: supabase/migrations/20250923110000",
        &[],
    ),
];

#[test]
fn changes_are_found_where_they_are_made() {
    let folder = tempfile::tempdir().unwrap();
    for file in FILES {
        fs::copy(pair().join(file), folder.path().join(file)).unwrap();
    }
    let clean = fs::read_to_string(pair().join(FILES[0])).unwrap();
    for (old, new, expected) in CHANGES {
        assert_eq!(clean.matches(old).count(), 1, "{old}");
        fs::write(folder.path().join(FILES[0]), clean.replacen(old, new, 1)).unwrap();
        assert_eq!(findings(folder.path()), expected, "{new}");
    }
}
