//! What follows from calls and constructions alone: queries, responses, `fetch` targets, environment variables.
//!
//! This layer knows no parser; it reads a syntax tree's facts and a token scan's facts alike.

mod columns;
mod endpoint;
mod error_use;
mod filters;
mod query;
mod route;

use super::model::{EnvironmentAccess, Facts, Name, Value};
use crate::text::Span;

pub(crate) use route::route;

/// Fills the derived lists of `facts`.
pub(crate) fn derive(facts: &mut Facts) {
    facts.queries = query::queries(facts);
    facts.responses = endpoint::responses(facts);
    facts.fetches = endpoint::fetches(facts);
    let deno = facts.calls.iter().filter(|call| call.is_call_of("Deno.env.get")).filter_map(|call| {
        let name = literal(call.first_called()?.argument(0)?)?;
        Some(EnvironmentAccess { name, span: call.span })
    });
    let deno: Vec<_> = deno.collect();
    facts.environment.extend(deno);
    facts.environment.sort_by_key(|access| access.span);
}

/// A string literal as a name whose span is the text between the quotes.
fn literal(value: &Value) -> Option<Name> {
    Some(Name::new(value.as_str()?, inside_quotes(value.span)))
}

/// A string literal, or a constant that holds one, as a name at the place of use.
fn constant(facts: &Facts, value: &Value) -> Option<Name> {
    literal(value).or_else(|| Some(Name::new(facts.resolve(value).as_str()?, value.span)))
}

fn inside_quotes(span: Span) -> Span {
    Span::new(span.start + 1, span.end.saturating_sub(1))
}
