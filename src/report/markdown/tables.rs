//! The checklist and the fates of the source, as tables.

use super::super::checklist::{Column, ITEMS, MOST_SECTIONS, columns};
use super::super::sanitise::markdown::{cell, code};
use super::super::summary::count;
use super::say;
use crate::diagnostics::{ChecklistRow, Fidelity, Verdict};

/// Most sections side by side.
const MOST_ACROSS: usize = 12;

/// A table of items and sections for each spec, as long as `text` has no more than `most` bytes.
pub(super) fn checklists(rows: &[ChecklistRow], most: usize, text: &mut String) {
    let specs: Vec<_> = rows.chunk_by(|a, b| a.spec == b.spec).collect();
    for (shown, spec) in specs.iter().enumerate() {
        let Some(first) = spec.first() else { continue };
        let mut table = String::new();
        say(&mut table, &format!("### Checklist of {}\n", code(&first.spec)));
        let columns = columns(spec);
        for block in columns.get(..MOST_SECTIONS).unwrap_or(&columns).chunks(MOST_ACROSS) {
            write_block(block, &mut table);
        }
        let left_out = columns.len().saturating_sub(MOST_SECTIONS);
        if left_out > 0 {
            say(&mut table, &format!("{}; the format `json` lists all.\n", count(left_out, "more section")));
        }
        if text.len().saturating_add(table.len()) > most {
            let more = count(specs.len().saturating_sub(shown), "more spec");
            say(text, &format!("The checklists of {more} do not fit here; the format `json` lists all.\n"));
            return;
        }
        text.push_str(&table);
    }
}

fn write_block(columns: &[Column], table: &mut String) {
    let mut head = "| | item |".to_owned();
    let mut rule = "|---:|---|".to_owned();
    for column in columns {
        head.extend([" ", &cell(&column.title), " |"]);
        rule.push_str(":---:|");
    }
    say(table, &head);
    say(table, &rule);
    for (item, name) in (1_u8..).zip(ITEMS) {
        let cells = columns.iter().map(|column| match column.cells.get(&item) {
            Some((Verdict::Fail, findings)) => format!(" ❌ {findings} |"),
            Some((Verdict::Pass, _)) => " ✅ |".to_owned(),
            Some((Verdict::NotApplicable, _)) | None => " – |".to_owned(),
        });
        say(table, &format!("| {item} | {} |{}", cell(name), cells.collect::<String>()));
    }
    table.push('\n');
}

/// What became of each source, as long as `text` has no more than `most` bytes.
pub(super) fn fates(all: &[Fidelity], most: usize, text: &mut String) {
    for (shown, one) in all.iter().enumerate() {
        let mut table = String::new();
        say(&mut table, &format!("### What {} has of its source\n", code(&one.spec)));
        say(&mut table, "| | in the source | kept | moved | changed | skipped | missing |");
        say(&mut table, "|---|---:|---:|---:|---:|---:|---:|");
        for (kind, tally) in one.kinds().into_iter().filter(|(_, tally)| tally.total > 0) {
            let numbers = [tally.total, tally.kept, tally.moved, tally.changed, tally.skipped, tally.missing];
            let cells = numbers.map(|number| number.to_string()).join(" | ");
            say(&mut table, &format!("| {kind} | {cells} |"));
        }
        table.push('\n');
        if text.len().saturating_add(table.len()) > most {
            let more = count(all.len().saturating_sub(shown), "more spec");
            say(text, &format!("The accounts of {more} do not fit here; the format `text` has all.\n"));
            return;
        }
        text.push_str(&table);
    }
}
