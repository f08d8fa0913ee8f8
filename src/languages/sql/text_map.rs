//! Offsets of a text that was taken out of another one.

use crate::text::Span;

/// Maps byte offsets of a derived text (a statement with psql variables put in, the inside of a string) to the text
/// that it was derived from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TextMap {
    /// Runs of bytes that are the same in both: (offset in the derived text, offset in the original), ascending.
    Runs(Vec<(usize, usize)>),
    /// The text was computed: all of it stands for one span.
    Computed(Span),
}

impl TextMap {
    /// The derived text is the original from `offset` on.
    pub(crate) fn shift(offset: usize) -> Self {
        Self::Runs(vec![(0, offset)])
    }

    fn offset(runs: &[(usize, usize)], at: usize) -> usize {
        let next = runs.partition_point(|&(derived, _)| derived <= at);
        let (derived, original) = next.checked_sub(1).and_then(|index| runs.get(index)).copied().unwrap_or((0, 0));
        original + at.saturating_sub(derived)
    }

    /// The place of `span` in the original.
    pub(crate) fn span(&self, span: Span) -> Span {
        match self {
            Self::Computed(whole) => *whole,
            Self::Runs(runs) => {
                let start = Self::offset(runs, span.start);
                // The end is that of the last byte: the byte behind it may stand in another run.
                let end = if span.is_empty() { start } else { Self::offset(runs, span.end - 1) + 1 };
                Span::new(start, end)
            }
        }
    }

    /// The map of a text that was derived, by `inner`, from the text that this map is of.
    pub(crate) fn compose(&self, inner: &[(usize, usize)]) -> Self {
        match self {
            Self::Computed(span) => Self::Computed(*span),
            Self::Runs(runs) => {
                let mut composed = Vec::with_capacity(inner.len());
                for (index, &(derived, middle)) in inner.iter().enumerate() {
                    composed.push((derived, Self::offset(runs, middle)));
                    let end = inner.get(index + 1).map_or(usize::MAX, |&(next, _)| middle + (next - derived));
                    let first = runs.partition_point(|&(start, _)| start <= middle);
                    for &(start, original) in runs.get(first..).unwrap_or_default() {
                        if start >= end {
                            break;
                        }
                        composed.push((derived + (start - middle), original));
                    }
                }
                Self::Runs(composed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_compose() {
        // "ab''cd" inside quotes at 10: a=11, b=12, one quote=13, c=15, d=16.
        let outer = TextMap::Runs(vec![(0, 11), (3, 15)]);
        assert_eq!(outer.span(Span::new(0, 5)), Span::new(11, 17));
        assert_eq!(outer.span(Span::new(1, 3)), Span::new(12, 14));
        let inner = outer.compose(&[(0, 1)]);
        assert_eq!(inner.span(Span::new(0, 1)), Span::new(12, 13));
        assert_eq!(inner.span(Span::new(2, 4)), Span::new(15, 17));
        assert_eq!(TextMap::Computed(Span::new(3, 9)).span(Span::new(0, 100)), Span::new(3, 9));
    }
}
