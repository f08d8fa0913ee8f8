use super::layout::columns;
use super::sanitise::CleanExcerpt;
use crate::text::Span;

/// What stands for text that is left out; one column.
const ELLIPSIS: char = '…';

/// Cuts each line of `excerpt` to `width` columns, so that the beginning of the mark stays in view.
///
/// `cut_before` says that the first line's beginning was left out already.
pub(super) fn fit(excerpt: &CleanExcerpt, cut_before: bool, width: usize) -> CleanExcerpt {
    let mut text = String::with_capacity(excerpt.text.len());
    let mut mark = Mark::default();
    let mut offset = 0_usize;
    for (number, line) in excerpt.text.split('\n').enumerate() {
        if number > 0 {
            text.push('\n');
        }
        let marked = part_of(excerpt.marked, offset, line.len());
        let cut_before = cut_before && number == 0;
        let kept = keep(line, marked, width.saturating_sub(usize::from(cut_before)));
        if cut_before || kept.start > 0 {
            text.push(ELLIPSIS);
        }
        let starts_here = (offset..=offset.saturating_add(line.len())).contains(&excerpt.marked.start);
        if starts_here || marked.end > 0 {
            mark.add(text.len(), kept, marked, starts_here);
        }
        text.push_str(kept.of(line));
        if kept.end < line.len() {
            text.push(ELLIPSIS);
        }
        offset = offset.saturating_add(line.len()).saturating_add(1);
    }
    CleanExcerpt { text, marked: Span::new(mark.start, mark.end) }
}

/// The mark in the text that has been written so far.
#[derive(Default)]
struct Mark {
    start: usize,
    end: usize,
}

impl Mark {
    /// Takes in the `marked` part of a line of which the `kept` part is written at `base`.
    fn add(&mut self, base: usize, kept: Span, marked: Span, starts_here: bool) {
        let written = |at: usize| base.saturating_add(at.clamp(kept.start, kept.end).saturating_sub(kept.start));
        if starts_here {
            self.start = written(marked.start);
        }
        self.end = written(marked.end);
    }
}

/// The part of `span` that lies in the `len` bytes at `offset`, counted from there.
fn part_of(span: Span, offset: usize, len: usize) -> Span {
    let inside = |at: usize| at.saturating_sub(offset).min(len);
    Span::new(inside(span.start), inside(span.end))
}

/// The bytes of `line` to show in `width` columns, which include an ellipsis at each cut end.
fn keep(line: &str, marked: Span, width: usize) -> Span {
    let column = |at: usize| line.get(..at).map_or(0, |before| before.chars().map(columns).sum());
    let total = column(line.len());
    if total <= width {
        return Span::new(0, line.len());
    }
    // Some text before the mark, more of it where the line ends soon.
    let before_mark = column(marked.start).saturating_sub(width / 4);
    let before_tail = total.saturating_sub(width);
    let begin = if column(marked.end) < width { 0 } else { before_mark.min(before_tail) };
    let first = if begin == 0 { 0 } else { begin.saturating_add(1) };
    let all_behind_fits = begin == before_tail;
    let end = if all_behind_fits { total } else { begin.saturating_add(width).saturating_sub(1) };
    let mut kept = Span::empty(line.len());
    let mut at_column = 0_usize;
    for (at, character) in line.char_indices() {
        let next = at_column.saturating_add(columns(character));
        if at_column >= first {
            kept.start = kept.start.min(at);
            if next > end {
                return Span::new(kept.start, at);
            }
        }
        at_column = next;
    }
    Span::new(kept.start, line.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn fitted(text: &str, part: &str, width: usize) -> (String, String) {
        let start = text.find(part).unwrap();
        let excerpt = CleanExcerpt { text: text.to_owned(), marked: Span::new(start, start + part.len()) };
        let fitted = fit(&excerpt, false, width);
        (fitted.text.clone(), fitted.marked.of(&fitted.text).to_owned())
    }

    #[test]
    fn short_lines_stay_whole() {
        assert_eq!(fitted("ab cd\nef", "cd\nef", 10), ("ab cd\nef".into(), "cd\nef".into()));
    }

    #[test]
    fn the_mark_stays_in_view() {
        assert_eq!(fitted("one two three four", "two", 10), ("one two t…".into(), "two".into()));
        assert_eq!(fitted("one two three four five", "four", 10), ("… four fi…".into(), "four".into()));
        assert_eq!(fitted("one two three four five", "five", 10), ("…four five".into(), "five".into()));
    }

    #[test]
    fn a_mark_wider_than_the_window_is_cut_with_its_line() {
        assert_eq!(fitted("0123456789abcdef", "23456789abcdef", 8), ("0123456…".into(), "23456".into()));
    }

    #[test]
    fn a_line_whose_beginning_is_missing_says_so() {
        let excerpt = CleanExcerpt { text: "abc".into(), marked: Span::new(1, 2) };
        let fitted = fit(&excerpt, true, 10);
        assert_eq!((fitted.text.as_str(), fitted.marked.of(&fitted.text)), ("…abc", "b"));
    }

    proptest! {
        #[test]
        fn any_text_fits(text in "[a-z漢é😀\n ]{0,80}", start in 0usize..90, len in 0usize..90, width in 10usize..40) {
            let border = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            let marked = Span::new(border(start), border(start + len));
            let fitted = fit(&CleanExcerpt { text: text.clone(), marked }, false, width);
            for line in fitted.text.split('\n') {
                prop_assert!(line.width() <= width, "{:?} is wider than {}", line, width);
            }
            prop_assert!(fitted.text.get(fitted.marked.start..fitted.marked.end).is_some());
            let shown = fitted.marked.of(&fitted.text).chars().next().filter(|&c| c != '…');
            prop_assert!(shown.is_none() || shown == marked.of(&text).chars().next());
        }
    }
}
