//! Fences and comments, found line by line with recovery.
//!
//! Strict `CommonMark` lets a fence that is never closed swallow whole sections. A careful reader
//! does not: where a section or feature heading, or the opener of another fence, stands inside an
//! open fence whose closing would swallow it, the fence was cut off. The rules of recovery are the
//! contract's; this module decides with them, in one pass over the lines and one over the lines
//! that matter.

use memchr::memmem;

use super::fence::Fence;
use super::lines::{FenceLine, LineStart, is_structural, is_surely_markup};
use crate::text::Span;

/// What the scan finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// All fences, in order.
    pub fences: Vec<Fence>,
    /// Block comments `<!-- … -->`, in order.
    pub comments: Vec<Span>,
    /// Starts of the structural headings outside fences and comments, in order.
    pub headings: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Event<'t> {
    /// Whole line without its line ending.
    line: Span,
    /// Start of the next line.
    next: usize,
    kind: Kind<'t>,
}

#[derive(Clone, Copy, Debug)]
enum Kind<'t> {
    Fence {
        line: FenceLine<'t>,
        start: LineStart<'t>,
    },
    Structural,
    /// The line has fewer quote markers than the one before: what was quoted ends here.
    QuoteEnd {
        quote: usize,
    },
    CommentStart,
}

/// Scans `text` from byte `from` on (behind a byte order mark). Time and memory are linear.
pub(super) fn scan(text: &str, from: usize) -> Scan {
    let events = events(text, from);
    let bare_runs = bare_runs(&events);
    let mut scan = Scan::default();
    let mut comments_end = from;
    let mut comment_closers_left = true;
    let mut index = 0;
    while let Some(event) = events.get(index) {
        index += 1;
        if event.line.start < comments_end {
            continue;
        }
        match event.kind {
            Kind::QuoteEnd { .. } => {}
            Kind::Structural => scan.headings.push(event.line.start),
            Kind::CommentStart => {
                // An unclosed comment hides nothing here: what follows is checked as if it were visible.
                let end = if comment_closers_left { comment_end(text, event.line.start) } else { None };
                comment_closers_left = end.is_some();
                if let Some(end) = end {
                    scan.comments.push(Span::new(event.line.start, end));
                    comments_end = end;
                }
            }
            Kind::Fence { line, start } => {
                let mut end = fence_end(&events, &bare_runs, index, line, start, text.len());
                if !end.closed
                    && let Some(cut) = cut_off(text, Span::new(event.next, end.whole), line, start)
                {
                    let next_event = events.partition_point(|event| event.line.start < cut);
                    end = FenceEnd { content: cut, whole: cut, closed: false, next_event };
                }
                scan.fences.push(build_fence(event, line, start, end));
                index = end.next_event;
            }
        }
    }
    scan
}

fn events(text: &str, from: usize) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut offset = from;
    let mut quote = 0;
    for raw in text.get(from..).unwrap_or("").split_inclusive('\n') {
        let line = raw.trim_end_matches('\n').trim_end_matches('\r');
        let here = Span::new(offset, offset + line.len());
        offset += raw.len();
        let first = line.trim_start_matches([' ', '\t', '>']).as_bytes().first().copied();
        let mut push = |kind| events.push(Event { line: here, next: offset, kind });
        if quote > 0 || line.starts_with('>') {
            let now = LineStart::of(line).quote;
            if now < quote {
                push(Kind::QuoteEnd { quote: now });
            }
            quote = now;
        }
        match first {
            Some(b'`' | b'~') => {
                let start = LineStart::of(line);
                if let Some(line) = FenceLine::of(start.rest) {
                    push(Kind::Fence { line, start });
                }
            }
            Some(b'#') if is_structural(line) => push(Kind::Structural),
            Some(b'<') if LineStart::of(line).rest.starts_with("<!--") => push(Kind::CommentStart),
            _ => {}
        }
    }
    events
}

/// For each event, how many bare backtick fence lines follow from it on before the next one with an info string.
fn bare_runs(events: &[Event<'_>]) -> Vec<usize> {
    let mut runs = vec![0; events.len()];
    let mut run = 0;
    for (slot, event) in runs.iter_mut().zip(events).rev() {
        if let Kind::Fence { line, .. } = event.kind {
            run = if line.info.is_empty() { run + 1 } else { 0 };
        }
        *slot = run;
    }
    runs
}

fn comment_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.as_bytes().get(start..)?;
    memmem::find(rest, b"-->").map(|at| start + at + 3)
}

