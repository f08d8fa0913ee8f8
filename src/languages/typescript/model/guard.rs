use super::{Binding, Call, Exit, Facts, Handler, Value};
use crate::text::Span;

/// A check at the start of a handler, such as `requireAuth`: where it is called and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard<'a> {
    /// The call.
    pub call: &'a Call,
    /// The first `if (…) return …` behind it whose condition reads what the call gave.
    pub exit: Option<&'a Exit>,
    /// Whether that exit returns (a part of) what the call gave, such as its `response`.
    pub returns_result: bool,
    /// Calls of the handler that come before the exit (before the guard itself, where there is no exit).
    pub before: Vec<&'a Call>,
}

impl Guard<'_> {
    /// The first argument of the guarding call.
    pub fn argument(&self) -> Option<&Value> {
        self.call.first_called()?.argument(0)
    }
}

/// Whether a call that gives a promise is settled before its value is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseUse {
    /// `await` applies to the call.
    Awaited,
    /// The promise is kept or handed on, and every place that reads a property of it awaits it.
    Deferred,
    /// The promise is used as if it were the value; the span is that of the first such use.
    Misused(Span),
}

impl Facts {
    /// The first call of the function `name` in `handler`, and what stands around it.
    ///
    /// `None` when the handler does not call it, or when its body is not known: see [`Handler::function`].
    pub fn guard<'a>(&'a self, handler: &Handler, name: &str) -> Option<Guard<'a>> {
        let function = self.handler_function(handler)?;
        let inside = || self.calls.iter().filter(|call| function.span.encloses(call.span));
        let call = inside().find(|call| call.is_plain_call(name))?;
        let results = result_paths(call);
        let exits = call.function.and_then(|id| self.function(id)).map_or(&[][..], |own| &own.exits);
        let reads = |paths: &[String]| paths.iter().any(|path| results.iter().any(|own| is_part_of(path, own)));
        let exit = exits.iter().find(|exit| exit.span.start >= call.span.end && reads(&exit.tested));
        let limit = exit.map_or(call.span.start, |exit| exit.span.start);
        let before = inside().filter(|one| one.span.start < limit && !one.span.encloses(call.span)).collect();
        Some(Guard { call, exit, returns_result: exit.is_some_and(|exit| reads(&exit.returned)), before })
    }

    /// Whether the promise that the first call of a chain gives is awaited before it is used.
    ///
    /// Meant for calls whose function is known to be `async`.
    pub fn promise_use(&self, call: &Call) -> PromiseUse {
        let Some(first) = call.links.iter().position(|link| link.arguments.is_some()) else {
            return PromiseUse::Deferred;
        };
        let handlers = ["then", "catch", "finally"];
        if call.links.get(first).is_some_and(|link| link.awaited) {
            return PromiseUse::Awaited;
        }
        if let Some(next) = call.links.get(first + 1) {
            let settles = handlers.iter().any(|name| next.is_named(name));
            return if settles { PromiseUse::Deferred } else { PromiseUse::Misused(next.span) };
        }
        match &call.binding {
            Binding::Pattern { bound, .. } => {
                bound.first().map_or(PromiseUse::Deferred, |bound| PromiseUse::Misused(bound.local.span))
            }
            Binding::Name(bound) => {
                let uses = bound.variable.and_then(|id| self.variable(id)).map_or(&[][..], |own| own.uses_of(bound));
                let misused = |member: &str| !handlers.contains(&member);
                uses.iter()
                    .find(|one| !one.awaited && one.member.as_ref().is_some_and(|member| misused(&member.text)))
                    .map_or(PromiseUse::Deferred, |one| PromiseUse::Misused(one.span))
            }
            _ => PromiseUse::Deferred,
        }
    }
}

/// The local names that hold what the call gave.
fn result_paths(call: &Call) -> Vec<&str> {
    match &call.binding {
        Binding::Name(bound) => vec![bound.local.text.as_str()],
        Binding::Pattern { bound, .. } => bound.iter().map(|bound| bound.local.text.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether `path` is `whole` or a member of it.
fn is_part_of(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
