//! Prose as tokens and sentences: just enough grammar to tell what a negation governs.

use crate::text::Span;

/// A token of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Where it stands, in bytes of the text given.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind<'t>,
}

/// Kinds of tokens. Words are compared without case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'t> {
    /// Letters, digits, apostrophes, and dots or slashes inside (`NextAuth.js`).
    Word(&'t str),
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// `+`, `/`, `&`: joins names.
    Join,
    /// `→`, `->`, `=>` and their like.
    Arrow,
    /// A dash between words: `–`, `—`, ` - `.
    Dash,
    /// A hyphen inside a compound: `Prisma-free`.
    Hyphen,
    /// `❌` and its like.
    Cross,
    /// `.`, `;`, `!`, `?` or a line that starts something new.
    Stop,
}

impl<'t> Token<'t> {
    /// The word, as written.
    pub(super) fn word(self) -> Option<&'t str> {
        match self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is one of `words` (in lower case).
    pub(super) fn is_any(self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.iter().any(|other| word.eq_ignore_ascii_case(other)))
    }

    /// Whether it is `word`.
    pub(super) fn is(self, word: &str) -> bool {
        self.is_any(&[word])
    }
}

/// Bytes that are struck out at most: hostile marks never close.
const LONGEST_STRIKE: usize = 400;

/// Reads `text` into tokens. Marks of emphasis and code are passed over; offsets are bytes of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let mut end = start + c.len_utf8();
        let kind = match c {
            _ if is_word(c) => {
                while let Some(&(at, c)) = chars.peek() {
                    let rest = text.get(at + c.len_utf8()..).unwrap_or("");
                    let is_inner = matches!(c, '\'' | '’' | '.' | '/' | '@') && rest.starts_with(is_word);
                    if !is_word(c) && !is_inner {
                        break;
                    }
                    end = at + c.len_utf8();
                    chars.next();
                }
                TokenKind::Word(text.get(start..end).unwrap_or(""))
            }
            ',' => TokenKind::Comma,
            ':' => TokenKind::Colon,
            '(' | '[' => TokenKind::Open,
            ')' | ']' => TokenKind::Close,
            '+' | '/' | '&' => TokenKind::Join,
            // What is struck out is not part of the sentence any more.
            '~' if next == Some('~') => {
                let rest = text.get(end + 1..).unwrap_or("");
                let near = rest.get(..rest.floor_char_boundary(LONGEST_STRIKE)).unwrap_or("");
                let Some(close) = near.find("~~") else { continue };
                let behind = end + 1 + close + 2;
                while chars.next_if(|&(at, _)| at < behind).is_some() {}
                continue;
            }
            '→' | '⇒' | '➜' | '➡' | '⟶' | '➔' | '⟹' | '▶' => TokenKind::Arrow,
            '-' | '='
                if next == Some('>')
                    || (c == next.unwrap_or(' ') && text.get(end..).is_some_and(|t| t.starts_with("->"))) =>
            {
                while let Some(&(at, c)) = chars.peek().filter(|(_, c)| matches!(c, '-' | '=' | '>')) {
                    end = at + c.len_utf8();
                    chars.next();
                }
                TokenKind::Arrow
            }
            '–' | '—' => TokenKind::Dash,
            '-' => {
                let glued_left =
                    text.get(..start).is_some_and(|t| t.ends_with(|c: char| is_word(c) || c == '`' || c == '*'));
                let glued_right = next.is_some_and(|c| is_word(c) || c == '`' || c == '*');
                if glued_left && glued_right { TokenKind::Hyphen } else { TokenKind::Dash }
            }
            '❌' | '✗' | '✘' | '🚫' | '⛔' | '✖' => TokenKind::Cross,
            '.' | '!' | '?' | ';' | '…' => {
                if c == '.' && next.is_some_and(is_word) {
                    continue;
                }
                TokenKind::Stop
            }
            '\n' => {
                // A line that starts with bold type or a list marker starts something new; else the sentence goes on.
                let line = text.get(end..).unwrap_or("").trim_start();
                if !(line.starts_with("**") || line.starts_with("- ") || line.starts_with(['\n', '|', '#'])) {
                    continue;
                }
                TokenKind::Stop
            }
            '|' => TokenKind::Stop,
            _ => continue,
        };
        tokens.push(Token { span: Span::new(start, end), kind });
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The sentence of `tokens` around the token at `index`, and the token's index in it; at most `reach` tokens to either
/// side, so that a text without stops costs no more than its sentences would.
pub(super) fn sentence<'s, 't>(tokens: &'s [Token<'t>], index: usize, reach: usize) -> (&'s [Token<'t>], usize) {
    let is_stop = |token: &Token<'_>| token.kind == TokenKind::Stop;
    let from = index.saturating_sub(reach);
    let start =
        tokens.get(from..index).and_then(|before| before.iter().rposition(is_stop)).map_or(from, |at| from + at + 1);
    let to = tokens.len().min(index + reach);
    let end = tokens.get(index..to).and_then(|behind| behind.iter().position(is_stop)).map_or(to, |at| index + at);
    (tokens.get(start..end).unwrap_or_default(), index - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind<'_>> {
        tokens(text).into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn words_and_marks() {
        use TokenKind::{Arrow, Close, Comma, Cross, Dash, Hyphen, Join, Open, Stop, Word};
        assert_eq!(kinds("Don't use **NextAuth.js**."), [Word("Don't"), Word("use"), Word("NextAuth.js"), Stop]);
        assert_eq!(
            kinds("`SWR` -> React, (A + B)"),
            [Word("SWR"), Arrow, Word("React"), Comma, Open, Word("A"), Join, Word("B"), Close]
        );
        assert_eq!(kinds("❌ S3-free - x"), [Cross, Word("S3"), Hyphen, Word("free"), Dash, Word("x")]);
        assert_eq!(kinds("a --> b => c"), [Word("a"), Arrow, Word("b"), Arrow, Word("c")]);
        assert_eq!(kinds("a\nb\n- c"), [Word("a"), Word("b"), Stop, Dash, Word("c")]);
    }

    #[test]
    fn a_sentence_is_what_stands_between_stops() {
        let all = tokens("One. Two three; four");
        let (sentence, at) = sentence(&all, 3, 9);
        assert_eq!((sentence.len(), at), (2, 1));
    }
}
