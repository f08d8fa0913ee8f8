use crate::checks::{Active, Check, Context};
use crate::diagnostics::{Finding, Location};
use crate::text::difference::mojibake;
use crate::text::{Encoding, SourceFile, Span};

pub(super) const CHECK: Check = Check { rules: &["invalid-utf8", "mojibake"], run };

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
fn damaged(cx: &Context<'_, '_>) -> Option<Finding> {
    let document = cx.pair.integrated.document;
    let places = mojibake(document.file.text());
    let (first, repaired) = places.first()?;
    let damaged = document.slice(*first);
    let more = match places.len() {
        1 => String::new(),
        count => format!(" (and {} more places)", count - 1),
    };
    let message =
        format!("`{damaged}` is `{repaired}` whose UTF-8 was decoded as Windows-1252 and encoded again{more}");
    let help = "restore the file from before it was damaged, or decode it as UTF-8 and encode it as Windows-1252 once";
    Some(cx.finding("mojibake", *first, message)?.help(help).subject("mojibake"))
}
