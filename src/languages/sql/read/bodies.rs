//! What the server rejects in the body of a function or a `DO` when it is created.
//!
//! The server reads a body whole before it runs any of it: its blocks, and each statement in it. The statements are cut
//! out at their semicolons and read one by one; those that can hold what is no SQL (`SELECT … INTO variable`) are left alone.

use super::super::facts::{Problem, ProblemKind};
use super::super::lexer::{Lexer, Token, TokenKind};
use super::super::syntax::Source;
use super::super::text_map::TextMap;
use super::super::tree::Node;
use super::super::{SqlText, parse, repair};
use super::routines;
use crate::text::Span;

/// Words that begin a statement which PL/pgSQL hands on as it is.
const PLAIN_STATEMENTS: &[&str] =
    &["CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "COMMENT", "INSERT", "UPDATE", "DELETE"];

/// Most statements of one body that are read on their own.
const MOST_STATEMENTS: usize = 200;

/// Words behind which a statement begins.
const STARTERS: &[&str] = &["BEGIN", "DECLARE", "THEN", "ELSE", "LOOP"];

/// What is wrong with the body of the statement at `node`.
pub(super) fn rejected(source: &Source<'_>, node: Node<'_>) -> Vec<Problem> {
    // Bodies in bodies would be read again with each level, and nobody writes them.
    if source.depth > 0 {
        return Vec::new();
    }
    let body = routines::definition(node).and_then(|(language, literal)| Some((language, source.string(literal?)?)));
    let Some((language, text)) = body else { return Vec::new() };
    let map = source.map.compose(&text.runs);
    match language.as_str() {
        "sql" => statement(&text.value, &map, source.depth),
        "plpgsql" => plpgsql(&text.value, &map, source.depth),
        _ => Vec::new(),
    }
}

/// The problems of SQL that stands on its own.
fn statement(text: &str, map: &TextMap, depth: usize) -> Vec<Problem> {
    let mut parsed = SqlText::default();
    parse::nested(text, map, depth + 1, &mut parsed);
    let is_sql = |problem: &Problem| !matches!(problem.kind, ProblemKind::Limit | ProblemKind::Prose);
    parsed.problems.into_iter().filter(is_sql).collect()
}

fn plpgsql(text: &str, map: &TextMap, depth: usize) -> Vec<Problem> {
    let all: Vec<Token> = Lexer::new(text).collect();
    let tokens: Vec<Token> = all.iter().copied().filter(|token| !token.is_comment()).collect();
    let mut problems = Vec::new();
    // Where something is left out, brackets and blocks need not match.
    if repair::placeholders(text, &all).is_none() {
        problems.extend(blocks(text, &tokens).map(|(span, message)| Problem {
            kind: ProblemKind::Syntax,
            span: map.span(span),
            message,
            help: None,
        }));
    }
    let mut start = true;
    let mut from = 0;
    let mut left = MOST_STATEMENTS;
    while let Some(token) = tokens.get(from).filter(|_| left > 0) {
        let rest = tokens.get(from..).unwrap_or_default();
        let plain = start && PLAIN_STATEMENTS.iter().any(|word| token.is_word(text, word));
        start = begins(text, *token);
        from += 1;
        if !plain {
            continue;
        }
        let length = rest.iter().position(|token| token.is_symbol(';')).unwrap_or(rest.len());
        let own = rest.get(..length).unwrap_or_default();
        from += length.saturating_sub(1);
        let returns = own.iter().skip(2).any(|token| token.is_word(text, "INTO"));
        if let Some(last) = own.last().filter(|_| !returns) {
            left -= 1;
            let span = token.span.join(last.span);
            problems.extend(statement(span.of(text), &map.compose(&[(0, span.start)]), depth));
        }
    }
    problems
}

/// Whether a statement begins behind the token.
fn begins(text: &str, token: Token) -> bool {
    token.is_symbol(';') || STARTERS.iter().any(|word| token.is_word(text, word))
}

/// What an `END` closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Block,
    If,
    Loop,
    Case,
}

impl Open {
    fn end(self) -> &'static str {
        match self {
            Self::Block => "END",
            Self::If => "END IF",
            Self::Loop => "END LOOP",
            Self::Case => "END CASE",
        }
    }
}

/// The first place where the blocks of a body do not match.
fn blocks(text: &str, tokens: &[Token]) -> Option<(Span, String)> {
    let first = tokens.first()?;
    let opens = first.is_word(text, "BEGIN") || first.is_word(text, "DECLARE");
    if !opens && !matches!(first.kind, TokenKind::Symbol('<' | '#')) {
        return Some((first.span, "a PL/pgSQL body starts with DECLARE or BEGIN".to_owned()));
    }
    let mut open: Vec<Open> = Vec::new();
    let mut start = true;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        let word = |word: &str| token.is_word(text, word);
        at += 1;
        if word("END") {
            let names = |word: &str| next.is_some_and(|next| next.is_word(text, word));
            let top = open.pop();
            let closes = [(Open::If, "IF"), (Open::Loop, "LOOP"), (Open::Case, "CASE")]
                .into_iter()
                .find(|&(_, word)| names(word))
                .map(|(kind, _)| kind);
            at += usize::from(closes.is_some());
            let is_end = |token: Option<&Token>| token.is_none_or(|token| token.is_symbol(';'));
            let labelled = closes == Some(Open::Loop) && is_end(tokens.get(at + 1));
            if closes.is_some() && !is_end(tokens.get(at)) && !labelled {
                return Some((token.span, "a semicolon is missing behind this END".to_owned()));
            }
            let expression = closes.is_none() && top == Some(Open::Case);
            match top {
                None => return Some((token.span, "this END closes nothing".to_owned())),
                Some(top) if !expression && top != closes.unwrap_or(Open::Block) => {
                    return Some((token.span, format!("`{}` is missing in front of this END", top.end())));
                }
                Some(_) if !expression && !start => {
                    return Some((token.span, "a semicolon is missing in front of this END".to_owned()));
                }
                Some(_) => {}
            }
            start = false;
            continue;
        }
        let opened = match token.kind {
            TokenKind::Word if start && word("BEGIN") => Some(Open::Block),
            TokenKind::Word if start && word("IF") => Some(Open::If),
            TokenKind::Word if word("LOOP") => Some(Open::Loop),
            TokenKind::Word if word("CASE") => Some(Open::Case),
            _ => None,
        };
        open.extend(opened);
        // A label stands in front of a block or a loop.
        start = begins(text, *token) || (token.is_symbol('>') && next.is_some_and(|next| next.is_word(text, "BEGIN")));
    }
    let missing = open.pop()?;
    Some((tokens.last()?.span, format!("the body ends without `{}`", missing.end())))
}
