//! Features that are gone, invented, or have another title.

use super::restore;
use crate::checks::edits::are_alike;
use crate::checks::{Check, Context};
use crate::diagnostics::{Edit, Finding, Fix, Level};
use crate::spec::{Feature, FeatureTrace, Spec, Value, normal_title, trimmed};

pub(super) const CHECK: Check = Check { rules: &["feature-missing", "feature-added", "feature-title-unchanged"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else { return };
    for feature in &trace.features {
        findings.extend(match feature.target {
            None => missing(cx, source, feature),
            Some(_) => retitled(cx, source, feature),
        });
    }
    for &place in &trace.added {
        if let Some(feature) = cx.pair.integrated.feature(place) {
            findings.extend(added(cx, source, feature));
        }
    }
}

/// A missing feature points to the section that should hold it.
fn missing(cx: &Context<'_, '_>, source: &Spec<'_>, trace: &FeatureTrace) -> Option<Finding> {
    let integrated = &cx.pair.integrated;
    let feature = source.feature(trace.source)?;
    let title = source.document.slice(feature.short_title);
    let place = cx.pair.place_of_section(trace.source.0);
    let source_place = cx.source_place(feature.place)?;
    let finish = |finding: Finding| {
        let number = source.sections.get(trace.source.0).map(|section| section.number.clone());
        let mut finding =
            finding.related(source_place, "the source has it here").feature(&feature.id).subject(&feature.id);
        finding = finding.about("", source.document.slice(feature.span));
        finding.section = number.or(finding.section);
        finding
    };
    if let Some(skip) = &trace.skip {
        let message = format!("{} `{title}` is skipped: {}", feature.id, shorten(without_title(&skip.reason, title)));
        return Some(finish(cx.finding("feature-missing", place, message)?.level(Level::Note)));
    }
    let likely = trace.likely.and_then(|likely| integrated.feature(likely));
    let seems = likely.map_or_else(String::new, |likely| {
        let other = integrated.document.slice(likely.title);
        format!(
            "; its content seems to stand under {} `{}`, line {}",
            likely.id,
            shorten(other),
            integrated.document.file.line(likely.place.start)
        )
    });
    let finding = cx.finding("feature-missing", place, format!("{} `{title}` is missing{seems}", feature.id))?;
    let fix = if likely.is_some() { None } else { restore::feature(cx, source, trace.source) };
    Some(finish(finding).fix(fix).help(match likely {
        Some(likely) => format!("give {} its id {} back", likely.id, feature.id),
        None => format!("add `#### {}: {title}` with its texts copied from the source", feature.id),
    }))
}

/// The feature has its id and another title. A title of another feature of the source tells that the id was reused.
fn retitled(cx: &Context<'_, '_>, source: &Spec<'_>, trace: &FeatureTrace) -> Option<Finding> {
    let integrated = &cx.pair.integrated;
    let (from, to) = (source.feature(trace.source)?, integrated.feature(trace.target?)?);
    let title = integrated.document.slice(to.title);
    let wanted = source.document.slice(from.short_title);
    if title == wanted || title == source.document.slice(from.title) {
        return None;
    }
    let owner = cx
        .pair
        .content_of(trace.target?)
        .filter(|&place| place != trace.source)
        .and_then(|place| source.feature(place));
    let reused = owner.map_or_else(String::new, |owner| format!(": the id now stands for the source's {}", owner.id));
    let near =
        if normal_title(title) == normal_title(wanted) { " (only letter case, blanks or emphasis differ)" } else { "" };
    let message = format!("the title of {} is `{}`, not `{}`{near}{reused}", from.id, shorten(title), shorten(wanted));
    let place = if to.title.is_empty() { to.place } else { to.title };
    let finding = cx
        .finding("feature-title-unchanged", place, message)?
        .help("put the source's title back; keep ids with their features");
    let finding = finding.related(cx.source_place(from.place)?, "the source's title").subject(&from.id);
    // Where the id was reused, it is the id that is wrong.
    if owner.is_some() || wanted.is_empty() {
        return Some(finding);
    }
    let edit = if to.title.is_empty() {
        Edit::insert(to.place.end, format!(": {wanted}"))
    } else {
        Edit::replace(to.title, wanted)
    };
    let what = "put the source's title back";
    Some(finding.fix(if is_same_feature(source, from, integrated, to) {
        Fix::safe(what, vec![edit])
    } else {
        Fix::risky(what, vec![edit])
    }))
}

/// Whether two features of one id are the same thing under two titles, and not one thing in the place of another: the
/// titles are alike, or the text of one is that of the other.
pub(super) fn is_same_feature(source: &Spec<'_>, from: &Feature<'_>, integrated: &Spec<'_>, to: &Feature<'_>) -> bool {
    let (wanted, title) = (source.document.slice(from.short_title), integrated.document.slice(to.title));
    let texts = [(from.description, to.description), (from.criteria, to.criteria)];
    let has_text = |(a, b): (Option<Value<'_>>, Option<Value<'_>>)| {
        a.zip(b).is_some_and(|(a, b)| trimmed(a.text(source.document)) == trimmed(b.text(integrated.document)))
    };
    title.is_empty() || are_alike(wanted, title) || texts.into_iter().any(has_text)
}

fn added(cx: &Context<'_, '_>, source: &Spec<'_>, feature: &Feature<'_>) -> Option<Finding> {
    let title = cx.pair.integrated.document.slice(feature.title);
    let same_title = source
        .features()
        .map(|(_, other)| other)
        .find(|other| normal_title(source.document.slice(other.short_title)) == normal_title(title));
    let renumbered =
        same_title.map_or_else(String::new, |other| format!("; the source has this title under {}", other.id));
    let message = format!("{} `{}` is in no source{renumbered}", feature.id, shorten(title));
    let finding = cx.finding("feature-added", feature.place, message)?.subject(&feature.id);
    let finding = finding.help(match same_title {
        Some(other) => format!("give it its id {} back", other.id),
        None => "remove it, or add it to the source first".to_owned(),
    });
    let other = same_title.and_then(|other| cx.source_place(other.place));
    Some(match other {
        Some(place) => finding.related(place, "the source has this title here"),
        None => finding,
    })
}

/// At most 80 characters, for messages.
pub(super) fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim();
    if line.chars().count() <= 80 { line.to_owned() } else { line.chars().take(79).chain(['…']).collect() }
}

/// The reason of a skip without the feature's title in front of it, which the message has already.
fn without_title<'t>(reason: &'t str, title: &str) -> &'t str {
    let rest = reason.strip_prefix(title).map(|rest| rest.trim_start_matches([' ', ':', '-', '–', '—', '→', ',']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(reason)
}
