//! Statements of which only the run tells what they are about.

use super::catalog::{Id, TableRow};
use super::evaluate::UNKNOWN_NAME;
use super::fold::Folder;
use super::model::RowSecurity;
use crate::languages::sql::facts::{AlterTable, AlterTableAction};
use crate::text::Span;

/// Whether a name holds a part that is only known at run time.
pub(super) fn is_unknown(name: &str) -> bool {
    name.contains(UNKNOWN_NAME)
}

impl Folder<'_> {
    /// A statement that nobody knows has run: of tables without row level security it cannot be said any more.
    pub(super) fn anything_may_happen(&mut self) {
        if !self.charge(self.catalog.tables.len(), Span::default()) {
            return;
        }
        let off = |row: &TableRow| row.live && row.row_security == RowSecurity::Off;
        let tables: Vec<Id> =
            self.catalog.tables.iter().filter(|(_, row)| off(row)).map(|(number, _)| number).collect();
        for table in tables {
            if !self.step(Span::default()) {
                return;
            }
            self.catalog.tables.change(table, |row| row.row_security = RowSecurity::Unknown);
        }
    }

    /// `ALTER TABLE` of a table whose name is not known: it may be any.
    pub(super) fn alter_some_table(&mut self, alter: &AlterTable) {
        let switches = alter
            .actions
            .iter()
            .any(|action| matches!(action, AlterTableAction::EnableRls(_) | AlterTableAction::DisableRls(_)));
        let schema = alter.name.schema.as_ref().filter(|schema| !is_unknown(&schema.value));
        if !switches || !self.charge(self.catalog.tables.len(), alter.name.span) {
            return;
        }
        let enables = alter.actions.iter().any(|action| matches!(action, AlterTableAction::EnableRls(_)));
        let before = if enables { RowSecurity::Off } else { RowSecurity::On };
        let concerned: Vec<Id> = self
            .catalog
            .tables
            .iter()
            .filter(|(_, row)| row.live && row.row_security == before)
            .filter(|(_, row)| schema.is_none_or(|schema| self.catalog.schema_name(row.schema) == schema.value))
            .map(|(number, _)| number)
            .collect();
        for table in concerned {
            if !self.step(alter.name.span) {
                return;
            }
            self.catalog.tables.change(table, |row| row.row_security = RowSecurity::Unknown);
        }
    }
}
