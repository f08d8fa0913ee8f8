use crate::languages::typescript::model::{Gap, GapKind};
use crate::languages::typescript::tokens::{Token, TokenKind};
use crate::text::Span;

/// Words that open a comment such as `// rest of the form...`.
const ELIDING_WORDS: &[&str] =
    &["existing", "rest", "remaining", "same", "similar", "other", "additional", "more", "previous"];

/// A text whose elisions are blanked, byte for byte.
pub(super) struct Blanked {
    /// The text; every offset is still that of the original.
    pub(super) text: String,
    /// The stretches that were blanked.
    pub(super) gaps: Vec<Gap>,
}

/// Blanks the dots that are no spread, and the words of a line such as `...existing fields...`.
///
/// Where the grammar needs a value or a type, a `_` takes the place. `None` when there is nothing to blank.
pub(super) fn blank(text: &str, tokens: &[Token]) -> Option<Blanked> {
    let tokens: Vec<Token> = tokens.iter().copied().filter(|token| !token.is_comment()).collect();
    let mut blanked = String::with_capacity(text.len());
    let mut gaps = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let end = if token.kind == TokenKind::Ellipsis { elision_end(text, &tokens, at) } else { None };
        if let Some(end) = end {
            let last = tokens.get(end.saturating_sub(1)).unwrap_or(token);
            let gap = Span::new(token.span.start, last.span.end);
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            blanked.push_str(text.get(blanked.len()..gap.start)?);
            let filler = if needs_value(text, before, tokens.get(end)) { "_" } else { " " };
            blanked.push_str(filler);
            blanked.extend(std::iter::repeat_n(' ', gap.len().saturating_sub(filler.len())));
            gaps.push(Gap { span: gap, kind: GapKind::Elision });
            at = end;
        } else {
            at += 1;
        }
    }
    if gaps.is_empty() {
        return None;
    }
    blanked.push_str(text.get(blanked.len()..)?);
    Some(Blanked { text: blanked, gaps })
}

/// The index behind the elision whose dots stand at `at`, or `None` for a spread or a rest parameter.
fn elision_end(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let same_line =
        |a: &Token, b: &Token| text.get(a.span.end..b.span.start).is_some_and(|between| !between.contains('\n'));
    let next = tokens.get(at + 1).filter(|next| same_line(token, next));
    let follower = tokens.get(at + 2).filter(|follower| next.is_some_and(|next| same_line(next, follower)));
    let is_word = |token: &Token| matches!(token.kind, TokenKind::Identifier | TokenKind::Ellipsis | TokenKind::Number);
    let operator = |token: &Token| matches!(token.text(text), "as" | "satisfies" | "in" | "instanceof");
    let prefix = |token: &Token| matches!(token.text(text), "await" | "new" | "typeof");
    let in_words = next.is_some_and(|next| is_word(next) && !prefix(next))
        && follower.is_some_and(|follower| is_word(follower) && !operator(follower));
    if in_words {
        let words = tokens.iter().skip(at + 1).scan(*token, |before, &one| {
            let belongs = is_word(&one) && same_line(before, &one);
            *before = one;
            belongs.then_some(())
        });
        return Some(at + 1 + words.count());
    }
    let starts_value = next.is_some_and(|next| match next.kind {
        TokenKind::Identifier | TokenKind::String | TokenKind::Template => true,
        TokenKind::Punctuator => matches!(next.text(text), "(" | "[" | "{"),
        _ => false,
    });
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let may_spread = before.is_some_and(|before| matches!(before.text(text), "{" | "[" | "(" | "," | "|"));
    if token.text(text) == "..." && starts_value && may_spread { None } else { Some(at + 1) }
}

fn needs_value(text: &str, before: Option<&Token>, after: Option<&Token>) -> bool {
    let opens = before.is_some_and(|before| {
        matches!(before.text(text), "=" | ":" | "=>" | "?" | "<" | "|" | "&" | "&&" | "||" | "??" | "+" | "await")
    });
    let operand = after.is_some_and(|after| matches!(after.text(text), "." | "?." | "=>"));
    opens || operand
}

/// The comments that stand for code that was left out: `// ...`, `/* … */`, `// rest of the form...`.
pub(super) fn comment_gaps(text: &str, comments: impl Iterator<Item = Span>) -> Vec<Gap> {
    let elides = |comment: &Span| {
        let content = comment.of(text).trim_start_matches(['/', '*']).trim_end_matches(['/', '*']).trim();
        let dots = |edge: &str| edge == "..." || edge == "…";
        let first: String = content.chars().take_while(|c| c.is_alphabetic()).collect();
        content.starts_with("...")
            || content.starts_with('…')
            || dots(content)
            || (content.ends_with("...") || content.ends_with('…'))
                && ELIDING_WORDS.iter().any(|word| first.eq_ignore_ascii_case(word))
            || content.contains("omitted")
    };
    comments.filter(elides).map(|span| Gap { span, kind: GapKind::Elision }).collect()
}
