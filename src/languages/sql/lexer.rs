//! The tokens of PostgreSQL's own scanner, as far as statements must be told apart.

use std::collections::BTreeMap;

use memchr::memmem;

use crate::text::Span;

/// What a token is. White space is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A keyword or an unquoted name.
    Word,
    /// `"Name"`, also with the prefix `U&`.
    QuotedName,
    /// A string in single quotes; `escapes` where a backslash escapes (`E'…'`).
    Text { escapes: bool },
    /// `$tag$ … $tag$`.
    DollarText,
    /// A number.
    Number,
    /// `-- …` up to the end of the line.
    LineComment,
    /// `/* … */`, nested ones included.
    BlockComment,
    /// A quote or a dollar tag that nothing closes, as one character or one tag: what follows is read as if it were not there.
    Unclosed,
    /// Any other single character.
    Symbol(char),
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

impl Token {
    pub(crate) fn is_comment(self) -> bool {
        matches!(self.kind, TokenKind::LineComment | TokenKind::BlockComment)
    }

    pub(crate) fn is_symbol(self, symbol: char) -> bool {
        self.kind == TokenKind::Symbol(symbol)
    }

    /// Whether the token is the keyword `word` (given in upper case).
    pub(crate) fn is_word(self, text: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.span.of(text).eq_ignore_ascii_case(word)
    }
}

/// Reads tokens one after the other; [`Lexer::skip_to`] jumps over text that is no SQL.
#[derive(Debug)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Where each dollar tag (with its dollars) occurs last. Finding out that a tag is never closed must not read the rest again.
    last_tags: BTreeMap<&'t str, usize>,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, last_tags: last_dollar_tags(text) }
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn skip_to(&mut self, offset: usize) {
        self.at = offset.max(self.at).min(self.text.len());
    }

    fn byte(&self, offset: usize) -> Option<u8> {
        self.text.as_bytes().get(offset).copied()
    }

    fn rest(&self, offset: usize) -> &'t str {
        self.text.get(offset..).unwrap_or("")
    }

    fn read_at(&self, start: usize) -> (TokenKind, usize) {
        let Some(first) = self.rest(start).chars().next() else {
            return (TokenKind::Symbol('\0'), self.text.len());
        };
        let next = self.byte(start + 1);
        match first {
            '-' if next == Some(b'-') => (TokenKind::LineComment, self.line_end(start)),
            '/' if next == Some(b'*') => (TokenKind::BlockComment, self.block_comment_end(start)),
            '\'' => self.quoted(start, TokenKind::Text { escapes: false }),
            '"' => self.quoted(start, TokenKind::QuotedName),
            '$' => self.dollar(start),
            'e' | 'E' if next == Some(b'\'') => self.quoted(start + 1, TokenKind::Text { escapes: true }),
            'b' | 'B' | 'x' | 'X' | 'n' | 'N' if next == Some(b'\'') => {
                self.quoted(start + 1, TokenKind::Text { escapes: false })
            }
            'u' | 'U' if next == Some(b'&') => match self.byte(start + 2) {
                Some(b'\'') => self.quoted(start + 2, TokenKind::Text { escapes: false }),
                Some(b'"') => self.quoted(start + 2, TokenKind::QuotedName),
                _ => (TokenKind::Word, self.word_end(start)),
            },
            _ if is_name_start(first) => (TokenKind::Word, self.word_end(start)),
            _ if first.is_ascii_digit() => (TokenKind::Number, self.number_end(start)),
            _ => (TokenKind::Symbol(first), start + first.len_utf8()),
        }
    }

    fn line_end(&self, start: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', self.rest(start).as_bytes()).map_or(self.text.len(), |length| start + length)
    }

    /// A comment that nothing closes reaches to the end, as it does for the server.
    fn block_comment_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut at, mut depth) = (start, 0usize);
        loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'/'), Some(b'*')) => {
                    depth += 1;
                    at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        return at;
                    }
                }
                (Some(_), _) => at += 1,
                (None, _) => return bytes.len(),
            }
        }
    }

    /// Reads on from the opening quote at `quote`; a doubled quote belongs to the text.
    fn quoted(&self, quote: usize, kind: TokenKind) -> (TokenKind, usize) {
        let bytes = self.text.as_bytes();
        let mark = self.byte(quote).unwrap_or(b'\'');
        let escapes = matches!(kind, TokenKind::Text { escapes: true });
        let mut at = quote + 1;
        loop {
            let tail = bytes.get(at..).unwrap_or_default();
            let found = if escapes { memchr::memchr2(mark, b'\\', tail) } else { memchr::memchr(mark, tail) };
            let Some(length) = found else {
                // Only a plain quote is taken back: an escape string may hold quotes that it has read past.
                let end = if escapes { bytes.len() } else { quote + 1 };
                return (TokenKind::Unclosed, end);
            };
            at += length + 1;
            if bytes.get(at - 1) == Some(&b'\\') {
                at += self.rest(at).chars().next().map_or(0, char::len_utf8);
            } else if bytes.get(at) == Some(&mark) {
                at += 1;
            } else {
                return (kind, at);
            }
        }
    }

    fn dollar(&self, start: usize) -> (TokenKind, usize) {
        let Some(length) = dollar_tag(self.rest(start)) else {
            return (TokenKind::Symbol('$'), start + 1);
        };
        let (tag, body) = (self.rest(start).get(..length).unwrap_or("$$"), start + length);
        if self.last_tags.get(tag).is_none_or(|&last| last < body) {
            return (TokenKind::Unclosed, body);
        }
        match memmem::find(self.rest(body).as_bytes(), tag.as_bytes()) {
            Some(closing) => (TokenKind::DollarText, body + closing + length),
            None => (TokenKind::Unclosed, body),
        }
    }

    fn word_end(&self, start: usize) -> usize {
        let rest = self.rest(start);
        rest.find(|c: char| !is_name_part(c)).map_or(self.text.len(), |length| start + length)
    }

    fn number_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(&byte) = bytes.get(at) {
            // `1..10` is a range in PL/pgSQL, not a number with two points.
            let point = byte == b'.' && bytes.get(at + 1) != Some(&b'.');
            if !(byte.is_ascii_alphanumeric() || byte == b'_' || point) {
                break;
            }
            at += 1;
        }
        at
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let rest = self.rest(self.at);
        let blank = rest.find(|c: char| !is_space(c))?;
        let start = self.at + blank;
        let (kind, end) = self.read_at(start);
        self.at = end;
        Some(Token { kind, span: Span::new(start, end) })
    }
}

