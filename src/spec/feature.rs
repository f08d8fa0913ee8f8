use super::names::Field;
use super::value::Value;
use crate::markdown::{Document, Heading, Label, LabelKind, Prose, Role, within};
use crate::text::{Span, strip_prefix_ignore_ascii_case};

/// A feature (functional requirement).
#[derive(Clone, Debug)]
pub struct Feature<'d> {
    /// The id in its normal form: `FR-1.2`.
    pub id: String,
    /// The title's bytes.
    pub title: Span,
    /// The title without the detail in parentheses that a summary item may add; else the same as `title`.
    pub short_title: Span,
    /// The heading's or item's line: where findings about the whole feature point.
    pub place: Span,
    /// From the heading to the next feature or to what ends it.
    pub span: Span,
    /// How it is described.
    pub shape: Shape,
    /// `**Type:**`
    pub kind: Option<Value<'d>>,
    /// `**Description:**`
    pub description: Option<Value<'d>>,
    /// `**Acceptance Criteria:**`
    pub criteria: Option<Value<'d>>,
    /// Further blocks of acceptance criteria.
    pub more_criteria: Vec<Value<'d>>,
    /// `**Implementation (INTEGRATED)**:` and its like, the first of them.
    pub implementation: Option<&'d Label>,
}

/// How a feature is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `#### FR-1.2: Title` with labels below.
    Body,
    /// `- **FR-1.2**: Title (detail)`, in a source only.
    Summary,
}

/// A feature's id and the offset of its title in `line`, if the line starts with an id.
fn split_id(line: &str) -> Option<(String, usize)> {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = strip_prefix_ignore_ascii_case(bare, "FR")?;
    let rest = rest.strip_prefix(['-', '‑', '–', ' ']).unwrap_or(rest);
    let number = number(rest)?;
    let behind = rest.get(number.len()..)?;
    let is_mark = |c: char| c == '*' || c == '_' || c.is_whitespace();
    let title = behind.trim_start_matches(|c: char| is_mark(c) || c == ']' || c == ')');
    let title = title.strip_prefix([':', '.', ')', '-', '–', '—']).unwrap_or(title).trim_start_matches(is_mark);
    let is_glued = title.len() == behind.len() && behind.starts_with(char::is_alphanumeric);
    (!is_glued).then(|| (format!("FR-{number}"), line.len() - title.len()))
}

/// The number that `text` starts with: digits, with single dots between them.
pub(super) fn number(text: &str) -> Option<&str> {
    let run = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let run = text.get(..run)?;
    let length = run.find("..").unwrap_or(run.len());
    run.get(..length).map(|run| run.trim_end_matches('.')).filter(|run| run.starts_with(|c: char| c.is_ascii_digit()))
}

/// The feature ids that `text` names anywhere, in their normal form.
pub(super) fn ids_in(text: &str) -> Vec<String> {
    let starts = text.match_indices("FR").map(|(at, _)| at);
    let is_word =
        |at: &usize| !text.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    let id = |at: usize| {
        let rest = text.get(at + 2..)?;
        number(rest.strip_prefix(['-', '‑', '–', ' ']).unwrap_or(rest)).map(|number| format!("FR-{number}"))
    };
    starts.filter(is_word).filter_map(id).collect()
}

/// Feature bodies inside `section`.
pub(super) fn bodies<'d>(document: &'d Document<'d>, section: Span) -> Vec<Feature<'d>> {
    let headings = within(&document.headings, section);
    let is_body = |heading: &Heading| heading.level >= 3 && split_id(document.slice(heading.text)).is_some();
    let mut features = Vec::new();
    // From behind, so that each heading knows where the next feature or larger heading starts.
    let mut next_body = section.end;
    let mut next_at_level = [section.end; 7];
    for heading in headings.iter().rev() {
        if is_body(heading) {
            let larger = usize::from(heading.level).min(4);
            let end = next_at_level.iter().take(larger).copied().fold(next_body, usize::min);
            features.extend(body(document, heading, Span::new(heading.span.start, end)));
            next_body = heading.span.start;
        }
        if let Some(slot) = next_at_level.get_mut(usize::from(heading.level)) {
            *slot = heading.span.start;
        }
    }
    features.reverse();
    features
}

fn body<'d>(document: &'d Document<'d>, heading: &'d Heading, span: Span) -> Option<Feature<'d>> {
    let text = document.file.text();
    let (id, title_at) = split_id(document.slice(heading.text))?;
    let title = trim_emphasis(document, Span::new(heading.text.start + title_at, heading.text.end));
    let labels = within(&document.labels, Span::new(heading.span.end, span.end));
    let value = |field: Field| {
        let label = labels.iter().find(|label| field.is(label, text))?;
        let ends_block = |label: &Label| ends_block(label, text);
        Some(Value::of(document, label, span.end, ends_block))
    };
    let (criteria, more_criteria) = criteria(document, labels, span.end);
    Some(Feature {
        id,
        title,
        short_title: title,
        place: heading.span,
        span,
        shape: Shape::Body,
        kind: value(Field::Type).map(|value| value.first_paragraph(document)),
        description: value(Field::Description),
        criteria,
        more_criteria,
        implementation: labels.iter().find(|label| Field::Implementation.is(label, text)),
    })
}

