//! Where a name stands, and what that makes of it.

use super::Verdict;
use super::allowed::Allowed;
use super::announcement::{Announced, Announcement, announced};
use super::clause::{Token, tokens};
use super::context;
use super::matcher::{Hit, NameKind};
use super::mention::is_mention;
use crate::languages::code::{CodeKind, Region, RegionKind, regions};
use crate::markdown::{Document, Fence, InlineKind, within};
use crate::text::Span;

/// Judges the names of one document; remembers the fence and the run of text that it read last.
pub(super) struct Reader<'r, 'd> {
    document: &'r Document<'d>,
    allowed: &'r Allowed,
    fence: Option<(usize, CodeKind, Vec<Region>)>,
    run: Option<(Span, Vec<Token<'d>>)>,
}

impl<'r, 'd> Reader<'r, 'd> {
    pub(super) fn new(document: &'r Document<'d>, allowed: &'r Allowed) -> Self {
        Self { document, allowed, fence: None, run: None }
    }

    /// Whether the name is used or mentioned; `None` where it stands in nothing that a reader sees, or where such a
    /// name means nothing.
    pub(super) fn judge(&mut self, hit: Hit) -> Option<Verdict> {
        let document = self.document;
        let comments = within(&document.comments, Span::new(0, hit.span.start + 1));
        if comments.last().is_some_and(|comment| comment.span.contains(hit.span.start)) {
            return None;
        }
        let behind = document.fences.partition_point(|fence| fence.span.start <= hit.span.start);
        let index =
            behind.checked_sub(1).filter(|&i| document.fences.get(i).is_some_and(|f| f.span.contains(hit.span.start)));
        match index {
            Some(index) => self.in_fence(index, hit),
            None => self.in_prose(hit),
        }
    }

    fn in_prose(&mut self, hit: Hit) -> Option<Verdict> {
        let document = self.document;
        // The anchor of a heading repeats its words; the heading itself is judged.
        if is_in_anchor(document, hit.span) {
            return None;
        }
        let behind = document.prose.partition_point(|prose| prose.span.start <= hit.span.start);
        let prose = behind.checked_sub(1).and_then(|index| document.prose.get(index));
        let Some(prose) = prose.filter(|p| p.span.contains(hit.span.start)) else {
            // What stands in HTML is read line by line.
            return self.in_plain_line(hit);
        };
        let inlines = document.inlines_of(prose);
        let at = inlines.partition_point(|inline| inline.span.start <= hit.span.start);
        let inline = at.checked_sub(1).and_then(|index| inlines.get(index)).filter(|i| i.span.contains(hit.span.start));
        let is_code = inline.is_some_and(|inline| inline.kind == InlineKind::Code);
        if !is_prose_name(document.file.text(), hit, is_code) {
            return None;
        }
        if inline.is_some_and(|inline| inline.struck) {
            return Some(Verdict::Mention);
        }
        // A line of a list or table may be one run of thousands of names: it is read once.
        let mention = self.is_mention(prose.span, hit) || context::excuses(document, prose, hit.span, self.allowed);
        Some(if mention { Verdict::Mention } else { Verdict::Usage })
    }

    /// Whether the text of `run` only mentions the name at `hit`.
    fn is_mention(&mut self, run: Span, hit: Hit) -> bool {
        let text = self.document.slice(run);
        if self.run.as_ref().is_none_or(|(span, _)| *span != run) {
            self.run = Some((run, tokens(text)));
        }
        let Some((_, tokens)) = &self.run else { return false };
        let at = hit.span.start - run.start;
        let index = tokens.partition_point(|token| token.span.end <= at);
        is_mention(text, tokens, index, self.allowed)
    }

    fn in_fence(&mut self, index: usize, hit: Hit) -> Option<Verdict> {
        let document = self.document;
        let text = document.file.text();
        let fence = document.fences.get(index)?;
        if !fence.content.contains(hit.span.start) {
            let names_file = hit.kind == NameKind::Path && fence.info.contains(hit.span.start);
            return names_file.then_some(Verdict::Usage);
        }
        if self.fence.as_ref().is_none_or(|(known, ..)| *known != index) {
            let kind = CodeKind::of(&fence.language(text));
            self.fence = Some((index, kind, regions(kind, fence.content.of(text))));
        }
        let (_, kind, regions) = self.fence.as_ref()?;
        let kind = *kind;
        let at = hit.span.start - fence.content.start;
        let behind = regions.partition_point(|region| region.span.start <= at);
        let region =
            behind.checked_sub(1).and_then(|i| regions.get(i)).copied().filter(|region| region.span.contains(at));
        let verdict = match (kind, region) {
            (_, Some(Region { kind: RegionKind::Comment, span })) => self.in_comment(fence, span, hit),
            (CodeKind::Prose, _) => self.in_plain_line(hit),
            (CodeKind::Diff, _) => Some(in_difference(document, hit)),
            (_, Some(Region { kind: RegionKind::String, span })) => {
                in_string(text, kind, span.shifted(fence.content.start), hit)
            }
            (_, None) => in_code(document, kind, hit),
        }?;
        let excused = verdict == Verdict::Usage
            && (context::excuses_fence(document, fence.span) || is_below_origin(document, fence, hit.span.start));
        Some(if excused { Verdict::Mention } else { verdict })
    }

