//! The examples on rule pages, run as tests: `speclint rules --test`, and the project's own tests.
//!
//! Below `## Fails` and `## Passes` each `###` heading is an example. Its fences with the info string
//! `markdown integrated`, `markdown source` and `markdown inventory` are files. A line of the integrated one that ends
//! in ` ⟸ error` (or `warning`, `note`) expects a finding of the page's rule there; the mark is taken off first.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::PathBuf;

use crate::checks::RuleSet;
use crate::checks::page::{Engine, Page};
use crate::config::{Draft, Overrides};
use crate::diagnostics::{Applicability, Finding, Level};
use crate::fix;
use crate::markdown::{Document, within};
use crate::pipeline::Checker;
use crate::text::{SourceFile, Span};

/// How an example went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The example's heading.
    pub title: String,
    /// What does not hold; `None` where all does.
    pub failure: Option<String>,
}

const MARK: &str = " ⟸ ";

/// A file of an example: its text without marks, and what is expected on which line.
struct ExampleFile {
    text: String,
    expected: BTreeSet<(usize, Level)>,
    encoding: Option<String>,
}

/// Runs the examples of a page. A page without any has one outcome, which says so.
pub fn run(page: &Page, rules: &RuleSet) -> Vec<Outcome> {
    let file = SourceFile::new(format!("{}.md", page.id), page.documentation().as_bytes().to_vec());
    let document = Document::new(&file);
    let mut outcomes = Vec::new();
    for (part, title, span) in examples(&document) {
        let failure = example(page, rules, &document, span, part == "Fails").err();
        outcomes.push(Outcome { title: title.to_owned(), failure });
    }
    if outcomes.is_empty() {
        let failure = Some("the page has no examples below `## Fails` and `## Passes`".to_owned());
        outcomes.push(Outcome { title: "examples".to_owned(), failure });
    }
    outcomes
}

/// The examples of a page: the part in which each stands, its heading's text, and what stands below it.
fn examples<'d>(document: &'d Document<'_>) -> impl Iterator<Item = (&'d str, &'d str, Span)> {
    let mut part = "";
    document.headings.iter().enumerate().filter_map(move |(index, heading)| {
        let text = document.slice(heading.text);
        if heading.level == 2 {
            part = text;
        }
        let next = document.headings.get(index + 1);
        let end = next.map_or(document.file.text().len(), |next| next.span.start);
        let is_example = heading.level == 3 && matches!(part, "Fails" | "Passes");
        is_example.then(|| (part, text, Span::new(heading.span.end, end)))
    })
}

/// The files of an example.
struct ExampleFiles {
    integrated: ExampleFile,
    source: Option<ExampleFile>,
    inventory: Option<ExampleFile>,
}

fn files(document: &Document<'_>, span: Span) -> Result<ExampleFiles, String> {
    let file = |role: &str| {
        let fences = within(&document.fences, span).iter();
        let is_role = |info: &str| info.split_whitespace().nth(1) == Some(role);
        let fence = fences.into_iter().find(|fence| is_role(document.slice(fence.info)))?;
        Some(read(document.slice(fence.content), document.slice(fence.info)))
    };
    let integrated = file("integrated").ok_or("there is no `markdown integrated` fence")??;
    Ok(ExampleFiles { integrated, source: file("source").transpose()?, inventory: file("inventory").transpose()? })
}

fn example(page: &Page, rules: &RuleSet, document: &Document<'_>, span: Span, fails: bool) -> Result<(), String> {
    let files = files(document, span)?;
    let integrated = &files.integrated;
    let breaks = integrated.expected.iter().any(|&(_, level)| level >= Level::Warning)
        || page.level == Level::Note && !integrated.expected.is_empty();
    if fails && !breaks {
        return Err("an example below `## Fails` expects nothing".to_owned());
    }
    if !fails && breaks {
        return Err("an example below `## Passes` expects more than notes".to_owned());
    }
    let found = findings(page, rules, &files)?;
    if found == integrated.expected {
        return Ok(());
    }
    let list = |set: Vec<&(usize, Level)>| {
        set.iter().map(|(line, level)| format!("{level} on line {line}")).collect::<Vec<_>>().join(", ")
    };
    let missing = list(integrated.expected.difference(&found).collect());
    let unexpected = list(found.difference(&integrated.expected).collect());
    let said = |what: &str, list: String| if list.is_empty() { String::new() } else { format!("{what} {list}; ") };
    Err(format!("{}{}", said("expected", missing), said("found", unexpected)).trim_end_matches("; ").to_owned())
}

/// Takes the marks off the lines.
fn read(text: &str, info: &str) -> Result<ExampleFile, String> {
    let mut clean = String::with_capacity(text.len());
    let mut expected = BTreeSet::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let ending = line.len() - line.trim_end_matches(['\n', '\r']).len();
        let (content, end) = line.split_at(line.len() - ending);
        match content.rsplit_once(MARK) {
            Some((before, level)) => {
                expected.insert((index + 1, level.trim().parse()?));
                clean.push_str(before);
            }
            None => clean.push_str(content),
        }
        clean.push_str(end);
    }
    let encoding = info.split_whitespace().find_map(|word| word.strip_prefix("encoding=")).map(str::to_owned);
    Ok(ExampleFile { text: clean, expected, encoding })
}

