use std::sync::Arc;

use super::{LineIndex, Position, Span};

/// How the bytes of a file became text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Valid UTF-8.
    Utf8,
    /// Not UTF-8: `first` is the offset of the first bad byte, `count` how many were replaced by `?`.
    Invalid {
        /// Offset of the first byte that is no UTF-8.
        first: usize,
        /// Number of replaced bytes.
        count: usize,
    },
}

/// One file: its name, its text and its lines. Offsets into the text are offsets into the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    path: Arc<str>,
    text: String,
    encoding: Encoding,
    lines: LineIndex,
}

/// The byte order mark, which some editors write in front of UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl SourceFile {
    /// Reads `bytes` as UTF-8.
    ///
    /// A byte that is no UTF-8 is read as `?`, one for one, so that offsets stay those of the file;
    /// [`SourceFile::encoding`] then tells where the first one was. `path` is what findings show:
    /// relative to the working directory, with `/`.
    pub fn new(path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Self {
        let (text, encoding) = match String::from_utf8(bytes) {
            Ok(text) => (text, Encoding::Utf8),
            Err(error) => replace_invalid(error.as_bytes()),
        };
        let lines = LineIndex::new(&text);
        Self { path: path.into(), text, encoding, lines }
    }

    /// The name that findings show.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The name, shared.
    pub fn shared_path(&self) -> Arc<str> {
        Arc::clone(&self.path)
    }

    /// The whole text, a byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Offset of the first byte behind a byte order mark: 3 or 0.
    pub fn content_start(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
    }

    /// How the bytes became text.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The file's lines.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The text of `span`; empty when it does not lie on character borders.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// 1-based number of the line that holds `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.lines.line(offset)
    }

    /// Line and column of `offset`.
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(&self.text, offset)
    }

    /// Span of the whole line that holds `offset`, without its line ending.
    pub fn line_at(&self, offset: usize) -> Span {
        self.lines.line_span(&self.text, self.line(offset)).unwrap_or_default()
    }
}

fn replace_invalid(bytes: &[u8]) -> (String, Encoding) {
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first.get_or_insert(text.len());
            count += chunk.invalid().len();
            text.extend(chunk.invalid().iter().map(|_| '?'));
        }
    }
    (text, Encoding::Invalid { first: first.unwrap_or(0), count })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_keep_their_offsets() {
        let file = SourceFile::new("a.md", b"ab\xff\xfe\xc3c".to_vec());
        assert_eq!(file.text(), "ab???c");
        assert_eq!(file.encoding(), Encoding::Invalid { first: 2, count: 3 });
    }

    #[test]
    fn a_byte_order_mark_stays_in_the_text() {
        let file = SourceFile::new("a.md", "\u{feff}# Title".into());
        assert_eq!(file.content_start(), 3);
        assert_eq!(file.position(3).column, 2);
        assert_eq!(file.encoding(), Encoding::Utf8);
    }
}
