use std::sync::OnceLock;

use super::endpoint::{self, Endpoint};
use crate::languages::code::CodeKind;
use crate::languages::sql::SqlText;
use crate::languages::typescript::{self, Facts};
use crate::markdown::{Document, Fence, FenceText, Label};
use crate::text::{Span, strip_prefix_ignore_ascii_case};

/// The code in one fence, parsed when it is asked for the first time.
#[derive(Debug)]
pub struct Code<'d> {
    /// The fence.
    pub fence: &'d Fence,
    /// What it holds.
    pub kind: CodeKind,
    /// Its text, with the way back to the file.
    pub text: FenceText<'d>,
    /// The files that it is made of, in order: where each starts in the text, and its path. Most fences have one or none.
    pub files: Vec<(usize, String)>,
    facts: OnceLock<Facts>,
    sql: OnceLock<SqlText>,
    /// Whether it is SQL that is applied.
    pub(super) applied: OnceLock<bool>,
    quoted: OnceLock<bool>,
}

/// The code of all fences, in order.
pub(super) fn find<'d>(document: &'d Document<'d>) -> Vec<Code<'d>> {
    let mut behind = 0;
    let mut codes = Vec::with_capacity(document.fences.len());
    for fence in &document.fences {
        let text = fence.text(document.file.text());
        let language = fence.language(document.file.text());
        let unnamed_sql = language.is_empty() && is_schema_sql(&text.text);
        let kind = if unnamed_sql { CodeKind::Sql } else { CodeKind::of(&language) };
        let files = files(document, fence, behind, &text.text);
        behind = fence.span.end;
        codes.push(Code {
            fence,
            kind,
            text,
            files,
            facts: OnceLock::new(),
            sql: OnceLock::new(),
            applied: OnceLock::new(),
            quoted: OnceLock::new(),
        });
    }
    codes
}

/// Whether a text without a language is SQL that changes a schema: it starts with such a statement, and ends one.
fn is_schema_sql(text: &str) -> bool {
    const OBJECTS: &[&str] =
        &["TABLE", "POLICY", "INDEX", "UNIQUE", "TYPE", "FUNCTION", "OR", "VIEW", "TRIGGER", "EXTENSION", "SCHEMA"];
    let solid = |line: &&str| !line.is_empty() && !line.starts_with("--");
    let Some(first) = text.lines().map(str::trim).find(solid) else { return false };
    let mut words = first.split_whitespace().map(str::to_ascii_uppercase);
    let verb = words.next().is_some_and(|word| matches!(word.as_str(), "CREATE" | "ALTER"));
    verb && words.next().is_some_and(|word| OBJECTS.contains(&word.as_str())) && text.contains(';')
}

/// Takes fences of a source that name no language and define Prisma models for what they are.
pub(super) fn name_models(document: &Document<'_>, codes: &mut [Code<'_>]) {
    let text = document.file.text();
    for code in codes.iter_mut().filter(|code| code.kind == CodeKind::Prose) {
        if code.fence.language(text).is_empty() && is_models(&code.text.text) {
            code.kind = CodeKind::Prisma;
        }
    }
}

