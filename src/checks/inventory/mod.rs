//! Names that nothing defines: neither the spec itself, nor the inventory, nor the codebase.

mod columns;
mod endpoints;
mod groups;
mod modules;
mod tables;

use super::{Check, Context};
use crate::diagnostics::{Finding, Level};
use crate::text::Span;

pub(super) const CHECKS: [Check; 4] = [modules::CHECK, tables::CHECK, columns::CHECK, endpoints::CHECK];

/// Why names that the spec does not define cannot be judged; `None` where they can.
fn blindness(cx: &Context<'_, '_>) -> Option<&'static str> {
    if cx.pair.only_section.is_some() {
        Some("other sections, in files of their own, may define them")
    } else if cx.pair.inventory.is_none() && cx.codebase.is_none() {
        Some("there is no inventory and no codebase to look them up in")
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
    let help = "name an inventory with `--inventory FILE`, or a codebase in `speclint.toml`";
    Some(finding.help(help).subject(what).related(cx.place(*first), "the first one"))
}

/// The known name that `name` is probably a slip for: another number or prefix of it, or a few letters off.
fn likely<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let score = similarity(name, candidate);
        if score > 0.0
            && best.is_none_or(|(own, text)| score > own || (own - score).abs() < f64::EPSILON && candidate < text)
        {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// 0 where the names have nothing in common that would explain a slip, else up to 3.
fn similarity(name: &str, candidate: &str) -> f64 {
    let singular = |text: &str| {
        text.strip_suffix("ies").map_or_else(|| text.trim_end_matches('s').to_owned(), |stem| format!("{stem}y"))
    };
    let flat = |text: &str| singular(&text.to_lowercase()).replace(['-', '_'], "");
    if flat(name) == flat(candidate) {
        return 3.0;
    }
    let is_part = |long: &str, short: &str| {
        let ends = long.strip_suffix(short).is_some_and(|rest| rest.ends_with(['_', '-']));
        short.len() > 2 && (ends || long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['_', '-'])))
    };
    if is_part(name, candidate) || is_part(candidate, name) {
        return 2.0;
    }
    // Names of an attacker may be long, and the distance takes time in the product of their lengths.
    if name.len().max(candidate.len()) > LONGEST_COMPARED {
        return 0.0;
    }
    let score = strsim::normalized_damerau_levenshtein(name, candidate);
    if score >= LEAST_SIMILAR { score } else { 0.0 }
}

/// Longest name that is compared letter by letter, in bytes; PostgreSQL's names have at most 63.
const LONGEST_COMPARED: usize = 64;
/// Least share of letters in common: two slips in a word of eight letters.
const LEAST_SIMILAR: f64 = 0.75;

#[cfg(test)]
mod tests {
    use super::likely;

    #[test]
    fn slips_are_recognised() {
        let known = ["berths", "harbour_masters", "tides", "companies"];
        assert_eq!(likely("berth", known), Some("berths"));
        assert_eq!(likely("company", known), Some("companies"));
        assert_eq!(likely("masters", known), Some("harbour_masters"));
        assert_eq!(likely("old_tides", known), Some("tides"));
        assert_eq!(likely("harbor_masters", known), Some("harbour_masters"));
        assert_eq!(likely("invoices", known), None);
    }
}
