//! Transactions and savepoints.

use super::catalog::{Id, Mark, TableRow};
use super::fold::Folder;
use super::model::{Refusal, RowSecurity};
use super::session::{Savepoint, Transaction};
use crate::languages::sql::facts;
use crate::text::Span;

impl Folder<'_> {
    pub(super) fn begin(&mut self, at: Span) {
        self.begun = self.place(at);
        self.session.transaction = Some(Transaction {
            start: self.catalog.mark(),
            path: self.session.path.clone(),
            local_path: None,
            failed: false,
            savepoints: Vec::new(),
        });
    }

    pub(super) fn transaction(&mut self, command: &facts::Transaction, at: Span) {
        // Savepoints are looked up one after the other.
        let savepoints = self.session.transaction.as_ref().map_or(0, |transaction| transaction.savepoints.len());
        if !self.charge(savepoints / 64, at) {
            return;
        }
        let Some(transaction) = &mut self.session.transaction else {
            // Outside a transaction all but BEGIN do nothing.
            if *command == facts::Transaction::Begin {
                self.begin(at);
            }
            return;
        };
        match command {
            facts::Transaction::Begin => {}
            facts::Transaction::Savepoint(name) => {
                transaction.savepoints.push(Savepoint {
                    name: name.value.clone(),
                    mark: self.catalog.mark(),
                    path: self.session.path.clone(),
                    local_path: transaction.local_path.clone(),
                });
            }
            facts::Transaction::Release(name) => {
                if let Some(at) = transaction.savepoints.iter().rposition(|point| point.name == name.value) {
                    transaction.savepoints.truncate(at);
                } else {
                    self.fail();
                }
            }
            facts::Transaction::RollbackTo(name) => {
                let found = transaction.savepoints.iter().rposition(|point| point.name == name.value);
                if let Some((index, point)) = found.and_then(|at| Some((at, transaction.savepoints.get(at)?.clone()))) {
                    transaction.savepoints.truncate(index + 1);
                    transaction.failed = false;
                    transaction.local_path = point.local_path;
                    self.session.path = point.path;
                    self.catalog.undo_to(&point.mark);
                } else {
                    self.fail();
                }
            }
            facts::Transaction::Commit { chain } => self.end_transaction(true, *chain, at),
            facts::Transaction::Rollback { chain } => self.end_transaction(false, *chain, at),
        }
    }

    pub(super) fn end_transaction(&mut self, commit: bool, chain: bool, at: Span) {
        let Some(transaction) = self.session.transaction.take() else { return };
        if let Some(path) = transaction.local_path {
            self.session.path = path;
        }
        if !commit {
            self.catalog.undo_to(&transaction.start);
            self.session.path = transaction.path;
        } else if transaction.failed {
            self.undo_failed(&transaction.start);
            self.session.path = transaction.path;
        }
        self.catalog.settle();
        if chain {
            self.begin(at);
        }
    }

    /// Takes back what a transaction did before its error. What it created stays as what the text means, marked as
    /// refused: the error is reported where it is, and the rest of the document refers to these tables.
    fn undo_failed(&mut self, start: &Mark) {
        let created = |(number, row): (Id, &TableRow)| {
            (row.live && !row.temporary && number >= start.tables_made()).then(|| (number, row.clone()))
        };
        let tables: Vec<_> = self.catalog.tables.iter().skip(start.tables_made()).filter_map(created).collect();
        let named: Vec<_> = tables
            .into_iter()
            .map(|(number, row)| {
                (self.catalog.schema_name(row.schema).to_owned(), self.catalog.columns_of(number), row)
            })
            .collect();
        self.catalog.undo_to(start);
        for (schema, columns, mut row) in named {
            row.schema = self.catalog.schema(&schema);
            if self.catalog.tables.find(row.schema, &row.name).is_some() {
                continue;
            }
            row.refused = Some(Refusal::Transaction);
            row.row_security = RowSecurity::Unknown;
            row.parent = None;
            let table = self.catalog.tables.add(row);
            for column in columns {
                self.add_column_row(table, column);
            }
        }
    }
}
