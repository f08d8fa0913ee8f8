//! Byte identity: whether two blocks of text are the same, and if not, what kind of difference it is.
//!
//! The blocks are plain text: the values of a label in a source and in an integrated document. Nothing here knows Markdown
//! beyond what sets kinds apart: markers, delimiters and escapes. Comparing takes time linear in the blocks'
//! lengths, save for a word comparison of bounded size.

mod items;
mod kind;
mod lines;
mod mojibake;
mod normalise;
mod sentence;
mod vocabulary;
mod words;

pub use items::Item;
pub use kind::DifferenceKind;
pub use lines::without_blank_edges;
pub use mojibake::{mojibake, repair_mojibake};
pub use vocabulary::Sensitive;
pub use words::{WordChange, Wording};

use super::Span;
use items::ItemsDifference;

/// At most this many missing or added items are kept.
const MAX_ITEMS: usize = 10;
/// Beyond this many bytes a block is no label's value. The largest of the cumulative kinds is then tried
/// first, and the smaller ones only when it explains the difference: a rare kind is missed, time is saved.
const LARGE_BLOCK: usize = 64 * 1024;

/// How two blocks differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The smallest kind that explains all of the difference.
    pub kind: DifferenceKind,
    /// The first differing line of the source, as a byte range into the block as given, without its ending.
    ///
    /// Where the source ends first, it is its last line; `0..0` for a side of only blank lines.
    pub source_line: Span,
    /// The first differing line of the integrated block, likewise.
    pub integrated_line: Span,
    /// What else is known, by kind.
    pub detail: Detail,
}

impl Difference {
    /// The difference in one line: the kind's name, then what is known of it; the same as [`ToString`] gives.
    pub fn description(&self) -> String {
        self.to_string()
    }

    /// Whether double encoding damaged the source alone, so that the integrated block is the sound one.
    pub fn is_damage_of_source(&self) -> bool {
        self.kind == DifferenceKind::DoubleEncodedUtf8 && self.detail == Detail::Carrier(Side::Source)
    }
}

/// What is known of a difference beyond its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing: the kind says it all.
    None,
    /// Which side has what the kind names: the byte order mark, the invisible characters, the emoji or check
    /// marks, the damage of double encoding.
    Carrier(Side),
    /// The first missing or added items (ten at most) and how many there are. Spans are byte ranges
    /// into the block as given that has the items: the source's for missing, the integrated one for added.
    Items {
        /// The first ones, in order.
        first: Vec<Item>,
        /// How many there are in all.
        total: usize,
    },
    /// The changed words.
    Wording(Wording),
}

/// One of the two blocks, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The source's block.
    Source,
    /// The integrated spec's block.
    Integrated,
    /// Both, differently.
    Both,
}

/// Compares two blocks byte by byte, leading and trailing blank lines set aside ([`without_blank_edges`]).
///
/// `None` when they are identical. Decisions that the list of kinds leaves open:
/// - An empty checkbox is a list marker; a ticked one, like an emoji, is a check mark.
/// - One item broken into two, or two run into one, is wrapping: no word differs.
/// - Spaces other than U+0020 are invisible characters; the ellipsis counts with quotes and dashes.
/// - Items are compared without markers and with single spaces. Only when no item is reworded are some missing or added;
///   items both missing and added are wording.
pub fn compare(source: &str, integrated: &str) -> Option<Difference> {
    let source_block = without_blank_edges(source);
    let integrated_block = without_blank_edges(integrated);
    let (source, integrated) = (source_block.of(source), integrated_block.of(integrated));
    if source == integrated {
        return None;
    }
    let (source_line, integrated_line) = lines::first_difference(source, integrated);
    let (kind, detail) = classify(source, integrated, source_block.start, integrated_block.start);
    Some(Difference {
        kind,
        source_line: source_line.shifted(source_block.start),
        integrated_line: integrated_line.shifted(integrated_block.start),
        detail,
    })
}

/// The kind of difference between two trimmed blocks, which start at the given offsets of what was given.
fn classify(source: &str, integrated: &str, source_start: usize, integrated_start: usize) -> (DifferenceKind, Detail) {
    if let Some(kind) = smallest_cumulative_kind(source, integrated) {
        return (kind, carrier(kind, source, integrated));
    }
    match items::compare_items(source, integrated) {
        Some(ItemsDifference::Reordered) => (DifferenceKind::ItemsReordered, Detail::None),
        Some(ItemsDifference::Missing(items)) => (DifferenceKind::ItemsMissing, first_items(items, source_start)),
        Some(ItemsDifference::Added(items)) => (DifferenceKind::ItemsAdded, first_items(items, integrated_start)),
        None => (DifferenceKind::Wording, Detail::Wording(words::compare_words(source, integrated))),
    }
}

fn smallest_cumulative_kind(source: &str, integrated: &str) -> Option<DifferenceKind> {
    let explains = |kind: DifferenceKind| normalise::normalise(source, kind) == normalise::normalise(integrated, kind);
    if source.len().max(integrated.len()) > LARGE_BLOCK && !explains(DifferenceKind::LetterCase) {
        return None;
    }
    normalise::kinds().find(|kind| explains(*kind))
}

fn carrier(kind: DifferenceKind, source: &str, integrated: &str) -> Detail {
    let names_a_side = matches!(
        kind,
        DifferenceKind::ByteOrderMark
            | DifferenceKind::InvisibleCharacters
            | DifferenceKind::EmojiOrCheckMarks
            | DifferenceKind::DoubleEncodedUtf8
    );
    let carries = |text| names_a_side && normalise::carries(text, kind);
    match (carries(source), carries(integrated)) {
        (true, true) => Detail::Carrier(Side::Both),
        (true, false) => Detail::Carrier(Side::Source),
        (false, true) => Detail::Carrier(Side::Integrated),
        (false, false) => Detail::None,
    }
}

fn first_items(items: Vec<Item>, block_start: usize) -> Detail {
    let total = items.len();
    let shifted = |item: Item| Item { span: item.span.shifted(block_start), ..item };
    Detail::Items { first: items.into_iter().take(MAX_ITEMS).map(shifted).collect(), total }
}

#[cfg(test)]
mod tests;
