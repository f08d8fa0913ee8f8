use super::code::{self, Code};
use super::endpoint::{self, Endpoint};
use super::feature::Shape;
use super::names::{DocumentPart, Field};
use super::section::{self, Section};
use super::skip::{self, Skip};
use super::task::{self, Task};
use super::value::Value;
use crate::markdown::{Document, Heading, Label, within};
use crate::text::Span;

/// As what a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecKind {
    /// What to build, on generic infrastructure.
    Source,
    /// How to build exactly that on the codebase that exists.
    Integrated,
}

/// A specification.
#[derive(Debug)]
pub struct Spec<'d> {
    /// The document.
    pub document: &'d Document<'d>,
    /// As what it was read.
    pub kind: SpecKind,
    /// The first heading of level 1.
    pub title: Option<&'d Heading>,
    /// The labels above the first part: version, source document and so on.
    pub header: Vec<&'d Label>,
    /// From the title to the first part: where the header stands.
    pub header_span: Span,
    /// The sections.
    pub sections: Vec<Section<'d>>,
    /// What a plan in front of the sections says of each of them.
    pub plan: Vec<PlanEntry<'d>>,
    /// The endpoints that it defines, in document order.
    pub endpoints: Vec<Endpoint>,
    /// The code in its fences, in document order.
    pub code: Vec<Code<'d>>,
    /// Its development tasks, in document order.
    pub tasks: Vec<Task>,
    /// The features that it says it leaves out, with their section's index.
    pub skips: Vec<(usize, Skip)>,
}

/// What a plan says of one section.
#[derive(Debug)]
pub struct PlanEntry<'d> {
    /// The section's number.
    pub number: String,
    /// `**Primary Purpose:**`
    pub purpose: Option<Value<'d>>,
    /// `**User Value Delivered:**`
    pub user_value: Option<Value<'d>>,
}

impl<'d> Spec<'d> {
    /// Reads a document. What is not there is absent, never an error.
    pub fn read(document: &'d Document<'d>, kind: SpecKind) -> Self {
        let title = document.headings.iter().find(|heading| heading.level == 1);
        let sections = section::find(document, kind);
        let header_start = title.map_or(0, |title| title.span.end);
        let header_end = document
            .headings
            .iter()
            .find(|heading| heading.level >= 2 && heading.span.start >= header_start)
            .map_or(document.file.text().len(), |heading| heading.span.start);
        let header_span = Span::new(header_start, header_end.max(header_start));
        let header = within(&document.labels, header_span).iter().collect();
        let mut code = code::find(document);
        if kind == SpecKind::Source {
            code::name_models(document, &mut code);
        }
        let mut endpoints = endpoint::in_prose(document);
        // Code of a source shows how the generic infrastructure would do it; what it asks for stands in its prose.
        if kind == SpecKind::Integrated {
            endpoints.extend(code.iter().flat_map(Code::endpoints));
            for feature in sections.iter().flat_map(|section| &section.features) {
                let texts: Vec<Span> =
                    [feature.description, feature.criteria].into_iter().flatten().map(|value| value.span).collect();
                endpoints.extend(endpoint::in_body(document, feature.span, &texts));
            }
        }
        let summaries = sections.iter().flat_map(|section| &section.features).filter(|f| f.shape == Shape::Summary);
        endpoints.extend(summaries.flat_map(|feature| endpoint::in_summary(document, feature.span)));
        endpoints.sort_by_key(|endpoint| endpoint.span);
        let states_skips = |(index, section)| skip::find(document, section).into_iter().map(move |skip| (index, skip));
        let skips = match kind {
            SpecKind::Source => Vec::new(),
            SpecKind::Integrated => sections.iter().enumerate().flat_map(states_skips).collect(),
        };
        let plan = plan(document, &sections);
        Self {
            document,
            kind,
            title,
            header,
            header_span,
            sections,
            plan,
            endpoints,
            code,
            tasks: task::find(document),
            skips,
        }
    }

