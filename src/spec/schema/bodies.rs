//! Bodies that run: `DO`, called functions, event triggers, `EXECUTE`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::catalog::{FunctionRow, Id};
use super::catalog_rows::DDL_COMMAND;
use super::evaluate::{UNKNOWN_NAME, Value, Variables, array_literal, boolean, evaluate, quote_name};
use super::fold::{Folder, Outcome, Refused};
use super::unknown::is_unknown;
use crate::languages::sql::facts::{
    Branch, Call, CatalogQuery, CreateTable, Expr, Handler, Leave, Persistence, Routine, RoutineStep, Statement,
    StatementKind, TableSource,
};
use crate::languages::sql::{SqlText, Standing};
use crate::text::Span;

/// Deepest nesting of routines that call each other.
const DEEPEST_CALL: usize = 12;

/// What a step of a body counts: loops make many out of few words, which nobody writes by hand.
const STEP_OF_BODY: usize = 10;

/// What an `EXECUTE` counts: its text is parsed each time.
const STEPS_OF_EXECUTE: usize = 50;

/// How a list of steps ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Next,
    Left(Leave),
}

type Steps = Result<Flow, Refused>;

impl Folder<'_> {
    pub(super) fn run_do(&mut self, routine: &Routine) -> Outcome {
        self.run_routine(routine, Variables::new())
    }

    fn run_routine(&mut self, routine: &Routine, mut variables: Variables) -> Outcome {
        if self.depth >= DEEPEST_CALL {
            self.anything_may_happen();
            return Ok(());
        }
        self.depth += 1;
        let standing = std::mem::replace(&mut self.standing, Standing::Sound);
        let outcome = self.routine(routine, &mut variables);
        self.standing = standing;
        self.depth -= 1;
        outcome.map(|_| ())
    }

    pub(super) fn run_calls(&mut self, calls: &[Call]) -> Outcome {
        calls.iter().try_for_each(|call| self.run_call(call, &Variables::new()))
    }

    /// Runs the body of a function that the texts create; others are taken to leave the schema alone.
    fn run_call(&mut self, call: &Call, variables: &Variables) -> Outcome {
        let Some(function) = self.find_function(&call.name).and_then(|number| self.catalog.functions.get(number))
        else {
            return Ok(());
        };
        let arguments: Vec<Value> = call.arguments.iter().map(|value| evaluate(value, variables, &|_| None)).collect();
        let mut scope = Variables::new();
        for (index, name) in function.parameters.iter().enumerate() {
            let value = arguments.get(index).cloned().unwrap_or(Value::Unknown);
            scope.insert(format!("${}", index + 1), value.clone());
            scope.extend(name.clone().map(|name| (name, value)));
        }
        let function = function.clone();
        self.run_function(&function, scope)
    }

    fn run_function(&mut self, function: &FunctionRow, variables: Variables) -> Outcome {
        let Some(body) = function.body.as_ref().map(Arc::clone) else { return Ok(()) };
        let text = std::mem::replace(&mut self.text, function.place.text);
        let path = self.session.path.clone();
        let outcome = self.run_routine(&body, variables);
        if function.fixed_search_path {
            self.session.path = path;
        }
        self.text = text;
        outcome
    }

    /// Runs the event triggers for a table that has just been created.
    pub(super) fn run_event_triggers(&mut self, table: Id, create: &CreateTable) -> Outcome {
        if !self.standing.counts() || create.persistence == Persistence::Temporary {
            return Ok(());
        }
        let tag = match create.source {
            TableSource::Query => "CREATE TABLE AS",
            TableSource::SelectInto => "SELECT INTO",
            _ => "CREATE TABLE",
        };
        let fires = |tags: &[String]| tags.is_empty() || tags.iter().any(|other| other == tag);
        let triggers = self.catalog.event_triggers.in_scope(0);
        if !self.charge(triggers.len(), create.head) {
            return Ok(());
        }
        let functions: Vec<Id> = triggers
            .into_iter()
            .filter_map(|number| self.catalog.event_triggers.get(number))
            .filter(|trigger| fires(&trigger.tags))
            .map(|trigger| trigger.function)
            .collect();
        for function in functions {
            if !self.step(create.head) {
                return Ok(());
            }
            let command = self.ddl_command(table, tag);
            let variables = Variables::from([
                (DDL_COMMAND.to_owned(), command),
                ("tg_tag".to_owned(), Value::text(tag)),
                ("tg_event".to_owned(), Value::text("ddl_command_end")),
            ]);
            if let Some(function) = self.catalog.functions.get(function).cloned() {
                self.run_function(&function, variables)?;
            }
        }
        Ok(())
    }

    fn ddl_command(&self, table: Id, tag: &str) -> Value {
        let Some(row) = self.catalog.tables.get(table) else { return Value::Unknown };
        let schema = self.catalog.schema_name(row.schema);
        let identity = format!("{}.{}", quote_name(schema), quote_name(&row.name));
        let fields = [
            ("object_type", "table"),
            ("command_tag", tag),
            ("schema_name", schema),
            ("object_identity", identity.as_str()),
            ("objid", identity.as_str()),
        ];
        Value::Record(fields.into_iter().map(|(name, value)| (name.to_owned(), Value::text(value))).collect())
    }

    fn routine(&mut self, routine: &Routine, variables: &mut Variables) -> Steps {
        if routine.opaque {
            self.anything_may_happen();
        }
        for step in &routine.steps {
            if !self.charge(STEP_OF_BODY, Span::default()) {
                return Ok(Flow::Left(Leave::Routine));
            }
            let flow = self.run_step(step, variables)?;
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn run_step(&mut self, step: &RoutineStep, variables: &mut Variables) -> Steps {
        match step {
            RoutineStep::Statement(statement) => self.nested_statement(statement, variables)?,
            RoutineStep::Assign { name, value } => {
                let value = self.value(value, variables);
                variables.insert(name.clone(), value);
            }
            RoutineStep::Execute { value, span } => {
                let value = self.value(value, variables);
                self.execute(&value, *span)?;
            }
            RoutineStep::ForEach { name, values, body } => {
                let values = self.value(values, variables);
                return self.for_each(name, &values, body, variables);
            }
            RoutineStep::ForQuery { names, query, body } => {
                return self.for_query(names, query.as_ref(), body, variables);
            }
            RoutineStep::Loop(body) => self.perhaps(|folder| folder.routine(body, variables).map(|_| ()))?,
            RoutineStep::Choice(branches) => return self.choice(branches, variables),
            RoutineStep::Block { body, handlers } => return self.block(body, handlers.as_deref(), variables),
            RoutineStep::Leave(what) => return Ok(Flow::Left(*what)),
            RoutineStep::Fail if self.branch == 0 => return Err(Refused::Raised),
            RoutineStep::Fail => {}
        }
        Ok(Flow::Next)
    }

    fn nested_statement(&mut self, statement: &Statement, variables: &Variables) -> Outcome {
        match &statement.kind {
            StatementKind::Calls(calls) => calls.iter().try_for_each(|call| self.run_call(call, variables)),
            // A routine controls no transaction in ways that matter to the schema's end.
            StatementKind::Transaction(_) | StatementKind::Psql(_) => Ok(()),
            kind => {
                let standing = std::mem::replace(&mut self.standing, statement.standing);
                let outcome = self.apply(kind);
                self.standing = standing;
                if statement.standing == Standing::Broken && self.branch == 0 { Err(Refused::Syntax) } else { outcome }
            }
        }
    }

    fn execute(&mut self, value: &Value, span: Span) -> Outcome {
        let Value::Text { value, source } = value else {
            self.anything_may_happen();
            return Ok(());
        };
        if !self.charge(STEPS_OF_EXECUTE, span) {
            return Ok(());
        }
        let (at, runs) = source.clone().unwrap_or((span, Vec::new()));
        let parsed = SqlText::parse_computed(value, at, &runs);
        if value.trim() == UNKNOWN_NAME || parsed.statements.is_empty() && is_unknown(value) {
            self.anything_may_happen();
        }
        for statement in &parsed.statements {
            if !self.step(span) {
                break;
            }
            self.nested_statement(statement, &Variables::new())?;
        }
        Ok(())
    }

    fn for_each(&mut self, name: &str, values: &Value, body: &Routine, variables: &mut Variables) -> Steps {
        let items = match values {
            Value::List(items) => Some(items.clone()),
            Value::Text { value, .. } => array_literal(value),
            _ => None,
        };
        let Some(items) = items else {
            variables.insert(name.to_owned(), Value::Unknown);
            self.perhaps(|folder| folder.routine(body, variables).map(|_| ()))?;
            return Ok(Flow::Next);
        };
        for item in items {
            variables.insert(name.to_owned(), item);
            match self.routine(body, variables)? {
                Flow::Next | Flow::Left(Leave::Round) => {}
                Flow::Left(Leave::Loop) => break,
                left @ Flow::Left(Leave::Routine) => return Ok(left),
            }
        }
        Ok(Flow::Next)
    }

    fn for_query(
        &mut self,
        names: &[String],
        query: Option<&CatalogQuery>,
        body: &Routine,
        variables: &mut Variables,
    ) -> Steps {
        let rows = query.and_then(|query| self.rows(query, variables, Span::default()));
        let Some(rows) = rows else {
            for name in names {
                variables.insert(name.clone(), Value::Unknown);
            }
            self.perhaps(|folder| folder.routine(body, variables).map(|_| ()))?;
            return Ok(Flow::Next);
        };
        for row in rows {
            bind(names, row.columns, variables);
            if row.sure {
                match self.routine(body, variables)? {
                    Flow::Next | Flow::Left(Leave::Round) => {}
                    Flow::Left(Leave::Loop) => break,
                    left @ Flow::Left(Leave::Routine) => return Ok(left),
                }
            } else {
                self.perhaps(|folder| folder.routine(body, variables).map(|_| ()))?;
            }
        }
        Ok(Flow::Next)
    }

    /// Runs the first branch whose condition holds; from the first condition that nobody knows on, each may run.
    fn choice(&mut self, branches: &[Branch], variables: &mut Variables) -> Steps {
        let mut unsure = false;
        for branch in branches {
            let condition = self.value(&branch.condition, variables);
            match boolean(&condition) {
                Some(false) => {}
                Some(true) if !unsure => return self.routine(&branch.body, variables),
                known => {
                    unsure = true;
                    self.charge(variables.len() / 8, Span::default());
                    let before = variables.clone();
                    self.perhaps(|folder| folder.routine(&branch.body, variables).map(|_| ()))?;
                    forget_changes(&before, variables);
                    if known == Some(true) {
                        break;
                    }
                }
            }
        }
        Ok(Flow::Next)
    }

    /// An error inside takes the block back and runs the handler for it; without one it goes on outwards.
    fn block(&mut self, body: &Routine, handlers: Option<&[Handler]>, variables: &mut Variables) -> Steps {
        let mark = self.catalog.mark();
        let error = match (self.routine(body, variables), handlers) {
            (Err(error), Some(_)) => error,
            (outcome, _) => return outcome,
        };
        self.catalog.undo_to(&mark);
        let names = error.conditions();
        let catches = |handler: &&Handler| handler.conditions.iter().any(|name| names.contains(&name.as_str()));
        match handlers.unwrap_or_default().iter().find(catches) {
            Some(handler) => self.routine(&handler.body, variables),
            None => Err(error),
        }
    }

    /// `\gexec`: each value of each row is a statement.
    pub(super) fn run_result(&mut self, values: &[Expr], query: Option<&CatalogQuery>) {
        let none = Variables::new();
        let rows = match query {
            None => vec![(values.iter().map(|value| self.value(value, &none)).collect::<Vec<_>>(), true)],
            Some(query) => {
                let Some(rows) = self.rows(query, &none, Span::default()) else { return self.anything_may_happen() };
                let values = |columns: Vec<(String, Value)>| columns.into_iter().map(|(_, value)| value).collect();
                rows.into_iter().map(|row| (values(row.columns), row.sure)).collect()
            }
        };
        for (statements, sure) in rows {
            for statement in statements {
                // Each one is a statement of its own for the server: one that fails does not stop the others.
                let mark = self.catalog.mark();
                let at = Span::default();
                let outcome =
                    if sure { self.execute(&statement, at) } else { self.perhaps(|f| f.execute(&statement, at)) };
                if outcome.is_err() {
                    self.catalog.undo_to(&mark);
                }
            }
        }
    }
}

/// One variable takes the whole row, or its only column; several take a column each.
fn bind(names: &[String], columns: Vec<(String, Value)>, variables: &mut Variables) {
    if let ([name], [(_, value)]) = (names, columns.as_slice()) {
        // A text variable holds the value, a record the row: a field of the same name as the column finds both.
        let mut fields: BTreeMap<String, Value> = BTreeMap::new();
        fields.extend(columns.iter().cloned());
        variables.insert(name.clone(), value.clone());
        for (column, value) in fields {
            variables.insert(column, value);
        }
    } else if let [name] = names {
        variables.insert(name.clone(), Value::Record(columns.into_iter().collect()));
    } else {
        for (name, (_, value)) in names.iter().zip(columns) {
            variables.insert(name.clone(), value);
        }
    }
}

/// What a branch that may not have run assigned is unknown.
fn forget_changes(before: &Variables, variables: &mut Variables) {
    for (name, value) in variables.iter_mut() {
        if before.get(name) != Some(value) {
            *value = Value::Unknown;
        }
    }
}
