//! From text to facts: the parser behind its repair ladder, and the token scan for what it cannot read.

mod blank;
mod close;
mod ladder;
mod nesting;
mod scanned;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::derive::derive;
use super::model::{Confidence, Facts};
use super::tokens::{Token, tokens};
use crate::languages::stack::with_room;
use ladder::Ladder;

thread_local! {
    /// Kept for the texts to come: its memory is used again.
    static LADDER: RefCell<Ladder> = RefCell::default();
}

/// Longest text that is parsed, in bytes; a longer one gets the token scan, as does one that nests too deep. The stack of the parsing thread is
/// made for this length. The longest fence of 6,694 real ones has 42 KB.
pub const PARSE_LIMIT: usize = 128 << 10;

/// Reads one fence or file of TypeScript, TSX or JavaScript. It never fails: [`Facts::confidence`] says how it was read.
///
/// Spans are byte ranges of `text`. Time is linear in the length of the text.
pub fn parse(text: &str) -> Facts {
    let parsable = text.len() <= PARSE_LIMIT && !nesting::is_too_deep(text);
    let tree = if parsable { climb(text) } else { None };
    let mut facts = tree.unwrap_or_else(|| {
        let all: Vec<Token> = tokens(text).collect();
        let comments = all.iter().filter(|token| token.is_comment()).map(|token| token.span);
        let gaps = blank::comment_gaps(text, comments);
        Facts { confidence: Confidence::Scanned, gaps, ..scanned::scanned(text, &all) }
    });
    derive(&mut facts);
    facts
}

/// Climbs the ladder. `None` when no rung gives a tree, or when the parser, which is not ours, panics.
fn climb(text: &str) -> Option<Facts> {
    let climb = || LADDER.with_borrow_mut(|ladder| with_room(|| ladder.climb(text)));
    catch_unwind(AssertUnwindSafe(climb)).unwrap_or_else(|_| {
        LADDER.take();
        None
    })
}
