use super::{SqlContext, identifier, qualified};
use crate::diagnostics::Finding;
use crate::spec::schema::{Function, View};

/// What runs with its owner's rights although anyone may call it.
pub(super) fn run(cx: &SqlContext<'_>, findings: &mut Vec<Finding>) {
    let schema = cx.database.schema;
    findings.extend(schema.views_without_security_invoker().filter_map(|view| of_view(cx, view)));
    findings.extend(schema.definer_functions_without_search_path().filter_map(|function| of_function(cx, function)));
}

fn of_view(cx: &SqlContext<'_>, view: &View) -> Option<Finding> {
    let name = qualified(&view.schema, &view.name);
    let message = format!(
        "view `{name}` reads with the rights of its owner, so that the policies of its tables do not hold for who asks"
    );
    let help = format!("write `CREATE VIEW {name} WITH (security_invoker = true) AS …`");
    Some(cx.finding("view-security-invoker", view.place, message)?.help(help).subject(&name))
}

fn of_function(cx: &SqlContext<'_>, function: &Function) -> Option<Finding> {
    let name = if function.schema == "public" {
        identifier(&function.name)
    } else {
        qualified(&function.schema, &function.name)
    };
    let message = format!(
        "function `{name}` is `SECURITY DEFINER` without a fixed `search_path`: a caller can make it run tables and functions of their own with its owner's rights"
    );
    let help = "add `SET search_path = ''` to the function, and name tables with their schema in its body";
    Some(cx.finding("view-security-invoker", function.place, message)?.help(help).subject(&name))
}
