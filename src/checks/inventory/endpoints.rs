//! Calls of routes that nothing defines.

use super::groups::Groups;
use super::routes::Routes;
use super::{Known, blindness, unchecked};
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::languages::typescript::{Fetch, FetchMethod};
use crate::spec::{Code, normal_path};

pub(super) const CHECK: Check = Check { rules: &["unknown-endpoint"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("unknown-endpoint") {
        return;
    }
    let mut routes = Routes::new(cx);
    let blind = blindness(cx, &Known { elsewhere: cx.codebase.is_some(), any: !routes.is_empty() });
    let (mut groups, mut unresolved) = (Groups::default(), Vec::new());
    for code in cx.scripts() {
        for fetch in &code.facts().fetches {
            let Some(path) = own_path(code, fetch) else { continue };
            let method = match &fetch.method {
                FetchMethod::Known(method) => Some(method.as_str()),
                FetchMethod::Dynamic => None,
            };
            if routes.define(method, &path) {
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
        findings.extend(unchecked(cx, "unknown-endpoint", "API call", &unresolved, reason));
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
