//! The file as it is written. The doc comments here are the descriptions in the JSON Schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::level::{FailOn, LevelSetting};
use super::placed::Placed;

/// A string and its place.
pub(super) type Text = Placed<String>;

/// Configuration of speclint. Paths are relative to the folder of this file and use `/`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
#[schemars(title = "speclint.toml")]
pub(super) struct RawConfig {
    /// Spec pairs: which integrated specs there are, and what each one is a rendering of. Without pairs, speclint
    /// finds the specs itself.
    pub pairs: Vec<RawPair>,
    /// Files and folders that are never checked. A pattern without `/` matches at any depth.
    pub exclude: Vec<Text>,
    /// Folders with rule pages of this project's own.
    pub checks: Vec<Text>,
    /// Folder with SQL migrations, checked by the database rules in file-name order.
    #[schemars(with = "String")]
    pub migrations: Option<Text>,
    /// Folder of the codebase that the specs extend, or its `tsconfig.json`.
    #[schemars(with = "String")]
    pub codebase: Option<Text>,
    /// Database schemas that the API exposes; their tables need row level security. Default: `["public"]`.
    #[schemars(with = "Vec<String>")]
    pub exposed_schemas: Option<Vec<Text>>,
    /// Routes that need no `requireAuth()`: an optional method and a path. `*` stands for a part of one segment, `**`
    /// for any number of segments.
    pub public_routes: Vec<Text>,
    /// Functions that return a promise of a Supabase client, so that their call must be awaited.
    pub async_clients: Vec<Text>,
    /// Rules or groups of rules to run. Default: all.
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub select: Option<Placed<Vec<Text>>>,
    /// Rules or groups of rules that do not run.
    pub ignore: Vec<Text>,
    /// Level of a rule, or of all rules of a group.
    #[schemars(with = "BTreeMap<String, LevelSetting>")]
    pub levels: BTreeMap<toml::Spanned<String>, Text>,
    /// Lowest level of a finding that makes the run fail. Default: `error`.
    #[schemars(with = "FailOn")]
    pub fail_on: Option<Text>,
    /// Level of a forbidden technology that is named but not used. Default: `note`.
    #[schemars(with = "LevelSetting")]
    pub mentions: Option<Text>,
    /// Features that the integrated spec may skip with a stated reason; `*` stands for any text.
    /// Default: `["FR-1.*"]`.
    #[schemars(with = "Vec<String>")]
    pub skippable_features: Option<Vec<Text>>,
    /// Largest file that is read: a number of bytes, or a text such as `64 MiB`, which is the default.
    #[schemars(with = "RawSize")]
    pub max_file_size: Option<Placed<RawSize>>,
    /// Number of threads. Default: one for each processor.
    #[schemars(with = "i64", range(min = 1, max = 256))]
    pub threads: Option<Placed<i64>>,
    /// File with the findings that are accepted for now.
    #[schemars(with = "String")]
    pub baseline: Option<Text>,
}

/// Integrated specs and what they are a rendering of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, expecting = "a table")]
#[schemars(rename = "Pair")]
pub(super) struct RawPair {
    /// Path or pattern of the integrated specs.
    pub spec: Text,
    /// Path of the source spec. A pattern says which files may be the source; the header of the integrated spec names
    /// the one that is. Default: any file that the header names.
    #[serde(default)]
    #[schemars(with = "String")]
    pub source: Option<Text>,
    /// Path of the infrastructure inventory, or a pattern of the files that may be it.
    #[serde(default)]
    #[schemars(with = "String")]
    pub inventory: Option<Text>,
}

/// A number of bytes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a number of bytes, or a text such as `64 MiB`")]
#[schemars(rename = "Size")]
pub(super) enum RawSize {
    /// Bytes.
    Bytes(#[schemars(range(min = 1))] i64),
    /// A number and a unit, such as `64 MiB`.
    Text(#[schemars(regex(pattern = "^[0-9]+ *(([KkMmGg][Ii]?)?[Bb])?$"))] String),
}
