//! Columns that their table does not have.

use std::collections::BTreeSet;

use super::groups::Groups;
use super::likely;
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::languages::typescript::{Query, QueryTarget};
use crate::spec::schema::{Place, Table};

pub(super) const CHECK: Check = Check { rules: &["unknown-column"], run };

/// The columns of a table whose columns are all known.
pub(super) struct Columns<'c> {
    names: BTreeSet<&'c str>,
    created: Option<Place>,
}

impl Columns<'_> {
    /// Whether there is a column of that name. A name in another case is another rule's business.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name) || self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }
}

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let mut groups = Groups::default();
    for code in cx.scripts() {
        for query in &code.facts().queries {
            let Some((table, columns)) = columns_of(cx, query) else { continue };
            for column in query.columns.iter().map(|column| &column.name) {
                let name = column.text.as_str();
                if !columns.has(name) && !is_function(cx, name) {
                    groups.add(cx, format!("{table}.{name}"), (table, name), code.place(column.span));
                }
            }
        }
    }
    for group in groups.iter() {
        let (table, column) = (group.owner.as_str(), group.name());
        let plural = if group.names.len() == 1 { "" } else { "s" };
        let message = format!("`{table}` has no column{plural} {}", group.list());
        let Some(finding) = group.finding(cx, "unknown-column", message) else { continue };
        let columns = of_table(cx, table);
        let near = columns.as_ref().and_then(|own| likely(column, own.names.iter().copied()));
        let help = near.map_or_else(
            || format!("add the column to `{table}`, or use one that it has"),
            |near| format!("did you mean `{near}`?"),
        );
        let created = columns.and_then(|own| own.created).and_then(|place| {
            let code = cx.pair.sql().nth(place.text)?;
            Some(cx.place(code.place(place.span)))
        });
        let finding = finding.help(help);
        findings.push(match created {
            Some(place) => finding.related(place, "the table is created here"),
            None => finding,
        });
    }
}

/// A function that takes the table's row is a computed column.
pub(super) fn is_function(cx: &Context<'_, '_>, name: &str) -> bool {
    cx.pair.schema(&cx.config.exposed_schemas).functions.iter().any(|function| function.name == name)
}

fn columns_of<'c>(cx: &'c Context<'_, '_>, query: &'c Query) -> Option<(&'c str, Columns<'c>)> {
    let is_served = query.target == QueryTarget::Table && query.schema.is_none();
    let name = query.name.as_ref().filter(|_| is_served)?;
    Some((&name.text, of_table(cx, &name.text)?))
}

/// The columns of a table by its name; `None` where they, or the table, are not known altogether.
pub(super) fn of_table<'c>(cx: &'c Context<'_, '_>, name: &str) -> Option<Columns<'c>> {
    let schema = cx.pair.schema(&cx.config.exposed_schemas);
    let mut own = schema.tables.iter().filter(|table| table.name == name);
    let table: Option<&Table> = own.next();
    if own.next().is_some() || schema.views.iter().any(|view| view.name == name) {
        return None;
    }
    let listed = cx.pair.known().and_then(|inventory| inventory.tables.get(name));
    let is_complete = table.is_none_or(|table| table.complete)
        && (table.is_some() || listed.is_some())
        && listed.is_none_or(|listed| listed.complete || table.is_some());
    if !is_complete {
        return None;
    }
    let defined = table.into_iter().flat_map(|table| &table.columns);
    let names = defined.flat_map(|column| [column.name.value.as_str(), column.name.written.as_str()]);
    let added = cx.pair.created().altered.get(name).into_iter().flatten().map(String::as_str);
    let listed = listed.into_iter().flat_map(|listed| &listed.columns).map(String::as_str);
    let names = names.chain(added).chain(listed).collect();
    Some(Columns { names, created: table.map(|table| table.created) })
}
