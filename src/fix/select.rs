use crate::diagnostics::{Applicability, Edit, Finding, Fix};
use crate::text::Span;

/// A fix of a finding: the finding's index, and that of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) finding: usize,
    pub(super) file: usize,
}

/// The fixes that are applied together: in the order of `findings` (that of the report), each one that `is_wanted`,
/// changes something, and has no byte and no place in common with one before it. `files` are name and present text.
pub(super) fn select(
    findings: &[Finding],
    files: &[(&str, &str)],
    least: Applicability,
    is_wanted: impl Fn(&Finding) -> bool,
) -> Vec<Choice> {
    let mut chosen: Vec<Choice> = Vec::new();
    let mut taken: Vec<Vec<Span>> = vec![Vec::new(); files.len()];
    for (index, finding) in findings.iter().enumerate() {
        let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability >= least && is_wanted(finding)) else {
            continue;
        };
        let Some(file) = files.iter().position(|(name, _)| *name == &*finding.location.path) else { continue };
        let (Some((_, text)), Some(taken)) = (files.get(file), taken.get_mut(file)) else { continue };
        if !is_sound(fix, text) || fix.edits.iter().any(|edit| collides(taken, edit.span)) {
            continue;
        }
        for edit in &fix.edits {
            let at = taken.partition_point(|other| *other < edit.span);
            taken.insert(at, edit.span);
        }
        chosen.push(Choice { finding: index, file });
    }
    chosen
}

/// Whether a fix changes something, in edits that are in order, apart from each other, and on character borders.
fn is_sound(fix: &Fix, text: &str) -> bool {
    let fits = |edit: &Edit| text.get(edit.span.start..edit.span.end).is_some();
    let apart = fix.edits.iter().zip(fix.edits.iter().skip(1)).all(|(edit, next)| edit.span.end <= next.span.start);
    let changes = fix.edits.iter().any(|edit| edit.span.of(text) != edit.replacement);
    changes && apart && fix.edits.iter().all(fits)
}

/// Whether `span` shares a byte or a border with one of `taken`, which are sorted and apart: what two fixes put in at
/// the same place has no order that both know.
fn collides(taken: &[Span], span: Span) -> bool {
    let behind = taken.partition_point(|other| other.start <= span.end);
    behind.checked_sub(1).and_then(|index| taken.get(index)).is_some_and(|other| other.end >= span.start)
}

/// The edits of `choices` in one file, in order.
pub(super) fn edits_in<'f>(findings: &'f [Finding], choices: &[Choice], file: usize) -> Vec<&'f Edit> {
    let of_file = choices.iter().filter(|choice| choice.file == file);
    let fixes = of_file.filter_map(|choice| findings.get(choice.finding)?.fix.as_ref());
    let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Level, Location};
    use crate::text::SourceFile;

    fn finding(edits: Vec<Edit>) -> Finding {
        let file = SourceFile::new("a.md", "abcdefghij".into());
        Finding::new("no-swr", Level::Error, Location::of(&file, Span::empty(0)), "x").fix(Fix::safe("repair", edits))
    }

    fn chosen(findings: &[Finding]) -> Vec<usize> {
        let chosen = select(findings, &[("a.md", "abcdefghij")], Applicability::Safe, |_| true);
        chosen.into_iter().map(|choice| choice.finding).collect()
    }

    #[test]
    fn the_first_of_overlapping_fixes_is_taken() {
        let replace = |start, end| Edit::replace(Span::new(start, end), "X");
        let fixes = [
            finding(vec![replace(2, 4), replace(8, 9)]),
            finding(vec![replace(3, 5)]),
            finding(vec![replace(5, 7)]),
            finding(vec![Edit::insert(7, "Y")]),
            finding(vec![replace(0, 1), replace(8, 10)]),
        ];
        assert_eq!(chosen(&fixes), [0, 2]);
    }

    #[test]
    fn a_fix_that_changes_nothing_is_none() {
        assert_eq!(chosen(&[finding(vec![Edit::replace(Span::new(0, 1), "a")])]), [0_usize; 0]);
        assert_eq!(chosen(&[finding(vec![Edit::remove(Span::new(8, 12))])]), [0_usize; 0], "behind the end");
    }
}
