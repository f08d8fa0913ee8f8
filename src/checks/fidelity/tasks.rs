//! Development tasks of the source that are gone.

use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::spec::{Fate, PartKind};

pub(super) const CHECK: Check = Check { rules: &["task-missing"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else { return };
    for &(index, fate) in &trace.tasks {
        let Some(task) = source.tasks.get(index).filter(|_| fate == Fate::Missing) else { continue };
        let section = source.section_at(task.span.start);
        let target = section.and_then(|index| trace.sections.get(index).copied().flatten());
        let part = target
            .and_then(|target| cx.pair.integrated.sections.get(target))
            .and_then(|section| section.part(PartKind::Tasks));
        let place = match (part, section) {
            (Some(part), _) => part.place,
            (None, Some(section)) => cx.pair.place_of_section(section),
            (None, None) => cx.pair.title_place(),
        };
        let Some(mut finding) = cx.finding("task-missing", place, format!("task {} of the source is missing", task.id))
        else {
            continue;
        };
        finding.feature = None;
        let number = section.and_then(|index| source.sections.get(index)).map(|section| section.number.clone());
        finding.section = number.or(finding.section);
        let finding = finding.help(format!("add {} with what it becomes on the codebase", task.id)).subject(&task.id);
        let finding = finding.about("", source.document.slice(task.span));
        findings.extend(cx.source_place(task.span).map(|place| finding.related(place, "the source has it here")));
    }
}
