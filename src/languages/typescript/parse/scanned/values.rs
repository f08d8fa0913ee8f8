use super::cursor::Cursor;
use crate::languages::typescript::model::{Name, Object, Property, Value, ValueKind};
use crate::languages::typescript::tokens::TokenKind;
use crate::text::Span;

/// How deep object and array literals are kept.
const DEPTH: usize = 6;

/// The values between the opening bracket at `open` and its partner, split at commas.
///
/// Without a partner only a string literal right behind the bracket is taken.
pub(super) fn arguments(cursor: &Cursor<'_>, open: usize) -> Vec<Value> {
    match cursor.partner(open) {
        Some(close) => items(cursor, open, close).map(|(from, to)| value(cursor, from, to, DEPTH)).collect(),
        None => cursor.string(open + 1).map(|_| value(cursor, open + 1, open + 2, DEPTH)).into_iter().collect(),
    }
}

/// Token ranges between commas inside the brackets at `open` and `close`; empty ones are left out.
fn items<'c>(cursor: &'c Cursor<'_>, open: usize, close: usize) -> impl Iterator<Item = (usize, usize)> + 'c {
    let mut at = open + 1;
    std::iter::from_fn(move || {
        while at < close {
            let from = at;
            while at < close && !cursor.is(at, ",") {
                at = cursor.skip(at);
            }
            let to = at.min(close);
            at += 1;
            if to > from {
                return Some((from, to));
            }
        }
        None
    })
}

fn value(cursor: &Cursor<'_>, from: usize, to: usize, depth: usize) -> Value {
    let span = cursor.span(from).join(cursor.span(to.saturating_sub(1)));
    let kind = if to == from + 1 { single(cursor, from) } else { several(cursor, from, to, depth) };
    Value { span, kind }
}

fn single(cursor: &Cursor<'_>, at: usize) -> ValueKind {
    let text = cursor.text(at);
    match cursor.kind(at) {
        Some(TokenKind::String) => cursor.string(at).map_or(ValueKind::Other, |name| ValueKind::String(name.text)),
        Some(TokenKind::Template) if text.len() > 1 && text.ends_with('`') => {
            ValueKind::String(text.trim_matches('`').to_owned())
        }
        Some(TokenKind::Number) => text.parse().map_or(ValueKind::Other, ValueKind::Number),
        Some(TokenKind::Identifier) => match text {
            "true" | "false" => ValueKind::Boolean(text == "true"),
            "null" | "undefined" => ValueKind::Null,
            _ => ValueKind::Path { text: text.to_owned(), variable: None },
        },
        _ => ValueKind::Other,
    }
}

fn several(cursor: &Cursor<'_>, from: usize, to: usize, depth: usize) -> ValueKind {
    let whole = cursor.partner(from) == Some(to - 1);
    if whole && depth > 0 && cursor.is(from, "{") {
        return ValueKind::Object(object(cursor, from, to - 1, depth - 1));
    }
    if whole && depth > 0 && cursor.is(from, "[") {
        let ranges: Vec<_> = items(cursor, from, to - 1).collect();
        let written = ranges.iter().filter(|(from, _)| cursor.kind(*from) != Some(TokenKind::Ellipsis));
        let items: Vec<Value> = written.map(|&(from, to)| value(cursor, from, to, depth - 1)).collect();
        let open = items.len() < ranges.len();
        return ValueKind::Array { items, open };
    }
    if let Some(text) = template(cursor, from, to) {
        return ValueKind::Template(text);
    }
    let is_path =
        (from..to).all(|at| if (at - from).is_multiple_of(2) { cursor.word(at).is_some() } else { cursor.is_dot(at) });
    if is_path && to <= from + 9 {
        let text: Vec<&str> = (from..to).step_by(2).map(|at| cursor.text(at)).collect();
        return ValueKind::Path { text: text.join("."), variable: None };
    }
    ValueKind::Other
}

/// A template with dynamic parts that fills the whole range.
fn template(cursor: &Cursor<'_>, from: usize, to: usize) -> Option<String> {
    let mut text = String::new();
    let mut at = from;
    loop {
        let chunk = cursor.token(at).filter(|token| token.kind == TokenKind::Template)?;
        text.push_str(chunk.content(cursor.source()));
        if chunk.text(cursor.source()).ends_with('`') {
            return (at + 1 == to && at > from).then_some(text);
        }
        text.push_str("[param]");
        at = cursor.partner(at).filter(|&next| next > at && next < to)?;
    }
}

fn object(cursor: &Cursor<'_>, open: usize, close: usize, depth: usize) -> Object {
    let mut object = Object::default();
    for (from, to) in items(cursor, open, close) {
        let key = cursor.name(from).or_else(|| cursor.string(from).map(|key| Name::new(key.text, cursor.span(from))));
        let Some(key) = key else {
            object.open = true;
            continue;
        };
        if cursor.is(from + 1, ":") && from + 2 < to {
            let value = value(cursor, from + 2, to, depth);
            object.properties.push(Property { key, value, shorthand: false });
        } else if to == from + 1 && cursor.word(from).is_some() {
            let value = value(cursor, from, to, depth);
            object.properties.push(Property { key, value, shorthand: true });
        } else {
            object.open = true;
        }
    }
    object
}

/// The span from the token at `from` to the one at `to`.
pub(super) fn range(cursor: &Cursor<'_>, from: usize, to: usize) -> Span {
    cursor.span(from).join(cursor.span(to))
}
