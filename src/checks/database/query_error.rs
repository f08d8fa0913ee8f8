//! Queries whose error nobody reads.

use crate::checks::code::handlers::is_edge_function;
use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::{Finding, Level};
use crate::languages::typescript::{ErrorUse, Query, QueryTarget};
use crate::spec::Code;

pub(super) const CHECK: Check = Check { rules: &["query-error-handled"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("query-error-handled") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        let unread = code.facts().queries.iter().filter(|query| query.error == ErrorUse::Unread);
        own.extend(unread.filter_map(|query| finding(cx, code, query)));
    }
    findings.extend(one_per_line(own));
}

fn finding(cx: &Context<'_, '_>, code: &Code<'_>, query: &Query) -> Option<Finding> {
    let name = query.name.as_ref().map_or("", |name| name.text.as_str());
    let what = match query.target {
        QueryTarget::Table => "the query of",
        QueryTarget::Bucket => "the storage call on",
        QueryTarget::Function => "the call of",
    };
    let subject = if name.is_empty() { format!("{what} a computed name") } else { format!("{what} `{name}`") };
    let finding =
        cx.finding("query-error-handled", code.place(query.span), format!("the `error` of {subject} is never read"))?;
    let finding =
        finding.help("take `error` out of the result and handle it; a failed call gives no data").subject(subject);
    let is_edge = is_edge_function(code, query.span.start);
    Some(if is_edge { finding.level(Level::Note) } else { finding })
}