/// The findings of the page's rule.
fn findings(page: &Page, rules: &RuleSet, files: &ExampleFiles) -> Result<BTreeSet<(usize, Level)>, String> {
    let checker = checker(page, rules)?;
    let findings = check(&checker, files, encoded(&files.integrated));
    let own = findings.iter().filter(|finding| is_own(page, finding));
    Ok(own.map(|finding| (finding.location.start.line, finding.level)).collect())
}

fn is_own(page: &Page, finding: &Finding) -> bool {
    *finding.rule == *page.id && *finding.location.path == *"integrated.md"
}

/// A stack page runs alone; the others run together, as a suppression is only used where another rule speaks.
fn checker(page: &Page, rules: &RuleSet) -> Result<Checker, String> {
    let select = if page.engine == Engine::Stack { vec![page.id.to_string()] } else { Vec::new() };
    let overrides = Overrides { select, ..Overrides::default() };
    let config =
        Draft::defaults(PathBuf::new()).resolve(&rules.known(), &overrides).map_err(|error| error.to_string())?;
    let own = if crate::checks::page::PAGES.iter().any(|known| known.id == page.id) {
        Vec::new()
    } else {
        vec![page.clone()]
    };
    let rules = RuleSet::new(own).map_err(|id| format!("the rule `{id}` exists twice"))?;
    Ok(Checker::new(rules, config, PathBuf::new()))
}

/// All findings where the integrated file has these bytes.
fn check(checker: &Checker, files: &ExampleFiles, integrated: Vec<u8>) -> Vec<Finding> {
    let file = |example: &ExampleFile, name: &str| SourceFile::new(name, encoded(example));
    let source = files.source.as_ref().map(|example| file(example, "source.md"));
    let inventory = files.inventory.as_ref().map(|example| file(example, "inventory.md"));
    checker.check_pair(&SourceFile::new("integrated.md", integrated), source.as_ref(), inventory.as_ref())
}

/// What the fixes of a rule make of one of its examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The example's heading.
    pub title: String,
    /// How sure the fixes are that the rule offers there; empty where it offers none.
    pub offered: BTreeSet<Applicability>,
    /// What the fixes change in the integrated file, as a unified diff.
    pub diff: String,
    /// Findings of the rule that still offer a fix: it did no good, or made errors.
    pub left: Vec<String>,
    /// Whether repairing the repaired file changes nothing.
    pub is_stable: bool,
}

/// Applies the fixes of a page's rule, and of no other, to the page's examples below `## Fails`.
///
/// # Errors
/// An example that cannot be read.
pub fn repair(page: &Page, rules: &RuleSet) -> Result<Vec<Repaired>, String> {
    let file = SourceFile::new(format!("{}.md", page.id), page.documentation().as_bytes().to_vec());
    let document = Document::new(&file);
    let checker = checker(page, rules)?;
    let mut repaired = Vec::new();
    for (title, span) in examples(&document).filter(|(part, ..)| *part == "Fails").map(|(_, title, span)| (title, span))
    {
        let files = files(&document, span)?;
        let before = SourceFile::new("integrated.md", encoded(&files.integrated));
        let check = |texts: &[String]| -> Result<Vec<Finding>, Infallible> {
            let mut findings = check(&checker, &files, texts.concat().into_bytes());
            for finding in findings.iter_mut().filter(|finding| !is_own(page, finding)) {
                finding.fix = None;
            }
            Ok(findings)
        };
        let run = |text: &str| -> (String, String) {
            let Ok(repair) = fix::repair(&[("integrated.md", text)], Applicability::Unsafe, &check);
            let texts = repair.patches.iter().map(fix::Patch::text).collect();
            (texts, repair.patches.iter().map(|patch| fix::unified("integrated.md", patch)).collect())
        };
        let (text, diff) = run(before.text());
        let fixable = |text: &str| -> Vec<Finding> {
            let Ok(findings) = check(&[text.to_owned()]);
            findings.into_iter().filter(|finding| finding.fix.is_some()).collect()
        };
        let offered = fixable(before.text())
            .iter()
            .filter_map(|finding| finding.fix.as_ref())
            .map(|fix| fix.applicability)
            .collect();
        let left = fixable(&text).into_iter().map(|finding| finding.message).collect();
        let is_stable = run(&text).0 == text;
        repaired.push(Repaired { title: title.to_owned(), offered, diff, left, is_stable });
    }
    Ok(repaired)
}

/// The bytes of a file: UTF-8, or for an older encoding one byte a character; what Latin-1 lacks becomes a byte that no
/// UTF-8 text has.
fn encoded(example: &ExampleFile) -> Vec<u8> {
    match example.encoding {
        Some(_) => example.text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0x96)).collect(),
        None => example.text.clone().into_bytes(),
    }
}
