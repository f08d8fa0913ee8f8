use crate::languages::code::CodeKind;
use crate::languages::typescript::is_method;
use crate::markdown::{Document, InlineKind, Label, Prose, Role, Spanned, within};
use crate::spec::mention::mentions;
use crate::spec::names::PartKind;
use crate::text::Span;

/// An endpoint that a document defines: `GET /api/berths/[id]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path as written.
    pub path: String,
    /// Where it is defined.
    pub span: Span,
}

impl Endpoint {
    /// What two definitions of the same endpoint have in common: method and normal path.
    pub fn key(&self) -> (String, String) {
        (self.method.clone(), normal_path(&self.path))
    }
}

/// The path with every parameter, however written (`[id]`, `:id`, `{id}`), as `[]`, and without a trailing slash or query.
pub fn normal_path(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or(path).trim_end_matches(['/', '.', ':']);
    let normal = |part: &str| {
        let is_parameter = part.starts_with(['[', '{', ':', '$', '<']);
        if is_parameter { "[]".to_owned() } else { part.to_lowercase() }
    };
    path.split('/').map(normal).collect::<Vec<_>>().join("/")
}

/// Whether `line` starts with an endpoint, markup aside.
pub(super) fn starts_with_endpoint(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    mentions(line).next().is_some_and(|found| found.methods.start == 0)
}

/// The endpoints that the prose of `document` defines: in headings, in bold text at the start of a line, behind
/// labels and below headings that announce endpoints, and in tables. A path that a sentence, a task or a test
/// merely names defines nothing.
pub(super) fn in_prose(document: &Document<'_>) -> Vec<Endpoint> {
    let announced = announced_regions(document);
    let mut endpoints = Vec::new();
    for prose in &document.prose {
        match prose.role {
            Role::Heading => endpoints.extend(all_in(document, prose.span)),
            Role::Cell { table, row, column } => endpoints.extend(in_cell(document, prose, (table, row, column))),
            Role::Paragraph | Role::Item(_) => line_starts(document, prose, &announced, &mut endpoints),
        }
    }
    endpoints.extend(in_labels(document));
    endpoints
}

/// The endpoints that stand at the start of a line in the body of a feature of an integrated spec, in prose or in a fence
/// without code: there they say what is built. `texts` are the blocks that say what is wanted.
pub(super) fn in_body(document: &Document<'_>, body: Span, texts: &[Span]) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    let is_free = |span: Span| !texts.iter().any(|text| text.overlaps(span));
    for prose in within(&document.prose, body).iter().filter(|prose| is_free(prose.span)) {
        if matches!(prose.role, Role::Paragraph | Role::Item(_)) {
            line_starts(document, prose, &[body], &mut endpoints);
        }
    }
    for fence in within(&document.fences, body) {
        if CodeKind::of(&fence.language(document.file.text())) != CodeKind::Prose {
            continue;
        }
        let mut offset = fence.content.start;
        for line in document.slice(fence.content).split_inclusive('\n') {
            if starts_with_endpoint(line) {
                endpoints.extend(all_in(document, Span::new(offset, offset + line.len())));
            }
            offset += line.len();
        }
    }
    endpoints
}

/// The endpoints that a summary item names: `- **FR-2.1**: Booking (POST /api/berths)` says all that there is to say.
pub(super) fn in_summary(document: &Document<'_>, item: Span) -> Vec<Endpoint> {
    all_in(document, item)
}

/// `**Endpoint:** /api/berths` with `**Method:** POST` beside it.
fn in_labels(document: &Document<'_>) -> Vec<Endpoint> {
    let text = document.file.text();
    let line = |label: &Label| label.value.of(text).trim_start_matches([' ', '\t']).lines().next().unwrap_or("");
    let mut endpoints = Vec::new();
    for (index, label) in document.labels.iter().enumerate() {
        let value = line(label).trim_matches(['`', ' ', '*']);
        let is_path = value.starts_with("/api/") && !value.contains(char::is_whitespace);
        if !is_path || !["endpoint", "route", "path", "url"].iter().any(|name| label.is(text, name)) {
            continue;
        }
        let near = document.labels.get(index.saturating_sub(2)..).unwrap_or_default().iter().take(5);
        let is_method = |label: &&Label| ["method", "methods", "http method"].iter().any(|name| label.is(text, name));
        let methods = near.into_iter().find(is_method).map_or("", line);
        let span = label.span;
        endpoints.extend(methods_of(methods).map(|m| Endpoint { method: m.to_owned(), path: value.to_owned(), span }));
    }
    endpoints
}

/// Where a heading or label announces endpoints: the value of `**Endpoint:**`, the text below `### API Endpoints`.
fn announced_regions(document: &Document<'_>) -> Vec<Span> {
    let text = document.file.text();
    let announces = |name: &str| {
        let singular = name.trim_end_matches(['s', 'S']);
        PartKind::of(name) == Some(PartKind::Endpoints)
            || ["endpoint", "route", "api", "api route"].iter().any(|own| own.eq_ignore_ascii_case(singular))
    };
    let labels = document.labels.iter().filter(|label| announces(label.name.of(text))).map(|label| label.value);
    let headings = document.headings.iter().enumerate().filter(|(_, heading)| announces(heading.text.of(text)));
    let below = headings.map(|(index, heading)| {
        let end = document.headings.get(index + 1).map_or(text.len(), |next| next.span.start);
        Span::new(heading.span.end, end)
    });
    let mut regions: Vec<Span> = labels.chain(below).collect();
    regions.sort_unstable();
    // Regions that overlap count once: the later one starts where the earlier one ends.
    let mut merged: Vec<Span> = Vec::with_capacity(regions.len());
    for region in regions {
        match merged.last_mut() {
            Some(last) if region.start < last.end => last.end = last.end.max(region.end),
            _ => merged.push(region),
        }
    }
    merged
}

