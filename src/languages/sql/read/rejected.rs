//! What the parser's grammar takes and the server does not.

use std::collections::BTreeSet;

use squawk_parser::SyntaxKind;

use super::super::facts::{Constraint, ConstraintKind, CreateTable, Problem, ProblemKind, StatementKind};
use super::super::syntax::{Source, child, children, has_child};
use super::super::tree::{Node, Token};
use super::{bodies, policies, tables};
use crate::text::Span;

/// Types of MySQL, SQLite, SQL Server and Oracle that PostgreSQL does not have, and what to write instead. Names that a
/// schema may well give to a type of its own (`year`) are left out.
const FOREIGN_TYPES: &[(&str, &str)] = &[
    ("binary", "BYTEA"),
    ("blob", "BYTEA"),
    ("clob", "TEXT"),
    ("datetime", "TIMESTAMPTZ"),
    ("datetime2", "TIMESTAMPTZ"),
    ("datetimeoffset", "TIMESTAMPTZ"),
    ("double", "DOUBLE PRECISION"),
    ("longblob", "BYTEA"),
    ("longtext", "TEXT"),
    ("mediumblob", "BYTEA"),
    ("mediumint", "INTEGER"),
    ("mediumtext", "TEXT"),
    ("nclob", "TEXT"),
    ("number", "NUMERIC"),
    ("nvarchar", "VARCHAR"),
    ("nvarchar2", "VARCHAR"),
    ("smalldatetime", "TIMESTAMPTZ"),
    ("string", "TEXT"),
    ("tinyblob", "BYTEA"),
    ("tinyint", "SMALLINT"),
    ("tinytext", "TEXT"),
    ("uniqueidentifier", "UUID"),
    ("varbinary", "BYTEA"),
    ("varchar2", "VARCHAR"),
];

/// Functions of other systems that stand in defaults, and what to write instead.
const FOREIGN_DEFAULTS: &[(&str, &str)] = &[
    ("curdate", "CURRENT_DATE"),
    ("datetime", "now()"),
    ("getdate", "now()"),
    ("getutcdate", "now()"),
    ("newid", "gen_random_uuid()"),
    ("newsequentialid", "gen_random_uuid()"),
    ("strftime", "now()"),
    ("sysdate", "now()"),
    ("unix_timestamp", "extract(epoch FROM now())"),
    ("utc_timestamp", "now()"),
    ("uuid", "gen_random_uuid()"),
];

/// What is wrong with the statement at `node`, which does `kind`. `whole` says that nothing is left out of it.
pub(in super::super) fn rejected(
    source: &Source<'_>,
    node: Node<'_>,
    kind: &StatementKind,
    whole: bool,
) -> Vec<Problem> {
    match node.kind() {
        SyntaxKind::CREATE_POLICY => policies::clause_problems(source, node),
        SyntaxKind::CREATE_TABLE => {
            let Some(list) = child(node, SyntaxKind::TABLE_ARG_LIST) else { return Vec::new() };
            let mut problems = Vec::new();
            for column in children(list, SyntaxKind::COLUMN) {
                problems.extend(foreign_forms(source, column));
            }
            if whole && let StatementKind::CreateTable(table) = kind {
                problems.extend(contradictions(table, node, list));
            }
            problems
        }
        SyntaxKind::ALTER_TABLE => {
            let mut problems = joined_rename(source, node).into_iter().collect::<Vec<_>>();
            for action in node.children() {
                match action.kind() {
                    SyntaxKind::ADD_COLUMN => problems.extend(foreign_forms(source, action)),
                    SyntaxKind::ALTER_COLUMN => {
                        let ty = child(action, SyntaxKind::SET_TYPE);
                        problems.extend(ty.and_then(|ty| foreign_type(source, ty)));
                    }
                    _ => {}
                }
            }
            problems
        }
        SyntaxKind::CREATE_INDEX => bare_expressions(source, node),
        SyntaxKind::DO | SyntaxKind::CREATE_FUNCTION | SyntaxKind::CREATE_PROCEDURE => bodies::rejected(source, node),
        _ => Vec::new(),
    }
}

fn problem(kind: ProblemKind, span: Span, message: String, help: String) -> Problem {
    Problem { kind, span, message, help: Some(help) }
}

fn foreign_forms(source: &Source<'_>, column: Node<'_>) -> Vec<Problem> {
    foreign_type(source, column).into_iter().chain(foreign_default(source, column)).collect()
}

/// A type among the children of `node` that only another system has, or a display width.
fn foreign_type(source: &Source<'_>, node: Node<'_>) -> Option<Problem> {
    let ty = tables::type_name(source, node)?;
    let name = ty.name.trim_end_matches("[]");
    if let Some((_, instead)) = FOREIGN_TYPES.iter().find(|(foreign, _)| *foreign == name) {
        let message = format!("PostgreSQL has no type `{}`", name.to_uppercase());
        return Some(problem(ProblemKind::Dialect, ty.span, message, format!("use `{instead}`")));
    }
    let unbounded = matches!(name, "varchar" | "char")
        && node.children().any(|ty| {
            matches!(ty.kind(), SyntaxKind::VARCHAR_TYPE | SyntaxKind::CHARACTER_TYPE)
                && ty.tokens().any(|token| token.text().eq_ignore_ascii_case("max"))
        });
    if unbounded {
        let message = "a text length is a number in PostgreSQL".to_owned();
        return Some(problem(ProblemKind::Dialect, ty.span, message, "use `TEXT`".to_owned()));
    }
    let whole_number = matches!(name, "integer" | "bigint" | "smallint");
    let ty_node = node.children().find(|child| child.kind() == SyntaxKind::PATH_TYPE).filter(|_| whole_number)?;
    let mut kinds = ty_node.tokens().map(Token::kind);
    kinds.any(|kind| kind == SyntaxKind::L_PAREN).then(|| {
        let message = "whole numbers have no display width in PostgreSQL".to_owned();
        problem(ProblemKind::Dialect, ty.span, message, "leave the number in brackets out".to_owned())
    })
}

