//! What stands in fences and files: text in, facts with spans out.

pub mod code;
pub mod prisma;
pub mod sql;
mod stack;
pub mod typescript;

pub use stack::THREAD_STACK;
