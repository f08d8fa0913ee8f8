//! What a run found, and the formats it is written in: one file a format, all of the same [`Report`].
//!
//! Everything that is written passes through [`sanitise`]: file names, messages and source lines come
//! from strangers and may hold terminal escapes or commands for a build log.

mod baseline;
mod concise;
mod format;
mod json;
pub mod sanitise;
mod summary;
mod text;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

pub use baseline::write_baseline;
pub use format::{Detail, Format, Options, UnknownFormat};
