use crate::languages::typescript::model::{Gap, GapKind};
use crate::languages::typescript::tokens::{Token, TokenKind, is_reserved};
use crate::text::Span;

/// Words that open a comment such as `// rest of the form...`.
const ELIDING_WORDS: &[&str] =
    &["existing", "rest", "remaining", "same", "similar", "other", "additional", "more", "previous"];

/// Words in a row, none of them a word of the language, that make a line prose.
const PROSE_WORDS: usize = 3;

/// A stretch to blank.
pub(super) struct Stretch {
    pub(super) gap: Gap,
    /// Whether the grammar needs a value or a type there.
    needs_value: bool,
}

/// `text` with the stretches blanked byte for byte, so that every offset stays. They must be in order.
pub(super) fn blanked(text: &str, stretches: &[Stretch]) -> String {
    let mut blanked = String::with_capacity(text.len());
    for Stretch { gap, needs_value } in stretches {
        blanked.push_str(text.get(blanked.len()..gap.span.start).unwrap_or_default());
        // A value fills the whole stretch: its end must be a character border of the original text too.
        blanked.extend(std::iter::repeat_n(if *needs_value { '_' } else { ' ' }, gap.span.len()));
    }
    blanked.push_str(text.get(blanked.len()..).unwrap_or_default());
    blanked
}

/// The dots that are no spread, and the words of a line such as `...existing fields...`.
pub(super) fn elisions(text: &str, tokens: &[Token]) -> Vec<Stretch> {
    let tokens: Vec<Token> = tokens.iter().copied().filter(|token| !token.is_comment()).collect();
    let mut stretches = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let end = if token.kind == TokenKind::Ellipsis { elision_end(text, &tokens, at) } else { None };
        if let Some(end) = end {
            let last = tokens.get(end.saturating_sub(1)).unwrap_or(token);
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let gap = Gap { span: token.span.join(last.span), kind: GapKind::Elision };
            stretches.push(Stretch { gap, needs_value: needs_value(text, before, tokens.get(end)) });
        }
        at = end.unwrap_or(at + 1);
    }
    stretches
}

/// The lines that are prose, whole.
pub(super) fn prose(text: &str, tokens: &[Token]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut row = 0;
    let mut end = 0;
    for token in tokens {
        let between = text.get(end..token.span.start).unwrap_or_default();
        let plain = token.kind == TokenKind::Identifier && !is_language_word(token.text(text));
        row = if !plain {
            0
        } else if between.contains('\n') {
            1
        } else {
            row + 1
        };
        end = token.span.end;
        if row == PROSE_WORDS {
            let start = text.get(..end).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let rest = text.get(end..).unwrap_or_default();
            let span = Span::new(start, end + rest.find('\n').unwrap_or(rest.len()));
            if stretches.last().is_none_or(|last| last.gap.span.end <= start) {
                stretches.push(Stretch { gap: Gap { span, kind: GapKind::Prose }, needs_value: false });
            }
        }
    }
    stretches
}

/// Whether a word may stand beside a name in code.
fn is_language_word(word: &str) -> bool {
    is_reserved(word)
        || matches!(
            word,
            "type"
                | "as"
                | "is"
                | "from"
                | "satisfies"
                | "keyof"
                | "readonly"
                | "static"
                | "public"
                | "private"
                | "protected"
                | "abstract"
                | "declare"
                | "get"
                | "set"
                | "infer"
                | "asserts"
                | "unique"
                | "namespace"
                | "module"
                | "global"
                | "override"
                | "accessor"
                | "using"
                | "out"
        )
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
    let before = before.map_or(";", |before| before.text(text));
    let opens = matches!(before, "=" | ":" | "=>" | "?" | "<" | "|" | "&" | "&&" | "||" | "??" | "+" | "await");
    let starts = matches!(before, ";" | "{" | "}" | "(" | "," | "[");
    opens || starts && after.is_some_and(|after| matches!(after.text(text), "." | "?." | "=>"))
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
