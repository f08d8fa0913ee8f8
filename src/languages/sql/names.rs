//! Names as PostgreSQL reads them.

use crate::text::Span;

/// Longest name in bytes; PostgreSQL cuts off the rest (`NAMEDATALEN - 1`).
const LONGEST_NAME: usize = 63;

/// One identifier: what the server makes of it and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name in the catalog: folded to lower case unless it was quoted, cut to 63 bytes.
    pub value: String,
    /// The name as it was written, where that is not its value: for most names, one text is enough.
    spelled: Option<Box<str>>,
    /// Whether it stood in double quotes.
    pub quoted: bool,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl Name {
    /// Reads an identifier in the form in which it stands in SQL: `users`, `"Users"`, `U&"\0441"`.
    pub fn new(source: &str, span: Span) -> Self {
        match unquote(source) {
            Some(written) => Self::of(truncate(written.clone()), &written, true, span),
            None => Self::of(truncate(fold(source)), source, false, span),
        }
    }

    fn of(value: String, written: &str, quoted: bool, span: Span) -> Self {
        let spelled = (value != written).then(|| written.into());
        Self { value, spelled, quoted, span }
    }

    /// The name as it was written, without quotes: letters not folded, nothing cut off.
    pub fn written(&self) -> &str {
        self.spelled.as_deref().unwrap_or(&self.value)
    }

    /// A name that was not written as an identifier but computed (`format('%I', …)`) or implied.
    pub fn computed(value: &str, span: Span) -> Self {
        Self::of(truncate(value.to_owned()), value, true, span)
    }
}

/// A name with the schema in front of it, where one was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualifiedName {
    /// `auth` in `auth.users`.
    pub schema: Option<Name>,
    /// `users` in `auth.users`.
    pub name: Name,
    /// From the first to the last part.
    pub span: Span,
}

impl QualifiedName {
    /// The catalog names, joined by a point.
    pub fn display(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{}.{}", schema.value, self.name.value),
            None => self.name.value.clone(),
        }
    }

    /// Whether the name is `schema.name`, or `name` without a schema.
    pub fn is(&self, schema: &str, name: &str) -> bool {
        self.name.value == name && self.schema.as_ref().is_none_or(|own| own.value == schema)
    }
}

/// The server folds ASCII letters; in a UTF-8 database it leaves all others alone.
fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn truncate(mut name: String) -> String {
    if name.len() > LONGEST_NAME {
        let end = (0..=LONGEST_NAME).rev().find(|&at| name.is_char_boundary(at)).unwrap_or(0);
        name.truncate(end);
    }
    name
}

/// The inside of a quoted identifier, or `None` when `source` is not quoted.
fn unquote(source: &str) -> Option<String> {
    let inner = |text: &str| text.strip_prefix('"')?.strip_suffix('"').map(|inner| inner.replace("\"\"", "\""));
    match source.get(..2) {
        Some("U&" | "u&") => inner(source.get(2..)?).map(|text| decode_unicode_escapes(&text)),
        _ => inner(source),
    }
}

/// Replaces `\XXXX` and `\+XXXXXX` (hexadecimal) by their characters; anything else stays as it is.
pub(crate) fn decode_unicode_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (skip, digits) = if after.starts_with('+') { (1, 6) } else { (0, 4) };
        let code = after.get(skip..skip + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let Some(c) = code.and_then(char::from_u32) {
            out.push(c);
            rest = after.get(skip + digits..).unwrap_or("");
        } else {
            out.push('\\');
            rest = after.strip_prefix('\\').unwrap_or(after);
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(source: &str) -> String {
        Name::new(source, Span::default()).value
    }

    #[test]
    fn names_fold_unless_quoted() {
        assert_eq!(value("Invoices"), "invoices");
        assert_eq!(value("\"Invoices\""), "Invoices");
        assert_eq!(value("\"a\"\"b\""), "a\"b");
        assert_eq!(value("ÄRA"), "Ära", "letters outside ASCII are not folded");
        assert_eq!(value("U&\"d\\0061t\\+000061\""), "data");
        assert_eq!(Name::new("userId", Span::default()).written(), "userId");
    }

    #[test]
    fn long_names_are_cut_at_a_character() {
        assert_eq!(value(&"x".repeat(70)).len(), 63);
        assert_eq!(value(&"é".repeat(40)).len(), 62);
    }
}
