//! Expressions, as far as names and conditions can be computed with them, and queries of the system catalogs.

use squawk_parser::SyntaxKind;

use super::super::QualifiedName;
use super::super::facts::{Call, CatalogQuery, CatalogRelation, Comparison, Expr};
use super::super::syntax::{Source, child, children};
use super::super::tree::{Node, Token};

/// Deepest expression that is read; what is nested deeper is opaque.
const DEEPEST_EXPRESSION: usize = 24;

/// The expression at `node`.
pub(in super::super) fn expression(source: &Source<'_>, node: Node<'_>) -> Expr {
    read(source, node, 0)
}

fn read(source: &Source<'_>, node: Node<'_>, depth: usize) -> Expr {
    if depth > DEEPEST_EXPRESSION {
        return Expr::Opaque;
    }
    let inner = |node: Node<'_>| read(source, node, depth + 1);
    match node.kind() {
        SyntaxKind::LITERAL => literal(source, node),
        SyntaxKind::NAME_REF | SyntaxKind::FIELD_EXPR => variable(source, node),
        SyntaxKind::PAREN_EXPR
        | SyntaxKind::TARGET
        | SyntaxKind::TARGET_LIST
        | SyntaxKind::ARG
        | SyntaxKind::CAST_EXPR => node.children().next().map_or(Expr::Opaque, &inner),
        SyntaxKind::PLPGSQL_EXPR => plain_expression(node).map_or(Expr::Opaque, &inner),
        SyntaxKind::ARRAY_EXPR | SyntaxKind::TUPLE_EXPR if child(node, SyntaxKind::SELECT).is_none() => {
            Expr::List(node.children().map(&inner).collect())
        }
        SyntaxKind::PREFIX_EXPR if node.own_tokens().any(|token| token.kind() == SyntaxKind::NOT_KW) => {
            node.children().last().map_or(Expr::Opaque, |node| Expr::Not(Box::new(inner(node))))
        }
        SyntaxKind::CALL_EXPR => call_or_function(source, node, depth),
        SyntaxKind::BIN_EXPR => binary(source, node, depth),
        _ => Expr::Opaque,
    }
}

/// PL/pgSQL wraps each expression in a query: the expression, when that is all there is.
fn plain_expression(node: Node<'_>) -> Option<Node<'_>> {
    let mut parts = node.children();
    let list = parts.next().filter(|list| list.kind() == SyntaxKind::TARGET_LIST && parts.next().is_none())?;
    let mut targets = list.children();
    targets.next().filter(|_| targets.next().is_none())
}

fn literal(source: &Source<'_>, node: Node<'_>) -> Expr {
    let Some(first) = node.tokens().next() else { return Expr::Opaque };
    match first.kind() {
        SyntaxKind::TRUE_KW => Expr::Bool(true),
        SyntaxKind::FALSE_KW => Expr::Bool(false),
        SyntaxKind::NULL_KW => Expr::Null,
        SyntaxKind::INT_NUMBER | SyntaxKind::NUMERIC_NUMBER => Expr::Number(first.text().to_owned()),
        SyntaxKind::POSITIONAL_PARAM => Expr::Variable(vec![first.text().to_owned()]),
        _ => match source.string(node) {
            Some(decoded) => Expr::Text {
                span: source.span(node),
                runs: match source.map.compose(&decoded.runs) {
                    super::super::text_map::TextMap::Runs(runs) => runs,
                    super::super::text_map::TextMap::Computed(_) => Vec::new(),
                },
                value: decoded.value,
            },
            None => Expr::Opaque,
        },
    }
}

fn variable(source: &Source<'_>, node: Node<'_>) -> Expr {
    let mut parts = Vec::new();
    for token in node.tokens().filter(|token| token.kind() != SyntaxKind::DOT) {
        if parts.len() == 4 || !is_name(token) {
            return Expr::Opaque;
        }
        parts.push(super::super::Name::new(source.token_text(token), source.token_span(token)).value);
    }
    Expr::Variable(parts)
}

fn is_name(token: Token<'_>) -> bool {
    token.text().starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '"' || !c.is_ascii())
}

fn call_or_function(source: &Source<'_>, node: Node<'_>, depth: usize) -> Expr {
    if let Some(exists) = child(node, SyntaxKind::EXISTS_FN) {
        let query = exists.children().next().and_then(|query| catalog_query(source, query));
        return query.map_or(Expr::Opaque, |query| Expr::Exists(Box::new(query)));
    }
    if let Some(any) = child(node, SyntaxKind::ANY_FN) {
        return any.children().next().map_or(Expr::Opaque, |list| read(source, list, depth + 1));
    }
    call(source, node, depth).map_or(Expr::Opaque, Expr::Call)
}

/// The function that a `CALL_EXPR` calls, with its arguments.
pub(super) fn call(source: &Source<'_>, node: Node<'_>, depth: usize) -> Option<Call> {
    let name = call_name(source, node)?;
    let arguments = child(node, SyntaxKind::ARG_LIST)
        .map(|list| children(list, SyntaxKind::ARG).map(|arg| read(source, arg, depth + 1)).collect())
        .unwrap_or_default();
    Some(Call { name, arguments })
}

