use std::collections::HashMap;

use crate::checks::edits::are_alike;
use crate::checks::{Check, Context};
use crate::diagnostics::{Edit, Finding, Fix};
use crate::spec::{Section, normal_title, section_key};

pub(super) const CHECK: Check = Check { rules: &["section-heading"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<String, &Section<'_>> = HashMap::new();
    for (index, section) in cx.pair.integrated.sections.iter().enumerate() {
        match seen.get(&section_key(&section.number)) {
            Some(first) => findings.extend(repeated(cx, section, first)),
            None => findings.extend(shape_or_name(cx, section, index)),
        }
        seen.entry(section_key(&section.number)).or_insert(section);
    }
}

fn repeated(cx: &Context<'_, '_>, section: &Section<'_>, first: &Section<'_>) -> Option<Finding> {
    let line = cx.pair.integrated.document.file.line(first.heading.span.start);
    let message = format!("section {} stands there twice; the first is on line {line}", section.number);
    let finding = cx.finding("section-heading", section.heading.span, message)?;
    Some(finding.help("merge the two, or give this one its own number").subject(format!("twice {}", section.number)))
}

/// What is wrong with a heading, in one finding: its shape, its name, or both.
fn shape_or_name(cx: &Context<'_, '_>, section: &Section<'_>, index: usize) -> Option<Finding> {
    let spec = &cx.pair.integrated;
    let name = spec.document.slice(section.name);
    let source = cx.pair.source.as_ref();
    let original = source.zip(cx.pair.trace.as_ref()).and_then(|(source, trace)| {
        let from = trace.sections.iter().position(|target| *target == Some(index))?;
        let section = source.sections.get(from)?;
        Some((source.document.slice(section.name), section))
    });
    let wanted_name = original.map_or(name, |(name, _)| name);
    let wanted_number = original.map_or(section.number.as_str(), |(_, from)| from.number.as_str());
    let renamed = wanted_name != name;
    let renumbered = section_key(wanted_number) != section_key(&section.number);
    let message = match (section.is_marked, renamed, renumbered) {
        (true, false, false) => return None,
        (_, true, _) => {
            format!("the name of section {} is `{name}`, not `{wanted_name}` as in the source", section.number)
        }
        (_, false, true) => format!("section {} `{name}` is section {wanted_number} in the source", section.number),
        (false, false, false) => "a section heading reads `## SECTION N: Name - INTEGRATED`".to_owned(),
    };
    let finding = cx.finding("section-heading", section.heading.span, message)?;
    let finding = finding
        .help(format!("write `## SECTION {wanted_number}: {wanted_name} - INTEGRATED`"))
        .subject(&section.number)
        .fix(if renumbered { None } else { rewrite(cx, section, wanted_name, renamed) });
    Some(match original.and_then(|(_, from)| cx.source_place(from.heading.span)) {
        Some(place) => finding.related(place, "the source's heading"),
        None => finding,
    })
}

/// Gives a heading its shape and the source's name. A section whose name is quite another one may be another section.
fn rewrite(cx: &Context<'_, '_>, section: &Section<'_>, wanted: &str, renamed: bool) -> Option<Fix> {
    let document = cx.pair.integrated.document;
    let is_plain = !wanted.is_empty() && !wanted.contains(['\n', '\r']);
    let text = format!("SECTION {}: {wanted} - INTEGRATED", section.number);
    let edits = is_plain.then(|| vec![Edit::replace(section.heading.text, text)])?;
    let name = document.slice(section.name);
    let is_same = normal_title(name) == normal_title(wanted) || are_alike(name, wanted);
    let what = if renamed { "put the source's name back" } else { "mark the heading as integrated" };
    Some(if is_same { Fix::safe(what, edits) } else { Fix::risky(what, edits) })
}
