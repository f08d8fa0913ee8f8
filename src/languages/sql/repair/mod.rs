//! Blanks out what is no PostgreSQL but is understood: placeholders, elisions, and forms of other systems.
//!
//! Every replacement has the length of what it replaces, so that offsets stay.

use super::facts::{Problem, ProblemKind};
use super::lexer::{Token, TokenKind};
use crate::text::Span;

/// A statement's text with some parts replaced.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) text: String,
    /// What was replaced: a name that lies in one of these is no name.
    pub(super) replaced: Vec<Span>,
}

/// The text as bytes that can be overwritten by ASCII.
struct Editor {
    bytes: Vec<u8>,
    replaced: Vec<Span>,
}

impl Editor {
    fn new(text: &str) -> Self {
        Self { bytes: text.as_bytes().to_vec(), replaced: Vec::new() }
    }

    fn fill(&mut self, span: Span, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(std::ops::Range::from(span)) {
            slot.fill(byte);
        }
    }

    fn finish(self) -> Option<Repaired> {
        // Only whole characters are overwritten, so this cannot fail; were it to, nothing is repaired.
        String::from_utf8(self.bytes).ok().map(|text| Repaired { text, replaced: self.replaced })
    }
}

/// Replaces placeholders by names and elisions by blanks. `None` when there are none.
pub(super) fn placeholders(text: &str, tokens: &[Token]) -> Option<Repaired> {
    let mut editor = Editor::new(text);
    let mut elided = false;
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first.kind {
            TokenKind::Symbol('…') => {
                editor.fill(first.span, b' ');
                elided = true;
            }
            TokenKind::LineComment | TokenKind::BlockComment => elided |= is_elision(first.span.of(text)),
            TokenKind::Symbol('.') => {
                let dots = dots(text, first.span.start);
                if dots >= 3 {
                    editor.fill(Span::new(first.span.start, first.span.start + dots), b' ');
                    elided = true;
                    rest = skip(after, first.span.start + dots);
                }
            }
            _ => {
                if let Some(span) = placeholder(text, *first) {
                    editor.fill(span, b'_');
                    editor.replaced.push(span);
                    rest = skip(after, span.end);
                }
            }
        }
    }
    if !elided && editor.replaced.is_empty() {
        return None;
    }
    editor.finish()
}

fn skip(tokens: &[Token], offset: usize) -> &[Token] {
    let first = tokens.partition_point(|token| token.span.start < offset);
    tokens.get(first..).unwrap_or_default()
}

fn dots(text: &str, start: usize) -> usize {
    text.bytes().skip(start).take_while(|&byte| byte == b'.').count()
}

/// Longest placeholder in bytes; real ones are a few words.
const LONGEST_PLACEHOLDER: usize = 120;

/// The placeholder that starts at `token`: `[column]`, `{{table}}`, `${schema}`, `<name>`.
fn placeholder(text: &str, token: Token) -> Option<Span> {
    let start = token.span.start;
    let rest = text.get(start..)?;
    let (open, close) = [("{{", "}}"), ("${", "}"), ("[", "]"), ("<", ">"), ("{", "}")]
        .into_iter()
        .find(|(open, _)| rest.starts_with(open) && matches!(token.kind, TokenKind::Symbol(_)))?;
    let inner = rest.get(open.len()..)?;
    let length = inner
        .char_indices()
        .take_while(|&(at, c)| at < LONGEST_PLACEHOLDER && c != '\n')
        .find_map(|(at, _)| inner.get(at..)?.starts_with(close).then_some(at))?;
    let inside = inner.get(..length)?;
    let wordy = inside.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && inside.chars().all(|c| c.is_alphanumeric() || " _-./:,'|".contains(c));
    // `a [b]` is a placeholder, `a[b]` and `ARRAY[b]` are subscripts.
    let subscript = open == "[" && text.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || "_]\")".contains(c));
    (wordy && !subscript).then(|| Span::new(start, start + open.len() + length + close.len()))
}

/// Whether a comment stands for SQL that was left out.
fn is_elision(comment: &str) -> bool {
    const WORDS: &[&str] = &[
        "other", "others", "more", "remaining", "additional", "rest", "existing", "omitted", "same", "similar", "etc",
        "continued", "truncated", "abbreviated",
    ];
    comment.contains("...")
        || comment.contains('…')
        || comment
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| WORDS.iter().any(|other| word.eq_ignore_ascii_case(other)))
}

