//! Functions that a query calls: their bodies run.

use squawk_parser::SyntaxKind;

use super::super::facts::{Call, StatementKind};
use super::super::syntax::{Source, child};
use super::super::tree::Node;
use super::expressions;

/// Most calls that are read out of one query.
const MOST_CALLS: usize = 8;

/// The calls in the query, or the `CALL`, at `node`.
pub(super) fn in_query(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let calls: Vec<Call> = match node.kind() {
        SyntaxKind::CALL => vec![procedure(source, node)?],
        _ => node
            .descendants()
            .filter(|node| node.kind() == SyntaxKind::CALL_EXPR)
            .take(MOST_CALLS)
            .filter_map(|node| expressions::call(source, node, 0))
            .collect(),
    };
    (!calls.is_empty()).then_some(StatementKind::Calls(calls))
}

fn procedure(source: &Source<'_>, node: Node<'_>) -> Option<Call> {
    let name = source.child_qualified(node, SyntaxKind::PROCEDURE_NAME_REF)?;
    let arguments = child(node, SyntaxKind::ARG_LIST)
        .map(|list| list.children().map(|value| expressions::expression(source, value)).collect())
        .unwrap_or_default();
    Some(Call { name, arguments })
}
