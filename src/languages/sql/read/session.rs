//! Settings, transactions, and rows of `storage.buckets`.

use squawk_parser::SyntaxKind;

use super::super::facts::{Bucket, Expr, SearchPath, StatementKind, Transaction};
use super::super::syntax::{Source, child, children, has_child, has_token, words};
use super::super::tree::Node;
use super::super::{Name, QualifiedName};
use super::expressions;

pub(super) fn read(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let transaction = match node.kind() {
        SyntaxKind::BEGIN => Transaction::Begin,
        SyntaxKind::COMMIT_TRANSACTION => Transaction::Commit { chain: has_child(node, SyntaxKind::AND_CHAIN) },
        SyntaxKind::ROLLBACK_TRANSACTION => Transaction::Rollback { chain: has_child(node, SyntaxKind::AND_CHAIN) },
        SyntaxKind::SAVEPOINT_CREATE => Transaction::Savepoint(source.child_name(node, SyntaxKind::SAVEPOINT)?),
        SyntaxKind::RELEASE_SAVEPOINT => Transaction::Release(source.child_name(node, SyntaxKind::SAVEPOINT_REF)?),
        SyntaxKind::ROLLBACK_TO_SAVEPOINT => {
            Transaction::RollbackTo(source.child_name(node, SyntaxKind::SAVEPOINT_REF)?)
        }
        // The transaction ends here and waits for COMMIT PREPARED, which migrations do not use.
        SyntaxKind::PREPARE_TRANSACTION => Transaction::Rollback { chain: false },
        SyntaxKind::SET => return search_path(source, node).map(StatementKind::SetSearchPath),
        SyntaxKind::RESET
            if matches!(words(node).as_str(), "RESET SEARCH_PATH" | "RESET SEARCH_PATH ;" | "RESET ALL") =>
        {
            return Some(StatementKind::SetSearchPath(SearchPath { schemas: None, local: false }));
        }
        SyntaxKind::DISCARD if words(node).starts_with("DISCARD ALL") => {
            return Some(StatementKind::SetSearchPath(SearchPath { schemas: None, local: false }));
        }
        _ => return None,
    };
    Some(StatementKind::Transaction(transaction))
}

fn search_path(source: &Source<'_>, node: Node<'_>) -> Option<SearchPath> {
    let local = has_child(node, SyntaxKind::LOCAL_SCOPE);
    if let Some(schemas) = child(node, SyntaxKind::SET_SCHEMA) {
        let value = schemas.children().last()?;
        return Some(SearchPath { schemas: Some(vec![config_name(source, value)?]), local });
    }
    let setting = child(node, SyntaxKind::SET_CONFIG)?;
    let parameter = source.child_qualified(setting, SyntaxKind::CONFIG_PARAMETER_REF)?;
    if parameter.name.value != "search_path" {
        return None;
    }
    let value = child(setting, SyntaxKind::TO_CONFIG_VALUE)?;
    if has_token(value, SyntaxKind::DEFAULT_KW) {
        return Some(SearchPath { schemas: None, local });
    }
    Some(SearchPath { schemas: Some(value.children().filter_map(|name| config_name(source, name)).collect()), local })
}

/// In a list of schemas, a string is one name, with nothing folded.
fn config_name(source: &Source<'_>, node: Node<'_>) -> Option<Name> {
    match source.string(node) {
        Some(text) => Some(Name::computed(&text.value, source.span(node))),
        None => source.name(node),
    }
}

/// `SELECT set_config('search_path', …)`, as dumps have it, or else the calls themselves.
pub(super) fn or_search_path(kind: StatementKind) -> StatementKind {
    let StatementKind::Calls(found) = &kind else { return kind };
    let setting = found.iter().find(|call| call.name.is("pg_catalog", "set_config"));
    match setting.map(|call| (call.name.span, call.arguments.as_slice())) {
        Some((span, [Expr::Text { value: name, .. }, Expr::Text { value, .. }, local])) if name == "search_path" => {
            let names = value.split(',').map(|part| Name::new(part.trim(), span));
            let schemas = names.filter(|name| !name.value.is_empty()).collect();
            StatementKind::SetSearchPath(SearchPath {
                schemas: Some(schemas),
                local: matches!(local, Expr::Bool(true)),
            })
        }
        _ => kind,
    }
}

/// Whether a table is the one of the buckets. Without its schema it is a table of the project.
fn is_buckets(table: &QualifiedName) -> bool {
    table.schema.is_some() && table.is("storage", "buckets")
}

/// The rows that an `INSERT INTO storage.buckets` adds.
pub(super) fn buckets(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    source.child_qualified(node, SyntaxKind::RELATION_NAME_REF).filter(is_buckets)?;
    let columns: Vec<_> = child(node, SyntaxKind::COLUMN_TARGET_LIST)
        .map(|list| children(list, SyntaxKind::COLUMN_TARGET).map(|column| source.name(column)).collect())
        .unwrap_or_default();
    let position =
        |wanted: &str| columns.iter().position(|name| name.as_ref().is_some_and(|name| name.value == wanted));
    let id = position("id").or_else(|| position("name")).unwrap_or(0);
    let public = position("public");
    let rows = node.descendants().filter(|row| matches!(row.kind(), SyntaxKind::ROW | SyntaxKind::TARGET_LIST));
    let bucket = |row: Node<'_>| {
        let values: Vec<_> = row.children().map(|value| expressions::expression(source, value)).collect();
        let Some(Expr::Text { value, span, .. }) = values.get(id) else { return None };
        let public = match public.and_then(|at| values.get(at)) {
            Some(Expr::Bool(public)) => Some(*public),
            _ => None,
        };
        Some(Bucket { id: value.clone(), span: *span, public })
    };
    Some(StatementKind::SetBuckets(rows.filter_map(bucket).collect()))
}

/// The rows of `storage.buckets` that an `UPDATE` opens or closes, where it says nothing of them but their names.
pub(super) fn changed_buckets(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    source.child_qualified(node, SyntaxKind::RELATION_NAME).filter(is_buckets)?;
    let public = node.descendants().filter(|node| node.kind() == SyntaxKind::SET_SINGLE_COLUMN).find_map(|set| {
        let column = child(set, SyntaxKind::COLUMN_TARGET).and_then(|column| source.name(column))?;
        let value = child(set, SyntaxKind::SET_EXPR)?.children().next()?;
        match expressions::expression(source, value) {
            Expr::Bool(public) if column.value == "public" => Some(public),
            _ => None,
        }
    })?;
    let condition = child(node, SyntaxKind::WHERE_CLAUSE)?;
    let parts = ["WHERE", "ID", "NAME", "=", "IN", "OR", "(", ")", ","];
    let is_list = condition.tokens().all(|token| {
        token.kind() == SyntaxKind::STRING || parts.iter().any(|part| token.text().eq_ignore_ascii_case(part))
    });
    if !is_list {
        return None;
    }
    let named = condition.descendants().filter_map(|node| match expressions::expression(source, node) {
        Expr::Text { value, span, .. } if node.kind() == SyntaxKind::LITERAL => {
            Some(Bucket { id: value, span, public: Some(public) })
        }
        _ => None,
    });
    Some(StatementKind::SetBuckets(named.collect()))
}
