//! Words whose change changes a promise: numbers, units, negations, modal verbs.

use std::fmt;

use super::normalise::normalise_word;

/// A class of words that a reader must not overlook when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sensitive {
    /// Digits, or a small number as a word.
    Number,
    /// A unit of time, size, length, mass, temperature, rate or money, or a percentage.
    Unit,
    /// `not`, `no`, `never`, `without`, `…n't`, or a prefix such as `un-` put before or taken from a word.
    Negation,
    /// `must`, `should`, `shall`, `may`, `can`, `will`, `might`, `could`, `would`.
    ModalVerb,
}

impl fmt::Display for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "number",
            Self::Unit => "unit",
            Self::Negation => "negation",
            Self::ModalVerb => "modal verb",
        })
    }
}

const NUMBER_WORDS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "thirty", "fifty", "sixty", "hundred", "thousand", "million", "half", "once", "twice", "double",
];

/// Each row holds the spellings of one unit, lower case, the `μ` being the Greek letter.
const UNITS: &[&[&str]] = &[
    &["μs", "us", "microsecond", "microseconds"],
    &["ms", "msec", "millisecond", "milliseconds"],
    &["s", "sec", "secs", "second", "seconds"],
    &["min", "mins", "minute", "minutes"],
    &["h", "hr", "hrs", "hour", "hours"],
    &["day", "days"],
    &["week", "weeks"],
    &["month", "months"],
    &["year", "years"],
    &["bit", "bits"],
    &["byte", "bytes"],
    &["kb", "kilobyte", "kilobytes"],
    &["kib"],
    &["mb", "megabyte", "megabytes"],
    &["mib"],
    &["gb", "gigabyte", "gigabytes"],
    &["gib"],
    &["tb", "terabyte", "terabytes"],
    &["px", "pixel", "pixels"],
    &["pt"],
    &["rem"],
    &["em"],
    &["%", "percent"],
    &["‰"],
    &["€", "eur", "euro", "euros"],
    &["$", "usd", "dollar", "dollars"],
    &["£", "gbp"],
    &["¥", "jpy"],
    &["mm"],
    &["cm"],
    &["m", "metre", "metres", "meter", "meters"],
    &["km"],
    &["mg"],
    &["g", "gram", "grams"],
    &["kg"],
    &["ml"],
    &["l", "litre", "litres", "liter", "liters"],
    &["°c"],
    &["°f"],
    &["hz"],
    &["khz"],
    &["mhz"],
    &["ghz"],
    &["fps"],
    &["rps"],
];

const NEGATIONS: &[&str] =
    &["not", "no", "never", "without", "none", "neither", "nor", "nothing", "nobody", "nowhere", "cannot"];
const NEGATIVE_PREFIXES: &[&str] = &["un", "non-", "non", "in", "im", "ir", "dis"];
const MODAL_VERBS: &[&str] = &["must", "should", "shall", "may", "can", "will", "might", "could", "would"];
/// Modal verbs that change their form before `n't` or `not`.
const CONTRACTED: &[(&str, &str)] = &[("can't", "can"), ("cannot", "can"), ("won't", "will"), ("shan't", "shall")];

/// The classes of which `removed` and `added` do not hold the same words.
pub(super) fn changed(removed: &[&str], added: &[&str]) -> Vec<Sensitive> {
    let (old, new) = (Found::of(removed), Found::of(added));
    let changes = [
        (Sensitive::Number, old.numbers != new.numbers),
        (Sensitive::Unit, old.units != new.units),
        (Sensitive::Negation, old.negations != new.negations || old.is_negated_by(&new) || new.is_negated_by(&old)),
        (Sensitive::ModalVerb, old.modal_verbs != new.modal_verbs),
    ];
    changes.into_iter().filter(|(_, differs)| *differs).map(|(class, _)| class).collect()
}

/// The sensitive words of one side; each list is sorted, so that only what it holds counts.
#[derive(Default)]
struct Found {
    words: Vec<String>,
    numbers: Vec<String>,
    units: Vec<&'static str>,
    negations: Vec<&'static str>,
    modal_verbs: Vec<&'static str>,
}

