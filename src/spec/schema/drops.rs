//! `DROP TABLE`, and what goes with a table or holds it back.

use super::catalog::Id;
use super::fold::{Folder, Outcome, Refused};
use super::model::{Constraint, RowSecurity};
use crate::languages::sql::facts::{ConstraintKind, DropObjects};
use crate::text::Span;

impl Folder<'_> {
    pub(super) fn drop_tables(&mut self, drop: &DropObjects) -> Outcome {
        let tables: Vec<_> = drop
            .names
            .iter()
            .filter_map(|name| Some((self.session.find_table(&self.catalog, name)?, name.span)))
            .collect();
        let dropped: Vec<Id> = tables.iter().map(|&(table, _)| table).collect();
        if !drop.cascade && tables.iter().any(|&(table, at)| self.is_needed(table, &dropped, at)) {
            return self.refuse(Refused::DependentObjects);
        }
        for (table, at) in tables {
            self.drop_table(table, at);
        }
        Ok(())
    }

    /// Whether something else depends on the table, so that it cannot be dropped without `CASCADE`.
    fn is_needed(&mut self, table: Id, dropped: &[Id], at: Span) -> bool {
        let is_live = |folder: &Self, other: Id| folder.catalog.tables.get(other).is_some_and(|row| row.live);
        for constraint in self.catalog.references.get(&table).cloned().unwrap_or_default() {
            if !self.step(at) {
                return false;
            }
            let Some(row) = self.catalog.constraints.get(constraint).filter(|row| row.live) else { continue };
            if row_refers(&row.item, row.table, table, dropped) && is_live(self, row.table) {
                return true;
            }
        }
        for child in self.catalog.children.get(&table).cloned().unwrap_or_default() {
            if !self.step(at) {
                return false;
            }
            let row = self.catalog.tables.get(child).filter(|row| row.live && !dropped.contains(&child));
            if row.and_then(|row| row.parent).is_some_and(|p| p.table == table && !p.partition) {
                return true;
            }
        }
        let views = self.catalog.readers.get(&table).cloned().unwrap_or_default();
        views.into_iter().any(|view| {
            self.step(at) && self.catalog.views.get(view).is_some_and(|row| row.live && row.reads.contains(&table))
        })
    }

    /// Drops a table, its partitions and what inherits from it, and the views on them. A table that may have been dropped
    /// is one of which nothing more is known.
    pub(super) fn drop_table(&mut self, table: Id, at: Span) {
        let mut waiting = vec![table];
        while let Some(table) = waiting.pop() {
            let Some(row) = self.catalog.tables.get(table).filter(|row| row.live) else { continue };
            let certain = self.is_certain(row.branch);
            self.catalog.tables.change(table, |row| {
                if certain {
                    row.live = false;
                } else {
                    row.row_security = RowSecurity::Unknown;
                }
            });
            for child in self.catalog.children.get(&table).cloned().unwrap_or_default() {
                let parent = self.catalog.tables.get(child).and_then(|row| row.parent);
                if self.step(at) && parent.is_some_and(|parent| parent.table == table) {
                    waiting.push(child);
                }
            }
            for view in self.catalog.readers.get(&table).cloned().unwrap_or_default() {
                let reads = self.catalog.views.get(view).is_some_and(|row| row.live && row.reads.contains(&table));
                if certain && self.step(at) && reads {
                    self.catalog.views.change(view, |row| row.live = false);
                }
            }
        }
    }
}

/// Whether a foreign key of `owner` keeps `table` from being dropped together with `dropped`.
fn row_refers(constraint: &Constraint, owner: Id, table: Id, dropped: &[Id]) -> bool {
    matches!(constraint.kind, ConstraintKind::ForeignKey(_)) && owner != table && !dropped.contains(&owner)
}
