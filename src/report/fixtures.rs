//! Reports built by hand.

use std::sync::{Arc, LazyLock};

use super::Setting;
use crate::checks::RuleSet;
use crate::config::FailOn;
use crate::diagnostics::{
    ChecklistRow, Edit, Fidelity, Finding, Fix, Level, Location, Problem, Report, Summary, Tally, Verdict,
};
use crate::text::{SourceFile, Span};

/// The integrated spec of a fruit growers' cooperative, as far as the findings need it.
const SPEC: &str = "\
# Orchard Cooperative - Integrated Extension Specification

## SECTION 2: Harvest - INTEGRATED

#### FR-2.1: Record a harvest
**Description**: Growers record each crate with variety, weight and the row of trees that it came from, so that the cooperative can pay by weight.

```sql
CREATE TABLE crates (
\tid UUID PRIMARY KEY DEFAULT gen_random_uuid(),
\tweight_kg NUMERIC NOT NULL,
\trow_label TEXT,
\tpicked_on DATE
);
```

```ts
import useSWR from 'swr';
const 樹 = '🍎 りんご'; const client = new PrismaClient();
```
";

/// Its source.
const SOURCE: &str = "\
# Orchard Cooperative

## SECTION 2: Harvest

#### FR-2.1: Record a harvest
- **Description**: Growers record every crate.

#### FR-2.2: Weigh a crate
";

