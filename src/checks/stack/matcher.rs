//! Finds the names of forbidden technologies in text: one pass for all rules.

use std::borrow::Cow;

use super::ordinal::is_ordinal;
use crate::checks::page::{Page, Stack, Strings};
use crate::text::{Needles, Span};

/// How a name is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// A whole word of prose.
    Word,
    /// A package.
    Package,
    /// A token of code.
    Identifier,
    /// An environment variable.
    Variable,
    /// A path.
    Path,
    /// An address.
    Url,
    /// A command of a shell.
    Command,
}

/// A name that stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Index of the page.
    pub page: usize,
    /// How it was recognised.
    pub kind: NameKind,
    /// The whole name as it stands there.
    pub span: Span,
}

#[derive(Debug)]
struct Pattern {
    page: usize,
    kind: NameKind,
    /// As written on the page.
    text: Cow<'static, str>,
    any_case: bool,
    /// Offset of the needle in `text`.
    needle_at: usize,
}

/// The names of all stack rules.
#[derive(Debug)]
pub(super) struct Matcher {
    /// What is searched for, one for each pattern.
    needles: Needles,
    patterns: Vec<Pattern>,
    /// Phrases in which a word means something else, for each page.
    except: Vec<Vec<String>>,
}

impl Matcher {
    /// Prepares the names of `pages`; hits refer to their indexes.
    pub(super) fn new(pages: &[&Page]) -> Self {
        let mut patterns = Vec::new();
        let mut needles = Vec::new();
        for (page, Page { stack, .. }) in pages.iter().enumerate() {
            for (kind, any_case, list) in lists(stack) {
                for text in list.iter() {
                    let needle = needle(text);
                    needles.push(needle.of(text));
                    patterns.push(Pattern { page, kind, text: text.clone(), any_case, needle_at: needle.start });
                }
            }
        }
        let except = pages.iter().map(|page| page.stack.except.iter().map(|phrase| phrase.to_lowercase()).collect());
        Self { needles: Needles::new(needles), patterns, except: except.collect() }
    }

    /// All names in `text`, by position; of several at one place the longest of each page.
    pub(super) fn find(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (index, found) in self.needles.find_iter(text) {
            let Some(pattern) = self.patterns.get(index) else { continue };
            let Some(span) = pattern.verify(text, found) else { continue };
            let is_word = pattern.kind == NameKind::Word;
            if is_word && (self.is_excepted(pattern.page, text, span) || is_ordinal(text, span)) {
                continue;
            }
            hits.push(Hit { page: pattern.page, kind: pattern.kind, span });
        }
        hits.sort_by_key(|hit| (hit.span.start, hit.page, std::cmp::Reverse(hit.span.end)));
        // A name with its needle in it twice is found twice.
        hits.dedup();
        hits
    }

    /// Whether the word stands in a phrase such as `Step S3`.
    fn is_excepted(&self, page: usize, text: &str, span: Span) -> bool {
        let phrases = self.except.get(page).map_or(&[][..], Vec::as_slice);
        phrases.iter().any(|phrase| {
            let Some(start) = span.end.checked_sub(phrase.len()) else { return false };
            text.get(start..span.end).is_some_and(|part| part.to_lowercase() == *phrase)
        })
    }
}

fn lists(stack: &Stack) -> [(NameKind, bool, &Strings); 8] {
    [
        (NameKind::Word, false, &stack.words),
        (NameKind::Word, true, &stack.words_any_case),
        (NameKind::Package, false, &stack.packages),
        (NameKind::Identifier, false, &stack.identifiers),
        (NameKind::Variable, false, &stack.variables),
        (NameKind::Path, false, &stack.paths),
        (NameKind::Url, false, &stack.urls),
        (NameKind::Command, false, &stack.commands),
    ]
}

/// The longest part of a pattern without `*`: what is searched for.
fn needle(pattern: &str) -> Span {
    let mut best = Span::default();
    let mut start = 0;
    for part in pattern.split('*') {
        if part.len() > best.len() {
            best = Span::new(start, start + part.len());
        }
        start += part.len() + 1;
    }
    // `name.*`: the dot belongs to what `*` stands for.
    if best.of(pattern).ends_with('.') && pattern.ends_with(".*") { Span::new(best.start, best.end - 1) } else { best }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// Characters of packages, paths and addresses.
fn is_path(c: char) -> bool {
    is_name(c) || matches!(c, '@' | '/' | '.' | '-' | '[' | ']' | ':' | '~' | '+' | '(' | ')')
}

/// The run of characters of a class around `span`.
fn run_around(text: &str, span: Span, is_part: fn(char) -> bool) -> Span {
    // Hostile runs may be as long as the text: a name never is.
    const LONGEST: usize = 200;
    let before = text.get(..span.start).unwrap_or("");
    let start = before
        .char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|&(_, c)| is_part(c))
        .last()
        .map_or(span.start, |(at, _)| at);
    let behind = text.get(span.end..).unwrap_or("");
    let length: usize = behind.chars().take(LONGEST).take_while(|&c| is_part(c)).map(char::len_utf8).sum();
    Span::new(start, span.end + length)
}

