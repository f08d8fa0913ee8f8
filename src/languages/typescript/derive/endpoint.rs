use super::route;
use crate::languages::typescript::model::{
    Binding, Body, Call, Construction, Facts, Fetch, FetchMethod, FunctionId, Name, Object, Response, Status, Value,
    ValueKind,
};
use crate::text::Span;

/// The `fetch` calls.
pub(super) fn fetches(facts: &Facts) -> Vec<Fetch> {
    let calls = facts.calls.iter().enumerate();
    calls
        .filter_map(|(id, call)| {
            fetch(facts, call).map(|(target, method)| Fetch { call: id, span: call.span, target, method })
        })
        .collect()
}

fn fetch(facts: &Facts, call: &Call) -> Option<(Option<Name>, FetchMethod)> {
    if !["fetch", "window.fetch", "globalThis.fetch"].iter().any(|path| call.is_call_of(path)) {
        return None;
    }
    let link = call.first_called()?;
    let address = link.argument(0)?;
    let target = facts.resolve(address).as_text().and_then(route).map(|text| Name::new(text, address.span));
    let method = match link.argument(1).map(|options| facts.resolve(options)) {
        None => known("GET"),
        Some(options) => match options.as_object() {
            Some(options) => method(facts, options),
            None => FetchMethod::Dynamic,
        },
    };
    Some((target, method))
}

fn known(method: &str) -> FetchMethod {
    FetchMethod::Known(method.to_ascii_uppercase())
}

fn method(facts: &Facts, options: &Object) -> FetchMethod {
    match options.get("method") {
        Some(property) => facts.resolve(&property.value).as_str().map_or(FetchMethod::Dynamic, known),
        None if options.open => FetchMethod::Dynamic,
        None => known("GET"),
    }
}

/// The responses, by offset.
pub(super) fn responses(facts: &Facts) -> Vec<Response> {
    let called = facts.calls.iter().filter_map(|call| json_call(facts, call));
    let constructed = facts.constructions.iter().filter_map(|new| construction(facts, new));
    let mut responses: Vec<_> = called.chain(constructed).collect();
    responses.sort_by_key(|response| response.span);
    responses
}

fn json_call(facts: &Facts, call: &Call) -> Option<Response> {
    let callee = ["NextResponse.json", "Response.json"].into_iter().find(|path| call.is_call_of(path))?;
    let link = call.first_called()?;
    let builder = Name::new(callee, call.root()?.span.join(link.name.as_ref()?.span));
    let body = link.argument(0).map_or(Body::Empty, |value| json(facts, value));
    let place = Place { span: call.span, function: call.function, returned: call.binding == Binding::Returned };
    Some(place.response(builder, body, status(facts, link.argument(1))))
}

fn construction(facts: &Facts, new: &Construction) -> Option<Response> {
    if !matches!(new.callee.text.as_str(), "Response" | "NextResponse") {
        return None;
    }
    let body = match new.arguments.first() {
        None | Some(Value { kind: ValueKind::Null, .. }) => Body::Empty,
        Some(value) => match stringified(facts, value.span) {
            Some(inner) => json(facts, inner),
            None => Body::Raw(value.span),
        },
    };
    let place = Place { span: new.span, function: new.function, returned: new.returned };
    Some(place.response(new.callee.clone(), body, status(facts, new.arguments.get(1))))
}

/// The argument of the `JSON.stringify` that stands at exactly `span`. Calls are sorted by their start.
fn stringified(facts: &Facts, span: Span) -> Option<&Value> {
    let from = facts.calls.partition_point(|call| call.span.start < span.start);
    let call = facts.calls.get(from).filter(|call| call.span == span)?;
    if call.is_call_of("JSON.stringify") { call.first_called()?.argument(0) } else { None }
}

struct Place {
    span: Span,
    function: Option<FunctionId>,
    returned: bool,
}

impl Place {
    fn response(self, builder: Name, body: Body, status: Status) -> Response {
        Response { span: self.span, builder, body, status, function: self.function, returned: self.returned }
    }
}

fn json(facts: &Facts, value: &Value) -> Body {
    match facts.resolve(value).as_object() {
        Some(object) => Body::Object { object: object.clone(), span: value.span },
        None => Body::Json(value.span),
    }
}

fn status(facts: &Facts, options: Option<&Value>) -> Status {
    let Some(options) = options else { return Status::Absent };
    let Some(object) = facts.resolve(options).as_object() else { return Status::Dynamic(options.span) };
    match object.get("status") {
        Some(property) => match facts.resolve(&property.value).kind {
            ValueKind::Number(code) if (100.0..1000.0).contains(&code) => {
                // The range makes the conversion exact.
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "checked to lie in 100..1000"
                )]
                let code = code as u16;
                Status::Literal(code, property.value.span)
            }
            _ => Status::Dynamic(property.value.span),
        },
        None if object.open => Status::Dynamic(options.span),
        None => Status::Absent,
    }
}
