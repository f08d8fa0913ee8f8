//! Which files there are, what each is, and which belong together; reading them safely.

mod discover;
mod migrations;
mod pages;
mod paths;
mod read;
mod source;

pub use discover::{Candidate, discover};
pub use migrations::{MigrationFile, MigrationSet, is_sql, migration_sets, sql_files};
pub use pages::own_pages;
pub use paths::{repository_root, shown};
pub use read::{read, read_bytes};
pub use source::{SourceLookup, find_by_name, find_source};