/// Runs `work` with the built-in rules, in the folder `docs` of a repository.
pub(super) fn with_setting<T>(work: impl FnOnce(&Setting<'_>) -> T) -> T {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::new(Vec::new()).unwrap());
    work(&Setting { rules: &RULES, fail_on: FailOn::Error, folder: "docs" })
}

/// The place of the first `part` in the file `path` with `text`.
pub(super) fn place(path: &str, text: &str, part: &str) -> Location {
    let file = SourceFile::new(path, text.into());
    let start = text.find(part).unwrap();
    Location::of(&file, Span::new(start, start + part.len()))
}

fn in_spec(part: &str) -> Location {
    place("specs/orchard.md", SPEC, part)
}

fn in_source(part: &str) -> Location {
    place("specs/orchard-source.md", SOURCE, part)
}

fn with_item(item: u8, finding: Finding) -> Finding {
    Finding { item: Some(item), ..finding }
}

/// Errors, warnings and notes of the usual kinds in one spec.
fn findings() -> Vec<Finding> {
    let table = SPEC.split_once("CREATE").and_then(|(_, rest)| rest.split_once("\n```")).unwrap().0;
    let description = SPEC.lines().find(|line| line.starts_with("**Description**")).unwrap();
    vec![
        with_item(5, Finding::new("no-swr", Level::Error, in_spec("'swr'"), "`swr` is imported"))
            .help("fetch with React Query: `useQuery`")
        .fix(Fix::risky(
            "import from React Query",
            vec![
                Edit::replace(in_spec("useSWR").span, "{ useQuery }"),
                Edit::replace(in_spec("'swr'").span, "'@tanstack/react-query'"),
            ],
        ))
            .section("2"),
        with_item(1, Finding::new("no-prisma", Level::Error, in_spec("PrismaClient"), "`PrismaClient` is used"))
            .fix(Fix::safe("take the line out", vec![Edit::remove(in_spec("const client = new PrismaClient();").span)]))
            .section("2"),
        with_item(
            11,
            Finding::new(
                "rls-enabled",
                Level::Error,
                in_spec(&format!("CREATE{table}")),
                "table `crates` never has row level security enabled",
            ),
        )
        .help("add `ALTER TABLE crates ENABLE ROW LEVEL SECURITY;`")
        .section("2")
        .feature("FR-2.1")
        .subject("crates"),
        with_item(
            13,
            Finding::new(
                "description-unchanged",
                Level::Error,
                in_spec(description),
                "the description of `FR-2.1` differs from the source's: wording (`each` for `every`, words added)",
            ),
        )
        .related(in_source("- **Description**: Growers record every crate."), "the source says this")
        .help("copy the source's description, byte for byte; what the codebase adds belongs into the implementation block")
        .section("2")
        .feature("FR-2.1"),
        Finding::new("feature-missing", Level::Error, in_spec("## SECTION 2"), "feature `FR-2.2: Weigh a crate` is gone")
            .related(in_source("#### FR-2.2: Weigh a crate"), "the source defines it here")
            .related(in_spec("weight_kg"), "the table that it would fill")
            .section("2"),
        Finding::new("count-mismatch", Level::Warning, in_spec("each crate"), "one crate is announced, none follows"),
        Finding::new("no-s3-sdk", Level::Note, in_spec("the row of trees"), "`S3` is mentioned"),
    ]
}

/// An ordinary report.
pub(super) fn ordinary() -> Report {
    let mut report = Report::new(findings());
    report.summary = Summary { files: 2, specs: 1, suppressed: 1, ..report.summary };
    let file = |path: &str, text: &str| Arc::new(SourceFile::new(path, text.into()));
    report.files = vec![file("specs/orchard-source.md", SOURCE), file("specs/orchard.md", SPEC)];
    report.read = ["specs/clean.md", "specs/orchard-source.md", "specs/orchard.md"].map(Into::into).to_vec();
    report.checklist = checklist("specs/orchard.md", &[Some("1"), Some("2"), None]);
    report.fidelity = vec![Fidelity {
        spec: "specs/orchard.md".into(),
        sections: Tally { total: 7, kept: 3, missing: 4, ..Tally::default() },
        features: Tally { total: 33, changed: 5, missing: 28, ..Tally::default() },
        criteria: Tally { total: 120, kept: 80, moved: 10, changed: 20, skipped: 8, missing: 2 },
        endpoints: Tally::default(),
        models: Tally { total: 4, kept: 4, ..Tally::default() },
        tasks: Tally { total: 1, kept: 1, ..Tally::default() },
    }];
    report
}

/// Every item for each of `sections`: item 5 fails in section 2, item 8 applies nowhere.
pub(super) fn checklist(spec: &str, sections: &[Option<&str>]) -> Vec<ChecklistRow> {
    let row = |section: Option<&str>, item| {
        let (verdict, findings) = match (section, item) {
            (Some("2"), 5) => (Verdict::Fail, 3),
            (None, _) | (_, 8) => (Verdict::NotApplicable, 0),
            _ => (Verdict::Pass, 0),
        };
        ChecklistRow { spec: spec.into(), section: section.map(str::to_owned), item, verdict, findings }
    };
    sections.iter().flat_map(|&section| (1..=15).map(move |item| row(section, item))).collect()
}

/// A report in which every text is `text`.
pub(super) fn all_of(text: &str) -> Report {
    let file = SourceFile::new(text, text.into());
    let borders: Vec<_> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
    let middle = borders[borders.len() / 2];
    let at = |start, end| Location::of(&file, Span::new(start, end));
    let finding = |level, location| {
        Finding::new(text, level, location, text)
            .help(text)
            .fix(Fix::risky(text, vec![Edit::replace(Span::new(0, middle), text)]))
            .section(text)
            .feature(text)
            .related(at(middle, text.len()), text)
            .related(at(0, 0), text)
    };
    let mut report = Report::new(vec![
        finding(Level::Error, at(0, text.len())),
        finding(Level::Warning, at(0, middle)),
        finding(Level::Note, at(text.len(), text.len())),
    ]);
    report.files = vec![Arc::new(file)];
    report.problems = vec![Problem::new(text, text)];
    report.checklist = checklist(text, &[Some(text), None]);
    report.fidelity = vec![Fidelity { spec: text.into(), ..ordinary().fidelity[0].clone() }];
    report
}

/// Names and lines that try to steer a terminal or a build log.
pub(super) fn hostile() -> Report {
    let path = "a\n::error title=x::y";
    let text = "x\n  ::error::forged\n\u{1b}[2Jgone \u{202e}desrever\u{202c} ##[error]end\n";
    let command = "::warning file=a::b";
    let mut report = Report::new(vec![
        Finding::new("no-swr", Level::Error, place(path, text, "::error::forged"), "seen:\n::error::message"),
        Finding::new("no-swr", Level::Error, place(command, text, "gone"), "##[error]message").help("::help\u{1b}[31m"),
        Finding::new("no-swr", Level::Error, place(" ::set-output::", text, "end"), "\u{9b}31m\u{7f}message"),
    ]);
    report.files = vec![Arc::new(SourceFile::new(path, text.into()))];
    report.problems = vec![Problem::new("]]>\n::error::<b>", "##[error]\u{1b}[1m `@octocat` #1 ![x](http://a.b)")];
    report.checklist = checklist(path, &[Some("1\n::error::x and much more text")]);
    report
}
