use std::collections::HashMap;

use super::columns::{leading_name, selection};
use super::{constant, error_use, literal};
use crate::languages::typescript::model::{
    Call, CallId, Column, ErrorUse, Facts, Link, Name, Object, Query, QueryTarget, Value, ValueKind,
};

/// The queries of all calls, in source order, their errors judged.
pub(super) fn queries(facts: &Facts) -> Vec<Query> {
    let mut queries: Vec<Query> = Vec::new();
    let mut query_of: HashMap<CallId, usize> = HashMap::new();
    let mut calls_of: Vec<Vec<CallId>> = Vec::new();
    for (id, call) in facts.calls.iter().enumerate() {
        let (at, rest) = if let Some(target) = target(call) {
            queries.push(start(facts, id, call, &target));
            calls_of.push(Vec::new());
            (queries.len() - 1, call.links.get(target.link + 1..))
        } else if let Some(&at) = call.continues.and_then(|base| query_of.get(&base)) {
            (at, call.links.get(1..))
        } else {
            continue;
        };
        query_of.insert(id, at);
        if let (Some(query), Some(calls)) = (queries.get_mut(at), calls_of.get_mut(at)) {
            calls.push(id);
            for link in rest.unwrap_or_default() {
                add_link(facts, query, link);
            }
        }
    }
    for (query, calls) in queries.iter_mut().zip(&calls_of) {
        query.error = error_use::error_use(facts, calls);
    }
    queries
}

/// Which link names what is accessed.
struct Target {
    kind: QueryTarget,
    link: usize,
}

fn target(call: &Call) -> Option<Target> {
    for (at, link) in call.links.iter().enumerate().skip(1) {
        let before = at.checked_sub(1).and_then(|before| call.links.get(before))?;
        if link.is_named("rpc") && link.arguments.is_some() {
            return Some(Target { kind: QueryTarget::Function, link: at });
        }
        if !link.is_named("from") || link.argument(0).is_none() {
            continue;
        }
        if before.is_named("storage") && before.arguments.is_none() {
            return Some(Target { kind: QueryTarget::Bucket, link: at });
        }
        // `db.select().from(boats)` is another library's builder: only a client, or its `.schema()`, has tables.
        // `Array.from`, `Buffer.from`, `Temporal.PlainDate.from`: a class makes something from its argument.
        let class = before.name.as_ref().is_some_and(|name| name.text.starts_with(|c: char| c.is_ascii_uppercase()));
        let builder = at > 1 && before.arguments.is_some() && !before.is_named("schema") && !before.awaited;
        let client_call = at == 2 && call.links.first().is_some_and(|root| root.is_named("this"));
        return (!class && (!builder || client_call)).then_some(Target { kind: QueryTarget::Table, link: at });
    }
    None
}

fn start(facts: &Facts, id: CallId, call: &Call, target: &Target) -> Query {
    let argument = call.links.get(target.link).and_then(|link| link.argument(0));
    Query {
        call: id,
        span: call.span,
        target: target.kind,
        name: argument.and_then(|value| constant(facts, value)),
        schema: call.method("schema").and_then(|link| constant(facts, link.argument(0)?)),
        methods: Vec::new(),
        columns: Vec::new(),
        embedded: Vec::new(),
        writes_more: false,
        error: ErrorUse::Unknown,
    }
}

fn add_link(facts: &Facts, query: &mut Query, link: &Link) {
    let (Some(name), Some(arguments)) = (&link.name, &link.arguments) else { return };
    query.methods.push(name.clone());
    if query.target != QueryTarget::Table {
        return;
    }
    match name.text.as_str() {
        "select" => {
            if let Some(text) = arguments.first().and_then(literal) {
                let (columns, embedded) = selection(&text.text, text.span.start);
                // An escape in the literal would shift the offsets.
                if text.text.len() == text.span.len() {
                    query.columns.extend(columns.into_iter().map(read));
                    query.embedded.extend(embedded);
                }
            }
        }
        "insert" | "update" | "upsert" => {
            if let Some(value) = arguments.first() {
                add_written(facts, query, value);
            }
            conflict_columns(query, arguments.get(1));
        }
        "match" => {
            let object = arguments.first().map(|value| facts.resolve(value)).and_then(Value::as_object);
            query
                .columns
                .extend(object.into_iter().flat_map(|object| &object.properties).map(|one| read(one.key.clone())));
        }
        method if names_column(method) && !names_another_table(arguments.get(1)) => {
            query.columns.extend(arguments.first().and_then(column).map(read));
        }
        _ => {}
    }
}

fn read(name: Name) -> Column {
    Column { name, written: false }
}

/// The column that a filter names; a column of an embedded table (`berths.length`) is none of this table's.
fn column(value: &Value) -> Option<Name> {
    let text = literal(value)?;
    if text.text.contains('.') || text.text.len() != text.span.len() {
        return None;
    }
    leading_name(&text.text, text.span.start)
}

/// `.order('x', { referencedTable: 'y' })` sorts the embedded table.
fn names_another_table(options: Option<&Value>) -> bool {
    options.and_then(Value::as_object).is_some_and(|own| own.has("referencedTable") || own.has("foreignTable"))
}

fn conflict_columns(query: &mut Query, options: Option<&Value>) {
    let target = options.and_then(Value::as_object).and_then(|own| own.get("onConflict"));
    if let Some(text) = target.and_then(|property| literal(&property.value)) {
        query.columns.extend(selection(&text.text, text.span.start).0.into_iter().map(read));
    }
}

fn add_written(facts: &Facts, query: &mut Query, value: &Value) {
    match &facts.resolve(value).kind {
        ValueKind::Object(object) => add_keys(query, object),
        ValueKind::Array { items, open } => {
            query.writes_more |= *open;
            for item in items {
                match facts.resolve(item).as_object() {
                    Some(object) => add_keys(query, object),
                    None => query.writes_more = true,
                }
            }
        }
        _ => query.writes_more = true,
    }
}

fn add_keys(query: &mut Query, object: &Object) {
    query.writes_more |= object.open;
    query.columns.extend(object.properties.iter().map(|one| Column { name: one.key.clone(), written: true }));
}

/// Whether a method's first argument is a column.
fn names_column(name: &str) -> bool {
    matches!(
        name,
        "eq" | "neq"
            | "gt"
            | "gte"
            | "lt"
            | "lte"
            | "like"
            | "ilike"
            | "likeAllOf"
            | "likeAnyOf"
            | "ilikeAllOf"
            | "ilikeAnyOf"
            | "is"
            | "in"
            | "contains"
            | "containedBy"
            | "overlaps"
            | "rangeGt"
            | "rangeGte"
            | "rangeLt"
            | "rangeLte"
            | "rangeAdjacent"
            | "textSearch"
            | "not"
            | "filter"
            | "order"
    )
}
