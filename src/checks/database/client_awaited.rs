//! Async clients that are used as if they were there already.

use std::collections::BTreeSet;

use crate::checks::code::imports::Imports;
use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::Finding;
use crate::languages::typescript::{Name, PromiseUse};
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

/// The functions that are known to give a promise of a client: from the configuration, the inventory, and the code
/// that the spec itself declares `async`.
fn async_clients<'c>(cx: &Context<'c, '_>) -> BTreeSet<&'c str> {
    let configured = cx.config.async_clients.iter();
    let known = cx.pair.known().into_iter().flat_map(|inventory| &inventory.async_clients);
    let declared = cx.pair.created().async_functions.iter().filter(|name| name.to_lowercase().ends_with("client"));
    configured.chain(known).chain(declared).map(String::as_str).collect()
}

fn in_code(cx: &Context<'_, '_>, code: &Code<'_>, clients: &BTreeSet<&str>) -> Vec<Finding> {
    let facts = code.facts();
    let imports = Imports::of(facts);
    let mut own = Vec::new();
    for call in &facts.calls {
        let Some(link) = call.links.first().filter(|link| link.arguments.is_some()) else { continue };
        let is_async = |name: &&Name| clients.contains(imports.original(&name.text));
        let Some(name) = link.name.as_ref().filter(is_async) else { continue };
        let PromiseUse::Misused(used) = facts.promise_use(call) else { continue };
        let message = format!("`{}()` gives a promise, and the client is used without `await`", name.text);
        let Some(finding) = cx.finding("client-awaited", code.place(link.span), message) else { continue };
        let mut finding = finding.help(format!("write `await {}()`", name.text)).subject(name.text.clone());
        if !call.span.encloses(used) {
            finding = finding.related(cx.place(code.place(used)), "the promise is used as a client here");
        }
        own.push(finding);
    }
    own
}
