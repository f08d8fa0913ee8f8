/// A `fetch` target as a route: query string and fragment cut, a dynamic host before a path cut, segments with a
/// dynamic part as `[param]`, no slash at the end.
///
/// `text` has `[param]` for every dynamic part. A dynamic part glued to the end of the last segment
/// (`/api/items${query}`) is taken for a query string.
pub(crate) fn route(text: &str) -> Option<String> {
    const PARAM: &str = "[param]";
    let path = text.split(['?', '#']).next().unwrap_or_default().trim();
    let path = match path.strip_prefix(PARAM) {
        Some(rest) if rest.starts_with('/') => rest,
        Some(_) => return None,
        None => path,
    };
    let mut route = String::with_capacity(path.len());
    let (scheme, path) = match path.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, path),
    };
    if let Some(scheme) = scheme {
        route.push_str(scheme);
        route.push_str("://");
    }
    let mut segments = path.split('/').peekable();
    let mut first = true;
    while let Some(segment) = segments.next() {
        if !first {
            route.push('/');
        }
        first = false;
        match segment.strip_suffix(PARAM) {
            Some(fixed) if !fixed.is_empty() && !fixed.contains(PARAM) && segments.peek().is_none() => {
                route.push_str(fixed);
            }
            _ if segment.contains(PARAM) => route.push_str(PARAM),
            _ => route.push_str(segment),
        }
    }
    while route.len() > 1 && route.ends_with('/') {
        route.pop();
    }
    (!route.is_empty()).then_some(route)
}

#[cfg(test)]
mod tests {
    use super::route;

    #[test]
    fn dynamic_parts_become_parameters() {
        for (text, expected) in [
            ("/api/boats", "/api/boats"),
            ("/api/boats/[param]", "/api/boats/[param]"),
            ("/api/boats/[param]/berths/", "/api/boats/[param]/berths"),
            ("/api/boats?page=[param]", "/api/boats"),
            ("/api/boats[param]", "/api/boats"),
            ("/api/v[param]-x/boats", "/api/[param]/boats"),
            ("[param]/api/boats", "/api/boats"),
            ("https://example.com/x/[param]", "https://example.com/x/[param]"),
        ] {
            assert_eq!(route(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(route("[param]"), None);
        assert_eq!(route("[param][param]"), None);
        assert_eq!(route("?x"), None);
    }
}
