//! speclint proves that an AI-written integrated spec is a faithful, complete and safe rendering of its source spec.

pub mod config;
pub mod diagnostics;
pub mod markdown;
pub mod report;
pub mod spec;
pub mod text;
