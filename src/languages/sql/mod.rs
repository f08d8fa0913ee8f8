//! SQL as PostgreSQL reads it: text in, facts with spans out.
//!
//! [`SqlText::parse`] cuts a text into statements as psql does, and hands each one to the parser on its own, so that one
//! broken statement hides nothing else. Prose between statements, psql commands and the data of `COPY` are set aside;
//! placeholders (`[column]`, `{{table}}`, `<name>`) and elisions (`...`, `-- other columns`) are blanked out. What is
//! nested too deep or too long to be parsed safely becomes a [`Problem`], never a crash, and time grows linearly with
//! the text.

pub mod facts;
mod lexer;
mod limits;
mod literals;
mod names;
mod parse;
mod psql;
mod read;
mod repair;
mod spacing;
mod split;
mod syntax;
mod text_map;
mod tree;
mod validation;
mod words;

pub use facts::{Direction, Problem, ProblemKind, Standing, Statement, StatementKind};
pub use names::{Name, QualifiedName};

use crate::text::Span;
use text_map::TextMap;

use super::stack::with_room;

/// One SQL text (a file, or a fence) and what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SqlText {
    /// The statements in order. Spans are bytes of the text that was parsed.
    pub statements: Vec<Statement>,
    /// What a server would reject, in order of place.
    pub problems: Vec<Problem>,
    /// The text ends inside a bracket: it was cut off.
    pub breaks_off: bool,
}

impl SqlText {
    /// Reads `text`. It never fails: what cannot be read becomes a [`Problem`].
    pub fn parse(text: &str) -> Self {
        with_room(|| parse::text(text))
    }

    /// Reads SQL that is computed while another text runs (`EXECUTE format(…)`). All spans are `at`, the place of the
    /// computation, unless `runs` places stretches of `text` literally: (offset in `text`, offset in the whole).
    pub fn parse_computed(text: &str, at: Span, runs: &[(usize, usize)]) -> Self {
        let map = if runs.is_empty() { TextMap::Computed(at) } else { TextMap::Runs(runs.to_vec()) };
        with_room(|| {
            let mut parsed = Self::default();
            parse::nested(text, &map, 1, &mut parsed);
            parsed
        })
    }
}

#[cfg(test)]
mod tests;
