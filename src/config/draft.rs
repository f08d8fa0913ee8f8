use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::{JsonSchema, SchemaGenerator};
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Deserializer};

use crate::text::{Encoding, SourceFile, Span};

use super::ConfigError;
use super::error::{Objection, Place, Problems};
use super::pattern::relative_path;
use super::raw::{RawConfig, RawPair};
use super::rules::{closest, listing};

/// Largest configuration file, in bytes.
const LARGEST_FILE: u64 = 64 * 1024;

/// A configuration whose keys are read, and whose values are not yet checked.
#[derive(Clone, Debug)]
pub struct Draft {
    pub(super) file: Arc<SourceFile>,
    pub(super) folder: PathBuf,
    pub(super) raw: RawConfig,
    pub(super) problems: Problems,
}

impl Draft {
    /// Reads the file at `path`; `shown` is what findings call it: relative to the working directory, with `/`.
    ///
    /// # Errors
    /// When it is no file, cannot be read, or is larger than 64 KiB. All else that is wrong is reported by
    /// [`Draft::resolve`].
    pub fn read(path: &Path, shown: &str) -> Result<Self, ConfigError> {
        let bytes = read_bounded(path).map_err(|cause| ConfigError::unreadable(path, cause))?;
        Ok(Self::parse(SourceFile::new(shown, bytes), path.parent().unwrap_or(Path::new(""))))
    }

    /// Reads the text of a configuration file that stands in `folder`.
    pub fn parse(file: SourceFile, folder: impl Into<PathBuf>) -> Self {
        let mut problems = Problems::default();
        let raw = match file.encoding() {
            Encoding::Utf8 => read_keys(file.text(), &mut problems),
            Encoding::Invalid { first, .. } => {
                let place = Place::File(Span::new(first, first + 1));
                problems.add(place, Objection::new("this is no UTF-8").help("save the file as UTF-8"));
                RawConfig::default()
            }
        };
        Self { file: Arc::new(file), folder: folder.into(), raw, problems }
    }

    /// The configuration of a project without a file; `folder` is what its paths would be relative to.
    pub fn defaults(folder: impl Into<PathBuf>) -> Self {
        Self::parse(SourceFile::new(super::FILE_NAMES[0], Vec::new()), folder)
    }

    /// The folders with the project's own rules, which must be known before [`Draft::resolve`].
    pub fn checks(&self) -> Vec<PathBuf> {
        self.raw.checks.iter().filter_map(|text| Some(self.folder.join(relative_path(&text.value).ok()?))).collect()
    }
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(io::Error::other(format!("it is larger than {} KiB", LARGEST_FILE / 1024)));
    }
    Ok(bytes)
}

/// Reads what can be read: a key that is unknown or whose value has the wrong type is reported and left out.
fn read_keys(text: &str, problems: &mut Problems) -> RawConfig {
    let mut document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            problems.add(place_of(&error), Objection::new(plain(error.message())));
            return RawConfig::default();
        }
    };
    drop_unknown_keys(&mut document, problems);
    loop {
        match RawConfig::deserialize(Deserializer::from(document.clone())) {
            Ok(raw) => return raw,
            Err(error) => {
                let offset = error.span().unwrap_or_default().start;
                let key = drop_value(document.get_mut(), offset);
                let message = format!("`{}`: {}", key.as_deref().unwrap_or_default(), plain(error.message()));
                problems.add(place_of(&error), Objection::new(message));
                // Each turn takes a value away; a file full of wrong ones need not be read to its end.
                if key.is_none() || problems.are_full() {
                    return RawConfig::default();
                }
            }
        }
    }
}

fn place_of(error: &toml::de::Error) -> Place {
    Place::File(error.span().unwrap_or_default().into())
}

/// Takes the value at `offset` out of `table`, or the list that it stands in, and says the key.
fn drop_value(table: &mut DeTable<'_>, offset: usize) -> Option<String> {
    let (key, _) = table.iter().find(|(key, value)| covers(key, value, offset))?;
    let key = key.clone();
    if let Some(DeValue::Table(inner)) = table.get_mut(&key).map(Spanned::get_mut)
        && let Some(inner_key) = drop_value(inner, offset)
    {
        return Some(format!("{}.{inner_key}", key.get_ref()));
    }
    table.remove(&key);
    Some(key.into_inner().into_owned())
}

