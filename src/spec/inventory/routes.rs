use super::unit::units;
use crate::languages::typescript::is_method;
use crate::markdown::{Document, Role};
use crate::spec::code::route_of;
use crate::spec::endpoint::normal_path;

/// A route that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method, in upper case; `None` where none is named.
    pub method: Option<String>,
    /// The normal path; see [`normal_path`].
    pub path: String,
    /// Whether everything below the path exists too: `/api/berths/*`.
    pub with_children: bool,
}

/// The routes that lines and table rows name; free namespaces and routes to be made are none.
pub(super) fn read(document: &Document<'_>) -> Vec<Route> {
    let mut routes = Vec::new();
    for unit in units(document) {
        let is_free = unit.context().contains("available namespace") || unit.plain().contains("no conflict");
        if unit.plain().contains("/api/") && !is_free && !unit.is_planned() {
            let line: String = unit.parts.iter().map(|(_, text)| *text).collect();
            add(&line, &mut routes);
        }
    }
    for table in &document.tables {
        for row in &table.rows {
            let cells = row.iter().filter_map(|&cell| document.prose.get(cell));
            let cells = cells.filter(|cell| matches!(cell.role, Role::Cell { .. })).map(|cell| document.plain(cell));
            let line: Vec<String> = cells.collect();
            add(&line.join(" "), &mut routes);
        }
    }
    routes
}

/// The routes that a route file serves; the remark behind it may name their methods.
pub(super) fn of_file(path: &str, remark: &str) -> Vec<Route> {
    let Some(path) = route_of(path) else { return Vec::new() };
    let with_children = path.contains("[...");
    let path = normal_path(&path);
    let route = |method: Option<&str>| Route { method: method.map(str::to_owned), path: path.clone(), with_children };
    let methods: Vec<Route> = methods_in(remark).map(|method| route(Some(method))).collect();
    if methods.is_empty() { vec![route(None)] } else { methods }
}

fn methods_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_uppercase()).filter(|word| is_method(word))
}

fn add(line: &str, routes: &mut Vec<Route>) {
    let ends = |c: char| c.is_whitespace() || "`,;|()\"'".contains(c);
    let methods: Vec<&str> = methods_in(line).collect();
    let mut rest = line;
    while let Some(at) = rest.find("/api/") {
        let tail = rest.get(at..).unwrap_or("");
        let end = tail.find(ends).unwrap_or(tail.len());
        let written = tail.get(..end).unwrap_or("");
        let path = written.split('*').next().unwrap_or(written);
        // `src/app/api/tides/route.ts` names the file of a route.
        let path = path.rsplit_once("/route.").map_or(path, |(folder, _)| folder);
        let route = |method: Option<&&str>| Route {
            method: method.map(|method| (*method).to_owned()),
            path: normal_path(path),
            with_children: written.contains('*'),
        };
        if methods.is_empty() {
            routes.push(route(None));
        } else {
            routes.extend(methods.iter().map(|method| route(Some(method))));
        }
        rest = tail.get(end.max("/api/".len())..).unwrap_or("");
    }
}
