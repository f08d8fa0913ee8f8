use crate::checks::stack::preserved;
use crate::checks::{Active, Check, Context};
use crate::diagnostics::{Edit, Finding, Fix, Location};
use crate::text::difference::mojibake;
use crate::text::{Encoding, SourceFile, Span};

pub(super) const CHECK: Check = Check { rules: &["invalid-utf8", "mojibake"], run };

/// Copies of the source's text that may start in front of a place and enclose it: a title in a description.
const MOST_NESTED: usize = 8;

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let files = std::iter::once(&cx.pair.integrated).chain(&cx.pair.source).map(|spec| spec.document.file);
    for file in files {
        findings.extend(invalid_utf8(cx.active, file));
    }
    findings.extend(damaged(cx));
}

/// Bytes that are no UTF-8.
pub(in crate::checks) fn invalid_utf8(active: &Active, file: &SourceFile) -> Option<Finding> {
    let Encoding::Invalid { first, count } = file.encoding() else { return None };
    let bytes = if count == 1 { "1 byte is".to_owned() } else { format!("{count} bytes are") };
    let message = format!("{bytes} no UTF-8, the first at offset {first}; each was read as `?`");
    let place = Location::of(file, Span::new(first, first + 1));
    Some(active.finding("invalid-utf8", place, message)?.help("save the file as UTF-8").subject(""))
}

/// UTF-8 that was read as Windows-1252 and saved again. One finding for the document: what damaged one place damaged all.
/// What is copied from the source byte for byte is damaged there, and is repaired there first.
fn damaged(cx: &Context<'_, '_>) -> Option<Finding> {
    let document = cx.pair.integrated.document;
    let places = mojibake(document.file.text());
    if places.is_empty() || !cx.is_on("mojibake") {
        return None;
    }
    let owned = preserved::spans(cx.pair, |text| !mojibake(text).is_empty());
    let is_owned = |place: &(Span, String)| {
        let before = owned.partition_point(|span| span.start <= place.0.start);
        owned.iter().take(before).rev().take(MOST_NESTED).any(|span| span.encloses(place.0))
    };
    let (copied, own): (Vec<_>, Vec<_>) = places.into_iter().partition(is_owned);
    let is_copy = own.is_empty();
    let places = if is_copy { copied } else { own };
    let (first, repaired) = places.first()?;
    let damaged = document.slice(*first);
    let more = match places.len() {
        1 => String::new(),
        count => format!(" (and {} more places)", count - 1),
    };
    let whose = if is_copy { ", as in the source" } else { "" };
    let message =
        format!("`{damaged}` is `{repaired}` whose UTF-8 was decoded as Windows-1252 and encoded again{more}{whose}");
    let finding = cx.finding("mojibake", *first, message)?;
    if is_copy {
        return Some(finding.help("repair the source, then copy the text again").subject("mojibake of the source"));
    }
    let help = "restore the file from before it was damaged, or decode it as UTF-8 and encode it as Windows-1252 once";
    let edits = places.iter().map(|(span, repaired)| Edit::replace(*span, repaired.as_str())).collect();
    let fix = Fix::safe("write the characters that were meant", edits);
    Some(finding.help(help).subject("mojibake").fix(fix))
}
