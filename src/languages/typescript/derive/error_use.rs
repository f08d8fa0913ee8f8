use std::collections::{HashMap, HashSet};

use crate::languages::typescript::model::{
    Binding, Bound, Call, CallId, ErrorUse, Facts, FunctionId, Link, ValueKind, VariableId,
};
use crate::text::Span;

/// What becomes of the error of the query that these calls build together.
///
/// Each of them may run the query (a builder can be awaited in several places); the worst outcome counts.
///
/// `functions` has the functions of the text by their places.
pub(super) fn error_use(facts: &Facts, calls: &[CallId], functions: &HashMap<Span, FunctionId>) -> ErrorUse {
    let mut outcomes = Vec::new();
    let mut seen = HashSet::new();
    for call in calls.iter().filter_map(|&id| facts.calls.get(id)) {
        outcomes.extend(outcome_of_call(facts, call, functions, &mut seen));
    }
    let order = [ErrorUse::Thrown, ErrorUse::None, ErrorUse::Unread, ErrorUse::Read];
    order.into_iter().find(|one| outcomes.contains(one)).unwrap_or(ErrorUse::Unknown)
}

/// The outcomes of one call; none when it only builds the query further.
fn outcome_of_call(
    facts: &Facts,
    call: &Call,
    functions: &HashMap<Span, FunctionId>,
    seen: &mut HashSet<VariableId>,
) -> Vec<ErrorUse> {
    let named = |name: &str| call.links.iter().any(|link| link.is_named(name));
    if named("throwOnError") {
        return vec![ErrorUse::Thrown];
    }
    if named("getPublicUrl") {
        return vec![ErrorUse::None];
    }
    if let Some(then) = call.method("then") {
        return vec![outcome_of_callback(facts, then, functions)];
    }
    if named("catch") {
        return vec![ErrorUse::Unknown];
    }
    if let Some(at) = call.links.iter().rposition(|link| link.awaited)
        && let Some(next) = call.links.get(at + 1)
    {
        return vec![match next.name.as_ref().map(|name| name.text.as_str()) {
            Some("data" | "count" | "status" | "statusText") => unread(facts, call.function, call.span),
            Some("error") => ErrorUse::Read,
            _ => ErrorUse::Unknown,
        }];
    }
    match &call.binding {
        Binding::Name(bound) if !call.awaited() => later_awaits(facts, call.function, bound, seen),
        binding => vec![outcome_of_binding(facts, call.function, call.span, binding)],
    }
}

/// What the function in `.then(({ data, error }) => …)` does with the error.
fn outcome_of_callback(facts: &Facts, then: &Link, functions: &HashMap<Span, FunctionId>) -> ErrorUse {
    let function = then.argument(0).filter(|value| value.kind == ValueKind::Function);
    let Some(&id) = function.and_then(|value| functions.get(&value.span)) else { return ErrorUse::Unknown };
    match facts.function(id).and_then(|function| function.first.as_ref()) {
        Some(first) => outcome_of_binding(facts, Some(id), then.span, first),
        None => ErrorUse::Unknown,
    }
}

/// The outcomes of every `await query` of the variable that holds the builder.
fn later_awaits(
    facts: &Facts,
    function: Option<FunctionId>,
    bound: &Bound,
    seen: &mut HashSet<VariableId>,
) -> Vec<ErrorUse> {
    let Some(id) = bound.variable.filter(|id| seen.insert(*id)) else { return Vec::new() };
    let Some(variable) = facts.variable(id) else { return Vec::new() };
    let bindings = variable.uses_of(bound).iter().filter_map(|one| Some((one.span, one.binding.as_deref()?)));
    bindings.map(|(span, binding)| outcome_of_binding(facts, function, span, binding)).collect()
}

fn outcome_of_binding(facts: &Facts, function: Option<FunctionId>, span: Span, binding: &Binding) -> ErrorUse {
    match binding {
        Binding::Ignored => unread(facts, function, span),
        Binding::Returned | Binding::Passed | Binding::Unknown => ErrorUse::Unknown,
        Binding::Pattern { bound, rest } => {
            let mut errors =
                bound.iter().filter(|bound| bound.property.as_ref().is_some_and(|own| own.text == "error"));
            match errors.next() {
                Some(error) => match error.variable.and_then(|id| facts.variable(id)) {
                    Some(variable) if !variable.uses_of(error).is_empty() => ErrorUse::Read,
                    Some(_) => unread(facts, function, span),
                    None => ErrorUse::Unknown,
                },
                None if *rest => ErrorUse::Unknown,
                None => unread(facts, function, span),
            }
        }
        Binding::Name(bound) => {
            let Some(variable) = bound.variable.and_then(|id| facts.variable(id)) else { return ErrorUse::Unknown };
            let uses = variable.uses_of(bound);
            if uses.iter().any(|one| one.member.as_ref().is_some_and(|member| member.text == "error")) {
                ErrorUse::Read
            } else if uses.iter().any(|one| one.member.is_none()) {
                ErrorUse::Unknown
            } else {
                unread(facts, function, span)
            }
        }
    }
}

/// `Unread`, unless code that could read it was left out of the same function (or of the text) further on.
fn unread(facts: &Facts, function: Option<FunctionId>, span: Span) -> ErrorUse {
    let end = function.and_then(|id| facts.function(id)).map_or(usize::MAX, |own| own.span.end);
    if facts.has_gap(Span::new(span.end, end)) { ErrorUse::Unknown } else { ErrorUse::Unread }
}
