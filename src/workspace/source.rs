use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// Where the source of an integrated spec is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceLookup {
    /// There.
    Found(PathBuf),
    /// The header names this file, and it is nowhere.
    Missing(String),
    /// The header names a file of which the repository has several.
    Ambiguous(Vec<PathBuf>),
    /// The header names no file.
    Unnamed,
}

/// Looks for the source that the header of `spec` names: beside it, or by file name below `root`.
///
/// `header` is the value of the header field. A path that leads out of `root` is not followed: the text comes from
/// strangers.
pub fn find_source(spec: &Path, header: &str, root: &Path) -> SourceLookup {
    let Some(named) = file_in(header) else { return SourceLookup::Unnamed };
    let folder = spec.parent().unwrap_or(Path::new(""));
    let name = Path::new(&named).file_name().unwrap_or_default();
    // The whole value first: a name may hold blanks.
    for candidate in [folder.join(header), folder.join(&named), folder.join(name)] {
        if is_inside(&candidate, root, folder) && !is_same(&candidate, spec) {
            return SourceLookup::Found(candidate);
        }
    }
    let mut found: Vec<PathBuf> = find_by_name(root, &name.to_string_lossy());
    found.retain(|path| !is_same(path, spec));
    match (found.pop(), found.is_empty()) {
        (None, _) => SourceLookup::Missing(named.clone()),
        (Some(only), true) => SourceLookup::Found(only),
        (Some(last), false) => {
            found.push(last);
            SourceLookup::Ambiguous(found)
        }
    }
}

/// The files below `root` that are called `name`, sorted.
pub fn find_by_name(root: &Path, name: &str) -> Vec<PathBuf> {
    let mut walk = WalkBuilder::new(root);
    walk.git_global(false).require_git(false).follow_links(false);
    let files =
        walk.build().filter_map(Result::ok).filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    let mut found: Vec<PathBuf> =
        files.filter(|entry| entry.file_name().to_string_lossy() == name).map(ignore::DirEntry::into_path).collect();
    found.sort();
    found
}

/// The first Markdown file that a header value names; the value may be code, a link or a sentence. A value of one word such
/// as `harbour-structured` leaves the extension out.
fn file_in(header: &str) -> Option<String> {
    let is_markdown = |word: &&str| {
        let extension = word.rsplit_once('.').map_or("", |(_, extension)| extension);
        ["md", "markdown", "mdx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    };
    // Only in code may a name hold blanks.
    let in_code = header.split('`').skip(1).step_by(2).map(str::trim).find(is_markdown);
    let bare = || {
        let word =
            header.split('(').next().unwrap_or("").trim_matches(|c: char| c.is_whitespace() || c == '`' || c == '*');
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        (word.contains(['-', '_']) && word.contains(char::is_alphanumeric) && word.chars().all(is_name))
            .then(|| format!("{word}.md"))
    };
    in_code.or_else(|| word_in(header, is_markdown)).map(str::to_owned).or_else(bare)
}

fn word_in(header: &str, is_markdown: impl Fn(&&str) -> bool) -> Option<&str> {
    let is_border =
        |c: char| c.is_whitespace() || matches!(c, '`' | '[' | ']' | '(' | ')' | '<' | '>' | '"' | '\'' | ',' | '*');
    header.split(is_border).find(is_markdown)
}

/// Whether a file is there and, links resolved, lies below `root` or beside the spec.
fn is_inside(path: &Path, root: &Path, folder: &Path) -> bool {
    let Ok(real) = path.canonicalize() else { return false };
    let below = |folder: &Path| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        folder.canonicalize().is_ok_and(|folder| real.starts_with(folder))
    };
    real.is_file() && (below(root) || below(folder))
}

fn is_same(a: &Path, b: &Path) -> bool {
    a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn header_values_name_files_in_many_ways() {
        for value in ["`a.md`", "[a.md](a.md)", "a.md (v2)", "see **a.md**, chapter 1", "\"a.md\""] {
            assert_eq!(file_in(value).as_deref(), Some("a.md"), "{value}");
        }
        assert_eq!(file_in("`the spec.md` (v2)").as_deref(), Some("the spec.md"));
        assert_eq!(file_in("`a-structured` (v2)").as_deref(), Some("a-structured.md"));
        assert_eq!(file_in("the structured spec"), None);
        assert_eq!(file_in("N/A"), None);
    }

    #[test]
    fn a_source_is_looked_for_beside_the_spec_and_then_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("specs/old")).unwrap();
        fs::create_dir_all(root.join("docs")).unwrap();
        for file in ["specs/spec.md", "docs/only.md", "docs/twice.md", "specs/old/twice.md"] {
            fs::write(root.join(file), "x").unwrap();
        }
        fs::write(root.join("specs/with blanks.md"), "x").unwrap();
        let spec = root.join("specs/spec.md");
        let look = |header: &str| find_source(&spec, header, root);
        assert_eq!(look("with blanks.md"), SourceLookup::Found(root.join("specs/with blanks.md")));
        assert_eq!(look("only.md"), SourceLookup::Found(root.join("docs/only.md")));
        assert_eq!(look("../docs/twice.md"), SourceLookup::Found(root.join("specs/../docs/twice.md")));
        assert!(matches!(look("twice.md"), SourceLookup::Ambiguous(files) if files.len() == 2));
        assert_eq!(look("gone.md"), SourceLookup::Missing("gone.md".into()));
        assert_eq!(look("spec.md"), SourceLookup::Missing("spec.md".into()), "no spec is its own source");
        assert_eq!(look("-"), SourceLookup::Unnamed);
    }

    #[test]
    fn a_header_leads_nowhere_outside_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repository");
        fs::create_dir_all(&root).unwrap();
        fs::write(folder.path().join("secret.md"), "x").unwrap();
        fs::write(root.join("spec.md"), "x").unwrap();
        assert_eq!(
            find_source(&root.join("spec.md"), "../secret.md", &root),
            SourceLookup::Missing("../secret.md".into())
        );
    }
}
