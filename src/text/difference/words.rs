//! Which words changed.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lines::lines;
use super::normalise::{body_start, normalise_word};
use super::vocabulary::{self, Sensitive};

/// Beyond this many words on a side only the first differing lines are compared, and no more than this many
/// words of them: the comparison takes time proportional to words times changes.
const MAX_WORDS: usize = 2_000;
/// At most this many changes are kept.
const MAX_CHANGES: usize = 8;
/// At most this many scalar values of each side of a change are kept.
const MAX_CHARACTERS: usize = 120;

/// Words that gave way to others at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordChange {
    /// The unchanged word in front, or empty at the start of what was compared.
    pub before: String,
    /// The source's words, or empty when words were only added. Cut short with `…`.
    pub removed: String,
    /// The integrated block's words, or empty when words were only removed. Cut short with `…`.
    pub added: String,
}

/// How the wording of two blocks differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The changes in order, the first eight at most.
    pub changes: Vec<WordChange>,
    /// How many changes there are in what was compared.
    pub total: usize,
    /// The sensitive words among all changes, in the order of the enum.
    pub sensitive: Vec<Sensitive>,
}

/// Compares the words of the lines between the common first and last lines.
///
/// Markers in front of lines, and what [`normalise_word`] sets aside, count as no change.
pub(super) fn compare_words(source: &str, integrated: &str) -> Wording {
    let (source, integrated) = differing_words(source, integrated);
    let (old_keys, old) = keyed(&source);
    let (new_keys, new) = keyed(&integrated);
    if old_keys == new_keys {
        // What is left lies in how the words are set: show them as they stand.
        let ops = capture_diff_slices(Algorithm::Myers, &source, &integrated);
        return wording(&ops, &source, &integrated);
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys);
    wording(&ops, &old, &new)
}

/// What the words are compared by, beside the words; one of which nothing is left is no word.
fn keyed<'a>(words: &[&'a str]) -> (Vec<String>, Vec<&'a str>) {
    words.iter().map(|word| (normalise_word(word), *word)).filter(|(key, _)| !key.is_empty()).unzip()
}

fn wording(ops: &[DiffOp], source: &[&str], integrated: &[&str]) -> Wording {
    let mut wording = Wording::default();
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for op in ops {
        let (_, old, new) = op.as_tag_tuple();
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let before = new.start.checked_sub(1).and_then(|at| integrated.get(at)).copied().unwrap_or("");
        let (old, new) = (source.get(old).unwrap_or_default(), integrated.get(new).unwrap_or_default());
        removed.extend_from_slice(old);
        added.extend_from_slice(new);
        wording.total += 1;
        if wording.changes.len() < MAX_CHANGES {
            let change = WordChange { before: cut(&[before]), removed: cut(old), added: cut(new) };
            wording.changes.push(change);
        }
    }
    wording.sensitive = vocabulary::changed(&removed, &added);
    wording
}

fn differing_words<'a>(source: &'a str, integrated: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let sources: Vec<&str> = lines(source).map(|(_, line)| line).collect();
    let integrateds: Vec<&str> = lines(integrated).map(|(_, line)| line).collect();
    let (sources, integrateds) = without_common_ends(&sources, &integrateds, 0);
    let (old, new) = (words(sources), words(integrateds));
    let is_small = |words: &[&str]| words.len() <= MAX_WORDS;
    if is_small(&old) && is_small(&new) {
        return (old, new);
    }
    let first = |lines: &'_ [&'a str]| words(lines.get(..1).unwrap_or_default());
    let (old, new) = (first(sources), first(integrateds));
    let (old, new) = without_common_ends(&old, &new, 1);
    let bounded = |words: &[&'a str]| words.iter().take(MAX_WORDS).copied().collect();
    (bounded(old), bounded(new))
}

/// Both slices without what they share at their ends, save `context` elements in front.
fn without_common_ends<'s, 'a>(
    old: &'s [&'a str],
    new: &'s [&'a str],
    context: usize,
) -> (&'s [&'a str], &'s [&'a str]) {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(new).take_while(same).count();
    let shorter = old.len().min(new.len());
    let tail = old.iter().rev().zip(new.iter().rev()).take(shorter - head).take_while(same).count();
    let start = head.saturating_sub(context);
    let middle = |words: &'s [&'a str]| words.get(start..words.len() - tail).unwrap_or_default();
    (middle(old), middle(new))
}

fn words<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    lines.iter().flat_map(|line| line.get(body_start(line)..).unwrap_or("").split_ascii_whitespace()).collect()
}

/// The words as one short string.
fn cut(words: &[&str]) -> String {
    let mut short = String::new();
    let mut left = MAX_CHARACTERS;
    for word in words {
        if !short.is_empty() {
            short.push(' ');
        }
        let mut characters = word.chars();
        short.extend(characters.by_ref().take(left));
        if characters.next().is_some() || left == 0 {
            short.push('…');
            break;
        }
        left = left.saturating_sub(word.chars().count() + 1);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(source: &str, integrated: &str) -> Vec<(String, String, String)> {
        let wording = compare_words(source, integrated);
        wording.changes.into_iter().map(|c| (c.before, c.removed, c.added)).collect()
    }

    fn change(before: &str, removed: &str, added: &str) -> (String, String, String) {
        (before.to_owned(), removed.to_owned(), added.to_owned())
    }

    #[test]
    fn only_what_changed_is_shown() {
        let source = "1. Rooms are listed\n2. A booking takes less than 2 seconds\n3. Guests pay";
        let integrated = "1. Rooms are listed\n2. A booking takes under 2 seconds\n3. Guests pay";
        assert_eq!(changes(source, integrated), [change("takes", "less than", "under")]);
        assert_eq!(changes("may wait", "may not wait"), [change("may", "", "not")]);
    }

    #[test]
    fn renumbering_and_dress_are_no_change_of_words() {
        assert_eq!(changes("1. A “b” c", "7. **a** \"b\" ✅ d"), [change("\"b\"", "c", "d")]);
    }

    #[test]
    fn long_words_and_many_words_are_cut_short() {
        let long = "x".repeat(10_000);
        let shown = changes(&long, "y");
        assert_eq!(shown[0].1.chars().count(), MAX_CHARACTERS + 1);
        let many = "word ".repeat(100);
        assert!(changes(&many, "y")[0].1.ends_with('…'));
    }

    #[test]
    fn beyond_the_bound_only_the_first_differing_lines_count() {
        let body = "lorem ipsum dolor sit amet\n".repeat(1_000);
        let source = format!("the same\nkeep it for 24 hours\n{body}end one");
        let integrated = format!("the same\nkeep it for 48 hours\n{body}end two");
        let wording = compare_words(&source, &integrated);
        assert_eq!((wording.total, wording.sensitive.as_slice()), (1, [Sensitive::Number].as_slice()));
    }

    #[test]
    fn a_huge_line_is_compared_from_its_first_change_on() {
        let head = "same ".repeat(50_000);
        let shown = changes(&format!("{head}old tail one"), &format!("{head}new tail two"));
        assert_eq!(shown, [change("same", "old", "new"), change("tail", "one", "two")]);
    }
}
