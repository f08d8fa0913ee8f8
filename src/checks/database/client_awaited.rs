//! Async clients that are used as if they were there already.

use std::collections::BTreeSet;

use crate::checks::code::imports::Imports;
use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::{Edit, Finding, Fix};
use crate::languages::typescript::{Binding, Call, Confidence, Facts, Import, Link, Name, PromiseUse};
use crate::spec::Code;

pub(super) const CHECK: Check = Check { rules: &["client-awaited"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("client-awaited") {
        return;
    }
    let clients = async_clients(cx);
    let mut own = Vec::new();
    for code in cx.scripts().filter(|_| !clients.is_empty()) {
        own.extend(in_code(cx, code, &clients));
    }
    findings.extend(one_per_line(own));
}

/// The functions that are known to give a promise of a client: from the configuration, the inventory, the codebase, and
/// the code that the spec itself declares `async`.
fn async_clients(cx: &Context<'_, '_>) -> BTreeSet<String> {
    let configured = cx.config.async_clients.iter().cloned();
    let known = cx.pair.known().into_iter().flat_map(|inventory| &inventory.async_clients).cloned();
    let declared = cx.pair.created().async_functions.iter().filter(|name| is_client(name)).cloned();
    configured.chain(known).chain(declared).chain(in_codebase(cx)).collect()
}

/// The imported clients whose files declare them `async`. Each file is read once.
fn in_codebase(cx: &Context<'_, '_>) -> BTreeSet<String> {
    let Some(codebase) = cx.codebase else { return BTreeSet::new() };
    let imports = cx.scripts().flat_map(|code| &code.facts().imports);
    let takes_client = |import: &&Import| import.names.iter().any(|name| is_client(&name.imported.text));
    let modules: BTreeSet<&str> = imports.filter(takes_client).map(|import| import.module.text.as_str()).collect();
    let files: BTreeSet<_> = modules.into_iter().filter_map(|module| codebase.resolve(module)).collect();
    files.iter().flat_map(|file| codebase.async_functions(file)).filter(|name| is_client(name)).collect()
}

fn is_client(name: &str) -> bool {
    name.to_lowercase().ends_with("client")
}

/// Whether an import takes Supabase's own package in: its functions give a client at once, whatever the codebase calls
/// its own. The package may come from a registry or a content network: `npm:@supabase/supabase-js@2`.
fn is_of_supabase(import: &Import) -> bool {
    let module = import.module.text.as_str();
    !module.starts_with("@/") && module.contains("@supabase/")
}

fn in_code(cx: &Context<'_, '_>, code: &Code<'_>, clients: &BTreeSet<String>) -> Vec<Finding> {
    let facts = code.facts();
    let imports = Imports::of(facts);
    let mut own = Vec::new();
    for call in &facts.calls {
        let Some(link) = call.links.first().filter(|link| link.arguments.is_some()) else { continue };
        let is_async = |name: &&Name| clients.contains(imports.original(&name.text));
        let Some(name) = link.name.as_ref().filter(is_async) else { continue };
        if imports.import(&name.text).is_some_and(is_of_supabase) {
            continue;
        }
        let PromiseUse::Misused(used) = facts.promise_use(call) else { continue };
        let message = format!("`{}()` gives a promise, and the client is used without `await`", name.text);
        let Some(finding) = cx.finding("client-awaited", code.place(link.span), message) else { continue };
        let mut finding = finding.help(format!("write `await {}()`", name.text)).subject(name.text.clone());
        finding = finding.fix(await_it(code, facts, call, link));
        if !call.span.encloses(used) {
            finding = finding.related(cx.place(code.place(used)), "the promise is used as a client here");
        }
        own.push(finding);
    }
    own
}

/// Awaits the client, in an `async` function or at the top of a module. Where more of the chain follows, the client is
/// awaited in parentheses; they cannot start a statement, which a line before without a semicolon would swallow.
fn await_it(code: &Code<'_>, facts: &Facts, call: &Call, link: &Link) -> Option<Fix> {
    let may_await = call.function.is_none_or(|id| facts.function(id).is_some_and(|function| function.is_async));
    let goes_on = call.links.len() > 1;
    if !may_await || facts.confidence == Confidence::Scanned || goes_on && call.binding == Binding::Ignored {
        return None;
    }
    let place = code.place(link.span);
    let edits = if goes_on {
        vec![Edit::insert(place.start, "(await "), Edit::insert(place.end, ")")]
    } else {
        vec![Edit::insert(place.start, "await ")]
    };
    Some(Fix::safe("await the client", edits))
}
