use super::{Attribute, Field};
use crate::text::Span;

/// How many parentheses of `line` stay open (or, negative, are closed in excess). Those in strings do not count.
pub(super) fn parentheses(line: &str) -> i64 {
    let mut depth = 0;
    let mut in_string = false;
    let mut escaped = false;
    for c in line.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '(' if !in_string => depth += 1,
            ')' if !in_string => depth -= 1,
            _ => {}
        }
    }
    depth
}

/// The field that `line` declares; `offset` is where it starts. `None` where it is none: an elision, prose.
pub(super) fn field(line: &str, offset: usize) -> Option<Field> {
    let (name, rest) = word(line)?;
    // Some write `name: Type`, as other languages do.
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let ty_text = rest.trim_start();
    if ty_text.len() == rest.len() {
        return None;
    }
    let (ty, mut rest) = word(ty_text)?;
    if !ty.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    if ty == "Unsupported" && rest.starts_with('(') {
        rest = rest.get(closing(rest)..)?;
    }
    let (mut optional, mut list) = (false, false);
    loop {
        if let Some(behind) = rest.strip_prefix('?') {
            (optional, rest) = (true, behind);
        } else if let Some(behind) = rest.strip_prefix("[]") {
            (list, rest) = (true, behind);
        } else {
            break;
        }
    }
    let attributes = attributes(rest, offset + line.len() - rest.len());
    let type_end = offset + line.len() - rest.len();
    let end = attributes.last().map_or(type_end, |last| last.span.end);
    Some(Field { name: name.to_owned(), span: Span::new(offset, end), ty: ty.to_owned(), optional, list, attributes })
}

/// The attributes in `text`; `offset` is where it starts.
pub(super) fn attributes(text: &str, offset: usize) -> Vec<Attribute> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('@')).map(|next| at + next) {
        let name_at = start + text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches('@').len());
        let rest = text.get(name_at..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
        let (name, rest) = rest.split_at_checked(length).unwrap_or_default();
        let mut end = name_at + length;
        let mut arguments = None;
        if rest.starts_with('(') {
            let length = closing(rest);
            let inside = rest.get(1..length).unwrap_or_default();
            arguments = Some(inside.strip_suffix(')').unwrap_or(inside).to_owned());
            end += length;
        }
        if !name.is_empty() {
            let span = Span::new(offset + start, offset + end);
            found.push(Attribute { name: name.to_owned(), arguments, span });
        }
        at = end;
    }
    found
}

/// Length of `text` up to and with the parenthesis that closes its first one; all of it where none does.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '(' if !in_string => depth += 1,
            ')' if !in_string => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// The identifier at the start of `text` and what is behind it.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.split_at_checked(end).filter(|(word, _)| !word.is_empty())
}