/// The name of the function in a `CALL_EXPR`.
pub(super) fn call_name(source: &Source<'_>, node: Node<'_>) -> Option<QualifiedName> {
    let name = node.children().find(|child| matches!(child.kind(), SyntaxKind::NAME_REF | SyntaxKind::FIELD_EXPR))?;
    source.dotted(name)
}

/// The operator of a binary expression.
fn operator(node: Node<'_>) -> String {
    let own = node.own_tokens().next().map(|token| token.text().to_ascii_uppercase());
    own.unwrap_or_else(|| {
        let kinds = [
            SyntaxKind::CUSTOM_OP,
            SyntaxKind::NOT_IN,
            SyntaxKind::NOT_LIKE,
            SyntaxKind::IS_NOT,
            SyntaxKind::NOT_ILIKE,
        ];
        let node = node.children().find(|child| kinds.contains(&child.kind()));
        node.map(|node| node.tokens().map(|token| token.text().to_ascii_uppercase()).collect()).unwrap_or_default()
    })
}

fn binary(source: &Source<'_>, node: Node<'_>, depth: usize) -> Expr {
    let (Some(left), Some(right)) = (node.children().next(), node.children().last()) else { return Expr::Opaque };
    let operator = operator(node);
    if matches!(operator.as_str(), "AND" | "OR" | "||") {
        return chain(source, node, &operator, depth);
    }
    let compare = |comparison, negated: bool| {
        let left = Box::new(read(source, left, depth + 1));
        let right = Box::new(read(source, right, depth + 1));
        let compared = Expr::Compare { comparison, left, right };
        if negated { Expr::Not(Box::new(compared)) } else { compared }
    };
    let any = child(right, SyntaxKind::ANY_FN).is_some();
    match operator.as_str() {
        "=" if any => compare(Comparison::In, false),
        "=" => compare(Comparison::Equal, false),
        "<>" | "!=" if !any && child(right, SyntaxKind::ALL_FN).is_none() => compare(Comparison::NotEqual, false),
        "IN" => compare(Comparison::In, false),
        "NOTIN" => compare(Comparison::In, true),
        "LIKE" | "~~" => compare(Comparison::Like, false),
        "NOTLIKE" => compare(Comparison::Like, true),
        "IS" => compare(Comparison::Is, false),
        "ISNOT" => compare(Comparison::Is, true),
        _ => Expr::Opaque,
    }
}

/// `a AND b AND c` is nested to the left, as deep as it is long: read it as one list.
fn chain(source: &Source<'_>, node: Node<'_>, wanted: &str, depth: usize) -> Expr {
    let mut parts = Vec::new();
    let mut rest = Some(node);
    while let Some(node) = rest.take() {
        if node.kind() == SyntaxKind::BIN_EXPR && operator(node) == wanted {
            parts.extend(node.children().last().map(|right| read(source, right, depth + 1)));
            rest = node.children().next();
        } else {
            parts.push(read(source, node, depth + 1));
        }
    }
    parts.reverse();
    match wanted {
        "AND" => Expr::And(parts),
        "OR" => Expr::Or(parts),
        _ => Expr::Concat(parts),
    }
}

/// A `SELECT` from one system catalog; `None` when it is anything else.
pub(super) fn catalog_query(source: &Source<'_>, node: Node<'_>) -> Option<CatalogQuery> {
    let select = match node.kind() {
        SyntaxKind::PAREN_SELECT => node.children().next()?,
        _ => node,
    };
    let Some(from) = child(select, SyntaxKind::FROM_CLAUSE) else { return unnested(source, select) };
    let clauses = [SyntaxKind::GROUP_BY_CLAUSE, SyntaxKind::HAVING_CLAUSE, SyntaxKind::WITH_CLAUSE];
    if clauses.into_iter().any(|clause| child(select, clause).is_some()) {
        return None;
    }
    let columns = child(select, SyntaxKind::SELECT_CLAUSE)
        .and_then(|clause| child(clause, SyntaxKind::TARGET_LIST))
        .map(|list| children(list, SyntaxKind::TARGET).map(|target| output(source, target)).collect())
        .unwrap_or_default();
    let condition = child(select, SyntaxKind::WHERE_CLAUSE)
        .and_then(|clause| clause.children().next())
        .map_or(Expr::Bool(true), |condition| without_joins(expression(source, condition)));
    Some(CatalogQuery { relation: relation(source, from)?, columns, condition })
}

/// `c.relnamespace = n.oid` joins the catalogs that are read as one: it holds for each row.
fn without_joins(condition: Expr) -> Expr {
    let column = |expr: &Expr, wanted: &str| matches!(expr, Expr::Variable(parts) if parts.last().is_some_and(|name| name == wanted));
    match condition {
        Expr::And(parts) => Expr::And(parts.into_iter().map(without_joins).collect()),
        Expr::Compare { comparison: Comparison::Equal, left, right }
            if (column(&left, "relnamespace") && column(&right, "oid"))
                || (column(&left, "oid") && column(&right, "relnamespace")) =>
        {
            Expr::Bool(true)
        }
        other => other,
    }
}

