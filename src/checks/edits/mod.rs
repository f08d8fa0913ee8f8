//! What several rules need to offer a fix: edits that keep a document's layout.

mod blocks;
mod sql;

pub(super) use blocks::{are_alike, insert_block, insert_field, insert_into_overview, labelled, restore_value};
pub(super) use sql::{behind_place, definition, insert_behind, written_name};

use crate::text::SourceFile;

/// The line ending of the line that holds `offset`, or, where it has none, of the file's first line: what new lines at
/// that place end in.
pub(super) fn line_ending(file: &SourceFile, offset: usize) -> &'static str {
    let text = file.text();
    let behind = text.get(file.line_at(offset).end..).unwrap_or("");
    let first = || text.lines().next().map_or("", |first| text.get(first.len()..).unwrap_or(""));
    let ending = if behind.is_empty() { first() } else { behind };
    if ending.starts_with('\r') { "\r\n" } else { "\n" }
}
