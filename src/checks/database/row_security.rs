use super::{SqlContext, table_name};
use crate::checks::edits::{definition, insert_behind, written_name};
use crate::diagnostics::{Finding, Fix, Level};
use crate::spec::schema::Table;

/// Tables that the API serves without row level security.
pub(super) fn run(cx: &SqlContext<'_>, findings: &mut Vec<Finding>) {
    findings.extend(cx.database.schema.tables_without_row_security().filter_map(|table| off(cx, table)));
    findings.extend(cx.database.schema.tables_with_unknown_row_security().filter_map(|table| unknown(cx, table)));
}

fn off(cx: &SqlContext<'_>, table: &Table) -> Option<Finding> {
    let name = table_name(table);
    let why = "the API serves all its rows to everyone";
    let message = match table.switched {
        Some(_) => format!("row level security of table `{name}` is disabled at the end: {why}"),
        None => format!("table `{name}` never has row level security enabled: {why}"),
    };
    let finding = cx.finding("rls-enabled", table.created, message)?.subject(&name);
    let disabled = table.switched.and_then(|place| cx.location(place));
    Some(match disabled {
        Some(place) => finding
            .help(format!("take this statement back, or add `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;` behind it"))
            .related(place, "it is disabled here"),
        None => finding.help(format!("add `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;`")).fix(enable(cx, table)),
    })
}

/// Enables it right behind the definition, where the definition is a statement of its own.
fn enable(cx: &SqlContext<'_>, table: &Table) -> Option<Fix> {
    let source = cx.database.source(table.created)?;
    let (statement, create) = definition(source, table)?;
    let line = format!("ALTER TABLE {} ENABLE ROW LEVEL SECURITY;", written_name(source, create));
    Some(Fix::safe("enable row level security behind the definition", insert_behind(source, statement, &[line])?))
}

fn unknown(cx: &SqlContext<'_>, table: &Table) -> Option<Finding> {
    let name = table_name(table);
    let message =
        format!("whether row level security of table `{name}` is enabled depends on what the SQL alone does not tell");
    let finding = cx.finding("rls-enabled", table.created, message)?.level(Level::Note).subject(&name);
    let finding = finding.help(format!("say so outright: `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;`"));
    let switched = table.switched.and_then(|place| cx.location(place));
    Some(match switched {
        Some(place) => finding.related(place, "it is switched here, perhaps"),
        None => finding,
    })
}
