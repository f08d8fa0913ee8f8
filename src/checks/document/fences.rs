use crate::checks::{Check, Context};
use crate::diagnostics::{Finding, Location};
use crate::markdown::Document;

pub(super) const CHECK: Check = Check { rules: &["unclosed-fence"], run };

/// A fence that is never closed, in either document: what is read behind it depends on where the reader recovers.
fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let documents = std::iter::once(&cx.pair.integrated).chain(&cx.pair.source).map(|spec| spec.document);
    for document in documents {
        findings.extend(unclosed(cx, document));
    }
}

fn unclosed(cx: &Context<'_, '_>, document: &Document<'_>) -> Vec<Finding> {
    let finding = |fence: &crate::markdown::Fence| {
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
        let help = format!("add a line with `{marker}` behind the code; renderers show everything up to there as code");
        finding.map(|finding| finding.help(help).subject(fence.opener.of(text)))
    };
    document.fences.iter().filter(|fence| !fence.closed).filter_map(finding).collect()
}
