use crate::languages::typescript::model::{ForeignColumn, Name};
use crate::text::Span;

/// What a selection names.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Columns of the table itself; a JSON path is cut at its arrow. `*`, `count` and aggregates are left out.
    pub columns: Vec<Name>,
    /// Tables that it embeds, by name. A renamed or hinted one is left out.
    pub embedded: Vec<Name>,
    /// Columns of embedded tables.
    pub foreign: Vec<ForeignColumn>,
    /// Embedded tables by the names that they are given: `berth` in `berth:berths(id)`.
    pub renamed: Vec<(String, String)>,
}

/// How deep embedded tables are followed.
const DEEPEST: usize = 8;

/// Reads a selection in the language of `PostgREST`, such as `id, owner:owner_id, berths(id, length)`.
///
/// `offset` is where `text` starts.
pub(super) fn selection(text: &str, offset: usize) -> Selection {
    let mut found = Selection::default();
    let mut levels = vec![(text, offset, None::<String>, 0)];
    while let Some((text, offset, owner, depth)) = levels.pop() {
        for (start, written) in top_level_items(text) {
            let Some(item) = item(written, offset + start) else { continue };
            match (item.inner, &owner) {
                (Some((inner, at)), _) => {
                    if depth < DEEPEST {
                        levels.push((inner, at, Some(item.name.text.clone()), depth + 1));
                    }
                    if let Some(alias) = item.alias {
                        found.renamed.push((alias.to_owned(), item.name.text));
                    } else if owner.is_none() && !item.is_hinted {
                        found.embedded.push(item.name);
                    }
                }
                (None, _) if item.is_special => {}
                (None, None) => found.columns.push(item.name),
                (None, Some(owner)) => found.foreign.push(ForeignColumn { table: owner.clone(), name: item.name }),
            }
        }
    }
    found
}

/// One item of a selection.
struct Item<'t> {
    name: Name,
    alias: Option<&'t str>,
    /// What stands in the parentheses of an embedded table, and where.
    inner: Option<(&'t str, usize)>,
    /// Whether the foreign key, or the kind of join, is named: `berths!inner(id)`.
    is_hinted: bool,
    /// Whether it is no plain column: `count`, an aggregate.
    is_special: bool,
}

fn item(text: &str, offset: usize) -> Option<Item<'_>> {
    let (head, inner) = match text.split_once('(') {
        Some((head, inner)) => (head, Some((inner, offset + head.len() + 1))),
        None => (text, None),
    };
    // `alias:column`, but `column::cast`.
    let (alias, rest, at) = match head.find(':') {
        Some(at) if !head.get(at..).is_some_and(|rest| rest.starts_with("::")) => {
            (head.get(..at).map(str::trim), head.get(at + 1..)?, at + 1)
        }
        _ => (None, head, 0),
    };
    let (skipped, rest) = match rest.trim_start().strip_prefix("...") {
        Some(inner) => (rest.len() - inner.len(), inner),
        None => (0, rest),
    };
    let name = leading_name(rest, offset + at + skipped)?;
    let is_special = rest.contains('.') || name.text == "count";
    Some(Item { is_hinted: rest.contains('!'), is_special, name, alias, inner })
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

/// The items between commas outside brackets and double quotes, each with its offset in `text`. A bracket that closes
/// nothing ends the text.
pub(super) fn top_level_items(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut done = false;
    let mut start = 0;
    text.char_indices().chain([(text.len(), ',')]).filter_map(move |(at, c)| {
        let ends = at == text.len() || !quoted && depth == 0 && matches!(c, ',' | ')' | '}');
        match c {
            _ if done => return None,
            _ if ends => {
                done = c != ',';
                let item = text.get(start..at).map(|item| (start, item));
                start = at + 1;
                return item;
            }
            '"' => quoted = !quoted,
            '(' | '{' if !quoted => depth += 1,
            ')' | '}' if !quoted => depth = depth.saturating_sub(1),
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
        let found = selection(text, 10);
        assert_eq!(texts(&found.columns), ["id", "name", "price", "meta"]);
        assert_eq!(texts(&found.embedded), ["berths", "harbours"]);
        assert_eq!(found.renamed, [("owner".to_owned(), "people".to_owned())]);
        let foreign: Vec<String> = found.foreign.iter().map(|one| format!("{}.{}", one.table, one.name.text)).collect();
        assert_eq!(foreign, ["harbours.city", "people.name", "berths.id", "boats.name"]);
        let names = found.foreign.iter().map(|one| &one.name);
        for name in found.columns.iter().chain(&found.embedded).chain(names) {
            assert_eq!(text.get(name.span.start - 10..name.span.end - 10).unwrap(), name.text);
        }
    }

    #[test]
    fn broken_selections_are_read_as_far_as_they_go() {
        assert_eq!(texts(&selection("id, berths(id", 0).embedded), ["berths"]);
        assert!(selection(")), a", 0).columns.is_empty());
        assert!(selection("", 0).columns.is_empty());
    }
}
