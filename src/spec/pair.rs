use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::code::Code;
use super::created::Created;
use super::database::Migration;
use super::inventory::Inventory;
use super::models::ModelTrace;
use super::schema::{Place, Schema, SchemaOptions, SessionScope, Table};
use super::specification::Spec;
use super::sql_fence;
use super::trace::{FeatureIndex, Trace};
use crate::languages::code::CodeKind;
use crate::languages::sql::StatementKind;
use crate::markdown::Document;
use crate::text::Span;

/// An integrated spec with what it is checked against.
#[derive(Debug)]
pub struct SpecPair<'d> {
    /// The integrated spec.
    pub integrated: Spec<'d>,
    /// Its source, where there is one.
    pub source: Option<Spec<'d>>,
    /// The inventory of the codebase, where there is one.
    pub inventory: Option<&'d Document<'d>>,
    /// Where each part of the source went.
    pub trace: Option<Trace>,
    /// The migrations that have run before those that the integrated spec shows, in order.
    scene: Vec<Arc<Migration>>,
    /// The SQL fences that show what is there already: indexes into the integrated spec's code.
    shown: Vec<usize>,
    schema: OnceLock<Schema>,
    pub(super) models: OnceLock<Vec<ModelTrace>>,
    created: OnceLock<Created>,
    known: OnceLock<Option<Inventory>>,
    /// The key of the only section that the document holds, where the spec is split into a file for each section.
    pub only_section: Option<String>,
}

impl<'d> SpecPair<'d> {
    /// Puts a pair together and traces the source through the integrated spec.
    ///
    /// `skippable` tells whether a feature of the source, by its id and its section's number, may be left out with a
    /// stated reason.
    pub fn new(
        integrated: Spec<'d>,
        mut source: Option<Spec<'d>>,
        inventory: Option<&'d Document<'d>>,
        skippable: &dyn Fn(&str, &str) -> bool,
    ) -> Self {
        let only_section = split_file_key(integrated.document.file.path());
        if let (Some(key), Some(source)) = (&only_section, &mut source) {
            let text_of = |span: Span, spans: &[Span]| spans.iter().any(|s| s.encloses(span));
            source.sections.retain(|section| section_key(&section.number) == *key);
            let kept: Vec<_> = source.sections.iter().map(super::Section::whole).collect();
            source.endpoints.retain(|endpoint| text_of(endpoint.span, &kept));
            source.tasks.retain(|task| text_of(task.span, &kept));
        }
        let shown = shown(&integrated);
        let trace = source.as_ref().map(|source| Trace::new(source, &integrated, skippable));
        Self {
            integrated,
            source,
            inventory,
            trace,
            only_section,
            scene: Vec::new(),
            shown,
            schema: OnceLock::new(),
            models: OnceLock::new(),
            created: OnceLock::new(),
            known: OnceLock::new(),
        }
    }
}