#[derive(Clone, Copy)]
struct FenceEnd {
    /// End of the content.
    content: usize,
    /// End of the whole fence: behind the closing line, or where the model recovers.
    whole: usize,
    closed: bool,
    /// The event with which the scan goes on.
    next_event: usize,
}

/// Looks for the end of the fence that the event before `first` opens.
fn fence_end(
    events: &[Event<'_>],
    bare_runs: &[usize],
    first: usize,
    opener: FenceLine<'_>,
    at: LineStart<'_>,
    text_end: usize,
) -> FenceEnd {
    // The first line at which the model would recover, and whether it is sure that the fence was cut off.
    let mut trigger: Option<usize> = None;
    let recovered = |index: usize| {
        let start = events.get(index).map_or(text_end, |event| event.line.start);
        FenceEnd { content: start, whole: start, closed: false, next_event: index }
    };
    for (index, event) in events.iter().enumerate().skip(first) {
        match event.kind {
            Kind::CommentStart => {}
            Kind::Structural => {
                trigger.get_or_insert(index);
            }
            Kind::QuoteEnd { quote } => {
                if quote < at.quote {
                    // The quote ends, and with it the fence: nothing is hidden.
                    return FenceEnd { closed: true, ..recovered(index) };
                }
            }
            Kind::Fence { line, start } => {
                let fits = line.marker == opener.marker && line.length >= opener.length;
                if !line.info.is_empty() {
                    if fits && start.indent <= at.indent + 3 {
                        // Its closing line would close ours: one of the two was never closed.
                        return recovered(*trigger.get_or_insert(index));
                    }
                    // A shorter or other fence is template text, if ours is closed at all.
                    trigger.get_or_insert(index);
                } else if fits && start.quote == at.quote && start.indent <= at.indent + 3 {
                    let deliberate = opener.length > 3 || opener.marker == b'~';
                    let pairs_up = bare_runs.get(index).is_some_and(|run| run % 2 == 1);
                    return match trigger {
                        Some(trigger) if !deliberate && !pairs_up => recovered(trigger),
                        _ => FenceEnd {
                            content: event.line.start,
                            whole: event.next,
                            closed: true,
                            next_event: index + 1,
                        },
                    };
                }
            }
        }
    }
    trigger.map_or_else(|| recovered(events.len()), recovered)
}

/// Where the code of a fence that is never closed ends, as far as a reader sees: at the first line that is Markdown and
/// no code, such as a label or `### Testing Strategy`. Without this, what stands between the code and the line at which
/// the model recovers would be lost. A quoted template is Markdown all the way, and in a quote nothing is certain.
fn cut_off(text: &str, swallowed: Span, opener: FenceLine<'_>, at: LineStart<'_>) -> Option<usize> {
    let language = opener.info.split_whitespace().next().unwrap_or("");
    let is_template = ["markdown", "md", "mdx"].iter().any(|name| language.eq_ignore_ascii_case(name));
    if is_template || at.quote > 0 {
        return None;
    }
    let mut offset = swallowed.start;
    let mut behind_blank = false;
    for line in swallowed.of(text).split_inclusive('\n') {
        let bare = line.trim_end();
        if is_surely_markup(bare, behind_blank) || (at.indent >= 2 && behind_blank && ends_item(bare, at.indent)) {
            return Some(offset);
        }
        behind_blank = bare.is_empty();
        offset += line.len();
    }
    None
}

/// Whether `line` is the next item of the list in which a fence stands `indent` columns deep.
fn ends_item(line: &str, indent: usize) -> bool {
    let start = LineStart::of(line);
    let digits = start.rest.bytes().take_while(u8::is_ascii_digit).count();
    let marker = start.rest.get(digits..).unwrap_or("");
    let is_item = if digits > 0 { marker.starts_with(". ") } else { marker.starts_with("- ") };
    start.indent < indent && is_item
}

fn build_fence(event: &Event<'_>, line: FenceLine<'_>, start: LineStart<'_>, end: FenceEnd) -> Fence {
    let opener_start = event.line.start + start.offset;
    let opener_end = opener_start + start.rest.len();
    Fence {
        opener: Span::new(opener_start, opener_end),
        info: Span::new(opener_end - line.info.len(), opener_end),
        content: Span::new(event.next.min(end.content), end.content),
        span: Span::new(event.line.start, end.whole),
        closed: end.closed,
        indent: start.indent,
        quote: start.quote,
    }
}

#[cfg(test)]
#[path = "fences_tests.rs"]
mod tests;
