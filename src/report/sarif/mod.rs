//! `sarif`: SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>), for code scanning.
//!
//! Within what GitHub accepts
//! (<https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>):
//! paths are relative to the repository's root, columns count code points, each result has a place and a fingerprint.
//! Suppressed findings are left out: GitHub would show them as open alerts.

mod place;
mod rules;

use std::io::{self, Write};

use serde::Serialize;

use super::worst::worst;
use super::{Setting, sanitise};
use crate::diagnostics::{Applicability, Edit, Finding, Level, Problem, Report};
use place::{Artifact, Located, Region};
use rules::Rule;

/// Most results of a run that GitHub takes.
const MOST_RESULTS: usize = 25_000;
/// Most places of a result that GitHub takes, the result's own aside.
const MOST_RELATED: usize = 999;
/// Most notifications of things that could not be checked.
const MOST_NOTIFICATIONS: usize = 1_000;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    automation_details: Id,
    invocations: [Invocation; 1],
    original_uri_base_ids: BaseIds,
    column_kind: &'static str,
    #[serde(serialize_with = "one_by_one")]
    results: Results<'a>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    full_name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Id {
    id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Whole>,
}

/// A whole file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    physical_location: WholePlace,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WholePlace {
    artifact_location: Artifact,
}

#[derive(Serialize)]
struct BaseIds {
    #[serde(rename = "%SRCROOT%")]
    root: BaseId,
}

#[derive(Serialize)]
struct BaseId {
    description: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// The results, made while they are written: there may be many.
struct Results<'a> {
    findings: Vec<&'a Finding>,
    report: &'a Report,
    setting: &'a Setting<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: Level,
    message: Text,
    locations: [Located; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Located>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fixed>,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Fingerprints {
    /// A key of our own: uploaders compute `primaryLocationLineHash` themselves.
    #[serde(rename = "speclint/v1")]
    own: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fixed {
    description: Text,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feature: Option<&'a str>,
}

impl Properties<'_> {
    fn is_empty(&self) -> bool {
        self.section.is_none() && self.feature.is_none()
    }
}

/// Writes all of `report`, notes included; beyond [`MOST_RESULTS`] findings the worst, and says that it is so.
pub(super) fn write(report: &Report, setting: &Setting<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (findings, left_out) = worst(report.findings.iter(), MOST_RESULTS);
    let version = env!("CARGO_PKG_VERSION");
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        full_name: concat!("speclint ", env!("CARGO_PKG_VERSION")),
        version,
        semantic_version: version,
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: setting.rules.pages().iter().map(Rule::of).collect(),
    };
    let root = BaseId { description: Text::new("The root of the repository, or else the working directory.") };
    let run = Run {
        tool: Tool { driver },
        automation_details: Id { id: "speclint/" },
        invocations: [Invocation {
            execution_successful: report.problems.is_empty(),
            tool_execution_notifications: notifications(&report.problems, left_out, setting),
        }],
        original_uri_base_ids: BaseIds { root },
        column_kind: "unicodeCodePoints",
        results: Results { findings, report, setting },
    };
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    sanitise::json::write(&Log { schema, version: "2.1.0", runs: [run] }, out)
}

fn notifications(problems: &[Problem], left_out: usize, setting: &Setting<'_>) -> Vec<Notification> {
    let mut all: Vec<_> = problems.iter().take(MOST_NOTIFICATIONS).map(|one| Notification::of(one, setting)).collect();
    let more = problems.len().saturating_sub(MOST_NOTIFICATIONS);
    let mut say = |level, text: String| all.push(Notification { level, message: Text { text }, locations: Vec::new() });
    if more > 0 {
        say("error", format!("{more} more files or folders could not be checked."));
    }
    if left_out > 0 {
        say("warning", format!("{left_out} more findings are left out; the format `json` lists all."));
    }
    all
}

impl Notification {
    fn of(problem: &Problem, setting: &Setting<'_>) -> Self {
        let place = |path| Whole { physical_location: WholePlace { artifact_location: Artifact::of(path, setting) } };
        let locations = if problem.path.is_empty() { Vec::new() } else { vec![place(&problem.path)] };
        Self { level: "error", message: Text::sentence(&problem.to_string()), locations }
    }
}

impl Text {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// `text` with a full stop, and without links: brackets and parentheses in it come from documents.
    fn sentence(text: &str) -> Self {
        let stop = if text.ends_with('.') { "" } else { "." };
        Self { text: format!("{}{stop}", text.replace("](", "\\](")) }
    }
}

fn one_by_one<S: serde::Serializer>(results: &Results<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(results.findings.iter().map(|finding| results.entry(finding)))
}

impl<'a> Results<'a> {
    fn entry(&self, finding: &'a Finding) -> Entry<'a> {
        let related = finding.related.iter().take(MOST_RELATED).enumerate();
        let message = match &finding.help {
            // Code scanning wants a full stop at the end.
            Some(help) if help.ends_with('?') => Text::sentence(&format!("{} ({help})", finding.message)),
            Some(help) => Text::sentence(&format!("{}.\nHelp: {help}", finding.message)),
            None => Text::sentence(&finding.message),
        };
        Entry {
            rule_id: &finding.rule,
            rule_index: self.setting.rules.position(&finding.rule),
            level: finding.level,
            message,
            locations: [Located::of(&finding.location, self.report, self.setting)],
            related_locations: related
                .map(|(id, related)| {
                    Located::of(&related.location, self.report, self.setting).explained(id, &related.message)
                })
                .collect(),
            partial_fingerprints: Fingerprints { own: finding.fingerprint.to_string() },
            fixes: self.fix(finding).into_iter().collect(),
            properties: Properties { section: finding.section.as_deref(), feature: finding.feature.as_deref() },
        }
    }

    /// The fix, if there is one and its file is at hand. An unsafe one says so: SARIF knows no difference.
    fn fix(&self, finding: &Finding) -> Option<Fixed> {
        let (fix, file) = (finding.fix.as_ref()?, self.report.file(&finding.location.path)?);
        let caution = match fix.applicability {
            Applicability::Safe => "",
            Applicability::Unsafe => " (look at the result: it may not be what is meant)",
        };
        let replacement = |edit: &Edit| Replacement {
            deleted_region: Region::of(edit.span, file),
            inserted_content: Text::new(&edit.replacement),
        };
        let change = Change {
            artifact_location: Artifact::of(&finding.location.path, self.setting),
            replacements: fix.edits.iter().map(replacement).collect(),
        };
        Some(Fixed { description: Text::sentence(&format!("{}{caution}", fix.title)), artifact_changes: [change] })
    }
}
