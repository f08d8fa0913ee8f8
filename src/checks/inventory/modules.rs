//! Imports of modules, and of names, that nothing has.

use std::collections::BTreeMap;

use super::groups::Groups;
use super::slips::Finder;
use super::{Known, blindness, unchecked};
use crate::checks::code::components::is_foreign;
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::languages::typescript::Import;
use crate::spec::{Code, Inventory, Module, is_ui, module_key};

pub(super) const CHECK: Check = Check { rules: &["unknown-import", "unknown-symbol"], run };

/// What is known of an imported module.
enum Lookup {
    /// It exists, with these exports.
    Found(Module),
    /// It does not exist.
    Missing,
    /// Nothing can be said.
    Unclear,
}

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("unknown-import") && !cx.is_on("unknown-symbol") {
        return;
    }
    let listed = cx.pair.known().is_some_and(|inventory| !inventory.modules.is_empty());
    let any = listed || !cx.pair.created().modules.is_empty();
    let blind = blindness(cx, &Known { elsewhere: cx.codebase.is_some(), any });
    let mut lookups: BTreeMap<String, Lookup> = BTreeMap::new();
    let (mut imports, mut symbols, mut unresolved) = (Groups::default(), Groups::default(), Vec::new());
    for code in cx.scripts() {
        for import in &code.facts().imports {
            let module = &import.module.text;
            let Some(key) = key_of(import) else { continue };
            let lookup = lookups.entry(module.clone()).or_insert_with(|| look_up(cx, module, &key));
            match lookup {
                Lookup::Found(found) => missing_symbols(cx, code, import, found, &mut symbols),
                Lookup::Missing if cx.is_on("existing-components") && is_foreign(cx, code, import) => {}
                Lookup::Missing if blind.is_some() => unresolved.push(code.place(import.module.span)),
                Lookup::Missing => imports.add(cx, key, ("", module), code.place(import.module.span)),
                Lookup::Unclear => {}
            }
        }
    }
    if let Some(reason) = blind {
        findings.extend(unchecked(cx, "unknown-import", "import", &unresolved, reason));
    }
    let mut moved = None;
    for group in imports.iter() {
        let verb = if group.names.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} neither in the codebase nor created here", group.list());
        let help = match moved.get_or_insert_with(|| Moved::new(cx)).likely(group.name()) {
            Some(near) => format!("did you mean `@/{near}`? Else show the file, or import what exists"),
            None => "show the file with its path (`// File: …`), or import what exists".to_owned(),
        };
        findings.extend(group.finding(cx, "unknown-import", message).map(|finding| finding.help(help)));
    }
    for group in symbols.iter() {
        let help = "export it there, or import a name that the file has";
        let message = format!("`{}` does not export {}", group.owner, group.list());
        findings.extend(group.finding(cx, "unknown-symbol", message).map(|finding| finding.help(help)));
    }
}

/// The key of a module of the codebase; other files than scripts, such as style sheets, are not looked up.
fn key_of(import: &Import) -> Option<String> {
    let module = import.module.text.as_str();
    let assets = [".css", ".scss", ".sass", ".json", ".svg", ".png", ".jpg", ".webp", ".md", ".mdx", ".woff2"];
    let is_code = module.starts_with("@/") && !assets.iter().any(|ending| module.ends_with(ending));
    is_code.then(|| module_key(module)).flatten()
}

fn look_up(cx: &Context<'_, '_>, import: &str, key: &str) -> Lookup {
    let created = cx.pair.created();
    let own = created.modules.get(key);
    let in_codebase = cx.codebase.and_then(|codebase| Some(codebase.exports(&codebase.resolve(import)?)));
    let inventory = cx.pair.known();
    // A file that the inventory names without its exports says nothing against those that are shown.
    let is_telling = |module: &&Module| own.is_none() || !module.symbols.is_empty();
    let listed = inventory.and_then(|inventory| inventory.modules.get(key)).filter(is_telling);
    // The codebase knows better than the inventory what a file exports.
    let existing = in_codebase.as_ref().or(listed);
    match (own, existing) {
        (Some(own), Some(existing)) => Lookup::Found(both(own, existing)),
        (Some(module), None) | (None, Some(module)) => Lookup::Found(module.clone()),
        (None, None) => elsewhere(cx, inventory, key),
    }
}

fn both(one: &Module, other: &Module) -> Module {
    let symbols = one.symbols.union(&other.symbols).cloned().collect();
    Module { symbols, complete: one.complete && other.complete }
}

/// A module that is known without its exports: a component that is listed by name, a file in a tree, a folder.
fn elsewhere(cx: &Context<'_, '_>, inventory: Option<&Inventory>, key: &str) -> Lookup {
    let created = cx.pair.created();
    let folder = format!("{key}/");
    let holds = |keys: &crate::spec::Modules| {
        keys.range(folder.clone()..).next().is_some_and(|(own, _)| own.starts_with(&folder))
    };
    let is_folder = holds(&created.modules) || inventory.is_some_and(|inventory| holds(&inventory.modules));
    if created.shows_file(key) || is_folder {
        return Lookup::Unclear;
    }
    match inventory.filter(|_| is_ui(key)).map(|inventory| inventory.has_ui_module(key)) {
        Some(Some(true)) => Lookup::Found(Module::default()),
        Some(None) => Lookup::Unclear,
        _ => Lookup::Missing,
    }
}

fn missing_symbols(cx: &Context<'_, '_>, code: &Code<'_>, import: &Import, found: &Module, symbols: &mut Groups) {
    if !found.complete {
        return;
    }
    for name in &import.names {
        let text = name.imported.text.as_str();
        let is_named = !matches!(text, "*" | "default");
        // Lists of functions leave out types.
        let is_type = import.type_only || name.type_only;
        let lists_types = found.symbols.iter().any(|own| own.starts_with(|c: char| c.is_ascii_uppercase()));
        if is_named && !found.symbols.contains(text) && (!is_type || lists_types) {
            let span = if name.imported.span.is_empty() { import.span } else { name.imported.span };
            let module = import.module.text.as_str();
            symbols.add(cx, format!("{module} {text}"), (module, text), code.place(span));
        }
    }
}

/// Finds the module that an import is probably a slip for.
struct Moved<'c> {
    by_name: BTreeMap<&'c str, &'c str>,
    by_path: Finder<'c>,
}

impl<'c> Moved<'c> {
    fn new(cx: &'c Context<'_, '_>) -> Self {
        let known = cx.pair.known().into_iter().flat_map(|inventory| inventory.modules.keys());
        let keys = || cx.pair.created().modules.keys().chain(known.clone()).map(String::as_str);
        let name = |key: &'c str| (key.rsplit('/').next().unwrap_or(key), key);
        Self { by_name: keys().map(name).collect(), by_path: Finder::new(keys()) }
    }

    /// A module of the same name elsewhere, or one of a similar name in the same folder.
    fn likely(&mut self, import: &str) -> Option<&'c str> {
        let key = module_key(import)?;
        let (folder, name) = key.rsplit_once('/')?;
        if let Some(same) = self.by_name.get(name) {
            return Some(same);
        }
        let similar = self.by_path.likely(&key)?;
        let (own_folder, own_name) = similar.rsplit_once('/')?;
        // Folders in common do not make names similar.
        let is_near = strsim::normalized_damerau_levenshtein(own_name, name) >= LEAST_SIMILAR_NAME;
        (own_folder == folder && is_near).then_some(similar)
    }
}

/// Least share of letters that the names of two files in a folder have in common, if one is a slip for the other.
const LEAST_SIMILAR_NAME: f64 = 0.6;
