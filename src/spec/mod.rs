//! What a document means: sections, features, endpoints, tasks, and where each part of a source spec went.

mod code;
mod database;
mod endpoint;
mod feature;
mod models;
mod names;
mod names_of_tables;
mod pair;
pub mod schema;
mod section;
mod skip;
mod spec;
mod sql_fence;
mod task;
mod trace;
mod value;

pub use code::{Code, route_of};
pub use database::{Database, SqlSource};
pub use endpoint::{Endpoint, normal_path};
pub use feature::{Feature, Shape};
pub use models::{ModelField, ModelTrace};
pub use names::{DocumentPart, Field, PartKind};
pub use names_of_tables::snake_case;
pub use pair::{SpecPair, section_key};
pub use section::{Part, Section, SectionEnd};
pub use skip::Skip;
pub use spec::{PlanEntry, Spec, SpecKind, looks_integrated};
pub use task::Task;
pub use trace::{Fate, FeatureIndex, FeatureTrace, Tally, Trace, normal_title, trimmed};
pub use value::Value;