/// Whether a key, its value or a part of that stands at `offset`; the span of a table is that of its heading only.
fn covers(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>, offset: usize) -> bool {
    Span::from(key.span()).contains(offset) || value_covers(value, offset)
}

fn value_covers(value: &Spanned<DeValue<'_>>, offset: usize) -> bool {
    Span::from(value.span()).contains(offset)
        || match value.get_ref() {
            DeValue::Array(items) => items.iter().any(|item| value_covers(item, offset)),
            DeValue::Table(table) => table.iter().any(|(key, value)| covers(key, value, offset)),
            _ => false,
        }
}

fn drop_unknown_keys(document: &mut Spanned<DeTable<'_>>, problems: &mut Problems) {
    let top_level = keys_of::<RawConfig>();
    let in_pair = keys_of::<RawPair>();
    let table = document.get_mut();
    drop_keys(table, problems, |key| unknown(key, &top_level, &[]));
    if let Some(DeValue::Array(pairs)) = table.get_mut("pairs").map(Spanned::get_mut) {
        for pair in pairs.iter_mut() {
            if let DeValue::Table(pair) = pair.get_mut() {
                drop_keys(pair, problems, |key| unknown(key, &in_pair, &top_level));
            }
        }
    }
    // Every other key of this table is the name of a rule, which is checked later.
    if let Some(DeValue::Table(levels)) = table.get_mut("levels").map(Spanned::get_mut) {
        drop_keys(levels, problems, |key| misplaced(key, &top_level));
    }
}

/// Takes the keys out of `table` that `object` is against.
fn drop_keys(table: &mut DeTable<'_>, problems: &mut Problems, object: impl Fn(&str) -> Option<Objection>) {
    let mut dropped = Vec::new();
    for (key, _) in table.iter() {
        if let Some(objection) = object(key.get_ref()) {
            problems.add(Place::File(key.span().into()), objection);
            dropped.push(key.clone());
        }
    }
    for key in dropped {
        table.remove(&key);
    }
}

/// What is wrong with a key that is none of `known`; `above` are the keys of the table around this one.
fn unknown(key: &str, known: &[String], above: &[String]) -> Option<Objection> {
    let names = || known.iter().map(String::as_str);
    if names().any(|name| name == key) {
        return None;
    }
    let slip = || {
        let help = closest(key, names())
            .map_or_else(|| format!("use {}", listing(names())), |name| format!("did you mean `{name}`?"));
        Objection::new(format!("unknown key `{key}`")).help(help)
    };
    Some(misplaced(key, above).unwrap_or_else(slip))
}

/// What is wrong with a key of `above`: behind the heading of a table it belongs to that table, easy to get wrong.
fn misplaced(key: &str, above: &[String]) -> Option<Objection> {
    let help = "move it above the first line in brackets, `[…]` or `[[…]]`";
    above
        .iter()
        .any(|name| name == key)
        .then(|| Objection::new(format!("`{key}` does not belong to this table")).help(help))
}

/// The keys that the file may have, from the schema: they are written down once.
pub(super) fn keys_of<T: JsonSchema>() -> Vec<String> {
    let schema = T::json_schema(&mut SchemaGenerator::default());
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(serde_json::Map::keys).cloned().collect()
}

/// The message of the TOML reader in words that need no Rust.
fn plain(message: &str) -> String {
    let message = message.replace("invalid type: ", "found ").replace("missing field", "missing key");
    let wanted = [("a sequence", "a list"), ("a map", "a table"), ("i64", "a whole number")];
    wanted
        .iter()
        .find_map(|(theirs, ours)| {
            Some(format!("{}expected {ours}", message.strip_suffix(&format!("expected {theirs}"))?))
        })
        .unwrap_or(message)
}
