//! What is too deep or too long to be handed to a parser.
//!
//! The parser is recursive and its tree is as deep as the text is nested: beyond these bounds it would overflow the
//! stack or take quadratic time. Real statements stay far below them (bracket depth 7, 109 KB for a whole file).

use super::facts::{Problem, ProblemKind};
use super::lexer::{Token, TokenKind};
use crate::text::Span;

/// Deepest nesting of brackets, `CASE` and `BEGIN` blocks.
const DEEPEST_NESTING: usize = 128;
/// Longest run of tokens such as `NOT`, `-`, `::int`, in which each nests one level deeper.
const LONGEST_RUN: usize = 200;
/// Longest statement in bytes.
const LONGEST_STATEMENT: usize = 64 * 1024;

/// What keeps the statement made of `tokens` from being parsed, if anything does.
pub(super) fn exceeded(text: &str, tokens: &[Token], span: Span) -> Option<Problem> {
    let problem = |at: Span, message: String| Problem { kind: ProblemKind::Limit, span: at, message, help: None };
    if span.len() > LONGEST_STATEMENT {
        let message = format!("statement of {} bytes is too long to be checked", span.len());
        return Some(problem(
            Span::new(span.start, tokens.first().map_or(span.start, |token| token.span.end)),
            message,
        ));
    }
    let (mut depth, mut run, mut cast) = (0usize, 0usize, false);
    for token in tokens.iter().filter(|token| !token.is_comment()) {
        let word = if token.kind == TokenKind::Word { token.span.of(text) } else { "" };
        match token.kind {
            TokenKind::Symbol('(' | '[' | '{') => depth += 1,
            TokenKind::Symbol(')' | ']' | '}') => depth = depth.saturating_sub(1),
            TokenKind::Word if opens_block(word) => depth += 1,
            TokenKind::Word if word.eq_ignore_ascii_case("END") => depth = depth.saturating_sub(1),
            _ => {}
        }
        run = if links(*token, word, cast) { run + 1 } else { 0 };
        cast = token.is_symbol(':') || token.is_symbol('.');
        if depth > DEEPEST_NESTING || run > LONGEST_RUN {
            return Some(problem(token.span, "statement is nested too deep to be checked".to_owned()));
        }
    }
    None
}

fn opens_block(word: &str) -> bool {
    ["CASE", "BEGIN", "LOOP", "IF"].iter().any(|opener| word.eq_ignore_ascii_case(opener))
}

/// Whether the token, which is `word` where it is one, continues a run: a prefix operator, or a part of `::type::type` or `a.b.c`.
fn links(token: Token, word: &str, cast: bool) -> bool {
    match token.kind {
        TokenKind::Symbol(symbol) => !matches!(symbol, '(' | ')' | ',' | ';' | '[' | ']' | '*'),
        TokenKind::Word => cast || word.eq_ignore_ascii_case("NOT"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::sql::lexer::Lexer;

    fn message(text: &str) -> Option<String> {
        let tokens: Vec<_> = Lexer::new(text).collect();
        exceeded(text, &tokens, Span::new(0, text.len())).map(|problem| problem.message)
    }

    #[test]
    fn bounds_hold() {
        assert_eq!(message(&format!("SELECT {}1{}", "(".repeat(100), ")".repeat(100))), None);
        assert!(message(&format!("SELECT {}", "(".repeat(129))).is_some());
        assert!(message(&format!("SELECT {} true", "NOT ".repeat(201))).is_some());
        assert!(message(&format!("SELECT 1{}", "::int".repeat(201))).is_some());
        assert!(message(&format!("SELECT {}1", "CASE WHEN ".repeat(129))).is_some());
        assert!(message(&"x".repeat(65 * 1024)).is_some());
    }
}
