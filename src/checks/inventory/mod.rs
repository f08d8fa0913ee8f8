//! Names that nothing defines: neither the spec itself, nor the inventory, nor the codebase.

mod catalog;
mod columns;
mod endpoints;
mod groups;
mod modules;
mod routes;
mod slips;
mod tables;

use super::{Check, Context};
use crate::diagnostics::{Finding, Level};
use crate::text::Span;

pub(super) const CHECKS: [Check; 4] = [modules::CHECK, tables::CHECK, columns::CHECK, endpoints::CHECK];

/// What is known of the names of one kind.
struct Known {
    /// Whether something besides an inventory tells what the codebase has of the kind.
    elsewhere: bool,
    /// Whether any name of the kind is known, from the inventory or the spec.
    any: bool,
}

/// Why names that the spec does not define cannot be judged; `None` where they can.
fn blindness(cx: &Context<'_, '_>, known: &Known) -> Option<&'static str> {
    if cx.pair.only_section.is_some() {
        Some("other sections, in files of their own, may define them")
    } else if known.elsewhere {
        None
    } else if cx.pair.inventory.is_none() {
        Some("there is no inventory to look them up in")
    } else if known.any {
        None
    } else {
        Some("neither the inventory nor the spec lists any")
    }
}

/// The note that names could not be looked up, at the title; `None` where there was none to look up.
fn unchecked(cx: &Context<'_, '_>, rule: &str, what: &str, places: &[Span], reason: &str) -> Option<Finding> {
    let first = places.first()?;
    let count = places.len();
    let (plural, verb) = if count == 1 { ("", "is") } else { ("s", "are") };
    let message = format!("{count} {what}{plural} {verb} not checked: {reason}");
    let finding = cx.finding(rule, cx.pair.title_place(), message)?.level(Level::Note);
    let help = "name an inventory with `--inventory FILE`, or the codebase and its migrations in `speclint.toml`";
    Some(finding.help(help).subject(what).related(cx.place(*first), "the first one"))
}
