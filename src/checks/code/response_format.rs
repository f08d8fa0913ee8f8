//! Bodies of route handlers that are not in the house's format.

use std::collections::{BTreeSet, HashSet};

use super::handlers::route_handlers;
use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::Finding;
use crate::languages::typescript::{Binding, Body, Bound, Call, Facts, Object, Response, ValueKind, Variable};
use crate::spec::Code;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["response-format"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("response-format") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        let mut handlers = route_handlers(code);
        handlers.retain(|handler| handler.function.is_some());
        let mut answering: Vec<Span> = handlers.iter().filter_map(|own| Some(own.function?.span)).collect();
        answering.extend(helpers(code.facts(), &answering));
        if answering.is_empty() {
            continue;
        }
        let rows = rows(code.facts());
        for response in &code.facts().responses {
            if answering.iter().any(|own| own.encloses(response.span)) {
                own.extend(fault(code, &rows, response).and_then(|message| finding(cx, code, response, message)));
            }
        }
    }
    findings.extend(one_per_line(own));
}

/// The functions of the text whose answers its handlers return: `return failed('No loaf', 404)`.
fn helpers(facts: &Facts, handlers: &[Span]) -> Vec<Span> {
    let is_answer = |call: &&Call| {
        call.links.len() == 1
            && matches!(call.binding, Binding::Returned)
            && handlers.iter().any(|handler| handler.encloses(call.span))
    };
    let called: BTreeSet<&str> = facts
        .calls
        .iter()
        .filter(is_answer)
        .filter_map(|call| Some(call.links.first()?.name.as_ref()?.text.as_str()))
        .collect();
    let named = facts.variables.iter().filter(|own| !own.reassigned && called.contains(own.name.as_str()));
    named.filter_map(|own| Some(facts.functions.get(own.function?)?.span)).collect()
}

fn finding(cx: &Context<'_, '_>, code: &Code<'_>, response: &Response, message: String) -> Option<Finding> {
    let help = "answer `{ success: true, data }`, or `{ error, details }` with a 4xx or 5xx status";
    Some(cx.finding("response-format", code.place(response.span), message)?.help(help))
}

/// What is wrong with a response; `None` where it is right, or where its body is not known.
fn fault(code: &Code<'_>, rows: &HashSet<Span>, response: &Response) -> Option<String> {
    match &response.body {
        Body::Object { object, .. } => in_object(object, response.status.code()),
        Body::Json(span) => in_other(code, rows, *span, response.status.code()),
        Body::Raw(span) => in_text(code, *span, response.status.code()),
        Body::Empty => None,
    }
}

fn in_object(object: &Object, status: Option<u16>) -> Option<String> {
    let success = object.get("success").map(|property| &property.value.kind);
    let is_success = matches!(success, Some(ValueKind::Boolean(true)));
    let may_be_success = is_success || matches!(success, Some(ValueKind::Path { .. } | ValueKind::Other));
    match status {
        _ if object.has("error") && !is_success => match status {
            Some(code @ ..400) => Some(format!("an error body with status {code}, which says success")),
            _ => in_error(object),
        },
        Some(code @ 400..) if !object.open => Some(format!("the body of status {code} has no `error`")),
        _ if object.open => None,
        _ if may_be_success && object.has("data") => None,
        _ if may_be_success => Some("a success body without `data`".to_owned()),
        _ => Some("a success body that is not `{ success: true, data }`".to_owned()),
    }
}

/// An error is `{ error, details? }`: only `details` may be anything.
fn in_error(object: &Object) -> Option<String> {
    let is = |key: &str, fits: fn(&ValueKind) -> bool| object.get(key).is_some_and(|own| fits(&own.value.kind));
    if is("success", |kind| matches!(kind, ValueKind::Boolean(_))) {
        Some("an error body with `success`, which the format does not have".to_owned())
    } else if is("error", |kind| matches!(kind, ValueKind::Object(_))) {
        Some("an error body whose `error` is an object; what it holds belongs under `details`".to_owned())
    } else {
        None
    }
}

/// An error that is plain text; other text may be a file.
fn in_text(code: &Code<'_>, span: Span, status: Option<u16>) -> Option<String> {
    let is_literal = span.of(&code.text.text).starts_with(['\'', '"', '`']);
    let status = status.filter(|status| *status >= 400 && is_literal)?;
    Some(format!("the body of status {status} is text without `error`"))
}

/// A list, a text, or the rows of a query, are no body of the format; of any other value nothing is known.
fn in_other(code: &Code<'_>, rows: &HashSet<Span>, span: Span, status: Option<u16>) -> Option<String> {
    let text = span.of(&code.text.text);
    let fallback = ["??", "||"].iter().find_map(|operator| text.split_once(operator));
    let falls_back_to_list = fallback.is_some_and(|(_, other)| other.trim_start().starts_with('['));
    let is_bare =
        text.starts_with(['[', '\'', '"', '`']) || falls_back_to_list || rows.contains(&span) || is_list(code, span);
    (is_bare && status.is_none_or(|code| code < 400))
        .then(|| "a success body that is not `{ success: true, data }`".to_owned())
}

/// Whether the value is what `map` or `filter` makes of a list.
fn is_list(code: &Code<'_>, span: Span) -> bool {
    code.facts().calls.iter().filter(|call| call.span == span && call.links.len() > 1).any(|call| {
        let last = call.links.last().filter(|link| link.arguments.is_some());
        last.is_some_and(|link| ["map", "flatMap", "filter"].iter().any(|name| link.is_named(name)))
    })
}

/// Where the `data` of a query is read by the name that it got; a name that is assigned to again may be anything.
fn rows(facts: &Facts) -> HashSet<Span> {
    let mut of_query: HashSet<usize> = facts.queries.iter().map(|query| query.call).collect();
    let mut bindings = Vec::new();
    for (index, call) in facts.calls.iter().enumerate() {
        // `query.range(…)` goes on where the query was built.
        if of_query.contains(&index) || call.continues.is_some_and(|first| of_query.contains(&first)) {
            of_query.insert(index);
            bindings.push(&call.binding);
        }
    }
    let built: Vec<&Variable> = bindings.iter().filter_map(|binding| named(facts, binding)).collect();
    let awaited = built.iter().flat_map(|variable| &variable.uses).filter_map(|own| own.binding.as_deref());
    let taken_apart = bindings.into_iter().chain(awaited).filter_map(|binding| match binding {
        Binding::Pattern { bound, .. } => Some(bound),
        _ => None,
    });
    let is_data = |bound: &&Bound| bound.property.as_ref().is_some_and(|property| property.text == "data");
    let variables = taken_apart.flatten().filter(is_data).filter_map(|bound| facts.variables.get(bound.variable?));
    let fixed = variables.filter(|variable| !variable.reassigned && variable.declared.len() == 1);
    fixed.flat_map(|variable| &variable.uses).map(|own| own.span).collect()
}

/// The variable that holds what a query builder returned.
fn named<'f>(facts: &'f Facts, binding: &Binding) -> Option<&'f Variable> {
    match binding {
        Binding::Name(bound) => facts.variables.get(bound.variable?),
        _ => None,
    }
}
