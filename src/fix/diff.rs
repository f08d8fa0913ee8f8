use std::ops::Range;

use similar::{Algorithm, ChangeTag, DiffTag, capture_diff_slices};

use super::patch::{Change, Patch};
use crate::text::Span;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// Most lines of a changed stretch that are compared one by one; a longer one is shown as a whole.
const MOST_COMPARED: usize = 2_000;

/// One line of the comparison, with its line ending.
struct Line<'a> {
    tag: ChangeTag,
    text: &'a str,
}

/// What a patch changes in the file `name`, as a unified diff that `git apply` and `patch -p1` take; empty where
/// nothing changes. Time is linear, apart from changed stretches of bounded length.
pub fn unified(name: &str, patch: &Patch<'_>) -> String {
    let blocks = blocks(patch);
    if blocks.is_empty() {
        return String::new();
    }
    let name = name.trim_start_matches('/');
    let mut out = format!("--- a/{name}\n+++ b/{name}\n");
    let lines = lines(patch.original(), &blocks);
    let (mut at, mut before) = (0, Count::default());
    for hunk in hunks(&lines) {
        let gap = Count::of(lines.get(at..hunk.start).unwrap_or_default());
        (before.old, before.new) = (before.old + gap.old, before.new + gap.new);
        let shown = lines.get(hunk.clone()).unwrap_or_default();
        write_hunk(shown, before, &mut out);
        let count = Count::of(shown);
        (before.old, before.new) = (before.old + count.old, before.new + count.new);
        at = hunk.end;
    }
    out
}

/// The changes, widened to whole lines; those that share a line become one.
fn blocks(patch: &Patch<'_>) -> Vec<Change> {
    let original = patch.original();
    let mut blocks: Vec<Change> = Vec::new();
    // Start of the part of the original that the last block still has to take in.
    let mut copied = 0;
    for change in patch.changes() {
        let start = original.get(..change.span.start).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        let rest = original.get(change.span.end..).unwrap_or("");
        let end = change.span.end + rest.find('\n').map_or(rest.len(), |at| at + 1);
        if let Some(last) = blocks.last_mut().filter(|last| last.span.end > start) {
            last.replacement.push_str(Span::new(copied, change.span.start).of(original));
            last.replacement.push_str(&change.replacement);
            last.span.end = end;
        } else {
            finish(&mut blocks, original, copied);
            let before = Span::new(start, change.span.start).of(original);
            blocks.push(Change { span: Span::new(start, end), replacement: format!("{before}{}", change.replacement) });
        }
        copied = change.span.end;
    }
    finish(&mut blocks, original, copied);
    blocks
}

/// Adds to the last block what is left of its last line behind `copied`.
fn finish(blocks: &mut [Change], original: &str, copied: usize) {
    if let Some(last) = blocks.last_mut() {
        last.replacement.push_str(Span::new(copied, last.span.end).of(original));
    }
}

/// All lines of both texts, in order.
fn lines<'a>(original: &'a str, blocks: &'a [Change]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut add = |tag, text: &'a str| {
        lines.extend(text.split_inclusive('\n').map(|text| Line { tag, text }));
    };
    let mut at = 0;
    for block in blocks {
        add(ChangeTag::Equal, Span::new(at, block.span.start).of(original));
        at = block.span.end;
        let (old, new) = (block.span.of(original), block.replacement.as_str());
        if old.lines().count() + new.lines().count() > MOST_COMPARED {
            add(ChangeTag::Delete, old);
            add(ChangeTag::Insert, new);
            continue;
        }
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            let (tag, gone, put) = op.as_tag_tuple();
            if tag == DiffTag::Equal {
                old.get(gone).unwrap_or_default().iter().for_each(|text| add(ChangeTag::Equal, text));
            } else {
                old.get(gone).unwrap_or_default().iter().for_each(|text| add(ChangeTag::Delete, text));
                new.get(put).unwrap_or_default().iter().for_each(|text| add(ChangeTag::Insert, text));
            }
        }
    }
    add(ChangeTag::Equal, original.get(at..).unwrap_or(""));
    lines
}

/// The stretches of `lines` that are shown: changes with their context, joined where they meet.
fn hunks(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut hunks: Vec<Range<usize>> = Vec::new();
    for (index, _) in lines.iter().enumerate().filter(|(_, line)| line.tag != ChangeTag::Equal) {
        let (start, end) = (index.saturating_sub(CONTEXT), (index + 1 + CONTEXT).min(lines.len()));
        match hunks.last_mut().filter(|last| last.end >= start) {
            Some(last) => last.end = end,
            None => hunks.push(start..end),
        }
    }
    hunks
}

/// Number of lines of the old and of the new text.
#[derive(Clone, Copy, Default)]
struct Count {
    old: usize,
    new: usize,
}

impl Count {
    fn of(lines: &[Line<'_>]) -> Self {
        let of = |gone: ChangeTag| lines.iter().filter(|line| line.tag != gone).count();
        Self { old: of(ChangeTag::Insert), new: of(ChangeTag::Delete) }
    }
}

/// Writes a hunk; `before` counts the lines in front of it.
fn write_hunk(hunk: &[Line<'_>], before: Count, out: &mut String) {
    let count = Count::of(hunk);
    // An empty side is named by the line before it.
    let range = |before: usize, count: usize| match count {
        0 => format!("{before},0"),
        1 => format!("{}", before + 1),
        _ => format!("{},{count}", before + 1),
    };
    let (old, new) = (range(before.old, count.old), range(before.new, count.new));
    out.extend(["@@ -", &old, " +", &new, " @@\n"]);
    for line in hunk {
        out.push(match line.tag {
            ChangeTag::Equal => ' ',
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        });
        out.push_str(line.text);
        if !line.text.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Edit;

    fn diff(text: &str, edits: &[(usize, usize, &str)]) -> String {
        let edits: Vec<Edit> =
            edits.iter().map(|&(start, end, new)| Edit::replace(Span::new(start, end), new)).collect();
        unified("a.md", &Patch::new(text).with(&edits.iter().collect::<Vec<_>>()).unwrap())
    }

    #[test]
    fn nothing_changed_shows_nothing() {
        assert_eq!(diff("a\nb\n", &[]), "");
        assert_eq!(diff("a\nb\n", &[(0, 1, "a")]), "");
    }

    #[test]
    fn changes_stand_in_hunks_with_context() {
        let text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        insta::assert_snapshot!(diff(text, &[(0, 1, "one"), (4, 4, "2½\n"), (20, 23, "")]), @"
        --- a/a.md
        +++ b/a.md
        @@ -1,5 +1,6 @@
        -1
        +one
         2
        +2½
         3
         4
         5
        @@ -8,5 +9,4 @@
         8
         9
         10
        -11
         12
        ");
    }

    #[test]
    fn two_changes_on_a_line_are_one() {
        assert_eq!(diff("abc\n", &[(0, 1, "A"), (2, 3, "C")]), "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-abc\n+AbC\n");
    }

    #[test]
    fn a_missing_final_line_ending_is_said() {
        assert_eq!(
            diff("a\nb", &[(3, 3, "\nc")]),
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n\\ No newline at end of file\n"
        );
        assert_eq!(diff("", &[(0, 0, "a\n")]), "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n");
    }
}
