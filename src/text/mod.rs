//! Bytes in, positions out: source files, byte spans, lines and columns.
//!
//! This is the ground floor: it knows nothing of Markdown, specs or rules.

pub mod difference;
mod ignore_case;
mod line_index;
mod needles;
mod source_file;
mod span;

pub use ignore_case::{contains_ignore_ascii_case, strip_prefix_ignore_ascii_case, strip_suffix_ignore_ascii_case};
pub use line_index::{LineIndex, Position};
pub use needles::Needles;
pub use source_file::{Encoding, SourceFile};
pub use span::Span;
