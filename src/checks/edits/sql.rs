use super::line_ending;
use crate::diagnostics::Edit;
use crate::languages::sql::facts::CreateTable;
use crate::languages::sql::{Standing, Statement, StatementKind};
use crate::spec::SqlSource;
use crate::spec::schema::{Place, Table};
use crate::text::Span;

/// The statement of a text that holds `place`, one of those that the server sees: none inside of another's body.
fn statement_at<'s>(source: &SqlSource<'s>, place: Place) -> Option<&'s Statement> {
    let statements = &source.sql.statements;
    let behind = statements.partition_point(|statement| statement.span.start <= place.span.start);
    statements.get(behind.checked_sub(1)?).filter(|statement| statement.span.encloses(place.span))
}

/// The `CREATE TABLE` of a table, with its statement, where it is a statement of its own and the table still has the name
/// that it gives: what is done to the table right behind it uses that name.
pub(in crate::checks) fn definition<'s>(
    source: &SqlSource<'s>,
    table: &Table,
) -> Option<(&'s Statement, &'s CreateTable)> {
    let statement = statement_at(source, table.created)?;
    match &statement.kind {
        StatementKind::CreateTable(create)
            if create.head == table.created.span && create.name.name.value == table.name =>
        {
            Some((statement, create))
        }
        _ => None,
    }
}

/// The `CREATE TABLE` or `ALTER TABLE` that holds `place`, where it is a statement of its own that calls the table by the
/// name it has in the end.
pub(in crate::checks) fn behind_place<'s>(
    source: &SqlSource<'s>,
    place: Place,
    table: &Table,
) -> Option<&'s Statement> {
    let statement = statement_at(source, place)?;
    let name = match &statement.kind {
        StatementKind::CreateTable(create) => &create.name.name,
        StatementKind::AlterTable(alter) => &alter.name.name,
        _ => return None,
    };
    (name.value == table.name).then_some(statement)
}

/// A table's name as its definition writes it, with the schema that stands there.
pub(in crate::checks) fn written_name(source: &SqlSource<'_>, create: &CreateTable) -> String {
    let name = source.slice(create.name.name.span);
    match &create.name.schema {
        Some(schema) => format!("{}.{name}", source.slice(schema.span)),
        None => name.to_owned(),
    }
}

/// Puts `lines`, whole statements, on lines of their own behind `statement`, as deep as it stands. Where it lacks its
/// semicolon, it gets one. `None` where it is cut off, so that nothing can follow it, and in earlier migrations, which are
/// not changed.
pub(in crate::checks) fn insert_behind(
    source: &SqlSource<'_>,
    statement: &Statement,
    lines: &[String],
) -> Option<Vec<Edit>> {
    if !source.is_judged {
        return None;
    }
    let text = source.text();
    let end = statement.span.end;
    let semicolon = semicolon_behind(text, end);
    if semicolon.is_none() && statement.standing != Standing::Sound {
        return None;
    }
    let behind = semicolon.map_or(end, |at| at + 1);
    let rest = text.get(behind..)?;
    let line = rest.lines().next().unwrap_or("");
    let start = source.in_file(statement.span).start;
    let whole_line = source.file.slice(source.file.line_at(start));
    let lead = whole_line.len() - whole_line.trim_start_matches([' ', '\t', '>']).len();
    let prefix = whole_line.get(..lead)?;
    let ending = line_ending(source.file, start);
    let (place, new) = if line.trim().is_empty() || line.trim_start().starts_with("--") {
        let mut new = format!("{ending}{}", prefix.trim_end());
        for line in lines.iter().flat_map(|line| line.lines()) {
            new.push_str(ending);
            new.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
            new.push_str(line);
        }
        (behind + line.trim_end().len(), new)
    } else {
        (behind, format!(" {}", lines.join(" ")))
    };
    let at = |offset: usize| source.in_file(Span::empty(offset)).start;
    Some(match semicolon {
        Some(_) => vec![Edit::insert(at(place), new)],
        None if place == end => vec![Edit::insert(at(end), format!(";{new}"))],
        None => vec![Edit::insert(at(end), ";"), Edit::insert(at(place), new)],
    })
}

/// Where the semicolon of the statement that ends at `end` stands, if only blanks and comments are in between.
fn semicolon_behind(text: &str, end: usize) -> Option<usize> {
    let mut at = end;
    loop {
        let rest = text.get(at..)?;
        let blank = rest.len() - rest.trim_start().len();
        at += blank;
        let rest = rest.get(blank..)?;
        if rest.starts_with("--") {
            at += rest.find('\n')?;
        } else if rest.starts_with("/*") {
            at += rest.find("*/")? + 2;
        } else {
            return rest.starts_with(';').then_some(at);
        }
    }
}
