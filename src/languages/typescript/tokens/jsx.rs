use std::collections::HashMap;

/// Where the closing tags of a text stand, so that a `<Name` can be told from a comparison or a type argument.
#[derive(Debug)]
pub(super) struct ClosingTags<'a> {
    /// The last offset of `</name` by name; the empty name is that of fragments.
    last: HashMap<&'a str, usize>,
}

impl<'a> ClosingTags<'a> {
    /// Finds all closing tags of `text` in one pass.
    pub(super) fn of(text: &'a str) -> Self {
        let mut last = HashMap::new();
        for at in memchr::memmem::find_iter(text.as_bytes(), "</") {
            let name = text.get(at + 2..).map(tag_name).unwrap_or_default();
            last.insert(name, at);
        }
        Self { last }
    }

    /// Whether an element that opens at `offset` with this name is closed further on.
    pub(super) fn closes(&self, name: &str, offset: usize) -> bool {
        self.last.get(name).is_some_and(|&at| at > offset)
    }
}

/// The tag name at the start of `text`, such as `Select.Item`; empty for a fragment.
pub(super) fn tag_name(text: &str) -> &str {
    let end = text
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b'-' | b':')));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}
