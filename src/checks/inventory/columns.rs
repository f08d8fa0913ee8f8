//! Columns that their table does not have.

use super::catalog::Catalog;
use super::groups::{Group, Groups};
use super::slips::Finder;
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::languages::typescript::QueryTarget;
use crate::spec::Database;

pub(super) const CHECK: Check = Check { rules: &["unknown-column"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("unknown-column") {
        return;
    }
    let catalog = Catalog::new(cx);
    let mut groups = Groups::default();
    for code in cx.scripts() {
        let queries = code.facts().queries.iter();
        for query in queries.filter(|query| query.target == QueryTarget::Table && query.schema.is_none()) {
            let Some(table) = query.name.as_ref().map(|name| name.text.as_str()) else { continue };
            let own = query.columns.iter().map(|column| (table, &column.name));
            // What is embedded by the name of a foreign key is the table that the key points to.
            let is_key = |name: &str| catalog.columns(table).is_some_and(|own| own.has(name));
            let foreign = query.foreign.iter().filter(|column| !is_key(&column.table));
            for (table, column) in own.chain(foreign.map(|column| (column.table.as_str(), &column.name))) {
                let name = column.text.as_str();
                let is_missing = catalog.columns(table).is_some_and(|columns| !columns.has(name));
                if is_missing && !catalog.has_function(name) {
                    groups.add(cx, format!("{table}.{name}"), (table, name), code.place(column.span));
                }
            }
        }
    }
    let database = Database::of_pair(cx.pair, &cx.config.exposed_schemas);
    findings.extend(groups.iter().filter_map(|group| finding(cx, &catalog, &database, group)));
}

fn finding(cx: &Context<'_, '_>, catalog: &Catalog<'_>, database: &Database<'_>, group: &Group) -> Option<Finding> {
    let table = group.owner.as_str();
    let plural = if group.names.len() == 1 { "" } else { "s" };
    let message = format!("`{table}` has no column{plural} {}", group.list());
    let columns = catalog.columns(table)?;
    let near = Finder::new(columns.names()).likely(group.name());
    let help = near.map_or_else(
        || format!("add the column to `{table}`, or use one that it has"),
        |near| format!("did you mean `{near}`?"),
    );
    let finding = group.finding(cx, "unknown-column", message)?.help(help);
    let created = columns.created.and_then(|place| database.location(place));
    Some(match created {
        Some(place) => finding.related(place, "the table is created here"),
        None => finding,
    })
}