fn foreign_default(source: &Source<'_>, column: Node<'_>) -> Option<Problem> {
    let clause = child(column, SyntaxKind::DEFAULT_CONSTRAINT)?;
    let call = clause.descendants().find(|node| node.kind() == SyntaxKind::CALL_EXPR)?;
    let mut words = call.tokens();
    let name = words.next()?;
    let calls = words.next().is_some_and(|token| token.kind() == SyntaxKind::L_PAREN);
    let (foreign, instead) =
        FOREIGN_DEFAULTS.iter().find(|(foreign, _)| calls && name.text().eq_ignore_ascii_case(foreign))?;
    let message = format!("PostgreSQL has no function `{}()`", foreign.to_uppercase());
    Some(problem(ProblemKind::Dialect, source.span(call), message, format!("use `{instead}`")))
}

/// A column twice, two primary keys, and keys of columns that the table does not have.
fn contradictions(table: &CreateTable, node: Node<'_>, list: Node<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let syntax = |span, message: String, help: &str| problem(ProblemKind::Syntax, span, message, help.to_owned());
    let mut names = BTreeSet::new();
    for column in &table.columns {
        if !names.insert(column.name.value.as_str()) {
            let message = format!("column `{}` is specified more than once", column.name.value);
            problems.push(syntax(column.name.span, message, "keep one of the two"));
        }
    }
    let is_key = |constraint: &&Constraint| constraint.kind == ConstraintKind::PrimaryKey;
    if let Some(second) = table.constraints.iter().filter(is_key).nth(1) {
        let message = "a table has one primary key, not two".to_owned();
        problems.push(syntax(second.span, message, "name the columns of the key in one `PRIMARY KEY (…)`"));
    }
    // Columns may come from elsewhere, and a placeholder may stand for one.
    let read = children(list, SyntaxKind::COLUMN).count();
    let partial = has_child(node, SyntaxKind::PARTITION_OF) || has_child(node, SyntaxKind::OF_TYPE);
    if partial || !table.inherits.is_empty() || has_child(list, SyntaxKind::LIKE_CLAUSE) || read != table.columns.len()
    {
        return problems;
    }
    for column in table.constraints.iter().flat_map(|constraint| &constraint.columns) {
        if !names.contains(column.value.as_str()) {
            let message = format!("the table has no column `{}` for this key", column.value);
            problems.push(syntax(column.span, message, "add the column, or name one that is there"));
        }
    }
    problems
}

/// A renaming or a move, which stands alone in its `ALTER TABLE`.
fn joined_rename(source: &Source<'_>, node: Node<'_>) -> Option<Problem> {
    let lonely = |node: &Node<'_>| {
        matches!(
            node.kind(),
            SyntaxKind::RENAME_COLUMN
                | SyntaxKind::RENAME_CONSTRAINT
                | SyntaxKind::TABLE_RENAME_TO
                | SyntaxKind::SET_SCHEMA
        )
    };
    let is_action = |node: &Node<'_>| {
        !matches!(node.kind(), SyntaxKind::TABLE_RELATION_NAME | SyntaxKind::IF_EXISTS | SyntaxKind::ERROR)
    };
    let actions: Vec<_> = node.children().filter(is_action).collect();
    let at = actions.iter().position(lonely).filter(|_| actions.len() > 1)?;
    let action = actions.get(at.max(1))?;
    let message = "a renaming stands alone in its ALTER TABLE".to_owned();
    Some(problem(ProblemKind::Syntax, source.span(*action), message, "write an ALTER TABLE for each".to_owned()))
}

/// Keys of an index that are expressions without brackets of their own.
fn bare_expressions(source: &Source<'_>, node: Node<'_>) -> Vec<Problem> {
    let Some(list) = child(node, SyntaxKind::PARTITION_ITEM_LIST) else { return Vec::new() };
    let bare = |item: Node<'_>| {
        let expression = item.children().next()?;
        let operator = expression.kind() == SyntaxKind::BIN_EXPR
            || (expression.kind() == SyntaxKind::CAST_EXPR
                && expression.tokens().next().is_some_and(|first| first.kind() != SyntaxKind::CAST_KW));
        operator.then(|| source.span(expression))
    };
    children(list, SyntaxKind::PARTITION_ITEM)
        .filter_map(bare)
        .map(|span| {
            let message = "an indexed expression needs brackets of its own".to_owned();
            problem(ProblemKind::Syntax, span, message, "write `((…))`".to_owned())
        })
        .collect()
}
