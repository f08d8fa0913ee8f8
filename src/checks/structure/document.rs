//! Parts and footer of the whole document.

use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::spec::DocumentPart;

pub(super) const CHECK: Check = Check { rules: &["document-footer", "document-parts"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if cx.pair.only_section.is_some() {
        return;
    }
    findings.extend(footer(cx));
    let Some(source) = &cx.pair.source else { return };
    for part in [DocumentPart::Summary, DocumentPart::Contents, DocumentPart::Appendices] {
        let Some(original) = source.part(part).filter(|_| cx.pair.integrated.part(part).is_none()) else { continue };
        let message = format!("the part `{}` of the source is missing", part.name());
        let finding = cx.finding("document-parts", cx.pair.title_place(), message);
        let help = format!("add `## {}`, adapted to the integrated sections", part.name().to_uppercase());
        findings.extend(
            finding
                .zip(cx.source_place(original.span))
                .map(|(f, place)| f.help(help).related(place, "the source has it here").subject(part.name())),
        );
    }
}

/// Document Status and Next Step, somewhere behind the last section's text.
fn footer(cx: &Context<'_, '_>) -> Option<Finding> {
    let spec = &cx.pair.integrated;
    let text = spec.document.file.text();
    let start = spec.sections.last().map_or(0, |section| match &section.end {
        Some(end) => end.span.start,
        None => section.span.start,
    });
    let has = |name: &str| {
        let behind = spec.document.labels.iter().rev().take_while(|label| label.span.start >= start);
        behind.into_iter().any(|label| label.name.of(text).to_lowercase().starts_with(name))
    };
    let missing = match (has("document status"), has("next step")) {
        (true, true) => return None,
        (false, true) => "Document Status",
        (true, false) => "Next Step",
        (false, false) => "Document Status and Next Step",
    };
    let finding =
        cx.finding("document-footer", cx.pair.title_place(), format!("the document does not end with {missing}"))?;
    Some(
        finding
            .help(format!("add `**{}:** …` at the end", missing.split(" and ").next().unwrap_or(missing)))
            .subject(missing),
    )
}
