//! The service-role key where a browser can read it.

use std::collections::BTreeMap;

use super::imports::Imports;
use crate::checks::{Check, Context, one_per_line, stack};
use crate::diagnostics::Finding;
use crate::languages::code::CodeKind;
use crate::languages::typescript::Name;
use crate::spec::Code;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["service-role-exposed"], run };

/// Most further places that a finding lists.
const MOST_RELATED: usize = 20;

/// How variables start that bundlers hand to the browser.
const PUBLIC: [&str; 6] = ["NEXT_PUBLIC_", "VITE_", "REACT_APP_", "EXPO_PUBLIC_", "PUBLIC_", "NUXT_PUBLIC_"];

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("service-role-exposed") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        in_script(cx, code, &mut own);
    }
    let document = cx.pair.integrated.document;
    for code in cx.pair.integrated.code.iter().filter(|code| holds_settings(code.kind) && !code.is_script()) {
        if !code.is_quoted(|| stack::excuses_fence(document, code.fence.span)) {
            in_settings(cx, code, &mut own);
        }
    }
    findings.extend(one_per_line(own));
}

fn holds_settings(kind: CodeKind) -> bool {
    matches!(kind, CodeKind::Settings | CodeKind::Shell | CodeKind::Prose)
}

/// `KEY=value` lines; a comment names what is not to be done.
fn in_settings(cx: &Context<'_, '_>, code: &Code<'_>, own: &mut Vec<Finding>) {
    let text = &code.text.text;
    for found in public_keys(text) {
        let line_start = text.get(..found.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let before = text.get(line_start..found.start).unwrap_or("").trim();
        let is_set = text.get(found.end..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with(['=', ':']));
        if is_set && (before.is_empty() || before == "export") {
            own.extend(public_variable(cx, code, found, found.of(text)));
        }
    }
}

/// The variables in `text` that bundlers hand to the browser and that are named after the key.
fn public_keys(text: &str) -> impl Iterator<Item = Span> {
    let is_of_key = |name: &str| {
        let rest = PUBLIC.iter().find_map(|start| name.strip_prefix(start));
        rest.is_some_and(|rest| rest.contains("SERVICE_ROLE") || rest.contains("SERVICEROLE"))
    };
    // Most texts do not speak of it, and need not be cut into words.
    let text = if text.contains("SERVICE") { text } else { "" };
    let mut end = 0;
    text.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter_map(move |word| {
        let start = end;
        end += word.len();
        let length = word.find(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit() && c != '_');
        let name = word.get(..length.unwrap_or(word.len()))?;
        is_of_key(name).then(|| Span::new(start, start + name.len()))
    })
}

fn public_variable(cx: &Context<'_, '_>, code: &Code<'_>, span: Span, name: &str) -> Option<Finding> {
    let message = format!("`{name}` puts the service-role key into the code of the browser");
    let help = "keep the key in a variable without the public prefix, and read it on the server only";
    Some(cx.finding("service-role-exposed", code.place(span), message)?.help(help).subject(name))
}

fn in_script(cx: &Context<'_, '_>, code: &Code<'_>, own: &mut Vec<Finding>) {
    let facts = code.facts();
    let exposed: Vec<Span> =
        code.parts().filter(|&(part, path)| is_client_side(code, part, path)).map(|(part, _)| part).collect();
    let part_of = |span: Span| {
        let index = exposed.partition_point(|part| part.start <= span.start).checked_sub(1)?;
        exposed.get(index).filter(|part| part.contains(span.start)).map(|_| index)
    };
    let imports_of = Imports::of(facts);
    // The import of a name and all its uses are one fault: a finding for each name of a file.
    let mut places: BTreeMap<(usize, &str), Vec<Span>> = BTreeMap::new();
    let mut add = |name: &Name, text| {
        if let Some(part) = part_of(name.span) {
            places.entry((part, text)).or_default().push(name.span);
        }
    };
    for access in &facts.environment {
        let name = &access.name.text;
        if public_keys(name).next().is_some() {
            own.extend(public_variable(cx, code, access.name.span, name));
        } else if name.contains("SERVICE_ROLE") || name.contains("SUPABASE_SECRET") {
            add(&access.name, name.as_str());
        }
    }
    let imports = facts.imports.iter().filter(|import| !import.type_only);
    for name in imports.flat_map(|import| &import.names) {
        if !name.type_only && is_admin_client(&name.imported.text) {
            add(&name.imported, name.local.text.as_str());
        }
    }
    for call in &facts.calls {
        let root = call.links.first().filter(|link| link.arguments.is_some()).and_then(|link| link.name.as_ref());
        if let Some(root) = root.filter(|root| is_admin_client(imports_of.original(&root.text))) {
            add(root, &root.text);
        }
    }
    for ((_, name), spans) in places {
        let Some((&first, others)) = spans.split_first() else { continue };
        let finding = used(cx, code, first, imports_of.original(name));
        let others = others.iter().take(MOST_RELATED);
        own.extend(others.fold(finding, |finding, &span| {
            finding.map(|finding| finding.related(cx.place(code.place(span)), "also here"))
        }));
    }
}

fn used(cx: &Context<'_, '_>, code: &Code<'_>, span: Span, name: &str) -> Option<Finding> {
    let message = format!("`{name}` is used in code that runs in the browser");
    let help = "move it into a route handler, and call that from here";
    Some(cx.finding("service-role-exposed", code.place(span), message)?.help(help).subject(name))
}

/// `createServerSupabaseAdminClient`, `supabaseAdmin`, `createServiceRoleClient`.
fn is_admin_client(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_client = lower.contains("client") || lower.contains("supabase");
    is_client && (lower.contains("admin") || lower.contains("servicerole") || lower.contains("service_role"))
}

/// Whether a file runs in the browser: a client component, or a hook.
fn is_client_side(code: &Code<'_>, part: Span, path: Option<&str>) -> bool {
    let text = part.of(&code.text.text);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['/', '*']));
    let first = lines.next().unwrap_or("").trim_end_matches(';').trim_matches(['\'', '"']);
    if first == "use server" {
        return false;
    }
    let name = path.map_or("", |path| path.rsplit('/').next().unwrap_or(path));
    let is_hook_file = path.is_some_and(|path| path.contains("hooks/")) || name.starts_with("use-") || is_hook(name);
    let exports_hook = || {
        let exports = &code.facts().exports;
        let first = exports.partition_point(|export| export.span.start < part.start);
        let own = exports.iter().skip(first).take_while(|export| export.span.start < part.end);
        own.into_iter().any(|export| is_hook(&export.name.text))
    };
    first == "use client" || is_hook_file || exports_hook()
}

/// `useTides`: the word `use` and a capital.
fn is_hook(name: &str) -> bool {
    name.strip_prefix("use").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}
