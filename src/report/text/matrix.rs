//! The checklist as a matrix: items down, sections across.

use std::io::{self, Write};

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use unicode_width::UnicodeWidthStr;

use super::layout::pad;
use super::sanitise;
use crate::diagnostics::{ChecklistRow, Verdict};
use crate::report::Options;
use crate::report::checklist::{Column, ITEMS, MOST_SECTIONS, columns};

/// Columns of an item's number and words, with the gap behind them.
const NAMES: usize = 30;
/// Most sections side by side.
const MOST_ACROSS: usize = 10;
/// Spaces between two sections.
const GAP: usize = 2;

/// Writes a matrix for each spec, in the order of their first rows.
pub(super) fn write(rows: &[ChecklistRow], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    for spec in rows.chunk_by(|a, b| a.spec == b.spec) {
        let Some(first) = spec.first() else { continue };
        writeln!(out, "Checklist of {}", sanitise::line(&first.spec))?;
        let columns = columns(spec);
        let shown = columns.get(..MOST_SECTIONS).unwrap_or(&columns);
        for block in blocks(shown, options.width.max(Options::NARROWEST)) {
            write_block(block, options.colour, out)?;
            writeln!(out)?;
        }
        let left_out = columns.len().saturating_sub(shown.len());
        if left_out > 0 {
            writeln!(out, "{left_out} more sections are not shown here; `json` lists all\n")?;
        }
    }
    Ok(())
}

/// As many sections side by side as fit.
fn blocks(mut columns: &[Column], width: usize) -> Vec<&[Column]> {
    let mut blocks = Vec::new();
    while !columns.is_empty() {
        let mut used = NAMES;
        let fits = |column: &&Column| {
            used = used.saturating_add(column.width());
            // The last one needs no gap behind it.
            used <= width.saturating_add(GAP)
        };
        let across = columns.iter().take(MOST_ACROSS).take_while(fits).count().max(1);
        let (block, rest) = columns.split_at(across);
        blocks.push(block);
        columns = rest;
    }
    blocks
}

fn write_block(columns: &[Column], colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let titles = columns.iter().map(|column| pad(&column.title, column.width()));
    writeln!(out, "{}{}", pad("   section", NAMES), titles.collect::<String>().trim_end())?;
    for (item, name) in (1_u8..).zip(ITEMS) {
        write!(out, "{}", pad(&format!("{item:>4} {name}"), NAMES))?;
        for (number, column) in columns.iter().enumerate() {
            let cell = column.cell(item);
            let style = if colour { style(&cell) } else { Style::new() };
            write!(out, "{}{cell}{}", style.render(), style.render_reset())?;
            if number.saturating_add(1) < columns.len() {
                write!(out, "{}", " ".repeat(column.width().saturating_sub(cell.width())))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

impl Column {
    fn cell(&self, item: u8) -> String {
        match self.cells.get(&item) {
            Some((Verdict::Fail, findings)) => format!("FAIL {findings}"),
            Some((Verdict::Pass, _)) => "ok".to_owned(),
            Some((Verdict::NotApplicable, _)) | None => "-".to_owned(),
        }
    }

    /// Columns that the widest entry takes, with the gap behind it.
    fn width(&self) -> usize {
        let widest = (1_u8..).zip(ITEMS).map(|(item, _)| self.cell(item).width()).max().unwrap_or(0);
        widest.max(self.title.width()).saturating_add(GAP)
    }
}

fn style(cell: &str) -> Style {
    match cell {
        "ok" => AnsiColor::Green.on_default(),
        "-" => Style::new().effects(Effects::DIMMED),
        _ => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
    }
}
