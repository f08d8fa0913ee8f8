//! `speclint.toml`: finding it, reading it, checking it, and what the command line adds to it.
//!
//! A configuration is read in two steps, because it names folders with rules of the project's own:
//! [`Draft::read`] reads the file, [`Draft::checks`] tells where those rules are, and [`Draft::resolve`]
//! checks every value and every rule name against the rules that are then known.
//! Whatever is wrong is reported together, each with its line.

mod checker;
mod discovery;
mod draft;
mod error;
mod feature;
mod level;
mod pattern;
mod placed;
mod raw;
mod resolve;
mod route;
mod rules;
mod schema;
mod selection;
mod settings;
mod size;

#[cfg(test)]
mod tests;

pub use discovery::{FILE_NAMES, find};
pub use draft::Draft;
pub use error::{ConfigError, Origin, Problem};
pub use feature::SkippableFeatures;
pub use level::FailOn;
pub use pattern::{PathPattern, PathSet};
pub use placed::Placed;
pub use resolve::Overrides;
pub use route::PublicRoutes;
pub use rules::KnownRules;
pub use schema::json_schema;
pub use selection::Selection;
pub use settings::{Config, Pair};
