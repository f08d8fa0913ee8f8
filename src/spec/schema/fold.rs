//! Statements run on the catalog, one after the other.

use super::catalog::Catalog;
use super::model::Place;
use super::session::{Session, TEMPORARY, default_path};
use super::{Schema, SchemaOptions, SessionScope, exposure};
use crate::languages::sql::facts::{PsqlDirective, SearchPath};
use crate::languages::sql::{Direction, SqlText, Standing, Statement, StatementKind};
use crate::text::Span;

/// Most steps of one fold: statements, rounds of loops, objects touched by a `CASCADE`.
const MOST_STEPS: usize = 1_000_000;

/// Most schemas of a search path that are looked at.
const LONGEST_PATH: usize = 32;

/// The server refuses the statement, with this error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Syntax,
    DuplicateTable,
    DuplicateColumn,
    DuplicateObject,
    DuplicateSchema,
    DependentObjects,
    NoSchema,
    SecondPrimaryKey,
    /// `CREATE INDEX CONCURRENTLY` between `BEGIN` and `COMMIT`.
    ActiveTransaction,
    /// `RAISE EXCEPTION`.
    Raised,
}

impl Refused {
    /// Names by which `EXCEPTION WHEN` catches the error.
    pub(super) fn conditions(self) -> [&'static str; 3] {
        let (name, code) = match self {
            Self::Syntax => ("syntax_error", "42601"),
            Self::DuplicateTable => ("duplicate_table", "42P07"),
            Self::DuplicateColumn => ("duplicate_column", "42701"),
            Self::DuplicateObject => ("duplicate_object", "42710"),
            Self::DuplicateSchema => ("duplicate_schema", "42P06"),
            Self::DependentObjects => ("dependent_objects_still_exist", "2BP01"),
            Self::NoSchema => ("invalid_schema_name", "3F000"),
            Self::SecondPrimaryKey => ("invalid_table_definition", "42P16"),
            Self::ActiveTransaction => ("active_sql_transaction", "25001"),
            Self::Raised => ("raise_exception", "P0001"),
        };
        [name, code, "others"]
    }
}

pub(super) type Outcome = Result<(), Refused>;

/// Runs texts on a catalog.
pub(super) struct Folder<'o> {
    options: &'o SchemaOptions,
    pub(super) catalog: Catalog,
    pub(super) session: Session,
    /// The text that spans belong to.
    pub(super) text: usize,
    /// How far the running statement can be trusted.
    pub(super) standing: Standing,
    /// For each branch of a condition that nobody can decide, the branch around it; 0 is what surely runs.
    branches: Vec<usize>,
    pub(super) branch: usize,
    steps: usize,
    stopped: Option<Place>,
    open_transactions: Vec<Place>,
    /// Statements that no transaction may hold, inside one.
    pub(super) in_transaction: Vec<Place>,
    pub(super) begun: Place,
    /// A `CREATE TABLE` found its name taken.
    pub(super) name_was_taken: bool,
    /// How many routines are running inside each other.
    pub(super) depth: usize,
}

impl<'o> Folder<'o> {
    pub(super) fn new(options: &'o SchemaOptions) -> Self {
        Self {
            options,
            catalog: Catalog::default(),
            session: Session::default(),
            text: 0,
            standing: Standing::Sound,
            branches: vec![0],
            branch: 0,
            steps: 0,
            stopped: None,
            open_transactions: Vec::new(),
            in_transaction: Vec::new(),
            begun: Place::default(),
            name_was_taken: false,
            depth: 0,
        }
    }

