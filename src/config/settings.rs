use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostics::{Level, Location};
use crate::text::{SourceFile, Span};

use super::{FailOn, PathPattern, PathSet, Placed, PublicRoutes, Selection, SkippableFeatures};

/// What to check and how: a checked `speclint.toml` with the command line's wishes on top.
#[derive(Clone, Debug)]
pub struct Config {
    /// What relative paths of the configuration are relative to; paths in the other fields are already joined to it,
    /// patterns are not.
    pub folder: PathBuf,
    /// Spec pairs, in the order of the file; none means that the specs are to be found.
    pub pairs: Vec<Pair>,
    /// What is never checked.
    pub exclude: PathSet,
    /// Folders with the project's own rules.
    pub checks: Vec<Placed<PathBuf>>,
    /// Folder with SQL migrations.
    pub migrations: Option<Placed<PathBuf>>,
    /// Folder of the codebase, or its `tsconfig.json`.
    pub codebase: Option<Placed<PathBuf>>,
    /// Database schemas that the API exposes.
    pub exposed_schemas: Vec<String>,
    /// Routes that need no authentication.
    pub public_routes: PublicRoutes,
    /// Functions that return a promise of a Supabase client.
    pub async_clients: Vec<String>,
    /// Which rules run, at which level.
    pub selection: Selection,
    /// From which level on the run fails.
    pub fail_on: FailOn,
    /// Level of a forbidden technology that is named but not used; `None` is not at all.
    pub mentions: Option<Level>,
    /// Features that may be skipped with a stated reason.
    pub skippable_features: SkippableFeatures,
    /// Largest file that is read, in bytes.
    pub max_file_size: u64,
    /// Number of threads; `None` is one for each processor.
    pub threads: Option<NonZeroUsize>,
    /// File with the findings that are accepted for now.
    pub baseline: Option<PathBuf>,
    pub(super) file: Arc<SourceFile>,
}

/// Integrated specs and what they are a rendering of.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The integrated specs.
    pub spec: Placed<PathPattern>,
    /// The source spec, or the files that may be it; `None` leaves the choice to the header of the integrated spec.
    pub source: Option<Placed<PathPattern>>,
    /// The infrastructure inventory, or the files that may be it.
    pub inventory: Option<Placed<PathPattern>>,
}

impl Config {
    /// The place of `span` in the configuration file, to point at what led to a problem found later.
    pub fn location(&self, span: Span) -> Location {
        Location::of(&self.file, span)
    }

    /// The level at which the rule `rule` of `group` reports, or `None` when it does not run. `default` is the rule's
    /// own level.
    pub fn level_of(&self, rule: &str, group: &str, default: Level) -> Option<Level> {
        self.selection.level_of(rule, group, default)
    }

    /// The same configuration for a copy of the project: what lies in the folder `from` is looked for in `to`.
    #[must_use]
    pub fn moved(&self, from: &Path, to: &Path) -> Self {
        let moved = |path: &Path| path.strip_prefix(from).map_or_else(|_| path.to_path_buf(), |inner| to.join(inner));
        let placed = |path: &Placed<PathBuf>| path.with(moved(&path.value));
        Self {
            folder: moved(&self.folder),
            checks: self.checks.iter().map(placed).collect(),
            migrations: self.migrations.as_ref().map(placed),
            codebase: self.codebase.as_ref().map(placed),
            baseline: self.baseline.as_deref().map(moved),
            ..self.clone()
        }
    }

    /// The first pair whose spec is `path`, relative to the configuration's folder.
    pub fn pair_of(&self, path: &Path) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.spec.value.matches(path))
    }
}
