use crate::text::Span;

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// All of it, delimiters included.
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or a keyword.
    Identifier,
    /// A number.
    Number,
    /// `'…'` or `"…"`; without its closing quote where the text breaks off.
    String,
    /// One stretch of a template's own text, from `` ` `` or `}` to `${` or `` ` ``. What stands between `${` and `}`
    /// comes as tokens of its own.
    Template,
    /// `/…/flags`.
    Regex,
    /// `// …`, without the line ending.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// Text between JSX tags that is not blank.
    JsxText,
    /// `...` or `…`.
    Ellipsis,
    /// A bracket or an operator: one character, or `=>`, `?.`, `??`, `&&`, `||`.
    Punctuator,
    /// A character that no TypeScript token starts with.
    Unknown,
}

impl Token {
    /// The token as written.
    pub fn text(self, source: &str) -> &str {
        self.span.of(source)
    }

    /// The span without quotes, comment marks and template delimiters.
    pub fn content_span(self, source: &str) -> Span {
        let text = self.text(source);
        let (open, close): (usize, usize) = match self.kind {
            TokenKind::String => (1, closing_quote(text)),
            TokenKind::LineComment => (2, 0),
            TokenKind::BlockComment => (2, if text.len() >= 4 && text.ends_with("*/") { 2 } else { 0 }),
            TokenKind::Template if text.len() < 2 => (1, 0),
            TokenKind::Template if text.ends_with("${") => (1, 2),
            TokenKind::Template if text.ends_with('`') => (1, 1),
            TokenKind::Template => (1, 0),
            _ => (0, 0),
        };
        Span::new(self.span.start + open, self.span.end.saturating_sub(close))
    }

    /// The text without quotes, comment marks and template delimiters; escapes are left as they are.
    pub fn content(self, source: &str) -> &str {
        self.content_span(source).of(source)
    }

    /// Whether it is a comment.
    pub fn is_comment(self) -> bool {
        matches!(self.kind, TokenKind::LineComment | TokenKind::BlockComment)
    }

    /// Whether a string or template stretch has its closing delimiter.
    pub(crate) fn is_closed(self, source: &str) -> bool {
        let text = self.text(source);
        match self.kind {
            TokenKind::String => closing_quote(text) == 1,
            TokenKind::Template => text.len() > 1 && (text.ends_with('`') || text.ends_with("${")),
            _ => true,
        }
    }
}

/// 1 when the string token ends in the quote it starts with, else 0.
fn closing_quote(text: &str) -> usize {
    usize::from(text.len() >= 2 && text.as_bytes().first() == text.as_bytes().last())
}

/// Whether a word of the language can be no name.
pub(crate) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "if" | "for"
            | "while"
            | "switch"
            | "catch"
            | "function"
            | "return"
            | "await"
            | "async"
            | "typeof"
            | "case"
            | "in"
            | "of"
            | "delete"
            | "void"
            | "throw"
            | "new"
            | "else"
            | "do"
            | "yield"
            | "default"
            | "instanceof"
            | "const"
            | "let"
            | "var"
            | "import"
            | "export"
            | "class"
            | "interface"
            | "enum"
            | "extends"
            | "implements"
            | "try"
            | "finally"
            | "with"
            | "super"
            | "constructor"
    )
}
