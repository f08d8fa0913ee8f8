use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::GitError;
use super::command::{Git, failed, path_of};
use super::tree::{self, TreeFile};

/// What has changed since a commit.
#[derive(Clone, Debug)]
pub struct Changes<'g> {
    git: &'g Git,
    commit: String,
    /// The files of the commit.
    tree: Vec<TreeFile>,
    /// Changed files by their path now, with the path they had.
    changed: BTreeMap<PathBuf, Option<PathBuf>>,
    /// Files that the commit has and that git no longer knows.
    deleted: Vec<PathBuf>,
    /// Files that were renamed, by the path they had.
    renamed: BTreeMap<PathBuf, PathBuf>,
}

/// The lines of a file that a change touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// All: the file is new.
    All,
    /// These: 1-based ranges in order. Where lines were taken out, the lines before and behind count.
    Ranges(Vec<RangeInclusive<usize>>),
}

impl Lines {
    /// Whether a line from `first` to `last` was touched.
    pub fn touch(&self, first: usize, last: usize) -> bool {
        match self {
            Self::All => true,
            Self::Ranges(ranges) => {
                let next = ranges.partition_point(|range| *range.end() < first);
                ranges.get(next).is_some_and(|range| *range.start() <= last)
            }
        }
    }
}

impl<'g> Changes<'g> {
    /// Asks which files have changed.
    pub(super) fn read(git: &'g Git, commit: &str) -> Result<Self, GitError> {
        let names = ["diff", "--name-status", "-z", "--find-renames", "--ignore-submodules=all", "--no-relative"];
        let mut args: Vec<&str> = names.to_vec();
        args.extend(["--no-ext-diff", "--no-textconv", commit, "--"]);
        let output = git.run(&args)?;
        let (mut changed, mut deleted, mut renamed) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let mut fields = output.split(|&byte| byte == 0).filter(|field| !field.is_empty());
        while let Some(status) = fields.next() {
            let mut path =
                || fields.next().map(path_of).ok_or_else(|| failed(&args, "a name is missing in its output"));
            match status.first() {
                Some(b'A') => {
                    changed.insert(path()?, None);
                }
                Some(b'D') => deleted.push(path()?),
                Some(b'R' | b'C') => {
                    let (old, new) = (path()?, path()?);
                    renamed.insert(old.clone(), new.clone());
                    changed.insert(new, Some(old));
                }
                _ => {
                    let path = path()?;
                    changed.insert(path.clone(), Some(path));
                }
            }
        }
        let mut tree = tree::files(git, commit)?;
        tree.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { git, commit: commit.to_owned(), tree, changed, deleted, renamed })
    }

    /// The files of the commit.
    pub(super) fn tree(&self) -> &[TreeFile] {
        &self.tree
    }

    /// The path that a file of the commit has now, where it was renamed.
    pub(super) fn new_name(&self, path: &Path) -> Option<&Path> {
        self.renamed.get(path).map(PathBuf::as_path)
    }

    /// The touched lines of `path` (relative to the top of the working tree).
    ///
    /// # Errors
    /// git failed.
    pub fn lines(&self, path: &Path) -> Result<Lines, GitError> {
        let old = match self.changed.get(path) {
            Some(Some(old)) => old,
            None if self.has(path) => return Ok(Lines::Ranges(Vec::new())),
            // What neither the commit has nor git knows of now is new as a whole, whether git ignores it or not.
            Some(None) | None => return Ok(Lines::All),
        };
        let mut args: Vec<OsString> = ["diff", "--unified=0", "--inter-hunk-context=0", "--text", "--no-color"]
            .into_iter()
            .chain(["--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames", &self.commit, "--"])
            .map(OsString::from)
            .collect();
        args.extend([old.clone().into_os_string(), path.as_os_str().to_owned()]);
        Ok(Lines::Ranges(ranges(&self.git.run(&args)?)))
    }
}

impl Changes<'_> {
    fn has(&self, path: &Path) -> bool {
        self.tree.binary_search_by(|file| file.path.as_path().cmp(path)).is_ok()
            && !self.deleted.iter().any(|deleted| deleted == path)
    }
}

/// The ranges of lines that the hunks of a diff without context touch.
fn ranges(diff: &[u8]) -> Vec<RangeInclusive<usize>> {
    let mut ranges = Vec::new();
    let mut lines = diff.split(|&byte| byte == b'\n');
    while let Some(line) = lines.next() {
        let Some((removed, start, added)) = hunk(line) else { continue };
        ranges.push(if added == 0 { start.max(1)..=start.saturating_add(1) } else { start..=start + added - 1 });
        // The lines of a hunk may look like a hunk themselves.
        for _ in 0..removed.saturating_add(added) {
            // `\ No newline at end of file` is on no account.
            while lines.clone().next().is_some_and(|line| line.starts_with(b"\\")) {
                lines.next();
            }
            lines.next();
        }
    }
    ranges.sort_by_key(|range| *range.start());
    ranges
}

/// Reads `@@ -1,2 +3,4 @@`: how many lines are removed, where the added ones start and how many they are.
fn hunk(line: &[u8]) -> Option<(usize, usize, usize)> {
    let line = std::str::from_utf8(line.get(..line.len().min(80))?).ok().or_else(|| {
        // The text behind the second `@@` may be cut in the middle of a character.
        std::str::from_utf8(line.get(..line.iter().rposition(|&byte| byte == b'@')? + 1)?).ok()
    })?;
    let (old, rest) = line.strip_prefix("@@ -")?.split_once(" +")?;
    let (new, _) = rest.split_once(" @@")?;
    let parts = |text: &str| -> Option<(usize, usize)> {
        let (start, count) = text.split_once(',').unwrap_or((text, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let ((_, removed), (start, added)) = (parts(old)?, parts(new)?);
    Some((removed, start, added))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_read_and_their_lines_are_not() {
        let diff = "diff --git a/a b/a\nindex 1..2 100644\n--- a/a\n+++ b/a\n@@ -2 +2,2 @@ é\n-x\n+@@ -1,9 +50,9 @@\n+y\n@@ -9,2 +9,0 @@\n-a\n-b\n\\ No newline at end of file\n@@ -1,2 +0,0 @@\n-q\n-r\n";
        assert_eq!(ranges(diff.as_bytes()), [1..=1, 2..=3, 9..=10]);
        assert_eq!(ranges(b"Binary files differ\n@@ nothing\n"), []);
    }

    #[test]
    fn a_range_is_touched_where_it_overlaps() {
        let lines = Lines::Ranges(vec![2..=3, 9..=10]);
        let touched: Vec<usize> = (1..=12).filter(|&line| lines.touch(line, line)).collect();
        assert_eq!(touched, [2, 3, 9, 10]);
        assert!(lines.touch(1, 2) && lines.touch(4, 20) && !lines.touch(4, 8));
        assert!(Lines::All.touch(7, 7));
    }
}
