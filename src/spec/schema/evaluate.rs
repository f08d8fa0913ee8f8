//! The values of expressions in bodies.

use std::collections::BTreeMap;

use crate::languages::sql::facts::{Call, Comparison, Expr};
use crate::text::Span;

/// What stands in a computed text for a part that nobody knows. It is a valid name, so that the text parses.
pub(super) const UNKNOWN_NAME: &str = "_unknown_to_speclint_";

/// Longest text that is computed, in bytes.
const LONGEST_TEXT: usize = 16 * 1024;

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A text; `source` tells where it stands when it is a literal, and its unchanged runs there.
    Text {
        value: String,
        source: Option<(Span, Vec<(usize, usize)>)>,
    },
    Bool(bool),
    Null,
    List(Vec<Value>),
    Record(BTreeMap<String, Value>),
    Unknown,
}

impl Value {
    pub(super) fn text(value: impl Into<String>) -> Self {
        Self::Text { value: value.into(), source: None }
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The text to be put into another one; what is unknown becomes [`UNKNOWN_NAME`].
    fn spelled(&self) -> String {
        match self {
            Self::Text { value, .. } => value.clone(),
            Self::Bool(value) => if *value { "t" } else { "f" }.to_owned(),
            Self::Null => String::new(),
            Self::List(_) | Self::Record(_) | Self::Unknown => UNKNOWN_NAME.to_owned(),
        }
    }
}

/// Variables, innermost scope last.
pub(super) type Variables = BTreeMap<String, Value>;

/// The value of `expr`. `exists` answers whether a catalog query has rows, and other questions about the catalog:
/// `None` when nobody knows.
pub(super) fn evaluate(expr: &Expr, variables: &Variables, exists: &dyn Fn(&Expr) -> Option<bool>) -> Value {
    let inner = |expr: &Expr| evaluate(expr, variables, exists);
    let truth = |value: Option<bool>| value.map_or(Value::Unknown, Value::Bool);
    match expr {
        Expr::Text { value, span, runs } => Value::Text { value: value.clone(), source: Some((*span, runs.clone())) },
        Expr::Bool(value) => Value::Bool(*value),
        Expr::Null => Value::Null,
        Expr::Number(digits) => Value::text(digits.clone()),
        Expr::Variable(parts) => variable(parts, variables),
        Expr::Call(call) => function(call, &inner),
        Expr::Concat(parts) => concat(parts.iter().map(inner)),
        Expr::List(items) => Value::List(items.iter().map(inner).collect()),
        Expr::Compare { comparison, left, right } => {
            truth(exists(expr).or_else(|| compare(*comparison, &inner(left), &inner(right))))
        }
        Expr::Not(operand) => truth(boolean(&inner(operand)).map(|value| !value)),
        Expr::And(parts) => truth(all(parts.iter().map(|part| boolean(&inner(part))), false)),
        Expr::Or(parts) => truth(all(parts.iter().map(|part| boolean(&inner(part))), true)),
        Expr::Exists(_) => truth(exists(expr)),
        Expr::Opaque => Value::Unknown,
    }
}

fn variable(parts: &[String], variables: &Variables) -> Value {
    let Some((last, first)) = parts.split_last() else { return Value::Unknown };
    let found = match first.last() {
        None => variables.get(last),
        Some(record) => match variables.get(record) {
            Some(Value::Record(fields)) => fields.get(last),
            // `t.tablename` in a query on `pg_tables t`: the alias is not known, the column is.
            _ => variables.get(last),
        },
    };
    found.cloned().unwrap_or(Value::Unknown)
}

/// AND (`decisive` false) or OR (`decisive` true) of three-valued conditions.
fn all(values: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for value in values {
        match value {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

/// The truth of a value; `NULL` is not true, which is all that conditions ask.
pub(super) fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Null => Some(false),
        Value::Text { value, .. } => match value.as_str() {
            "true" | "t" => Some(true),
            "false" | "f" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> Option<bool> {
    match comparison {
        Comparison::Is => match (left, right) {
            (Value::Unknown, _) | (_, Value::Unknown) => None,
            (left, Value::Null) => Some(*left == Value::Null),
            (left, right) => Some(boolean(left)? == boolean(right)?),
        },
        Comparison::In => {
            let items = match right {
                Value::List(items) => items.clone(),
                Value::Text { value, .. } => array_literal(value).unwrap_or_else(|| vec![right.clone()]),
                other => vec![other.clone()],
            };
            all(items.iter().map(|item| compare(Comparison::Equal, left, item)), true)
        }
        Comparison::Equal | Comparison::NotEqual => {
            let equal = match (left, right) {
                (Value::Bool(_), _) | (_, Value::Bool(_)) => boolean(left)? == boolean(right)?,
                _ => {
                    let (left, right) = (left.as_text()?, right.as_text()?);
                    if left.contains(UNKNOWN_NAME) || right.contains(UNKNOWN_NAME) {
                        return None;
                    }
                    left == right
                }
            };
            Some(equal == (comparison == Comparison::Equal))
        }
        Comparison::Like => Some(like(left.as_text()?, right.as_text()?)),
    }
}

/// `LIKE`: `%` any text, `_` any character, `\` takes the next one literally. Time is the product of the lengths.
fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().take(200).collect();
    let mut reached = vec![true];
    reached.resize(text.len() + 1, false);
    let mut pattern = pattern.chars().take(200);
    while let Some(c) = pattern.next() {
        let mut next = vec![false; text.len() + 1];
        let literal = if c == '\\' { pattern.next() } else { Some(c) };
        let mut open = false;
        for (at, &here) in reached.iter().enumerate() {
            open |= here;
            let (matches, slot) = if c == '%' {
                (open, next.get_mut(at))
            } else {
                (here && text.get(at).is_some_and(|t| c == '_' || Some(*t) == literal), next.get_mut(at + 1))
            };
            if let Some(slot) = slot {
                *slot |= matches;
            }
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

fn concat(parts: impl Iterator<Item = Value>) -> Value {
    let mut text = String::new();
    for part in parts {
        if part == Value::Null {
            return Value::Null;
        }
        text.push_str(&part.spelled());
        if text.len() > LONGEST_TEXT {
            return Value::Unknown;
        }
    }
    Value::text(text)
}

fn function(call: &Call, inner: &dyn Fn(&Expr) -> Value) -> Value {
    if call.name.schema.as_ref().is_some_and(|schema| schema.value != "pg_catalog") {
        return Value::Unknown;
    }
    let arguments: Vec<Value> = call.arguments.iter().map(inner).collect();
    match (call.name.name.value.as_str(), arguments.as_slice()) {
        ("format", [Value::Text { value, source }]) if !value.contains('%') => {
            Value::Text { value: value.clone(), source: source.clone() }
        }
        ("format", [Value::Text { value, .. }, values @ ..]) => format(value, values),
        ("quote_ident", [Value::Text { value, .. }]) => Value::text(quote_name(value)),
        ("quote_literal", [Value::Text { value, .. }]) => Value::text(quote_text(value)),
        ("lower", [Value::Text { value, .. }]) => Value::text(value.to_ascii_lowercase()),
        ("upper", [Value::Text { value, .. }]) => Value::text(value.to_ascii_uppercase()),
        ("concat", values) => concat(values.iter().filter(|value| **value != Value::Null).cloned()),
        ("string_to_array", [Value::Text { value, .. }, Value::Text { value: separator, .. }])
            if !separator.is_empty() =>
        {
            Value::List(value.split(separator.as_str()).map(Value::text).collect())
        }
        ("current_schema", []) => Value::text("public"),
        ("quote_ident", _) => Value::text(UNKNOWN_NAME),
        ("quote_literal" | "quote_nullable", _) => Value::text(quote_text(UNKNOWN_NAME)),
        _ => Value::Unknown,
    }
}

/// PostgreSQL's `format`: `%I`, `%L`, `%s`, `%%`, with positions (`%1$I`).
fn format(pattern: &str, values: &[Value]) -> Value {
    let mut out = String::new();
    let mut next = 0;
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = after.split_at(digits);
        let (position, tail) = match tail.strip_prefix('$') {
            Some(tail) => (number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)), tail),
            None => (None, after),
        };
        let Some(kind) = tail.chars().next() else { return Value::Unknown };
        rest = tail.get(kind.len_utf8()..).unwrap_or("");
        if kind == '%' {
            out.push('%');
            continue;
        }
        let index = position.unwrap_or(next);
        next = index + 1;
        let value = values.get(index).unwrap_or(&Value::Unknown);
        match kind {
            'I' => out.push_str(&quote_name(&value.spelled())),
            'L' => out.push_str(&quote_text(&value.spelled())),
            's' => out.push_str(&value.spelled()),
            _ => return Value::Unknown,
        }
        if out.len() > LONGEST_TEXT {
            return Value::Unknown;
        }
    }
    out.push_str(rest);
    Value::text(out)
}

/// Quotes a name where it needs quotes. Quoting one too many does no harm.
pub(super) fn quote_name(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && name == UNKNOWN_NAME { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

fn quote_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The items of an array written as a text: `{a,b}`.
pub(super) fn array_literal(text: &str) -> Option<Vec<Value>> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    if inner.trim().is_empty() {
        return Some(Vec::new());
    }
    Some(inner.split(',').map(|item| Value::text(item.trim().trim_matches('"'))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_follows_the_server() {
        let values = [Value::text("Barn"), Value::Unknown];
        assert_eq!(format("a %I %2$s %1$L %%", &values), Value::text(format!("a \"Barn\" {UNKNOWN_NAME} 'Barn' %")));
        assert_eq!(format("%s %s", &values[..1]), Value::text(format!("Barn {UNKNOWN_NAME}")));
    }

    #[test]
    fn like_matches_as_sql_does() {
        assert!(like("barn_2024", "barn%") && like("barn", "b_rn") && like("a%b", "a\\%b") && like("", "%"));
        assert!(!like("barn", "arn") && !like("axb", "a\\%b"));
    }

    #[test]
    fn unknown_values_stay_unknown() {
        assert_eq!(compare(Comparison::Equal, &Value::Unknown, &Value::text("x")), None);
        assert_eq!(all([Some(true), None].into_iter(), false), None);
        assert_eq!(all([None, Some(false)].into_iter(), false), Some(false));
    }
}
