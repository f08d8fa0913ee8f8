use globset::{GlobBuilder, GlobMatcher};

use super::error::Objection;
use super::pattern::checked;
use crate::languages::typescript::METHODS;

/// The routes that need no authentication.
#[derive(Clone, Debug, Default)]
pub struct PublicRoutes(Vec<RoutePattern>);

#[derive(Clone, Debug)]
pub(super) struct RoutePattern {
    /// `None` for every method.
    method: Option<String>,
    path: GlobMatcher,
}

impl PublicRoutes {
    pub(super) fn new(patterns: Vec<RoutePattern>) -> Self {
        Self(patterns)
    }

    /// Whether `method` (in capitals) on `route` (such as `/api/plans/[id]`) is public. The names of parameters do not
    /// matter: `[id]`, `:id` and `{id}` are the same.
    pub fn cover(&self, method: &str, route: &str) -> bool {
        let route = normalised(route);
        self.0
            .iter()
            .any(|pattern| pattern.method.as_deref().is_none_or(|only| only == method) && pattern.path.is_match(&route))
    }
}

impl RoutePattern {
    /// Reads `/api/health` or `GET /api/plans/*`.
    pub(super) fn parse(text: &str) -> Result<Self, Objection> {
        let words: Vec<&str> = checked(text)?.split_whitespace().collect();
        let (method, path) = match words.as_slice() {
            [path] => (None, *path),
            [method, path] => (Some(*method), *path),
            _ => {
                return Err(
                    Objection::new(format!("`{text}` is no route")).help("write a path, or a method and a path")
                );
            }
        };
        if let Some(method) = method.filter(|method| !METHODS.contains(method)) {
            let capital = METHODS.iter().find(|known| known.eq_ignore_ascii_case(method));
            let help =
                capital.map_or_else(|| format!("use {}", METHODS.join(", ")), |it| format!("did you mean `{it}`?"));
            return Err(Objection::new(format!("`{method}` is no method")).help(help));
        }
        if !path.starts_with('/') {
            return Err(Objection::new(format!("`{path}` is no route")).help(format!("did you mean `/{path}`?")));
        }
        let glob = GlobBuilder::new(&escaped(&normalised(path)))
            .literal_separator(true)
            .backslash_escape(false)
            .build()
            .map_err(|error| Objection::new(format!("`{path}` is no route: {}", error.kind())))?;
        Ok(Self { method: method.map(str::to_owned), path: glob.compile_matcher() })
    }
}

/// The route without a final `/`, each parameter being `[]`.
fn normalised(route: &str) -> String {
    let segments = route.trim_end_matches('/').split('/').map(|segment| {
        let is_parameter = segment.starts_with(':')
            || (segment.starts_with('[') && segment.ends_with(']'))
            || (segment.starts_with('{') && segment.ends_with('}'));
        if is_parameter { "[]" } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Only `*` is special in a route.
fn escaped(route: &str) -> String {
    route.split('*').map(globset::escape).collect::<Vec<_>>().join("*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(pattern: &str, method: &str, route: &str) -> bool {
        PublicRoutes::new(vec![RoutePattern::parse(pattern).unwrap()]).cover(method, route)
    }

    #[test]
    fn a_route_is_a_method_and_a_path() {
        assert!(covers("/api/health", "GET", "/api/health") && covers("/api/health", "POST", "/api/health/"));
        assert!(covers("GET /api/health", "GET", "/api/health") && !covers("GET /api/health", "POST", "/api/health"));
        assert!(!covers("/api/health", "GET", "/api/health/deep") && !covers("/api/health", "GET", "/v2/api/health"));
    }

    #[test]
    fn stars_stay_in_their_segment() {
        assert!(covers("/api/plans/*", "GET", "/api/plans/basic") && covers("/api/plans/*", "GET", "/api/plans/[id]"));
        assert!(!covers("/api/plans/*", "GET", "/api/plans") && !covers("/api/plans/*", "GET", "/api/plans/1/prices"));
        assert!(covers("/api/webhooks/**", "POST", "/api/webhooks/mail/bounce"));
    }

    #[test]
    fn parameters_compare_by_place_not_by_name() {
        for pattern in ["/api/plans/[id]", "/api/plans/:planId", "/api/plans/{plan}"] {
            assert!(covers(pattern, "GET", "/api/plans/[slug]"), "{pattern}");
            assert!(!covers(pattern, "GET", "/api/plans/i"), "{pattern}: brackets are no character class");
        }
    }

    #[test]
    fn what_is_no_route() {
        let help = |text: &str| RoutePattern::parse(text).unwrap_err().help;
        assert_eq!(help("api/health").as_deref(), Some("did you mean `/api/health`?"));
        assert_eq!(help("get /api/health").as_deref(), Some("did you mean `GET`?"));
        assert!(RoutePattern::parse("GET /api and more").is_err());
        assert!(RoutePattern::parse("").is_err());
    }
}
