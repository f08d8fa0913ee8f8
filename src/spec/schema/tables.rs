//! `CREATE TABLE`, `ALTER TABLE`, `DROP TABLE`.

use super::catalog::{Id, IndexRow, Owned, Parent, TableRow};
use super::fold::{Folder, Outcome, Refused};
use super::model::{Column, Constraint, Duplicate, Index, Place, Refusal, RowSecurity};
use crate::languages::sql::facts::{
    self, AlterTable, AlterTableAction, ConstraintKind, CreateIndex, CreateTable, Persistence, TableSource,
};
use crate::languages::sql::{Name, QualifiedName, Standing};

/// Most columns of a table; PostgreSQL refuses more.
const MOST_COLUMNS: usize = 1600;

impl Folder<'_> {
    pub(super) fn create_table(&mut self, create: &CreateTable) -> Outcome {
        if super::unknown::is_unknown(&create.name.name.value) {
            return Ok(());
        }
        let temporary = create.persistence == Persistence::Temporary;
        let schema = match create.persistence {
            Persistence::Temporary => Some(self.catalog.schema(super::session::TEMPORARY)),
            _ => self.session.creation_schema(&mut self.catalog, &create.name),
        };
        let Some(schema) = schema else { return Err(Refused::NoSchema) };
        let temporary = temporary || self.catalog.schema_name(schema) == super::session::TEMPORARY;
        let existing = self.catalog.tables.find(schema, &create.name.name.value);
        let is_view = self.catalog.views.find(schema, &create.name.name.value).is_some();
        self.name_was_taken |= existing.is_some() || is_view;
        if let Some(outcome) = existing.and_then(|existing| self.create_again(existing, create)) {
            return outcome;
        }
        if is_view && self.standing.counts() {
            return if create.if_not_exists { Ok(()) } else { self.refuse(Refused::DuplicateTable) };
        }
        let parent = match &create.source {
            TableSource::PartitionOf(parent) => Some((parent, true)),
            _ => create.inherits.first().map(|parent| (parent, false)),
        };
        let parent = parent.and_then(|(name, partition)| {
            Some(Parent { table: self.session.find_table(&self.catalog, name)?, partition })
        });
        let created = self.place(create.head);
        let table = self.catalog.tables.add(TableRow {
            schema,
            name: create.name.name.value.clone(),
            live: true,
            written: create.name.name.clone(),
            created,
            temporary,
            refused: (!self.standing.counts()).then_some(Refusal::Statement),
            parent,
            row_security: RowSecurity::Off,
            forced: false,
            switched: None,
            complete: !create.elided && matches!(create.source, TableSource::Columns | TableSource::PartitionOf(_)),
            partitioned: create.partitioned,
            columns: 0,
            branch: self.branch,
        });
        if let Some(parent) = parent {
            self.catalog.children.entry(parent.table).or_default().push(table);
        }
        self.inherit_columns(table, create);
        for column in &create.columns {
            self.add_column(table, column);
        }
        for constraint in &create.constraints {
            self.add_constraint(table, constraint);
        }
        self.run_event_triggers(table, create)
    }

    /// What becomes of a second `CREATE TABLE`: the first stands, unless a server refused it (`None`).
    fn create_again(&mut self, existing: Id, create: &CreateTable) -> Option<Outcome> {
        let row = self.catalog.tables.get(existing)?;
        let (refused, complete, first, temporary) = (row.refused.is_some(), row.complete, row.created, row.temporary);
        if refused && self.standing.counts() {
            self.catalog.tables.change(existing, |row| row.live = false);
            return None;
        }
        if !temporary {
            let table = self.catalog.table_name(existing);
            let second = self.place(create.head);
            let duplicate = Duplicate { table, first, second, if_not_exists: create.if_not_exists };
            // A loop comes by the same place again.
            if self.catalog.duplicates.last().is_none_or(|last| last.second != second) {
                self.catalog.duplicates.push(duplicate);
            }
        }
        // A document shows a table in part here and in full there.
        if !complete && !create.elided && create.source == TableSource::Columns {
            for column in &create.columns {
                self.add_column(existing, column);
            }
            for constraint in &create.constraints {
                self.add_constraint(existing, constraint);
            }
            self.catalog.tables.change(existing, |row| row.complete = true);
            return Some(Ok(()));
        }
        Some(if create.if_not_exists { Ok(()) } else { self.refuse(Refused::DuplicateTable) })
    }

    fn inherit_columns(&mut self, table: Id, create: &CreateTable) {
        let partition = match &create.source {
            TableSource::PartitionOf(parent) => Some(parent),
            _ => None,
        };
        for parent in create.inherits.iter().chain(&create.like).chain(partition) {
            let Some(parent) = self.session.find_table(&self.catalog, parent) else {
                self.catalog.tables.change(table, |row| row.complete = false);
                continue;
            };
            let complete = self.catalog.tables.get(parent).is_some_and(|row| row.complete);
            for column in self.catalog.columns_of(parent) {
                if !self.step(create.head) {
                    return;
                }
                self.add_column_row(table, column);
            }
            self.catalog.tables.change(table, |row| row.complete &= complete);
        }
    }

    pub(super) fn add_column_row(&mut self, table: Id, column: Column) {
        let name = column.name.value.clone();
        if self.catalog.columns.find(table, &name).is_none() {
            self.catalog.columns.add(Owned { table, name: Some(name), live: true, item: column });
            self.catalog.tables.change(table, |row| row.columns += 1);
        }
    }

    fn add_column(&mut self, table: Id, column: &facts::Column) {
        let column = Column {
            name: column.name.clone(),
            place: self.place(column.span),
            ty: column.ty.clone(),
            not_null: column.not_null,
            default: column.default.map(|span| self.place(span)),
            identity: column.identity,
        };
        self.add_column_row(table, column);
    }

    fn add_constraint(&mut self, table: Id, constraint: &facts::Constraint) {
        let columns: Vec<_> = constraint.columns.iter().map(|name| name.value.clone()).collect();
        if constraint.kind == ConstraintKind::PrimaryKey {
            for name in &columns {
                if let Some(column) = self.catalog.columns.find(table, name) {
                    self.catalog.columns.change(column, |row| row.item.not_null = true);
                }
            }
        }
        let name = constraint.name.as_ref().map(|name| name.value.clone());
        let place = self.place(constraint.span);
        let known = name.clone().unwrap_or_else(|| self.default_name(table, constraint));
        let item = Constraint { name, kind: constraint.kind.clone(), columns, place };
        let number = self.catalog.constraints.add(Owned { table, name: Some(known), live: true, item });
        if let ConstraintKind::ForeignKey(reference) = &constraint.kind
            && let Some(target) = self.session.find_table(&self.catalog, &reference.table)
        {
            self.catalog.references.entry(target).or_default().push(number);
        }
    }

    fn has_primary_key(&self, table: Id) -> bool {
        let is_key = |number| {
            self.catalog.constraints.get(number).is_some_and(|row| row.item.kind == ConstraintKind::PrimaryKey)
        };
        self.catalog.constraints.in_scope(table).into_iter().any(is_key)
    }

    /// The name that the server makes up for a constraint.
    fn default_name(&self, table: Id, constraint: &facts::Constraint) -> String {
        let table_name = self.catalog.tables.get(table).map_or("", |row| row.name.as_str());
        let mut parts = vec![table_name];
        if constraint.kind != ConstraintKind::PrimaryKey {
            parts.extend(constraint.columns.iter().map(|column| column.value.as_str()));
        }
        parts.push(match constraint.kind {
            ConstraintKind::PrimaryKey => "pkey",
            ConstraintKind::Unique => "key",
            ConstraintKind::ForeignKey(_) => "fkey",
            ConstraintKind::Other => "check",
        });
        let name = parts.join("_");
        // A name that is taken gets the number of the row: unlike the server's, but one that nobody writes.
        match self.catalog.constraints.find(table, &name) {
            Some(_) => format!("{name} {}", self.catalog.constraints.len()),
            None => name,
        }
    }

    /// Constraints go with any of their columns.
    fn drop_constraints_on(&mut self, table: Id, column: &Name) {
        for constraint in self.catalog.constraints.in_scope(table) {
            let on = |row: &Owned<Constraint>| row.item.columns.contains(&column.value);
            if self.step(column.span) && self.catalog.constraints.get(constraint).is_some_and(on) {
                self.catalog.constraints.change(constraint, |row| row.live = false);
            }
        }
    }

    /// The table, where the running statement may change it: what a server never sees changes only what a server does not
    /// have either.
    pub(super) fn changeable(&self, name: &QualifiedName) -> Option<Id> {
        let table = self.session.find_table(&self.catalog, name)?;
        let refused = self.catalog.tables.get(table)?.refused.is_some();
        match self.standing {
            Standing::Sound | Standing::Elided => Some(table),
            Standing::Swallowed => refused.then_some(table),
            Standing::Broken => None,
        }
    }

    pub(super) fn alter_table(&mut self, alter: &AlterTable) -> Outcome {
        if super::unknown::is_unknown(&alter.name.name.value) {
            self.alter_some_table(alter);
            return Ok(());
        }
        let Some(table) = self.changeable(&alter.name) else { return Ok(()) };
        for action in &alter.actions {
            self.alter_action(table, action)?;
        }
        Ok(())
    }

    fn alter_action(&mut self, table: Id, action: &AlterTableAction) -> Outcome {
        match action {
            AlterTableAction::EnableRls(span) => self.switch(table, RowSecurity::On, self.place(*span)),
            AlterTableAction::DisableRls(span) => self.switch(table, RowSecurity::Off, self.place(*span)),
            AlterTableAction::ForceRls(_) => self.catalog.tables.change(table, |row| row.forced = true),
            AlterTableAction::NoForceRls(_) => self.catalog.tables.change(table, |row| row.forced = false),
            AlterTableAction::RenameTable { to } => return self.rename_table(table, to),
            AlterTableAction::SetSchema { to } => {
                let schema = self.catalog.schema(&to.value);
                let name = self.catalog.tables.get(table).map(|row| row.name.clone()).unwrap_or_default();
                if self.catalog.tables.find(schema, &name).is_some_and(|other| other != table) {
                    return self.refuse(Refused::DuplicateTable);
                }
                self.catalog.tables.change(table, |row| row.schema = schema);
            }
            AlterTableAction::AddColumn { column, constraints, if_not_exists } => {
                let exists = self.catalog.columns.find(table, &column.name.value).is_some();
                if exists || self.catalog.tables.get(table).is_some_and(|row| row.columns >= MOST_COLUMNS) {
                    return if *if_not_exists { Ok(()) } else { self.refuse(Refused::DuplicateColumn) };
                }
                self.add_column(table, column);
                for constraint in constraints {
                    self.add_constraint(table, constraint);
                }
            }
            AlterTableAction::AddConstraint(constraint) => {
                if constraint.kind == ConstraintKind::PrimaryKey && self.has_primary_key(table) {
                    return self.refuse(Refused::SecondPrimaryKey);
                }
                self.add_constraint(table, constraint);
            }
            AlterTableAction::DropConstraint { name } => {
                if let Some(constraint) = self.catalog.constraints.find(table, &name.value) {
                    self.catalog.constraints.change(constraint, |row| row.live = false);
                }
            }
            AlterTableAction::AttachPartition { partition } => {
                if let Some(partition) = self.session.find_table(&self.catalog, partition) {
                    let parent = Some(Parent { table, partition: true });
                    self.catalog.tables.change(partition, |row| row.parent = parent);
                    self.catalog.children.entry(table).or_default().push(partition);
                }
            }
            AlterTableAction::DetachPartition { partition } => {
                if let Some(partition) = self.session.find_table(&self.catalog, partition) {
                    self.catalog.tables.change(partition, |row| row.parent = None);
                }
            }
            other => self.alter_column(table, other),
        }
        Ok(())
    }

    fn alter_column(&mut self, table: Id, action: &AlterTableAction) {
        let (name, text) = match action {
            AlterTableAction::DropColumn { name } | AlterTableAction::RenameColumn { from: name, .. } => {
                (name, self.text)
            }
            AlterTableAction::AlterType { column, .. } | AlterTableAction::SetDefault { column, .. } => {
                (column, self.text)
            }
            _ => return,
        };
        if matches!(action, AlterTableAction::DropColumn { .. }) {
            self.drop_constraints_on(table, name);
        }
        let Some(column) = self.catalog.columns.find(table, &name.value) else { return };
        self.catalog.columns.change(column, |row| match action {
            AlterTableAction::DropColumn { .. } => row.live = false,
            AlterTableAction::RenameColumn { to, .. } => {
                row.name = Some(to.value.clone());
                row.item.name = to.clone();
                row.item.place = Place { text, span: to.span };
            }
            AlterTableAction::AlterType { ty, .. } => {
                row.item.place = Place { text, span: ty.span };
                row.item.ty = Some(ty.clone());
            }
            AlterTableAction::SetDefault { default, .. } => {
                row.item.default = default.map(|span| Place { text, span });
            }
            _ => {}
        });
    }

    /// Switches row level security, or makes it unknown where the switch may not happen.
    pub(super) fn switch(&mut self, table: Id, to: RowSecurity, at: Place) {
        let Some(row) = self.catalog.tables.get(table) else { return };
        let result = if row.row_security == to || self.is_certain(row.branch) { to } else { RowSecurity::Unknown };
        self.catalog.tables.change(table, |row| {
            row.row_security = result;
            row.switched = Some(at);
        });
    }

    fn rename_table(&mut self, table: Id, to: &Name) -> Outcome {
        let Some(row) = self.catalog.tables.get(table) else { return Ok(()) };
        if self.catalog.tables.find(row.schema, &to.value).is_some() {
            return self.refuse(Refused::DuplicateTable);
        }
        self.catalog.tables.change(table, |row| row.name.clone_from(&to.value));
        Ok(())
    }

    pub(super) fn create_index(&mut self, create: &CreateIndex) -> Outcome {
        if create.concurrently && self.branch == 0 && self.session.transaction.as_ref().is_some_and(|open| !open.failed)
        {
            self.in_transaction.push(self.place(create.span));
            return self.refuse(Refused::ActiveTransaction);
        }
        let Some(table) = self.session.find_table(&self.catalog, &create.table) else { return Ok(()) };
        let Some(schema) = self.catalog.tables.get(table).map(|row| row.schema) else { return Ok(()) };
        let name = create.name.as_ref().map(|name| name.name.value.clone());
        let existing = name.as_ref().and_then(|name| self.catalog.indexes.find(schema, name));
        if let Some(index) = existing {
            let table = self.catalog.indexes.get(index).map(|row| row.table);
            if table.and_then(|table| self.catalog.tables.get(table)).is_some_and(|table| table.live) {
                return if create.if_not_exists { Ok(()) } else { self.refuse(Refused::DuplicateTable) };
            }
        }
        let item = Index {
            name,
            unique: create.unique,
            partial: create.predicate.is_some(),
            keys: create.keys.clone(),
            place: self.place(create.span),
        };
        self.catalog.indexes.add(IndexRow { schema, table, live: true, item });
        Ok(())
    }
}
