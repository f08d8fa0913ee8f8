//! What holds for every format.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::fixtures::{all_of, checklist, hostile, ordinary, place, with_setting};
use super::sanitise::tests::{assert_harmless, hostile as hostile_text};
use super::{Detail, Format, Options};
use crate::diagnostics::{Finding, Level, Problem, Report, Summary};

const VERBOSE: Options = Options { colour: false, width: 80, detail: Detail::Verbose, statistics: true };

fn written(format: Format, report: &Report, options: &Options) -> String {
    let mut out = Vec::new();
    with_setting(|setting| format.write(report, setting, options, &mut out)).unwrap();
    String::from_utf8(out).unwrap()
}

/// What is written, without what changes with each version and each rule that is added.
fn snapshot(format: Format, report: &Report, options: &Options) -> String {
    let text = written(format, report, options).replace(env!("CARGO_PKG_VERSION"), "0.0.0");
    if format != Format::Sarif {
        return text;
    }
    let mut in_rules = false;
    let mut is_kept = |line: &&str| {
        let was_in_rules = in_rules;
        in_rules = match *line {
            "          \"rules\": [" => true,
            "          ]" => false,
            _ => in_rules,
        };
        !(was_in_rules && in_rules || line.contains("\"ruleIndex\""))
    };
    text.split_inclusive('\n').filter(|line| is_kept(&line.trim_end())).collect()
}

fn clean() -> Report {
    let summary = Summary { files: 2, specs: 1, ..Summary::default() };
    Report { summary, checklist: checklist("specs/orchard.md", &[Some("1")]), ..Report::default() }
}

#[test]
fn ordinary_findings() {
    for format in Format::ALL {
        insta::assert_snapshot!(format!("ordinary-{format}"), snapshot(format, &ordinary(), &VERBOSE));
    }
}

#[test]
fn hostile_names_and_lines() {
    for format in Format::ALL {
        insta::assert_snapshot!(format!("hostile-{format}"), snapshot(format, &hostile(), &VERBOSE));
    }
}

#[test]
fn no_findings() {
    for format in Format::ALL {
        insta::assert_snapshot!(format!("clean-{format}"), snapshot(format, &clean(), &Options::default()));
    }
}

#[test]
fn many_sections_are_split_into_blocks() {
    let sections: Vec<_> = (1..=23).map(|number| number.to_string()).collect();
    let sections: Vec<_> = sections.iter().map(|section| Some(section.as_str())).collect();
    let report = Report { checklist: checklist("specs/orchard.md", &sections), ..Report::default() };
    insta::assert_snapshot!(written(Format::Text, &report, &Options::default()));
}

#[test]
fn a_spec_with_absurdly_many_sections_does_not_flood_the_report() {
    let sections: Vec<_> = (1..=5_000).map(|number| number.to_string()).collect();
    let sections: Vec<_> = sections.iter().map(|section| Some(section.as_str())).collect();
    let report = Report { checklist: checklist("specs/orchard.md", &sections), ..Report::default() };
    let text = written(Format::Text, &report, &Options::default());
    assert!(text.contains("\n4900 more sections are not shown here") && text.lines().count() < 250);
}

#[test]
fn quiet_writes_errors_and_warnings_only() {
    let quiet = Options { detail: Detail::Quiet, ..Options::default() };
    assert_eq!(written(Format::Concise, &ordinary(), &quiet).lines().count(), 6);
    let text = written(Format::Text, &ordinary(), &quiet);
    assert!(!text.contains("Checklist") && !text.contains("Checked") && !text.contains("note["));
    assert_eq!(written(Format::Text, &clean(), &quiet), "");
}

#[test]
fn notes_are_counted_unless_asked_for() {
    for format in [Format::Text, Format::Concise] {
        let usual = written(format, &ordinary(), &Options::default());
        assert!(!usual.contains("note[no-s3-sdk]") && usual.contains("1 note (shown with --verbose)"));
        assert!(written(format, &ordinary(), &VERBOSE).contains("note[no-s3-sdk]"));
    }
}

#[test]
fn ordinary_text_fits_into_80_columns() {
    for line in written(Format::Text, &ordinary(), &VERBOSE).lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
}

#[test]
fn colours_add_nothing_but_colours() {
    let colour = Options { colour: true, ..VERBOSE };
    for report in [ordinary(), hostile(), clean()] {
        let coloured = written(Format::Text, &report, &colour);
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), written(Format::Text, &report, &VERBOSE));
    }
}

#[test]
fn too_many_findings_are_counted_the_worst_being_kept() {
    let at = |number: usize| place(&format!("{number:05}.md"), "some text", "text");
    let warning = |number| Finding::new("no-swr", Level::Warning, at(number), "w");
    let mut findings: Vec<_> = (0..1_200).map(warning).collect();
    findings.extend((2_000..2_900).map(|number| warning(number).level(Level::Error)));
    let text = written(Format::Text, &Report::new(findings), &Options::default());
    assert_eq!(text.matches("error[").count(), 900);
    assert_eq!(text.matches("warning[").count(), 100);
    assert!(text.contains("\n1100 more findings are not shown here"));
}

#[test]
fn reports_grow_with_their_findings_and_no_faster() {
    let line = "a long line of text with an end ".repeat(12);
    let at = place("a.md", &line, "end");
    let finding = Finding::new("no-swr", Level::Error, at.clone(), "message").related(at, "there");
    let length = |format, count| written(format, &Report::new(vec![finding.clone(); count]), &VERBOSE).len();
    for format in Format::ALL {
        let (small, large) = (length(format, 500), length(format, 5_000));
        assert!(large < small * 11, "{format}: {small} bytes for 500 findings, {large} for 5,000");
    }
}

