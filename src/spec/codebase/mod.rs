//! The codebase that the specs extend, as far as imports ask for it.

mod routes;
mod settings;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use self::settings::Alias;
use super::code::is_script_path;
use super::inventory::Route;
use super::module::Module;
use crate::languages::typescript::{self, Confidence, ExportKind, Facts, Import, ImportKind, Variable};

/// Largest source file whose exports are read, in bytes; a larger one exports anything.
const LARGEST_FILE: u64 = 1 << 20;
/// Most files that one module's `export *` leads to; beyond that it exports anything.
const MOST_FILES: usize = 64;
/// What may stand behind an import's path to make it a file.
const ENDINGS: [&str; 9] = ["", ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mjs", "/index.ts", "/index.tsx"];

/// A folder of source code with its import aliases.
#[derive(Clone, Debug)]
pub struct Codebase {
    folder: PathBuf,
    aliases: Vec<Alias>,
    routes: OnceLock<Vec<Route>>,
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
        if is_file {
            fs::File::open(&settings)?;
        }
        let mut aliases = settings::aliases(&settings);
        if aliases.is_empty() {
            aliases.push(Alias::new("@/*", vec![folder.join("src"), folder.clone()]));
        }
        Ok(Self { folder, aliases, routes: OnceLock::new() })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file that an import such as `@/lib/tides` takes in; `None` where there is none.
    pub fn resolve(&self, import: &str) -> Option<PathBuf> {
        let (targets, rest) = self.aliases.iter().find_map(|alias| Some((&alias.targets, alias.rest(import)?)))?;
        // An import must not lead out of the codebase.
        let is_inside = Path::new(rest).components().all(|part| matches!(part, Component::Normal(_)));
        targets.iter().filter(|_| is_inside).find_map(|target| file_at(&if_any(target, rest)))
    }

    /// The file that `import`, written in `file`, takes in.
    fn resolve_from(&self, file: &Path, import: &str) -> Option<PathBuf> {
        if !import.starts_with("./") && !import.starts_with("../") && !matches!(import, "." | "..") {
            return self.resolve(import);
        }
        let mut path = file.parent()?.to_owned();
        for part in Path::new(import).components() {
            match part {
                Component::Normal(name) => path.push(name),
                Component::ParentDir => path = path.parent()?.to_owned(),
                Component::CurDir => {}
                _ => return None,
            }
        }
        file_at(&path).filter(|_| path.starts_with(&self.folder))
    }

    /// What a file exports, `export *` followed. A file that cannot be read, or not as a whole, exports anything.
    pub fn exports(&self, file: &Path) -> Module {
        let mut module = Module { complete: true, ..Module::default() };
        let (mut queue, mut seen) = (vec![file.to_owned()], BTreeSet::new());
        while let Some(next) = queue.pop() {
            if seen.contains(&next) {
                continue;
            }
            let Some(facts) = read(&next).filter(|_| seen.len() < MOST_FILES) else {
                return Module { complete: false, ..module };
            };
            // `module.exports` is not read.
            module.complete &= facts.confidence == Confidence::Parsed && !facts.exports.is_empty();
            let is_star = |name: &str, kind| kind == ExportKind::ReExport && name == "*";
            let names = facts.exports.iter().filter(|own| !is_star(&own.name.text, own.kind));
            // `export *` leaves the default export out.
            let names = names.filter(|own| next == file || own.name.text != "default");
            module.symbols.extend(names.map(|own| own.name.text.clone()));
            for import in facts.imports.iter().filter(|import| takes_all(import)) {
                match self.resolve_from(&next, &import.module.text) {
                    Some(inner) => queue.push(inner),
                    None => module.complete = false,
                }
            }
            seen.insert(next);
        }
        module
    }

    /// The routes of the route handlers below its `app` folders. They are looked for once.
    pub fn routes(&self) -> &[Route] {
        self.routes.get_or_init(|| routes::read(self))
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

/// Whether an import is `export * from`, which gives everything on.
fn takes_all(import: &Import) -> bool {
    let is_star = |name: &str| name == "*";
    import.kind == ImportKind::ReExport
        && import.names.iter().any(|name| is_star(&name.imported.text) && is_star(&name.local.text))
}

/// `target/rest`, or `target` itself where nothing follows.
fn if_any(target: &Path, rest: &str) -> PathBuf {
    if rest.is_empty() { target.to_owned() } else { target.join(rest) }
}

/// The file that an import's path means, its ending added. `./tides.js` may be written for `tides.ts`.
fn file_at(path: &Path) -> Option<PathBuf> {
    let with = |path: &Path, ending: &str| {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        Some(PathBuf::from(file)).filter(|file| file.is_file())
    };
    let is_js = path.extension().is_some_and(|own| own == "js");
    let bare = is_js.then(|| path.with_extension(""));
    ENDINGS.iter().find_map(|ending| with(path, ending)).or_else(|| {
        let bare = bare?;
        [".ts", ".tsx"].iter().find_map(|ending| with(&bare, ending))
    })
}

/// The facts of a script that is not too large.
fn read(file: &Path) -> Option<Facts> {
    let is_small = fs::metadata(file).is_ok_and(|own| own.len() <= LARGEST_FILE);
    let is_script = file.to_str().is_some_and(is_script_path);
    let text = (is_small && is_script).then(|| fs::read_to_string(file).ok()).flatten()?;
    Some(typescript::parse(&text))
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

    fn codebase(files: &[(&str, &str)]) -> (tempfile::TempDir, Codebase) {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let codebase = Codebase::open(folder.path()).unwrap();
        (folder, codebase)
    }

    #[test]
    fn settings_may_extend_others() {
        let base = r#"{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./web/*"], "@config": ["./web/config.ts"] } } }"#;
        let (_folder, codebase) = codebase(&[
            ("tsconfig.json", "{ // the base has the rest\n \"extends\": \"./settings/base\", }"),
            ("settings/base.json", &base.replace("./web", "../web")),
            ("web/tides.tsx", "export const high = 1;"),
            ("web/config.ts", "export const zone = 'UTC';"),
        ]);
        assert!(codebase.resolve("@/tides").is_some());
        assert!(codebase.resolve("@config").is_some());
        assert_eq!(codebase.resolve("@configuration"), None);
    }

    #[test]
    fn barrels_give_on_what_they_take_in() {
        let (_folder, codebase) = codebase(&[
            (
                "src/lib/index.ts",
                "export * from './tides';\nexport * as moon from './moon';\nexport { default as ebb } from './ebb';",
            ),
            ("src/lib/tides/index.ts", "export const high = 1;\nexport default high;\nexport * from '../index';"),
            ("src/lib/open.ts", "export * from 'a-package';"),
        ]);
        let module = codebase.exports(&codebase.resolve("@/lib").unwrap());
        assert!(module.complete && module.symbols.iter().eq(["ebb", "high", "moon"]), "{module:?}");
        assert!(!codebase.exports(&codebase.resolve("@/lib/open").unwrap()).complete);
    }

    #[test]
    fn routes_come_from_route_files() {
        let (_folder, codebase) = codebase(&[
            (
                "src/app/(desk)/api/boats/[id]/route.ts",
                "export const GET = async () => {};\nexport async function PUT() {}",
            ),
            ("src/app/api/tides/[...rest]/route.js", "export * from 'elsewhere';"),
            ("src/app/page.tsx", "export default () => null;"),
        ]);
        let shown: Vec<String> = codebase
            .routes()
            .iter()
            .map(|own| format!("{} {} {}", own.method.as_deref().unwrap_or("any"), own.path, own.with_children))
            .collect();
        assert_eq!(shown, ["GET /api/boats/[] false", "PUT /api/boats/[] false", "any /api/tides/[] true"]);
    }
}
