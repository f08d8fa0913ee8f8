//! The document around the sections: header, summary, contents, appendices, footer.

use std::collections::BTreeSet;

use super::draft::{Copy, Draft, marker};
use super::plan::{Home, Plan};
use super::{Request, copy, implementation, section};
use crate::markdown::Heading;
use crate::spec::{DocumentPart, Spec};
use crate::text::Span;

/// How the house ends every title.
const TITLE_END: &str = "Integrated Extension Specification";
/// What a source without a framework is built with.
const FRAMEWORK: &str = "Next.js (App Router) with TypeScript";
const INFRASTRUCTURE: &str = "Supabase (Auth, PostgreSQL, Storage, Edge Functions)";

/// Writes the document. `links` are the anchors of its headings of level 2, in order, where they are known.
pub(super) fn write(
    plan: &Plan<'_>,
    request: &Request<'_>,
    rejected: &BTreeSet<usize>,
    links: &[String],
) -> (String, Vec<Copy>) {
    let mut draft = Draft::new(request.source, rejected);
    header(&mut draft, plan, request);
    summary(&mut draft, plan);
    contents(&mut draft, plan, links);
    for index in 0..plan.source.sections.len() {
        section::write(&mut draft, plan, index);
    }
    appendices(&mut draft, plan);
    footer(&mut draft);
    draft.finish()
}

fn header(draft: &mut Draft<'_>, plan: &Plan<'_>, request: &Request<'_>) {
    let source = plan.source;
    draft.lead("# ");
    match source.title.map(|title| product(source, title)).filter(|span| !span.is_empty()) {
        Some(span) => draft.copy(span, ""),
        None => draft.lead(&marker("the product's name")),
    }
    draft.lead(&format!(" - {TITLE_END}"));
    draft.end_line();
    let field = |names: &[&str]| source.header_field(names).map_or("", |(_, value)| value);
    let version = match field(&["Version", "Document Version", "Spec Version"]) {
        version if version.chars().any(|c| c.is_ascii_digit()) && !version.contains(['[', ']']) => version,
        _ => "1.0",
    };
    let framework = match field(&["Framework", "Frameworks"]) {
        framework if framework.contains(char::is_alphabetic) && plan.is_allowed(framework) => framework,
        _ => FRAMEWORK,
    };
    draft.blank();
    draft.line(&format!("**Version:** {version} (Integrated)"));
    draft.line(&format!("**Source Document:** `{}`", request.source_name));
    draft.line(&format!("**Integration Date:** {}", request.day.dashed()));
    draft.line(&format!("**Framework:** {framework}"));
    draft.line(&format!("**Infrastructure:** {INFRASTRUCTURE}"));
    draft.line("**Status:** Scaffold, to be completed");
}

/// The product's name in a title: `Lathe - Structured Specification` is about `Lathe`.
fn product(source: &Spec<'_>, title: &Heading) -> Span {
    let text = source.document.slice(title.text);
    let cut = [" - ", " – ", " — ", ": "].iter().filter_map(|dash| text.rfind(dash)).max().filter(|&at| {
        let rest = text.get(at..).unwrap_or("").to_lowercase();
        at > 0 && rest.contains("spec")
    });
    let end = cut.unwrap_or(text.len());
    Span::new(title.text.start, title.text.start + text.get(..end).unwrap_or(text).trim_end().len())
}

/// The first paragraphs of the source's summary; what follows below sub-headings is about the original infrastructure.
fn summary(draft: &mut Draft<'_>, plan: &Plan<'_>) {
    let source = plan.source;
    draft.rule();
    draft.heading(2, "EXECUTIVE SUMMARY");
    let text = source.part(DocumentPart::Summary).map(|heading| below(source, heading, 6)).unwrap_or_default();
    if source.document.slice(text).trim_matches(['-', ' ', '\n', '\r']).is_empty() {
        draft.paragraph(&marker("what the product does for whom"));
    } else {
        copy::block(draft, source, text);
    }
    draft.list(
        "**Built on the codebase that exists:**",
        &[
            "Database: Supabase PostgreSQL, one migration for each feature that brings tables, row level security on every table".to_owned(),
            "Sign-in: Supabase Auth, `requireAuth()` in front of every route handler".to_owned(),
            "Files: private buckets of Supabase Storage, handed out by signed URLs".to_owned(),
            "Data in components: React Query hooks".to_owned(),
            "Background work: Supabase Edge Functions".to_owned(),
        ],
    );
}

