//! The tables that a query may name, from all that is known.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::Context;
use crate::spec::InventoryTable;
use crate::spec::schema::{Place, Table};

/// Tables by name, and the functions that may stand for columns. Made once for a check, so that each query costs only
/// its own length.
pub(super) struct Catalog<'c> {
    tables: BTreeMap<&'c str, Option<Columns<'c>>>,
    functions: BTreeSet<&'c str>,
}

/// The columns of a table whose columns are all known.
pub(super) struct Columns<'c> {
    by_lower_case: BTreeMap<String, &'c str>,
    /// Where the table is created.
    pub created: Option<Place>,
}

/// What the sources say of one name.
#[derive(Default)]
struct Sources<'c> {
    created: Vec<&'c Table>,
    is_view: bool,
    listed: Option<&'c InventoryTable>,
    added: Option<&'c BTreeSet<String>>,
}

impl<'c> Catalog<'c> {
    pub(super) fn new(cx: &'c Context<'_, '_>) -> Self {
        let schema = cx.pair.schema(&cx.config.exposed_schemas);
        let mut sources: BTreeMap<&str, Sources<'c>> = BTreeMap::new();
        for table in &schema.tables {
            sources.entry(&table.name).or_default().created.push(table);
        }
        for view in &schema.views {
            sources.entry(&view.name).or_default().is_view = true;
        }
        for (name, columns) in &cx.pair.created().altered {
            sources.entry(name).or_default().added = Some(columns);
        }
        for (name, table) in cx.pair.known().into_iter().flat_map(|inventory| &inventory.tables) {
            sources.entry(name).or_default().listed = Some(table);
        }
        let tables = sources.into_iter().map(|(name, sources)| (name, sources.columns())).collect();
        Self { tables, functions: schema.functions.iter().map(|function| function.name.as_str()).collect() }
    }

    /// The tables and views that are known.
    pub(super) fn names(&self) -> impl Iterator<Item = &'c str> {
        self.tables.keys().copied()
    }

    /// The columns of a table; `None` where the table is not known, or not with all its columns.
    pub(super) fn columns(&self, table: &str) -> Option<&Columns<'c>> {
        self.tables.get(table)?.as_ref()
    }

    /// Whether there is a function of that name: one that takes a table's row is a computed column.
    pub(super) fn has_function(&self, name: &str) -> bool {
        self.functions.contains(name)
    }
}

impl<'c> Sources<'c> {
    fn columns(&self) -> Option<Columns<'c>> {
        let table = self.created.first().copied();
        let is_one = self.created.len() <= 1 && !self.is_view;
        let is_complete = match table {
            Some(table) => table.complete,
            None => self.listed.is_some_and(|listed| listed.complete),
        };
        if !is_one || !is_complete {
            return None;
        }
        let defined = table.into_iter().flat_map(|table| &table.columns);
        let names = defined.flat_map(|column| [column.name.value.as_str(), column.name.written()]);
        let listed = self.listed.into_iter().flat_map(|listed| &listed.columns);
        let others = self.added.into_iter().flatten().chain(listed).map(String::as_str);
        let by_lower_case = names.chain(others).map(|name| (name.to_lowercase(), name)).collect();
        Some(Columns { by_lower_case, created: table.map(|table| table.created) })
    }
}

impl<'c> Columns<'c> {
    /// Whether there is a column of that name. A name in another case is another rule's business.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_lower_case.contains_key(&name.to_lowercase())
    }

    /// The columns, in alphabetical order.
    pub(super) fn names(&self) -> impl Iterator<Item = &'c str> {
        self.by_lower_case.values().copied()
    }
}
