use std::collections::HashMap;

use super::columns::{leading_name, selection};
use super::filters::conditions;
use super::{constant, error_use, literal};
use crate::languages::typescript::model::{
    Call, CallId, Column, ErrorUse, Facts, ForeignColumn, FunctionId, Link, Name, Object, Query, QueryTarget, Value,
    ValueKind,
};
use crate::text::Span;

/// The queries of all calls, in source order, their errors judged.
pub(super) fn queries(facts: &Facts) -> Vec<Query> {
    let mut found: Vec<Building> = Vec::new();
    let mut query_of: HashMap<CallId, usize> = HashMap::new();
    for (id, call) in facts.calls.iter().enumerate() {
        let (at, rest) = if let Some(target) = target(call) {
            let query = start(facts, id, call, &target);
            found.push(Building { query, calls: Vec::new(), renamed: HashMap::new() });
            (found.len() - 1, call.links.get(target.link + 1..))
        } else if let Some(&at) = call.continues.and_then(|base| query_of.get(&base)) {
            (at, call.links.get(1..))
        } else {
            continue;
        };
        query_of.insert(id, at);
        if let Some(building) = found.get_mut(at) {
            building.calls.push(id);
            for link in rest.unwrap_or_default() {
                building.add_link(facts, link);
            }
        }
    }
    let functions: HashMap<Span, FunctionId> =
        facts.functions.iter().enumerate().map(|(id, function)| (function.span, id)).collect();
    let finish = |Building { query, calls, .. }: Building| Query {
        error: error_use::error_use(facts, &calls, &functions),
        ..query
    };
    found.into_iter().map(finish).collect()
}

/// A query whose steps are still being read.
struct Building {
    query: Query,
    /// The calls that build it.
    calls: Vec<CallId>,
    /// Embedded tables by the names that the selection gives them.
    renamed: HashMap<String, String>,
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
        foreign: Vec::new(),
        writes_more: false,
        error: ErrorUse::Unknown,
    }
}

impl Building {
    fn add_link(&mut self, facts: &Facts, link: &Link) {
        let (Some(name), Some(arguments)) = (&link.name, &link.arguments) else { return };
        let query = &mut self.query;
        query.methods.push(name.clone());
        if query.target != QueryTarget::Table {
            return;
        }
        match name.text.as_str() {
            "select" => self.select(facts, arguments),
            "insert" | "update" | "upsert" => {
                if let Some(value) = arguments.first() {
                    add_written(facts, query, value);
                }
                conflict_columns(query, arguments.get(1));
            }
            "match" => {
                let object = arguments.first().map(|value| facts.resolve(value)).and_then(Value::as_object);
                let keys = object.into_iter().flat_map(|object| &object.properties);
                query.columns.extend(keys.map(|one| read(one.key.clone())));
            }
            "or" => {
                let names = arguments.first().map(conditions_of).unwrap_or_default();
                self.add_read(names, arguments.get(1));
            }
            method if names_column(method) => {
                let named = arguments.first().map(column).unwrap_or_default();
                match named {
                    Named::Own(name) => self.add_read(vec![name], arguments.get(1)),
                    Named::Foreign(of, name) => self.add_foreign(&of, name),
                    Named::None => {}
                }
            }
            _ => {}
        }
    }

    fn select(&mut self, facts: &Facts, arguments: &[Value]) {
        // `select(COLUMNS)`: the names stand in the constant.
        let Some(text) = arguments.first().and_then(|value| literal(facts.resolve(value))) else { return };
        // An escape in the literal would shift the offsets.
        if text.text.len() == text.span.len() {
            let found = selection(&text.text, text.span.start);
            self.query.columns.extend(found.columns.into_iter().map(read));
            self.query.embedded.extend(found.embedded);
            self.query.foreign.extend(found.foreign);
            self.renamed.extend(found.renamed);
        }
    }

    /// Adds columns that a filter or an order names; `{ referencedTable: 'berths' }` makes them that table's.
    fn add_read(&mut self, names: Vec<Name>, options: Option<&Value>) {
        let options = options.and_then(Value::as_object);
        let of = options.and_then(|own| own.get("referencedTable").or_else(|| own.get("foreignTable")));
        match of.map(|property| property.value.as_str()) {
            None => self.query.columns.extend(names.into_iter().map(read)),
            Some(Some(of)) => names.into_iter().for_each(|name| self.add_foreign(of, name)),
            Some(None) => {}
        }
    }

    fn add_foreign(&mut self, of: &str, name: Name) {
        let table = self.renamed.get(of).map_or(of, String::as_str).to_owned();
        self.query.foreign.push(ForeignColumn { table, name });
    }
}

fn read(name: Name) -> Column {
    Column { name, written: false }
}

/// What a filter names.
#[derive(Default)]
enum Named {
    /// A column of the table.
    Own(Name),
    /// A column of the embedded table of that name: `berths.length`.
    Foreign(String, Name),
    #[default]
    None,
}

/// The column that a filter names.
fn column(value: &Value) -> Named {
    let Some(text) = literal(value).filter(|text| text.text.len() == text.span.len()) else { return Named::None };
    // Dots behind a JSON arrow belong to the path.
    let head = text.text.split("->").next().unwrap_or("");
    match head.split_once('.') {
        None => leading_name(&text.text, text.span.start).map_or(Named::None, Named::Own),
        Some((_, rest)) if rest.contains('.') => Named::None,
        Some((of, rest)) => {
            let name = leading_name(rest, text.span.start + of.len() + 1);
            name.map_or(Named::None, |name| Named::Foreign(of.to_owned(), name))
        }
    }
}

/// The columns that `.or('…')` names; those of a template all stand where the template does.
fn conditions_of(value: &Value) -> Vec<Name> {
    match &value.kind {
        ValueKind::String(text) if text.len() + 2 == value.span.len() => conditions(text, value.span.start + 1),
        ValueKind::String(text) | ValueKind::Template(text) => {
            conditions(text, 0).into_iter().map(|name| Name::new(name.text, value.span)).collect()
        }
        _ => Vec::new(),
    }
}

fn conflict_columns(query: &mut Query, options: Option<&Value>) {
    let target = options.and_then(Value::as_object).and_then(|own| own.get("onConflict"));
    if let Some(text) = target.and_then(|property| literal(&property.value)) {
        query.columns.extend(selection(&text.text, text.span.start).columns.into_iter().map(read));
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
