//! What a run found, and the formats it is written in: one file a format, all of the same [`Report`].
//!
//! Everything that is written passes through [`sanitise`]: file names, messages and source lines come
//! from strangers and may hold terminal escapes or commands for a build log.

mod baseline;
mod checklist;
mod concise;
mod format;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod rdjson;
pub mod sanitise;
mod sarif;
mod setting;
mod summary;
mod text;
mod worst;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

pub use baseline::write_baseline;
pub use format::{Detail, Format, Options, UnknownFormat};
pub use setting::Setting;
