//! What a document means: sections, features, endpoints, tasks, and where each part of a source spec went.

mod code;
mod codebase;
mod created;
mod endpoint;
mod feature;
mod inventory;
mod module;
mod names;
mod pair;
pub mod schema;
mod section;
mod skip;
mod spec;
mod task;
mod trace;
mod value;

pub use code::{Code, route_of};
pub use codebase::Codebase;
pub use created::Created;
pub use endpoint::{Endpoint, normal_path};
pub use feature::{Feature, Shape};
pub use inventory::{Inventory, InventoryTable, Route, is_ui};
pub use module::{Module, Modules, module_key};
pub use names::{DocumentPart, Field, PartKind};
pub use pair::{SpecPair, section_key};
pub use section::{Part, Section, SectionEnd};
pub use skip::Skip;
pub use spec::{PlanEntry, Spec, SpecKind, looks_integrated};
pub use task::Task;
pub use trace::{Fate, FeatureIndex, FeatureTrace, Tally, Trace, normal_title, trimmed};
pub use value::Value;
