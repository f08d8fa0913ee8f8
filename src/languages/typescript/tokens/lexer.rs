use super::jsx::{ClosingTags, tag_name};
use super::{Token, TokenKind};
use crate::text::Span;

/// Longest regular expression literal that is looked for, in bytes. It bounds the search on hostile input.
const REGEX_LIMIT: usize = 1000;
/// Longest unclosed template at the end of a text that still counts as one, in bytes.
const OPEN_TEMPLATE_LIMIT: usize = 200;

/// The tokens of `text` in order, comments included, white space left out.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, modes: Vec::new(), before: Before::Start, closing: None, dead: [0; 2], dead_template: false }
}

/// Iterator over the tokens of a text; see [`tokens`].
#[derive(Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    modes: Vec<Mode>,
    before: Before,
    closing: Option<ClosingTags<'a>>,
    /// Up to where `'` and `"` are plain characters, because one of them found no partner on its line.
    dead: [usize; 2],
    /// Whether a `` ` `` found no partner up to the end.
    dead_template: bool,
}

/// What the scan stands in. Without any it stands in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Code between braces.
    Braces,
    /// Code between `${` and `}`.
    TemplateCode,
    /// Between `<Name` and `>`.
    Tag,
    /// Between an opening and a closing tag.
    Children,
    /// Between `</` and `>`.
    ClosingTag,
}

/// What the last token (comments aside) was, as far as it decides about the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Start,
    /// A value may end here.
    Operand,
    /// A value must follow.
    Operator,
    /// A `/`, which makes a `>` close an element.
    Slash,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.modes.last() == Some(&Mode::Children)
            && let Some(token) = self.children_text()
        {
            return Some(token);
        }
        self.skip_white_space();
        let start = self.at;
        let kind = self.scan(self.peek()?);
        if self.at <= start {
            self.at = start + 1;
        }
        let token = Token { kind, span: Span::new(start, self.at) };
        if !token.is_comment() {
            self.before = before(token, self.text);
        }
        Some(token)
    }
}

fn before(token: Token, text: &str) -> Before {
    match token.kind {
        TokenKind::Identifier if expects_expression(token.text(text)) => Before::Operator,
        TokenKind::Template if token.text(text).ends_with("${") => Before::Operator,
        TokenKind::Punctuator => match token.text(text) {
            ")" | "]" | "}" => Before::Operand,
            "/" => Before::Slash,
            _ => Before::Operator,
        },
        TokenKind::Ellipsis => Before::Operator,
        _ => Before::Operand,
    }
}

