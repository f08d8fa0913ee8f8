//! Blocks as lists: which items one side lacks.

use std::collections::HashMap;

use super::lines::{is_blank, lines};
use super::normalise::{body_start, on_one_line};
use crate::text::Span;

/// One item of a block: a bullet, number, checkbox, table row or plain line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The item without its marker and with single spaces.
    pub text: String,
    /// Where it stands in its block, marker included.
    pub span: Span,
}

/// How the items of two blocks compare, when no item was reworded.
pub(super) enum ItemsDifference {
    Reordered,
    /// Items that only the source has.
    Missing(Vec<Item>),
    /// Items that only the integrated block has.
    Added(Vec<Item>),
}

/// Compares the blocks' items as multisets; `None` when that does not explain the difference.
pub(super) fn compare_items(source: &str, integrated: &str) -> Option<ItemsDifference> {
    let (source, integrated) = (items(source), items(integrated));
    let missing = surplus(&source, &integrated);
    let added = surplus(&integrated, &source);
    match (missing.is_empty(), added.is_empty()) {
        (false, true) => Some(ItemsDifference::Missing(missing)),
        (true, false) => Some(ItemsDifference::Added(added)),
        (true, true) if source.iter().map(|i| &i.text).ne(integrated.iter().map(|i| &i.text)) => {
            Some(ItemsDifference::Reordered)
        }
        _ => None,
    }
}

/// The items of `block`. A line without a marker that is indented continues the marked item before it.
fn items(block: &str) -> Vec<Item> {
    let block_start = if block.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut items: Vec<Item> = Vec::new();
    let mut continuable = false;
    for (span, line) in lines(block.get(block_start..).unwrap_or("")).filter(|(_, line)| !is_blank(line)) {
        let span = span.shifted(block_start);
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let body_at = body_start(line);
        let text = on_one_line(line.get(body_at..).unwrap_or(""));
        let is_marked = body_at > indentation;
        let continued = items.last_mut().filter(|_| continuable && !is_marked && indentation > 0);
        if let Some(item) = continued {
            item.text.push_str(if item.text.is_empty() { "" } else { " " });
            item.text.push_str(&text);
            item.span = item.span.join(span);
        } else {
            items.push(Item { text, span: Span::new(span.start + indentation, span.end) });
            continuable = is_marked;
        }
    }
    items.retain(|item| !item.text.is_empty());
    items
}

/// The items of `all` that `other` has fewer of, in order; of equal items the later ones.
fn surplus(all: &[Item], other: &[Item]) -> Vec<Item> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for item in other {
        *left.entry(&item.text).or_default() += 1;
    }
    let is_matched = |item: &Item| match left.get_mut(item.text.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let mut is_matched = is_matched;
    all.iter().filter(|item| !is_matched(item)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(block: &str) -> Vec<String> {
        items(block).into_iter().map(|item| item.text).collect()
    }

    #[test]
    fn every_line_form_is_an_item() {
        let block = "1. one\n   goes on\n- [ ] two\n\n| a | b |\nplain\nlines\n-\n";
        assert_eq!(texts(block), ["one goes on", "two", "|a|b|", "plain", "lines"]);
        assert_eq!(items(block)[0].span.of(block), "1. one\n   goes on");
    }

    #[test]
    fn plain_indented_lines_are_items_of_their_own() {
        assert_eq!(texts("  a\n  b"), ["a", "b"]);
    }

    #[test]
    fn multisets_know_duplicates() {
        let (source, integrated) = ("- a\n- b\n- a", "- a\n- b");
        let Some(ItemsDifference::Missing(missing)) = compare_items(source, integrated) else {
            panic!("one of two equal items is missing")
        };
        assert_eq!(missing, [Item { text: "a".to_owned(), span: Span::new(8, 11) }]);
    }
}