    pub(super) fn run<'t>(mut self, texts: impl IntoIterator<Item = &'t SqlText>) -> Schema {
        let mut breaks_off = false;
        for (number, text) in texts.into_iter().enumerate() {
            self.text = number;
            let is_own_session = self.options.session == SessionScope::PerText || number <= self.options.scene;
            if is_own_session && number > 0 {
                self.next_session(breaks_off);
            }
            breaks_off = text.breaks_off;
            for statement in &text.statements {
                if !self.step(statement.span) {
                    break;
                }
                self.statement(statement);
            }
        }
        self.end_session(breaks_off);
        Schema {
            open_transactions: self.open_transactions,
            in_transaction: self.in_transaction,
            name_was_taken: self.name_was_taken,
            stopped: self.stopped,
            ..exposure::finish(self.catalog, self.options)
        }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place { text: self.text, span }
    }

    /// Counts a step; false when there have been too many.
    pub(super) fn step(&mut self, at: Span) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            self.stopped.get_or_insert(Place { text: self.text, span: at });
        }
        self.stopped.is_none()
    }

    /// Whether what the running branch does to something from `branch` surely happens.
    pub(super) fn is_certain(&self, mut branch: usize) -> bool {
        while branch > self.branch {
            branch = self.branches.get(branch).copied().unwrap_or(0);
        }
        branch == self.branch
    }

    /// Runs `work` as something that may or may not happen.
    pub(super) fn perhaps(&mut self, work: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let around = self.branch;
        self.branch = self.branches.len();
        self.branches.push(around);
        let outcome = work(self);
        self.branch = around;
        // What may not happen at all cannot be said to fail.
        outcome.or(Ok(()))
    }

    fn statement(&mut self, statement: &Statement) {
        if self.session.ended || statement.direction == Direction::Down {
            return;
        }
        match &statement.kind {
            StatementKind::Psql(directive) => return self.directive(*directive),
            StatementKind::Transaction(command) if statement.standing.counts() => {
                return self.transaction(command, statement.span);
            }
            _ => {}
        }
        if !self.session.autocommit && self.session.transaction.is_none() {
            self.begin(statement.span);
        }
        let failed = self.session.transaction.as_ref().is_some_and(|transaction| transaction.failed);
        self.standing = if failed { Standing::Broken } else { statement.standing };
        let mark = self.catalog.mark();
        let path = self.session.path.clone();
        let broken = statement.standing == Standing::Broken;
        let outcome = self.apply(&statement.kind);
        if broken || outcome.is_err() {
            if !broken {
                self.catalog.undo_to(&mark);
                self.session.path = path;
            }
            self.fail();
        }
        if self.session.transaction.is_none() {
            self.catalog.settle();
        }
    }

    /// The error, where the running statement surely runs.
    pub(super) fn refuse(&self, error: Refused) -> Outcome {
        if self.branch == 0 && self.standing.counts() { Err(error) } else { Ok(()) }
    }

    pub(super) fn fail(&mut self) {
        if let Some(transaction) = &mut self.session.transaction {
            transaction.failed = true;
        }
        self.session.ended |= self.session.stop_on_error;
    }

    fn directive(&mut self, directive: PsqlDirective) {
        match directive {
            PsqlDirective::Quit => self.session.ended = true,
            PsqlDirective::Connect => self.next_session(false),
            PsqlDirective::StopOnError(on) => self.session.stop_on_error = on,
            PsqlDirective::Autocommit(on) => self.session.autocommit = on,
        }
    }

    /// The end of a connection: a transaction that is open is undone, unless the text broke off in it. One that was begun
    /// and never committed ends like one that failed: the missing COMMIT is reported, and what it created stays known.
    fn end_session(&mut self, breaks_off: bool) {
        let explicit = self.session.autocommit;
        if let Some(transaction) = &mut self.session.transaction {
            transaction.failed |= explicit && !breaks_off;
            let failed = transaction.failed;
            if explicit {
                self.open_transactions.push(self.begun);
            }
            self.end_transaction(breaks_off || failed, false, Span::default());
        }
        self.session = Session::default();
    }

    /// Another session begins: temporary tables are gone.
    fn next_session(&mut self, breaks_off: bool) {
        self.end_session(breaks_off);
        if let Some(schema) = self.catalog.find_schema(TEMPORARY) {
            for table in self.catalog.tables.in_scope(schema) {
                self.catalog.tables.change(table, |row| row.live = false);
            }
        }
        self.catalog.settle();
    }

    pub(super) fn set_search_path(&mut self, setting: &SearchPath) {
        let path = match &setting.schemas {
            Some(schemas) => schemas.iter().take(LONGEST_PATH).map(|name| name.value.clone()).collect(),
            None => default_path(),
        };
        let before = std::mem::replace(&mut self.session.path, path);
        if let Some(transaction) = &mut self.session.transaction {
            if setting.local {
                transaction.local_path.get_or_insert(before);
            } else {
                transaction.local_path = None;
            }
        } else if setting.local && self.depth == 0 {
            // Outside a transaction SET LOCAL has no effect.
            self.session.path = before;
        }
    }

    /// Does what the statement says.
    pub(super) fn apply(&mut self, kind: &StatementKind) -> Outcome {
        match kind {
            StatementKind::CreateTable(create) => return self.create_table(create),
            StatementKind::CreateSchema { name, elements } => return self.create_schema(name.as_ref(), elements),
            StatementKind::CreatePolicy(create) => return self.create_policy(create),
            StatementKind::CreateIndex(create) => return self.create_index(create),
            StatementKind::CreateView(create) => return self.create_view(create),
            StatementKind::AlterTable(alter) => return self.alter_table(alter),
            StatementKind::CreateTrigger(create) => self.create_trigger(create),
            StatementKind::CreateFunction(create) => self.create_function(create),
            kind if self.standing.counts() => return self.apply_sound(kind),
            _ => {}
        }
        Ok(())
    }

    /// Statements that do nothing unless the server takes them, and that it may refuse.
    fn apply_sound(&mut self, kind: &StatementKind) -> Outcome {
        match kind {
            StatementKind::DropTables(drop) => self.drop_tables(drop),
            StatementKind::DropSchemas { names, cascade } => self.drop_schemas(names, *cascade),
            StatementKind::RenameSchema { from, to } => self.rename_schema(from, to),
            StatementKind::Do(routine) => self.run_do(routine),
            StatementKind::Calls(calls) => self.run_calls(calls),
            StatementKind::RunResult { values, query } => {
                self.run_result(values, query.as_ref());
                Ok(())
            }
            other => {
                self.apply_plain(other);
                Ok(())
            }
        }
    }

    /// Statements that do nothing unless the server takes them, and that it does not refuse for what is in the catalog.
    fn apply_plain(&mut self, kind: &StatementKind) {
        match kind {
            StatementKind::DropIndexes(drop) => self.drop_indexes(drop),
            StatementKind::DropTrigger { name, table } => self.drop_trigger(name, table),
            StatementKind::AlterPolicy(alter) => self.alter_policy(alter),
            StatementKind::DropPolicy(drop) => self.drop_policy(drop),
            StatementKind::AlterViewInvoker { name, security_invoker } => self.alter_view(name, *security_invoker),
            StatementKind::MoveView { name, schema, rename } => {
                self.move_view(name, schema.as_ref(), rename.as_ref());
            }
            StatementKind::DropViews(drop) => self.drop_views(drop),
            StatementKind::AlterFunction { name, security_definer, fixed_search_path } => {
                self.alter_function(name, *security_definer, *fixed_search_path);
            }
            StatementKind::DropFunctions(drop) => self.drop_functions(drop),
            StatementKind::CreateEventTrigger(create) => self.create_event_trigger(create),
            StatementKind::StopEventTrigger(name) => self.stop_event_trigger(name),
            StatementKind::SetBuckets(buckets) => self.set_buckets(buckets),
            StatementKind::SetSearchPath(path) => self.set_search_path(path),
            _ => {}
        }
    }
}
