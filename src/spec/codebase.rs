//! The codebase that the specs extend, as far as imports ask for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::code::is_script_path;
use super::module::Module;
use crate::languages::code::{CodeKind, RegionKind, regions};
use crate::languages::typescript::{self, Confidence, ExportKind, Facts, Variable};

/// Largest source file whose exports are read, in bytes; a larger one exports anything.
const LARGEST_FILE: u64 = 1 << 20;
/// What may stand behind an import's path to make it a file.
const ENDINGS: [&str; 9] = ["", ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mjs", "/index.ts", "/index.tsx"];

/// A folder of source code with its import aliases.
#[derive(Clone, Debug)]
pub struct Codebase {
    folder: PathBuf,
    /// What an import starts with, and the folders that it may stand for.
    aliases: Vec<(String, Vec<PathBuf>)>,
}

impl Codebase {
    /// Opens a folder, or the folder of a `tsconfig.json`. Without `paths` there, `@/` is `src/` or the folder itself.
    ///
    /// # Errors
    /// The path does not exist, or the `tsconfig.json` that was named cannot be read.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let is_file = fs::metadata(path)?.is_file();
        let folder = if is_file { path.parent().unwrap_or(path).to_owned() } else { path.to_owned() };
        let settings = if is_file { path.to_owned() } else { folder.join("tsconfig.json") };
        let text = match fs::read_to_string(&settings) {
            Ok(text) => text,
            Err(error) if is_file => return Err(error),
            Err(_) => String::new(),
        };
        let mut aliases = aliases(&text, &folder);
        if aliases.is_empty() {
            aliases.push(("@/".to_owned(), vec![folder.join("src"), folder.clone()]));
        }
        Ok(Self { folder, aliases })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file that an import such as `@/lib/tides` takes in; `None` where there is none.
    pub fn resolve(&self, import: &str) -> Option<PathBuf> {
        let (prefix, targets) = self.aliases.iter().find(|(prefix, _)| import.starts_with(prefix))?;
        let rest = Path::new(import.strip_prefix(prefix.as_str())?);
        // An import must not lead out of the codebase.
        if !rest.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let candidates = targets.iter().flat_map(|target| {
            ENDINGS.iter().map(move |ending| {
                let mut path = target.join(rest).into_os_string();
                path.push(ending);
                PathBuf::from(path)
            })
        });
        candidates.into_iter().find(|path| path.is_file())
    }

    /// What a file exports. A file that cannot be read, or not as a whole, exports anything.
    pub fn exports(&self, file: &Path) -> Module {
        let Some(facts) = read(file) else { return Module::default() };
        let has_star = facts.exports.iter().any(|own| own.kind == ExportKind::ReExport && own.name.text == "*");
        Module {
            symbols: facts.exports.iter().map(|own| own.name.text.clone()).collect(),
            complete: facts.confidence == Confidence::Parsed && !has_star,
        }
    }

    /// The names of a file that hold `async` functions.
    pub fn async_functions(&self, file: &Path) -> BTreeSet<String> {
        let Some(facts) = read(file) else { return BTreeSet::new() };
        let is_async = |variable: &&Variable| {
            variable.function.and_then(|id| facts.function(id)).is_some_and(|function| function.is_async)
        };
        facts.variables.iter().filter(is_async).map(|variable| variable.name.clone()).collect()
    }
}

/// The facts of a script that is not too large.
fn read(file: &Path) -> Option<Facts> {
    let is_small = fs::metadata(file).is_ok_and(|own| own.len() <= LARGEST_FILE);
    let is_script = file.to_str().is_some_and(is_script_path);
    let text = (is_small && is_script).then(|| fs::read_to_string(file).ok()).flatten()?;
    Some(typescript::parse(&text))
}

/// `compilerOptions.paths` of a `tsconfig.json`; anything that is not as expected is left out.
fn aliases(text: &str, folder: &Path) -> Vec<(String, Vec<PathBuf>)> {
    let Ok(settings) = serde_json::from_str::<serde_json::Value>(&plain_json(text)) else { return Vec::new() };
    let options = settings.get("compilerOptions");
    let option = |name: &str| options.and_then(|options| options.get(name));
    let base = option("baseUrl").and_then(|base| base.as_str()).map_or(folder.to_owned(), |base| folder.join(base));
    let Some(paths) = option("paths").and_then(|paths| paths.as_object()) else { return Vec::new() };
    let entries = paths.iter().filter_map(|(pattern, targets)| {
        let prefix = pattern.strip_suffix('*')?.to_owned();
        let targets = targets.as_array()?.iter().filter_map(|target| target.as_str()?.strip_suffix('*'));
        Some((prefix, targets.map(|target| base.join(target)).collect::<Vec<_>>()))
    });
    let mut aliases: Vec<_> = entries.filter(|(prefix, targets)| !prefix.is_empty() && !targets.is_empty()).collect();
    // The longest prefix that fits is the one that counts.
    aliases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
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
    fn imports_resolve_through_paths() {
        let folder = tempfile::tempdir().unwrap();
        let settings =
            "{ // harbour\n \"compilerOptions\": { \"baseUrl\": \".\", \"paths\": { \"@/*\": [\"./app/*\"], }, } }";
        fs::write(folder.path().join("tsconfig.json"), settings).unwrap();
        fs::create_dir(folder.path().join("app")).unwrap();
        fs::write(folder.path().join("app/tides.ts"), "export const high = async () => 1;\nexport type Tide = 'low';")
            .unwrap();
        let codebase = Codebase::open(folder.path()).unwrap();
        let file = codebase.resolve("@/tides").unwrap();
        let module = codebase.exports(&file);
        assert!(module.complete && module.symbols.iter().eq(["Tide", "high"]));
        assert!(codebase.async_functions(&file).iter().eq(["high"]));
        assert_eq!(codebase.resolve("@/ebb"), None);
        assert_eq!(codebase.resolve("@/../tsconfig.json"), None, "an import stays in the codebase");
        assert!(Codebase::open(&folder.path().join("none")).is_err());
    }

    #[test]
    fn comments_and_trailing_commas_go() {
        assert_eq!(plain_json("{\"a//b\": [1, /* x */ ], // y\n}"), "{\"a//b\": [1]}");
    }
}