/// Whether a text defines a Prisma model: a line `model Name {`, and below it a line that closes it.
fn is_models(text: &str) -> bool {
    let is_head = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().take(4).collect();
        matches!(words.as_slice(), ["model", name, "{"] if name.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    let mut lines = text.lines();
    lines.find(is_head).is_some() && lines.any(|line| line.trim_end() == "}")
}

impl Code<'_> {
    /// What the code says, read as TypeScript.
    pub fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| typescript::parse(&self.text.text))
    }

    /// What the code says, read as SQL.
    pub fn sql(&self) -> &SqlText {
        self.sql.get_or_init(|| SqlText::parse(&self.text.text))
    }

    /// Whether it only shows what is not done, as `judge` says; asked once.
    pub fn is_quoted(&self, judge: impl FnOnce() -> bool) -> bool {
        *self.quoted.get_or_init(judge)
    }

    /// Whether it is TypeScript or JavaScript: by its language, or, where the fence names none, by its file's name.
    pub fn is_script(&self) -> bool {
        let by_name = || self.files.first().is_some_and(|(_, path)| is_script_path(path));
        self.kind == CodeKind::Script || self.kind == CodeKind::Prose && by_name()
    }

    /// The stretches of the text that belong to one file each, with its path where that is known.
    pub fn parts(&self) -> impl Iterator<Item = (Span, Option<&str>)> {
        let ends = self.files.iter().skip(1).map(|&(start, _)| start).chain([self.text.text.len()]);
        let named =
            self.files.iter().zip(ends).map(|((start, path), end)| (Span::new(*start, end), Some(path.as_str())));
        let whole = self.files.is_empty().then_some((Span::new(0, self.text.text.len()), None));
        named.chain(whole)
    }

    /// The path of the file to which the code at `offset` of the text belongs.
    pub fn path_at(&self, offset: usize) -> Option<&str> {
        let behind = self.files.partition_point(|&(start, _)| start <= offset);
        self.files.get(behind.checked_sub(1)?).map(|(_, path)| path.as_str())
    }

    /// Where `span` of the text stands in the document.
    pub fn place(&self, span: Span) -> Span {
        self.text.in_file(span)
    }

    /// The endpoints whose handlers the code exports: the method is the export's name, the path that of the route file,
    /// or, where no file is named, that of a comment in front (`// GET /api/berths`).
    pub(super) fn endpoints(&self) -> Vec<Endpoint> {
        let may_export = self.is_script() && self.text.text.contains("export");
        if !may_export {
            return Vec::new();
        }
        let mut from = 0;
        let mut endpoints = Vec::new();
        for handler in &self.facts().handlers {
            let route = self.path_at(handler.line.start).and_then(route_of);
            let method = &handler.method.text;
            let path = route.or_else(|| {
                let before = self.text.text.get(from..handler.line.start)?;
                endpoint::last_in_comment(before, method)
            });
            from = handler.line.end;
            endpoints.extend(path.map(|path| Endpoint {
                method: method.clone(),
                path,
                span: self.place(handler.method.span),
            }));
        }
        endpoints
    }
}

/// The route that a route file serves: `src/app/(shop)/api/berths/[id]/route.ts` is `/api/berths/[id]`.
pub fn route_of(path: &str) -> Option<String> {
    let folder = path.rsplit_once('/').filter(|(_, file)| file.starts_with("route.")).map(|(folder, _)| folder)?;
    let parts: Vec<&str> = folder.split('/').filter(|part| !part.starts_with('(') || !part.ends_with(')')).collect();
    let api = parts.iter().position(|part| *part == "api")?;
    Some(format!("/{}", parts.get(api..)?.join("/")))
}

/// Whether a path is that of a TypeScript or JavaScript file.
pub(super) fn is_script_path(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|own| CodeKind::of(own) == CodeKind::Script)
}

/// The files of a fence: named by comments at the start of lines, by a label between the fence before and this one, in
/// its info string, or by a path that stands alone before it.
fn files(document: &Document<'_>, fence: &Fence, behind: usize, text: &str) -> Vec<(usize, String)> {
    let mut files = Vec::new();
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if let Some(path) = path_in_comment(line.trim_start(), index == 0) {
            files.push((if files.is_empty() { 0 } else { offset }, path));
        }
        offset += line.len();
    }
    if files.is_empty() {
        let labels = document.labels.partition_point(|label| label.span.start < fence.span.start);
        let before = document.labels.get(..labels).unwrap_or_default().iter().rev();
        let near = before.take_while(|label| label.span.start >= behind);
        let is_file = |label: &&Label| {
            ["file", "migration file", "file path", "path", "location", "migration", "new file", "updated file"]
                .iter()
                .any(|name| label.is(document.file.text(), name))
        };
        let path = near.into_iter().find(is_file).and_then(|label| {
            let value = Span::new(label.value.start, label.value.end.min(fence.span.start)).of(document.file.text());
            clean_path(value.lines().next()?)
        });
        let path =
            path.or_else(|| path_in_info(document.slice(fence.info))).or_else(|| path_before(document, fence, behind));
        files.extend(path.map(|path| (0, path)));
    }
    files
}

/// The path of `typescript title="src/lib/tides.ts"`, as renderers of documentation show it.
fn path_in_info(info: &str) -> Option<String> {
    let value = ["title=", "filename=", "file="].iter().find_map(|name| {
        let (_, value) = info.split_once(name)?;
        value.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '}']).next()
    })?;
    clean_path(value)
}

/// The path that stands alone, as a heading or in bold type or as code, right before a fence.
fn path_before(document: &Document<'_>, fence: &Fence, behind: usize) -> Option<String> {
    let before = document.prose.partition_point(|prose| prose.span.start < fence.span.start);
    let prose = document.prose.get(before.checked_sub(1)?).filter(|prose| prose.span.start >= behind)?;
    // Between the two stands nothing but the end of the mark-up.
    let between = document.slice(Span::new(prose.span.end.min(fence.span.start), fence.span.start));
    let plain = document.plain(prose);
    let (path, remark) = plain.trim().split_once(' ').unwrap_or((plain.trim(), ""));
    let path = path.trim_end_matches(':');
    let is_alone = !between.contains(char::is_alphanumeric) && (remark.is_empty() || remark.starts_with('('));
    let extension = path.rsplit_once('.').map(|(_, extension)| extension)?;
    let is_path = path.contains('/') && !path.contains("://") && (is_script_path(path) || extension == "sql");
    clean_path(path).filter(|_| is_alone && is_path)
}

