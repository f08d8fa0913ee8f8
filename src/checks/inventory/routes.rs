//! The routes that are defined, as far as a call may hit them.

use std::collections::BTreeSet;

use crate::checks::Context;
use crate::spec::{Code, Codebase, normal_path, route_of};
use crate::text::Span;

/// Most comparisons of a call with a route that has parameters. Documents of people need a few thousand; beyond the
/// limit every call passes, so that the time stays linear in a hostile document.
const MOST_COMPARED: usize = 500_000;

/// Routes that the spec, the inventory or the codebase defines.
pub(super) struct Routes {
    all: Vec<Route>,
    /// Method and normal path of those that name their method.
    exact: BTreeSet<(String, String)>,
    compared: usize,
}

/// A route: method (`None` for any) and the parts of its normal path.
struct Route {
    method: Option<String>,
    parts: Vec<String>,
    with_children: bool,
}

impl Routes {
    pub(super) fn new(cx: &Context<'_, '_>) -> Self {
        let own = cx.pair.integrated.endpoints.iter().map(|endpoint| {
            let path = normal_path(&endpoint.path);
            Route::new(Some(endpoint.method.clone()), &path, endpoint.path.contains("[..."))
        });
        let listed = cx.pair.known().into_iter().flat_map(|inventory| &inventory.routes);
        let known = listed.chain(cx.codebase.into_iter().flat_map(Codebase::routes));
        let known = known.map(|route| Route::new(route.method.clone(), &route.path, route.with_children));
        let hidden = cx.scripts().flat_map(hidden_routes);
        let hidden = hidden.map(|path| Route::new(None, &normal_path(&path), path.contains("[...")));
        let all: Vec<Route> = own.chain(known).chain(hidden).collect();
        let exact = all.iter().filter_map(|route| Some((route.method.clone()?, route.parts.join("/")))).collect();
        Self { all, exact, compared: 0 }
    }

    /// Whether no route is defined.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether a call of `path` with `method` (`None` where it is computed) hits a route.
    pub(super) fn define(&mut self, method: Option<&str>, path: &str) -> bool {
        let path = normal_path(path);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        // A whole resource that is computed may be any.
        if parts.get(1).is_some_and(|part| *part == PARAMETER) {
            return true;
        }
        if method.is_some_and(|method| self.exact.contains(&(method.to_owned(), parts.join("/")))) {
            return true;
        }
        self.compared += self.all.len();
        if self.compared > MOST_COMPARED {
            return true;
        }
        let mut serving = self.all.iter().filter(|route| route.serves(method));
        if serving.any(|route| route.fits(&parts, false)) {
            return true;
        }
        // A computed last part that may be any of several fixed ones, as in `/api/tides/${kind}`.
        let siblings = self.all.iter().filter(|route| route.serves(method) && !route.with_children);
        parts.last() == Some(&PARAMETER) && siblings.filter(|route| route.fits(&parts, true)).count() > 1
    }
}

/// The routes of files from which code was left out between the handlers: further ones may stand there.
fn hidden_routes(code: &Code<'_>) -> Vec<String> {
    let facts = code.facts();
    let functions: Vec<Span> =
        facts.handlers.iter().filter_map(|own| facts.handler_function(own)).map(|function| function.span).collect();
    let is_between = |gap: Span| functions.iter().all(|function| !function.encloses(gap));
    let gaps = facts.gaps.iter().map(|gap| gap.span);
    let gaps = gaps.take(MOST_GAPS).filter(|&gap| is_between(gap));
    gaps.filter_map(|gap| route_of(code.path_at(gap.start)?)).collect()
}

/// Most gaps of a text that are looked at, so that the time stays linear.
const MOST_GAPS: usize = 64;

/// A parameter in a normal path.
const PARAMETER: &str = "[]";

impl Route {
    fn new(method: Option<String>, path: &str, with_children: bool) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { method, parts, with_children }
    }

    fn serves(&self, method: Option<&str>) -> bool {
        let fits = |own: &str, method: &str| own == method || (method, own) == ("HEAD", "GET");
        self.method.as_deref().is_none_or(|own| method.is_none_or(|method| fits(own, method)))
    }

    /// Whether a path has the route's parts; `loose` lets a computed part stand for any.
    fn fits(&self, parts: &[&str], loose: bool) -> bool {
        let (own, called) = (self.parts.len(), parts.len());
        let is_long_enough = if self.with_children { called + 1 >= own } else { called == own };
        let same = |(own, part): (&String, &&str)| own == PARAMETER || own == part || loose && *part == PARAMETER;
        is_long_enough && self.parts.iter().zip(parts).all(same)
    }
}
