//! What a repository has that a configuration can name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::markdown::Document;
use crate::report::sanitise::is_harmful;
use crate::spec::{Spec, SpecKind, looks_integrated};
use crate::workspace::{SourceLookup, find_source, is_sql, read, shown};

/// Largest file that is looked into, in bytes.
const LARGEST_FILE: u64 = 8 << 20;
/// Most pairs that are written one by one.
const MOST_PAIRS: usize = 100;

/// An integrated spec and its source, where that was found.
type Rendering = (PathBuf, Option<PathBuf>);

/// What was found. Paths are relative to the root, with `/`.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Spec pairs, as patterns where the names allow.
    pub pairs: Vec<FoundPair>,
    /// The integrated specs and the sources that their headers name.
    pub specs: Vec<(String, Option<String>)>,
    /// The one file that calls itself an inventory.
    pub inventory: Option<String>,
    /// Folders with SQL migrations, the likeliest first.
    pub migrations: Vec<String>,
    /// Whether the root holds a `tsconfig.json`.
    pub has_codebase: bool,
}

/// One `[[pairs]]` table.
#[derive(Debug)]
pub(super) struct FoundPair {
    /// A pattern, or a path as a pattern.
    pub spec: String,
    /// The source, where the header does not name it by itself.
    pub source: Option<String>,
}

pub(super) fn detect(root: &Path) -> Found {
    let mut markdown: Vec<PathBuf> = Vec::new();
    let mut migrations: BTreeSet<PathBuf> = BTreeSet::new();
    let mut walk = WalkBuilder::new(root);
    walk.git_global(false).require_git(false).follow_links(false).sort_by_file_path(Ord::cmp);
    for entry in walk.build().filter_map(Result::ok) {
        let path = entry.path();
        if !entry.file_type().is_some_and(|kind| kind.is_file()) || path.to_string_lossy().contains(is_harmful) {
            continue;
        }
        let folder = path.parent().unwrap_or(root);
        if is_sql(path) && folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case("migrations")) {
            migrations.insert(folder.to_path_buf());
        }
        let is_markdown = path.extension().is_some_and(|kind| kind == "md" || kind == "markdown");
        if is_markdown {
            markdown.push(path.to_path_buf());
        }
    }
    let specs: Vec<Rendering> = markdown.iter().filter_map(|path| rendering(path, root)).collect();
    let name = |path: &Path| shown(path, root);
    let mut inventories = markdown.iter().filter(|path| {
        let is_spec = specs.iter().any(|(spec, source)| spec == *path || source.as_ref() == Some(*path));
        !is_spec && path.file_stem().is_some_and(|stem| stem.to_string_lossy().to_lowercase().contains("inventory"))
    });
    let inventory = inventories.next().filter(|_| inventories.next().is_none()).map(|path| name(path));
    let mut migrations: Vec<String> = migrations.iter().map(|path| name(path)).collect();
    migrations.sort_by_key(|path| (path != "supabase/migrations", path.len()));
    Found {
        pairs: pairs(&specs, &markdown, root),
        specs: specs.iter().map(|(spec, source)| (name(spec), source.as_deref().map(name))).collect(),
        inventory,
        migrations,
        has_codebase: root.join("tsconfig.json").is_file(),
    }
}

/// The document at `path` and its source, if it is an integrated spec.
fn rendering(path: &Path, root: &Path) -> Option<Rendering> {
    let file = read(path, &shown(path, root), LARGEST_FILE).ok()?;
    if !looks_integrated(file.text().as_bytes()) {
        return None;
    }
    let document = Document::new(&file);
    let spec = Spec::read(&document, SpecKind::Integrated);
    if !spec.is_integrated() {
        return None;
    }
    let header = spec.header_field(&["Source Document", "Source", "Source Spec", "Source Specification"]);
    let source = match find_source(path, header.map_or("", |(_, value)| value), root) {
        SourceLookup::Found(source) => Some(crate::workspace::normalised(&source)),
        _ => None,
    };
    Some((path.to_path_buf(), source))
}

/// A pattern for each folder whose specs are told from its other documents by the end of their names; else a pair a spec.
fn pairs(specs: &[Rendering], markdown: &[PathBuf], root: &Path) -> Vec<FoundPair> {
    let mut folders: BTreeMap<&Path, Vec<&Rendering>> = BTreeMap::new();
    for spec in specs {
        folders.entry(spec.0.parent().unwrap_or(root)).or_default().push(spec);
    }
    let mut pairs = Vec::new();
    for (folder, specs) in folders {
        let have_sources = specs.iter().all(|(_, source)| source.is_some());
        let ending = specs.first().and_then(|(path, _)| ending(path)).filter(|ending| {
            let fits = |path: &PathBuf| path.to_string_lossy().ends_with(ending.as_str());
            let others = markdown.iter().filter(|path| path.parent() == Some(folder));
            specs.iter().all(|(path, _)| fits(path)) && others.filter(|path| fits(path)).count() == specs.len()
        });
        let inside = folder.strip_prefix(root).ok().filter(|inside| !inside.as_os_str().is_empty());
        let before = inside.map_or_else(String::new, |inside| format!("{}/", literal(&shown(inside, root))));
        match ending.filter(|_| have_sources) {
            Some(ending) => pairs.push(FoundPair { spec: format!("{before}*{}", literal(&ending)), source: None }),
            None => pairs.extend(specs.iter().map(|(path, source)| FoundPair {
                spec: literal(&shown(path, root)),
                source: source.as_deref().map(|source| literal(&shown(source, root))),
            })),
        }
    }
    pairs.truncate(MOST_PAIRS);
    pairs
}

/// `-integrated.md` of `shop-integrated.md`.
fn ending(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let at = name.to_ascii_lowercase().rfind("integrated")?;
    let before = name.get(..at)?;
    let separator = before.chars().next_back().filter(|c| matches!(c, '-' | '_' | '.'))?;
    Some(format!("{separator}{}", name.get(at..)?))
}

/// A path as a pattern that means nothing but itself.
fn literal(path: &str) -> String {
    let mut text = String::new();
    for c in path.chars() {
        match c {
            '*' | '?' | '[' | ']' | '{' | '}' => text.extend(['[', c, ']']),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_that_tells_integrated_specs() {
        assert_eq!(ending(Path::new("a/shop-integrated.md")).as_deref(), Some("-integrated.md"));
        assert_eq!(ending(Path::new("04_Integrated_v2.md")).as_deref(), Some("_Integrated_v2.md"));
        assert_eq!(ending(Path::new("integrated.md")), None);
        assert_eq!(ending(Path::new("shop.md")), None);
        assert_eq!(literal("a[1]*.md"), "a[[]1[]][*].md");
    }
}
