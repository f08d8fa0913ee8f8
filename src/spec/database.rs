//! SQL texts in the order in which they run, with the way back to the files that they stand in.

use std::sync::Arc;

use super::code::Code;
use super::pair::SpecPair;
use super::schema::{Place, Schema};
use crate::diagnostics::Location;
use crate::languages::sql::SqlText;
use crate::text::{SourceFile, Span};

/// A SQL file that has run before: a document builds on what it leaves behind.
#[derive(Clone, Debug)]
pub struct Migration {
    /// The file.
    pub file: Arc<SourceFile>,
    /// What it says.
    pub sql: SqlText,
}

/// One SQL text: a fence of a document, or a file.
#[derive(Clone, Copy, Debug)]
pub struct SqlSource<'s> {
    /// What it says.
    pub sql: &'s SqlText,
    /// The file that it stands in.
    pub file: &'s SourceFile,
    /// The fence that it stands in; `None` where it is the whole file.
    pub fence: Option<&'s Code<'s>>,
    /// Whether findings may point into it. What only sets the scene (earlier migrations) is run and not judged.
    pub is_judged: bool,
}

/// SQL texts and the schema that they leave behind. Texts are numbered as in [`Place::text`].
#[derive(Clone, Debug)]
pub struct Database<'s> {
    /// The texts in the order in which they run.
    pub sources: Vec<SqlSource<'s>>,
    /// The schema at the end.
    pub schema: &'s Schema,
}

impl SqlSource<'_> {
    /// Where `span` of the text stands in the file.
    pub fn in_file(&self, span: Span) -> Span {
        self.fence.map_or(span, |code| code.place(span))
    }

    /// The text that places are bytes of: that of the fence, or the whole file.
    pub fn text(&self) -> &str {
        self.fence.map_or(self.file.text(), |code| &code.text.text)
    }

    /// The SQL at `span` of the text, as it stands in the file.
    pub fn slice(&self, span: Span) -> &str {
        self.file.slice(self.in_file(span))
    }
}

impl<'s> Database<'s> {
    /// What the integrated spec builds on, which is not judged, and the SQL that it applies.
    pub fn of_pair(pair: &'s SpecPair<'s>, exposed_schemas: &[String]) -> Self {
        let file = pair.integrated.document.file;
        let fence = |code: &'s Code<'s>| SqlSource { sql: code.sql(), file, fence: Some(code), is_judged: true };
        let scene = pair.scene().map(|Migration { file, sql }| SqlSource { sql, file, fence: None, is_judged: false });
        let shown = pair.shown().map(|code| SqlSource { is_judged: false, ..fence(code) });
        let sources = scene.chain(shown).chain(pair.sql().map(fence));
        Self { sources: sources.collect(), schema: pair.schema(exposed_schemas) }
    }

    /// The text of a place.
    pub fn source(&self, place: Place) -> Option<&SqlSource<'s>> {
        self.sources.get(place.text)
    }

    /// A place as findings give it.
    pub fn location(&self, place: Place) -> Option<Location> {
        let source = self.source(place)?;
        Some(Location::of(source.file, source.in_file(place.span)))
    }

    /// Where a place stands in its file; `None` where its text only sets the scene.
    pub fn judged_place(&self, place: Place) -> Option<Span> {
        let source = self.source(place).filter(|source| source.is_judged)?;
        Some(source.in_file(place.span))
    }

    /// The SQL at a place.
    pub fn slice(&self, place: Place) -> &str {
        self.source(place).map_or("", |source| source.slice(place.span))
    }
}
