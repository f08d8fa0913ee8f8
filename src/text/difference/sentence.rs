//! A difference in words.

use std::fmt;

use super::{Detail, Difference, DifferenceKind, Item, Side, WordChange, Wording};

/// At most this many items or changes are spelled out in a sentence.
const MAX_SHOWN: usize = 3;
/// At most this many scalar values of an item are shown.
const MAX_ITEM_CHARACTERS: usize = 80;

impl fmt::Display for Difference {
    /// One line: the kind's name, then what is known of it, as in
    /// "wording: `takes less than` became `takes under`".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        match &self.detail {
            Detail::None => Ok(()),
            Detail::Carrier(side) => write!(f, ": {}", carried(self.kind, *side)),
            Detail::Items { first, total } => write_items(f, first, *total),
            Detail::Wording(wording) => write_wording(f, wording),
        }
    }
}

fn carried(kind: DifferenceKind, side: Side) -> &'static str {
    match (kind, side) {
        (DifferenceKind::DoubleEncodedUtf8, Side::Source) => "the source is damaged",
        (DifferenceKind::DoubleEncodedUtf8, Side::Integrated) => "the integrated text is damaged",
        (DifferenceKind::DoubleEncodedUtf8, Side::Both) => "both sides are damaged",
        (DifferenceKind::ByteOrderMark, Side::Source) => "only the source has one",
        (DifferenceKind::ByteOrderMark, Side::Integrated) => "only the integrated text has one",
        (_, Side::Source) => "only the source has them",
        (_, Side::Integrated) => "only the integrated text has them",
        (_, Side::Both) => "the two sides have different ones",
    }
}

fn write_items(f: &mut fmt::Formatter<'_>, first: &[Item], total: usize) -> fmt::Result {
    let shown = first.iter().take(MAX_SHOWN);
    let mut count = 0;
    for item in shown {
        let separator = if count == 0 { ": " } else { ", " };
        let (text, cut) = shortened(&item.text);
        write!(f, "{separator}`{text}{}`", if cut { "…" } else { "" })?;
        count += 1;
    }
    write_rest(f, total.saturating_sub(count))
}

fn write_wording(f: &mut fmt::Formatter<'_>, wording: &Wording) -> fmt::Result {
    let mut count = 0;
    for change in wording.changes.iter().take(MAX_SHOWN) {
        f.write_str(if count == 0 { ": " } else { ", " })?;
        write_change(f, change)?;
        count += 1;
    }
    write_rest(f, wording.total.saturating_sub(count))?;
    for (at, class) in wording.sensitive.iter().enumerate() {
        write!(f, "{} a {class} changed", if at == 0 { ";" } else { "," })?;
    }
    Ok(())
}

/// The word in front gives a change its place; an insertion or deletion is hard to read without one.
fn write_change(f: &mut fmt::Formatter<'_>, change: &WordChange) -> fmt::Result {
    let WordChange { before, removed, added } = change;
    match (before.is_empty(), removed.is_empty(), added.is_empty()) {
        (true, true, _) => write!(f, "`{added}` was added"),
        (true, _, true) => write!(f, "`{removed}` was removed"),
        (true, false, false) => write!(f, "`{removed}` became `{added}`"),
        (false, true, _) => write!(f, "`{before}` became `{before} {added}`"),
        (false, _, true) => write!(f, "`{before} {removed}` became `{before}`"),
        (false, false, false) => write!(f, "`{before} {removed}` became `{before} {added}`"),
    }
}

fn write_rest(f: &mut fmt::Formatter<'_>, rest: usize) -> fmt::Result {
    if rest == 0 { Ok(()) } else { write!(f, " and {rest} more") }
}

fn shortened(text: &str) -> (&str, bool) {
    match text.char_indices().nth(MAX_ITEM_CHARACTERS) {
        Some((end, _)) => (text.get(..end).unwrap_or(text), true),
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::difference::compare;

    fn sentence(source: &str, integrated: &str) -> String {
        compare(source, integrated).map(|difference| difference.to_string()).unwrap_or_default()
    }

    #[test]
    fn wording_shows_the_words_and_what_is_sensitive() {
        assert_eq!(
            sentence("A booking takes less than 2 days", "A booking takes under 3 days"),
            "wording: `takes less than 2` became `takes under 3`; a number changed"
        );
        assert_eq!(
            sentence("Guests may cancel", "Guests must not cancel"),
            "wording: `Guests may` became `Guests must not`; a negation changed, a modal verb changed"
        );
        assert_eq!(sentence("Guests pay", "Guests pay twice"), "wording: `pay` became `pay twice`; a number changed");
        assert_eq!(sentence("Most guests pay", "Guests pay"), "wording: `Most` was removed");
        assert_eq!(
            sentence("p b c d e f q r", "w b t d u f v r"),
            "wording: `p` became `w`, `b c` became `b t`, `d e` became `d u` and 1 more"
        );
    }

    #[test]
    fn items_are_named() {
        assert_eq!(sentence("- a\n- b\n- c", "- a\n- c"), "items missing: `b`");
        assert_eq!(sentence("- a", "- a\n- b\n- c\n- d\n- e"), "items added: `b`, `c`, `d` and 1 more");
        let long = sentence("- a", &format!("- a\n- {}", "é".repeat(200)));
        assert!(long.ends_with("é…`") && long.chars().count() < 110, "{long}");
    }

    #[test]
    fn sides_are_named() {
        assert_eq!(sentence("a – b", "a â€“ b"), "double-encoded UTF-8: the integrated text is damaged");
        assert_eq!(sentence("- a", "- ✅ a"), "emoji or check marks added: only the integrated text has them");
        assert_eq!(sentence("a\r\nb", "a\nb"), "line endings");
    }
}