impl Pattern {
    /// The whole name at a place where the needle was found, if the pattern fits there.
    fn verify(&self, text: &str, found: Span) -> Option<Span> {
        match self.kind {
            NameKind::Word | NameKind::Command => {
                let start = found.start.checked_sub(self.needle_at)?;
                let span = Span::new(start, start + self.text.len());
                let same = span.of(text);
                let fits = if self.any_case { same.eq_ignore_ascii_case(&self.text) } else { same == self.text };
                (fits && stands_alone(text, span)).then_some(span)
            }
            NameKind::Identifier | NameKind::Variable => self.verify_name(text, found),
            NameKind::Package => {
                let run = trim_run(text, run_around(text, found, is_path));
                let version =
                    run.of(text).get(1..).and_then(|rest| rest.find('@')).map_or(run.end, |at| run.start + 1 + at);
                let run = Span::new(run.start, version);
                glob(&self.text, run.of(text)).then_some(run)
            }
            NameKind::Path => {
                let run = trim_run(text, run_around(text, found, is_path));
                let path = run.of(text);
                let mut tails =
                    std::iter::once(path).chain(path.match_indices('/').filter_map(|(at, _)| path.get(at + 1..)));
                tails.find(|tail| glob(&self.text, tail.trim_end_matches('/'))).map(|_| run)
            }
            NameKind::Url => {
                let run = trim_run(text, run_around(text, found, is_path));
                let address = run.of(text);
                let host = address.split_once("://").map_or(address, |(_, rest)| rest);
                let fits = |text: &str| {
                    text.starts_with(&*self.text) || glob(&self.text, text.split('/').next().unwrap_or(text))
                };
                (fits(address) || fits(host)).then_some(run)
            }
        }
    }

    fn verify_name(&self, text: &str, found: Span) -> Option<Span> {
        let run = run_around(text, found, is_name);
        let name = run.of(text);
        if let Some(object) = self.text.strip_suffix(".*") {
            let member = text.get(run.end..)?.trim_start_matches('?').strip_prefix('.')?;
            return (name == object && member.starts_with(is_name) && !is_member(text, run)).then_some(run);
        }
        if let Some((object, member)) = self.text.split_once('.') {
            let start = found.start.checked_sub(self.needle_at)?;
            let whole = Span::new(start, start + self.text.len());
            let fits =
                whole.of(text) == self.text && stands_alone(text, whole) && !object.is_empty() && !member.is_empty();
            return fits.then_some(whole);
        }
        glob(&self.text, name).then_some(run)
    }
}

/// Whether the name is itself a member: `this.prisma.x` is an access to `prisma`, `a.s3.b` of a version is not told apart.
fn is_member(text: &str, run: Span) -> bool {
    let before = text.get(..run.start).unwrap_or("");
    before.ends_with('.') && !before.ends_with("this.") && !before.ends_with("ctx.") && !before.ends_with("db.")
}

/// Whether no letter or digit stands right before or behind.
fn stands_alone(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|t| t.chars().next_back());
    let behind = text.get(span.end..).and_then(|t| t.chars().next());
    !before.is_some_and(is_name) && !behind.is_some_and(is_name)
}

/// Without the punctuation of the sentence around it.
fn trim_run(text: &str, run: Span) -> Span {
    let raw = run.of(text);
    let end = raw.trim_end_matches(['.', ':', '-', '+', ')', ']']).len();
    let end = if raw.get(..end).is_some_and(|t| t.contains('[') || t.contains('(')) {
        raw.trim_end_matches(['.', ':']).len()
    } else {
        end
    };
    let start = raw.len() - raw.trim_start_matches(['(', '-', '+', ':']).len();
    Span::new(run.start + start.min(end), run.start + end)
}

/// Whether `text` is `pattern`, where `*` stands for any text. Linear in their product, which is bounded by the runs.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut last: Option<&str> = None;
    for part in parts {
        if let Some(middle) = last.replace(part) {
            let Some(at) = rest.find(middle) else { return false };
            rest = rest.get(at + middle.len()..).unwrap_or("");
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (pattern, text) in [
            ("S3_*", "S3_BUCKET"),
            ("*_S3_KEY", "A_S3_KEY"),
            ("a*b*c", "axbyc"),
            ("*.prisma", "schema.prisma"),
            ("x", "x"),
        ] {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("S3_*", "US3_BUCKET"), ("a*b", "ab "), ("a*ba", "aba ba x"), ("x", "xy")] {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn the_needle_is_the_longest_literal() {
        assert_eq!(needle("*_PRISMA_URL").of("*_PRISMA_URL"), "_PRISMA_URL");
        assert_eq!(needle("prisma.*").of("prisma.*"), "prisma");
    }
}
