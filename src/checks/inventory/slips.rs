//! The name that was probably meant.

use std::collections::BTreeMap;

/// Most pairs of names that one finder compares letter by letter. Documents of people need a few hundred; beyond the
/// limit names go without a suggestion, so that the time stays linear in a hostile document.
const MOST_COMPARED: usize = 50_000;
/// Longest name that is compared letter by letter, in bytes; PostgreSQL's names have at most 63.
const LONGEST_COMPARED: usize = 64;
/// Least share of letters in common: two slips in a word of eight letters.
const LEAST_SIMILAR: f64 = 0.75;
/// Shortest part that two names may have in common, in bytes.
const SHORTEST_PART: usize = 3;

/// Finds the known name that another one is a slip for.
#[derive(Debug)]
pub(super) struct Finder<'n> {
    known: Vec<&'n str>,
    /// The known names without case, number and word borders.
    by_form: BTreeMap<String, &'n str>,
    /// The known names that end or start in a part of that text.
    by_part: BTreeMap<&'n str, &'n str>,
    found: BTreeMap<String, Option<&'n str>>,
    compared: usize,
}

impl<'n> Finder<'n> {
    pub(super) fn new(known: impl IntoIterator<Item = &'n str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let (mut by_form, mut by_part) = (BTreeMap::new(), BTreeMap::new());
        for &name in &known {
            by_form.entry(form(name)).or_insert(name);
            for part in parts(name) {
                by_part.entry(part).or_insert(name);
            }
        }
        Self { known, by_form, by_part, found: BTreeMap::new(), compared: 0 }
    }

    /// The known name that `name` is probably a slip for: another number or spelling of it, one with another prefix or
    /// suffix, or one a few letters off.
    pub(super) fn likely(&mut self, name: &str) -> Option<&'n str> {
        if let Some(found) = self.found.get(name) {
            return *found;
        }
        let same = self.by_form.get(&form(name)).copied();
        let longer = || self.by_part.get(name).copied();
        let shorter = || parts(name).find_map(|part| self.known_name(part));
        let found = same.or_else(longer).or_else(shorter).or_else(|| self.similar(name));
        self.found.insert(name.to_owned(), found);
        found
    }

    fn known_name(&self, name: &str) -> Option<&'n str> {
        self.by_form.get(&form(name)).copied().filter(|known| *known == name)
    }

    fn similar(&mut self, name: &str) -> Option<&'n str> {
        self.compared += self.known.len();
        if self.compared > MOST_COMPARED || name.len() > LONGEST_COMPARED {
            return None;
        }
        let near = self.known.iter().filter(|known| known.len() <= LONGEST_COMPARED);
        let scored = near.map(|known| (strsim::normalized_damerau_levenshtein(name, known), *known));
        let mut best: Option<(f64, &str)> = None;
        for (score, known) in scored.filter(|(score, _)| *score >= LEAST_SIMILAR) {
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, known));
            }
        }
        best.map(|(_, known)| known)
    }
}

/// What a name has in common with its plural and its other spellings.
fn form(name: &str) -> String {
    let lower = name.to_lowercase();
    let singular = match lower.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => lower.trim_end_matches('s').to_owned(),
    };
    singular.replace(['-', '_'], "")
}

/// Most words of a name whose borders are looked at.
const MOST_WORDS: usize = 8;

/// What is left of a name behind or before one of its word borders.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let borders = name.match_indices(['_', '-']).take(MOST_WORDS);
    let both = borders.flat_map(|(at, border)| [name.get(at + border.len()..), name.get(..at)]);
    both.flatten().filter(|part| part.len() >= SHORTEST_PART)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised() {
        let mut finder = Finder::new(["berths", "companies", "harbour_masters", "tides"]);
        assert_eq!(finder.likely("berth"), Some("berths"));
        assert_eq!(finder.likely("company"), Some("companies"));
        assert_eq!(finder.likely("masters"), Some("harbour_masters"));
        assert_eq!(finder.likely("old_tides"), Some("tides"));
        assert_eq!(finder.likely("harbor_masters"), Some("harbour_masters"));
        assert_eq!(finder.likely("invoices"), None);
    }

    #[test]
    fn many_names_go_without_suggestions() {
        let known: Vec<String> = (0..1000).map(|number| format!("tide{number:04}x")).collect();
        let mut finder = Finder::new(known.iter().map(String::as_str));
        let found = (0..1000).filter(|number| finder.likely(&format!("tide{number:04}y")).is_some()).count();
        assert_eq!(found, MOST_COMPARED / 1000);
    }
}
