//! Rows of the system catalogs, made from the folded schema.

use super::catalog::{Id, TableRow};
use super::evaluate::{Value, Variables, boolean, evaluate, quote_name};
use super::fold::Folder;
use super::model::RowSecurity;
use crate::languages::sql::facts::{CatalogQuery, CatalogRelation, Expr};
use crate::text::Span;

/// A row that a query returns: its columns by name, in order; `sure` tells whether its condition surely holds.
#[derive(Debug)]
pub(super) struct QueryRow {
    pub(super) columns: Vec<(String, Value)>,
    pub(super) sure: bool,
}

impl Folder<'_> {
    /// The rows of `query`, or `None` when they cannot be known.
    pub(super) fn rows(&mut self, query: &CatalogQuery, variables: &Variables, at: Span) -> Option<Vec<QueryRow>> {
        let candidates = self.candidates(&query.relation, variables, at)?;
        let mut rows = Vec::new();
        for fields in candidates {
            if !self.charge(1 + variables.len() / 8, at) {
                return None;
            }
            let mut scope = variables.clone();
            scope.extend(fields.iter().cloned());
            let value = |expr: &Expr| evaluate(expr, &scope, &|_| None);
            let holds = boolean(&value(&query.condition));
            if holds == Some(false) {
                continue;
            }
            let columns = if query.columns.is_empty() || query.columns.iter().any(|(name, _)| name == "*") {
                fields
            } else {
                query.columns.iter().map(|(name, expr)| (name.clone(), value(expr))).collect()
            };
            rows.push(QueryRow { columns, sure: holds == Some(true) });
        }
        Some(rows)
    }

    /// Whether `query` has a row; `None` when nobody knows.
    pub(super) fn has_rows(&mut self, query: &CatalogQuery, variables: &Variables) -> Option<bool> {
        let rows = self.rows(query, variables, Span::default())?;
        if rows.iter().any(|row| row.sure) {
            return Some(true);
        }
        // A table that no text creates may still be there: that there is no row is only sure of policies' names.
        let known = matches!(query.relation, CatalogRelation::PgPolicies | CatalogRelation::Values { .. });
        (rows.is_empty() && known).then_some(false)
    }

    fn candidates(
        &mut self,
        relation: &CatalogRelation,
        variables: &Variables,
        at: Span,
    ) -> Option<Vec<Vec<(String, Value)>>> {
        match relation {
            CatalogRelation::Values { names, rows } => {
                let name = |index: usize| names.get(index).cloned().unwrap_or_else(|| format!("column{}", index + 1));
                let value = |expr: &Expr| evaluate(expr, variables, &|_| None);
                let row = |row: &Vec<Expr>| row.iter().enumerate().map(|(at, expr)| (name(at), value(expr))).collect();
                Some(rows.iter().map(row).collect())
            }
            CatalogRelation::DdlCommands => match variables.get(DDL_COMMAND) {
                Some(Value::Record(fields)) => {
                    Some(vec![fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect()])
                }
                _ => None,
            },
            CatalogRelation::PgPolicies => self.policy_rows(at),
            CatalogRelation::InformationSchemaColumns => None,
            CatalogRelation::PgTables | CatalogRelation::InformationSchemaTables | CatalogRelation::PgClass => {
                self.table_rows(relation, at)
            }
        }
    }

    fn policy_rows(&mut self, at: Span) -> Option<Vec<Vec<(String, Value)>>> {
        let mut rows = Vec::new();
        for (_, policy) in self.catalog.policies.iter().filter(|(_, row)| row.live) {
            let Some(table) = self.catalog.tables.get(policy.table).filter(|table| table.live) else { continue };
            rows.push(vec![
                ("schemaname".to_owned(), Value::text(self.catalog.schema_name(table.schema))),
                ("tablename".to_owned(), Value::text(table.name.clone())),
                ("policyname".to_owned(), Value::text(policy.item.name.clone())),
            ]);
        }
        self.charge(self.catalog.policies.len(), at).then_some(rows)
    }

    fn table_rows(&mut self, relation: &CatalogRelation, at: Span) -> Option<Vec<Vec<(String, Value)>>> {
        let live: Vec<Id> = self.catalog.tables.iter().filter(|(_, row)| row.live).map(|(number, _)| number).collect();
        if !self.charge(self.catalog.tables.len(), at) {
            return None;
        }
        let row = |number: Id| {
            let table = self.catalog.tables.get(number)?;
            Some(table_fields(relation, self.catalog.schema_name(table.schema), table))
        };
        Some(live.into_iter().filter_map(row).collect())
    }

    /// Counts `count` steps at once.
    pub(super) fn charge(&mut self, count: usize, at: Span) -> bool {
        (0..count).all(|_| self.step(at))
    }
}

/// The variable that holds the command an event trigger runs for.
pub(super) const DDL_COMMAND: &str = "pg_event_trigger_ddl_commands()";

fn table_fields(relation: &CatalogRelation, schema: &str, table: &TableRow) -> Vec<(String, Value)> {
    let text = |name: &str, value: &str| (name.to_owned(), Value::text(value));
    let secured = match table.row_security {
        RowSecurity::On => Value::Bool(true),
        RowSecurity::Off => Value::Bool(false),
        RowSecurity::Unknown => Value::Unknown,
    };
    let identity = format!("{}.{}", quote_name(schema), quote_name(&table.name));
    match relation {
        CatalogRelation::PgTables => {
            vec![text("schemaname", schema), text("tablename", &table.name), ("rowsecurity".to_owned(), secured)]
        }
        CatalogRelation::InformationSchemaTables => vec![
            text("table_catalog", "postgres"),
            text("table_schema", schema),
            text("table_name", &table.name),
            text("table_type", if table.temporary { "LOCAL TEMPORARY" } else { "BASE TABLE" }),
        ],
        _ => vec![
            text("nspname", schema),
            text("relnamespace", schema),
            text("relname", &table.name),
            text("oid", &identity),
            text("relkind", if table.partitioned { "p" } else { "r" }),
            ("relispartition".to_owned(), Value::Bool(table.parent.is_some_and(|parent| parent.partition))),
            ("relrowsecurity".to_owned(), secured),
        ],
    }
}