/// A selected expression and the name that it gets.
fn output(source: &Source<'_>, target: Node<'_>) -> (String, Expr) {
    let value = target.children().next().map_or(Expr::Opaque, |value| expression(source, value));
    let alias = child(target, SyntaxKind::AS_NAME).and_then(|alias| {
        let name = alias.tokens().last()?;
        Some(super::super::Name::new(source.token_text(name), source.token_span(name)).value)
    });
    let star = target.tokens().last().is_some_and(|token| token.kind() == SyntaxKind::STAR);
    let name = alias.unwrap_or_else(|| match &value {
        _ if star => "*".to_owned(),
        Expr::Variable(parts) => parts.last().cloned().unwrap_or_default(),
        Expr::Call(call) => call.name.name.value.clone(),
        _ => "?column?".to_owned(),
    });
    (name, value)
}

fn relation(source: &Source<'_>, from: Node<'_>) -> Option<CatalogRelation> {
    let names: Vec<_> = from
        .descendants()
        .filter(|node| node.kind() == SyntaxKind::RELATION_NAME_REF)
        .take(8)
        .filter_map(|node| source.qualified(node))
        .collect();
    let plain = |name: &QualifiedName, schema: &str, relation: &str| {
        name.name.value == relation && name.schema.as_ref().is_none_or(|own| own.value == schema)
    };
    match names.as_slice() {
        [] => rows(source, from),
        [one] if plain(one, "pg_catalog", "pg_tables") => Some(CatalogRelation::PgTables),
        [one] if plain(one, "pg_catalog", "pg_policies") => Some(CatalogRelation::PgPolicies),
        [one] if one.is("information_schema", "tables") && one.schema.is_some() => {
            Some(CatalogRelation::InformationSchemaTables)
        }
        [one] if one.is("information_schema", "columns") && one.schema.is_some() => {
            Some(CatalogRelation::InformationSchemaColumns)
        }
        several
            if several.iter().any(|name| plain(name, "pg_catalog", "pg_class"))
                && several
                    .iter()
                    .all(|name| plain(name, "pg_catalog", "pg_class") || plain(name, "pg_catalog", "pg_namespace")) =>
        {
            Some(CatalogRelation::PgClass)
        }
        _ => None,
    }
}

/// `SELECT unnest(ARRAY[…])`.
fn unnested(source: &Source<'_>, select: Node<'_>) -> Option<CatalogQuery> {
    let list = child(child(select, SyntaxKind::SELECT_CLAUSE)?, SyntaxKind::TARGET_LIST)?;
    let Expr::Call(call) = read(source, children(list, SyntaxKind::TARGET).next()?, 0) else { return None };
    let relation = unnest(call, vec!["unnest".to_owned()])?;
    Some(CatalogQuery { relation, columns: Vec::new(), condition: Expr::Bool(true) })
}

fn unnest(mut call: Call, names: Vec<String>) -> Option<CatalogRelation> {
    let values = match call.arguments.pop().filter(|_| call.name.name.value == "unnest")? {
        Expr::List(values) => values,
        Expr::Text { value, span, .. } => {
            let items = value.trim().strip_prefix('{')?.strip_suffix('}')?.split(',');
            items.map(|item| Expr::Text { value: item.trim().to_owned(), span, runs: Vec::new() }).collect()
        }
        _ => return None,
    };
    Some(CatalogRelation::Values { names, rows: values.into_iter().map(|value| vec![value]).collect() })
}

/// The column names in `AS t(a, b)`, or the alias itself, which names the only column of a function.
fn alias_names(source: &Source<'_>, from: Node<'_>) -> Vec<String> {
    let Some(alias) = from.descendants().find(|node| node.kind() == SyntaxKind::FROM_ALIAS) else { return Vec::new() };
    let of_kind = |kind| alias.descendants().filter(move |node| node.kind() == kind);
    let columns: Vec<_> = of_kind(SyntaxKind::COLUMN_NAME).filter_map(|name| Some(source.name(name)?.value)).collect();
    if columns.is_empty() {
        return of_kind(SyntaxKind::TABLE_ALIAS).filter_map(|name| Some(source.name(name)?.value)).collect();
    }
    columns
}

/// `FROM (VALUES …)`, `FROM unnest(ARRAY[…])`, `FROM pg_event_trigger_ddl_commands()`.
fn rows(source: &Source<'_>, from: Node<'_>) -> Option<CatalogRelation> {
    let names = alias_names(source, from);
    if let Some(values) = from.descendants().find(|node| node.kind() == SyntaxKind::ROW_LIST) {
        let row = |row: Node<'_>| row.children().map(|value| expression(source, value)).collect();
        let rows = children(values, SyntaxKind::ROW).map(row).collect();
        return Some(CatalogRelation::Values { names, rows });
    }
    let node = from.descendants().find(|node| node.kind() == SyntaxKind::CALL_EXPR)?;
    let call = call(source, node, 0)?;
    match call.name.name.value.as_str() {
        "pg_event_trigger_ddl_commands" => Some(CatalogRelation::DdlCommands),
        _ => unnest(call, names),
    }
}
