//! The examples on rule pages, run as tests: `speclint rules --test`, and the project's own tests.
//!
//! Below `## Fails` and `## Passes` each `###` heading is an example. Its fences with the info string
//! `markdown integrated`, `markdown source` and `markdown inventory` are files. A line of the integrated one that ends
//! in ` ⟸ error` (or `warning`, `note`) expects a finding of the page's rule there; the mark is taken off first.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::checks::RuleSet;
use crate::checks::page::{Engine, Page};
use crate::config::{Draft, Overrides};
use crate::diagnostics::Level;
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
    let mut part = "";
    for (index, heading) in document.headings.iter().enumerate() {
        let text = document.slice(heading.text);
        match heading.level {
            2 => part = text,
            3 if matches!(part, "Fails" | "Passes") => {
                let end = document.headings.get(index + 1).map_or(file.text().len(), |next| next.span.start);
                let span = Span::new(heading.span.end, end);
                let failure = example(page, rules, &document, span, part == "Fails").err();
                outcomes.push(Outcome { title: text.to_owned(), failure });
            }
            _ => {}
        }
    }
    if outcomes.is_empty() {
        let failure = Some("the page has no examples below `## Fails` and `## Passes`".to_owned());
        outcomes.push(Outcome { title: "examples".to_owned(), failure });
    }
    outcomes
}

fn example(page: &Page, rules: &RuleSet, document: &Document<'_>, span: Span, fails: bool) -> Result<(), String> {
    let file = |role: &str| {
        let fences = within(&document.fences, span).iter();
        let is_role = |info: &str| info.split_whitespace().nth(1) == Some(role);
        let fence = fences.into_iter().find(|fence| is_role(document.slice(fence.info)))?;
        Some(read(document.slice(fence.content), document.slice(fence.info)))
    };
    let integrated = file("integrated").ok_or("there is no `markdown integrated` fence")??;
    let source = file("source").transpose()?;
    let inventory = file("inventory").transpose()?;
    let breaks = integrated.expected.iter().any(|&(_, level)| level >= Level::Warning)
        || page.level == Level::Note && !integrated.expected.is_empty();
    if fails && !breaks {
        return Err("an example below `## Fails` expects nothing".to_owned());
    }
    if !fails && breaks {
        return Err("an example below `## Passes` expects more than notes".to_owned());
    }
    let found = findings(page, rules, &integrated, source.as_ref(), inventory.as_ref())?;
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

/// The findings of the page's rule. A stack page runs alone; the others run together, as a suppression is only used
/// where another rule speaks.
fn findings(
    page: &Page,
    rules: &RuleSet,
    integrated: &ExampleFile,
    source: Option<&ExampleFile>,
    inventory: Option<&ExampleFile>,
) -> Result<BTreeSet<(usize, Level)>, String> {
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
    let checker = Checker::new(rules, config, PathBuf::new());
    let file = |example: &ExampleFile, name: &str| SourceFile::new(name, encoded(example));
    let source = source.map(|example| file(example, "source.md"));
    let inventory = inventory.map(|example| file(example, "inventory.md"));
    let spec = file(integrated, "integrated.md");
    let findings = checker.check_pair(&spec, source.as_ref(), inventory.as_ref());
    let own = findings.iter().filter(|finding| *finding.rule == *page.id && *finding.location.path == *"integrated.md");
    Ok(own.map(|finding| (finding.location.start.line, finding.level)).collect())
}

/// The bytes of a file: UTF-8, or for an older encoding one byte a character; what Latin-1 lacks becomes a byte that no
/// UTF-8 text has.
fn encoded(example: &ExampleFile) -> Vec<u8> {
    match example.encoding {
        Some(_) => example.text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0x96)).collect(),
        None => example.text.clone().into_bytes(),
    }
}
