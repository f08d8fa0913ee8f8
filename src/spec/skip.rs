use super::feature;
use super::names::words;
use super::section::Section;
use crate::markdown::{Document, Prose, Role, within};
use crate::text::Span;

/// A feature that the integrated spec leaves out on purpose, because the codebase has it already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// The id in its normal form.
    pub id: String,
    /// The line that says so.
    pub span: Span,
    /// The reason given.
    pub reason: String,
}

/// Words of a heading or label that announce what is left out because it is there already.
const ANNOUNCERS: [&str; 9] =
    ["existing", "exists", "exist", "already", "skipped", "skip", "unchanged", "reused", "omitted"];

/// The skips that a section states: items that name feature ids below `**Existing Infrastructure** (no changes needed):`
/// and the like. The reason is the item's text, or the remark in parentheses behind the label.
pub(super) fn find(document: &Document<'_>, section: &Section<'_>) -> Vec<Skip> {
    let text = document.file.text();
    let announces = |name: &str| words(name).any(|word| ANNOUNCERS.iter().any(|own| own.eq_ignore_ascii_case(word)));
    let labels = within(&document.labels, section.span).iter().filter(|label| announces(label.name.of(text)));
    let below_labels = labels.map(|label| (label.value, label.qualifier.map(|span| span.of(text).to_owned())));
    let headings = within(&document.headings, section.span);
    let below_headings =
        headings.iter().enumerate().skip(1).filter(|(_, heading)| announces(heading.text.of(text))).map(
            |(index, heading)| {
                let end = headings.get(index + 1).map_or(section.span.end, |next| next.span.start);
                (Span::new(heading.span.end, end), None)
            },
        );
    let mut skips = Vec::new();
    for (region, remark) in below_labels.chain(below_headings) {
        for prose in within(&document.prose, region) {
            if !matches!(prose.role, Role::Item(_) | Role::Cell { .. } | Role::Paragraph) {
                continue;
            }
            let plain = document.plain(prose);
            let reason = plain.split_once([':', '–', '—']).map(|(_, reason)| reason.trim().to_owned());
            let reason = reason
                .filter(|reason| !reason.is_empty())
                .or_else(|| last_cell(document, prose))
                .or_else(|| remark.clone())
                .unwrap_or_else(|| plain.clone());
            skips.extend(feature::ids_in(&plain).into_iter().map(|id| Skip {
                id,
                span: prose.span,
                reason: reason.clone(),
            }));
        }
    }
    skips
}

/// In a table of skips, the last cell of the row says why.
fn last_cell(document: &Document<'_>, prose: &Prose) -> Option<String> {
    let Role::Cell { table, row, column } = prose.role else { return None };
    let cells = document.tables.get(table)?.rows.get(row)?;
    let last = cells.len().checked_sub(1).filter(|&last| last != column)?;
    let text = document.plain(document.prose.get(*cells.get(last)?)?);
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
