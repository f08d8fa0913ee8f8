//! Schemas, policies, triggers, views, functions and buckets.

use std::sync::Arc;

use super::catalog::{EventTriggerRow, FunctionRow, Id, Owned, ViewRow};
use super::fold::{Folder, Outcome, Refused};
use super::model::{Bucket, Policy, Trigger};
use super::unknown::is_unknown;
use crate::languages::sql::facts::{
    self, AlterPolicy, CreateEventTrigger, CreateFunction, CreatePolicy, CreateTrigger, CreateView, DropObjects,
    DropPolicy, PolicyExpression, TriggerEvent, TriggerTiming,
};
use crate::languages::sql::{Name, QualifiedName, StatementKind};
use crate::text::Span;

impl Folder<'_> {
    pub(super) fn create_schema(&mut self, name: Option<&Name>, elements: &[StatementKind]) -> Outcome {
        let Some(name) = name else { return Ok(()) };
        self.catalog.schema(&name.value);
        // Its elements are created in the new schema.
        let path = std::mem::replace(&mut self.session.path, vec![name.value.clone()]);
        let outcome = elements.iter().try_for_each(|element| self.apply(element));
        self.session.path = path;
        outcome
    }

    pub(super) fn drop_schemas(&mut self, names: &[Name], cascade: bool) -> Outcome {
        let schemas: Vec<Id> = names.iter().filter_map(|name| self.catalog.find_schema(&name.value)).collect();
        if !cascade && schemas.iter().any(|&schema| !self.catalog.tables.in_scope(schema).is_empty()) {
            return Err(Refused::DependentObjects);
        }
        for schema in schemas {
            for table in self.catalog.tables.in_scope(schema) {
                if !self.step(Span::default()) {
                    return Ok(());
                }
                self.drop_table(table, Span::default());
            }
            for view in self.catalog.views.in_scope(schema) {
                self.catalog.views.change(view, |row| row.live = false);
            }
            for function in self.catalog.functions.in_scope(schema) {
                self.catalog.functions.change(function, |row| row.live = false);
            }
            if self.branch == 0 {
                self.catalog.schemas.change(schema, |row| row.live = false);
            }
        }
        Ok(())
    }

    pub(super) fn rename_schema(&mut self, from: &Name, to: &Name) -> Outcome {
        if self.catalog.find_schema(&to.value).is_some() {
            return Err(Refused::DuplicateSchema);
        }
        let schema = self.catalog.schema(&from.value);
        self.catalog.schemas.change(schema, |row| row.name.clone_from(&to.value));
        Ok(())
    }

    pub(super) fn create_policy(&mut self, create: &CreatePolicy) -> Outcome {
        let Some(table) = self.session.find_table(&self.catalog, &create.table) else { return Ok(()) };
        let counts = self.standing.counts();
        if let Some(existing) = self.catalog.policies.find(table, &create.name.value) {
            let refused = self.catalog.policies.get(existing).is_some_and(|row| row.item.refused);
            if !refused || !counts {
                return self.refuse(Refused::DuplicateObject);
            }
            self.catalog.policies.change(existing, |row| row.live = false);
        }
        let text = self.text;
        let expression = |expression: &Option<PolicyExpression>| expression.clone().map(|inner| (text, inner));
        let item = Policy {
            name: create.name.value.clone(),
            place: self.place(create.head),
            refused: !counts,
            permissive: create.permissive,
            command: create.command,
            roles: create.roles.iter().map(|role| role.value.clone()).collect(),
            using: expression(&create.using),
            with_check: expression(&create.with_check),
        };
        self.catalog.policies.add(Owned { table, name: Some(create.name.value.clone()), live: true, item });
        Ok(())
    }

    pub(super) fn alter_policy(&mut self, alter: &AlterPolicy) {
        let Some(table) = self.changeable(&alter.table) else { return };
        let Some(policy) = self.catalog.policies.find(table, &alter.name.value) else { return };
        let text = self.text;
        self.catalog.policies.change(policy, |row| {
            if let Some(name) = &alter.rename {
                row.name = Some(name.value.clone());
                row.item.name.clone_from(&name.value);
            }
            if let Some(roles) = &alter.roles {
                row.item.roles = roles.iter().map(|role| role.value.clone()).collect();
            }
            if let Some(using) = &alter.using {
                row.item.using = Some((text, using.clone()));
            }
            if let Some(check) = &alter.with_check {
                row.item.with_check = Some((text, check.clone()));
            }
        });
    }

    pub(super) fn drop_policy(&mut self, drop: &DropPolicy) {
        let Some(table) = self.changeable(&drop.table) else { return };
        let policy = self.catalog.policies.find(table, &drop.name.value);
        if let Some(policy) = policy.filter(|_| self.branch == 0) {
            self.catalog.policies.change(policy, |row| row.live = false);
        }
    }

    pub(super) fn create_trigger(&mut self, create: &CreateTrigger) {
        let Some(table) = self.session.find_table(&self.catalog, &create.table) else { return };
        if let Some(existing) = self.catalog.triggers.find(table, &create.name.value) {
            self.catalog.triggers.change(existing, |row| row.live = false);
        }
        let item = Trigger {
            name: create.name.value.clone(),
            before_update: create.timing == TriggerTiming::Before
                && create.events.contains(&TriggerEvent::Update)
                && create.for_each_row,
            function: create.function.clone(),
            place: self.place(create.span),
        };
        self.catalog.triggers.add(Owned { table, name: Some(create.name.value.clone()), live: true, item });
    }

    pub(super) fn drop_trigger(&mut self, name: &Name, table: &QualifiedName) {
        let Some(table) = self.changeable(table) else { return };
        if let Some(trigger) = self.catalog.triggers.find(table, &name.value) {
            self.catalog.triggers.change(trigger, |row| row.live = false);
        }
    }

    pub(super) fn create_view(&mut self, create: &CreateView) -> Outcome {
        let Some(schema) = self.session.creation_schema(&mut self.catalog, &create.name) else {
            return Err(Refused::NoSchema);
        };
        let reads = create.reads.iter().filter_map(|name| self.session.find_table(&self.catalog, name)).collect();
        let row = ViewRow {
            schema,
            name: create.name.name.value.clone(),
            live: true,
            place: self.place(create.head),
            temporary: create.temporary,
            materialized: create.materialized,
            security_invoker: create.security_invoker,
            reads,
        };
        let view = match self.catalog.views.find(schema, &row.name) {
            Some(_) if !create.or_replace => {
                return if create.if_not_exists { Ok(()) } else { self.refuse(Refused::DuplicateTable) };
            }
            // The options are set anew as well.
            Some(existing) => {
                self.catalog.views.change(existing, |view| *view = row.clone());
                existing
            }
            None => self.catalog.views.add(row.clone()),
        };
        for table in row.reads {
            self.catalog.readers.entry(table).or_default().push(view);
        }
        Ok(())
    }

    fn find_view(&self, name: &QualifiedName) -> Option<Id> {
        self.session.find(&self.catalog, name, |schema, name| self.catalog.views.find(schema, name))
    }

    pub(super) fn alter_view(&mut self, name: &QualifiedName, security_invoker: bool) {
        if let Some(view) = self.find_view(name) {
            self.catalog.views.change(view, |row| row.security_invoker = security_invoker);
        }
    }

    pub(super) fn move_view(&mut self, name: &QualifiedName, schema: Option<&Name>, rename: Option<&Name>) {
        let Some(view) = self.find_view(name) else { return };
        let schema = schema.map(|schema| self.catalog.schema(&schema.value));
        self.catalog.views.change(view, |row| {
            row.schema = schema.unwrap_or(row.schema);
            if let Some(name) = rename {
                row.name.clone_from(&name.value);
            }
        });
    }

    pub(super) fn drop_views(&mut self, drop: &DropObjects) {
        for name in &drop.names {
            if let Some(view) = self.find_view(name) {
                self.catalog.views.change(view, |row| row.live = false);
            }
        }
    }

    pub(super) fn drop_indexes(&mut self, drop: &DropObjects) {
        for name in &drop.names {
            let found = self.session.find(&self.catalog, name, |schema, name| self.catalog.indexes.find(schema, name));
            if let Some(index) = found {
                self.catalog.indexes.change(index, |row| row.live = false);
            }
        }
    }

    pub(super) fn create_function(&mut self, create: &CreateFunction) {
        if is_unknown(&create.name.name.value) {
            return;
        }
        let Some(schema) = self.session.creation_schema(&mut self.catalog, &create.name) else { return };
        let row = FunctionRow {
            schema,
            name: create.name.name.value.clone(),
            live: true,
            place: self.place(create.head),
            security_definer: create.security_definer,
            fixed_search_path: create.fixed_search_path,
            language: create.language.clone(),
            parameters: create.parameters.iter().map(|name| name.as_ref().map(|name| name.value.clone())).collect(),
            body: self.standing.counts().then(|| create.body.clone().map(Arc::new)).flatten(),
        };
        // Without OR REPLACE a second function of the name has parameters of other types.
        let existing = self.catalog.functions.find(schema, &row.name).filter(|_| create.or_replace);
        let same = existing.filter(|&number| {
            self.catalog.functions.get(number).is_some_and(|other| other.parameters.len() == row.parameters.len())
        });
        match same {
            // Functions of one name differ by their parameters' types; of those with as many, the last one counts.
            Some(number) => self.catalog.functions.change(number, |other| *other = row),
            None => {
                self.catalog.functions.add(row);
            }
        }
    }

    pub(super) fn find_function(&self, name: &QualifiedName) -> Option<Id> {
        self.session.find(&self.catalog, name, |schema, name| self.catalog.functions.find(schema, name))
    }

    pub(super) fn alter_function(
        &mut self,
        name: &QualifiedName,
        security_definer: Option<bool>,
        fixed_search_path: Option<bool>,
    ) {
        if let Some(function) = self.find_function(name) {
            self.catalog.functions.change(function, |row| {
                row.security_definer = security_definer.unwrap_or(row.security_definer);
                row.fixed_search_path = fixed_search_path.unwrap_or(row.fixed_search_path);
            });
        }
    }

    pub(super) fn drop_functions(&mut self, drop: &DropObjects) {
        for name in &drop.names {
            if let Some(function) = self.find_function(name) {
                self.catalog.functions.change(function, |row| row.live = false);
            }
        }
    }

    pub(super) fn create_event_trigger(&mut self, create: &CreateEventTrigger) {
        let Some(function) = self.find_function(&create.function) else { return };
        if create.event == "ddl_command_end" {
            let (name, tags) = (create.name.value.clone(), create.tags.clone());
            self.catalog.event_triggers.add(EventTriggerRow { name, live: true, tags, function });
        }
    }

    pub(super) fn stop_event_trigger(&mut self, name: &Name) {
        if let Some(trigger) = self.catalog.event_trigger(&name.value) {
            self.catalog.event_triggers.change(trigger, |row| row.live = false);
        }
    }

    pub(super) fn set_buckets(&mut self, buckets: &[facts::Bucket]) {
        for bucket in buckets {
            let place = self.place(bucket.span);
            self.catalog.buckets.push(Bucket { id: bucket.id.clone(), public: bucket.public, place });
        }
    }
}
