use super::SqlContext;
use crate::diagnostics::{Finding, Level};
use crate::languages::sql::{Problem, ProblemKind, StatementKind};
use crate::spec::SqlSource;
use crate::spec::schema::Place;

/// SQL that the server would reject.
pub(super) fn run(cx: &SqlContext<'_>, findings: &mut Vec<Finding>) {
    for (text, source) in cx.database.sources.iter().enumerate() {
        if source.is_judged && is_migration(source) {
            let problems = source.sql.problems.iter();
            findings.extend(problems.filter_map(|problem| rejected(cx, Place { text, span: problem.span }, problem)));
        }
    }
    for &begin in &cx.database.schema.open_transactions {
        let message = "this transaction is never committed: the server undoes all that follows";
        let finding = cx.finding("migration-sql", begin, message);
        findings.extend(finding.map(|f| f.level(Level::Warning).help("add `COMMIT;` at the end").subject("BEGIN")));
    }
    for &place in &cx.database.schema.in_transaction {
        let message = "PostgreSQL rejects this: `CONCURRENTLY` cannot stand between BEGIN and COMMIT";
        let finding = cx.finding("migration-sql", place, message);
        findings.extend(
            finding.map(|f| f.help("leave `CONCURRENTLY` out, or move it behind the COMMIT").subject("CONCURRENTLY")),
        );
    }
    if let Some(place) = cx.database.schema.stopped {
        let message = "the SQL asks for more steps than can be followed: what stands behind this is not checked";
        findings.extend(cx.finding("migration-sql", place, message).map(|f| f.level(Level::Note).subject("stopped")));
    }
}

/// A fence that does nothing to the schema may hold a part of a statement: a column list, a condition.
fn is_migration(source: &SqlSource<'_>) -> bool {
    let Some(code) = source.fence else { return true };
    let is_named = code.files.iter().any(|(_, path)| path.to_lowercase().ends_with(".sql"));
    is_named || source.sql.statements.iter().any(|statement| !matches!(statement.kind, StatementKind::Other))
}

fn rejected(cx: &SqlContext<'_>, place: Place, problem: &Problem) -> Option<Finding> {
    let message = match problem.kind {
        ProblemKind::Limit => format!("this statement is not checked: {}", problem.message),
        _ => format!("PostgreSQL rejects this: {}", problem.message),
    };
    let written = cx.database.slice(place);
    let subject: String = written.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    let mut finding = cx.finding("migration-sql", place, message)?.subject(subject);
    if problem.kind == ProblemKind::Limit {
        finding = finding.level(Level::Note);
    }
    Some(match &problem.help {
        Some(help) => finding.help(help),
        None if problem.kind == ProblemKind::Limit => finding,
        None => finding.help("correct the statement: as it stands, the migration does not run"),
    })
}