    /// The value of the first header field that goes by one of `names`, without blanks and code marks around it, and the
    /// place of its name: a label, or the first cell of a row.
    pub fn header_field(&self, names: &[&str]) -> Option<(Span, &'d str)> {
        let text = self.document.file.text();
        let bare = |value: &'d str| value.trim().trim_matches('`').trim();
        let Some(label) = self.header.iter().find(|label| names.iter().any(|name| label.is(text, name))) else {
            return self.header_cell(names).map(|(name, value)| (name, bare(self.document.slice(value))));
        };
        let line = label.value.of(text).trim_start_matches([' ', '\t']).lines().next().unwrap_or("");
        Some((label.span, bare(line)))
    }

    /// The field in a table of the header: the cell with its name and the one beside it.
    fn header_cell(&self, names: &[&str]) -> Option<(Span, Span)> {
        let document = self.document;
        let rows = document.tables.iter().filter(|table| self.header_span.encloses(table.span)).flat_map(|t| &t.rows);
        let cell = |row: &Vec<usize>, column: usize| document.prose.get(*row.get(column)?);
        let is_named =
            |plain: &str| names.iter().any(|name| plain.trim().trim_end_matches(':').eq_ignore_ascii_case(name));
        rows.filter_map(|row| Some((cell(row, 0)?, cell(row, 1)?)))
            .find(|(name, _)| is_named(&document.plain(name)))
            .map(|(name, value)| (name.span, value.span))
    }

    /// The first part of the document of a kind: its heading.
    pub fn part(&self, part: DocumentPart) -> Option<&'d Heading> {
        let is_part = |heading: &&Heading| {
            heading.level <= 2 && DocumentPart::of(self.document.slice(heading.text)) == Some(part)
        };
        let in_section = |heading: &Heading| self.sections.iter().any(|section| section.heading.span == heading.span);
        let is_title = |heading: &Heading| self.title.is_some_and(|title| title.span == heading.span);
        self.document.headings.iter().find(|heading| is_part(heading) && !in_section(heading) && !is_title(heading))
    }

    /// Index of the section whose text or end block holds `offset`.
    pub fn section_at(&self, offset: usize) -> Option<usize> {
        let behind = self.sections.partition_point(|section| section.span.start <= offset);
        let index = behind.checked_sub(1)?;
        self.sections.get(index).filter(|section| section.whole().contains(offset)).map(|_| index)
    }

    /// Index of section and feature whose body holds `offset`.
    pub fn feature_at(&self, offset: usize) -> Option<(usize, usize)> {
        let section = self.section_at(offset)?;
        let features = &self.sections.get(section)?.features;
        let behind = features.partition_point(|feature| feature.span.start <= offset);
        let index = behind.checked_sub(1)?;
        features.get(index).filter(|feature| feature.span.contains(offset)).map(|_| (section, index))
    }

    /// The feature at an index.
    pub fn feature(&self, (section, index): super::FeatureIndex) -> Option<&super::Feature<'d>> {
        self.sections.get(section)?.features.get(index)
    }

    /// All features with the indexes of their section.
    pub fn features(&self) -> impl Iterator<Item = (usize, &super::Feature<'d>)> {
        self.sections.iter().enumerate().flat_map(|(index, section)| section.features.iter().map(move |f| (index, f)))
    }
}

/// The entries of a plan: headings `### Section N: Name` in front of the first section.
fn plan<'d>(document: &'d Document<'d>, sections: &[Section<'d>]) -> Vec<PlanEntry<'d>> {
    let text = document.file.text();
    let end = sections.first().map_or(text.len(), |section| section.span.start);
    let headings = within(&document.headings, Span::new(0, end));
    let entry = |(index, heading): (usize, &'d Heading)| {
        let (number, ..) = section::split_heading(document, heading.text)?;
        let next = headings.get(index + 1).map_or(end, |next| next.span.start);
        let labels = within(&document.labels, Span::new(heading.span.end, next));
        let value = |field: Field| {
            let label = labels.iter().find(|label| field.is(label, text))?;
            Some(Value::of(document, label, next, |_: &Label| true))
        };
        Some(PlanEntry { number, purpose: value(Field::Purpose), user_value: value(Field::UserValue) })
    };
    headings.iter().enumerate().filter(|(_, heading)| heading.level >= 3).filter_map(entry).collect()
}

/// Whether `text` is an integrated spec, judged by its own lines: a title that says so, or section headings marked
/// ` - INTEGRATED`. Cheap, for the walk over a repository: a heading inside a fence counts too, and such a text is looked
/// at again when it has been parsed.
pub fn looks_integrated(text: &[u8]) -> bool {
    [b"ntegrated".as_slice(), b"INTEGRATED"].iter().any(|word| {
        // Each line is looked at once, however often the word stands in it.
        let mut seen = 0;
        memchr::memmem::find_iter(text, word).any(|at| {
            let before = text.get(seen..at).unwrap_or_default();
            let start = memchr::memrchr(b'\n', before).map_or(seen, |before| seen + before + 1);
            if at < seen || start == seen && seen > 0 {
                return false;
            }
            let mut lines = text.get(start..).unwrap_or_default().splitn(3, |&byte| byte == b'\n');
            let (line, below) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
            seen = start + line.len();
            says_integrated(&String::from_utf8_lossy(line), below.starts_with(b"="))
        })
    })
}

/// Whether a line is the title of an integrated spec or the heading of one of its sections.
fn says_integrated(line: &str, is_underlined: bool) -> bool {
    let line = line.trim_start_matches(['\u{feff}', ' ']);
    let text = line.trim_start_matches('#').trim_matches([' ', '\t', '\r', '*', '#']).to_lowercase();
    let is_heading = is_underlined || line.starts_with('#');
    let is_section = text.starts_with("section") && text.ends_with("integrated");
    is_heading && (is_section || text.contains("integrated extension specification"))
}

impl Spec<'_> {
    /// Whether the document says of itself that it is an integrated spec.
    pub fn is_integrated(&self) -> bool {
        let titled = self.title.is_some_and(|title| {
            self.document.slice(title.text).to_lowercase().contains("integrated extension specification")
        });
        let marked =
            |section: &Section<'_>| self.document.slice(section.heading.text).to_uppercase().ends_with("INTEGRATED");
        titled || self.sections.iter().any(marked)
    }
}
