//! The import aliases of a `tsconfig.json`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::languages::code::{CodeKind, RegionKind, regions};

/// Most settings files that are read for one codebase: each may extend others.
const MOST_FILES: usize = 16;

/// One entry of `paths`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alias {
    /// What an import starts with: `@/` of `@/*`; all of it, where the pattern has no `*`.
    prefix: String,
    is_whole: bool,
    /// The folders, or the files, that it may stand for.
    pub targets: Vec<PathBuf>,
}

impl Alias {
    pub(super) fn new(pattern: &str, targets: Vec<PathBuf>) -> Self {
        let prefix = pattern.strip_suffix('*');
        Self { prefix: prefix.unwrap_or(pattern).to_owned(), is_whole: prefix.is_none(), targets }
    }

    /// What stands behind the alias in an import; `None` where the import is none of this alias.
    pub(super) fn rest<'i>(&self, import: &'i str) -> Option<&'i str> {
        import.strip_prefix(self.prefix.as_str()).filter(|rest| !self.is_whole || rest.is_empty())
    }
}

/// The aliases of a settings file, or of the first of those that it extends which has any.
pub(super) fn aliases(settings: &Path) -> Vec<Alias> {
    let mut queue = vec![settings.to_owned()];
    for _ in 0..MOST_FILES {
        let Some(file) = queue.pop() else { break };
        let Some(folder) = file.parent() else { continue };
        let text = fs::read_to_string(&file).unwrap_or_default();
        let Ok(json) = serde_json::from_str::<Value>(&plain_json(&text)) else { continue };
        let found = own_aliases(&json, folder);
        if !found.is_empty() {
            return found;
        }
        // Of several the last one counts most.
        queue.extend(extended(&json, folder));
    }
    Vec::new()
}

/// The files that `extends` names; packages are left out, for they know no paths of this codebase.
fn extended(json: &Value, folder: &Path) -> Vec<PathBuf> {
    let one = |value: &Value| {
        let name = value.as_str().filter(|name| name.starts_with('.'))?;
        let path = folder.join(name);
        let is_named = path.extension().is_some_and(|own| own == "json");
        Some(if is_named { path } else { folder.join(format!("{name}.json")) })
    };
    match json.get("extends") {
        Some(Value::Array(list)) => list.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// `compilerOptions.paths`; anything that is not as expected is left out.
fn own_aliases(json: &Value, folder: &Path) -> Vec<Alias> {
    let options = json.get("compilerOptions");
    let option = |name: &str| options.and_then(|options| options.get(name));
    let base = option("baseUrl").and_then(Value::as_str).map_or(folder.to_owned(), |base| folder.join(base));
    let Some(paths) = option("paths").and_then(Value::as_object) else { return Vec::new() };
    let entries = paths.iter().filter_map(|(pattern, targets)| {
        let has_star = pattern.ends_with('*');
        let targets = targets.as_array()?.iter().filter_map(Value::as_str);
        let targets = targets.filter_map(|target| if has_star { target.strip_suffix('*') } else { Some(target) });
        Some(Alias::new(pattern, targets.map(|target| base.join(target)).collect()))
    });
    let mut aliases: Vec<_> = entries.filter(|own| !own.prefix.is_empty() && !own.targets.is_empty()).collect();
    // The longest prefix that fits is the one that counts, and a whole name before a prefix.
    aliases.sort_by(|a, b| {
        let rank = |own: &Alias| (own.is_whole, own.prefix.len());
        rank(b).cmp(&rank(a)).then_with(|| a.cmp(b))
    });
    aliases
}

/// JSON without comments and trailing commas, both of which a `tsconfig.json` may have.
fn plain_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for region in regions(CodeKind::Json, text) {
        append(&mut out, text.get(from..region.span.start).unwrap_or(""));
        if region.kind == RegionKind::String {
            out.push_str(region.span.of(text));
        }
        from = region.span.end;
    }
    append(&mut out, text.get(from..).unwrap_or(""));
    out
}

/// Adds code between strings and comments, without a comma that a closing bracket follows.
fn append(out: &mut String, code: &str) {
    for c in code.chars() {
        if matches!(c, '}' | ']') {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_trailing_commas_go() {
        assert_eq!(plain_json("{\"a//b\": [1, /* x */ ], // y\n}"), "{\"a//b\": [1]}");
    }
}
