//! The facts of one text, independent of the parser that found them. Every span is a byte range of that text.

mod call;
mod endpoint;
mod guard;
mod module;
mod query;
mod value;

pub use call::{Binding, Bound, Call, CallId, Link, Use, Variable};
pub use endpoint::{Body, Fetch, FetchMethod, Response, Status};
pub use guard::{Guard, PromiseUse};
pub use module::{
    Construction, EnvironmentAccess, Exit, Export, ExportKind, Function, Handler, Import, ImportKind, ImportedName,
};
pub(crate) use module::{METHODS, is_method};
pub use query::{Column, ErrorUse, ForeignColumn, Query, QueryTarget};
pub use value::{Object, Property, Value, ValueKind};

use crate::text::Span;

/// Index into [`Facts::variables`].
pub type VariableId = usize;
/// Index into [`Facts::functions`].
pub type FunctionId = usize;

/// A text with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The text, quotes and escapes resolved.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// A name at a place.
    pub fn new(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span }
    }
}

/// How far the facts can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Only tokens were read: imports, exports, handlers' lines, calls and their literal arguments are there;
    /// bindings, functions and what a body does are not. Rules that need structure stay quiet.
    #[default]
    Scanned,
    /// A syntax tree of a repaired text: elisions blanked, a truncated end closed, or a fragment wrapped.
    /// What is there is there; what is missing may have been left out ([`Facts::gaps`]).
    Repaired,
    /// A syntax tree of the text as it is.
    Parsed,
}

/// A place where code was, or may have been, left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The dots, the comment that elides, the line of prose, or what is lost of a truncated end (empty where
    /// nothing is).
    pub span: Span,
    /// How it was left out.
    pub kind: GapKind,
}

/// How code was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// `...`, `…`, `// ...`, `/* ... */`.
    Elision,
    /// The text breaks off.
    Truncation,
    /// A line of prose stands in the code; it was set aside.
    Prose,
}

/// What one fence or file of TypeScript, TSX or JavaScript says. Lists are in source order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// How far the facts can be trusted.
    pub confidence: Confidence,
    /// Where code was left out, by offset.
    pub gaps: Vec<Gap>,
    /// `'use client'`, `'use server'` and the like at the top, without quotes.
    pub directives: Vec<Name>,
    /// Modules that are taken in.
    pub imports: Vec<Import>,
    /// Names that are given out.
    pub exports: Vec<Export>,
    /// Exported route handlers.
    pub handlers: Vec<Handler>,
    /// Functions, methods and arrow functions.
    pub functions: Vec<Function>,
    /// Variables, parameters, functions, classes and imports that are declared.
    pub variables: Vec<Variable>,
    /// Call chains.
    pub calls: Vec<Call>,
    /// `new X(…)`.
    pub constructions: Vec<Construction>,
    /// Database and storage access through a Supabase client.
    pub queries: Vec<Query>,
    /// HTTP responses that are built.
    pub responses: Vec<Response>,
    /// `fetch` calls.
    pub fetches: Vec<Fetch>,
    /// Environment variables that are read.
    pub environment: Vec<EnvironmentAccess>,
    /// JSX elements that are components: `Button`, `Select.Item`.
    pub components: Vec<Name>,
    /// References to types, as dotted paths: `Prisma.UserGetPayload`.
    pub types: Vec<Name>,
    /// Tags of tagged templates, as dotted paths: `sql`.
    pub tags: Vec<Name>,
}

impl Facts {
    /// Whether code was left out inside `span`; then nothing follows from what is missing there.
    pub fn has_gap(&self, span: Span) -> bool {
        let from = self.gaps.partition_point(|gap| gap.span.start < span.start);
        self.gaps.get(from).is_some_and(|gap| gap.span.end <= span.end)
    }

    /// Whether the text opens with this directive, such as `use client`.
    pub fn has_directive(&self, directive: &str) -> bool {
        self.directives.iter().any(|own| own.text == directive)
    }

    /// The variable at `id`.
    pub fn variable(&self, id: VariableId) -> Option<&Variable> {
        self.variables.get(id)
    }

    /// The function at `id`.
    pub fn function(&self, id: FunctionId) -> Option<&Function> {
        self.functions.get(id)
    }

    /// The function that handles a handler's requests, where the text has it.
    pub fn handler_function(&self, handler: &Handler) -> Option<&Function> {
        self.function(handler.function?)
    }

    /// The handler whose function encloses `span`.
    pub fn handler_of(&self, span: Span) -> Option<&Handler> {
        self.handlers.iter().find(|handler| self.handler_function(handler).is_some_and(|own| own.span.encloses(span)))
    }

    /// The literal behind a value: itself, or the initial value of the variable that it names, if that is never
    /// assigned to again.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let ValueKind::Path { variable: Some(id), .. } = &value.kind else { return value };
        match self.variable(*id) {
            Some(Variable { value: Some(constant), reassigned: false, .. }) => constant,
            _ => value,
        }
    }

    /// Whether the text is a Supabase Edge Function: it calls `Deno.serve`, or `serve` from the Deno library.
    pub fn is_edge_function(&self) -> bool {
        let deno_serve = || {
            self.imports
                .iter()
                .any(|one| one.module.text.contains("deno.land/") || one.module.text.starts_with("jsr:@std/"))
        };
        self.calls.iter().any(|call| call.is_call_of("Deno.serve") || (call.is_plain_call("serve") && deno_serve()))
    }

    /// Adds what another reading found further on in the same text. `later` has no functions and variables.
    pub(crate) fn append(&mut self, later: Self) {
        self.imports.extend(later.imports);
        self.exports.extend(later.exports);
        self.handlers.extend(later.handlers);
        self.calls.extend(later.calls);
        self.constructions.extend(later.constructions);
        self.environment.extend(later.environment);
        self.components.extend(later.components);
        self.tags.extend(later.tags);
    }
}
