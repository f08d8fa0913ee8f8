//! House conventions: keys, names, time stamps, indexes.

use super::Schema;
use super::model::{Column, Constraint, Place, Table};
use crate::languages::sql::Name;
use crate::languages::sql::facts::{ConstraintKind, IndexKey};

/// A place where a table does not follow a convention.
#[derive(Clone, Debug, PartialEq)]
pub struct Convention<'s> {
    /// The table.
    pub table: &'s Table,
    /// The column that it is about; `None` where it is about the table.
    pub column: Option<&'s Column>,
    /// Which convention.
    pub kind: ConventionKind,
    /// The column, the constraint or the `CREATE TABLE`.
    pub place: Place,
}

/// The conventions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConventionKind {
    /// A foreign key that no index starts with, so that deleting in the other table reads this one in full.
    ForeignKeyWithoutIndex,
    /// `TIMESTAMP` without a time zone.
    TimestampWithoutZone,
    /// No `created_at`.
    NoCreatedAt,
    /// An `updated_at` that no trigger maintains.
    UpdatedAtWithoutTrigger,
    /// No primary key at all.
    NoPrimaryKey,
    /// A primary key of one column that is not a `UUID`.
    PrimaryKeyNotUuid,
    /// A UUID primary key that references nothing and has no default.
    UuidWithoutDefault,
    /// A name that is not `snake_case` as written, whether PostgreSQL folds it or not.
    NameNotSnakeCase,
}

impl Schema {
    /// Where tables do not follow the house conventions, in the order of the tables. Temporary tables and partitions are
    /// exempt. A missing column, key or index is only reported of tables that are known completely.
    pub fn convention_breaks(&self) -> Vec<Convention<'_>> {
        let mut breaks = Vec::new();
        for table in self.tables.iter().filter(|table| !table.temporary && table.partition_of.is_none()) {
            names(table, &mut breaks);
            primary_key(table, &mut breaks);
            timestamps(table, &mut breaks);
            foreign_keys(table, &mut breaks);
        }
        breaks
    }
}

impl Table {
    /// The columns of the primary key; empty where there is none.
    pub fn primary_key(&self) -> &[String] {
        let key = self.constraints.iter().find(|constraint| constraint.kind == ConstraintKind::PrimaryKey);
        key.map_or(&[], |key| key.columns.as_slice())
    }

    /// Whether the table says nothing but which rows of other tables belong together: all its columns are in its key
    /// of several columns, and refer to other tables.
    fn only_joins(&self) -> bool {
        let key = self.primary_key();
        let refers = |column: &Column| {
            key.contains(&column.name.value)
                && self.constraints.iter().any(|constraint| {
                    matches!(constraint.kind, ConstraintKind::ForeignKey(_))
                        && constraint.columns.contains(&column.name.value)
                })
        };
        key.len() > 1 && self.columns.iter().all(refers)
    }

    /// The column of this catalog name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.value == name)
    }

    /// Whether an index, a unique constraint or the primary key starts with these columns, in any order. A partial index
    /// counts, since `WHERE column IS NOT NULL` is a usual one for foreign keys.
    pub fn has_index_on(&self, columns: &[String]) -> bool {
        let leads = |keys: &[String]| {
            keys.get(..columns.len()).is_some_and(|lead| columns.iter().all(|column| lead.contains(column)))
        };
        let unique = |constraint: &Constraint| {
            matches!(constraint.kind, ConstraintKind::PrimaryKey | ConstraintKind::Unique) && leads(&constraint.columns)
        };
        self.constraints.iter().any(unique)
            || self.indexes.iter().any(|index| {
                let plain = index.keys.iter().map_while(|key| match key {
                    IndexKey::Column(name) => Some(name.value.clone()),
                    IndexKey::Expression(_) => None,
                });
                leads(&plain.collect::<Vec<_>>())
            })
    }
}

