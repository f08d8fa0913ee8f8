//! The block that ends a section, made of what the section itself says: nothing in it is invented.

use std::collections::BTreeSet;

use crate::checks::Context;
use crate::checks::edits::{insert_block, line_ending};
use crate::diagnostics::{Edit, Fix};
use crate::markdown::within;
use crate::spec::schema::Table;
use crate::spec::{Database, Section, SectionEnd};
use crate::text::Span;

/// What a document defines, by place, so that each section finds its own.
pub(super) struct Offers {
    tables: Vec<(usize, String)>,
}

impl Offers {
    pub(super) fn of(cx: &Context<'_, '_>) -> Self {
        let database = Database::of_pair(cx.pair, &cx.config.exposed_schemas);
        let lasting = database.schema.tables.iter().filter(|table| !table.temporary);
        let place = |table: &Table| Some(database.source(table.created)?.in_file(table.created.span).start);
        let mut tables: Vec<_> = lasting.filter_map(|table| Some((place(table)?, table.name.clone()))).collect();
        tables.sort();
        Self { tables }
    }

    /// The names of the tables that are created in `span`.
    fn tables_in(&self, span: Span) -> impl Iterator<Item = &str> {
        let start = self.tables.partition_point(|(place, _)| *place < span.start);
        let end = self.tables.partition_point(|(place, _)| *place < span.end);
        self.tables.get(start..end).unwrap_or_default().iter().map(|(_, name)| name.as_str())
    }
}

/// Adds the end mark with its two lists. `None` where a fence of the section is open: the end would stand in it.
pub(super) fn missing(cx: &Context<'_, '_>, offers: &Offers, section: &Section<'_>) -> Option<Fix> {
    let document = cx.pair.integrated.document;
    if within(&document.fences, section.span).iter().any(|fence| !fence.closed) {
        return None;
    }
    let ending = line_ending(document.file, section.heading.span.start);
    let blocks =
        [format!("## END OF SECTION {}", section.number), summary(section, ending), offer(cx, offers, section, ending)];
    let region = body(cx, Span::new(section.heading.span.end, section.span.end));
    let edit = insert_block(document, region, &blocks.join(&format!("{ending}{ending}")));
    Some(Fix::safe("end the section, with what it has", vec![edit]))
}

/// Adds what an end block lacks.
pub(super) fn incomplete(
    cx: &Context<'_, '_>,
    offers: &Offers,
    section: &Section<'_>,
    end: &SectionEnd<'_>,
    lacks_summary: bool,
    lacks_offer: bool,
) -> Option<Fix> {
    let document = cx.pair.integrated.document;
    if within(&document.fences, end.span).iter().any(|fence| !fence.closed) {
        return None;
    }
    let ending = line_ending(document.file, end.heading.span.start);
    let behind_heading = |block: String| Edit::insert(end.heading.span.end, format!("{ending}{ending}{block}"));
    let (summary, offer) = (summary(section, ending), offer(cx, offers, section, ending));
    let edit = match (lacks_summary, lacks_offer) {
        (true, true) => behind_heading(format!("{summary}{ending}{ending}{offer}")),
        (true, false) => behind_heading(summary),
        (false, _) => insert_block(document, body(cx, Span::new(end.heading.span.end, end.span.end)), &offer),
    };
    Some(Fix::safe("complete the end of the section, with what it has", vec![edit]))
}

/// A region without the footer of the document, which stands behind the last section.
fn body(cx: &Context<'_, '_>, region: Span) -> Span {
    let document = cx.pair.integrated.document;
    let is_footer = |name: &str| name.starts_with("document status") || name.starts_with("next step");
    let labels = within(&document.labels, region).iter();
    let footer = labels.rev().take_while(|label| is_footer(&document.slice(label.name).to_lowercase())).last();
    footer.map_or(region, |label| Span::new(region.start, document.file.line_at(label.span.start).start))
}

fn summary(section: &Section<'_>, ending: &str) -> String {
    let ids: Vec<&str> = section.features.iter().map(|feature| feature.id.as_str()).collect();
    let said = if ids.is_empty() { "- No features".to_owned() } else { format!("- Features: {}", ids.join(", ")) };
    format!("**Section Summary:**{ending}{ending}{said}")
}

/// The tables and endpoints that the section defines.
fn offer(cx: &Context<'_, '_>, offers: &Offers, section: &Section<'_>, ending: &str) -> String {
    let tables: Vec<String> = offers.tables_in(section.span).map(|name| format!("`{name}`")).collect();
    let all = &cx.pair.integrated.endpoints;
    let own = all.iter().skip(all.partition_point(|endpoint| endpoint.span.start < section.span.start));
    let mut seen = BTreeSet::new();
    let endpoints: Vec<String> = own
        .take_while(|endpoint| endpoint.span.start < section.span.end)
        .filter(|endpoint| seen.insert(endpoint.key()))
        .map(|endpoint| format!("`{} {}`", endpoint.method, endpoint.path))
        .collect();
    let mut lines = Vec::new();
    for (what, names) in [("Tables", tables), ("Endpoints", endpoints)] {
        if !names.is_empty() {
            lines.push(format!("- {what}: {}", names.join(", ")));
        }
    }
    if lines.is_empty() {
        lines.push("- No tables and no endpoints".to_owned());
    }
    format!("**Available for Next Section:**{ending}{ending}{}", lines.join(ending))
}
