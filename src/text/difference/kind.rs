use std::fmt;

/// What kind of difference two blocks show, from the smallest to the largest.
///
/// The order is the contract's: of all kinds that explain the whole difference, the smallest names it.
/// Up to [`DifferenceKind::LetterCase`] the kinds are cumulative: each one sets aside what it names and
/// what all smaller ones name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// A byte order mark in front of one side.
    ByteOrderMark,
    /// LF, CRLF or CR.
    LineEndings,
    /// Spaces or tabs at the end of a line.
    TrailingWhitespace,
    /// Blank lines between other lines.
    BlankLines,
    /// Bullets, numbers, and empty checkboxes in front of items.
    ListMarkers,
    /// Spaces and tabs elsewhere, and where lines break.
    IndentationOrWrapping,
    /// Canonically equivalent characters (NFC or NFD).
    UnicodeNormalisation,
    /// Zero-width and control characters, and spaces that are no U+0020.
    InvisibleCharacters,
    /// Curly quotes, dashes, and the one-character ellipsis.
    TypographicQuotesOrDashes,
    /// Emoji, dingbats and ticked checkboxes.
    EmojiOrCheckMarks,
    /// Emphasis, code and strike-through delimiters, backslash escapes, basic HTML entities.
    MarkdownEmphasisOrEscaping,
    /// UTF-8 that was read as Windows-1252 and encoded again.
    DoubleEncodedUtf8,
    /// Upper or lower case.
    LetterCase,
    /// The same items in another order.
    ItemsReordered,
    /// The integrated block lacks items and changes none.
    ItemsMissing,
    /// The integrated block has more items and changes none.
    ItemsAdded,
    /// Anything else: the words differ.
    Wording,
}

impl DifferenceKind {
    /// Every kind, smallest first.
    pub const ALL: [Self; 17] = [
        Self::ByteOrderMark,
        Self::LineEndings,
        Self::TrailingWhitespace,
        Self::BlankLines,
        Self::ListMarkers,
        Self::IndentationOrWrapping,
        Self::UnicodeNormalisation,
        Self::InvisibleCharacters,
        Self::TypographicQuotesOrDashes,
        Self::EmojiOrCheckMarks,
        Self::MarkdownEmphasisOrEscaping,
        Self::DoubleEncodedUtf8,
        Self::LetterCase,
        Self::ItemsReordered,
        Self::ItemsMissing,
        Self::ItemsAdded,
        Self::Wording,
    ];

    /// The name that people read, as the contract words it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "byte order mark",
            Self::LineEndings => "line endings",
            Self::TrailingWhitespace => "trailing whitespace",
            Self::BlankLines => "blank lines",
            Self::ListMarkers => "list markers or numbering",
            Self::IndentationOrWrapping => "indentation or wrapping",
            Self::UnicodeNormalisation => "Unicode normalisation",
            Self::InvisibleCharacters => "invisible characters",
            Self::TypographicQuotesOrDashes => "typographic quotes or dashes",
            Self::EmojiOrCheckMarks => "emoji or check marks added",
            Self::MarkdownEmphasisOrEscaping => "Markdown emphasis or escaping",
            Self::DoubleEncodedUtf8 => "double-encoded UTF-8",
            Self::LetterCase => "letter case",
            Self::ItemsReordered => "items reordered",
            Self::ItemsMissing => "items missing",
            Self::ItemsAdded => "items added",
            Self::Wording => "wording",
        }
    }
}

impl fmt::Display for DifferenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_kind_in_order() {
        assert!(DifferenceKind::ALL.is_sorted());
        assert_eq!(DifferenceKind::ALL.last(), Some(&DifferenceKind::Wording));
        assert_eq!(DifferenceKind::EmojiOrCheckMarks.to_string(), "emoji or check marks added");
    }
}
