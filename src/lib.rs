//! speclint proves that an AI-written integrated spec is a faithful, complete and safe rendering of its source spec.

pub mod diagnostics;
pub mod languages;
pub mod spec;
pub mod text;
