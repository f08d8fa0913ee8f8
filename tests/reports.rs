//! The report formats, as the program writes them: valid, consistent with each other, and harmless.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{Run, root, speclint};
use tempfile::TempDir;

/// The formats for files, with what people call them.
const FORMATS: [&str; 9] = ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"];

/// Runs `check ARGS` in `folder` and writes all formats, each into a file; gives their texts.
fn all_formats(folder: &Path, args: &[&str]) -> (Run, BTreeMap<&'static str, String>) {
    let out = tempfile::tempdir().unwrap();
    let paths = FORMATS.map(|format| (format, out.path().join(format)));
    let reports = paths.iter().map(|(format, path)| format!("--report={format}={}", path.display()));
    let reports: Vec<String> = reports.collect();
    let mut all = vec!["check"];
    all.extend(args);
    all.extend(reports.iter().map(String::as_str));
    let run = speclint(folder, &all);
    let read =
        |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}: {run:?}", path.display()));
    let texts = paths.iter().map(|(format, path)| (*format, read(path))).collect();
    (run, texts)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn items<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is missing")).as_array().unwrap()
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is missing in {value}")).as_str().unwrap()
}

fn number(value: &Value, pointer: &str) -> usize {
    let number = value.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is missing in {value}")).as_u64().unwrap();
    usize::try_from(number).unwrap()
}

/// The part of `source` that a SARIF region names: columns count code points.
fn in_region(source: &str, region: &Value) -> String {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let offset = |line: usize, column: usize| {
        let before: usize = lines[..line - 1].iter().map(|line| line.len()).sum();
        let inside =
            lines.get(line - 1).map_or("", |line| line).chars().take(column - 1).map(char::len_utf8).sum::<usize>();
        before + inside
    };
    let start = offset(number(region, "/startLine"), number(region, "/startColumn"));
    let end = offset(number(region, "/endLine"), number(region, "/endColumn"));
    source[start..end].to_owned()
}

/// The SARIF schema is the one of Microsoft's SDK (MIT).
fn assert_valid_sarif(sarif: &str) -> Value {
    let schema = fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json")).unwrap();
    let validator = jsonschema::validator_for(&json(&schema)).unwrap();
    let sarif = json(sarif);
    let errors: Vec<_> =
        validator.iter_errors(&sarif).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    sarif
}

