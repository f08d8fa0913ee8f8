use super::template::is_placeholder;
use crate::checks::{Check, Context};
use crate::diagnostics::Finding;

pub(super) const CHECK: Check = Check { rules: &["document-header"], run };

/// What every title ends in.
const TITLE_END: &str = "Integrated Extension Specification";

/// The fields of the header with the names that they go by.
const FIELDS: [(&str, &[&str]); 6] = [
    ("Version", &["Version", "Document Version", "Spec Version"]),
    ("Source Document", &["Source Document", "Source", "Source Spec", "Source Specification"]),
    ("Integration Date", &["Integration Date", "Date of Integration", "Integrated On"]),
    ("Framework", &["Framework", "Frameworks"]),
    ("Infrastructure", &["Infrastructure", "Target Infrastructure"]),
    ("Status", &["Status", "Document Status"]),
];

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if cx.pair.only_section.is_some() {
        return;
    }
    findings.extend(title(cx));
    let spec = &cx.pair.integrated;
    let mut missing = Vec::new();
    for (field, names) in FIELDS {
        match spec.header_field(names) {
            None => missing.push(field),
            Some((place, value)) if is_placeholder(value) => {
                let what = if value.is_empty() { "is empty".to_owned() } else { format!("still reads `{value}`") };
                let finding = cx.finding("document-header", place, format!("the header's {field} {what}"));
                findings.extend(finding.map(|f| f.help("fill it in").subject(field)));
            }
            Some(_) => {}
        }
    }
    if let Some((last, others)) = missing.split_last() {
        let list = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
        let finding = cx.finding("document-header", cx.pair.title_place(), format!("the header does not state {list}"));
        let help = format!("add below the title, for example `**{last}:** …`");
        findings.extend(finding.map(|f| f.help(help).subject(list)));
    }
}

fn title(cx: &Context<'_, '_>) -> Option<Finding> {
    let spec = &cx.pair.integrated;
    let text = spec.title.map(|title| spec.document.slice(title.text));
    let message = match text {
        Some(text) if text.ends_with(TITLE_END) => return None,
        Some(_) => format!("the title does not end in `{TITLE_END}`"),
        None => "the document has no title".to_owned(),
    };
    let help = format!("begin with `# Product - {TITLE_END}`");
    Some(cx.finding("document-header", cx.pair.title_place(), message)?.help(help).subject("title"))
}
