use std::collections::HashMap;

/// The anchors that GitHub gives to headings, in order: lower case, letters, digits, `-` and `_` kept, spaces
/// turned into `-`, everything else dropped; a repeated one gets `-1`, `-2`, …
///
/// `titles` are the headings' words without markup.
pub fn anchors<'t>(titles: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let anchor = |title: &str| {
        let base = slug(title);
        let count = seen.entry(base.clone()).or_insert(0);
        let anchor = if *count == 0 { base } else { format!("{base}-{count}") };
        *count += 1;
        anchor
    };
    titles.into_iter().map(anchor).collect()
}

/// The anchor of a single heading.
pub(super) fn slug(title: &str) -> String {
    title
        .trim()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn github_anchors() {
        assert_eq!(slug("SECTION 1: Berths & Boats - INTEGRATED"), "section-1-berths--boats---integrated");
        assert_eq!(slug("Über `code` (v2)"), "über-code-v2");
        assert_eq!(anchors(["A", "a", "B"]), ["a", "a-1", "b"]);
    }
}
