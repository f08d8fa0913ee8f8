//! Types that are taken from Prisma.

use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::Finding;
use crate::languages::typescript::Import;
use crate::spec::Code;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["typescript-interfaces"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("typescript-interfaces") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        let facts = code.facts();
        for import in facts.imports.iter().filter(|import| is_prisma(&import.module.text)) {
            let names = types(import);
            if !names.is_empty() {
                let list = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let word = if names.len() == 1 { "the type" } else { "the types" };
                own.extend(finding(cx, code, import.span, &format!("{word} {list}"), &import.module.text));
            }
        }
        for name in facts.types.iter().filter(|name| name.text.starts_with("Prisma.")) {
            own.extend(finding(cx, code, name.span, &format!("the type `{}`", name.text), "Prisma"));
        }
    }
    findings.extend(one_per_line(own));
}

fn finding(cx: &Context<'_, '_>, code: &Code<'_>, span: Span, what: &str, origin: &str) -> Option<Finding> {
    let verb = if what.starts_with("the types") { "come" } else { "comes" };
    let message = format!("{what} {verb} from `{origin}`");
    let help = "define a TypeScript interface with the columns of the table";
    Some(cx.finding("typescript-interfaces", code.place(span), message)?.help(help).subject(what))
}

/// The client's package, and where a generated client stands.
fn is_prisma(module: &str) -> bool {
    module == "@prisma/client" || module.starts_with("@prisma/client/") || module.ends_with("generated/prisma")
}

/// What an import takes that is a type: not the client itself, and not the namespace, whose uses are reported.
fn types(import: &Import) -> Vec<&str> {
    let names = import.names.iter().filter(|name| {
        let text = name.imported.text.as_str();
        let is_type = import.type_only || name.type_only || text.starts_with(|c: char| c.is_ascii_uppercase());
        is_type && !matches!(text, "PrismaClient" | "Prisma" | "default" | "*")
    });
    names.map(|name| name.imported.text.as_str()).collect()
}
