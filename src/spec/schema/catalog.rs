//! The state of the database while statements are folded into it.

use std::collections::BTreeMap;

use super::model::{Bucket, Column, Constraint, Duplicate, Index, Place, Policy, Refusal, RowSecurity, Trigger};
use super::store::{Key, Row, Store};
use crate::languages::sql::Name;
use crate::languages::sql::facts::Routine;

/// Numbers of rows of one kind.
pub(super) type Id = usize;

/// The scope of schemas' and event triggers' names.
const DATABASE: usize = 0;

#[derive(Clone, Debug)]
pub(super) struct SchemaRow {
    pub(super) name: String,
    pub(super) live: bool,
}

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property that the server keeps on its own")]
pub(super) struct TableRow {
    pub(super) schema: Id,
    pub(super) name: String,
    pub(super) live: bool,
    pub(super) written: Name,
    pub(super) created: Place,
    pub(super) temporary: bool,
    pub(super) refused: Option<Refusal>,
    pub(super) parent: Option<Parent>,
    pub(super) row_security: RowSecurity,
    pub(super) forced: bool,
    pub(super) switched: Option<Place>,
    pub(super) complete: bool,
    pub(super) partitioned: bool,
    /// Columns that were ever added; PostgreSQL counts dropped ones too.
    pub(super) columns: usize,
    /// The branch of a condition in which it was created.
    pub(super) branch: usize,
}

/// The table that a table is a partition of, or inherits from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parent {
    pub(super) table: Id,
    pub(super) partition: bool,
}

/// Something that belongs to a table and goes with it.
#[derive(Clone, Debug)]
pub(super) struct Owned<T> {
    pub(super) table: Id,
    /// Its name there; `None` when it has none or is gone.
    pub(super) name: Option<String>,
    pub(super) live: bool,
    pub(super) item: T,
}

#[derive(Clone, Debug)]
pub(super) struct IndexRow {
    pub(super) schema: Id,
    pub(super) table: Id,
    pub(super) live: bool,
    pub(super) item: Index,
}

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property that the server keeps on its own")]
pub(super) struct ViewRow {
    pub(super) schema: Id,
    pub(super) name: String,
    pub(super) live: bool,
    pub(super) place: Place,
    pub(super) temporary: bool,
    pub(super) materialized: bool,
    pub(super) security_invoker: bool,
    pub(super) reads: Vec<Id>,
}

#[derive(Clone, Debug)]
pub(super) struct FunctionRow {
    pub(super) schema: Id,
    pub(super) name: String,
    pub(super) live: bool,
    pub(super) place: Place,
    pub(super) security_definer: bool,
    pub(super) fixed_search_path: bool,
    pub(super) language: String,
    pub(super) parameters: Vec<Option<String>>,
    pub(super) body: Option<std::sync::Arc<Routine>>,
}

#[derive(Clone, Debug)]
pub(super) struct EventTriggerRow {
    pub(super) name: String,
    pub(super) live: bool,
    pub(super) tags: Vec<String>,
    pub(super) function: Id,
}

fn live(live: bool, scope: usize, name: &str) -> Option<Key> {
    live.then(|| (scope, name.to_owned()))
}

impl Row for SchemaRow {
    fn key(&self) -> Option<Key> {
        live(self.live, DATABASE, &self.name)
    }
}

impl Row for TableRow {
    fn key(&self) -> Option<Key> {
        live(self.live, self.schema, &self.name)
    }
}

impl<T: Clone> Row for Owned<T> {
    fn key(&self) -> Option<Key> {
        live(self.live, self.table, self.name.as_deref()?)
    }
}

impl Row for IndexRow {
    fn key(&self) -> Option<Key> {
        live(self.live, self.schema, self.item.name.as_deref()?)
    }
}

impl Row for ViewRow {
    fn key(&self) -> Option<Key> {
        live(self.live, self.schema, &self.name)
    }
}

impl Row for FunctionRow {
    fn key(&self) -> Option<Key> {
        live(self.live, self.schema, &self.name)
    }
}

impl Row for EventTriggerRow {
    fn key(&self) -> Option<Key> {
        live(self.live, DATABASE, &self.name)
    }
}

