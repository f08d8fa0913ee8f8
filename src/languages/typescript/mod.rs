//! TypeScript, TSX and JavaScript: the text of one fence or file in, one plain model of facts out.
//!
//! [`parse`] reads what stands there as far as it can: as a syntax tree, as the tree of a repaired text, or as tokens.
//! [`Facts`] does not show which parser was used. [`tokens`] is the scan alone, for rules that look at words.

mod derive;
mod extract;
mod model;
mod parse;
#[cfg(test)]
mod tests;
mod tokens;

pub use model::{
    Binding, Body, Bound, Call, CallId, Column, Confidence, Construction, EnvironmentAccess, ErrorUse, Exit, Export,
    ExportKind, Facts, Fetch, FetchMethod, ForeignColumn, Function, FunctionId, Gap, GapKind, Guard, Handler, Import,
    ImportKind, ImportedName, Link, Name, Object, PromiseUse, Property, Query, QueryTarget, Response, Status, Use,
    Value, ValueKind, Variable, VariableId,
};
pub(crate) use model::{METHODS, is_method};
pub use parse::{PARSE_LIMIT, parse};
pub use tokens::{Token, TokenKind, Tokens, tokens};
