//! Methods and paths of endpoints in running text.

use memchr::memmem;

use crate::languages::typescript::METHODS;
use crate::text::Span;

/// One or more methods, and a path below `/api` behind them. Markup may stand between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The methods: `GET`, `GET/POST`, `PUT, PATCH`.
    pub methods: Span,
    /// The path as written.
    pub path: Span,
}

/// The endpoints that `text` names, in order. Spans are bytes of `text`.
pub(super) fn mentions(text: &str) -> impl Iterator<Item = Mention> {
    let mut behind = 0;
    memmem::find_iter(text.as_bytes(), "/api/").filter_map(move |start| {
        // The last path goes on beyond this place.
        let between = text.get(behind..start)?;
        let methods = methods_at_end(between)?.shifted(behind);
        let length = text.get(start..)?.find([' ', '\t', '\r', '\n', '`', '*', '(', ')', ',', ';', '|']);
        behind = length.map_or(text.len(), |length| start + length);
        Some(Mention { methods, path: Span::new(start, behind) })
    })
}

/// The methods at the end of `text`, in front of the blanks and the markup that part them from a path.
fn methods_at_end(text: &str) -> Option<Span> {
    let mut rest = text.trim_end_matches([' ', '\t', '\r', '\n', '`', '*', ':']);
    let end = rest.len();
    let mut start = None;
    while let Some(before) = METHODS.iter().find_map(|method| rest.strip_suffix(method)) {
        let is_word = before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        start = if is_word { start } else { Some(before.len()) };
        let Some(list) = before.trim_end_matches([' ', '\t']).strip_suffix(['/', ',', '|']) else { break };
        rest = list.trim_end_matches([' ', '\t']);
    }
    start.filter(|_| end < text.len()).map(|start| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str)> {
        mentions(text).map(|found| (found.methods.of(text), found.path.of(text))).collect()
    }

    #[test]
    fn methods_stand_in_front_of_a_path() {
        assert_eq!(
            found("**GET** `/api/a`, x POST /api/b/[id]?x=1."),
            [("GET", "/api/a"), ("POST", "/api/b/[id]?x=1.")]
        );
        assert_eq!(found("PUT, PATCH / DELETE: /api/a/api/b"), [("PUT, PATCH / DELETE", "/api/a/api/b")]);
        assert_eq!(found("é-GET /api/"), [("GET", "/api/")]);
        assert_eq!(found("XGET/POST /api/a"), [("POST", "/api/a")]);
    }

    #[test]
    fn other_paths_are_passed_over() {
        for text in ["WIDGET /api/a", "GET/api/a", "GET the /api/a", "get /api/a", "GET /apis/a", "_GET /api/a"] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
