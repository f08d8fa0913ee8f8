use std::path::{Component, Path, PathBuf};

/// `path` as findings show it: relative to the working directory `here` where it lies below it, with `/`.
pub fn shown(path: &Path, here: &Path) -> String {
    let relative = path.strip_prefix(here).unwrap_or(path);
    let parts = relative.components().filter(|part| *part != Component::CurDir);
    let mut text = String::new();
    for part in parts {
        match part {
            Component::RootDir => text.push('/'),
            part => {
                if !text.is_empty() && !text.ends_with('/') {
                    text.push('/');
                }
                text.push_str(&part.as_os_str().to_string_lossy());
            }
        }
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// The folder with `.git` in or above `start` (an absolute path), if there is one.
pub fn repository_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_relative_with_slashes() {
        let here = Path::new("/a/b");
        assert_eq!(shown(Path::new("/a/b/c/d.md"), here), "c/d.md");
        assert_eq!(shown(Path::new("./c/./d.md"), here), "c/d.md");
        assert_eq!(shown(Path::new("/x/d.md"), here), "/x/d.md");
        assert_eq!(shown(Path::new("../d.md"), here), "../d.md");
        assert_eq!(shown(here, here), ".");
    }
}
