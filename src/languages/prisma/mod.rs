//! Prisma schemas: text in, models and enums with spans out.
//!
//! The language is line-oriented, and so is the reader. It takes fragments as they come: blocks that are never closed,
//! attributes that go over several lines or break off, elisions (`...`), prose in between. What is no member of a block
//! is passed over. Time is linear in the text.

mod arguments;
mod blank;
mod member;
mod reader;

use crate::text::Span;

/// What a schema, or a part of one, declares. Spans are bytes of the text that was parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrismaText {
    /// `model` blocks, in order.
    pub models: Vec<Model>,
    /// `enum` blocks, in order.
    pub enums: Vec<Enum>,
}

/// A model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// From `model` to the name.
    pub head: Span,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Attributes of the block: `@@map`, `@@index`, `@@id`, …
    pub attributes: Vec<Attribute>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// From the name to the end of the last attribute.
    pub span: Span,
    /// The type's name: `String`, `Unsupported`, or that of a model or an enum.
    pub ty: String,
    /// `?`
    pub optional: bool,
    /// `[]`
    pub list: bool,
    /// `@id`, `@unique`, `@default`, `@map`, `@relation`, `@db.Text`, …
    pub attributes: Vec<Attribute>,
}

/// An attribute of a field or a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name without `@`: `map`, `db.Text`.
    pub name: String,
    /// What stands between the parentheses; `None` without them.
    pub arguments: Option<String>,
    /// From the first `@` to the end.
    pub span: Span,
}

/// An enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// Its values, as written.
    pub values: Vec<String>,
}

/// The types that are no models and no enums
/// (<https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types>).
const SCALARS: [&str; 10] =
    ["String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes", "Unsupported"];

impl PrismaText {
    /// Reads `text`. It never fails: what cannot be read is not there.
    pub fn parse(text: &str) -> Self {
        reader::read(text)
    }
}

impl Model {
    /// The table's name, where `@@map` gives one.
    pub fn map(&self) -> Option<&str> {
        mapped(&self.attributes)
    }
}

impl Field {
    /// The column's name, where `@map` gives one.
    pub fn map(&self) -> Option<&str> {
        mapped(&self.attributes)
    }

    /// Whether the type is one of Prisma's own, so that the field is a column.
    pub fn is_scalar(&self) -> bool {
        SCALARS.contains(&self.ty.as_str())
    }

    /// Whether the field has the attribute.
    pub fn has(&self, attribute: &str) -> bool {
        self.attribute(attribute).is_some()
    }

    /// The first attribute of a name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|own| own.name == name)
    }
}

fn mapped(attributes: &[Attribute]) -> Option<&str> {
    let map = attributes.iter().find(|attribute| attribute.name == "map")?;
    let quoted = map.arguments.as_deref()?.split_once('"')?.1;
    quoted.split_once('"').map(|(name, _)| name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests;
