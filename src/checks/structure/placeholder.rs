use super::template::{
    MARKER, announces_elision, is_announced_text, is_code_elision, is_instruction, is_instruction_in_sentence,
    is_prose_elision,
};
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::languages::code::{CodeKind, RegionKind, regions};
use crate::languages::sql::StatementKind;
use crate::languages::sql::facts::TableSource;
use crate::markdown::{Document, Fence, InlineKind, Link, Prose, Role, within};
use crate::spec::Code;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["placeholder"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("placeholder") {
        return;
    }
    let document = cx.pair.integrated.document;
    let mut places: Vec<(Span, &str)> = Vec::new();
    for prose in &document.prose {
        in_prose(document, prose, &mut places);
    }
    for fence in &document.fences {
        in_fence(document, fence, &mut places);
    }
    places.extend(cx.pair.sql().flat_map(left_out_of_tables).map(|span| (span, ELISION)));
    places.extend(whole_sections(cx).into_iter().map(|span| (span, SECTION)));
    places.sort_by_key(|&(span, _)| span);
    // One finding a line: what is wrong there is one thing.
    places.dedup_by_key(|&mut (span, _)| document.file.line(span.start));
    for (span, message) in places {
        let token = document.slice(span);
        let finding = cx.finding("placeholder", span, message);
        findings.extend(finding.map(|f| f.help("write what it stands for").subject(token)));
    }
}

const INSTRUCTION: &str = "a placeholder of the template is left in";
const DATE: &str = "`YYYYMMDD` is a placeholder: a file name needs a date";
const OPEN: &str = "this is left for a person to write";
const ELISION: &str = "something is left out here";
const SECTION: &str = "the whole section is one sentence in brackets";

fn in_prose(document: &Document<'_>, prose: &Prose, places: &mut Vec<(Span, &str)>) {
    let raw = document.slice(prose.span);
    if announces_elision(raw) {
        places.push((sentence_of(document, prose, announces_elision), ELISION));
    }
    if is_prose_elision(raw) && !raw.starts_with('`') {
        places.push((prose.span, ELISION));
    }
    places.extend(markers(raw, prose.span.start).into_iter().filter(|(span, _)| !is_code(document, prose, *span)));
    places.extend(dates(document, prose.span));
    if !raw.contains('[') {
        return;
    }
    let links = within(&document.links, prose.span);
    for span in brackets(raw) {
        let span = span.shifted(prose.span.start);
        let inside = Span::new(span.start + 1, span.end - 1);
        let test = if stands_alone(document, prose, span) { is_instruction } else { is_instruction_in_sentence };
        let is_paragraph = prose.role == Role::Paragraph && span.len() == raw.trim().len();
        let inner = document.slice(inside);
        let found = test(inner) || is_paragraph && is_announced_text(inner);
        if found && !links_at(links, span) && !is_code(document, prose, span) {
            places.push((span, INSTRUCTION));
        }
    }
}

/// Whether one of `links`, which stand in order, holds `span` or a part of it. An image in a link is the only one inside
/// another, so that the two before it are enough.
fn links_at(links: &[Link], span: Span) -> bool {
    let behind = links.partition_point(|link| link.span.start < span.end);
    links.iter().take(behind).rev().take(2).any(|link| link.span.overlaps(span))
}

/// Whether brackets are all that stands on their line, or all of a value behind a colon: there is no sentence round them.
fn stands_alone(document: &Document<'_>, prose: &Prose, brackets: Span) -> bool {
    let text = document.file.text();
    let line = document.file.line_at(brackets.start);
    let start = line.start.max(prose.span.start);
    let mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '.' | '(' | ')');
    let before = Span::new(start, brackets.start).of(text).trim_end_matches(mark);
    let behind = Span::new(brackets.end, line.end.min(prose.span.end).max(brackets.end)).of(text);
    behind.trim_matches(mark).is_empty() && (before.is_empty() || before.ends_with([':', '：']))
}

/// Whether `span` touches code in a run of text.
fn is_code(document: &Document<'_>, prose: &Prose, span: Span) -> bool {
    let inlines = document.inlines_of(prose);
    // The parts stand in order: only those at the place are looked at.
    let first = inlines.partition_point(|inline| inline.span.end <= span.start);
    let mut near = inlines.iter().skip(first).take_while(|inline| inline.span.start < span.end);
    near.any(|inline| inline.kind == InlineKind::Code)
}

/// The markers of a scaffold in `text`, which starts at `offset`: each to its closing bracket.
fn markers<'m>(text: &str, offset: usize) -> Vec<(Span, &'m str)> {
    if !text.contains('[') {
        return Vec::new();
    }
    let marker = |(at, found): (usize, &str)| {
        let rest = text.get(at..).unwrap_or("").lines().next().unwrap_or("");
        let length = rest.find(']').map_or(found.len(), |end| end + 1);
        (Span::new(offset + at, offset + at + length), OPEN)
    };
    text.match_indices(MARKER).map(marker).collect()
}

/// The line of the run in which `test` holds, or its first one.
fn sentence_of(document: &Document<'_>, prose: &Prose, test: fn(&str) -> bool) -> Span {
    let mut offset = prose.span.start;
    for line in document.slice(prose.span).split_inclusive('\n') {
        if test(line) {
            return Span::new(offset, offset + line.trim_end().len());
        }
        offset += line.len();
    }
    prose.span
}

