//! Markdown as a reviewer reads it: headings, labels, lists, tables, links, comments and fences,
//! all as byte spans over one source text.
//!
//! Broken documents are the normal case. Fences are found by [`fences`] first, with recovery, and
//! are taken out of the text before pulldown-cmark reads the rest, so that a fence that is never
//! closed cannot hide what follows it.

mod document;
mod fence;
mod fences;
mod label;
mod lines;
mod parse;
mod slug;

pub use document::{
    Comment, Document, Heading, Inline, InlineKind, Item, Link, List, Prose, Role, Spanned, Table, within,
};
pub use fence::{Fence, FenceText};
pub use label::{Label, LabelKind};
pub use slug::anchors;
