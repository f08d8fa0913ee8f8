use std::collections::BTreeSet;

use super::unit::{Grid, Unit, grids, units};
use crate::markdown::{Document, InlineKind};
use crate::text::contains_ignore_ascii_case;

/// Storage buckets that an inventory names, be they there already or to be made by hand.
pub(super) fn read(document: &Document<'_>) -> BTreeSet<String> {
    let lines: Vec<String> = units(document).flat_map(|unit| in_unit(&unit)).collect();
    lines.into_iter().chain(grids(document).flat_map(|grid| in_grid(&grid))).collect()
}

/// The buckets that a line names: code spans behind the word "bucket" in its sentence, or right before it, or at the
/// start of an item of a list about buckets.
pub(in crate::spec) fn in_unit(unit: &Unit<'_>) -> Vec<String> {
    let is_listed = unit.is_listed_below("bucket");
    if !is_listed && !unit.parts.iter().any(|(_, text)| contains_ignore_ascii_case(text, "bucket")) {
        return Vec::new();
    }
    let mut names: Vec<String> = bare_name(unit).filter(|_| is_listed).map(str::to_owned).into_iter().collect();
    names.extend(unit.plain_list("bucket").filter(|name| is_bucket(name)).map(str::to_owned));
    let mut is_behind = false;
    for (index, &(kind, text)) in unit.parts.iter().enumerate() {
        if kind != InlineKind::Code {
            let lower = text.to_lowercase();
            is_behind = match (lower.rfind("bucket"), lower.rfind(". ")) {
                (Some(word), Some(stop)) => word > stop,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => is_behind,
            };
            continue;
        }
        let next = unit.parts.get(index + 1).map_or(String::new(), |(_, text)| text.trim_start().to_lowercase());
        let leads_item = index == 0 && is_listed;
        if is_bucket(text) && (is_behind || leads_item || next.starts_with("bucket")) {
            names.push(text.trim().to_owned());
        }
    }
    names
}

/// `- **charts**: maps` in a list of buckets names one without code marks.
fn bare_name<'d>(unit: &Unit<'d>) -> Option<&'d str> {
    let &(kind, text) = unit.parts.iter().find(|(_, text)| !text.trim().is_empty())?;
    let name = text.split([':', '(', '–', '—', ' ']).next()?;
    (kind != InlineKind::Code && is_bucket(name)).then_some(name)
}

/// The buckets in a table that has a column of them.
pub(in crate::spec) fn in_grid(grid: &Grid<'_>) -> Vec<String> {
    let Some(column) = grid.names_of("bucket") else { return Vec::new() };
    let cells = grid.rows.iter().filter_map(|row| row.get(column));
    cells.filter_map(|cell| cell.names().first().copied().filter(|name| is_bucket(name)).map(str::to_owned)).collect()
}

fn is_bucket(text: &str) -> bool {
    let text = text.trim();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()) && text.chars().all(is_plain)
}