impl SpecPair<'_> {
    /// Lets the integrated spec build on what `migrations` leave behind. A file that the spec shows itself is not among
    /// what has run before: it was written from the spec.
    #[must_use]
    pub fn on_top_of(mut self, migrations: &[Arc<Migration>]) -> Self {
        let shown: BTreeSet<String> =
            self.sql().flat_map(|code| &code.files).map(|(_, path)| file_name(path)).collect();
        let is_earlier = |migration: &&Arc<Migration>| !shown.contains(&file_name(migration.file.path()));
        self.scene = migrations.iter().filter(is_earlier).map(Arc::clone).collect();
        self
    }

    /// The migrations that have run before those that the integrated spec shows, in order.
    pub fn scene(&self) -> impl Iterator<Item = &Migration> {
        self.scene.iter().map(AsRef::as_ref)
    }

    /// The SQL fences that show what is there already. They run behind [`SpecPair::scene`] and before [`SpecPair::sql`].
    pub fn shown(&self) -> impl Iterator<Item = &Code<'_>> {
        self.shown.iter().filter_map(|&index| self.integrated.code.get(index))
    }

    /// Tables that were there before the integrated spec and are there at its end.
    pub fn existing_tables(&self, exposed_schemas: &[String]) -> impl Iterator<Item = &Table> {
        let tables = self.schema(exposed_schemas).tables.iter();
        tables.filter(|table| !table.temporary && !self.is_own(table.created))
    }

    /// Whether a place of the schema is in the SQL that the integrated spec applies, not in what was there before.
    pub fn is_own(&self, place: Place) -> bool {
        place.text >= self.scene.len() + self.shown.len()
    }

    /// Whether a place of the schema is in a migration before the integrated spec.
    pub fn is_migrated(&self, place: Place) -> bool {
        place.text < self.scene.len()
    }

    /// The schema at the end of all SQL fences of the integrated spec, taken in order behind the migrations before it;
    /// folded when it is asked for the first time. The texts of its places are [`SpecPair::scene`], [`SpecPair::shown`]
    /// and [`SpecPair::sql`].
    pub fn schema(&self, exposed_schemas: &[String]) -> &Schema {
        self.schema.get_or_init(|| {
            let options = SchemaOptions {
                exposed_schemas: exposed_schemas.to_vec(),
                session: SessionScope::Shared,
                scene: self.scene.len() + self.shown.len(),
            };
            let before = self.scene().map(|migration| &migration.sql);
            Schema::fold(before.chain(self.shown().chain(self.sql()).map(Code::sql)), &options)
        })
    }

    /// What the integrated spec itself brings in, apart from its schema.
    pub fn created(&self) -> &Created {
        self.created.get_or_init(|| Created::read(&self.integrated))
    }

    /// What the inventory says that the codebase has; `None` where there is no inventory.
    pub fn known(&self) -> Option<&Inventory> {
        self.known.get_or_init(|| self.inventory.map(Inventory::read)).as_ref()
    }

    /// The SQL fences of the integrated spec that are applied: no way back, no example of what not to do.
    pub fn sql(&self) -> impl Iterator<Item = &Code<'_>> {
        let document = self.integrated.document;
        let fences = self.integrated.code.iter().filter(|code| code.kind == CodeKind::Sql);
        fences.filter(|code| *code.applied.get_or_init(|| sql_fence::is_applied(document, code)))
    }

    /// Where something that is missing from a section of the source should stand: the heading of the section that
    /// renders it, or of the section before which it should stand, or of the last one, or the title.
    pub fn place_of_section(&self, source_section: usize) -> Span {
        let sections = self.trace.as_ref().map_or(&[][..], |trace| trace.sections.as_slice());
        let own = sections.get(source_section).copied().flatten();
        let next = || sections.iter().skip(source_section + 1).find_map(|target| *target);
        let last = || self.integrated.sections.len().checked_sub(1);
        let index = own.or_else(next).or_else(last);
        index
            .and_then(|index| self.integrated.sections.get(index))
            .map_or(self.title_place(), |section| section.heading.span)
    }

    /// The title, or the document's first line.
    pub fn title_place(&self) -> Span {
        let file = self.integrated.document.file;
        self.integrated.title.map_or_else(|| file.line_at(file.content_start()), |title| title.span)
    }

    /// The feature of the source whose content a feature of the integrated spec seems to hold: the one with its title
    /// where its id was reused, else the one with its id.
    pub fn content_of(&self, target: FeatureIndex) -> Option<FeatureIndex> {
        let features = &self.trace.as_ref()?.features;
        let by_title = features.iter().find(|trace| trace.likely == Some(target)).map(|trace| trace.source);
        by_title.or_else(|| features.iter().find(|trace| trace.target == Some(target)).map(|trace| trace.source))
    }
}

/// What `2`, `02` and `E02` have in common: the number without letters and leading zeros.
pub fn section_key(number: &str) -> String {
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches('0');
    if digits.is_empty() { "0".to_owned() } else { digits.to_lowercase() }
}

/// The fences that show what is there already. One that creates a table that the spec creates as well repeats it.
fn shown(integrated: &Spec<'_>) -> Vec<usize> {
    let document = integrated.document;
    let sql = || integrated.code.iter().enumerate().filter(|(_, code)| code.kind == CodeKind::Sql);
    let mut shown: Vec<(usize, &Code<'_>)> = sql().filter(|(_, code)| sql_fence::is_existing(document, code)).collect();
    if !shown.is_empty() {
        let applied = sql().filter(|(_, code)| sql_fence::is_applied(document, code));
        let created: BTreeSet<&str> = applied.flat_map(|(_, code)| created_tables(code)).collect();
        shown.retain(|(_, code)| !created_tables(code).any(|name| created.contains(name)));
    }
    shown.into_iter().map(|(index, _)| index).collect()
}

fn created_tables<'c>(code: &'c Code<'_>) -> impl Iterator<Item = &'c str> {
    code.sql().statements.iter().filter_map(|statement| match &statement.kind {
        StatementKind::CreateTable(create) => Some(create.name.name.value.as_str()),
        _ => None,
    })
}

/// The last part of a path, in lower case.
fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_lowercase()
}

/// The section of a file such as `spec-section-E02.md`.
fn split_file_key(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?.to_lowercase();
    let (_, rest) = name.split_once("-section-")?;
    let number = rest.split(['.', '-', '_']).next()?;
    let is_number = number.trim_start_matches('e').chars().all(|c| c.is_ascii_digit()) && number.len() <= 6;
    (is_number && number.contains(|c: char| c.is_ascii_digit())).then(|| section_key(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_files_name_their_section() {
        assert_eq!(split_file_key("specs/04f-integrated-section-E02.md").as_deref(), Some("2"));
        assert_eq!(split_file_key("specs/a-section-3-v2.md").as_deref(), Some("3"));
        assert_eq!(split_file_key("specs/a-section-plan.md"), None);
        assert_eq!(section_key("E02"), section_key("2"));
    }
}