/// Replaces what only `MySQL` or `SQLite` understands, and reports it. `None` when there is nothing of the kind.
pub(super) fn dialect(text: &str, tokens: &[Token]) -> Option<(Repaired, Vec<Problem>)> {
    let mut head = tokens.iter().filter(|token| !token.is_comment()).take(5);
    let defines_table = head.next().is_some_and(|verb| verb.is_word(text, "CREATE") || verb.is_word(text, "ALTER"))
        && head.any(|token| token.is_word(text, "TABLE"));
    if !defines_table && !tokens.iter().any(|token| token.is_symbol('`')) {
        return None;
    }
    let mut editor = Editor::new(text);
    let mut problems = Vec::new();
    let solid: Vec<Token> = tokens.iter().copied().filter(|token| !token.is_comment()).collect();
    let mut index = 0;
    while let Some(rest) = solid.get(index..).filter(|rest| !rest.is_empty()) {
        let found = backtick(text, rest).or_else(|| defines_table.then(|| table_form(text, rest)).flatten());
        let Some(form) = found else {
            index += 1;
            continue;
        };
        if form.quotes {
            editor.fill(Span::new(form.span.start, form.span.start + 1), b'"');
            editor.fill(Span::new(form.span.end - 1, form.span.end), b'"');
        } else {
            editor.fill(form.span, b' ');
            editor.fill(Span::new(form.span.start, form.span.start + form.stand_in.len()), b'x');
            for (offset, byte) in form.stand_in.bytes().enumerate() {
                editor.fill(Span::new(form.span.start + offset, form.span.start + offset + 1), byte);
            }
        }
        problems.push(Problem {
            kind: ProblemKind::Dialect,
            span: form.span,
            message: form.message.to_owned(),
            help: Some(form.help.to_owned()),
        });
        index += form.tokens;
    }
    if problems.is_empty() {
        return None;
    }
    editor.finish().map(|repaired| (repaired, problems))
}

/// A form of another system.
struct Form {
    span: Span,
    /// How many tokens it takes.
    tokens: usize,
    message: &'static str,
    help: &'static str,
    /// Backticks: the text stays, in double quotes.
    quotes: bool,
    /// What is put in its place; never longer than it.
    stand_in: &'static str,
}

fn backtick(text: &str, rest: &[Token]) -> Option<Form> {
    let first = rest.first()?;
    if !first.is_symbol('`') {
        return None;
    }
    let close = rest.iter().skip(1).position(|token| token.is_symbol('`'))? + 1;
    let span = first.span.join(rest.get(close)?.span);
    // A quoted name stands on one line and holds no quote of its own.
    if span.of(text).contains(['\n', '"']) {
        return None;
    }
    Some(Form {
        span,
        tokens: close + 1,
        message: "backticks quote names in MySQL, not in PostgreSQL",
        help: "write the name without quotes, or in double quotes",
        quotes: true,
        stand_in: "",
    })
}

/// First words of the forms of other systems in a table: nearly all words are none of them.
const FORM_STARTS: &[&str] = &[
    "AUTOINCREMENT", "AUTO_INCREMENT", "CHARACTER", "CHARSET", "DEFAULT", "ENGINE", "ENUM", "ON", "ROW_FORMAT",
    "UNSIGNED", "ZEROFILL",
];

fn table_form(text: &str, rest: &[Token]) -> Option<Form> {
    let first = rest.first().filter(|first| first.kind == TokenKind::Word)?.span.of(text);
    if !FORM_STARTS.iter().any(|word| first.eq_ignore_ascii_case(word)) {
        return None;
    }
    let word = |index: usize, word: &str| rest.get(index).is_some_and(|token| token.is_word(text, word));
    let symbol = |index: usize, symbol: char| rest.get(index).is_some_and(|token| token.is_symbol(symbol));
    let form = |tokens: usize, message, help, stand_in| {
        let span = rest.first()?.span.join(rest.get(tokens.checked_sub(1)?)?.span);
        Some(Form { span, tokens, message, help, quotes: false, stand_in })
    };
    if word(0, "AUTO_INCREMENT") && !symbol(1, '=') || word(0, "AUTOINCREMENT") {
        return form(
            1,
            "auto-increment columns are declared otherwise in PostgreSQL",
            "use `GENERATED ALWAYS AS IDENTITY`, or `UUID DEFAULT gen_random_uuid()`",
            "",
        );
    }
    if word(0, "UNSIGNED") || word(0, "ZEROFILL") {
        return form(1, "PostgreSQL has no unsigned numbers", "use a `CHECK (column >= 0)`", "");
    }
    if word(0, "ON") && word(1, "UPDATE") && (word(2, "CURRENT_TIMESTAMP") || word(2, "NOW")) {
        let call = symbol(3, '(') && symbol(4, ')');
        return form(
            if call { 5 } else { 3 },
            "PostgreSQL has no ON UPDATE for a column's value",
            "set the column in a BEFORE UPDATE trigger",
            "",
        );
    }
    if word(0, "ENUM") && symbol(1, '(') && matches!(rest.get(2)?.kind, TokenKind::Text { .. }) {
        let close = rest.iter().position(|token| token.is_symbol(')'))?;
        return form(
            close + 1,
            "PostgreSQL has no inline ENUM type",
            "use `TEXT CHECK (column IN (…))`, or `CREATE TYPE … AS ENUM`",
            "text",
        );
    }
    let option = ["ENGINE", "CHARSET", "AUTO_INCREMENT", "ROW_FORMAT"].iter().any(|name| word(0, name));
    if option && symbol(1, '=') {
        return form(3, "table options such as ENGINE are MySQL's", "leave them out", "");
    }
    if word(0, "DEFAULT") && word(1, "CHARSET") && symbol(2, '=') {
        return form(4, "table options such as CHARSET are MySQL's", "leave them out", "");
    }
    if word(0, "CHARACTER") && word(1, "SET") {
        return form(3, "character sets are MySQL's", "leave them out", "");
    }
    None
}

#[cfg(test)]
mod tests;