/// A byte order mark is blank too: files are joined with it in the middle.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{feff}')
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || (!c.is_ascii() && c != '\u{feff}' && c != '…')
}

fn is_name_part(c: char) -> bool {
    is_name_start(c) || c.is_ascii_digit() || c == '$'
}

/// Length of the dollar tag (`$$`, `$tag$`) that `text` starts with.
pub(crate) fn dollar_tag(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    chars.next().filter(|&(_, c)| c == '$')?;
    for (at, c) in chars {
        if c == '$' {
            return Some(at + 1);
        }
        if !(is_name_start(c) || (at > 1 && c.is_ascii_digit())) {
            return None;
        }
    }
    None
}

fn last_dollar_tags(text: &str) -> BTreeMap<&str, usize> {
    let mut last = BTreeMap::new();
    let mut dollars = memchr::memchr_iter(b'$', text.as_bytes()).peekable();
    while let Some(start) = dollars.next() {
        let Some(&end) = dollars.peek() else { break };
        let Some(tag) = text.get(start..=end) else { continue };
        if dollar_tag(tag) == Some(tag.len()) {
            last.insert(tag, start);
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Vec<(TokenKind, &str)> {
        Lexer::new(text).map(|token| (token.kind, token.span.of(text))).collect()
    }

    #[test]
    fn strings_end_where_the_server_ends_them() {
        let text = r"'it''s' E'a\'b' 'a\' U&'x' x";
        let got: Vec<_> = kinds(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(got, ["'it''s'", r"E'a\'b'", r"'a\'", "U&'x'", "x"]);
    }

    #[test]
    fn dollar_tags_pair_by_their_names() {
        assert_eq!(kinds("$a$ $$ $a$ a$b$"), [(TokenKind::DollarText, "$a$ $$ $a$"), (TokenKind::Word, "a$b$")]);
        assert_eq!(kinds("$1 $x$").first(), Some(&(TokenKind::Symbol('$'), "$")));
    }

    #[test]
    fn what_nothing_closes_hides_nothing() {
        assert_eq!(kinds("$q$ DROP").get(1), Some(&(TokenKind::Word, "DROP")));
        assert_eq!(kinds("don't DROP").get(2), Some(&(TokenKind::Word, "t")));
        assert_eq!(kinds("/* /* */ DROP"), [(TokenKind::BlockComment, "/* /* */ DROP")]);
    }

    #[test]
    fn hostile_text_is_read_in_one_pass() {
        let mut text = String::new();
        for tag in 0..20_000 {
            text.extend([String::from("$a"), tag.to_string(), String::from("$ ")]);
        }
        text.push_str(&"$b$ ' \" ".repeat(5_001));
        let start = std::time::Instant::now();
        assert!(Lexer::new(&text).count() > 100);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn tokens_follow_each_other(text in "[a'\"$\\\\E/*\\- \n\u{e9};\u{0}1.]{0,80}") {
            let mut end = 0;
            for token in Lexer::new(&text) {
                prop_assert!(token.span.start >= end && !token.span.is_empty());
                prop_assert!(text.is_char_boundary(token.span.start) && text.is_char_boundary(token.span.end));
                end = token.span.end;
            }
        }
    }
}
