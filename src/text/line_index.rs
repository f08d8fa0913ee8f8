use super::Span;

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 1-based line; a line feed ends a line.
    pub line: usize,
    /// 1-based column, counted in Unicode scalar values.
    pub column: usize,
}

/// Where each line of a text starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

impl LineIndex {
    /// Reads the line starts of `text` in one pass.
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { starts, len: text.len() }
    }

    /// Number of lines; a text that ends in a line feed has an empty last line.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Always false: even the empty text has one (empty) line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// 1-based number of the line that holds `offset`; an offset behind the end counts as the end.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset.min(self.len)).max(1)
    }

    /// Span of the 1-based `line` without its line ending (`\n` or `\r\n`), or `None` behind the last.
    pub fn line_span(&self, text: &str, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).map_or(self.len, |next| next - 1);
        let has_cr = end > start && self.starts.get(line).is_some() && text.as_bytes().get(end - 1) == Some(&b'\r');
        Some(Span::new(start, if has_cr { end - 1 } else { end }))
    }

    /// Line and column of `offset` in `text` (the text that the index was made of).
    ///
    /// An offset inside a character counts as that character's; one behind the end as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(self.len);
        let line = self.line(offset);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = text.as_bytes().get(start..offset).unwrap_or_default();
        // A scalar value has exactly one byte that is no continuation byte; an offset
        // inside a character must not count that character as passed.
        let mut column = before.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        if !text.is_char_boundary(offset) {
            column -= 1;
        }
        Position { line, column: column + 1 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_end_at_line_feeds_and_keep_no_carriage_return() {
        let text = "a\r\nbc\n\nd\r";
        let index = LineIndex::new(text);
        let lines: Vec<_> = (1..=index.len()).filter_map(|n| index.line_span(text, n)).map(|s| s.of(text)).collect();
        assert_eq!(lines, ["a", "bc", "", "d\r"]);
        assert_eq!(index.line_span(text, 0), None);
        assert_eq!(index.line_span(text, 5), None);
    }

    #[test]
    fn columns_count_scalar_values() {
        let text = "é😀x\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 6), Position { line: 1, column: 3 });
        assert_eq!(index.position(text, 3), Position { line: 1, column: 2 }, "inside the emoji");
        assert_eq!(index.position(text, 99), Position { line: 2, column: 1 });
    }

    proptest! {
        #[test]
        fn a_position_leads_back_to_its_offset(text in "[a-zé😀\r\n\t]{0,60}", pick in 0usize..200) {
            let index = LineIndex::new(&text);
            let borders: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i)).collect();
            let offset = borders[pick % borders.len()];
            let at = index.position(&text, offset);
            prop_assert!(at.line >= 1 && at.line <= index.len() && at.column >= 1);
            let start = index.starts[at.line - 1];
            let back = text.get(start..).unwrap().char_indices().nth(at.column - 1).map_or(text.len(), |(i, _)| start + i);
            prop_assert_eq!(back, offset);
        }
    }
}
