use super::{CallId, FunctionId, Name, Object};
use crate::text::Span;

/// A response that is built: `NextResponse.json(…)`, `Response.json(…)`, `new Response(…)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The whole expression.
    pub span: Span,
    /// `NextResponse.json`, `Response.json`, `Response`, `NextResponse`.
    pub builder: Name,
    /// The body.
    pub body: Body,
    /// The status.
    pub status: Status,
    /// The innermost function around it.
    pub function: Option<FunctionId>,
    /// Whether it is returned where it is built.
    pub returned: bool,
}

/// A response's body.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// An object literal, in place or as the value of a constant.
    Object {
        /// The keys with their values.
        object: Object,
        /// The argument.
        span: Span,
    },
    /// Some other JSON value: a variable, a call, an array.
    Json(Span),
    /// No JSON: text, a stream, a file.
    Raw(Span),
    /// No body.
    Empty,
}

/// A response's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// None is given: 200.
    Absent,
    /// A number, at this place.
    Literal(u16, Span),
    /// It is computed, or part of options that are.
    Dynamic(Span),
}

impl Status {
    /// The status code, where it is known.
    pub fn code(self) -> Option<u16> {
        match self {
            Self::Absent => Some(200),
            Self::Literal(code, _) => Some(code),
            Self::Dynamic(_) => None,
        }
    }
}

/// A `fetch` call.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetch {
    /// The call.
    pub call: CallId,
    /// The call.
    pub span: Span,
    /// The target without query string and fragment, dynamic segments as `[param]`; a dynamic host before a path is
    /// cut. The span is that of the argument. `None` when it is computed altogether.
    pub target: Option<Name>,
    /// The method.
    pub method: FetchMethod,
}

/// The method of a `fetch`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchMethod {
    /// Given, or `GET` when there are no options or they name none; upper case.
    Known(String),
    /// Computed, or part of options that are.
    Dynamic,
}
