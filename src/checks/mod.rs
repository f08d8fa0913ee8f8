//! The rules, and the registry that ties each one to its page in `checks/`.

mod checklist;
mod code;
mod consistency;
mod database;
mod document;
mod edits;
mod fidelity;
#[allow(unreachable_pub, reason = "the build script compiles the same file as a module of its own")]
mod front_matter;
mod inventory;
pub mod page;
mod registry;
mod stack;
mod structure;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use self::checklist::{checklist, fidelity};
pub use self::database::{SqlFile, check_sql_files};
pub use self::document::suppressions::apply as apply_suppressions;
pub use self::registry::{Active, RuleSet, checks};
pub use self::structure::MARKER;
use crate::config::Config;
use crate::diagnostics::{Finding, Location};
use crate::spec::{Code, Codebase, Spec, SpecPair};
use crate::text::Span;

/// What a check looks at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c, 'd> {
    /// The pair.
    pub pair: &'c SpecPair<'d>,
    /// The codebase, where one is configured.
    pub codebase: Option<&'c Codebase>,
    /// The configuration.
    pub config: &'c Config,
    /// All rules.
    pub rules: &'c RuleSet,
    /// The rules that are on, with their levels.
    pub active: &'c Active,
}

/// A function that serves one rule or a tight family of rules.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The rules whose findings it may report.
    pub rules: &'static [&'static str],
    /// Looks at a pair and adds its findings.
    pub run: fn(&Context<'_, '_>, &mut Vec<Finding>),
}

impl Context<'_, '_> {
    /// Whether a rule is on.
    pub fn is_on(&self, rule: &str) -> bool {
        self.active.level(rule).is_some()
    }

    /// A finding of `rule` at `span` of the integrated spec, with level, item, section and feature filled in;
    /// `None` where the rule is off.
    pub fn finding(&self, rule: &str, span: Span, message: impl Into<String>) -> Option<Finding> {
        let spec = &self.pair.integrated;
        let mut finding = self.active.finding(rule, Location::of(spec.document.file, span), message)?;
        assign(&mut finding, spec, span);
        Some(finding)
    }

    /// The TypeScript and JavaScript fences of the integrated spec, without those that show the original.
    pub fn scripts(&self) -> impl Iterator<Item = &Code<'_>> {
        let document = self.pair.integrated.document;
        let code = self.pair.integrated.code.iter().filter(|code| code.is_script());
        code.filter(move |code| !code.is_quoted(|| stack::excuses_fence(document, code.fence.span)))
    }

    /// A place of the integrated spec, to be attached to a finding.
    pub fn place(&self, span: Span) -> Location {
        Location::of(self.pair.integrated.document.file, span)
    }

    /// The place of `span` in the source, to be attached to a finding.
    pub fn source_place(&self, span: Span) -> Option<Location> {
        Some(Location::of(self.pair.source.as_ref()?.document.file, span))
    }
}

/// Fills in the section and the feature of `spec` that hold `span`.
fn assign(finding: &mut Finding, spec: &Spec<'_>, span: Span) {
    if let Some(section) = spec.section_at(span.start).and_then(|index| spec.sections.get(index)) {
        finding.section = Some(section.number.clone());
    }
    if let Some(feature) = spec.feature_at(span.start).and_then(|place| spec.feature(place)) {
        finding.feature = Some(feature.id.clone());
    }
}

/// The first finding of each rule and line: a line is looked at as a whole.
fn one_per_line(own: Vec<Finding>) -> impl Iterator<Item = Finding> {
    let mut seen = BTreeSet::new();
    own.into_iter().filter(move |finding| seen.insert((finding.rule.clone(), finding.location.start.line)))
}

/// Ids are shared by all findings of a rule.
type Id = Arc<str>;