    /// A comment is judged like prose, line by line. One that names a file (`// File: …`) is judged by the path.
    fn in_comment(&mut self, fence: &Fence, comment: Span, hit: Hit) -> Option<Verdict> {
        let comment = comment.shifted(fence.content.start);
        let line = self.document.file.line_at(hit.span.start);
        let run = Span::new(line.start.max(comment.start), line.end.min(comment.end));
        if !is_prose_name(self.document.file.text(), hit, false) {
            return None;
        }
        // `// BEFORE (generic):` names the origin itself.
        let is_origin = title_in_comment(self.document.slice(line).trim()) == Some(Announced::Origin);
        let mention = is_origin || self.is_mention(run, hit) || is_below_origin(self.document, fence, hit.span.start);
        Some(if mention { Verdict::Mention } else { Verdict::Usage })
    }

    fn in_plain_line(&mut self, hit: Hit) -> Option<Verdict> {
        if !is_prose_name(self.document.file.text(), hit, false) {
            return None;
        }
        let line = self.document.file.line_at(hit.span.start);
        Some(if self.is_mention(line, hit) { Verdict::Mention } else { Verdict::Usage })
    }
}

/// Whether the block of code around `offset`, back to a blank line, starts below a comment that says where the design came
/// from: `// BEFORE (generic):`.
fn is_below_origin(document: &Document<'_>, fence: &Fence, offset: usize) -> bool {
    // Blocks are short; a hostile fence is as long as the document.
    const LINES: usize = 12;
    let mut line = document.file.line_at(offset);
    for _ in 0..LINES {
        let Some(end) = line.start.checked_sub(1).filter(|&end| end > fence.content.start) else { return false };
        line = document.file.line_at(end);
        let text = document.slice(line).trim();
        if text.is_empty() {
            return false;
        }
        match title_in_comment(text) {
            Some(Announced::Origin) => return true,
            Some(Announced::Use) => return false,
            _ => {}
        }
    }
    false
}

/// What a line announces that is a comment of a few words.
fn title_in_comment(line: &str) -> Option<Announced> {
    const WORDS: usize = 6;
    const LONGEST: usize = 300;
    if line.len() > LONGEST {
        return None;
    }
    let comment = ["//", "--", "#", "/*", "*"].iter().find_map(|mark| line.strip_prefix(mark))?;
    let tokens = tokens(comment.trim_end_matches(['*', '/', ' ', ':', '-', '=', '─']));
    let is_title = tokens.iter().filter(|token| token.word().is_some()).count() <= WORDS;
    announced(&tokens, Announcement::Title).filter(|_| is_title)
}

/// Whether `span` stands in a link to a place of the document itself.
fn is_in_anchor(document: &Document<'_>, span: Span) -> bool {
    let link = within(&document.links, Span::new(0, span.start + 1)).last();
    link.filter(|link| link.span.contains(span.start) && link.target.starts_with('#')).is_some_and(|link| {
        let target = document.slice(link.span).rfind("](#").map_or(link.span.end, |at| link.span.start + at);
        target < span.start
    })
}

/// Whether a name of this kind means the technology in running text. A plain lower-case word (`redis` as an identifier,
/// `bull` as a package) does only in code marks; as a word it has to be listed as one.
fn is_prose_name(text: &str, hit: Hit, is_code: bool) -> bool {
    let name = hit.span.of(text);
    match hit.kind {
        NameKind::Word | NameKind::Variable | NameKind::Url | NameKind::Command => true,
        NameKind::Path => name.contains(['/', '.']),
        NameKind::Identifier => {
            is_code || name.contains('_') || name.chars().skip(1).any(char::is_uppercase) || name.contains('.')
        }
        NameKind::Package => {
            is_code && is_whole_code(text, hit.span) || name.contains('/') || (name.contains('-') && is_code)
        }
    }
}

/// Whether the name is all that stands between two code marks, or an argument of an install command there.
fn is_whole_code(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let behind = text.get(span.end..).unwrap_or("");
    let opens = before.ends_with('`') || before.ends_with(' ');
    opens && behind.starts_with(['`', ' ', '@', ','])
}

/// Code that runs: identifiers and variables mean what they say; a shell also knows commands and packages.
fn in_code(document: &Document<'_>, kind: CodeKind, hit: Hit) -> Option<Verdict> {
    match kind {
        CodeKind::Shell => {
            let line = Span::new(document.file.line_at(hit.span.start).start, hit.span.start);
            let (installs, removes) = shell_verb(line.of(document.file.text()));
            let counts = hit.kind != NameKind::Identifier && (hit.kind != NameKind::Package || installs || removes);
            counts.then_some(if removes { Verdict::Mention } else { Verdict::Usage })
        }
        CodeKind::Settings => {
            let counts = !matches!(hit.kind, NameKind::Identifier | NameKind::Package);
            counts.then_some(Verdict::Usage)
        }
        CodeKind::Prisma => matches!(hit.kind, NameKind::Variable | NameKind::Identifier).then_some(Verdict::Usage),
        _ => matches!(hit.kind, NameKind::Variable | NameKind::Identifier).then_some(Verdict::Usage),
    }
}

/// Whether the command in front of a name installs, and whether it removes: the nearest verb of the same command.
fn shell_verb(before: &str) -> (bool, bool) {
    // A hostile line is as long as the document, and each name reads it anew.
    const NEAR: usize = 400;
    let near = before.get(before.floor_char_boundary(before.len().saturating_sub(NEAR))..).unwrap_or("");
    let command = near.rsplit(['|', ';', '&']).next().unwrap_or("");
    let installs = ["install", "add", "i", "npx", "bunx", "dlx", "exec"];
    let removes = ["uninstall", "remove", "rm", "purge", "unset", "un", "delete"];
    let verb = command.split_whitespace().rev().find(|word| installs.contains(word) || removes.contains(word));
    (verb.is_some_and(|verb| installs.contains(&verb)), verb.is_some_and(|verb| removes.contains(&verb)))
}

/// A string: a package where it is imported or depended on, a variable, an address, a path.
fn in_string(text: &str, kind: CodeKind, string: Span, hit: Hit) -> Option<Verdict> {
    let inner = Span::new(string.start + 1, string.end.saturating_sub(1));
    let is_whole = inner.start == hit.span.start && hit.span.end <= inner.end && hit.span.end + 40 > inner.end;
    let counts = match hit.kind {
        NameKind::Package if kind == CodeKind::Json => {
            let behind = text.get(string.end..).unwrap_or("").trim_start();
            is_whole && inner.end == hit.span.end && behind.strip_prefix(':').is_some_and(is_version)
        }
        NameKind::Package => {
            let before = text.get(..string.start).unwrap_or("").trim_end();
            let imports = ["from", "import", "require(", "import(", "mock("].iter().any(|end| before.ends_with(end));
            is_whole && (imports || (hit.span.of(text).contains('/') && inner == hit.span))
        }
        NameKind::Variable | NameKind::Url => true,
        NameKind::Path => hit.span.of(text).contains('/') || inner == hit.span,
        NameKind::Command => matches!(kind, CodeKind::Json | CodeKind::Shell | CodeKind::Settings),
        NameKind::Identifier => {
            kind == CodeKind::Script
                && text.as_bytes().get(string.start) == Some(&b'`')
                && in_placeholder(text, string, hit.span)
        }
        NameKind::Word => kind == CodeKind::Settings,
    };
    counts.then_some(Verdict::Usage)
}

/// Whether a JSON value starts with the version of a dependency: `"^5.0.0"`, `"latest"`, `"workspace:*"`. Other keys may be
/// called like a package (`"redis": false`).
fn is_version(value: &str) -> bool {
    let Some(version) = value.trim_start().strip_prefix('"') else { return false };
    let schemes = ["workspace:", "npm:", "file:", "link:", "catalog:", "git", "http", "latest", "next", "canary", "x"];
    let number = version.trim_start_matches(['^', '~', '>', '<', '=', 'v', ' ']);
    number.starts_with(|c: char| c.is_ascii_digit() || c == '*')
        || schemes.iter().any(|start| version.starts_with(start))
}

/// Whether the name stands in `${…}` of a template literal.
fn in_placeholder(text: &str, string: Span, name: Span) -> bool {
    // A placeholder opens near; a hostile literal is as long as the document.
    const NEAR: usize = 400;
    let near = text.floor_char_boundary(name.start.saturating_sub(NEAR)).max(string.start);
    let before = text.get(near..name.start).unwrap_or("");
    before.rfind("${").is_some_and(|open| before.get(open..).is_some_and(|rest| !rest.contains('}')))
}

/// A removed line of a difference says what goes.
fn in_difference(document: &Document<'_>, hit: Hit) -> Verdict {
    let line = document.slice(document.file.line_at(hit.span.start));
    if line.trim_start().starts_with('-') { Verdict::Mention } else { Verdict::Usage }
}