impl<'a> Tokens<'a> {
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn skip_white_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    }

    /// Scans the token that starts with `first` and returns its kind; `self.at` ends behind it.
    fn scan(&mut self, first: char) -> TokenKind {
        match first {
            '"' | '\'' => self.string(first),
            '`' => self.template(),
            '/' => self.slash(),
            '.' if self.rest().starts_with("...") => self.take(3, TokenKind::Ellipsis),
            '…' => self.take(first.len_utf8(), TokenKind::Ellipsis),
            '{' => self.open_brace(),
            '}' => self.close_brace(),
            '<' => self.less_than(),
            '>' => self.greater_than(),
            '0'..='9' => self.run(TokenKind::Number, |c| c.is_alphanumeric() || c == '_' || c == '.'),
            _ if is_name_start(first) => self.run(TokenKind::Identifier, |c| is_name_start(c) || c.is_alphanumeric()),
            _ if first.is_ascii_punctuation() && !matches!(first, '#' | '\\') => self.operator(),
            _ => self.take(first.len_utf8(), TokenKind::Unknown),
        }
    }

    fn take(&mut self, bytes: usize, kind: TokenKind) -> TokenKind {
        self.at += bytes;
        kind
    }

    fn run(&mut self, kind: TokenKind, belongs: impl Fn(char) -> bool) -> TokenKind {
        let rest = self.rest();
        self.take(rest.find(|c| !belongs(c)).unwrap_or(rest.len()), kind)
    }

    fn operator(&mut self) -> TokenKind {
        let double = ["=>", "?.", "??", "&&", "||"].iter().any(|two| self.rest().starts_with(two));
        self.take(if double { 2 } else { 1 }, TokenKind::Punctuator)
    }

    /// A string ends on its line, but in a JSX tag it may run over several.
    fn string(&mut self, quote: char) -> TokenKind {
        let dead = usize::from(quote == '"');
        if self.dead.get(dead).is_some_and(|&until| self.at < until) {
            return self.take(1, TokenKind::Punctuator);
        }
        let in_tag = self.modes.last() == Some(&Mode::Tag);
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' if !in_tag => at += 1,
                b'\n' if !in_tag => break,
                _ if char::from(byte) == quote => {
                    self.at = at + 1;
                    return TokenKind::String;
                }
                _ => {}
            }
            at += 1;
        }
        // An escape can step over the end, or into a character of several bytes.
        let end = at.min(self.text.len());
        if end == self.text.len() && !in_tag {
            self.at = end;
            return TokenKind::String;
        }
        if let Some(until) = self.dead.get_mut(dead) {
            *until = end;
        }
        self.take(1, TokenKind::Punctuator)
    }

    /// A stretch of template text behind `` ` `` or `}`.
    fn template(&mut self) -> TokenKind {
        if self.dead_template {
            return self.take(1, TokenKind::Punctuator);
        }
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'`' => {
                    self.at = at + 1;
                    return TokenKind::Template;
                }
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    self.modes.push(Mode::TemplateCode);
                    self.at = at + 2;
                    return TokenKind::Template;
                }
                _ => {}
            }
            at += 1;
        }
        if self.text.len() - self.at <= OPEN_TEMPLATE_LIMIT {
            self.at = self.text.len();
            return TokenKind::Template;
        }
        self.dead_template = true;
        self.take(1, TokenKind::Punctuator)
    }

    fn slash(&mut self) -> TokenKind {
        match self.byte(1) {
            Some(b'/') => {
                let rest = self.rest();
                let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
                self.take(line.trim_end_matches('\r').len(), TokenKind::LineComment)
            }
            Some(b'*') => {
                let rest = self.rest();
                let end = rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |at| at + 4);
                self.take(end, TokenKind::BlockComment)
            }
            Some(next) if next != b'>' && matches!(self.before, Before::Start | Before::Operator) && !self.in_tag() => {
                match self.regex_end() {
                    Some(end) => self.take(end - self.at, TokenKind::Regex),
                    None => self.take(1, TokenKind::Punctuator),
                }
            }
            _ => self.take(1, TokenKind::Punctuator),
        }
    }

    fn in_tag(&self) -> bool {
        matches!(self.modes.last(), Some(Mode::Tag | Mode::ClosingTag))
    }

    /// The offset behind the regular expression that starts here, flags included, if one ends on this line.
    fn regex_end(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut in_class = false;
        let mut at = self.at + 1;
        while at < self.at + REGEX_LIMIT {
            match bytes.get(at)? {
                b'\n' => return None,
                b'\\' => at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => {
                    let flags = bytes.get(at + 1..)?.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                    return Some(at + 1 + flags);
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn open_brace(&mut self) -> TokenKind {
        self.modes.push(Mode::Braces);
        self.take(1, TokenKind::Punctuator)
    }

    fn close_brace(&mut self) -> TokenKind {
        // A `}` inside a tag is an error: the element was never closed.
        while matches!(self.modes.last(), Some(Mode::Tag | Mode::Children | Mode::ClosingTag)) {
            self.modes.pop();
        }
        match self.modes.pop() {
            Some(Mode::TemplateCode) => self.template(),
            _ => self.take(1, TokenKind::Punctuator),
        }
    }

    fn less_than(&mut self) -> TokenKind {
        let next = self.byte(1);
        let opens = next.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'>'));
        if self.modes.last() == Some(&Mode::Children) {
            if next == Some(b'/') {
                self.modes.pop();
                self.modes.push(Mode::ClosingTag);
            } else if opens {
                self.modes.push(Mode::Tag);
            }
        } else if opens && !self.in_tag() && matches!(self.before, Before::Start | Before::Operator) {
            let name = self.text.get(self.at + 1..).map(tag_name).unwrap_or_default();
            let (text, at) = (self.text, self.at);
            if self.closing.get_or_insert_with(|| ClosingTags::of(text)).closes(name, at) {
                self.modes.push(Mode::Tag);
            }
        }
        self.take(1, TokenKind::Punctuator)
    }

    fn greater_than(&mut self) -> TokenKind {
        match self.modes.last() {
            Some(Mode::Tag) => {
                self.modes.pop();
                if self.before != Before::Slash {
                    self.modes.push(Mode::Children);
                }
            }
            Some(Mode::ClosingTag) => {
                self.modes.pop();
            }
            _ => {}
        }
        self.take(1, TokenKind::Punctuator)
    }

    /// The text between tags that starts here, if it is not blank.
    fn children_text(&mut self) -> Option<Token> {
        self.skip_white_space();
        let rest = self.rest();
        let end = rest.find(['<', '{', '}']).unwrap_or(rest.len());
        let text = rest.get(..end)?.trim_end();
        if text.is_empty() {
            return None;
        }
        let span = Span::new(self.at, self.at + text.len());
        self.at = span.end;
        self.before = Before::Operand;
        Some(Token { kind: TokenKind::JsxText, span })
    }
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || c == '$' || (!c.is_ascii() && c.is_alphabetic())
}

/// Keywords behind which an expression starts, so that `/` opens a regular expression and `<` an element.
fn expects_expression(name: &str) -> bool {
    matches!(
        name,
        "return"
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
            | "await"
            | "yield"
            | "default"
            | "instanceof"
            | "extends"
    )
}
