use super::feature::{self, Feature, Shape};
use super::names::{Field, PartKind};
use super::specification::SpecKind;
use super::value::Value;
use crate::markdown::{Document, Heading, Label, LabelKind, Role, within};
use crate::text::{Span, strip_prefix_ignore_ascii_case};

/// A section: from `## SECTION N: Name` to the next one, to its end mark, or to another part of the document.
#[derive(Clone, Debug)]
pub struct Section<'d> {
    /// The number as written, such as `2` or `E02`.
    pub number: String,
    /// The name, without ` - INTEGRATED`.
    pub name: Span,
    /// The heading.
    pub heading: &'d Heading,
    /// Whether the heading reads exactly `SECTION N: Name - INTEGRATED`.
    pub is_marked: bool,
    /// The whole section, without its end block.
    pub span: Span,
    /// The end block: `## END OF SECTION N` and what stands below it.
    pub end: Option<SectionEnd<'d>>,
    /// Its features.
    pub features: Vec<Feature<'d>>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// `**Section Purpose:**`
    pub purpose: Option<Value<'d>>,
    /// The purpose's text: the label's value, or else the overview's first paragraph.
    pub purpose_span: Option<Span>,
    /// `**User Value:**`
    pub user_value: Option<Value<'d>>,
}

/// The block that closes a section.
#[derive(Clone, Debug)]
pub struct SectionEnd<'d> {
    /// `## END OF SECTION N`
    pub heading: &'d Heading,
    /// From the heading to the next part of the document.
    pub span: Span,
}

/// A part of a section, announced by a heading or a bold label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which part.
    pub kind: PartKind,
    /// The heading or label.
    pub place: Span,
    /// What stands below it.
    pub content: Span,
}

/// Number, name and whether the shape is the prescribed one, of `SECTION 2: Name - INTEGRATED`.
pub(super) fn split_heading(document: &Document<'_>, text: Span) -> Option<(String, Span, bool)> {
    let is_blank = |c: char| c == ' ' || c == '\t';
    let raw = document.slice(text);
    let behind = strip_prefix_ignore_ascii_case(raw.trim_start_matches('*'), "SECTION")?;
    let rest = behind.trim_start_matches(is_blank);
    let number = number(rest).filter(|_| rest.len() < behind.len())?;
    let rest = rest.get(number.len()..)?.trim_start_matches(is_blank);
    let rest = rest.strip_prefix([':', '.', '-', '–', '—'])?.trim_start_matches(is_blank);
    let start = text.start + raw.len() - rest.len();
    let name = Span::new(start, start + without_mark(rest.trim_end_matches('*')).trim_end().len());
    let is_marked = raw == format!("SECTION {number}: {} - INTEGRATED", document.slice(name));
    Some((number.to_owned(), name, is_marked))
}

/// The number of a section that `text` starts with: `2`, `E02`, `3b`.
fn number(text: &str) -> Option<&str> {
    let letter = usize::from(text.starts_with(|c: char| c.is_ascii_alphabetic()));
    let digits = text.get(letter..)?.bytes().take_while(u8::is_ascii_digit).count();
    let end = letter + digits;
    let suffix = usize::from(text.get(end..)?.starts_with(|c: char| c.is_ascii_lowercase()));
    text.get(..end + suffix).filter(|_| digits > 0)
}

/// A name without ` - INTEGRATED`, however it is set off: `(Integrated)`, `: INTEGRATED`.
fn without_mark(name: &str) -> &str {
    let blanks = [' ', '\t'];
    let bare = name.trim_end_matches(blanks);
    let bare = bare.strip_suffix([')', ']']).unwrap_or(bare);
    let word = bare.len().checked_sub("INTEGRATED".len()).and_then(|at| bare.split_at_checked(at));
    let Some((before, _)) = word.filter(|(_, word)| word.eq_ignore_ascii_case("INTEGRATED")) else { return name };
    let set_off = before.trim_end_matches([' ', '\t', '-', '–', '—', ':', '(', '[']);
    if set_off.len() < before.len() { set_off } else { name }
}

fn is_end(document: &Document<'_>, heading: &Heading) -> bool {
    let text = document.slice(heading.text).trim_start_matches('*');
    let rest = || strip_prefix_ignore_ascii_case(text, "END OF SECTION");
    matches!(heading.level, 2 | 3)
        && rest().is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
}

