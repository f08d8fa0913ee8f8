//! What a SQL text says, independent of the parser that read it.
//!
//! Every [`Span`] is in bytes of the text that was given to [`SqlText::parse`](super::SqlText::parse), also where the
//! statement stands in the body of a function or in a string that is executed.

mod policy;
mod routine;
mod session;
mod table;

pub use policy::{AlterPolicy, CreatePolicy, DropPolicy, PolicyCommand, PolicyExpression};
pub use routine::{
    Branch, Call, CatalogQuery, CatalogRelation, Comparison, CreateEventTrigger, CreateFunction, CreateTrigger, Expr,
    Handler, Leave, Routine, RoutineStep, TriggerEvent, TriggerTiming,
};
pub use session::{Bucket, PsqlDirective, SearchPath, Transaction};
pub use table::{
    AlterTable, AlterTableAction, Column, Constraint, ConstraintKind, CreateIndex, CreateTable, CreateView, IndexKey,
    Persistence, Reference, TableSource, TypeName,
};

use super::{Name, QualifiedName};
use crate::text::Span;

/// A statement and how far it can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// From the first word to the end, without the semicolon.
    pub span: Span,
    /// Whether a server would run it.
    pub standing: Standing,
    /// Which part of a two-way migration it belongs to.
    pub direction: Direction,
    /// What it does.
    pub kind: StatementKind,
}

/// Whether a server would run a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It parses.
    Sound,
    /// It holds a placeholder or an elision, or the text breaks off in it: a reader knows what is meant.
    Elided,
    /// A syntax error: the server refuses it.
    Broken,
    /// The server never sees it as a statement, because a quote or a bracket before it is not closed.
    Swallowed,
}

impl Standing {
    /// Whether the statement takes effect: it runs, or would once its elisions are filled in.
    pub fn counts(self) -> bool {
        matches!(self, Self::Sound | Self::Elided)
    }
}

/// Part of a migration that can be undone (goose, dbmate, sql-migrate).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Applied.
    Up,
    /// The way back: `-- +goose Down`, `-- +migrate Down`, `-- migrate:down`.
    Down,
}

/// What a statement does. What does not bear on the schema is [`StatementKind::Other`].
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants carry the names of the SQL statements")]
pub enum StatementKind {
    CreateTable(Box<CreateTable>),
    AlterTable(AlterTable),
    DropTables(DropObjects),
    CreateSchema {
        name: Option<Name>,
        elements: Vec<StatementKind>,
    },
    DropSchemas {
        names: Vec<Name>,
        cascade: bool,
    },
    RenameSchema {
        from: Name,
        to: Name,
    },
    CreateIndex(Box<CreateIndex>),
    DropIndexes(DropObjects),
    CreateTrigger(Box<CreateTrigger>),
    DropTrigger {
        name: Name,
        table: QualifiedName,
    },
    CreatePolicy(Box<CreatePolicy>),
    AlterPolicy(Box<AlterPolicy>),
    DropPolicy(DropPolicy),
    CreateView(CreateView),
    /// `ALTER VIEW … SET (security_invoker = …)`; `None` where the option is reset.
    AlterViewInvoker {
        name: QualifiedName,
        security_invoker: bool,
    },
    /// `ALTER VIEW … SET SCHEMA`, `ALTER VIEW … RENAME TO`: what is `None` stays as it was.
    MoveView {
        name: QualifiedName,
        schema: Option<Name>,
        rename: Option<Name>,
    },
    DropViews(DropObjects),
    CreateFunction(Box<CreateFunction>),
    /// `ALTER FUNCTION`: `None` leaves the property as it was.
    AlterFunction {
        name: QualifiedName,
        security_definer: Option<bool>,
        fixed_search_path: Option<bool>,
    },
    DropFunctions(DropObjects),
    CreateEventTrigger(CreateEventTrigger),
    /// `DROP EVENT TRIGGER` and `ALTER EVENT TRIGGER … DISABLE`.
    StopEventTrigger(Name),
    Do(Routine),
    /// `CALL` and the functions that a `SELECT` calls.
    Calls(Vec<Call>),
    /// `SELECT … \gexec`: each value of each row is run as a statement.
    RunResult {
        values: Vec<Expr>,
        query: Option<CatalogQuery>,
    },
    SetSearchPath(SearchPath),
    Transaction(Transaction),
    SetBuckets(Vec<Bucket>),
    Psql(PsqlDirective),
    Other,
}

/// `DROP TABLE`, `DROP INDEX`, `DROP VIEW`, `DROP FUNCTION`.
#[derive(Clone, Debug, PartialEq)]
pub struct DropObjects {
    /// The objects, in the order written.
    pub names: Vec<QualifiedName>,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `CASCADE`.
    pub cascade: bool,
}

/// Something that a PostgreSQL server would reject, or that this reader will not go into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of fault it is.
    pub kind: ProblemKind,
    /// Where it is.
    pub span: Span,
    /// What is wrong, as one clause without a full stop.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

/// Sorts of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// The parser does not accept it.
    Syntax,
    /// A form of `MySQL` or `SQLite`.
    Dialect,
    /// A policy clause that does not go with the policy's command.
    PolicyClause,
    /// Nested too deep or too long to be read; nothing is known of the statement.
    Limit,
    /// Words between the statements that are no SQL.
    Prose,
}