#[test]
fn json_has_the_keys_of_the_contract_in_their_order() {
    let json = written(Format::Json, &ordinary(), &Options::default());
    let keys: Vec<_> =
        json.lines().filter_map(|line| Some(line.trim().strip_prefix('"')?.split_once("\":")?.0)).collect();
    let head = [
        "version", "tool", "name", "version", "summary", "files", "specs", "errors", "warnings", "notes", "suppressed",
        "checklist", "spec", "section", "item", "verdict", "findings",
    ];
    assert_eq!(keys[..head.len()], head);
    let finding = [
        "rule", "level", "item", "message", "file", "line", "column", "end_line", "end_column", "byte_start",
        "byte_end", "section", "feature", "related", "file", "line", "column", "message", "file", "line", "column",
        "message", "help", "fingerprint", "fixable",
    ];
    let first = keys.iter().position(|&key| key == "rule").unwrap();
    assert_eq!(keys[first..][..finding.len()], finding);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_text_can_steer_a_terminal_or_a_build_log(text in hostile_text(), width in prop_oneof![0usize..120, Just(usize::MAX)]) {
        let report = all_of(&text);
        // SARIF, which holds all rule pages, has fewer cases below.
        for format in Format::ALL.into_iter().filter(|format| ![Format::Github, Format::Sarif].contains(format)) {
            assert_harmless(&written(format, &report, &Options { width, ..VERBOSE }));
        }
    }

    #[test]
    fn no_text_forges_an_annotation(text in hostile_text()) {
        let annotations = written(Format::Github, &all_of(&text), &VERBOSE);
        prop_assert_eq!(annotations.lines().count(), 4);
        for line in annotations.lines() {
            // As the runner reads it: the name up to the first space, properties up to the next `::`.
            let (head, data) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).unwrap();
            let (name, properties) = head.split_once(' ').unwrap();
            prop_assert!(["error", "warning", "notice"].contains(&name));
            let keys = properties.split(',').map(|property| property.split_once('=').unwrap().0);
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            prop_assert!(keys.clone().all(|key| known.contains(&key)));
            prop_assert_eq!(keys.collect::<BTreeSet<_>>().len(), properties.split(',').count());
            assert_harmless(head);
            assert_harmless(data);
        }
    }

    #[test]
    fn json_holds_the_original_text(text in hostile_text()) {
        let json: serde_json::Value = serde_json::from_str(&written(Format::Json, &all_of(&text), &VERBOSE)).unwrap();
        for pointer in ["/findings/0/message", "/findings/0/file", "/findings/0/help", "/findings/0/rule",
            "/findings/0/section", "/findings/0/related/0/message", "/checklist/0/spec", "/checklist/0/section"] {
            prop_assert_eq!(json.pointer(pointer).and_then(serde_json::Value::as_str), Some(text.as_str()));
        }
    }
}

#[test]
fn annotations_stay_within_the_limits_of_a_step() {
    let at = |number: usize| place(&format!("{number:05}.md"), "some text", "text");
    let of = |level, numbers: std::ops::Range<usize>| {
        numbers.map(move |number| Finding::new("no-swr", level, at(number), "m".repeat(9_000)).help("h"))
    };
    let mut report =
        Report::new(of(Level::Note, 0..15).chain(of(Level::Error, 20..32)).chain(of(Level::Warning, 40..51)).collect());
    report.problems = vec![Problem::new("x.md", "unreadable")];
    let text = written(Format::Github, &report, &VERBOSE);
    let of_type = |kind| text.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!((of_type("::error "), of_type("::warning "), of_type("::notice ")), (10, 10, 10));
    let last = text.lines().next_back().unwrap();
    assert!(last.contains("3 more errors, 1 more warning, 6 more notes have no annotation"), "{last}");
    let mut kinds: Vec<_> = text.lines().map(|line| line.split(' ').next().unwrap()).collect();
    kinds.dedup();
    assert_eq!(kinds, ["::error", "::warning", "::notice"], "the worst go first");
    assert!(text.lines().all(|line| line.rsplit("::").next().unwrap().chars().count() <= 4_096));
}

#[test]
fn sarif_keeps_the_worst_results_and_says_what_is_left_out() {
    let at = place("a.md", "some text", "text");
    let mut findings = vec![Finding::new("no-swr", Level::Note, at.clone(), "n"); 25_000];
    findings.push(Finding::new("no-swr", Level::Error, at, "e"));
    let json: serde_json::Value =
        serde_json::from_str(&written(Format::Sarif, &Report::new(findings), &VERBOSE)).unwrap();
    let results = json.pointer("/runs/0/results").and_then(serde_json::Value::as_array).unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.iter().filter(|result| result["level"] == "error").count(), 1);
    let note = json.pointer("/runs/0/invocations/0/toolExecutionNotifications/0/message/text").unwrap();
    assert_eq!(note, "1 more findings are left out; the format `json` lists all.");
}

#[test]
fn sarif_names_each_rule_by_id_and_index() {
    let json: serde_json::Value = serde_json::from_str(&written(Format::Sarif, &ordinary(), &VERBOSE)).unwrap();
    let rules = json.pointer("/runs/0/tool/driver/rules").and_then(serde_json::Value::as_array).unwrap();
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len());
    for result in json.pointer("/runs/0/results").and_then(serde_json::Value::as_array).unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_text_can_steer_a_terminal_through_sarif(text in hostile_text()) {
        let sarif = written(Format::Sarif, &all_of(&text), &VERBOSE);
        assert_harmless(&sarif);
        let json: serde_json::Value = serde_json::from_str(&sarif).unwrap();
        prop_assert_eq!(json.pointer("/runs/0/results/0/ruleId").and_then(serde_json::Value::as_str), Some(text.as_str()));
    }
}
