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

/// Why names that the spec does not define cannot be judged; `None` where they can. `elsewhere` tells whether something
/// besides an inventory knows names of the kind.
fn blindness(cx: &Context<'_, '_>, elsewhere: bool) -> Option<&'static str> {
    if cx.pair.only_section.is_some() {
        Some("other sections, in files of their own, may define them")
    } else if cx.pair.inventory.is_none() && !elsewhere {
        Some("there is no inventory to look them up in")
    } else {
        None
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
