//! The checklist by section, for the formats that show it as a table.

use std::collections::BTreeMap;

use super::sanitise;
use crate::diagnostics::{ChecklistRow, Verdict};

/// The checklist's items in a few words, item 1 first.
pub(super) const ITEMS: [&str; 15] = [
    "no Prisma",
    "no NextAuth",
    "no S3 SDK",
    "no BullMQ/Redis",
    "no SWR",
    "Supabase query builder",
    "requireAuth()/useAuth()",
    "signed storage URLs",
    "API response format",
    "shadcn/ui components",
    "migrations with RLS",
    "TypeScript interfaces",
    "descriptions unchanged",
    "criteria unchanged",
    "user value unchanged",
];

/// Most sections shown for one spec; a specification for people has fewer.
pub(super) const MOST_SECTIONS: usize = 100;
/// Most characters of a section's number; more is no number.
const LONGEST_NUMBER: usize = 12;

/// One section of one spec.
pub(super) struct Column {
    /// The section's number, sanitised and cut.
    pub(super) title: String,
    /// Verdict and findings by item.
    pub(super) cells: BTreeMap<u8, (Verdict, usize)>,
}

/// One column for each section, in the order of their first rows.
pub(super) fn columns(rows: &[ChecklistRow]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut places = BTreeMap::new();
    for row in rows {
        let place = *places.entry(row.section.as_deref()).or_insert(columns.len());
        if place == columns.len() {
            columns.push(Column { title: title(row.section.as_deref()), cells: BTreeMap::new() });
        }
        if let Some(column) = columns.get_mut(place) {
            let cell = column.cells.entry(row.item).or_insert((row.verdict, 0));
            *cell = (cell.0.max(row.verdict), cell.1.saturating_add(row.findings));
        }
    }
    columns
}

fn title(section: Option<&str>) -> String {
    let Some(section) = section else { return "outside".to_owned() };
    let clean = sanitise::line(section);
    if clean.chars().count() <= LONGEST_NUMBER {
        return clean.into_owned();
    }
    clean.chars().take(LONGEST_NUMBER - 1).chain(['…']).collect()
}
