//! The routes that the route files of a codebase serve.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Codebase;
use crate::languages::typescript::is_method;
use crate::spec::code::route_of;
use crate::spec::endpoint::normal_path;
use crate::spec::inventory::Route;

/// Most folders and files that are looked at below the `app` folders.
const MOST_ENTRIES: usize = 20_000;

/// The routes, by path. A route file whose exports are not all known serves any method.
pub(super) fn read(codebase: &Codebase) -> Vec<Route> {
    let mut routes = Vec::new();
    for file in route_files(codebase) {
        let Some(path) = relative(codebase, &file).as_deref().and_then(route_of) else { continue };
        let with_children = path.contains("[...");
        let path = normal_path(&path);
        let route = |method: Option<String>| Route { method, path: path.clone(), with_children };
        let module = codebase.exports(&file);
        let methods: Vec<Route> =
            module.symbols.iter().filter(|name| is_method(name)).map(|name| route(Some(name.clone()))).collect();
        routes.extend(methods);
        routes.extend((!module.complete).then(|| route(None)));
    }
    routes.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
    routes
}

/// A path below the codebase's folder, with `/` between its parts.
fn relative(codebase: &Codebase, file: &Path) -> Option<String> {
    let parts = file.strip_prefix(&codebase.folder).ok()?.components();
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Files called `route.…` below the `app` folders. Links are not followed: they may lead anywhere, and in circles.
fn route_files(codebase: &Codebase) -> BTreeSet<PathBuf> {
    let targets = codebase.aliases.iter().flat_map(|alias| &alias.targets);
    let roots = targets.cloned().chain([codebase.folder.clone(), codebase.folder.join("src")]);
    let mut queue: Vec<PathBuf> = roots.map(|root| root.join("app")).collect();
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut left = MOST_ENTRIES;
    while let Some(folder) = queue.pop() {
        // `./src/app` and `src/app` are one folder.
        let folder: PathBuf = folder.components().collect();
        if !folder.starts_with(&codebase.folder) || !seen.insert(folder.clone()) {
            continue;
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Some(rest) = left.checked_sub(1) else { return found };
            left = rest;
            let is_route = entry.file_name().to_str().is_some_and(|name| name.starts_with("route."));
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => queue.push(entry.path()),
                Ok(kind) if kind.is_file() && is_route => {
                    found.insert(entry.path());
                }
                _ => {}
            }
        }
    }
    found
}
