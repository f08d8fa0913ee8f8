//! Route handlers that answer without asking who is there.

use super::handlers::{RouteHandler, route_handlers};
use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::Finding;
use crate::languages::typescript::{Binding, Call, Exit, Facts, Function, Guard, PromiseUse};
use crate::spec::Code;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["require-auth"], run };

const GUARD: &str = "requireAuth";

/// What is wrong with a handler.
enum Fault {
    Unguarded,
    NotAwaited(Span),
    NoRequest(Span),
    NotReturned(Span),
    Late { guard: Span, work: Span },
}

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let mut own = Vec::new();
    for code in cx.scripts() {
        for handler in route_handlers(code) {
            let method = handler.handler.method.text.as_str();
            let is_public = handler.route.as_ref().is_some_and(|route| cx.config.public_routes.cover(method, route));
            if let Some(fault) = (!is_public).then(|| fault(code.facts(), &handler)).flatten() {
                own.extend(finding(cx, code, &handler, &fault));
            }
        }
    }
    findings.extend(one_per_line(own));
}

fn finding(cx: &Context<'_, '_>, code: &Code<'_>, handler: &RouteHandler<'_>, fault: &Fault) -> Option<Finding> {
    let method = &handler.handler.method.text;
    let (message, place, note) = match fault {
        Fault::Unguarded => (format!("`{method}` answers without `await requireAuth(request)`"), None, ""),
        Fault::NotAwaited(at) => (format!("`{method}` calls `requireAuth` without `await`"), Some(at), "called here"),
        Fault::NoRequest(at) => {
            (format!("`{method}` calls `requireAuth` without the request"), Some(at), "called here")
        }
        Fault::NotReturned(at) => {
            (format!("`{method}` goes on without returning the response of `requireAuth`"), Some(at), "called here")
        }
        Fault::Late { guard, .. } => {
            (format!("`{method}` does other work before `requireAuth` has let the caller in"), Some(guard), "the guard")
        }
    };
    let help = "start it with `const { user, response } = await requireAuth(request); if (response) return response;`, \
                or list a public route under `public-routes`";
    let subject = format!("{method} {}", handler.route.as_deref().unwrap_or(""));
    let mut finding = cx.finding("require-auth", code.place(handler.handler.line), message)?;
    finding = finding.help(help).subject(subject.trim_end());
    if let Fault::Late { work, .. } = fault {
        finding = finding.related(cx.place(code.place(*work)), "the work");
    }
    Some(match place {
        Some(place) => finding.related(cx.place(code.place(*place)), note),
        None => finding,
    })
}

/// `None` where the handler is guarded, or where nothing can be said.
fn fault(facts: &Facts, handler: &RouteHandler<'_>) -> Option<Fault> {
    let function = handler.function?;
    if handler.handler.wrappers.iter().any(|name| names_a_guard(&name.text)) {
        return None;
    }
    match facts.guard(handler.handler, local_name(facts)) {
        Some(guard) => fault_of(facts, function, &guard),
        None => (!is_guarded_otherwise(facts, function)).then_some(Fault::Unguarded),
    }
}

fn fault_of(facts: &Facts, function: &Function, guard: &Guard<'_>) -> Option<Fault> {
    let at = guard.call.span;
    if matches!(facts.promise_use(guard.call), PromiseUse::Misused(_)) {
        return Some(Fault::NotAwaited(at));
    }
    if guard.argument().is_none() {
        return Some(Fault::NoRequest(at));
    }
    let leaves = match guard.exit {
        Some(exit) => guard.returns_result || exit.throws || tests_the_whole(guard.call, exit),
        None => false,
    };
    if !leaves && !returns_later(function, at) {
        let is_known = !facts.has_gap(Span::new(at.end, function.span.end));
        let is_bound = !matches!(guard.call.binding, Binding::Returned | Binding::Passed | Binding::Unknown);
        return (is_known && is_bound).then_some(Fault::NotReturned(at));
    }
    let work = guard.before.iter().find(|call| call.span.start >= function.body.start && is_work(facts, call))?;
    Some(Fault::Late { guard: at, work: work.span })
}

/// Whether the exit's condition asks for what the guard gave as a whole, not for a detail such as `user.isAdmin`.
fn tests_the_whole(call: &Call, exit: &Exit) -> bool {
    let (names, deepest) = match &call.binding {
        Binding::Name(bound) => (vec![bound.local.text.as_str()], 1),
        Binding::Pattern { bound, .. } => (bound.iter().map(|bound| bound.local.text.as_str()).collect(), 0),
        _ => (Vec::new(), 0),
    };
    exit.tested.iter().any(|path| {
        let mut parts = path.split('.');
        parts.next().is_some_and(|first| names.contains(&first)) && parts.count() <= deepest
    })
}

/// The result may be taken apart in a later statement: some exit behind the guard then reads its `response`.
fn returns_later(function: &Function, guard: Span) -> bool {
    let later = function.exits.iter().filter(|exit| exit.span.start >= guard.end);
    later
        .flat_map(|exit| exit.tested.iter().chain(&exit.returned))
        .any(|path| path.rsplit('.').next().is_some_and(|last| last.to_lowercase().ends_with("response")))
}

/// Guards of another name, guards inside a helper of the same text, and guards that the text may have left out.
fn is_guarded_otherwise(facts: &Facts, function: &Function) -> bool {
    let inside = |call: &&Call| function.body.encloses(call.span);
    let calls: Vec<&Call> = facts.calls.iter().filter(inside).collect();
    let by_name = calls.iter().any(|call| {
        let callee = call.callee();
        let last = callee.rsplit('.').next().unwrap_or("");
        (last.starts_with("require") && last != "require") && names_a_guard(last)
    });
    let helper = |name: &str| {
        facts.functions.iter().filter(|own| own.name.as_ref().is_some_and(|own| own.text == name)).any(|own| {
            facts.calls.iter().any(|call| own.body.encloses(call.span) && call.is_plain_call(local_name(facts)))
        })
    };
    let by_helper = || calls.iter().filter_map(|call| call.root()).any(|root| helper(&root.text));
    // What stands behind the first work can no longer guard it.
    let first_work = calls.iter().filter(|call| is_work(facts, call)).map(|call| call.span.start).min();
    let open = Span::new(function.body.start, first_work.unwrap_or(function.body.end));
    by_name || by_helper() || facts.has_gap(open)
}

fn names_a_guard(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["auth", "admin", "session", "protect", "guard", "role", "permission", "user"].iter().any(|w| lower.contains(w))
}

/// Whether a call reads or writes something: it is awaited or a query. Making a client, and reading headers, cookies
/// or parameters, is none.
fn is_work(facts: &Facts, call: &Call) -> bool {
    let name = call.callee().to_lowercase();
    let is_harmless = ["client", "supabase", "headers", "cookies", "params", "limit"].iter().any(|w| name.ends_with(w));
    let is_query = || facts.queries.iter().any(|query| query.span == call.span);
    !is_harmless && call.links.iter().any(|link| link.awaited) || is_query()
}

/// The name that the guard has in this text.
fn local_name(facts: &Facts) -> &str {
    let names = facts.imports.iter().flat_map(|import| &import.names);
    names.filter(|name| name.imported.text == GUARD).map(|name| name.local.text.as_str()).next().unwrap_or(GUARD)
}
