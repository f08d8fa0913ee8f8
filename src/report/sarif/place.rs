//! Where a result stands, with the text there.

use serde::Serialize;

use super::Text;
use crate::diagnostics::{Location, Report};
use crate::report::{Setting, sanitise};
use crate::text::{Position, SourceFile, Span};

/// Most bytes of text that go with a place; a region that is longer stands for itself. Findings in one long line must
/// not repeat it each.
const LONGEST_SNIPPET: usize = 2_048;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Located {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    context_region: Option<Context>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text>,
}

/// Whole lines that hold a region and more.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    start_line: usize,
    end_line: usize,
    snippet: Text,
}

impl Located {
    pub(super) fn of(location: &Location, report: &Report, setting: &Setting<'_>) -> Self {
        let file = report.file(&location.path);
        let mut region = Region::between(location.start, location.end);
        let text = file.map(|file| file.slice(location.span)).filter(|text| text.len() <= LONGEST_SNIPPET);
        region.snippet = text.map(Text::new);
        let context_region = text.and(file).and_then(|file| Context::of(location, file));
        let artifact_location = Artifact::of(&location.path, setting);
        Self { id: None, physical_location: Physical { artifact_location, region, context_region }, message: None }
    }

    /// The same place as the `id`th of those that explain a result.
    pub(super) fn explained(self, id: usize, message: &str) -> Self {
        Self { id: Some(id), message: Some(Text::sentence(message)), ..self }
    }
}

impl Artifact {
    /// The file that findings call `path`.
    pub(super) fn of(path: &str, setting: &Setting<'_>) -> Self {
        match setting.in_repository(path) {
            Some(path) => Self { uri: sanitise::uri::path(&path), uri_base_id: Some("%SRCROOT%") },
            None if path.starts_with('/') => {
                Self { uri: format!("file://{}", sanitise::uri::path(path)), uri_base_id: None }
            }
            None => Self { uri: sanitise::uri::path(path), uri_base_id: None },
        }
    }
}

impl Region {
    pub(super) fn of(span: Span, file: &SourceFile) -> Self {
        Self::between(file.position(span.start), file.position(span.end))
    }

    fn between(start: Position, end: Position) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            snippet: None,
        }
    }
}

impl Context {
    /// The lines of `location` with one before and one behind; `None` where that is no more than the place itself, or
    /// too much.
    fn of(location: &Location, file: &SourceFile) -> Option<Self> {
        let line = |number| file.lines().line_span(file.text(), number);
        let start_line = location.start.line.saturating_sub(1).max(1);
        let behind = location.end.line.saturating_add(1);
        // Behind the last line feed there is no line.
        let is_line = line(behind).is_some_and(|span| span.start < file.text().len());
        let end_line = if is_line { behind } else { location.end.line };
        let span = Span::new(line(start_line)?.start, line(end_line)?.end);
        let is_more = span.encloses(location.span) && span.len() > location.span.len();
        (is_more && span.len() <= LONGEST_SNIPPET).then(|| Self {
            start_line,
            end_line,
            snippet: Text::new(file.slice(span)),
        })
    }
}
