//! Taking a rule out of a suppression comment, or the comment with its last rule.

use crate::diagnostics::{Edit, SUPPRESSION_PREFIX, Suppression};
use crate::text::{SourceFile, Span};

/// The edit after which `comment` does not name `rule`. A comment that names no other goes, with its line where it stands
/// alone. `None` where the rule cannot be told from what is around it.
pub(super) fn without(file: &SourceFile, comment: &Suppression, rule: &str) -> Option<Edit> {
    let others: Vec<&str> = comment.rules.iter().map(String::as_str).filter(|name| *name != rule).collect();
    if others.is_empty() {
        return Some(Edit::remove(whole(file, comment.span)));
    }
    let raw = file.slice(comment.span);
    let directive = raw.find(SUPPRESSION_PREFIX)?;
    let start = directive + raw.get(directive..)?.find(char::is_whitespace)?;
    let rest = raw.get(start..)?;
    // The reason, or the end of an HTML comment, starts with two dashes.
    let end = rest.find("--").or_else(|| rest.find("*/")).unwrap_or(rest.len());
    let names = rest.get(..end)?;
    let lead = names.len() - names.trim_start().len();
    let span = Span::new(start + lead, start + names.trim_end().len()).shifted(comment.span.start);
    let separator = if names.contains(',') { ", " } else { " " };
    Some(Edit::replace(span, others.join(separator)))
}

/// A comment with what only separates it: its lines where nothing else stands on them, and one of two blank lines
/// around; else the blanks in front of it.
fn whole(file: &SourceFile, comment: Span) -> Span {
    let text = file.text();
    let first = file.line_at(comment.start);
    let last = file.line_at(comment.end.saturating_sub(1));
    let before = Span::new(first.start.max(file.content_start()), comment.start).of(text);
    let behind = Span::new(comment.end, last.end).of(text);
    if !before.trim().is_empty() {
        let blanks = before.len() - before.trim_end().len();
        return Span::new(comment.start - blanks, comment.end);
    }
    if !behind.trim().is_empty() {
        return Span::new(comment.start, comment.end + behind.len() - behind.trim_start().len());
    }
    let start = comment.start - before.len();
    let end = next_line(text, last.end);
    let above = text.get(..start).unwrap_or("").trim_end_matches([' ', '\t', '\r']).strip_suffix('\n');
    let is_below_blank = above.is_none_or(|above| above.trim_end_matches([' ', '\t', '\r']).ends_with('\n'));
    let next = text.get(end..next_line(text, end)).unwrap_or("");
    let blank = if is_below_blank && next.trim().is_empty() { next.len() } else { 0 };
    Span::new(start, end + blank)
}

/// Start of the line behind the one that holds `offset`, or the end of the text.
fn next_line(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or("");
    offset + rest.find('\n').map_or(rest.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(text: &str, comment: &str, rule: &str) -> String {
        let file = SourceFile::new("a.md", text.into());
        let start = text.find(comment).unwrap();
        let span = Span::new(start, start + comment.len());
        let suppression = Suppression::read(comment, span).unwrap();
        let edit = without(&file, &suppression, rule).unwrap();
        let mut text = text.to_owned();
        text.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        text
    }

    #[test]
    fn a_comment_goes_with_its_line() {
        let comment = "<!-- speclint-disable-next-line no-swr -- quoted -->";
        assert_eq!(removed(&format!("a\n\n{comment}\nb\n"), comment, "no-swr"), "a\n\nb\n");
        assert_eq!(removed(&format!("a\r\n\r\n{comment}\r\n\r\nb"), comment, "no-swr"), "a\r\n\r\nb");
        assert_eq!(removed(&format!("\u{feff}{comment}\nb"), comment, "no-swr"), "\u{feff}b");
        assert_eq!(removed(&format!("a\n{comment}"), comment, "no-swr"), "a\n");
    }

    #[test]
    fn a_comment_behind_code_leaves_the_code() {
        let comment = "// speclint-disable-next-line no-swr -- x";
        assert_eq!(removed(&format!("call();  {comment}\n"), comment, "no-swr"), "call();\n");
    }

    #[test]
    fn one_of_several_rules_is_taken_out() {
        let comment = "<!-- speclint-disable no-swr, no-prisma -- quoted -->";
        assert_eq!(removed(comment, comment, "no-swr"), "<!-- speclint-disable no-prisma -- quoted -->");
        let comment = "-- speclint-disable no-swr no-prisma";
        assert_eq!(removed(comment, comment, "no-prisma"), "-- speclint-disable no-swr");
    }
}
