use crate::languages::typescript::tokens::{Token, TokenKind};

/// What has to be appended to a truncated text so that its brackets and quotes balance.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Closing {
    /// Offset at which the text is cut; its length when nothing is cut.
    pub(super) cut: usize,
    /// What comes behind the cut.
    pub(super) suffix: String,
}

/// How often the end is cut back to a shallower place.
const CUTS: usize = 3;

/// Ways to close what `tokens` leave open, from the one that keeps most; empty when nothing is open.
///
/// First the end as it is, then with an operand in the place of one that is missing, then cut back behind the last
/// complete statement, field or block, then behind that of the brackets around it.
pub(super) fn closings(text: &str, tokens: &[Token]) -> Vec<Closing> {
    let walk = Walk::of(text, tokens);
    let last = tokens.last();
    let quote = last.filter(|token| !token.is_closed(text)).map_or("", |token| match token.kind {
        TokenKind::Template => "`",
        TokenKind::String if token.text(text).starts_with('"') => "\"",
        _ => "'",
    });
    let open_comment =
        last.is_some_and(|token| token.kind == TokenKind::BlockComment && !token.text(text).ends_with("*/"));
    if walk.open.is_empty() && quote.is_empty() && !open_comment {
        return Vec::new();
    }
    let end = if open_comment { "*/" } else { quote };
    let closers: String = walk.open.iter().rev().map(|open| open.closer()).collect();
    let mut closings: Vec<Closing> = ["\n", " _\n"]
        .iter()
        .map(|operand| Closing { cut: text.len(), suffix: format!("{end}{operand}{closers}") })
        .collect();
    closings.extend(walk.cuts.iter().rev().map(|(cut, open)| {
        let closers: String = open.iter().rev().map(|open| open.closer()).collect();
        Closing { cut: *cut, suffix: format!("\n{closers}") }
    }));
    closings
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Round,
    Square,
    Curly,
    Template,
}

impl Open {
    fn closer(self) -> &'static str {
        match self {
            Self::Round => ")",
            Self::Square => "]",
            Self::Curly => "}",
            Self::Template => "}`",
        }
    }
}

/// The brackets that are open at the end, and places to cut at, deepest last.
struct Walk {
    open: Vec<Open>,
    cuts: Vec<(usize, Vec<Open>)>,
}

impl Walk {
    fn of(text: &str, tokens: &[Token]) -> Self {
        let mut open: Vec<Open> = Vec::new();
        // For each depth the last place where a statement ended at that depth.
        let mut ends: Vec<usize> = vec![0];
        for token in tokens {
            match token.kind {
                TokenKind::Punctuator => match token.text(text) {
                    "(" => push(&mut open, &mut ends, Open::Round, 0),
                    "[" => push(&mut open, &mut ends, Open::Square, 0),
                    "{" => push(&mut open, &mut ends, Open::Curly, token.span.end),
                    ")" => pop(&mut open, &mut ends, Open::Round),
                    "]" => pop(&mut open, &mut ends, Open::Square),
                    "}" => {
                        pop(&mut open, &mut ends, Open::Curly);
                        mark(&mut ends, token.span.end);
                    }
                    ";" => mark(&mut ends, token.span.end),
                    _ => {}
                },
                TokenKind::Template => {
                    let chunk = token.text(text);
                    if chunk.starts_with('}') {
                        pop(&mut open, &mut ends, Open::Template);
                    }
                    if chunk.ends_with("${") {
                        push(&mut open, &mut ends, Open::Template, 0);
                    }
                }
                _ => {}
            }
        }
        let depths = ends.iter().enumerate().rev().filter(|(_, end)| **end > 0).take(CUTS);
        let mut cuts: Vec<_> =
            depths.map(|(depth, &end)| (end, open.get(..depth).unwrap_or_default().to_vec())).collect();
        cuts.reverse();
        Self { open, cuts }
    }
}

fn push(open: &mut Vec<Open>, ends: &mut Vec<usize>, bracket: Open, end: usize) {
    open.push(bracket);
    ends.push(end);
}

/// Closes `bracket` when it is the innermost; a stray closer is left alone.
fn pop(open: &mut Vec<Open>, ends: &mut Vec<usize>, bracket: Open) {
    if open.last() == Some(&bracket) {
        open.pop();
        ends.pop();
    }
}

fn mark(ends: &mut [usize], end: usize) {
    if let Some(last) = ends.last_mut() {
        *last = end;
    }
}
