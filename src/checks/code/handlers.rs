//! Which code handles requests of the API.

use crate::languages::typescript::{Facts, Function, Handler};
use crate::spec::{Code, route_of};

/// A route handler of the API.
pub(in crate::checks) struct RouteHandler<'c> {
    /// The handler.
    pub handler: &'c Handler,
    /// The function that handles the requests, where the text has it.
    pub function: Option<&'c Function>,
    /// Its route, where the file or a comment tells.
    pub route: Option<String>,
}

/// The methods whose handlers answer with data; `HEAD` and `OPTIONS` do not.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The route handlers that a fence exports: those in route files below `api`, and, where no file is named, those that
/// take a request or answer with a response.
pub(in crate::checks) fn route_handlers<'c>(code: &'c Code<'_>) -> Vec<RouteHandler<'c>> {
    let facts = code.facts();
    let handlers = facts.handlers.iter().filter(|handler| METHODS.contains(&handler.method.text.as_str()));
    let handlers = handlers.filter(|handler| !is_edge_function(code, handler.line.start));
    handlers
        .filter_map(|handler| {
            let function = facts.handler_function(handler);
            let route = match code.path_at(handler.line.start) {
                Some(path) => Some(route_of(path)?),
                None if is_handler(facts, function) => None,
                None => return None,
            };
            Some(RouteHandler { handler, function, route })
        })
        .collect()
}

/// Whether code without a file is a route handler beyond doubt.
fn is_handler(facts: &Facts, function: Option<&Function>) -> bool {
    let imports = facts.imports.iter().any(|import| import.module.text.starts_with("next/server"));
    let takes_request = function.is_some_and(|own| {
        own.parameters.iter().any(|parameter| matches!(parameter.text.trim_start_matches('_'), "request" | "req"))
    });
    imports || takes_request || !facts.responses.is_empty()
}

/// Whether the code at `offset` belongs to a Supabase Edge Function.
pub(in crate::checks) fn is_edge_function(code: &Code<'_>, offset: usize) -> bool {
    match code.path_at(offset) {
        Some(path) => path.contains("supabase/functions/") || path.starts_with("functions/"),
        None => code.facts().is_edge_function(),
    }
}