/// All there is in the database.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) schemas: Store<SchemaRow>,
    pub(super) tables: Store<TableRow>,
    pub(super) columns: Store<Owned<Column>>,
    pub(super) constraints: Store<Owned<Constraint>>,
    pub(super) indexes: Store<IndexRow>,
    pub(super) triggers: Store<Owned<Trigger>>,
    pub(super) policies: Store<Owned<Policy>>,
    pub(super) views: Store<ViewRow>,
    pub(super) functions: Store<FunctionRow>,
    pub(super) event_triggers: Store<EventTriggerRow>,
    /// Tables that were made partitions or heirs of a table; whether they still are is for their rows to tell.
    pub(super) children: BTreeMap<Id, Vec<Id>>,
    /// Foreign keys that were made to a table.
    pub(super) references: BTreeMap<Id, Vec<Id>>,
    /// Views that were made on a table.
    pub(super) readers: BTreeMap<Id, Vec<Id>>,
    pub(super) buckets: Vec<Bucket>,
    /// Kept when the statement is undone: being refused is what makes it a duplicate.
    pub(super) duplicates: Vec<Duplicate>,
}

/// How much had been changed at some time, store by store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark([usize; 12]);

impl Mark {
    /// Number of tables that had been made.
    pub(super) fn tables_made(&self) -> usize {
        let Mark([.., made]) = self;
        *made
    }
}

impl Catalog {
    pub(super) fn mark(&self) -> Mark {
        Mark([
            self.schemas.mark(),
            self.tables.mark(),
            self.columns.mark(),
            self.constraints.mark(),
            self.indexes.mark(),
            self.triggers.mark(),
            self.policies.mark(),
            self.views.mark(),
            self.functions.mark(),
            self.event_triggers.mark(),
            self.buckets.len(),
            self.tables.len(),
        ])
    }

    /// Takes back what was changed since `mark`.
    pub(super) fn undo_to(&mut self, mark: &Mark) {
        let Mark(
            [schemas, tables, columns, constraints, indexes, triggers, policies, views, functions, events, buckets, _],
        ) = mark;
        self.schemas.undo_to(*schemas);
        self.tables.undo_to(*tables);
        self.columns.undo_to(*columns);
        self.constraints.undo_to(*constraints);
        self.indexes.undo_to(*indexes);
        self.triggers.undo_to(*triggers);
        self.policies.undo_to(*policies);
        self.views.undo_to(*views);
        self.functions.undo_to(*functions);
        self.event_triggers.undo_to(*events);
        self.buckets.truncate(*buckets);
    }

    /// Makes all changes final.
    pub(super) fn settle(&mut self) {
        self.schemas.settle();
        self.tables.settle();
        self.columns.settle();
        self.constraints.settle();
        self.indexes.settle();
        self.triggers.settle();
        self.policies.settle();
        self.views.settle();
        self.functions.settle();
        self.event_triggers.settle();
    }

    /// The schema of this name. Schemas come into being when they are first named: that a text does not create one does
    /// not mean that it is not there.
    pub(super) fn schema(&mut self, name: &str) -> Id {
        self.schemas
            .find(DATABASE, name)
            .unwrap_or_else(|| self.schemas.add(SchemaRow { name: name.to_owned(), live: true }))
    }

    pub(super) fn find_schema(&self, name: &str) -> Option<Id> {
        self.schemas.find(DATABASE, name)
    }

    pub(super) fn schema_name(&self, schema: Id) -> &str {
        self.schemas.get(schema).map_or("", |row| row.name.as_str())
    }

    pub(super) fn event_trigger(&self, name: &str) -> Option<Id> {
        self.event_triggers.find(DATABASE, name)
    }

    /// Schema and name, joined by a point.
    pub(super) fn table_name(&self, table: Id) -> String {
        self.tables.get(table).map_or_else(String::new, |row| format!("{}.{}", self.schema_name(row.schema), row.name))
    }

    /// The columns of a table that are there, in order of creation.
    pub(super) fn columns_of(&self, table: Id) -> Vec<Column> {
        let mut numbers = self.columns.in_scope(table);
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|number| Some(self.columns.get(number)?.item.clone())).collect()
    }
}
