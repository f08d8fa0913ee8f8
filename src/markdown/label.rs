use super::document::{Document, Inline, InlineKind, Role, within};
use crate::text::{Span, contains_ignore_ascii_case};

/// A name at the start of a line with a value behind or below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// From the start of its line (behind the list marker) to behind the colon.
    pub span: Span,
    /// The name, without emphasis, qualifier and colon.
    pub name: Span,
    /// What stands in parentheses behind the name.
    pub qualifier: Option<Span>,
    /// The shape it has.
    pub kind: LabelKind,
    /// From behind the colon to the next label at line start, heading or thematic break.
    pub value: Span,
}

/// The shapes that labels have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelKind {
    /// `**X**:` or `**X:**` at the start of a line.
    Bold,
    /// `- **X**: …` in a list item (index into [`Document::items`]).
    Bullet(usize),
    /// `#### X`: a heading of level 4 or deeper.
    Heading,
}

impl Label {
    /// Whether the label is called `name`, whatever the case.
    pub fn is(&self, text: &str, name: &str) -> bool {
        self.name.of(text).eq_ignore_ascii_case(name)
    }

    /// Whether the label says that its block is integrated: `**API Routes (INTEGRATED)**:`.
    pub fn is_integrated(&self, text: &str) -> bool {
        contains_ignore_ascii_case(self.span.of(text), "INTEGRATED")
    }
}

/// Longest line of bold text that is taken for a label although no colon follows, in bytes.
const LONGEST_BARE_NAME: usize = 60;

/// All labels of a document, with their values.
pub(super) fn find(document: &Document<'_>) -> Vec<Label> {
    let mut labels = Vec::new();
    for prose in &document.prose {
        let kind = match prose.role {
            Role::Paragraph => LabelKind::Bold,
            Role::Item(item) => LabelKind::Bullet(item),
            Role::Heading | Role::Cell { .. } => continue,
        };
        let inlines = document.inlines_of(prose);
        let line_starts = (0..inlines.len())
            .filter(|&at| at == 0 || inlines.get(at - 1).is_some_and(|i| i.kind == InlineKind::LineBreak));
        for first in line_starts {
            labels.extend(
                inlines
                    .get(first..)
                    .and_then(|line| bold_label(document, line, kind).or_else(|| plain_label(document, line, kind))),
            );
        }
    }
    for heading in document.headings.iter().filter(|heading| heading.level >= 4) {
        let (name, qualifier) = split_qualifier(document, heading.text);
        labels.push(Label {
            span: heading.span,
            name,
            qualifier,
            kind: LabelKind::Heading,
            value: Span::empty(heading.span.end),
        });
    }
    labels.sort_by_key(|label| label.span);
    set_values(document, &mut labels);
    labels
}

/// Reads the label at the start of a line of inline parts, if there is one.
fn bold_label(document: &Document<'_>, line: &[Inline], kind: LabelKind) -> Option<Label> {
    // A check mark or another symbol may stand in front.
    let skipped = line.iter().take_while(|part| !part.strong && is_symbol(document.slice(part.span))).count();
    let bold: Vec<&Inline> = line.iter().skip(skipped).take_while(|part| part.strong).collect();
    let inner = bold.first()?.span.join(bold.last()?.span);
    if bold.iter().any(|part| part.kind == InlineKind::LineBreak) {
        return None;
    }
    let text = document.file.text();
    let line_start = line.first()?.span.start.min(inner.start);
    let line_end = document.file.line_at(inner.end).end;
    let closing = text.get(inner.end..line_end)?;
    let markers = closing.len() - closing.trim_start_matches(['*', '_', '`']).len();
    let after = inner.end + markers;
    let name_text = inner.of(text);
    if let Some(name) = name_text.trim_end().strip_suffix([':', '：']) {
        let (name, qualifier) = split_qualifier(document, Span::new(inner.start, inner.start + name.trim_end().len()));
        return Some(Label { span: Span::new(line_start, after), name, qualifier, kind, value: Span::empty(after) });
    }
    let rest = text.get(after..line_end)?;
    let (qualifier, behind) = qualifier(rest);
    let colon = rest.get(behind..)?.trim_start();
    if let Some(value) = colon.strip_prefix([':', '：']) {
        let end = line_end - value.len();
        let (name, inner_qualifier) = split_qualifier(document, inner);
        let qualifier = inner_qualifier.or(qualifier.map(|span| span.shifted(after)));
        return Some(Label { span: Span::new(line_start, end), name, qualifier, kind, value: Span::empty(end) });
    }
    let alone = colon.trim().is_empty() && name_text.len() <= LONGEST_BARE_NAME && kind == LabelKind::Bold;
    alone.then(|| {
        let (name, inner_qualifier) = split_qualifier(document, inner);
        let qualifier = inner_qualifier.or(qualifier.map(|span| span.shifted(after)));
        Label { span: Span::new(line_start, after + behind), name, qualifier, kind, value: Span::empty(after + behind) }
    })
}

