//! Calls of routes that nothing defines.

use super::groups::Groups;
use super::{blindness, unchecked};
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::languages::typescript::{Fetch, FetchMethod};
use crate::spec::{Code, normal_path};

pub(super) const CHECK: Check = Check { rules: &["unknown-endpoint"], run };

/// A route that is defined somewhere: method (`None` for any) and the parts of its normal path.
struct Defined {
    method: Option<String>,
    parts: Vec<String>,
    with_children: bool,
}

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let defined = defined(cx);
    let blind = blindness(cx);
    let (mut groups, mut unresolved) = (Groups::default(), Vec::new());
    for code in cx.scripts() {
        for fetch in &code.facts().fetches {
            let Some(path) = own_path(code, fetch) else { continue };
            let method = match &fetch.method {
                FetchMethod::Known(method) => Some(method.as_str()),
                FetchMethod::Dynamic => None,
            };
            let is_in_codebase = || {
                let route = path.trim_start_matches('/');
                cx.codebase.is_some_and(|codebase| codebase.resolve(&format!("@/app/{route}/route")).is_some())
            };
            if is_defined(&defined, method, &path) || is_in_codebase() {
                continue;
            }
            let span = code.place(fetch.span);
            let name = format!("{}{path}", method.map_or(String::new(), |method| format!("{method} ")));
            match blind {
                Some(_) => unresolved.push(span),
                None => groups.add(cx, normal_path(&name), ("", &name), span),
            }
        }
    }
    if let Some(reason) = blind {
        findings.extend(unchecked(cx, "unknown-endpoint", "call of a route", &unresolved, reason));
    }
    for group in groups.iter() {
        let help = "add the route handler with this method, or call one that exists";
        let message = format!("nothing defines {}", group.list());
        findings.extend(group.finding(cx, "unknown-endpoint", message).map(|finding| finding.help(help)));
    }
}

/// The path of a call of the application's own API. A host from a variable may be anybody's, unless its name says that
/// it is the application's.
fn own_path(code: &Code<'_>, fetch: &Fetch) -> Option<String> {
    let target = fetch.target.as_ref()?;
    let raw = target.span.of(&code.text.text).trim_start_matches(['`', '\'', '"']);
    if let Some(host) = raw.strip_prefix("${") {
        let host = host.split('}').next().unwrap_or("").to_lowercase();
        if !["app_url", "site_url", "origin", "appurl", "siteurl"].iter().any(|own| host.contains(own)) {
            return None;
        }
    }
    let path = target.text.strip_prefix("http://localhost:3000").unwrap_or(&target.text);
    (path.starts_with("/api/")).then(|| path.to_owned())
}

fn defined(cx: &Context<'_, '_>) -> Vec<Defined> {
    let parts = |path: &str| path.split('/').map(str::to_owned).collect();
    let own = cx.pair.integrated.endpoints.iter().map(|endpoint| {
        let catches_all = endpoint.path.contains("[...") || endpoint.path.contains("[[...");
        let path = normal_path(&endpoint.path);
        Defined { method: Some(endpoint.method.clone()), parts: parts(&path), with_children: catches_all }
    });
    let known = cx.pair.known().into_iter().flat_map(|inventory| &inventory.routes).map(|route| Defined {
        method: route.method.clone(),
        parts: parts(&route.path),
        with_children: route.with_children,
    });
    own.chain(known).collect()
}

fn is_defined(defined: &[Defined], method: Option<&str>, path: &str) -> bool {
    let path = normal_path(path);
    let parts: Vec<&str> = path.split('/').collect();
    // A whole resource that is computed may be any.
    if parts.get(2).is_some_and(|part| *part == "[]") {
        return true;
    }
    let serves = |route: &&Defined| {
        route
            .method
            .as_deref()
            .is_none_or(|own| method.is_none_or(|method| own == method || (method, own) == ("HEAD", "GET")))
    };
    let fits = |route: &Defined, loose: bool| {
        let is_long_enough =
            if route.with_children { parts.len() + 1 >= route.parts.len() } else { parts.len() == route.parts.len() };
        let own = route.parts.iter().filter(|part| !part.is_empty());
        is_long_enough
            && own
                .zip(parts.iter().filter(|part| !part.is_empty()))
                .all(|(own, part)| own == "[]" || own == part || (loose && *part == "[]"))
    };
    let mut serving = defined.iter().filter(serves);
    if serving.any(|route| fits(route, false)) {
        return true;
    }
    // A computed last part that may be any of several fixed ones, as in `/api/tides/${kind}`.
    let siblings = defined.iter().filter(serves).filter(|route| !route.with_children && fits(route, true)).count();
    path.ends_with("/[]") && siblings > 1
}