/// The text below a heading, up to the next one of at most `level`.
fn below(source: &Spec<'_>, heading: &Heading, level: u8) -> Span {
    let document = source.document;
    let next = document.headings.iter().find(|next| next.span.start > heading.span.start && next.level <= level);
    let end = next.map_or(document.file.text().len(), |next| next.span.start);
    let rule = document.breaks.iter().find(|rule| rule.start > heading.span.start && rule.start < end);
    let end = rule.filter(|_| level == 6).map_or(end, |rule| rule.start);
    Span::new(heading.span.end, end)
}

fn contents(draft: &mut Draft<'_>, plan: &Plan<'_>, links: &[String]) {
    draft.rule();
    draft.heading(2, "TABLE OF CONTENTS");
    let sections = plan.source.sections.iter().map(|section| {
        let name = plan.source.document.slice(section.name);
        (format!("Section {}: {name}", section.number), format!("section-{}-", section.number.to_lowercase()))
    });
    let appendices = has_appendices(plan).then(|| ("Appendices".to_owned(), "appendices".to_owned()));
    let mut links = links.iter();
    for (number, (title, start)) in sections.chain(appendices).enumerate() {
        let anchor = links.find(|link| link.starts_with(&start)).map_or("", String::as_str);
        draft.line(&format!("{}. [{}](#{anchor})", number + 1, link_text(&title)));
    }
    draft.blank();
}

/// Text between the brackets of a link: brackets of its own are escaped.
fn link_text(title: &str) -> String {
    title.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn is_appendix(plan: &Plan<'_>, heading: &Heading) -> bool {
    let source = plan.source;
    let text = source.document.slice(heading.text);
    let is_title = source.title.is_some_and(|title| title.span == heading.span);
    heading.level <= 2
        && !is_title
        && DocumentPart::of(text) == Some(DocumentPart::Appendices)
        && source.section_at(heading.span.start).is_none()
}

fn has_appendices(plan: &Plan<'_>) -> bool {
    plan.source.document.headings.iter().any(|heading| is_appendix(plan, heading))
        || plan.stray_tasks().next().is_some()
        || plan.has_work(Home::Document)
}

fn appendices(draft: &mut Draft<'_>, plan: &Plan<'_>) {
    if !has_appendices(plan) {
        return;
    }
    let document = plan.source.document;
    draft.rule();
    draft.heading(2, "APPENDICES");
    for heading in document.headings.iter().filter(|heading| is_appendix(plan, heading)) {
        let text = document.slice(heading.text);
        if !matches!(text.trim().to_lowercase().as_str(), "appendices" | "appendix") {
            draft.blank();
            draft.lead("### ");
            draft.copy(heading.text, "Appendix: ");
            draft.end_line();
            draft.blank();
        }
        copy::block(draft, plan.source, below(plan.source, heading, 2));
    }
    if plan.stray_tasks().next().is_some() {
        draft.heading(3, "Further Development Tasks");
        section::task_list(draft, plan, plan.stray_tasks());
    }
    if plan.has_work(Home::Document) {
        draft.heading(3, "Appendix: What No Section Has (INTEGRATED)");
        implementation::write(draft, plan, Home::Document);
    }
}

fn footer(draft: &mut Draft<'_>) {
    draft.rule();
    draft.line("**Document Status:** Scaffold: texts of the source are complete, markers are open");
    draft.line("**Next Step:** Replace each marker, then run `speclint check` on this file");
}