/// The one name that is a label without bold type too: nothing else is called so, and its block is what a spec is for.
const PLAIN_NAME: &str = "acceptance criteria";

/// `Acceptance Criteria:` or `*Acceptance Criteria (from spec):*` on a line of its own.
fn plain_label(document: &Document<'_>, line: &[Inline], kind: LabelKind) -> Option<Label> {
    let first = line.first().filter(|first| !first.strong)?;
    let end = document.file.line_at(first.span.start).end;
    let whole = Span::new(first.span.start, end);
    let bare = document.slice(whole).trim_end().trim_end_matches(['*', '_']);
    let stripped = bare.strip_suffix(':')?;
    let (name, qualifier) = split_qualifier(document, Span::new(whole.start, whole.start + stripped.len()));
    let end = whole.start + document.slice(whole).trim_end().len();
    document.slice(name).eq_ignore_ascii_case(PLAIN_NAME).then(|| Label {
        span: Span::new(whole.start, end),
        name,
        qualifier,
        kind,
        value: Span::empty(end),
    })
}

/// A parenthesised remark at the start of `rest`: its inside, and the offset behind it (0 if there is none).
fn qualifier(rest: &str) -> (Option<Span>, usize) {
    let start = rest.len() - rest.trim_start().len();
    let Some(inside) = rest.get(start..).and_then(|rest| rest.strip_prefix('(')) else { return (None, 0) };
    let mut depth = 1;
    for (at, character) in inside.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return (Some(Span::new(start + 1, start + 1 + at)), start + at + 2);
        }
    }
    (None, 0)
}

/// Splits `Name (qualifier)` and takes off a colon and symbols in front.
fn split_qualifier(document: &Document<'_>, span: Span) -> (Span, Option<Span>) {
    let raw = document.slice(span);
    let text = raw.trim_end_matches([':', '：', ' ', '*']);
    let front = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let open = text.ends_with(')').then(|| text.find('(')).flatten().filter(|&open| open > front);
    let name_end = open.map_or(text.len(), |open| text.get(..open).unwrap_or("").trim_end().len());
    let name = Span::new(span.start + front, span.start + name_end);
    (name, open.map(|open| Span::new(span.start + open + 1, span.start + text.len() - 1)))
}

fn is_symbol(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphanumeric()) && text.len() <= 12
}

