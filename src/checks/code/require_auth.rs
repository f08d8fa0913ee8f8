//! Route handlers that answer without asking who is there.

use std::collections::BTreeSet;

use super::handlers::{RouteHandler, route_handlers};
use super::imports::Imports;
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
    if !cx.is_on("require-auth") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        let handlers = route_handlers(code);
        if handlers.is_empty() {
            continue;
        }
        let text = Text::new(code.facts());
        for handler in handlers {
            let method = handler.handler.method.text.as_str();
            let is_public = handler.route.as_ref().is_some_and(|route| cx.config.public_routes.cover(method, route));
            if let Some(fault) = (!is_public).then(|| text.fault(&handler)).flatten() {
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
    let mut finding = cx.finding("require-auth", code.place(line_of(code, handler)), message)?;
    finding = finding.help(help).subject(subject.trim_end());
    if let Fault::Late { work, .. } = fault {
        finding = finding.related(cx.place(code.place(*work)), "the work");
    }
    Some(match place {
        Some(place) => finding.related(cx.place(code.place(*place)), note),
        None => finding,
    })
}

/// The handler's line. `export { GET, POST }` has many handlers on one line; there it is that of the function.
fn line_of(code: &Code<'_>, handler: &RouteHandler<'_>) -> Span {
    let own = handler.handler.line;
    let is_export = own.of(&code.text.text).starts_with("export");
    match handler.function {
        Some(function) if !is_export => Span::new(function.span.start, function.body.start.max(function.span.start)),
        _ => own,
    }
}

/// A text, with what all its handlers are asked about.
struct Text<'c> {
    facts: &'c Facts,
    /// The name that the guard has here.
    guard: &'c str,
    /// Functions of the text that call the guard.
    helpers: BTreeSet<&'c str>,
    queries: BTreeSet<Span>,
}

impl<'c> Text<'c> {
    fn new(facts: &'c Facts) -> Self {
        let guard = Imports::of(facts).local(GUARD);
        let guarding = facts.calls.iter().filter(|call| call.is_plain_call(guard)).filter_map(|call| call.function);
        let helpers = guarding.filter_map(|id| Some(facts.function(id)?.name.as_ref()?.text.as_str())).collect();
        Self { facts, guard, helpers, queries: facts.queries.iter().map(|query| query.span).collect() }
    }

    /// `None` where the handler is guarded, or where nothing can be said.
    fn fault(&self, handler: &RouteHandler<'_>) -> Option<Fault> {
        let function = handler.function?;
        if handler.handler.wrappers.iter().any(|name| names_a_guard(&name.text)) {
            return None;
        }
        match self.facts.guard(handler.handler, self.guard) {
            Some(guard) => self.fault_of(function, &guard),
            None => (!self.is_guarded_otherwise(function)).then_some(Fault::Unguarded),
        }
    }

    fn fault_of(&self, function: &Function, guard: &Guard<'_>) -> Option<Fault> {
        let at = guard.call.span;
        if matches!(self.facts.promise_use(guard.call), PromiseUse::Misused(_)) {
            return Some(Fault::NotAwaited(at));
        }
        if guard.argument().is_none() {
            return Some(Fault::NoRequest(at));
        }
        let leaves =
            guard.exit.is_some_and(|exit| guard.returns_result || exit.throws || tests_the_whole(guard.call, exit));
        if !leaves && !returns_later(function, at) {
            let is_known = !self.facts.has_gap(Span::new(at.end, function.span.end));
            let is_bound = !matches!(guard.call.binding, Binding::Returned | Binding::Passed | Binding::Unknown);
            return (is_known && is_bound).then_some(Fault::NotReturned(at));
        }
        let inside = guard.before.iter().filter(|call| call.span.start >= function.body.start);
        let work = inside.into_iter().find(|call| self.is_work(call))?;
        Some(Fault::Late { guard: at, work: work.span })
    }

    /// Guards of another name, guards inside a helper of the same text, and guards that the text may have left out.
    fn is_guarded_otherwise(&self, function: &Function) -> bool {
        let calls = || self.facts.calls.iter().filter(|call| function.body.encloses(call.span));
        let by_name = calls().any(|call| {
            let last = call.callee_names().next_back().unwrap_or("");
            last.starts_with("require") && names_a_guard(last)
        });
        let by_helper = calls().filter_map(Call::root).any(|root| self.helpers.contains(root.text.as_str()));
        // What stands behind the first work can no longer guard it.
        let first_work = calls().filter(|call| self.is_work(call)).map(|call| call.span.start).min();
        let open = Span::new(function.body.start, first_work.unwrap_or(function.body.end));
        by_name || by_helper || self.facts.has_gap(open)
    }

    /// Whether a call reads or writes something: it is awaited or a query. Making a client, and reading headers,
    /// cookies or parameters, is none.
    fn is_work(&self, call: &Call) -> bool {
        let harmless = ["client", "supabase", "headers", "cookies", "params", "limit"];
        let is_harmless = || {
            let name = call.callee_names().next_back().unwrap_or("").to_lowercase();
            harmless.iter().any(|word| name.ends_with(word))
        };
        call.links.iter().any(|link| link.awaited) && !is_harmless() || self.queries.contains(&call.span)
    }
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

fn names_a_guard(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["auth", "admin", "session", "protect", "guard", "role", "permission", "user"].iter().any(|w| lower.contains(w))
}
