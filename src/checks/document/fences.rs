use crate::checks::edits::line_ending;
use crate::checks::{Check, Context};
use crate::diagnostics::{Edit, Finding, Fix, Location};
use crate::markdown::{Document, Fence};
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["unclosed-fence"], run };

/// A fence that is never closed, in either document: what is read behind it depends on where the reader recovers.
fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let documents = std::iter::once(&cx.pair.integrated).chain(&cx.pair.source).map(|spec| spec.document);
    for document in documents {
        findings.extend(unclosed(cx, document));
    }
}

fn unclosed(cx: &Context<'_, '_>, document: &Document<'_>) -> Vec<Finding> {
    let finding = |fence: &Fence| {
        let text = document.file.text();
        let marker: String = fence.opener.of(text).chars().take_while(|&c| c == '`' || c == '~').collect();
        let resumes = if fence.span.end < text.len() {
            format!("; it is read up to line {}", document.file.line(fence.span.end).saturating_sub(1).max(1))
        } else {
            String::new()
        };
        let message = format!("this code fence is never closed{resumes}");
        let in_integrated = std::ptr::eq(document, cx.pair.integrated.document);
        let finding = if in_integrated {
            cx.finding("unclosed-fence", fence.opener, message)
        } else {
            cx.active.finding("unclosed-fence", Location::of(document.file, fence.opener), message)
        };
        // In words: backticks between backticks could not be counted.
        let name = if marker.starts_with('`') { "backticks" } else { "tildes" };
        let count = marker.len();
        let help =
            format!("add a line of {count} {name} behind the code; renderers show everything up to there as code");
        let fix = in_integrated.then(|| close(document, fence, &marker));
        finding.map(|finding| finding.help(help).subject(fence.opener.of(text)).fix(fix))
    };
    document.fences.iter().filter(|fence| !fence.closed).filter_map(finding).collect()
}

/// Closes a fence in front of the line at which it is read no further; blank lines there stay behind it. What is in the
/// fence and what is not stays the same.
fn close(document: &Document<'_>, fence: &Fence, marker: &str) -> Fix {
    let text = document.file.text();
    let line = document.file.line_at(fence.opener.start);
    // Blanks and quote markers of the container.
    let prefix = Span::new(line.start, fence.opener.start).of(text).trim_start_matches('\u{feff}');
    let ending = line_ending(document.file, fence.opener.start);
    let is_blank = |c: char| c.is_whitespace() || c == '>' && prefix.contains('>');
    let filled = fence.content.of(text).trim_end_matches(is_blank).len();
    // Behind the text of the last line that is filled; an empty fence is closed right below its opener.
    let place = if filled == 0 { line.end } else { fence.content.start + filled };
    let place = document.file.line_at(place).end;
    Fix::safe("close the fence", vec![Edit::insert(place, format!("{ending}{prefix}{marker}"))])
}
