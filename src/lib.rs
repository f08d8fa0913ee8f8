//! speclint proves that an AI-written integrated spec is a faithful, complete and safe rendering of its source spec.

pub mod checks;
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod examples;
pub mod fix;
pub mod languages;
pub mod markdown;
mod pipeline;
pub mod report;
pub mod scaffold;
pub mod spec;
pub mod text;
pub mod workspace;

pub use pipeline::{Acceptance, Checker, Older, RepairedFile, Repairs, Request, Unused};