#[test]
fn one_run_writes_all_formats_and_they_agree() {
    let (run, reports) = all_formats(&root().join("examples"), &["integrated.md"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    let findings = json(&reports["json"]);
    let findings = items(&findings, "/findings");
    assert!(findings.len() > 50);
    let rules: Vec<&str> = findings.iter().map(|finding| text(finding, "/rule")).collect();
    let lines: Vec<usize> = findings.iter().map(|finding| number(finding, "/line")).collect();

    let sarif = json(&reports["sarif"]);
    let results = items(&sarif, "/runs/0/results");
    assert_eq!(results.iter().map(|result| text(result, "/ruleId")).collect::<Vec<_>>(), rules);
    let start = "/locations/0/physicalLocation/region/startLine";
    assert_eq!(results.iter().map(|result| number(result, start)).collect::<Vec<_>>(), lines);

    let gitlab = json(&reports["gitlab"]);
    let issues = items(&gitlab, "");
    assert_eq!(issues.iter().map(|issue| text(issue, "/check_name")).collect::<Vec<_>>(), rules);
    assert_eq!(issues.iter().map(|issue| number(issue, "/location/lines/begin")).collect::<Vec<_>>(), lines);
    let fingerprints: BTreeSet<&str> = issues.iter().map(|issue| text(issue, "/fingerprint")).collect();
    assert_eq!(fingerprints.len(), issues.len());

    let rdjson = json(&reports["rdjson"]);
    let diagnostics = items(&rdjson, "/diagnostics");
    assert_eq!(diagnostics.iter().map(|one| text(one, "/code/value")).collect::<Vec<_>>(), rules);

    let junit = roxmltree::Document::parse(&reports["junit"]).unwrap();
    let cases = junit.descendants().filter(|node| node.has_tag_name("testcase"));
    let with_line = cases.clone().filter(|case| case.attribute("line").is_some()).count();
    assert_eq!(with_line, findings.len());
    let names: BTreeSet<_> = cases.map(|case| (case.attribute("name"), case.attribute("classname"))).collect();
    assert!(names.len() > findings.len());
    let errors = findings.iter().filter(|finding| finding["level"] == "error").count().to_string();
    assert_eq!(junit.root_element().attribute("failures"), Some(errors.as_str()));

    assert_eq!(reports["github"].lines().count(), 10 + 10 + 7);
    assert_eq!(reports["concise"].lines().filter(|line| line.contains(": error[")).count().to_string(), errors);
    let markdown = &reports["markdown"];
    assert_eq!(markdown.matches("\n- ").count(), findings.len());
    assert_eq!(markdown.matches("<details>").count(), markdown.matches("</details>").count());
    assert!(reports["text"].ends_with("1 suppressed\n"));
    // Twice the same.
    assert_eq!(all_formats(&root().join("examples"), &["integrated.md"]).1, reports);
}

#[test]
fn sarif_is_valid_and_its_regions_hold_their_snippets() {
    let (_, reports) = all_formats(&root().join("examples"), &["integrated.md"]);
    let sarif = assert_valid_sarif(&reports["sarif"]);
    assert_eq!(text(&sarif, "/runs/0/columnKind"), "unicodeCodePoints");
    let source_of = |place: &Value| {
        let uri = text(place, "/artifactLocation/uri");
        assert!(!uri.contains(' ') && !uri.starts_with('/'));
        fs::read_to_string(root().join(uri)).unwrap()
    };
    let mut snippets = 0;
    for result in items(&sarif, "/runs/0/results") {
        assert!(text(result, "/message/text").ends_with('.'), "{result}");
        let related = result.get("relatedLocations").map_or(&[][..], |related| related.as_array().unwrap());
        for location in items(result, "/locations").iter().chain(related) {
            let place = &location["physicalLocation"];
            let (source, region) = (source_of(place), &place["region"]);
            let marked = in_region(&source, region);
            let Some(snippet) = region.pointer("/snippet/text") else { continue };
            assert_eq!(snippet.as_str().unwrap(), marked);
            let Some(context) = place.get("contextRegion") else { continue };
            let context_text = text(context, "/snippet/text");
            assert!(context_text.contains(&marked) && context_text.len() > marked.len());
            let first = number(context, "/startLine");
            let last = number(context, "/endLine");
            let lines: Vec<&str> = source.lines().skip(first - 1).take(last - first + 1).collect();
            assert_eq!(lines.join("\n"), context_text);
            snippets += 1;
        }
    }
    assert!(snippets > 60);
}

#[test]
fn a_fix_of_a_finding_is_in_sarif_and_rdjson() {
    let (_, reports) = all_formats(&root().join("examples"), &["integrated.md"]);
    let findings = json(&reports["json"]);
    let fixable = items(&findings, "/findings").iter().filter(|finding| finding["fixable"] == true).count();
    let sarif = json(&reports["sarif"]);
    let fixes = items(&sarif, "/runs/0/results").iter().filter(|result| result.get("fixes").is_some()).count();
    assert_eq!(fixes, fixable);
}

#[test]
fn byte_columns_of_rdjson_lead_to_the_findings_bytes() {
    let (_, reports) = all_formats(&root().join("examples"), &["integrated.md"]);
    let (findings, rdjson) = (json(&reports["json"]), json(&reports["rdjson"]));
    let source = fs::read_to_string(root().join("examples/integrated.md")).unwrap();
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    for (finding, diagnostic) in items(&findings, "/findings").iter().zip(items(&rdjson, "/diagnostics")) {
        assert_eq!(text(diagnostic, "/location/path"), "integrated.md");
        for (point, byte) in [("start", "/byte_start"), ("end", "/byte_end")] {
            let line = number(diagnostic, &format!("/location/range/{point}/line"));
            let column = number(diagnostic, &format!("/location/range/{point}/column"));
            let before: usize = lines[..line - 1].iter().map(|line| line.len()).sum();
            assert_eq!(before + column - 1, number(finding, byte));
        }
    }
}

#[test]
fn a_clean_run_has_no_empty_report_for_build_servers() {
    let (run, reports) = all_formats(&root().join("examples"), &["integrated-clean.md"]);
    assert_eq!(run.code, 0, "{run:?}");
    let junit = roxmltree::Document::parse(&reports["junit"]).unwrap();
    assert!(junit.descendants().filter(|node| node.has_tag_name("testsuite")).count() >= 2);
    assert!(junit.descendants().filter(|node| node.has_tag_name("testsuite")).all(|suite| suite.has_children()));
    assert_eq!(junit.descendants().filter(|node| node.has_tag_name("failure")).count(), 0);
    assert_valid_sarif(&reports["sarif"]);
    assert!(reports["markdown"].starts_with("## ✅ speclint passed\n"));
}

#[test]
fn what_cannot_be_checked_is_in_every_report_for_programs() {
    let (run, reports) = all_formats(&root().join("examples"), &["gone.md", "integrated-clean.md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("gone.md: there is no such file"), "{run:?}");
    let sarif = assert_valid_sarif(&reports["sarif"]);
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(text(notification, "/locations/0/physicalLocation/artifactLocation/uri"), "examples/gone.md");
    assert!(reports["github"].starts_with("::error file=examples/gone.md,title=speclint::there is no such file"));
    assert_eq!(json(&reports["gitlab"])[0]["check_name"], "not-checked");
    assert_eq!(json(&reports["rdjson"])["diagnostics"][0]["location"]["path"], "gone.md");
    assert!(reports["junit"].contains(r#"errors="1""#));
    assert!(reports["markdown"].contains("could not check everything"));
    assert!(reports["markdown"].contains("- `gone.md`: there is no such file"));
}

#[test]
fn two_reports_never_share_a_place() {
    let here = root().join("examples");
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (a, b) = (format!("json={}", at("a")), format!("sarif={}", at("./x/../a")));
    for reports in [["text", "json"], ["github", "github"], [&a, &b]] {
        let run = speclint(&here, &["check", "integrated.md", "--report", reports[0], "--report", reports[1]]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains("already"), "{run:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_report_that_cannot_be_written_is_no_pass_and_keeps_no_other_from_being_written() {
    let here = root().join("examples");
    let folder = tempfile::tempdir().unwrap();
    let (gone, there) = (folder.path().join("gone/a.sarif"), folder.path().join("a.json"));
    let (gone, there) = (format!("sarif={}", gone.display()), format!("json={}", there.display()));
    let run = speclint(&here, &["check", "integrated-clean.md", "--report", &gone, "--report", &there]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("a.sarif: the report cannot be written: there is no folder"), "{run:?}");
    json(&fs::read_to_string(folder.path().join("a.json")).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn no_report_overwrites_what_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["integrated-clean.md", "source.md", "inventory.md"] {
        fs::copy(root().join("examples").join(name), folder.path().join(name)).unwrap();
    }
    let before = fs::read_to_string(folder.path().join("source.md")).unwrap();
    let run = speclint(folder.path(), &["check", "integrated-clean.md", "--report", "json=./source.md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("would overwrite `source.md`"), "{run:?}");
    assert_eq!(fs::read_to_string(folder.path().join("source.md")).unwrap(), before);
}

#[test]
fn help_lists_the_formats() {
    let help = speclint(&root(), &["check", "--help"]).out;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for format in FORMATS {
        assert!(help.contains(&format!(" {format}")), "{format}");
    }
    let run = speclint(&root(), &["check", "--report", "html"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`html` is no report format"), "{run:?}");
}

/// A repository whose file names, documents and rule pages try all that could steer a terminal, a build log or a page.
#[cfg(unix)]
fn hostile() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::create_dir(here.join(".git")).unwrap();
    fs::create_dir_all(here.join("rules/stack")).unwrap();
    let evil = "\u{1b}]0;x\u{7}\u{1b}[31m \u{202e}x ##[error]y </details><script>alert(1)</script> ]]> ![i](http://a.b) @octocat #12 `";
    fs::write(
        here.join("rules/stack/evil.md"),
        format!("+++\nlevel = \"error\"\nengine = \"stack\"\nsummary = \"no \\u001b[31m ##[error]x </details>\"\nname = \"Evil\\n::error::name\"\nhelp = \"\\n::error::help @octocat\"\nwords = [\"Evil\"]\n+++\n\n# evil\n\n::error::page {evil}\n\n## Fails\n"),
    )
    .unwrap();
    fs::write(here.join("speclint.toml"), "checks = [\"rules\"]\n").unwrap();
    let spec = format!(
        "# X {evil} - Integrated Extension Specification\n\n**Source Document:** `{evil}`\n\n## SECTION 1: A|B {evil} - INTEGRATED\n\n#### FR-1.1: {evil}\n\n**Description:** Evil\n::error title=x::y\n  ::error::z {evil}\n\n```sql\nCREATE TABLE \"a\u{1b}[31m\n::error::t\" (id INT);\n```\n\n| {evil} | Evil |\n"
    );
    fs::write(here.join("a\n::error title=x::y.md"), &spec).unwrap();
    fs::write(here.join("##[error]\u{1b}[2J\u{202e}<b>]]>.md"), &spec).unwrap();
    folder
}

#[cfg(unix)]
#[test]
fn nothing_hostile_gets_through_any_format() {
    let folder = hostile();
    let (run, reports) = all_formats(folder.path(), &["."]);
    assert_eq!(run.code, 1, "{run:?}");
    let on_terminal = speclint(folder.path(), &["check", ".", "--verbose"]);
    let explained = speclint(folder.path(), &["explain", "evil"]);
    let listed = speclint(folder.path(), &["rules"]);
    let tested = speclint(folder.path(), &["rules", "--test"]);
    let missing = speclint(folder.path(), &["check", "b\n::error::x\u{1b}[31m"]);
    let prints = [on_terminal, explained, listed, tested, missing];
    let prints = prints.iter().flat_map(|run| [("stdout", run.out.as_str()), ("stderr", run.err.as_str())]);
    for (name, text) in reports.iter().map(|(name, text)| (*name, text.as_str())).chain(prints) {
        for line in text.lines() {
            let bad = |c: char| {
                c.is_control()
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!line.contains(bad), "{name}: {line:?}");
            assert!(!line.contains("##["), "{name}: {line:?}");
            assert!(name == "github" || !line.trim_start().starts_with("::"), "{name}: {line:?}");
        }
    }
    let findings = json(&reports["json"]);
    assert!(items(&findings, "/findings").len() > 20);
    assert!(items(&findings, "/findings").iter().any(|finding| finding["rule"] == "evil"));

    for line in reports["github"].lines() {
        let own = ["::error file=", "::warning file=", "::notice file=", "::notice title=speclint::"];
        assert!(own.iter().any(|start| line.starts_with(start)), "{line}");
    }
    assert_valid_sarif(&reports["sarif"]);
    roxmltree::Document::parse(&reports["junit"]).unwrap();
    let markdown = &reports["markdown"];
    assert!(!markdown.contains("<script") && !markdown.contains("](http://"));
    assert_eq!(markdown.matches("<details>").count(), markdown.matches("\n</details>\n").count());
    assert_same_without_code(markdown);
}

/// Outside code, nothing in `markdown` is a mention, an image or a link but to a rule's page.
#[cfg(unix)]
fn assert_same_without_code(markdown: &str) {
    for line in markdown.lines() {
        let mut parts = line.split('`');
        while let Some(plain) = parts.next() {
            assert!(!plain.contains("@octocat") && !plain.contains("#12") && !plain.contains("!["), "{line}");
            parts.next();
        }
    }
}

#[test]
fn paths_are_seen_from_the_root_of_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs/ü ber");
    fs::create_dir_all(&docs).unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for name in ["integrated.md", "source.md"] {
        fs::copy(root().join("examples").join(name), docs.join(name)).unwrap();
    }
    let (_, at_the_root) = all_formats(folder.path(), &["docs/ü ber/integrated.md"]);
    assert!(at_the_root["github"].starts_with("::error file=docs/ü ber/integrated.md,"));
    let (_, reports) = all_formats(&docs, &["integrated.md"]);
    let sarif = assert_valid_sarif(&reports["sarif"]);
    let uri = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation";
    assert_eq!(text(&sarif, &format!("{uri}/uri")), "docs/%C3%BC%20ber/integrated.md");
    assert_eq!(text(&sarif, &format!("{uri}/uriBaseId")), "%SRCROOT%");
    assert!(!reports["sarif"].contains("file://"));
    assert!(reports["github"].starts_with("::error file=docs/ü ber/integrated.md,"));
    assert_eq!(text(&json(&reports["gitlab"]), "/0/location/path"), "docs/ü ber/integrated.md");
    assert_eq!(text(&json(&reports["json"]), "/findings/0/file"), "integrated.md");
}