/// Sets where each value ends. One pass from behind, with the start of the next terminator for each kind of label.
fn set_values(document: &Document<'_>, labels: &mut [Label]) {
    let file_end = document.file.text().len();
    let line_start = |offset: usize| document.file.line_at(offset).start;
    let depth = |item: usize| document.items.get(item).map_or(0, |item| item.depth);
    // Start of the line of the next label that ends a bold value, and of the next bullet for each depth.
    let mut next_bold = file_end;
    let mut next_bullet: Vec<usize> = Vec::new();
    for label in labels.iter_mut().rev() {
        let here = line_start(label.span.start);
        let heading = within(&document.headings, Span::new(label.span.end, file_end)).first();
        let thematic = within(&document.breaks, Span::new(label.span.end, file_end)).first();
        let border = heading.map_or(file_end, |h| h.span.start).min(thematic.map_or(file_end, |b| b.start));
        let end = match label.kind {
            LabelKind::Bold | LabelKind::Heading => next_bold,
            LabelKind::Bullet(item) => {
                let bullets = next_bullet.get(..=depth(item)).unwrap_or(&next_bullet).iter().copied();
                let next = bullets.fold(next_bold, usize::min);
                let item_end = document.items.get(item).map_or(file_end, |item| item.span.end);
                // The rest of the item is the value; where nothing is left of it, what stands below the item is.
                let is_filled = !Span::new(label.value.start, item_end).of(document.file.text()).trim().is_empty();
                if is_filled { next.min(item_end) } else { next }
            }
        };
        label.value = Span::new(label.value.start, end.min(border).max(label.value.start));
        match label.kind {
            LabelKind::Bold | LabelKind::Heading => {
                next_bold = here;
                next_bullet.clear();
            }
            LabelKind::Bullet(item) => {
                next_bullet.truncate(depth(item));
                next_bullet.resize(depth(item), file_end);
                next_bullet.push(here);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    fn labels(text: &str) -> Vec<(String, Option<String>, String)> {
        let file = SourceFile::new("a.md", text.into());
        let document = Document::new(&file);
        let show = |label: &Label| {
            let qualifier = label.qualifier.map(|span| span.of(text).to_owned());
            (label.name.of(text).to_owned(), qualifier, label.value.of(text).trim().to_owned())
        };
        document.labels.iter().map(show).collect()
    }

    fn names(text: &str) -> Vec<String> {
        labels(text).into_iter().map(|(name, ..)| name).collect()
    }

    #[test]
    fn shapes() {
        assert_eq!(labels("**Type**: API"), [("Type".into(), None, "API".into())]);
        assert_eq!(labels("**Type:** API"), [("Type".into(), None, "API".into())]);
        assert_eq!(
            labels("**Acceptance Criteria** (from spec (old)):\n1. a\n"),
            [("Acceptance Criteria".into(), Some("from spec (old)".into()), "1. a".into())]
        );
        assert_eq!(
            labels("- **User Value**: x\n- **Next**: y"),
            [("User Value".into(), None, "x".into()), ("Next".into(), None, "y".into())]
        );
        assert_eq!(labels("#### Acceptance Criteria\n\n- a\n"), [("Acceptance Criteria".into(), None, "- a".into())]);
        assert_eq!(names("✅ **ACCEPTANCE CRITERIA**:\n- a"), ["ACCEPTANCE CRITERIA"]);
        assert_eq!(names("**Acceptance Criteria**\n\n- a"), ["Acceptance Criteria"]);
        assert_eq!(
            labels("**Implementation (INTEGRATED)**:\n"),
            [("Implementation".into(), Some("INTEGRATED".into()), String::new())]
        );
    }

    #[test]
    fn criteria_need_no_bold_type() {
        assert_eq!(
            labels("Acceptance Criteria (all):\n\n- a"),
            [("Acceptance Criteria".into(), Some("all".into()), "- a".into())]
        );
        assert_eq!(labels("_Acceptance criteria:_\n- a"), [("Acceptance criteria".into(), None, "- a".into())]);
        assert_eq!(names("- Acceptance Criteria:\n  - a"), ["Acceptance Criteria"]);
        assert_eq!(names("The acceptance criteria:\n\nThe price has two parts:\n- a"), Vec::<String>::new());
    }

    #[test]
    fn bold_words_in_a_sentence_are_no_label() {
        assert_eq!(names("This is **bold**: really"), Vec::<String>::new());
        assert_eq!(names("**POST /api/berths** opens a berth."), Vec::<String>::new());
    }

    #[test]
    fn labels_on_lines_of_one_paragraph() {
        assert_eq!(
            labels("**A:** 1  \n**B:** 2\n\n---\nrest"),
            [("A".into(), None, "1".into()), ("B".into(), None, "2".into())]
        );
    }

    #[test]
    fn bullets_with_bold_words_belong_to_the_block_above() {
        let found = labels("**Acceptance Criteria:**\n- **Speed**: fast\n- **Size**: small\n\n**Next:** x");
        assert_eq!(found[0].2, "- **Speed**: fast\n- **Size**: small");
    }

    #[test]
    fn a_nested_bullet_belongs_to_its_parent() {
        let found = labels("- **Purpose**: a\n  - **Part**: b\n- **Value**: c\n");
        assert_eq!(found[0].2, "a\n  - **Part**: b");
        assert_eq!(found[1].2, "b");
    }

    #[test]
    fn a_fence_belongs_to_the_value() {
        let found = labels("**Implementation**:\n\n```sql\n**X**: y\n# z\n```\ntail\n\n**Next**: x");
        assert!(found[0].2.ends_with("tail"));
    }
}
