//! Which files there are, what each is, and which belong together; reading and writing them safely.

mod baseline;
mod discover;
pub mod git;
mod migrations;
mod pages;
mod paths;
mod read;
mod replace;
mod source;
mod walk;
mod write;

pub use baseline::read_baseline;
pub use discover::{Candidate, discover};
pub use migrations::{MigrationFile, MigrationSet, is_sql, migration_sets, sql_files};
pub use pages::own_pages;
pub use paths::{below, normalised, repository_root, shown, way};
pub use read::{read, read_bytes, read_if};
pub use replace::replace;
pub use source::{SourceLookup, find_by_name, find_source};
pub use write::rewrite;