/// The first block of criteria that holds something (else the first), and the others that call themselves acceptance
/// criteria. A label inside a block belongs to it.
fn criteria<'d>(document: &'d Document<'d>, labels: &'d [Label], end: usize) -> (Option<Value<'d>>, Vec<Value<'d>>) {
    let text = document.file.text();
    let found = labels.iter().filter(|label| Field::Criteria.is(label, text));
    let mut blocks: Vec<Value<'d>> = Vec::new();
    for value in found.map(|label| Value::of(document, label, end, |label: &Label| ends_block(label, text))) {
        match blocks.last_mut() {
            Some(last) if last.span.is_empty() => *last = value,
            Some(last) if value.label.span.start < last.span.end || value.span.is_empty() => {}
            _ => blocks.push(value),
        }
    }
    let mut blocks = blocks.into_iter();
    let first = blocks.next();
    (first, blocks.filter(|value| value.label.name.of(text).to_lowercase().contains("acceptance")).collect())
}

/// Labels that end a block of grouped criteria: the other blocks of a feature.
fn ends_block(label: &Label, text: &str) -> bool {
    let fields = [Field::Type, Field::Description, Field::Criteria, Field::Implementation];
    let name = label.name.of(text);
    let other = [
        "technical", "verification", "prisma", "implementation", "file", "endpoint", "api", "dependencies", "schema",
        "database",
    ];
    label.kind == LabelKind::Heading
        || fields.iter().any(|field| field.is(label, text))
        || other.iter().any(|word| strip_prefix_ignore_ascii_case(name, word).is_some())
}

/// Features that a source describes as items of a list inside `section`: `- **FR-2.1**: Title (detail)`.
///
/// An item without bold type counts only below a heading about features or requirements, and only with an id of
/// this section: lists of prerequisites look the same.
pub(super) fn summaries<'d>(document: &'d Document<'d>, section: Span, number: &str) -> Vec<Feature<'d>> {
    let is_item = |prose: &&Prose| matches!(prose.role, Role::Item(_));
    within(&document.prose, section)
        .iter()
        .filter(is_item)
        .filter_map(|prose| summary(document, prose, number))
        .collect()
}

fn summary<'d>(document: &'d Document<'d>, prose: &Prose, number: &str) -> Option<Feature<'d>> {
    let first = document.inlines_of(prose).first()?;
    let line = document.file.line_at(prose.span.start);
    let start = if first.strong { line.start.max(first.span.start.saturating_sub(2)) } else { first.span.start };
    let rest = Span::new(start, line.end);
    let (id, title_at) = split_id(document.slice(rest))?;
    if !first.strong && !is_listed_as_feature(document, prose, &id, number) {
        return None;
    }
    let title = trim_emphasis(document, Span::new(rest.start + title_at, rest.end));
    if title.is_empty() {
        return None;
    }
    let raw = document.slice(title);
    let detail = raw.ends_with(')').then(|| raw.find(" (")).flatten();
    let short_end =
        detail.map_or(title.end, |at| title.start + raw.get(..at).unwrap_or("").trim_end_matches(['*', '_']).len());
    Some(Feature {
        id,
        title,
        short_title: Span::new(title.start, short_end),
        place: Span::new(rest.start, line.start + document.slice(line).trim_end().len()),
        span: rest,
        shape: Shape::Summary,
        kind: None,
        description: None,
        criteria: None,
        more_criteria: Vec::new(),
        implementation: None,
    })
}

fn is_listed_as_feature(document: &Document<'_>, prose: &Prose, id: &str, number: &str) -> bool {
    let of_section = id.strip_prefix("FR-").is_some_and(|id| id.split('.').next() == Some(number));
    let heading = document.heading_before(prose.span.start).map(|heading| document.slice(heading.text).to_lowercase());
    of_section && heading.is_some_and(|name| name.contains("feature") || name.contains("requirement"))
}

/// Without emphasis marks and blanks around it.
fn trim_emphasis(document: &Document<'_>, span: Span) -> Span {
    let raw = document.slice(span);
    let end = raw.trim_end().trim_end_matches("**").trim_end().len();
    let start = raw.len() - raw.trim_start().len();
    Span::new(span.start + start.min(end), span.start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_by_many_shapes() {
        for (line, id, title) in [
            ("FR-1.2: Title", "FR-1.2", "Title"),
            ("**FR-1.2.3**: Title", "FR-1.2.3", "Title"),
            ("FR1.2 - Title", "FR-1.2", "Title"),
            ("✅ FR-1.2 Title", "FR-1.2", "Title"),
            ("[FR-1.2] Title", "FR-1.2", "Title"),
            ("(FR-1.2): Title", "FR-1.2", "Title"),
            ("FR-2.1", "FR-2.1", ""),
        ] {
            let (found, at) = split_id(line).unwrap();
            assert_eq!((found.as_str(), line.get(at..)), (id, Some(title)), "{line}");
        }
        assert!(split_id("see FR-1.2").is_none());
        assert!(split_id("FRAME").is_none());
    }
}
