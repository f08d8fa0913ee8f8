use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{read, shown};
use crate::checks::page::Page;
use crate::diagnostics::Problem;

/// Largest rule page, in bytes.
const LARGEST_PAGE: u64 = 1 << 20;

/// The rule pages in the folders `checks` of a project: every `.md` file, sorted by path. A page's id is its file's
/// name; its group is the name of the folder below the given one, or `stack`.
///
/// # Errors
/// Every folder that is not there and every page that cannot be used, each with the reason.
pub fn own_pages(checks: &[PathBuf], here: &Path) -> Result<Vec<Page>, Vec<Problem>> {
    let mut pages = Vec::new();
    let mut problems = Vec::new();
    for folder in checks {
        if !folder.is_dir() {
            problems.push(Problem::new(shown(folder, here), "`checks` names this folder, and it is not there"));
            continue;
        }
        let files =
            WalkBuilder::new(folder).git_global(false).sort_by_file_path(Ord::cmp).build().filter_map(Result::ok);
        for entry in files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md")) {
            match read_page(entry.path(), folder, here) {
                Ok(page) => pages.push(page),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() { Ok(pages) } else { Err(problems) }
}

fn read_page(path: &Path, folder: &Path, here: &Path) -> Result<Page, Problem> {
    let name = shown(path, here);
    let file = read(path, &name, LARGEST_PAGE)?;
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_id {
        return Err(Problem::new(name, "a rule's id has lower-case letters, digits and hyphens only"));
    }
    let inner = path.parent().and_then(|parent| parent.strip_prefix(folder).ok());
    let group = inner.and_then(|inner| inner.components().next()).map(|part| part.as_os_str().to_string_lossy());
    let text = file.text().replace("\r\n", "\n");
    Page::read(&id, group.as_deref().unwrap_or("stack"), text).map_err(|error| Problem::new(name, error.to_string()))
}
