use crate::languages::typescript::model::Name;
use crate::languages::typescript::tokens::{Token, TokenKind, is_reserved};
use crate::text::Span;

/// Tokens without comments, and which brackets belong together.
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// For each opening bracket its closing one, and the other way round.
    partners: Vec<Option<usize>>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, tokens: &[Token]) -> Self {
        let tokens: Vec<Token> = tokens.iter().copied().filter(|token| !token.is_comment()).collect();
        let partners = partners(text, &tokens);
        Self { text, tokens, partners }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn source(&self) -> &'a str {
        self.text
    }

    pub(super) fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|token| token.kind)
    }

    /// The token's text; empty behind the end.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.token(at).map(|token| token.text(self.text)).unwrap_or_default()
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.token(at).map(|token| token.span).unwrap_or_default()
    }

    /// Whether the token is this name, bracket or operator.
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        matches!(self.kind(at), Some(TokenKind::Identifier | TokenKind::Punctuator)) && self.text(at) == text
    }

    /// The name or keyword at `at`.
    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        (self.kind(at)? == TokenKind::Identifier).then(|| self.text(at))
    }

    pub(super) fn name(&self, at: usize) -> Option<Name> {
        self.word(at).map(|word| Name::new(word, self.span(at)))
    }

    /// The closed string literal at `at`, its span without quotes.
    pub(super) fn string(&self, at: usize) -> Option<Name> {
        let token = self.token(at).filter(|token| token.kind == TokenKind::String && token.is_closed(self.text))?;
        Some(Name::new(token.content(self.text), token.content_span(self.text)))
    }

    /// Whether the token is a word of the language; behind a dot every word is a name.
    pub(super) fn is_keyword(&self, at: usize) -> bool {
        self.word(at).is_some_and(is_reserved) && !at.checked_sub(1).is_some_and(|before| self.is_dot(before))
    }

    /// The bracket that belongs to the one at `at`.
    pub(super) fn partner(&self, at: usize) -> Option<usize> {
        self.partners.get(at).copied().flatten()
    }

    /// Whether the token at `at` and the next one stand side by side.
    pub(super) fn touches(&self, at: usize) -> bool {
        self.token(at).zip(self.token(at + 1)).is_some_and(|(own, next)| own.span.end == next.span.start)
    }

    /// Whether the token at `at` and the next one stand on one line.
    pub(super) fn same_line(&self, at: usize) -> bool {
        let between =
            self.token(at).zip(self.token(at + 1)).and_then(|(own, next)| self.text.get(own.span.end..next.span.start));
        between.is_some_and(|between| !between.contains('\n'))
    }

    /// Whether a value can end with the token at `at`.
    pub(super) fn ends_value(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::Identifier) => !self.is_keyword(at),
            Some(TokenKind::Punctuator) => matches!(self.text(at), ")" | "]" | "}" | "!"),
            Some(TokenKind::String | TokenKind::Number | TokenKind::Regex) => true,
            Some(TokenKind::Template) => self.text(at).ends_with('`'),
            _ => false,
        }
    }

    /// Whether a member follows; a dot before a space ends a sentence.
    pub(super) fn is_dot(&self, at: usize) -> bool {
        (self.is(at, ".") || self.is(at, "?.")) && self.touches(at)
    }

    /// The first token of the member path that ends at `at`.
    pub(super) fn path_start(&self, at: usize) -> usize {
        let mut start = at;
        while start >= 2 && self.is_dot(start - 1) && self.word(start - 2).is_some() {
            start -= 2;
        }
        start
    }

    /// The index behind a value that starts at `at` if it starts with a bracket, else behind the token.
    pub(super) fn skip(&self, at: usize) -> usize {
        match self.partner(at) {
            Some(close) if close > at => close + 1,
            _ => at + 1,
        }
    }
}

fn partners(text: &str, tokens: &[Token]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tokens.len()];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let (closes, opens) = match token.kind {
            TokenKind::Punctuator => match token.text(text) {
                "(" => (None, Some(")")),
                "[" => (None, Some("]")),
                "{" => (None, Some("}")),
                close @ (")" | "]" | "}") => (Some(close), None),
                _ => (None, None),
            },
            TokenKind::Template => {
                let chunk = token.text(text);
                (chunk.starts_with('}').then_some("`"), chunk.ends_with("${").then_some("`"))
            }
            _ => (None, None),
        };
        if let Some(close) = closes {
            // A lost bracket costs only the few around it their partners.
            let near = open.iter().rev().take(4).position(|(_, expected)| *expected == close);
            if let Some(near) = near {
                open.truncate(open.len() - near);
                if let Some((opener, _)) = open.pop() {
                    set(&mut partners, opener, at);
                    set(&mut partners, at, opener);
                }
            }
        }
        if let Some(expected) = opens {
            open.push((at, expected));
        }
    }
    partners
}

fn set(partners: &mut [Option<usize>], at: usize, partner: usize) {
    if let Some(slot) = partners.get_mut(at) {
        *slot = Some(partner);
    }
}
