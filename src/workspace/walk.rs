use std::ffi::OsStr;
use std::path::Path;

use ignore::WalkBuilder;

use crate::config::Config;

/// A walk through `folder`, by name, without what the configuration excludes and git ignores. `here` is the working
/// directory.
pub(super) fn walk(folder: &Path, config: &Config, here: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(folder);
    // The same files whatever the machine: no global excludes, and git's rules also outside a checkout.
    walk.git_global(false).require_git(false).follow_links(false).sort_by_file_name(OsStr::cmp);
    if !config.exclude.is_empty() {
        let (base, excluded, here) = (config.folder.clone(), config.exclude.clone(), here.to_path_buf());
        walk.filter_entry(move |entry| {
            let absolute = here.join(entry.path());
            let relative = absolute.strip_prefix(&base).unwrap_or(&absolute);
            entry.depth() == 0 || !excluded.matches(relative)
        });
    }
    walk
}
