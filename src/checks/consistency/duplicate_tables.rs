use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::checks::database::{SqlContext, on_pair};
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::languages::sql::{SqlText, StatementKind};
use crate::spec::schema::{Duplicate, Place};

pub(super) const CHECK: Check = Check { rules: &["duplicate-table"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    on_pair(cx, &[in_sql], findings);
}

/// A table that is created while it exists.
pub(in crate::checks) fn in_sql(cx: &SqlContext<'_>, findings: &mut Vec<Finding>) {
    for twice in duplicates(cx) {
        let name = twice.table.strip_prefix("public.").unwrap_or(&twice.table);
        let Some(second) = cx.database.source(twice.second).filter(|second| second.is_judged) else { continue };
        let place = cx.database.source(twice.first).map(|first| {
            let line = first.file.line(first.in_file(twice.first.span).start);
            let path = first.file.path();
            if path == second.file.path() { format!("line {line}") } else { format!("line {line} of `{path}`") }
        });
        let place = place.unwrap_or_default();
        let effect = if twice.if_not_exists { "this statement does nothing" } else { "the server refuses this one" };
        let message = format!("table `{name}` is created on {place} already: {effect}");
        let Some(finding) = cx.finding("duplicate-table", twice.second, message) else { continue };
        let help = "keep one of the two, and change the table with `ALTER TABLE`, as in `ALTER TABLE … ADD COLUMN …`";
        let finding = finding.help(help).subject(name);
        findings.push(match cx.location(twice.first) {
            Some(first) => finding.related(first, "the first one"),
            None => finding,
        });
    }
}

/// The tables that are created twice. A server refuses the second statement unless it says `IF NOT EXISTS`, and the
/// schema knows nothing of what is refused: so all statements are run as if they said it, where that changes anything.
fn duplicates(cx: &SqlContext<'_>) -> Vec<Duplicate> {
    if !cx.database.schema.name_was_taken {
        return Vec::new();
    }
    let mut texts: Vec<Cow<'_, SqlText>> = Vec::new();
    let mut refused: BTreeSet<Place> = BTreeSet::new();
    for (text, source) in cx.database.sources.iter().enumerate() {
        // What has run before has been taken, or else it is reported where it is checked.
        if !source.is_judged {
            texts.push(Cow::Borrowed(source.sql));
            continue;
        }
        let mut sql = source.sql.clone();
        for statement in &mut sql.statements {
            if let StatementKind::CreateTable(create) = &mut statement.kind
                && !create.if_not_exists
            {
                create.if_not_exists = true;
                refused.insert(Place { text, span: create.head });
            }
        }
        texts.push(Cow::Owned(sql));
    }
    let mut duplicates = cx.fold(texts.iter().map(AsRef::as_ref), 0).duplicates;
    for twice in &mut duplicates {
        twice.if_not_exists = !refused.contains(&twice.second);
    }
    duplicates
}
