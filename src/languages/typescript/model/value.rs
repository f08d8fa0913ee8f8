use super::{Name, VariableId};
use crate::text::Span;

/// An expression as far as rules read it: literals, object and array literals, names.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The whole expression.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// A string literal, or a template without `${}`.
    String(String),
    /// A template (or a concatenation that starts or ends in a string) whose dynamic parts read `[param]`.
    Template(String),
    /// A number literal.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// `null` or `undefined`.
    Null,
    /// An object literal.
    Object(Object),
    /// An array literal; spread elements and holes are left out and make it open.
    Array {
        /// The elements that are written out.
        items: Vec<Value>,
        /// Whether a spread or an elision may hold more.
        open: bool,
    },
    /// An identifier or a member path such as `body.title`.
    Path {
        /// The path with `.` between its parts.
        text: String,
        /// The variable, when the path is one identifier that the text declares.
        variable: Option<VariableId>,
    },
    /// A function or an arrow function.
    Function,
    /// Anything else: calls, conditions, arithmetic, or what lies too deep to be kept.
    Other,
}

/// An object literal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The keys that are written out, in source order.
    pub properties: Vec<Property>,
    /// Whether a spread, a computed key or an elision may hold more keys.
    pub open: bool,
}

/// One `key: value` of an object literal.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The key, without quotes; the span is that of the key as written.
    pub key: Name,
    /// What it is set to; for a shorthand the variable of that name.
    pub value: Value,
    /// `{ title }` instead of `{ title: title }`.
    pub shorthand: bool,
}

impl Value {
    /// A value of no known kind.
    pub(crate) fn other(span: Span) -> Self {
        Self { span, kind: ValueKind::Other }
    }

    /// The text of a string literal.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string literal or of a template whose dynamic parts read `[param]`.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) | ValueKind::Template(text) => Some(text),
            _ => None,
        }
    }

    /// The path of an identifier or member expression: `request`, `body.title`.
    pub fn as_path(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::Path { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The object literal.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            ValueKind::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl Object {
    /// The property named `key`; the last one wins, as in JavaScript.
    pub fn get(&self, key: &str) -> Option<&Property> {
        self.properties.iter().rev().find(|property| property.key.text == key)
    }

    /// Whether `key` is written out.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}