/// The endpoint at the start of each line: in bold type, or where one is announced; also right behind the label
/// that announces it.
fn line_starts(document: &Document<'_>, prose: &Prose, announced: &[Span], endpoints: &mut Vec<Endpoint>) {
    let region_at = |offset: usize| {
        let behind = announced.partition_point(|region| region.start <= offset);
        behind.checked_sub(1).and_then(|index| announced.get(index)).filter(|region| region.contains(offset))
    };
    let mut at_start = true;
    let mut was_announced = false;
    for inline in document.inlines_of(prose) {
        let region = region_at(inline.span.end.saturating_sub(1));
        if (at_start && (inline.strong || region.is_some())) || (region.is_some() && !was_announced) {
            let start = region.map_or(inline.span.start, |region| inline.span.start.max(region.start));
            let line = Span::new(start, document.file.line_at(start).end);
            if starts_with_endpoint(document.slice(line)) {
                let found = all_in(document, line);
                let first = found.first().map(|endpoint| endpoint.span);
                endpoints.extend(found.into_iter().filter(|endpoint| Some(endpoint.span) == first));
            }
        }
        was_announced = region.is_some();
        at_start = inline.kind == InlineKind::LineBreak;
    }
}

fn all_in(document: &Document<'_>, span: Span) -> Vec<Endpoint> {
    let text = document.slice(span);
    let mut endpoints = Vec::new();
    for found in mentions(text) {
        let place = found.methods.join(found.path).shifted(span.start);
        endpoints.extend(methods_of(found.methods.of(text)).map(|method| Endpoint {
            method: method.to_owned(),
            path: without_stop(found.path.of(text)).to_owned(),
            span: place,
        }));
    }
    endpoints
}

/// The path of the last endpoint with this method that a comment at the end of `code` names.
pub(super) fn last_in_comment(code: &str, method: &str) -> Option<String> {
    let comments = code.lines().rev().take(30).filter(|line| line.trim_start().starts_with(['/', '*']));
    comments.filter_map(|line| Some((line, mentions(line).next()?))).find_map(|(line, found)| {
        let is_own = methods_of(found.methods.of(line)).any(|own| own == method);
        is_own.then(|| without_stop(found.path.of(line)).to_owned())
    })
}

/// Without the punctuation of the sentence behind it.
fn without_stop(path: &str) -> &str {
    path.trim_end_matches(['.', ':', '!', '?'])
}

fn methods_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| is_method(word))
}

/// A cell with method and path, or a path whose method stands in another cell of the row.
fn in_cell(document: &Document<'_>, prose: &Prose, (table, row, column): (usize, usize, usize)) -> Vec<Endpoint> {
    let both = all_in(document, prose.span);
    if !both.is_empty() {
        return both;
    }
    let plain = document.plain(prose);
    let path = plain.trim();
    if !path.starts_with("/api/") || path.contains(char::is_whitespace) {
        return Vec::new();
    }
    let cells = document.tables.get(table).and_then(|table| table.rows.get(row)).map_or(&[][..], Vec::as_slice);
    let others = cells.iter().enumerate().filter(|&(index, _)| index != column);
    let methods: Vec<String> = others
        .filter_map(|(_, &cell)| document.prose.get(cell))
        .map(|cell| document.plain(cell))
        .filter(|cell| cell.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).all(is_method))
        .flat_map(|cell| methods_of(&cell).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    methods.into_iter().map(|method| Endpoint { method, path: path.to_owned(), span: prose.span }).collect()
}

/// The endpoints among `endpoints` (in document order) that stand inside `span`.
pub(super) fn inside(endpoints: &[Endpoint], span: Span) -> &[Endpoint] {
    within(endpoints, span)
}

impl Spanned for Endpoint {
    fn span(&self) -> Span {
        self.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    fn endpoints(text: &str) -> Vec<String> {
        let file = SourceFile::new("a.md", text.into());
        let document = Document::new(&file);
        in_prose(&document).iter().map(|e| format!("{} {}", e.method, e.path)).collect()
    }

    #[test]
    fn definitions_are_found() {
        assert_eq!(endpoints("**POST `/api/berths`** - Book"), ["POST /api/berths"]);
        assert_eq!(endpoints("**GET /api/berths/[id]** reads one."), ["GET /api/berths/[id]"]);
        assert_eq!(endpoints("**Endpoint**: `PUT /api/berths/:id` (public)"), ["PUT /api/berths/:id"]);
        assert_eq!(
            endpoints("**API Endpoints:**\n\n- `GET /api/a`: list\n- `POST /api/a`: add"),
            ["GET /api/a", "POST /api/a"]
        );
        assert_eq!(endpoints("##### DELETE /api/berths/{id}"), ["DELETE /api/berths/{id}"]);
        assert_eq!(endpoints("### API Endpoints\n\n1. GET `/api/x` - y\n"), ["GET /api/x"]);
        let table = "| Endpoint | Method | Use |\n|---|---|---|\n| `/api/a` | GET/POST | x |\n| GET /api/b | - | y |\n";
        assert_eq!(endpoints(table), ["GET /api/a", "POST /api/a", "GET /api/b"]);
    }

    #[test]
    fn names_in_passing_define_nothing() {
        assert_eq!(endpoints("- Implement POST `/api/berths`\n- `GET /api/x` refuses"), Vec::<String>::new());
        assert_eq!(endpoints("The page calls GET /api/berths."), Vec::<String>::new());
    }

    #[test]
    fn parameters_have_one_normal_form() {
        assert_eq!(normal_path("/api/a/[id]/b/"), normal_path("/api/a/:key/b"));
        assert_eq!(normal_path("/api/a?x=1"), "/api/a");
    }
}