impl Found {
    fn of(words: &[&str]) -> Self {
        let mut found = Self::default();
        for word in words {
            let key = normalise_word(word);
            let key = key
                .trim_matches(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '\''));
            found.take(key);
            found.words.push(key.to_owned());
        }
        found.words.sort_unstable();
        found.numbers.sort_unstable();
        found.units.sort_unstable();
        found.negations.sort_unstable();
        found.modal_verbs.sort_unstable();
        found
    }

    fn take(&mut self, word: &str) {
        self.take_numbers_and_units(word);
        let stem = word.strip_suffix("n't");
        if stem.is_some() {
            self.negations.push("not");
        }
        self.negations.extend(listed(NEGATIONS, word));
        let contracted = CONTRACTED.iter().find(|(form, _)| *form == word).map(|(_, verb)| *verb);
        self.modal_verbs.extend(contracted.or_else(|| listed(MODAL_VERBS, stem.unwrap_or(word))));
    }

    /// Splits `10ms`, `€5`, `6-17` at the borders between digits and the rest.
    fn take_numbers_and_units(&mut self, word: &str) {
        self.numbers.extend(listed(NUMBER_WORDS, word).map(str::to_owned));
        let is_numeric = |c: char| c.is_numeric() || matches!(c, '.' | ',');
        let mut rest = word;
        let (mut follows_letter, mut follows_number) = (false, false);
        while let Some(first) = rest.chars().next() {
            let numeric = is_numeric(first);
            let end = rest.find(|c| is_numeric(c) != numeric).unwrap_or(rest.len());
            let (part, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let number = part.trim_matches(['.', ',']);
            // The digit of a name (`S3`, `v2`) is no number.
            if numeric && !number.is_empty() && !follows_letter {
                self.numbers.push(number.to_owned());
            }
            // A letter in front of a number (`S3`) is no unit; a currency sign is.
            if !numeric && (follows_number || part.len() == word.len() || !first.is_alphabetic()) {
                self.units.extend(unit(part.trim_matches(['-', '/', '+', '<', '>', '=', '~'])));
            }
            follows_number = numeric;
            follows_letter = part.chars().next_back().is_some_and(char::is_alphabetic);
            rest = behind;
        }
    }

    /// Whether `other` has a word of this side with a negative prefix.
    fn is_negated_by(&self, other: &Self) -> bool {
        other.words.iter().any(|word| {
            let bare = NEGATIVE_PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix));
            // Shorter rests make words of their own: `in` + `to`.
            let mut bare = bare.filter(|bare| bare.len() >= 4);
            bare.any(|bare| self.words.binary_search_by(|own| own.as_str().cmp(bare)).is_ok())
        })
    }
}

fn listed(list: &[&'static str], word: &str) -> Option<&'static str> {
    list.iter().find(|entry| **entry == word).copied()
}

fn unit(word: &str) -> Option<&'static str> {
    UNITS.iter().find(|spellings| spellings.contains(&word)).and_then(|spellings| spellings.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::Sensitive::{ModalVerb, Negation, Number, Unit};
    use super::*;

    fn of(removed: &str, added: &str) -> Vec<Sensitive> {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        changed(&words(removed.to_owned().leak()), &words(added.to_owned().leak()))
    }

    #[test]
    fn numbers_are_digits_or_words() {
        assert_eq!(of("24 hours", "48 hours"), [Number]);
        assert_eq!(of("6–17", "6–18"), [Number]);
        assert_eq!(of("two", "several"), [Number]);
        assert_eq!(of("2,", "(2)"), []);
        assert_eq!(of("S3", "Storage"), [], "the digit of a name");
    }

    #[test]
    fn units_stand_alone_or_behind_a_number() {
        assert_eq!(of("2 seconds", "2 minutes"), [Unit]);
        assert_eq!(of("10ms", "10s"), [Unit]);
        assert_eq!(of("€5", "$5"), [Unit]);
        assert_eq!(of("2 s", "2 seconds"), [], "the same unit");
        assert_eq!(of("5%", "5 MB/s"), [Unit]);
    }

    #[test]
    fn negations_are_words_endings_and_prefixes() {
        assert_eq!(of("is", "isn’t"), [Negation]);
        assert_eq!(of("with", "without"), [Negation]);
        assert_eq!(of("encrypted", "unencrypted"), [Negation]);
        assert_eq!(of("invalid", "valid"), [Negation]);
        assert_eq!(of("to", "into"), []);
    }

    #[test]
    fn modal_verbs_count_with_their_negated_forms() {
        assert_eq!(of("must", "should"), [ModalVerb]);
        assert_eq!(of("can", "cannot"), [Negation], "the verb is the same");
        assert_eq!(of("won't", "**will** not"), []);
        assert_eq!(of("shall", "shouldn't"), [Negation, ModalVerb]);
    }
}
