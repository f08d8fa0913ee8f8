//! Blanks put into text that has none for long.
//!
//! The parser takes quadratic time in the length of a run of tokens without a blank between them (`1+1+1+…`, `a.a.a…`).

use super::lexer::{Token, TokenKind};

/// Tokens without a blank between them that are left alone. Real runs are far shorter.
const LONGEST_RUN: usize = 64;

/// `text` with blanks in its long runs of `tokens`, and where its bytes come from: (offset in the result, offset in
/// `text`). `None` when there is no such run.
pub(super) fn loosen(text: &str, tokens: &[Token]) -> Option<(String, Vec<(usize, usize)>)> {
    let mut out = String::new();
    let mut runs = vec![(0, 0)];
    let (mut done, mut run) = (0, 0);
    for pair in tokens.windows(2) {
        let [token, next] = pair else { continue };
        run = if token.span.end == next.span.start { run + 1 } else { 0 };
        if run >= LONGEST_RUN && may_part(*token, *next) {
            out.push_str(text.get(done..token.span.end)?);
            out.push(' ');
            runs.push((out.len(), token.span.end));
            done = token.span.end;
            run = 0;
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(text.get(done..)?);
    Some((out, runs))
}

/// Whether a blank between the two changes nothing: neither is part of an operator or a number.
fn may_part(token: Token, next: Token) -> bool {
    let whole = matches!(
        token.kind,
        TokenKind::Word
            | TokenKind::Number
            | TokenKind::Text { .. }
            | TokenKind::QuotedName
            | TokenKind::DollarText
            | TokenKind::Symbol(')' | ']' | '(' | ',')
    );
    whole && !matches!(next.kind, TokenKind::Symbol(':' | '$') | TokenKind::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::sql::lexer::Lexer;

    #[test]
    fn long_runs_are_parted_and_their_places_kept() {
        let text = format!("SELECT 1{}", "+1".repeat(200));
        let tokens: Vec<_> = Lexer::new(&text).collect();
        let (loose, runs) = loosen(&text, &tokens).unwrap();
        assert_eq!(loose.replace(' ', ""), text.replace(' ', ""));
        let (derived, original) = runs[1];
        assert_eq!(loose.get(derived..derived + 5), text.get(original..original + 5));
        let short = "SELECT a,b,c FROM t";
        assert!(loosen(short, &Lexer::new(short).collect::<Vec<_>>()).is_none());
    }
}
