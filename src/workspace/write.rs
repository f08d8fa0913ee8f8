use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::{replace, repository_root};
use crate::diagnostics::Problem;

/// Gives the file at `path` (absolute), which must still hold `before`, the text `after`, as [`replace`] does. A link is
/// followed inside of the repository or, where there is none, of the file's folder.
///
/// # Errors
/// A file outside, one that is write-protected or no plain file, one that changed since it was read, and all that the
/// system refuses. The file is then as it was. `shown` is what the problem calls it.
pub fn rewrite(path: &Path, shown: &str, before: &str, after: &str) -> Result<(), Problem> {
    let failed = |error: &io::Error| Problem::new(shown, format!("the file is not written: {error}"));
    let refused = |why: &str| failed(&io::Error::other(why));
    let metadata = fs::metadata(path).map_err(|error| failed(&error))?;
    if !metadata.is_file() {
        return Err(refused("this is no plain file"));
    }
    if metadata.permissions().readonly() {
        return Err(refused("it is write-protected"));
    }
    let folder = path.parent().unwrap_or(Path::new("/"));
    let root = repository_root(folder).unwrap_or_else(|| folder.to_path_buf());
    // What was checked is what is replaced: an edit saved in between must not be lost.
    if !holds(path, before).map_err(|error| failed(&error))? {
        return Err(refused("it changed while it was checked; run again"));
    }
    replace(path, after.as_bytes(), &root).map_err(|error| failed(&error))
}

/// Whether a file holds `text` and nothing else.
fn holds(path: &Path, text: &str) -> io::Result<bool> {
    let mut bytes = Vec::with_capacity(text.len());
    File::open(path)?.take(text.len() as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes == text.as_bytes())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_mode_stays_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        for wanted in [0o600, 0o644, 0o755] {
            let file = folder.path().join("a.md");
            fs::write(&file, "old").unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(wanted)).unwrap();
            rewrite(&file, "a.md", "old", "new").unwrap();
            assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("new", wanted));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_link_is_followed_inside_the_repository_only() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repository");
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::create_dir_all(root.join("specs")).unwrap();
        fs::write(root.join("real.md"), "old").unwrap();
        fs::write(folder.path().join("outside.md"), "old").unwrap();
        symlink("../real.md", root.join("specs/inside.md")).unwrap();
        symlink(folder.path().join("outside.md"), root.join("specs/outside.md")).unwrap();
        rewrite(&root.join("specs/inside.md"), "inside.md", "old", "new").unwrap();
        assert_eq!(fs::read_to_string(root.join("real.md")).unwrap(), "new");
        assert!(fs::symlink_metadata(root.join("specs/inside.md")).unwrap().is_symlink(), "the link stays");
        let refused = rewrite(&root.join("specs/outside.md"), "outside.md", "old", "new").unwrap_err();
        assert!(refused.message.contains("leads out of the repository"), "{refused}");
        assert_eq!(fs::read_to_string(folder.path().join("outside.md")).unwrap(), "old");
    }

    #[test]
    fn a_folder_that_leads_out_is_no_way_either() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repository");
        fs::create_dir_all(root.join(".git")).unwrap();
        fs::create_dir_all(folder.path().join("elsewhere")).unwrap();
        fs::write(folder.path().join("elsewhere/a.md"), "old").unwrap();
        symlink("../elsewhere", root.join("specs")).unwrap();
        rewrite(&root.join("specs/a.md"), "a.md", "old", "new").unwrap_err();
    }

    #[test]
    fn protected_and_changed_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "newer").unwrap();
        assert!(rewrite(&file, "a.md", "old", "new").unwrap_err().message.contains("changed"));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(rewrite(&file, "a.md", "newer", "new").unwrap_err().message.contains("write-protected"));
        assert_eq!(fs::read_to_string(&file).unwrap(), "newer");
    }
}