/// A date that nobody filled in, as part of a file name.
fn dates<'m>(document: &Document<'_>, span: Span) -> Vec<(Span, &'m str)> {
    let text = document.slice(span);
    // A byte is searched for much faster than a word, and most texts are done with so.
    if !text.contains('Y') {
        return Vec::new();
    }
    let is_name = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(['_', '-', '.', 'H', 'h']));
    text.match_indices("YYYYMMDD")
        .filter(|(at, found)| is_name(at + found.len()))
        .map(|(at, found)| (Span::new(span.start + at, span.start + at + found.len()), DATE))
        .collect()
}

/// `[…]` without brackets inside.
fn brackets(text: &str) -> Vec<Span> {
    let mut open = None;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '[' => open = Some(at),
            ']' => found.extend(open.take().map(|start| Span::new(start, at + 1))),
            _ => {}
        }
    }
    found
}

/// Dots among the columns of a table: those that stand for columns are left out.
fn left_out_of_tables(code: &Code<'_>) -> Vec<Span> {
    let elided = code.sql().statements.iter().filter_map(|statement| match &statement.kind {
        StatementKind::CreateTable(create) if create.elided && create.source == TableSource::Columns => {
            Some(statement.span)
        }
        _ => None,
    });
    let mut found = Vec::new();
    for statement in elided {
        let text = statement.of(&code.text.text);
        let regions = regions(CodeKind::Sql, text);
        let is_code = |at: usize| !regions.iter().any(|region| region.span.contains(at));
        let mut dots = text.match_indices("...").chain(text.match_indices('…'));
        let dots = dots.find(|&(at, _)| is_code(at)).map(|(at, dots)| Span::new(at, at + dots.len()));
        found.extend(dots.map(|span| code.place(span.shifted(statement.start))));
    }
    found
}

/// In code only comments speak to people; in fences without a language, drawings put anything in brackets.
fn in_fence(document: &Document<'_>, fence: &Fence, places: &mut Vec<(Span, &str)>) {
    let text = document.file.text();
    let kind = CodeKind::of(&fence.language(text));
    let content = fence.content.of(text);
    let regions = regions(kind, content);
    let in_lines = lines_in_brackets(content, kind != CodeKind::Prose);
    let is_string = |span: Span| {
        let behind = regions.partition_point(|region| region.span.start <= span.start);
        behind.checked_sub(1).and_then(|index| regions.get(index)).is_some_and(|region| region.span.overlaps(span))
    };
    let free = in_lines.into_iter().filter(|span| !is_string(*span));
    places.extend(free.map(|span| (span.shifted(fence.content.start), INSTRUCTION)));
    if kind == CodeKind::Prose {
        return;
    }
    for region in regions.iter().filter(|region| region.kind == RegionKind::Comment) {
        let comment = region.span.of(content);
        let span = region.span.shifted(fence.content.start);
        places.extend(markers(comment, span.start));
        places.extend(dates(document, span));
        if announces_elision(comment) || is_code_elision(comment) {
            places.push((span, ELISION));
        } else if let Some(inside) = brackets(comment).into_iter().find(|inside| {
            let only = comment.trim_matches(['/', '*', '-', '#', ' ', '{', '}']);
            only == inside.of(comment) && is_instruction(Span::new(inside.start + 1, inside.end - 1).of(comment))
        }) {
            places.push((inside.shifted(span.start), INSTRUCTION));
        }
    }
}

/// Lines of a fence that are an instruction in brackets: in code, two words side by side in brackets are none. In a fence
/// without code, only one that is all there is.
fn lines_in_brackets(content: &str, is_code: bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in content.split_inclusive('\n') {
        let bare = line.trim_start();
        let inside =
            bare.strip_prefix('[').and_then(|rest| rest.trim_end().trim_end_matches(['.', '…', ';']).strip_suffix(']'));
        let is_sentence = |inside: &str| inside.split(',').any(|part| part.split_whitespace().count() > 1);
        let is_left_in = |inside: &&str| !inside.contains(['[', ']']) && is_sentence(inside) && is_instruction(inside);
        if let Some(inside) = inside.filter(is_left_in) {
            let start = offset + (line.len() - bare.len());
            found.push(Span::new(start, start + "[]".len() + inside.len()));
        } else if !is_code && !bare.is_empty() {
            return Vec::new();
        }
        offset += line.len();
    }
    found
}

/// Sections whose only content is one sentence in brackets.
fn whole_sections(cx: &Context<'_, '_>) -> Vec<Span> {
    let document = cx.pair.integrated.document;
    let only = |section: &crate::spec::Section<'_>| {
        let content = Span::new(section.heading.span.end, section.span.end);
        let text = document.slice(content).trim().trim_end_matches('-').trim().trim_matches(['*', '_']);
        let is_one =
            text.starts_with('[') && text.ends_with(']') && !text.contains("](") && text.matches('[').count() == 1;
        let at = document.slice(content).find('[')?;
        is_one.then(|| Span::new(content.start + at, content.start + at + text.len()))
    };
    cx.pair.integrated.sections.iter().filter_map(only).collect()
}
