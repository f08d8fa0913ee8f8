//! A tolerant token scan of TypeScript, TSX and JavaScript, usable on fragments, prose and broken text.
//!
//! It never fails, runs in linear time, and needs no stack that grows with the text. What it cannot tell apart without
//! a grammar (a division from a regular expression, a comparison from a JSX tag) it decides by the token before.

mod jsx;
mod lexer;
mod token;

pub use lexer::{Tokens, tokens};
pub(crate) use token::is_reserved;
pub use token::{Token, TokenKind};
