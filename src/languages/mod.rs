//! What stands in fences and files: text of one language in, facts with spans out.

pub mod sql;
