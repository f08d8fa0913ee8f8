use super::{SqlContext, table_name};
use crate::checks::edits::{definition, insert_behind, written_name};
use crate::diagnostics::{Finding, Fix, Level};
use crate::spec::schema::{Place, Table};

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
    let finding = finding(cx, table, message, "it is disabled here")?;
    Some(match table.switched {
        Some(_) => finding.help(format!(
            "take this statement back, or add `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;` behind it"
        )),
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
    let finding = finding(cx, table, message, "it is switched here, perhaps")?.level(Level::Note);
    Some(finding.help(format!("say so outright: `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;`")))
}

/// A finding where the table is created, or, where that is in an earlier migration, where it is switched; the other
/// place is attached.
fn finding(cx: &SqlContext<'_>, table: &Table, message: String, switched: &str) -> Option<Finding> {
    let places = [(Some(table.created), "the table is created here"), (table.switched, switched)];
    let places: Vec<(Place, &str)> = places.into_iter().filter_map(|(place, what)| Some((place?, what))).collect();
    let place = cx.judged(places.iter().map(|&(place, _)| place))?;
    let finding = cx.finding("rls-enabled", place, message)?.subject(table_name(table));
    let other = places.into_iter().find(|&(other, _)| other != place);
    Some(match other.and_then(|(other, what)| Some((cx.location(other)?, what))) {
        Some((other, what)) => finding.related(other, what),
        None => finding,
    })
}
