use crate::languages::typescript::model::Name;
use crate::text::Span;

/// The columns and embedded tables of a selection in the language of `PostgREST`, such as
/// `id, owner:owner_id, berths(id, length)`.
///
/// `offset` is where `text` starts. Columns inside an embedded table belong to that table and are left out; so are
/// `*`, `count`, aggregates, and columns that are reached through JSON arrows get cut there.
pub(super) fn selection(text: &str, offset: usize) -> (Vec<Name>, Vec<Name>) {
    let mut columns = Vec::new();
    let mut embedded = Vec::new();
    for (start, item) in top_level_items(text) {
        let (head, nested) = match item.split_once('(') {
            Some((head, _)) => (head, true),
            None => (item, false),
        };
        // `alias:column`, but `column::cast`.
        let head_start = match head.find(':') {
            Some(at) if !head.get(at..).is_some_and(|rest| rest.starts_with("::")) => at + 1,
            _ => 0,
        };
        let spread = "...";
        let Some(rest) = head.get(head_start..) else { continue };
        let (skipped, rest) = match rest.trim_start().strip_prefix(spread) {
            Some(inner) => (rest.len() - inner.len(), inner),
            None => (0, rest),
        };
        let Some(name) = leading_name(rest, offset + start + head_start + skipped) else { continue };
        let hinted = rest.contains('!');
        if nested && !hinted && head_start == 0 {
            embedded.push(name);
        } else if !nested && !rest.contains('.') && name.text != "count" {
            columns.push(name);
        }
    }
    (columns, embedded)
}

/// The identifier at the start of `text` (behind white space), which ends at a JSON arrow, a cast or a hint.
///
/// `offset` is where `text` starts.
pub(super) fn leading_name(text: &str, offset: usize) -> Option<Name> {
    let trimmed = text.trim_start();
    let start = offset + (text.len() - trimmed.len());
    let name = trimmed.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
    (!name.is_empty()).then(|| Name::new(name, Span::new(start, start + name.len())))
}

/// The items between commas outside parentheses, each with its offset in `text`.
fn top_level_items(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut depth = 0_usize;
    let mut start = 0;
    text.char_indices().chain([(text.len(), ',')]).filter_map(move |(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 || at == text.len() => {
                let item = text.get(start..at).map(|item| (start, item));
                start = at + 1;
                return item;
            }
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(names: &[Name]) -> Vec<&str> {
        names.iter().map(|name| name.text.as_str()).collect()
    }

    #[test]
    fn a_selection_names_columns_and_embedded_tables() {
        let text = "id, title:name, price::text, meta->>size, *, count, berths(id, boats(name)), owner:people!fk(name), ...harbours(city)";
        let (columns, embedded) = selection(text, 10);
        assert_eq!(texts(&columns), ["id", "name", "price", "meta"]);
        assert_eq!(texts(&embedded), ["berths", "harbours"]);
        for name in columns.iter().chain(&embedded) {
            assert_eq!(text.get(name.span.start - 10..name.span.end - 10).unwrap(), name.text);
        }
    }

    #[test]
    fn broken_selections_are_read_as_far_as_they_go() {
        assert_eq!(texts(&selection("id, berths(id", 0).1), ["berths"]);
        assert_eq!(texts(&selection(")), a", 0).0), ["a"]);
        assert!(selection("", 0).0.is_empty());
    }
}
