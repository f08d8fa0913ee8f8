use crate::checks::database::{SqlContext, on_pair};
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;

pub(super) const CHECK: Check = Check { rules: &["duplicate-table"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    on_pair(cx, &[in_sql], findings);
}

/// A table that is created while it exists.
pub(in crate::checks) fn in_sql(cx: &SqlContext<'_>, findings: &mut Vec<Finding>) {
    for twice in &cx.database.schema.duplicates {
        let name = twice.table.strip_prefix("public.").unwrap_or(&twice.table);
        let first = cx.location(twice.first);
        let place = first.as_ref().map_or_else(String::new, |first| format!("; the first is on line {}", first.start.line));
        let effect = if twice.if_not_exists { "this one does nothing" } else { "the server refuses this one" };
        let message = format!("table `{name}` is created twice, and {effect}{place}");
        let Some(finding) = cx.finding("duplicate-table", twice.second, message) else { continue };
        let help = "keep one, and change the table with `ALTER TABLE`, as in `ALTER TABLE … ADD COLUMN …`";
        let finding = finding.help(help).subject(name);
        findings.push(match first {
            Some(first) => finding.related(first, "the first one"),
            None => finding,
        });
    }
}
