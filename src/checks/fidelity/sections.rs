//! Sections that are gone or invented.

use crate::checks::{Check, Context};
use crate::diagnostics::Finding;

pub(super) const CHECK: Check = Check { rules: &["section-missing", "section-added"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else { return };
    for (index, _) in trace.sections.iter().enumerate().filter(|(_, target)| target.is_none()) {
        findings.extend(missing(cx, index));
    }
    for (index, section) in cx.pair.integrated.sections.iter().enumerate() {
        // A section that stands there twice is reported as such.
        let is_repeated = cx.pair.integrated.sections.iter().take(index).any(|other| other.number == section.number);
        if trace.sections.contains(&Some(index)) || is_repeated || source.sections.is_empty() {
            continue;
        }
        let name = cx.pair.integrated.document.slice(section.name);
        let message = format!("section {} `{name}` is in no source", section.number);
        let finding = cx.finding("section-added", section.heading.span, message);
        findings.extend(finding.map(|f| f.help("remove it, or add it to the source first").subject(&section.number)));
    }
}

fn missing(cx: &Context<'_, '_>, index: usize) -> Option<Finding> {
    let source = cx.pair.source.as_ref()?;
    let section = source.sections.get(index)?;
    let name = source.document.slice(section.name);
    let lost = match section.features.len() {
        0 => String::new(),
        1 => " with its feature".to_owned(),
        count => format!(" with its {count} features"),
    };
    let message = format!("section {} `{name}` is missing{lost}", section.number);
    let mut finding = cx.finding("section-missing", cx.pair.place_of_section(index), message)?;
    finding.section = Some(section.number.clone());
    finding.feature = None;
    let help = format!("add `## SECTION {}: {name} - INTEGRATED`", section.number);
    Some(
        finding
            .help(help)
            .related(cx.source_place(section.heading.span)?, "the source has it here")
            .subject(&section.number)
            .about("", source.document.slice(section.heading.span)),
    )
}