/// The sections of a document.
pub(super) fn find<'d>(document: &'d Document<'d>, kind: SpecKind) -> Vec<Section<'d>> {
    let borders: Vec<&Heading> =
        document.headings.iter().filter(|heading| heading.level <= 2 || is_end(document, heading)).collect();
    let text_end = document.file.text().len();
    let mut sections: Vec<Section<'d>> = Vec::new();
    for (index, heading) in borders.iter().enumerate() {
        let next = borders.get(index + 1).map_or(text_end, |next| next.span.start);
        let span = Span::new(heading.span.start, next);
        if is_end(document, heading) {
            if let Some(section) = sections.last_mut().filter(|section| section.end.is_none()) {
                section.end = Some(SectionEnd { heading, span });
            }
        } else if let Some((number, name, is_marked)) = split_heading(document, heading.text) {
            sections.push(read(document, kind, heading, (number, name, is_marked), span));
        }
    }
    sections
}

fn read<'d>(
    document: &'d Document<'d>,
    kind: SpecKind,
    heading: &'d Heading,
    (number, name, is_marked): (String, Span, bool),
    span: Span,
) -> Section<'d> {
    let text = document.file.text();
    let mut features = feature::bodies(document, span);
    if kind == SpecKind::Source {
        let known: Vec<String> = features.iter().map(|feature| feature.id.clone()).collect();
        features.extend(feature::summaries(document, span, &number).into_iter().filter(|f| !known.contains(&f.id)));
        features.sort_by_key(|feature| feature.place);
    }
    let first_body = features.iter().find(|feature| feature.shape == Shape::Body).map_or(span.end, |f| f.span.start);
    let opening = Span::new(heading.span.end, first_body);
    let field = |field: Field, opening: Span| {
        let label = within(&document.labels, opening).iter().find(|label| field.is(label, text))?;
        Some(Value::of(document, label, opening.end, |_: &Label| true))
    };
    let parts = parts(document, span);
    let overview = parts.iter().find(|part| part.kind == PartKind::Overview).map(|part| part.content);
    let purpose =
        overview.and_then(|overview| field(Field::Purpose, Span::new(overview.start, overview.end.min(first_body))));
    let first_paragraph = overview.and_then(|overview| {
        let paragraph = within(&document.prose, overview).first().filter(|prose| prose.role == Role::Paragraph)?;
        // A label is no sentence about the section.
        let is_label =
            within(&document.labels, paragraph.span).first().is_some_and(|l| l.span.start == paragraph.span.start);
        (!is_label).then_some(paragraph.span)
    });
    let purpose_span = purpose.map(|value| value.span).or(first_paragraph);
    let user_value = field(Field::UserValue, opening);
    Section { number, name, heading, is_marked, span, end: None, features, parts, purpose, purpose_span, user_value }
}

/// The parts of a section. A heading announces a part better than a label does.
fn parts(document: &Document<'_>, section: Span) -> Vec<Part> {
    let headings = within(&document.headings, Span::new(section.start + 1, section.end));
    let mut parts = Vec::new();
    for (index, heading) in headings.iter().enumerate().filter(|(_, heading)| heading.level == 3) {
        let Some(kind) = PartKind::of(document.slice(heading.text)) else { continue };
        let next = headings.iter().skip(index + 1).find(|next| next.level <= 3);
        let content = Span::new(heading.span.end, next.map_or(section.end, |next| next.span.start));
        parts.push(Part { kind, place: heading.span, content });
    }
    for label in within(&document.labels, section).iter().filter(|label| label.kind != LabelKind::Heading) {
        let named = |kind: &PartKind| label.is(document.file.text(), kind.name());
        let Some(kind) = PartKind::ALL.into_iter().find(named) else { continue };
        if parts.iter().all(|part| part.kind != kind) {
            parts.push(Part { kind, place: label.span, content: label.value });
        }
    }
    parts
}

impl Section<'_> {
    /// The first part of a kind.
    pub fn part(&self, kind: PartKind) -> Option<&Part> {
        self.parts.iter().find(|part| part.kind == kind)
    }

    /// The section with its end block.
    pub fn whole(&self) -> Span {
        self.end.as_ref().map_or(self.span, |end| self.span.join(end.span))
    }
}
