//! The value of a string constant, and where each of its bytes stands.

use super::lexer::dollar_tag;
use super::names::decode_unicode_escapes;

/// A string's value and its runs of bytes that stand in the source unchanged: (offset in the value, offset in the source).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) value: String,
    pub(crate) runs: Vec<(usize, usize)>,
}

/// Decodes one string constant: `'…'`, `E'…'`, `U&'…'`, `$tag$…$tag$`. `None` when `source` is none.
pub(crate) fn decode(source: &str) -> Option<Decoded> {
    if let Some(length) = dollar_tag(source) {
        let inner = source.get(length..source.len().checked_sub(length)?)?;
        return Some(Decoded { value: inner.to_owned(), runs: vec![(0, length)] });
    }
    let quote = source.find('\'')?;
    let prefix = source.get(..quote)?;
    let inner = source.get(quote + 1..source.len().checked_sub(1)?)?;
    match prefix {
        "" | "N" | "n" => Some(unescape(inner, quote + 1, false)),
        "E" | "e" => Some(unescape(inner, quote + 1, true)),
        "U&" | "u&" => {
            let value = decode_unicode_escapes(&inner.replace("''", "'"));
            Some(Decoded { value, runs: vec![(0, quote + 1)] })
        }
        _ => None,
    }
}

fn unescape(inner: &str, start: usize, escapes: bool) -> Decoded {
    let mut value = String::with_capacity(inner.len());
    let mut runs = vec![(0, start)];
    let mut rest = inner;
    while let Some(at) = rest.find(|c| c == '\'' || (escapes && c == '\\')) {
        let (before, from) = rest.split_at(at);
        value.push_str(before);
        let (c, length) = escape(from);
        value.extend(c);
        rest = from.get(length..).unwrap_or("");
        runs.push((value.len(), start + inner.len() - rest.len()));
    }
    value.push_str(rest);
    Decoded { value, runs }
}

/// The character that the escape at the start of `text` stands for, and its length in bytes.
fn escape(text: &str) -> (Option<char>, usize) {
    let mut chars = text.chars();
    let (first, Some(second)) = (chars.next(), chars.next()) else { return (text.chars().next(), text.len()) };
    if first == Some('\'') {
        return (Some('\''), 1 + usize::from(second == '\''));
    }
    let hex = |skip: usize, most: usize| {
        let digits = text.get(skip..).unwrap_or("").chars().take(most).take_while(char::is_ascii_hexdigit).count();
        let code = text.get(skip..skip + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        (code.and_then(char::from_u32), skip + digits)
    };
    match second {
        'n' => (Some('\n'), 2),
        't' => (Some('\t'), 2),
        'r' => (Some('\r'), 2),
        'b' => (Some('\u{8}'), 2),
        'f' => (Some('\u{c}'), 2),
        'x' => hex(2, 2),
        'u' => hex(2, 4),
        'U' => hex(2, 8),
        other => (Some(other), 1 + other.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_places() {
        let text = decode("'it''s'").unwrap();
        assert_eq!(text, Decoded { value: "it's".to_owned(), runs: vec![(0, 1), (3, 5)] });
        assert_eq!(decode(r"E'a\tb\'\x41\u00e9'").unwrap().value, "a\tb'Aé");
        assert_eq!(decode("$x$a'b$x$").unwrap(), Decoded { value: "a'b".to_owned(), runs: vec![(0, 3)] });
        assert_eq!(decode(r"U&'\0041'").unwrap().value, "A");
        assert_eq!(decode("B'01'"), None);
        assert_eq!(decode("'"), None);
    }
}
