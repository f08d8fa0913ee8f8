//! What a document means.

pub mod schema;
