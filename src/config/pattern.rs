use std::path::Path;

use globset::{Glob, GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use super::error::Objection;

/// Longest path or pattern, in bytes: the reader of patterns is recursive.
const LONGEST: usize = 500;

/// A path, or a pattern of paths, relative to the configuration's folder.
///
/// In a pattern `*` and `?` stand for characters of one name, `**` for any number of folders,
/// `[ab]` for one of the characters and `{a,b}` for one of the texts.
#[derive(Clone, Debug)]
pub struct PathPattern {
    text: String,
    /// `None` for a plain path.
    glob: Option<GlobMatcher>,
}

impl PathPattern {
    pub(super) fn new(text: &str) -> Result<Self, Objection> {
        let path = relative_path(text)?;
        let glob = is_pattern(path).then(|| glob(path)).transpose().map_err(|error| no_pattern(text, &error))?;
        Ok(Self { text: path.to_owned(), glob: glob.map(|glob| glob.compile_matcher()) })
    }

    /// The pattern as written, without a leading `./`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The path, when this is no pattern: it then names one file, which must be there.
    pub fn path(&self) -> Option<&str> {
        self.glob.is_none().then_some(self.text.as_str())
    }

    /// Whether `path`, relative to the configuration's folder, is meant.
    pub fn matches(&self, path: &Path) -> bool {
        self.glob.as_ref().map_or_else(|| Path::new(&self.text) == path, |glob| glob.is_match(path))
    }
}

/// Patterns of files and folders; a folder stands for all that is in it.
#[derive(Clone, Debug, Default)]
pub struct PathSet(GlobSet);

impl PathSet {
    /// Whether `path`, relative to the configuration's folder, or a folder above it is meant.
    pub fn matches(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }

    /// Whether nothing is meant.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn new(globs: impl IntoIterator<Item = Glob>) -> Result<Self, Objection> {
        set_of(globs).map(Self)
    }
}

/// The globs for `text` in a [`PathSet`]: the path itself and what is in it. Without a `/` before its end, `text` is
/// meant at any depth.
pub(super) fn exclusion(text: &str) -> Result<[Glob; 2], Objection> {
    let path = relative_path(text)?.trim_end_matches('/');
    let globs = |path: &str| [glob(path), glob(&format!("{path}/**"))];
    let is_anchored = text.trim_end_matches('/').contains('/');
    let [itself, within] = if is_anchored { globs(path) } else { globs(&format!("**/{path}")) };
    Ok([itself.map_err(|error| no_pattern(text, &error))?, within.map_err(|error| no_pattern(text, &error))?])
}

/// A set of globs, any of which may match.
pub(super) fn set_of(globs: impl IntoIterator<Item = Glob>) -> Result<GlobSet, Objection> {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(glob);
    }
    set.build().map_err(|error| Objection::new(format!("these patterns are too large together: {}", error.kind())))
}

/// `text` as a path inside the configuration's folder or beside it, without a leading `./`.
pub(super) fn relative_path(text: &str) -> Result<&str, Objection> {
    let text = checked(text)?;
    let absolute = text.starts_with('/') || text.get(1..2) == Some(":");
    if absolute {
        return Err(
            Objection::new(format!("`{text}` is absolute")).help("write it relative to the folder of this file")
        );
    }
    if text.contains('\\') {
        return Err(Objection::new(format!("`{text}` has a `\\`")).help("write `/` between folders"));
    }
    let path = text.trim_start_matches("./");
    if is_pattern(path) && path.split('/').any(|part| part == "..") {
        return Err(
            Objection::new(format!("the pattern `{text}` has a `..`")).help("name the file, or move this file up")
        );
    }
    Ok(if path.is_empty() { "." } else { path })
}

/// `text` when it can be a path, a pattern or a name at all.
pub(super) fn checked(text: &str) -> Result<&str, Objection> {
    if text.trim().is_empty() {
        return Err(Objection::new("this is empty"));
    }
    if text.len() > LONGEST {
        return Err(Objection::new(format!("this is longer than {LONGEST} bytes")));
    }
    if text.contains(char::is_control) {
        return Err(Objection::new("this has a control character"));
    }
    Ok(text)
}

fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '[', '{'])
}

fn glob(path: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(path).literal_separator(true).backslash_escape(false).build()
}

fn no_pattern(text: &str, error: &globset::Error) -> Objection {
    Objection::new(format!("`{text}` is no pattern: {}", error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> PathPattern {
        PathPattern::new(text).unwrap()
    }

    fn excluded(pattern: &str, path: &str) -> bool {
        PathSet::new(exclusion(pattern).unwrap()).unwrap().matches(Path::new(path))
    }

    #[test]
    fn a_pattern_matches_relative_paths() {
        let specs = pattern("./specs/**/*-integrated.md");
        assert_eq!((specs.text(), specs.path()), ("specs/**/*-integrated.md", None));
        assert!(specs.matches(Path::new("specs/a-integrated.md")));
        assert!(specs.matches(Path::new("specs/x/y/a-integrated.md")));
        assert!(!specs.matches(Path::new("specs/a.md")));
        assert!(!specs.matches(Path::new("docs/specs/a-integrated.md")));
        assert!(!pattern("specs/*.md").matches(Path::new("specs/x/a.md")), "a star stays in its folder");
        assert!(pattern("specs/{a,b}-[12].md").matches(Path::new("specs/b-2.md")));
    }

    #[test]
    fn a_plain_path_matches_itself() {
        let path = pattern("../sources/a.md");
        assert_eq!(path.path(), Some("../sources/a.md"));
        assert!(path.matches(Path::new("../sources/a.md")) && !path.matches(Path::new("sources/a.md")));
    }

    #[test]
    fn what_is_excluded() {
        assert!(excluded("drafts", "drafts/a.md") && excluded("drafts", "x/drafts/y/a.md"));
        assert!(excluded("drafts/", "x/drafts/a.md") && excluded("drafts", "drafts"));
        assert!(!excluded("drafts", "drafts.md"));
        assert!(excluded("./drafts", "drafts/a.md") && !excluded("./drafts", "x/drafts/a.md"));
        assert!(excluded("*.draft.md", "x/a.draft.md"));
        assert!(excluded("docs/old", "docs/old/a.md") && !excluded("docs/old", "x/docs/old/a.md"));
        assert!(excluded("docs/**", "docs/x/a.md") && !excluded("docs/*.md", "docs/x/a.md"));
        assert!(excluded("**", "a.md") && excluded("**", "x/a.md"));
    }

    #[test]
    fn paths_that_cannot_be() {
        for text in ["", "  ", "/etc/a.md", "C:/a.md", "specs\\a.md", "../*.md", "a\nb", &"a".repeat(501)] {
            assert!(relative_path(text).is_err(), "{text:?}");
        }
        assert!(PathPattern::new("specs/[a.md").is_err());
        assert!(PathPattern::new(&"{".repeat(500)).is_err());
    }
}