fn names<'s>(table: &'s Table, breaks: &mut Vec<Convention<'s>>) {
    let kind = ConventionKind::NameNotSnakeCase;
    if !is_snake_case(&table.written) {
        breaks.push(Convention { table, column: None, kind, place: table.created });
    }
    for column in table.columns.iter().filter(|column| !is_snake_case(&column.name)) {
        breaks.push(Convention { table, column: Some(column), kind, place: column.place });
    }
}

/// Lower case words joined by underscores. A name all in capitals is keyword style, which folding makes `snake_case`.
fn is_snake_case(name: &Name) -> bool {
    let written = name.written();
    let shouted = !name.quoted && !written.chars().any(|c| c.is_ascii_lowercase());
    let letters =
        written.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '_' || (shouted && c.is_uppercase()));
    letters && !written.starts_with(|c: char| c.is_ascii_digit()) && !written.is_empty()
}

fn primary_key<'s>(table: &'s Table, breaks: &mut Vec<Convention<'s>>) {
    let column = match table.primary_key() {
        [] if table.complete => {
            let kind = ConventionKind::NoPrimaryKey;
            return breaks.push(Convention { table, column: None, kind, place: table.created });
        }
        [only] => table.column(only),
        _ => None,
    };
    let Some(column) = column else { return };
    let uuid = column.ty.as_ref().is_none_or(|ty| ty.name.rsplit('.').next() == Some("uuid"));
    let refers = table.constraints.iter().any(|constraint| {
        matches!(constraint.kind, ConstraintKind::ForeignKey(_)) && constraint.columns.contains(&column.name.value)
    });
    // A code or a slug that people give (`code TEXT PRIMARY KEY`) is a key of its own right; an `id` is not.
    let textual =
        column.ty.as_ref().is_some_and(|ty| matches!(ty.name.as_str(), "text" | "varchar" | "char" | "citext"));
    let given = textual && !column.name.value.ends_with("id");
    let kind = match (uuid, column.default.is_some() || refers) {
        (false, _) if given || (textual && refers) => return,
        (false, _) => ConventionKind::PrimaryKeyNotUuid,
        (true, false) => ConventionKind::UuidWithoutDefault,
        (true, true) => return,
    };
    breaks.push(Convention { table, column: Some(column), kind, place: column.place });
}

fn timestamps<'s>(table: &'s Table, breaks: &mut Vec<Convention<'s>>) {
    for column in &table.columns {
        if column.ty.as_ref().is_some_and(|ty| matches!(ty.name.as_str(), "timestamp" | "timestamp[]")) {
            let kind = ConventionKind::TimestampWithoutZone;
            breaks.push(Convention { table, column: Some(column), kind, place: column.place });
        }
    }
    if table.complete && table.column("created_at").is_none() && !table.only_joins() {
        breaks.push(Convention { table, column: None, kind: ConventionKind::NoCreatedAt, place: table.created });
    }
    if let Some(column) = table.column("updated_at")
        && !table.triggers.iter().any(|trigger| trigger.before_update)
    {
        let kind = ConventionKind::UpdatedAtWithoutTrigger;
        breaks.push(Convention { table, column: Some(column), kind, place: column.place });
    }
}

fn foreign_keys<'s>(table: &'s Table, breaks: &mut Vec<Convention<'s>>) {
    for constraint in &table.constraints {
        let foreign = matches!(constraint.kind, ConstraintKind::ForeignKey(_));
        if foreign && !constraint.columns.is_empty() && !table.has_index_on(&constraint.columns) {
            let column = constraint.columns.first().and_then(|name| table.column(name));
            // A key that another text adds to a column stands there.
            let is_near =
                |column: &&Column| constraint.columns.len() == 1 && column.place.text == constraint.place.text;
            let place = column.filter(is_near).map_or(constraint.place, |column| column.place);
            breaks.push(Convention { table, column, kind: ConventionKind::ForeignKeyWithoutIndex, place });
        }
    }
}