/// `// File: path`, `-- Migration: path`; on the first line also a comment that is nothing but a path.
fn path_in_comment(line: &str, is_first: bool) -> Option<String> {
    // Most lines are done with here.
    if !line.starts_with(['/', '-', '#']) {
        return None;
    }
    let comment = ["//", "--", "#", "/*"]
        .iter()
        .find_map(|marker| line.strip_prefix(marker))?
        .trim()
        .trim_end_matches("*/")
        .trim();
    let named = ["File:", "Migration:", "Path:", "Filename:", "File path:"]
        .iter()
        .find_map(|name| strip_prefix_ignore_ascii_case(comment, name));
    match named {
        Some(path) => clean_path(path),
        None if is_first && comment.contains('/') && !comment.contains("://") => {
            let word = comment.split_whitespace().next()?;
            let extension = word.rsplit_once('.').map(|(_, extension)| extension)?;
            (extension.chars().all(|c| c.is_ascii_alphanumeric()) && extension.len() <= 4)
                .then(|| clean_path(word))
                .flatten()
        }
        None => None,
    }
}

/// A path without marks and remarks around it, or `None` where there is no file name in it.
fn clean_path(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches('`');
    // Route groups have parentheses and dynamic segments brackets, but no path has blanks.
    let path = value.split(['`', ' ', ',']).next()?.trim_start_matches("./").trim_start_matches('/');
    let name = path.rsplit('/').next()?;
    name.contains('.').then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    fn paths(text: &str) -> Vec<Vec<(usize, String)>> {
        let file = SourceFile::new("a.md", text.into());
        let document = Document::new(&file);
        find(&document).into_iter().map(|code| code.files).collect()
    }

    #[test]
    fn files_are_named_by_comments_and_labels() {
        assert_eq!(
            paths("```ts\n// File: src/a.ts\nx\n// File: src/b.ts (new)\n```"),
            [[(0, "src/a.ts".into()), (20, "src/b.ts".into())]]
        );
        assert_eq!(
            paths("**File**: `/src/a.ts`\n\n```ts\nx\n```\n\n```ts\ny\n```"),
            [vec![(0, "src/a.ts".into())], vec![]]
        );
        assert_eq!(
            paths("```sql\n-- Migration: supabase/migrations/1_a.sql\n```"),
            [[(0, "supabase/migrations/1_a.sql".into())]]
        );
        assert_eq!(paths("```ts\n// app/api/berths/route.ts\n```"), [[(0, "app/api/berths/route.ts".into())]]);
        assert_eq!(paths("```ts\n// reads the tide\n```"), [vec![]]);
        for alone in ["##### `src/a.ts`", "**`src/a.ts`**", "`src/a.ts`:", "**src/a.ts** (new)"] {
            assert_eq!(paths(&format!("{alone}\n\n```ts\nx\n```")), [[(0, "src/a.ts".into())]], "{alone}");
        }
        assert_eq!(paths("```ts title=\"src/a.ts\"\nx\n```"), [[(0, "src/a.ts".into())]]);
        for other in ["`src/a.ts` changes as follows:", "See `src/a.ts`", "`src/a.ts`\n\nThen run this:"] {
            assert_eq!(paths(&format!("{other}\n\n```ts\nx\n```")), [vec![]], "{other}");
        }
    }

    #[test]
    fn routes_come_from_paths() {
        assert_eq!(route_of("src/app/(shop)/api/berths/[id]/route.ts").as_deref(), Some("/api/berths/[id]"));
        assert_eq!(route_of("src/app/berths/page.tsx"), None);
    }

    #[test]
    fn handlers_define_endpoints() {
        let text = "```ts\n// File: src/app/api/a/route.ts\nexport async function GET() {}\n```\n\n```ts\n// POST /api/b: adds one\nexport async function POST() {}\n```\n";
        let file = SourceFile::new("a.md", text.into());
        let document = Document::new(&file);
        let endpoints: Vec<_> =
            find(&document).iter().flat_map(Code::endpoints).map(|e| format!("{} {}", e.method, e.path)).collect();
        assert_eq!(endpoints, ["GET /api/a", "POST /api/b"]);
    }
}
