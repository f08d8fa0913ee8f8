//! Copies of the source's text that the source does not own to the byte: tests, tasks, appendices.

use super::draft::{Draft, marker};
use crate::markdown::within;
use crate::spec::{Shape, Spec};
use crate::text::Span;

/// Copies the lines of `block`, each in pieces to which a rule may object one by one. Code is left to a person: what it
/// does stands in the tests and tasks, and how it does it belongs to the original infrastructure. So is HTML, whose
/// blocks may go on to the end of the document.
pub(super) fn block(draft: &mut Draft<'_>, source: &Spec<'_>, block: Span) {
    let document = source.document;
    let mut offset = block.start;
    let mut fences = within(&document.fences, block).iter().peekable();
    while offset < block.end {
        let line = document.file.line_at(offset);
        let next = document.file.text().get(line.end..).map_or(block.end, |rest| {
            line.end + rest.len() - rest.trim_start_matches('\r').strip_prefix('\n').unwrap_or(rest).len()
        });
        if let Some(fence) = fences.next_if(|fence| fence.span.start <= line.end) {
            let line = document.file.line(fence.span.start);
            draft.paragraph(&marker(&format!("the code that stands on line {line} of the source, for this codebase")));
            offset = fence.span.end.max(next);
            continue;
        }
        let own = Span::new(offset, line.end.min(block.end));
        if !is_in_feature(source, block, offset) {
            copy_line(draft, document.slice(own), own);
        }
        offset = next.max(offset + 1);
    }
    draft.blank();
}

/// A feature that starts inside the block is written where features stand.
fn is_in_feature(source: &Spec<'_>, block: Span, offset: usize) -> bool {
    let feature = source.feature_at(offset).and_then(|place| source.feature(place));
    feature.is_some_and(|feature| feature.shape == Shape::Body && feature.span.start >= block.start)
}

/// One line: what makes it an item, a heading or a task stays, whatever becomes of the words.
pub(super) fn copy_line(draft: &mut Draft<'_>, text: &str, span: Span) {
    let bare = text.trim();
    if bare.is_empty() {
        return draft.blank();
    }
    if bare.starts_with('<') || bare.contains("<!--") || bare.contains("-->") {
        let marker = draft.marker_for(span.start);
        return draft.line(&marker);
    }
    if bare.starts_with('|') {
        row(draft, text, span);
    } else {
        let lead = lead(text);
        let (task, instead) = task_id(text.get(lead..).unwrap_or(""));
        draft.lead(text.get(..lead + task).unwrap_or(""));
        draft.copy(Span::new(span.start + lead + task, span.start + text.trim_end().len()), instead);
    }
    draft.end_line();
}

/// The cells of a table's row, one by one.
fn row(draft: &mut Draft<'_>, text: &str, span: Span) {
    let mut at = 0;
    for cell in text.trim_end().split_inclusive('|') {
        let bare = cell.strip_suffix('|').unwrap_or(cell);
        let start = bare.len() - bare.trim_start().len();
        let end = bare.trim_end().len().max(start);
        draft.lead(bare.get(..start).unwrap_or(""));
        draft.copy(Span::new(span.start + at + start, span.start + at + end), "");
        draft.lead(bare.get(end..).unwrap_or(""));
        draft.lead(cell.get(bare.len()..).unwrap_or(""));
        at += cell.len();
    }
}

/// Length of what makes a line an item, a quotation or a heading.
fn lead(line: &str) -> usize {
    let mut rest = line.trim_start();
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = rest.get(digits..).filter(|_| digits > 0).and_then(|rest| rest.strip_prefix(['.', ')']));
        let mark = ["[ ]", "[x]", "[X]", ">", "-", "*", "+"].iter().find_map(|mark| rest.strip_prefix(mark));
        let heading = rest.strip_prefix('#').map(|rest| rest.trim_start_matches('#'));
        match number.or(mark).or(heading).filter(|rest| rest.starts_with(' ')) {
            Some(behind) => rest = behind.trim_start(),
            None => return line.len() - rest.len(),
        }
    }
}

/// Length of the task's id that a line starts with, bold marks included, and what joins it to a marker.
fn task_id(text: &str) -> (usize, &'static str) {
    let bare = text.trim_start_matches(['*', '_']);
    let is_bold = bare.len() < text.len();
    let Some(id) = bare.strip_prefix("T-").or_else(|| bare.strip_prefix("Task T-")) else { return (0, "") };
    let length = id.len() - id.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '.').len();
    let behind = id.get(length..).unwrap_or("");
    if !id.starts_with(|c: char| c.is_ascii_digit()) {
        return (0, "");
    }
    let closing = if is_bold { behind.len() - behind.trim_start_matches(['*', '_']).len() } else { 0 };
    let end = text.len() - behind.len() + closing;
    (end, if is_bold && closing == 0 { "**: " } else { ": " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_and_tasks() {
        for (line, head) in [
            ("- [ ] **T-1.2**: Nets (2 h)", "- [ ] "),
            ("  3) Boats", "  3) "),
            ("#### Unit tests", "#### "),
            ("**Bold**: x", ""),
            ("-dash", ""),
        ] {
            assert_eq!(line.get(..lead(line)), Some(head), "{line}");
        }
        assert_eq!(task_id("**T-1.2**: Nets"), (9, ": "));
        assert_eq!(task_id("**T-1.2: Nets** (2 h)"), (7, "**: "));
        assert_eq!(task_id("T-1.2 Nets"), (5, ": "));
        assert_eq!(task_id("Tar the boats"), (0, ""));
    }
}
