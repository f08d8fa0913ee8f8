use std::io::ErrorKind;
use std::path::{self, Path, PathBuf};

use super::ConfigError;

/// Names of a configuration file.
pub const FILE_NAMES: [&str; 2] = ["speclint.toml", ".speclint.toml"];

/// The configuration file of `start`: the nearest one in its folder or a folder above.
///
/// `start` is a folder, or a file whose folder is looked at first; it need not exist. The search ends at the repository
/// root, which is `root`, or else the first folder with a `.git` in it. The path found is absolute.
///
/// # Errors
/// When a place cannot be looked at, and when a folder has both names.
pub fn find(start: &Path, root: Option<&Path>) -> Result<Option<PathBuf>, ConfigError> {
    let absolute = |path: &Path| path::absolute(path).map_err(|cause| ConfigError::unreadable(path, cause));
    let start = absolute(start)?;
    let root = root.map(absolute).transpose()?;
    for folder in start.ancestors() {
        let [plain, hidden] = FILE_NAMES.map(|name| folder.join(name));
        match (is_there(&plain)?, is_there(&hidden)?) {
            (true, true) => return Err(ConfigError::Ambiguous { folder: folder.to_owned() }),
            (true, false) => return Ok(Some(plain)),
            (false, true) => return Ok(Some(hidden)),
            (false, false) => {}
        }
        if root.as_deref() == Some(folder) || is_there(&folder.join(".git"))? {
            break;
        }
    }
    Ok(None)
}

/// Whether something stands at `path`; a link that leads nowhere counts.
fn is_there(path: &Path) -> Result<bool, ConfigError> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(cause) => Err(ConfigError::unreadable(path, cause)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn tree(files: &[&str]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    fn found(tree: &TempDir, start: &str, root: Option<&str>) -> Option<String> {
        let root = root.map(|root| tree.path().join(root));
        let path = find(&tree.path().join(start), root.as_deref()).unwrap()?;
        Some(path.strip_prefix(tree.path()).unwrap().to_str().unwrap().replace('\\', "/"))
    }

    #[test]
    fn the_nearest_file_counts() {
        let tree = tree(&["repo/.git/HEAD", "repo/speclint.toml", "repo/specs/.speclint.toml", "repo/specs/a/b.md"]);
        assert_eq!(found(&tree, "repo/specs/a/b.md", None).as_deref(), Some("repo/specs/.speclint.toml"));
        assert_eq!(found(&tree, "repo/specs/a", None).as_deref(), Some("repo/specs/.speclint.toml"));
        assert_eq!(found(&tree, "repo/docs/not-there.md", None).as_deref(), Some("repo/speclint.toml"));
    }

    #[test]
    fn the_search_stops_at_the_repository_root() {
        // In a worktree `.git` is a file.
        let tree = tree(&["speclint.toml", "repo/.git", "repo/specs/b.md", "plain/specs/b.md"]);
        assert_eq!(found(&tree, "repo/specs/b.md", None), None);
        assert_eq!(found(&tree, "plain/specs/b.md", Some("plain")), None);
        assert_eq!(found(&tree, "plain/specs/b.md", None).as_deref(), Some("speclint.toml"));
    }

    #[test]
    fn two_names_in_one_folder_are_an_error() {
        let tree = tree(&["speclint.toml", ".speclint.toml"]);
        let error = find(tree.path(), None).unwrap_err();
        assert!(error.to_string().ends_with("has both `speclint.toml` and `.speclint.toml`; keep one"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let tree = tree(&["repo/.git"]);
        std::os::unix::fs::symlink("nowhere", tree.path().join("repo/speclint.toml")).unwrap();
        assert_eq!(found(&tree, "repo", None).as_deref(), Some("repo/speclint.toml"));
    }
}
