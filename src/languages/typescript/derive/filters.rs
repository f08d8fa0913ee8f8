use super::columns::{leading_name, top_level_items};
use crate::languages::typescript::model::Name;

/// How deep `and(…)` and `or(…)` are followed.
const DEEPEST: usize = 8;

/// Operators of `PostgREST`, as they stand between a column and its value.
const OPERATORS: [&str; 27] = [
    "eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch", "is", "isdistinct", "in", "cs", "cd",
    "ov", "sl", "sr", "nxr", "nxl", "adj", "fts", "plfts", "phfts", "wfts", "any", "all",
];

/// The columns that the conditions of `.or('name.eq.x,and(a.gt.1,not.b.is.null)')` name. What is no condition of a plain
/// column is left out.
///
/// `offset` is where `text` starts.
pub(super) fn conditions(text: &str, offset: usize) -> Vec<Name> {
    let mut names = Vec::new();
    let mut groups = vec![(text, offset, 0)];
    while let Some((text, offset, depth)) = groups.pop() {
        for (start, item) in top_level_items(text) {
            let bare = item.trim_start();
            let bare = bare.strip_prefix("not.").unwrap_or(bare);
            let at = offset + start + (item.len() - bare.len());
            let group = ["and(", "or("].iter().find_map(|head| Some((head.len(), bare.strip_prefix(head)?)));
            match group {
                Some((head, inner)) if depth < DEEPEST => groups.push((inner, at + head, depth + 1)),
                Some(_) => {}
                None => names.extend(leading_name(bare, at).filter(|name| is_condition(bare, name))),
            }
        }
    }
    names.sort_by_key(|name| name.span);
    names
}

/// Whether an operator stands behind the column, or behind the JSON path that starts with it.
fn is_condition(item: &str, name: &Name) -> bool {
    let behind = item.get(name.text.len()..).unwrap_or("");
    let Some((path, rest)) = behind.split_once('.') else { return false };
    let rest = rest.strip_prefix("not.").unwrap_or(rest);
    let operator = rest.split(['.', '(']).next().unwrap_or("");
    (path.is_empty() || path.starts_with("->")) && OPERATORS.contains(&operator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_name_columns() {
        let text = "name.eq.x,and(length.gte.3,not.or(quay.is.null,meta->>hull.eq.a)),id.in.(1,2),tags.cs.{a,b},berths.depth.eq.3,word";
        let names = conditions(text, 5);
        let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(texts, ["name", "length", "quay", "meta", "id", "tags"]);
        for name in &names {
            assert_eq!(text.get(name.span.start - 5..name.span.end - 5), Some(name.text.as_str()));
        }
        assert!(conditions("and(and(and(and(and(and(and(and(and(and(a.eq.1", 0).is_empty());
        assert!(conditions("", 0).is_empty());
    }
}
