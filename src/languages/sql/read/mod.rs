//! The parser's tree turned into facts, one kind of statement after the other.

mod alter;
mod bodies;
mod calls;
mod expressions;
mod objects;
mod policies;
mod rejected;
mod routines;
mod session;
mod steps;
mod tables;

use squawk_parser::SyntaxKind;

use super::facts::{Expr, StatementKind};
use super::syntax::{Source, child};
use super::tree::Node;

pub(super) use rejected::rejected;

/// The node of the statement in `root`, inside `EXPLAIN ANALYZE` and `PREPARE`-like wrappers too.
pub(super) fn statement_node(root: Node<'_>) -> Option<Node<'_>> {
    root.children().find(|node| !matches!(node.kind(), SyntaxKind::ERROR | SyntaxKind::EMPTY_STMT))
}

/// What the statement at `node` does; `None` where a name that it needs cannot be read.
pub(super) fn statement(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    match node.kind() {
        SyntaxKind::CREATE_TABLE | SyntaxKind::CREATE_TABLE_AS | SyntaxKind::SELECT_INTO => {
            tables::create(source, node).map(|table| StatementKind::CreateTable(Box::new(table)))
        }
        SyntaxKind::ALTER_TABLE => alter::table(source, node),
        SyntaxKind::CREATE_INDEX => {
            tables::index(source, node).map(|index| StatementKind::CreateIndex(Box::new(index)))
        }
        SyntaxKind::CREATE_POLICY => policies::create(source, node),
        SyntaxKind::ALTER_POLICY => policies::alter(source, node),
        SyntaxKind::DROP_POLICY => policies::drop(source, node),
        SyntaxKind::CREATE_FUNCTION | SyntaxKind::CREATE_PROCEDURE => routines::create(source, node),
        SyntaxKind::ALTER_FUNCTION | SyntaxKind::ALTER_PROCEDURE | SyntaxKind::ALTER_ROUTINE => {
            routines::alter(source, node)
        }
        SyntaxKind::CREATE_TRIGGER => routines::trigger(source, node),
        SyntaxKind::CREATE_EVENT_TRIGGER => routines::event_trigger(source, node),
        SyntaxKind::DO => Some(StatementKind::Do(routines::do_body(source, node))),
        SyntaxKind::EXPLAIN => explained(source, node),
        SyntaxKind::UPDATE => session::changed_buckets(source, node).or_else(|| calls::in_query(source, node)),
        SyntaxKind::INSERT => session::buckets(source, node).or_else(|| calls::in_query(source, node)),
        SyntaxKind::COMPOUND_SELECT | SyntaxKind::PAREN_SELECT => match first_select(node) {
            Some(into) => statement(source, into),
            None => calls::in_query(source, node).map(session::or_search_path),
        },
        SyntaxKind::SELECT | SyntaxKind::CALL | SyntaxKind::VALUES => {
            calls::in_query(source, node).map(session::or_search_path)
        }
        _ => objects::read(source, node).or_else(|| session::read(source, node)),
    }
}

/// The `SELECT … INTO` that a `UNION` or brackets start with: the server takes `INTO` nowhere else in them.
fn first_select(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    while matches!(node.kind(), SyntaxKind::COMPOUND_SELECT | SyntaxKind::PAREN_SELECT) {
        node = node.children().next()?;
    }
    (node.kind() == SyntaxKind::SELECT_INTO).then_some(node)
}

/// `EXPLAIN ANALYZE` runs its statement; plain `EXPLAIN` does not.
fn explained(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let mode = child(node, SyntaxKind::EXPLAIN_ANALYZE).or_else(|| {
        let options = child(node, SyntaxKind::EXPLAIN_OPTION_LIST)?;
        let words = super::syntax::words(options);
        let on = words.contains("ANALYZE")
            && !["FALSE", "OFF", "0"].iter().any(|off| words.contains(&format!("ANALYZE {off}")));
        on.then_some(options)
    })?;
    let inner = node.children().filter(|inner| inner.span().start >= mode.span().end).last()?;
    statement(source, inner)
}

/// The query at `node` as one whose values are run as statements.
pub(super) fn run_result(source: &Source<'_>, node: Node<'_>) -> StatementKind {
    let values = child(node, SyntaxKind::SELECT_CLAUSE)
        .and_then(|clause| child(clause, SyntaxKind::TARGET_LIST))
        .map(|list| list.children().map(|target| expressions::expression(source, target)).collect())
        .unwrap_or_default();
    let query = child(node, SyntaxKind::FROM_CLAUSE).map(|_| expressions::catalog_query(source, node));
    match query {
        Some(None) => StatementKind::RunResult { values: vec![Expr::Opaque], query: None },
        known => StatementKind::RunResult { values, query: known.flatten() },
    }
}
