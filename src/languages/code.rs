//! Code of any language as comments, strings and the rest: enough to tell what a comment says from what runs.

use crate::text::Span;

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionKind {
    /// A comment, with its markers.
    Comment,
    /// A string literal, with its quotes.
    String,
}

/// A comment or string; all between is code that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where it stands.
    pub span: Span,
}

/// How a language writes comments and strings.
#[derive(Clone, Copy, Debug)]
struct Syntax {
    line_comment: &'static str,
    block_comments: bool,
    quotes: &'static [u8],
}

const C_LIKE: Syntax = Syntax { line_comment: "//", block_comments: true, quotes: b"'\"`" };
const SQL: Syntax = Syntax { line_comment: "--", block_comments: true, quotes: b"'" };
const HASH: Syntax = Syntax { line_comment: "#", block_comments: false, quotes: b"'\"" };
const DATA: Syntax = Syntax { line_comment: "//", block_comments: true, quotes: b"\"" };
const PRISMA: Syntax = Syntax { line_comment: "//", block_comments: false, quotes: b"\"" };

/// What a fence holds, by its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// TypeScript, JavaScript and their JSX forms.
    Script,
    /// SQL.
    Sql,
    /// A shell session or script.
    Shell,
    /// JSON.
    Json,
    /// `KEY=value` lines, YAML, TOML and the like.
    Settings,
    /// A Prisma schema.
    Prisma,
    /// A difference: removed lines start with `-`.
    Diff,
    /// Running text, trees, diagrams, Markdown: read as prose.
    Prose,
    /// Any other language; read like C.
    Other,
}

impl CodeKind {
    /// What a fence with this language (in lower case) holds.
    pub fn of(language: &str) -> Self {
        match language {
            "ts" | "tsx" | "typescript" | "js" | "jsx" | "javascript" | "mjs" | "mts" | "cts" => Self::Script,
            "sql" | "postgres" | "postgresql" | "pgsql" | "plpgsql" => Self::Sql,
            "bash" | "sh" | "shell" | "zsh" | "console" | "terminal" | "powershell" | "shell-session" => Self::Shell,
            "json" | "jsonc" | "json5" => Self::Json,
            "env" | "dotenv" | "yaml" | "yml" | "toml" | "ini" | "properties" | "dockerfile" | "docker" => {
                Self::Settings
            }
            "prisma" => Self::Prisma,
            "diff" | "patch" => Self::Diff,
            "" | "text" | "txt" | "plaintext" | "plain" | "markdown" | "md" | "mdx" | "mermaid" | "tree" | "ascii"
            | "gherkin" | "html" | "http" | "csv" => Self::Prose,
            _ => Self::Other,
        }
    }

    fn syntax(self) -> Option<Syntax> {
        match self {
            Self::Script | Self::Other => Some(C_LIKE),
            Self::Sql => Some(SQL),
            Self::Shell | Self::Settings => Some(HASH),
            Self::Json => Some(DATA),
            Self::Prisma => Some(PRISMA),
            Self::Diff | Self::Prose => None,
        }
    }
}

/// The comments and strings of `text`, in order. One pass; broken code gives what can be told: a string that is not
/// closed ends at its line's end, save for a template literal.
pub fn regions(kind: CodeKind, text: &str) -> Vec<Region> {
    let Some(syntax) = kind.syntax() else { return Vec::new() };
    let bytes = text.as_bytes();
    let mut regions = Vec::new();
    let mut at = 0;
    let starts = starts(syntax);
    let is_start = |byte: &u8| starts.get(usize::from(*byte)) == Some(&true);
    while let Some(skipped) = bytes.get(at..).and_then(|rest| rest.iter().position(is_start)) {
        at += skipped;
        let byte = bytes.get(at).copied().unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b'\n');
        let rest = bytes.get(at..).unwrap_or_default();
        let region = if syntax.block_comments && rest.starts_with(b"/*") {
            let end = memchr::memmem::find(rest, b"*/").map_or(bytes.len(), |end| at + end + 2);
            Some((RegionKind::Comment, end))
        } else if rest.starts_with(syntax.line_comment.as_bytes()) && starts_comment(kind, before) {
            Some((RegionKind::Comment, at + memchr::memchr(b'\n', rest).unwrap_or(rest.len())))
        } else if syntax.quotes.contains(&byte) && !(byte == b'\'' && before.is_ascii_alphabetic()) {
            Some((RegionKind::String, string_end(bytes, at, byte)))
        } else {
            None
        };
        at = match region {
            Some((kind, end)) => {
                regions.push(Region { kind, span: Span::new(at, end) });
                end.max(at + 1)
            }
            None => at + 1,
        };
    }
    regions
}

/// The bytes that a comment or a string starts with.
fn starts(syntax: Syntax) -> [bool; 256] {
    let mut starts = [false; 256];
    for &byte in [b'/'].iter().chain(syntax.line_comment.as_bytes().first()).chain(syntax.quotes) {
        if let Some(start) = starts.get_mut(usize::from(byte)) {
            *start = true;
        }
    }
    starts
}

/// `#` starts a comment behind white space only, and `//` not behind the colon of an address.
fn starts_comment(kind: CodeKind, before: u8) -> bool {
    match kind {
        CodeKind::Shell | CodeKind::Settings => before.is_ascii_whitespace(),
        _ => before != b':',
    }
}

fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    let line_end = if quote == b'`' { quote } else { b'\n' };
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(quote, b'\\', line_end, rest)) {
        at += found;
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'\n') => return at,
            _ => return at + 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(kind: CodeKind, text: &str) -> Vec<&str> {
        regions(kind, text).iter().map(|region| region.span.of(text)).collect()
    }

    #[test]
    fn comments_and_strings() {
        assert_eq!(read(CodeKind::Script, "a('x//y') // z\n/* b */ `c\nd`"), ["'x//y'", "// z", "/* b */", "`c\nd`"]);
        assert_eq!(read(CodeKind::Sql, "-- a\nSELECT 'b' /* c */"), ["-- a", "'b'", "/* c */"]);
        assert_eq!(read(CodeKind::Shell, "echo a#b # c"), ["# c"]);
        assert_eq!(read(CodeKind::Script, "fetch(https://x)"), Vec::<&str>::new());
        assert_eq!(read(CodeKind::Script, "don't 'a' 'open\nb"), ["'a'", "'open"]);
    }

    proptest! {
        #[test]
        fn regions_lie_in_the_text(text in "[a'\"`/*#\\-\\\\\né ]{0,40}") {
            for kind in [CodeKind::Script, CodeKind::Sql, CodeKind::Shell, CodeKind::Json] {
                let mut end = 0;
                for region in regions(kind, &text) {
                    prop_assert!(region.span.start >= end && region.span.end <= text.len());
                    end = region.span.end;
                }
            }
        }
    }
}
