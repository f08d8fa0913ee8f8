use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

use super::normalised;

/// Makes `bytes` the content of the file at `path`, at once: nobody sees half of it, and a failure leaves the old one.
///
/// An existing file keeps its mode; one that has these bytes already is not touched. A link is followed only where it
/// stays in the folder `root` (absolute): a repository may be a stranger's, and must not decide what is written outside of
/// it.
///
/// # Errors
/// What the system says, and a link that leads out of `root`.
pub fn replace(path: &Path, bytes: &[u8], root: &Path) -> io::Result<()> {
    let path = target(path, root)?;
    let old = match fs::metadata(&path) {
        Ok(metadata) if !metadata.is_file() => return Err(io::Error::other("there is something else than a file")),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if old.is_some() && fs::read(&path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".speclint-").suffix(".tmp");
    let permissions = old.map(|metadata| metadata.permissions());
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Where the bytes go, links followed.
fn target(path: &Path, root: &Path) -> io::Result<PathBuf> {
    let plain = normalised(path);
    let folder = plain.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = plain.file_name().ok_or_else(|| io::Error::other("this names no file"))?;
    let is_link = fs::symlink_metadata(&plain).is_ok_and(|metadata| metadata.is_symlink());
    let real = if is_link { plain.canonicalize()? } else { folder.canonicalize()?.join(name) };
    // A file outside of the repository was named outright; its folder is the user's business, a link is not.
    let is_bound = is_link || plain.starts_with(root) || plain.is_relative();
    if is_bound && !real.starts_with(root.canonicalize()?) {
        return Err(io::Error::other("a symbolic link leads out of the repository"));
    }
    Ok(real)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_file_is_replaced_with_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        replace(&path, b"one", folder.path()).unwrap();
        assert_ne!(fs::metadata(&path).unwrap().permissions().mode() & 0o044, 0, "others may read a new file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"two", folder.path()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_link_is_followed_inside_the_repository_only() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repository");
        fs::create_dir_all(root.join("in")).unwrap();
        fs::create_dir(folder.path().join("out")).unwrap();
        for file in ["repository/in/a", "out/a"] {
            fs::write(folder.path().join(file), "old").unwrap();
        }
        symlink("in/a", root.join("inner")).unwrap();
        symlink("../out/a", root.join("outer")).unwrap();
        symlink("../out", root.join("folder")).unwrap();
        symlink("../out/nothing", root.join("dangling")).unwrap();
        replace(&root.join("inner"), b"new", &root).unwrap();
        assert_eq!(fs::read(root.join("in/a")).unwrap(), b"new");
        assert!(fs::symlink_metadata(root.join("inner")).unwrap().is_symlink());
        for path in ["outer", "folder/a", "folder/b", "dangling"] {
            assert!(replace(&root.join(path), b"new", &root).is_err(), "{path}");
        }
        assert_eq!(fs::read(folder.path().join("out/a")).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 1);
        replace(&folder.path().join("out/b"), b"new", &root).unwrap();
    }
}
