//! Functions, triggers and the bodies that they run.

use super::{Name, QualifiedName, Statement};
use crate::text::Span;

/// `CREATE FUNCTION` and `CREATE PROCEDURE`.
#[expect(clippy::struct_excessive_bools, reason = "each is a clause of the statement")]
#[derive(Clone, Debug, PartialEq)]
pub struct CreateFunction {
    /// Its name.
    pub name: QualifiedName,
    /// From `CREATE` to the end of the name.
    pub head: Span,
    /// `OR REPLACE`.
    pub or_replace: bool,
    /// A procedure.
    pub procedure: bool,
    /// Names of the input parameters in order; `None` for one without a name.
    pub parameters: Vec<Option<Name>>,
    /// Lower case: `plpgsql`, `sql`.
    pub language: String,
    /// `SECURITY DEFINER`.
    pub security_definer: bool,
    /// `SET search_path …`.
    pub fixed_search_path: bool,
    /// Where the body's text stands, without quotes.
    pub body_span: Option<Span>,
    /// The body, where it is PL/pgSQL or SQL.
    pub body: Option<Routine>,
}

/// `CREATE TRIGGER`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTrigger {
    /// Its name.
    pub name: Name,
    /// The table or view.
    pub table: QualifiedName,
    /// `BEFORE`, `AFTER`, `INSTEAD OF`.
    pub timing: TriggerTiming,
    /// What it runs for.
    pub events: Vec<TriggerEvent>,
    /// `FOR EACH ROW`.
    pub for_each_row: bool,
    /// The function that it runs; `None` where it cannot be read.
    pub function: Option<QualifiedName>,
    /// The whole statement.
    pub span: Span,
}

/// What a trigger runs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants carry the SQL keywords")]
pub enum TriggerEvent {
    Insert,
    Update,
    Delete,
    Truncate,
}

/// When a trigger runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants carry the SQL keywords")]
pub enum TriggerTiming {
    Before,
    After,
    InsteadOf,
}

/// `CREATE EVENT TRIGGER`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateEventTrigger {
    /// Its name.
    pub name: Name,
    /// `ddl_command_end`, …
    pub event: String,
    /// The tags behind `WHEN TAG IN`, upper case; empty where all count.
    pub tags: Vec<String>,
    /// The function that it runs.
    pub function: QualifiedName,
}

/// A body: of a function, of a procedure or of `DO`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routine {
    /// What it does, in order.
    pub steps: Vec<RoutineStep>,
    /// Parts of it cannot be read (another language, a syntax error, too deep).
    pub opaque: bool,
}

/// One step of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum RoutineStep {
    /// SQL that stands there as such.
    Statement(Box<Statement>),
    /// `name := value`, also from `DECLARE` and `SELECT … INTO`.
    Assign {
        /// The variable.
        name: String,
        /// Its new value.
        value: Expr,
    },
    /// `EXECUTE value`.
    Execute {
        /// The SQL.
        value: Expr,
        /// The whole statement.
        span: Span,
    },
    /// `FOREACH name IN ARRAY values LOOP …`.
    ForEach {
        /// The loop's variable.
        name: String,
        /// An array.
        values: Expr,
        /// What is repeated.
        body: Routine,
    },
    /// `FOR names IN query LOOP …`.
    ForQuery {
        /// The loop's variables: one record, or one a column.
        names: Vec<String>,
        /// The query; `None` where it cannot be read.
        query: Option<CatalogQuery>,
        /// What is repeated.
        body: Routine,
    },
    /// A loop whose number of rounds nobody knows.
    Loop(Routine),
    /// `IF`, `CASE`: the first branch whose condition holds.
    Choice(Vec<Branch>),
    /// A nested `BEGIN … END`, with its own `EXCEPTION` handlers.
    Block {
        /// What is tried.
        body: Routine,
        /// What runs after an error; `None` where there is no handler.
        handlers: Option<Vec<Handler>>,
    },
    /// `RETURN`, `EXIT`, `CONTINUE`: nothing behind it in this list runs.
    Leave(Leave),
    /// `RAISE EXCEPTION`: the statement fails.
    Fail,
}

/// What a routine leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// `CONTINUE`: this round of the loop.
    Round,
    /// `EXIT`: the loop.
    Loop,
    /// `RETURN`: all of it.
    Routine,
}

/// `WHEN conditions THEN …` of an `EXCEPTION` section.
#[derive(Clone, Debug, PartialEq)]
pub struct Handler {
    /// Names of errors and SQLSTATE codes, in lower and upper case respectively.
    pub conditions: Vec<String>,
    /// What it does.
    pub body: Routine,
}

/// One branch of a choice; the last may have the condition `TRUE` (`ELSE`).
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// When it is taken.
    pub condition: Expr,
    /// What it does.
    pub body: Routine,
}

/// A call of a function or procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Which.
    pub name: QualifiedName,
    /// With what, in order.
    pub arguments: Vec<Expr>,
}

/// An expression, as far as names can be computed with it.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A string. `source` maps its bytes back to the text when the SQL in it stands there literally.
    Text {
        /// The string's value.
        value: String,
        /// Where it stands, quotes included.
        span: Span,
        /// Offset in the text of each run of bytes that stands there unchanged: (offset in `value`, offset in the text).
        runs: Vec<(usize, usize)>,
    },
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// `NULL`.
    Null,
    /// A number, as written.
    Number(String),
    /// A variable or a field: `t`, `r.tablename`.
    Variable(Vec<String>),
    /// `f(…)`.
    Call(Call),
    /// `a || b || …`.
    Concat(Vec<Expr>),
    /// `ARRAY[…]`, `(…, …)`.
    List(Vec<Expr>),
    /// `a = b`, `a LIKE b`, `a IN (…)`.
    Compare {
        /// How.
        comparison: Comparison,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// `NOT a`.
    Not(Box<Expr>),
    /// `a AND b AND …`.
    And(Vec<Expr>),
    /// `a OR b OR …`.
    Or(Vec<Expr>),
    /// `EXISTS (SELECT … FROM a system catalog …)`.
    Exists(Box<CatalogQuery>),
    /// Anything else.
    Opaque,
}

/// How two expressions are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `<>`, `!=`.
    NotEqual,
    /// `IN (…)`, `= ANY (…)`.
    In,
    /// `LIKE`.
    Like,
    /// `IS` (with `NULL`, `TRUE`, `FALSE`).
    Is,
}

/// `SELECT columns FROM one system catalog WHERE condition`.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogQuery {
    /// Which catalog.
    pub relation: CatalogRelation,
    /// What is selected: output name and expression; empty for `*`.
    pub columns: Vec<(String, Expr)>,
    /// Conditions that all must hold.
    pub condition: Expr,
}

/// System catalogs whose rows follow from the schema.
#[derive(Clone, Debug, PartialEq)]
pub enum CatalogRelation {
    /// `pg_tables`.
    PgTables,
    /// `information_schema.tables`.
    InformationSchemaTables,
    /// `information_schema.columns`.
    InformationSchemaColumns,
    /// `pg_policies`.
    PgPolicies,
    /// `pg_class` (joined with `pg_namespace` or not).
    PgClass,
    /// `pg_event_trigger_ddl_commands()`.
    DdlCommands,
    /// `(VALUES …)` or `unnest(ARRAY[…])`: the rows themselves.
    Values {
        /// Names of the columns.
        names: Vec<String>,
        /// The rows.
        rows: Vec<Vec<Expr>>,
    },
}
