//! What every section and every feature consists of.

use crate::checks::edits::insert_field;
use crate::checks::{Check, Context};
use crate::diagnostics::{Finding, Fix};
use crate::markdown::within;
use crate::spec::{Feature, Field, PartKind, Section, Shape};
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["section-blocks", "feature-blocks"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    for (index, section) in cx.pair.integrated.sections.iter().enumerate() {
        section_blocks(cx, section, index, findings);
        for (feature_index, feature) in section.features.iter().enumerate() {
            feature_blocks(cx, feature, (index, feature_index), findings);
        }
    }
}

fn section_blocks(cx: &Context<'_, '_>, section: &Section<'_>, index: usize, findings: &mut Vec<Finding>) {
    let source = cx.pair.source.as_ref().zip(cx.pair.trace.as_ref()).and_then(|(source, trace)| {
        let from = trace.sections.iter().position(|target| *target == Some(index))?;
        source.sections.get(from)
    });
    let always = [PartKind::Overview, PartKind::Dependencies, PartKind::Features];
    let like_source = [PartKind::Testing, PartKind::Tasks];
    let of_source = like_source.into_iter().filter(|kind| source.is_some_and(|source| source.part(*kind).is_some()));
    for kind in always.into_iter().chain(of_source).filter(|kind| section.part(*kind).is_none()) {
        let message = format!("section {} has no {}", section.number, kind.name());
        let finding = cx.finding("section-blocks", section.heading.span, message);
        let place = source.and_then(|source| source.part(kind)).and_then(|part| cx.source_place(part.place));
        findings.extend(finding.map(|f| {
            let f = f.help(format!("add `### {}`", kind.name())).subject(format!("{} {}", section.number, kind.name()));
            match place {
                Some(place) => f.related(place, "the source has it here"),
                None => f,
            }
        }));
    }
    let Some(dependencies) = section.part(PartKind::Dependencies) else { return };
    for (block, is_block) in DEPENDENCY_BLOCKS {
        if !has_block(cx, dependencies.content, is_block) {
            let message = format!("the dependencies of section {} lack {block}", section.number);
            let finding = cx.finding("section-blocks", dependencies.place, message);
            let help = format!("add `**{block}:**`; if there is nothing to say, say `None`");
            findings.extend(finding.map(|f| f.help(help).subject(format!("{} {block}", section.number))));
        }
    }
}

type IsBlock = fn(&str) -> bool;

/// The two parts of the dependencies, with the words that tell them.
const DEPENDENCY_BLOCKS: [(&str, IsBlock); 2] = [
    ("Codebase Infrastructure Used", |name| {
        name.contains("codebase")
            || name.contains("code base")
            || (name.contains("infrastructure") && name.contains("use"))
    }),
    ("Previous Section Prerequisites", |name| {
        name.contains("previous section")
            || name.contains("prior section")
            || name.contains("earlier section")
            || name == "prerequisites"
            || name.starts_with("section prerequisites")
    }),
];

fn has_block(cx: &Context<'_, '_>, content: Span, is_block: IsBlock) -> bool {
    let document = cx.pair.integrated.document;
    let text = document.file.text();
    let labels = within(&document.labels, content).iter().map(|label| label.name.of(text));
    let headings = within(&document.headings, content).iter().map(|heading| heading.text.of(text));
    labels.chain(headings).any(|name| is_block(&name.to_lowercase()))
}

fn feature_blocks(cx: &Context<'_, '_>, feature: &Feature<'_>, place: (usize, usize), findings: &mut Vec<Finding>) {
    let original = cx.pair.content_of(place).and_then(|from| cx.pair.source.as_ref()?.feature(from));
    // A source that lists a feature by its title alone leaves open what its body says.
    if original.is_some_and(|original| original.shape == Shape::Summary) {
        return;
    }
    let blocks = [
        (Field::Type, feature.kind.is_some(), true),
        (Field::Description, feature.description.is_some(), true),
        (Field::Implementation, feature.implementation.is_some(), true),
        (Field::Criteria, feature.criteria.is_some(), original.is_some_and(|original| original.criteria.is_some())),
    ];
    for (field, _, _) in blocks.into_iter().filter(|&(_, is_there, is_wanted)| is_wanted && !is_there) {
        let message = format!("{} has no {}", feature.id, field.name());
        let finding = cx.finding("feature-blocks", feature.place, message);
        let help = match field {
            Field::Implementation => {
                "add `**Implementation (INTEGRATED)**:`, or mark the block that it has with `(INTEGRATED)`".to_owned()
            }
            field => format!("add `**{}:**` with the source's text", field.name()),
        };
        let fix = original.zip(cx.pair.source.as_ref()).and_then(|(original, source)| {
            let edit = insert_field(source.document, original, cx.pair.integrated.document, feature, field)?;
            Some(Fix::safe(format!("copy the {} from the source", field.name().to_lowercase()), vec![edit]))
        });
        let subject = format!("{} {}", feature.id, field.name());
        findings.extend(finding.map(|f| f.help(help).subject(subject).fix(fix)));
    }
}
