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

/// `path` without `.` and with each `name/..` taken out, by its text alone.
pub fn normalised(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// `path`, an absolute one, relative to the folder `root` with `/`; links are followed only where it would lie outside
/// otherwise. A path that does lie outside stays absolute.
pub fn below(path: &Path, root: &Path) -> String {
    let plain = normalised(path);
    let real = || plain.canonicalize().ok()?.strip_prefix(root.canonicalize().ok()?).ok().map(Path::to_path_buf);
    match plain.strip_prefix(root).map(Path::to_path_buf).ok().or_else(real) {
        Some(inside) => shown(&inside, Path::new("")),
        None => shown(&plain, Path::new("")),
    }
}

/// The way from `folder` to `file` with `/`, both absolute. `None` where they have nothing in common.
pub fn way(file: &Path, folder: &Path) -> Option<String> {
    let (file, folder) = (normalised(file), normalised(folder));
    let shared = file.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = file.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
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

    #[test]
    fn ways_between_files() {
        let way = |file: &str, folder: &str| way(Path::new(file), Path::new(folder));
        assert_eq!(way("/r/a/source.md", "/r/a").as_deref(), Some("source.md"));
        assert_eq!(way("/r/source.md", "/r/a/b").as_deref(), Some("../../source.md"));
        assert_eq!(way("/r/x/../source.md", "/r").as_deref(), Some("source.md"));
    }

    #[test]
    fn paths_are_normalised_by_their_text() {
        for (path, plain) in [("/a/./b/../c", "/a/c"), ("../a/../../b", "../../b"), ("/..", "/.."), ("a/b/../..", "")] {
            assert_eq!(normalised(Path::new(path)), Path::new(plain), "{path}");
        }
        assert_eq!(below(Path::new("/r/x/../a.md"), Path::new("/r")), "a.md");
        assert_eq!(below(Path::new("/other/a.md"), Path::new("/r")), "/other/a.md");
    }
}
