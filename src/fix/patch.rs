use crate::diagnostics::Edit;
use crate::text::Span;

/// A text with edits. It knows which bytes are those of the original, so that what lies outside the edits cannot change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch<'t> {
    original: &'t str,
    pieces: Vec<Piece>,
}

/// A stretch of the patched text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Bytes of the original. The spans of all pieces ascend.
    Kept(Span),
    /// Bytes that were put in.
    New(String),
}

/// A stretch of the original and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) span: Span,
    pub(super) replacement: String,
}

impl<'t> Patch<'t> {
    /// `original` without any edit.
    pub fn new(original: &'t str) -> Self {
        Self { original, pieces: vec![Piece::Kept(Span::new(0, original.len()))] }
    }

    /// The text that was patched.
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// The text with all edits.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text(self.original)).collect()
    }

    /// Whether the text is the original.
    pub fn is_unchanged(&self) -> bool {
        self.changes().is_empty()
    }

    /// Applies `edits` to the patched text; they are in order and do not overlap. Time is linear.
    ///
    /// `None` where an edit does not lie on character borders of the text, or the edits are in disorder: then nothing
    /// can be applied.
    #[must_use]
    pub fn with(&self, edits: &[&Edit]) -> Option<Self> {
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2 * edits.len());
        let mut edits = edits.iter().peekable();
        // Bytes of the patched text in front of what is looked at, and how many more of them are to be left out.
        let (mut offset, mut left_out) = (0, 0);
        // What is put in behind the last byte needs a piece to stand on.
        let end = Piece::Kept(Span::empty(self.original.len()));
        for piece in self.pieces.iter().chain([&end]) {
            let text = piece.text(self.original);
            let mut at = left_out.min(text.len());
            left_out -= at;
            while let Some(edit) = edits.next_if(|edit| edit.span.start <= offset + text.len() && left_out == 0) {
                let start = edit.span.start.checked_sub(offset).filter(|start| *start >= at)?;
                push(&mut pieces, piece.part(self.original, Span::new(at, start))?);
                push(&mut pieces, Piece::New(edit.replacement.clone()));
                let end = (start + edit.span.len()).min(text.len());
                left_out = edit.span.len() - (end - start);
                at = end;
            }
            push(&mut pieces, piece.part(self.original, Span::new(at, text.len()))?);
            offset += text.len();
        }
        (edits.next().is_none() && left_out == 0).then_some(Self { original: self.original, pieces })
    }

    /// What differs from the original, in order.
    pub(super) fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        let (mut end, mut new) = (0, String::new());
        let (last, sentinel) = (self.pieces.len(), Piece::Kept(Span::empty(self.original.len())));
        for (index, piece) in self.pieces.iter().chain([&sentinel]).enumerate() {
            match piece {
                Piece::New(text) => new.push_str(text),
                Piece::Kept(span) if !span.is_empty() || index == last => {
                    let gone = Span::new(end, span.start);
                    let replacement = std::mem::take(&mut new);
                    if gone.of(self.original) != replacement {
                        changes.push(Change { span: gone, replacement });
                    }
                    end = span.end;
                }
                Piece::Kept(_) => {}
            }
        }
        changes
    }
}

impl Piece {
    fn text<'a>(&'a self, original: &'a str) -> &'a str {
        match self {
            Self::Kept(span) => span.of(original),
            Self::New(text) => text,
        }
    }

    /// The bytes `span` of the piece; `None` where they are no whole characters.
    fn part(&self, original: &str, span: Span) -> Option<Self> {
        let part = self.text(original).get(span.start..span.end)?;
        Some(match self {
            Self::Kept(own) => Self::Kept(span.shifted(own.start)),
            Self::New(_) => Self::New(part.to_owned()),
        })
    }
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    let is_empty = match &piece {
        Piece::Kept(span) => span.is_empty(),
        Piece::New(text) => text.is_empty(),
    };
    if !is_empty {
        pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edits(pairs: &[(usize, usize, &str)]) -> Vec<Edit> {
        pairs.iter().map(|&(start, end, text)| Edit::replace(Span::new(start, end), text)).collect()
    }

    fn patched(text: &str, rounds: &[&[(usize, usize, &str)]]) -> Option<String> {
        let mut patch = Patch::new(text);
        for round in rounds {
            let edits = edits(round);
            patch = patch.with(&edits.iter().collect::<Vec<_>>())?;
        }
        Some(patch.text())
    }

    #[test]
    fn edits_replace_insert_and_remove() {
        assert_eq!(patched("abcdef", &[&[(0, 0, "<"), (1, 3, "X"), (6, 6, ">")]]).as_deref(), Some("<aXdef>"));
        assert_eq!(patched("abcdef", &[&[(1, 3, "XYZ")], &[(0, 5, ""), (5, 6, "!")]]).as_deref(), Some("!f"));
        assert_eq!(patched("", &[&[(0, 0, "a")], &[(1, 1, "b")]]).as_deref(), Some("ab"));
    }

    #[test]
    fn what_cannot_be_applied_is_refused() {
        assert_eq!(patched("aé", &[&[(2, 3, "x")]]), None, "the middle of a character");
        assert_eq!(patched("abc", &[&[(2, 9, "x")]]), None, "behind the end");
        assert_eq!(patched("abc", &[&[(1, 2, "x"), (0, 1, "y")]]), None, "in disorder");
    }

    #[test]
    fn changes_are_told_in_the_original() {
        let first = edits(&[(1, 3, "XY"), (5, 5, "Z")]);
        let patch = Patch::new("abcdef").with(&first.iter().collect::<Vec<_>>()).unwrap();
        let changes: Vec<_> = patch.changes().into_iter().map(|change| (change.span, change.replacement)).collect();
        assert_eq!(changes, [(Span::new(1, 3), "XY".to_owned()), (Span::empty(5), "Z".to_owned())]);
        let back = edits(&[(1, 3, "bc"), (5, 6, "")]);
        assert!(patch.with(&back.iter().collect::<Vec<_>>()).unwrap().is_unchanged());
    }

    proptest! {
        /// Two rounds of edits give what replacing them by hand gives, and the changes lead from the original there.
        #[test]
        fn patches_compose(text in "[a-d\n]{0,30}", rounds in prop::collection::vec(prop::collection::vec((0_usize..40, 0_usize..6, "[x-z]{0,4}"), 0..5), 1..4)) {
            let mut patch = Patch::new(&text);
            let mut expected = text.clone();
            for round in &rounds {
                let mut own: Vec<Edit> = Vec::new();
                for (start, length, replacement) in round {
                    let behind = own.last().map_or(0, |edit| edit.span.end);
                    let start = (behind + start).min(expected.len());
                    own.push(Edit::replace(Span::new(start, (start + length).min(expected.len())), replacement.clone()));
                }
                patch = patch.with(&own.iter().collect::<Vec<_>>()).unwrap();
                for edit in own.iter().rev() {
                    expected.replace_range(edit.span.start..edit.span.end, &edit.replacement);
                }
            }
            prop_assert_eq!(patch.text(), expected.clone());
            let mut from_changes = text.clone();
            for change in patch.changes().iter().rev() {
                from_changes.replace_range(change.span.start..change.span.end, &change.replacement);
            }
            prop_assert_eq!(from_changes, expected);
        }
    }
}
