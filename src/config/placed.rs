use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::text::Span;

/// A value of the configuration file and the bytes where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "toml::Spanned<T>")]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Bytes of the file, quotes included.
    pub span: Span,
}

impl<T> Placed<T> {
    /// Another value at the same place.
    pub(super) fn with<U>(&self, value: U) -> Placed<U> {
        Placed { value, span: self.span }
    }
}

impl<T> From<toml::Spanned<T>> for Placed<T> {
    fn from(spanned: toml::Spanned<T>) -> Self {
        Self { span: spanned.span().into(), value: spanned.into_inner() }
    }
}

/// The schema does not know of places: it is that of the value.
impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
