use std::path::{Path, PathBuf};

use super::walk::walk;
use super::{is_sql, shown};
use crate::config::Config;
use crate::diagnostics::Problem;

/// A Markdown file that may be an integrated spec.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was named itself, or only lies below a folder: a named file must be a spec.
    pub is_named: bool,
}

/// The Markdown files among and below `paths`, sorted, without what the configuration excludes and git ignores.
///
/// SQL files are left to [`migration_sets`](super::migration_sets). A path that does not exist and a folder that cannot be read are problems; `here` is the working directory.
pub fn discover(paths: &[PathBuf], config: &Config, here: &Path) -> (Vec<Candidate>, Vec<Problem>) {
    let mut candidates = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if path.is_dir() {
            collect(path, config, here, &mut candidates, &mut problems);
        } else if is_sql(path) && path.exists() {
            // Checked without a spec; see `migration_sets`.
        } else if path.exists() {
            candidates.push(Candidate { path: path.clone(), is_named: true });
        } else {
            problems.push(Problem::new(shown(path, here), "there is no such file or folder"));
        }
    }
    // A file that is both named and found counts as named.
    candidates.sort_by(|a, b| (&a.path, !a.is_named).cmp(&(&b.path, !b.is_named)));
    candidates.dedup_by(|later, earlier| later.path == earlier.path);
    (candidates, problems)
}

fn collect(folder: &Path, config: &Config, here: &Path, candidates: &mut Vec<Candidate>, problems: &mut Vec<Problem>) {
    for entry in walk(folder, config, here).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_markdown(entry.path()) => {
                let path = entry.into_path();
                let path = path.strip_prefix("./").map(Path::to_path_buf).unwrap_or(path);
                candidates.push(Candidate { path, is_named: false });
            }
            Ok(_) => {}
            Err(error) => {
                problems.push(Problem::new(shown(folder, here), format!("the folder cannot be read: {error}")));
            }
        }
    }
}

fn is_markdown(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown"))
}
