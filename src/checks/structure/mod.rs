//! Rules about the output structure: header, headings, blocks, ends, and what must not be left in.

mod blocks;
mod contents;
mod document;
mod end;
mod end_block;
mod header;
mod heading;
mod placeholder;
mod template;

pub use self::template::MARKER;
use super::Check;

pub(super) const CHECKS: [Check; 7] =
    [header::CHECK, heading::CHECK, blocks::CHECK, end::CHECK, document::CHECK, placeholder::CHECK, contents::CHECK];
