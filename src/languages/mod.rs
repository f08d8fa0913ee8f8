//! What stands in fences and files: text of one language in, facts with byte spans out.

pub mod typescript;
