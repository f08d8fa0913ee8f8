use super::{Binding, FunctionId, Name};
use crate::text::Span;

/// An `import`, `require()` or `export … from`.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The whole statement or expression.
    pub span: Span,
    /// How the module is taken in.
    pub kind: ImportKind,
    /// The module as written; the span is that of the text between the quotes.
    pub module: Name,
    /// What is taken from it; empty for `import 'x'`.
    pub names: Vec<ImportedName>,
    /// `import type …` (or `export type … from`).
    pub type_only: bool,
}

/// How a module is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// `import … from 'x'` or `import 'x'`.
    Static,
    /// `import('x')`.
    Dynamic,
    /// `require('x')`, also `import x = require('x')`.
    Require,
    /// `export … from 'x'`.
    ReExport,
}

/// One name that an import takes.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedName {
    /// The name in the module: `default` for a default import, `*` for a namespace.
    pub imported: Name,
    /// The name in this text; for a re-export the name under which it leaves.
    pub local: Name,
    /// `import { type X }` or a type-only import.
    pub type_only: bool,
}

/// One name that the text exports.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The export statement.
    pub span: Span,
    /// The name outside: `default` for a default export, `*` for `export * from`.
    pub name: Name,
    /// The name inside, where it has one.
    pub local: Option<Name>,
    /// What is exported.
    pub kind: ExportKind,
}

/// What an export exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportKind {
    /// A function declaration.
    Function,
    /// A variable.
    Variable,
    /// A class.
    Class,
    /// An interface.
    Interface,
    /// A type alias.
    TypeAlias,
    /// An enum.
    Enum,
    /// `export { x }`: what `x` is, is not said here.
    Name,
    /// `export { x } from` or `export * from`.
    ReExport,
    /// `export default` of an expression.
    Expression,
}

/// An exported route handler: `GET`, `POST`, `PUT`, `PATCH`, `DELETE`, `HEAD` or `OPTIONS`.
#[derive(Clone, Debug, PartialEq)]
pub struct Handler {
    /// The HTTP method, with the span of the exported name.
    pub method: Name,
    /// The line of the export, from `export` to the line's end.
    pub line: Span,
    /// The function that handles the request, where the text has it; `None` for re-exports, for names from
    /// elsewhere, and when only tokens were read.
    pub function: Option<FunctionId>,
    /// The functions that wrap it, outermost first: `withLogging` in `export const GET = withLogging(async …)`.
    pub wrappers: Vec<Name>,
}

/// A function, method or arrow function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The whole function.
    pub span: Span,
    /// Its body, braces included.
    pub body: Span,
    /// Its name, where it has one of its own.
    pub name: Option<Name>,
    /// The plain names of its parameters; a destructured one is left out.
    pub parameters: Vec<Name>,
    /// What its first parameter takes, as a name or taken apart.
    pub first: Option<Binding>,
    /// Whether it is `async`.
    pub is_async: bool,
    /// The function around it.
    pub parent: Option<FunctionId>,
    /// The `if (…) return …` and `if (…) throw …` that stand directly in the body, or in a block or `try` there.
    pub exits: Vec<Exit>,
}

/// An `if` whose branch leaves the function.
#[derive(Clone, Debug, PartialEq)]
pub struct Exit {
    /// The whole `if`.
    pub span: Span,
    /// The member paths that the condition reads: `response`, `auth.response`.
    pub tested: Vec<String>,
    /// The member paths that the returned (or thrown) expression reads.
    pub returned: Vec<String>,
    /// Whether it throws instead of returning.
    pub throws: bool,
}

/// `new X(…)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Construction {
    /// The whole expression.
    pub span: Span,
    /// The dotted path that is constructed.
    pub callee: Name,
    /// The arguments.
    pub arguments: Vec<super::Value>,
    /// The innermost function around it.
    pub function: Option<FunctionId>,
    /// Whether it is returned as it is.
    pub returned: bool,
}

/// An environment variable that is read: `process.env.X`, `import.meta.env.X`, `Deno.env.get('X')`.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvironmentAccess {
    /// The variable, with its span.
    pub name: Name,
    /// The whole access.
    pub span: Span,
}

/// The HTTP methods that a route may have, which are the names of its handlers.
pub(crate) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Whether `name` is an HTTP method in upper case, and as an exported name that of a route handler.
pub(crate) fn is_method(name: &str) -> bool {
    METHODS.contains(&name)
}
