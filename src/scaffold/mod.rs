//! Writing a new integrated spec from a source.
//!
//! What the source owns is copied byte for byte; what the transformation rules give mechanically is written out; what
//! a person must decide is a marker that the rule `placeholder` reports.

mod code;
mod copy;
mod date;
mod document;
mod draft;
mod existing;
mod feature;
mod implementation;
mod plan;
mod routes;
mod section;
mod sql;
mod tables;

use std::collections::BTreeSet;

use thiserror::Error;

pub use self::date::Day;
use self::draft::Copy;
use self::plan::Plan;
use crate::checks::MARKER;
use crate::diagnostics::{Finding, Level};
use crate::markdown::{Document, anchors};
use crate::pipeline::Checker;
use crate::spec::{Inventory, Spec, SpecKind};
use crate::text::{Encoding, SourceFile};

/// What a scaffold is made of.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The source spec.
    pub source: &'r SourceFile,
    /// What the codebase has.
    pub inventory: Option<&'r SourceFile>,
    /// What the header calls the source: a path that leads to it from where the scaffold will stand.
    pub source_name: &'r str,
    /// The day of integration.
    pub day: Day,
}

/// A new integrated spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffold {
    /// Its text.
    pub text: String,
    /// How many markers a person must replace.
    pub markers: usize,
    /// What the check finds in it besides the markers: nothing, unless the source itself is damaged.
    pub findings: Vec<Finding>,
}

/// Why there is no scaffold.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ScaffoldError {
    /// The source has no section.
    #[error(
        "{0}: nothing is recognised in it: it has no section; name the structured spec, with `## SECTION N:` and `#### FR-1.1:` headings"
    )]
    NothingRecognised(String),
    /// The source is an integrated spec.
    #[error("{0}: this is an integrated spec already; name the structured spec that it was made from")]
    Integrated(String),
    /// The source's bytes cannot be copied, because they are no text.
    #[error(
        "{0}: this is no UTF-8 from line {1} on, so that its words cannot be copied byte for byte; save it as UTF-8"
    )]
    NotUtf8(String, usize),
}

/// Most attempts: each one leaves more to a person, so that they end.
const MOST_ATTEMPTS: usize = 6;

/// Writes an integrated spec for `request`, and checks it with `checker`. Copied text to which a rule objects becomes
/// a marker, so that only markers are left to be reported.
///
/// The same request gives the same bytes.
///
/// # Errors
/// A source in which no section is recognised, an integrated spec, a file that is no UTF-8.
pub fn write(checker: &Checker, request: &Request<'_>) -> Result<Scaffold, ScaffoldError> {
    let file = request.source;
    if let Encoding::Invalid { first, .. } = file.encoding() {
        return Err(ScaffoldError::NotUtf8(file.path().to_owned(), file.line(first)));
    }
    let document = Document::new(file);
    let source = Spec::read(&document, SpecKind::Source);
    if source.sections.is_empty() {
        return Err(ScaffoldError::NothingRecognised(file.path().to_owned()));
    }
    if source.is_integrated() {
        return Err(ScaffoldError::Integrated(file.path().to_owned()));
    }
    let inventory_document = request.inventory.map(Document::new);
    let inventory = inventory_document.as_ref().map(Inventory::read);
    let plan = Plan::new(&source, inventory.as_ref(), checker, request.day);
    let mut rejected = BTreeSet::new();
    let mut attempt = Attempt::default();
    for _ in 0..MOST_ATTEMPTS {
        attempt = Attempt::make(&plan, request, &rejected);
        let written = SourceFile::new("scaffold.md", attempt.text.clone().into_bytes());
        attempt.findings = checker.check_pair(&written, Some(file), request.inventory);
        attempt.findings.retain(|finding| finding.level >= Level::Warning && &*finding.location.path == "scaffold.md");
        let before = rejected.len();
        rejected.extend(attempt.objections());
        if rejected.len() == before {
            break;
        }
    }
    let is_marker = |finding: &Finding| finding.rule.as_ref() == "placeholder" && finding.subject.starts_with(MARKER);
    attempt.findings.retain(|finding| !is_marker(finding));
    Ok(Scaffold { markers: attempt.text.matches(MARKER).count(), text: attempt.text, findings: attempt.findings })
}

/// One way to write the document.
#[derive(Debug, Default)]
struct Attempt {
    text: String,
    copies: Vec<Copy>,
    findings: Vec<Finding>,
}

impl Attempt {
    /// Writes the document twice: its headings give the anchors that its table of contents links to.
    fn make(plan: &Plan<'_>, request: &Request<'_>, rejected: &BTreeSet<usize>) -> Self {
        let (text, _) = document::write(plan, request, rejected, &[]);
        let file = SourceFile::new("scaffold.md", text.into_bytes());
        let headings = Document::new(&file);
        let titles = headings.headings.iter().filter_map(|heading| headings.prose.get(heading.prose));
        let titles: Vec<String> = titles.map(|prose| headings.plain(prose)).collect();
        let anchors = anchors(titles.iter().map(String::as_str));
        let parts = headings.headings.iter().zip(anchors).filter(|(heading, _)| heading.level == 2);
        let links: Vec<String> = parts.map(|(_, anchor)| anchor).collect();
        let (text, copies) = document::write(plan, request, rejected, &links);
        Self { text, copies, findings: Vec::new() }
    }

    /// The copies to which a rule objects, as places in the source.
    fn objections(&self) -> Vec<usize> {
        let hit = |finding: &Finding| {
            let behind = self.copies.partition_point(|copy| copy.span.start <= finding.location.span.start);
            let copy = behind.checked_sub(1).and_then(|index| self.copies.get(index))?;
            copy.span.contains(finding.location.span.start).then_some(copy.origin)
        };
        self.findings.iter().filter_map(hit).collect()
    }
}
