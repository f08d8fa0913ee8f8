use std::path::{Path, PathBuf};

use super::shown;
use super::walk::walk;
use crate::config::Config;
use crate::diagnostics::Problem;

/// SQL files that one database runs, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MigrationSet {
    /// The files in the order of their names.
    pub files: Vec<MigrationFile>,
}

/// A SQL file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationFile {
    /// Where it is.
    pub path: PathBuf,
    /// Whether findings in it are reported, or it is only run because others build on it.
    pub is_judged: bool,
}

/// The SQL files that `paths` ask for. A named file is taken, and so is every SQL file right in a named folder of
/// migrations: one called `migrations`, or one without Markdown. The configured folder counts where it is one of the paths or
/// lies below one, and where there are no paths.
///
/// Files that are named themselves make one set. Where the configured folder holds one of them, its other files are
/// run too: what a migration creates another one may secure.
pub fn migration_sets(paths: &[PathBuf], config: &Config, here: &Path) -> (Vec<MigrationSet>, Vec<Problem>) {
    let configured = config.migrations.as_ref().map(|folder| folder.value.as_path());
    let (mut sets, mut problems) = (Vec::new(), Vec::new());
    let mut named: Vec<MigrationFile> = Vec::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let below = configured.filter(|folder| is_below(folder, path, here)).map(Path::to_path_buf);
            let own = Some(path.clone()).filter(|path| holds_migrations(path, config, here));
            folders.extend(below.into_iter().chain(own));
        } else if is_sql(path) && path.exists() {
            named.push(MigrationFile { path: path.clone(), is_judged: true });
        }
    }
    if let Some(folder) = configured.filter(|_| paths.is_empty()) {
        if !folder.is_dir() {
            let message = "`migrations` in the configuration names this folder, and it is not there";
            problems.push(Problem::new(shown(folder, here), message));
        }
        folders.push(folder.to_path_buf());
    }
    if let Some(folder) = configured.filter(|folder| named.iter().any(|file| is_right_in(&file.path, folder, here))) {
        let others = sql_files(folder, config, here).into_iter();
        let others = others.filter(|other| !named.iter().any(|file| here.join(&file.path) == here.join(other)));
        let others: Vec<PathBuf> = others.collect();
        named.extend(others.into_iter().map(|path| MigrationFile { path, is_judged: false }));
    }
    named.sort_by(|a, b| (a.path.file_name(), &a.path).cmp(&(b.path.file_name(), &b.path)));
    named.dedup();
    folders.sort_by_key(|folder| here.join(folder));
    folders.dedup_by_key(|folder| here.join(&*folder));
    sets.push(MigrationSet { files: named });
    for folder in folders {
        let files = sql_files(&folder, config, here).into_iter();
        sets.push(MigrationSet { files: files.map(|path| MigrationFile { path, is_judged: true }).collect() });
    }
    sets.retain(|set| !set.files.is_empty());
    (sets, problems)
}

/// Whether a file is SQL, by its name.
pub fn is_sql(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}

/// The SQL files right in a folder, in the order of their names, without ways back (`….down.sql`) and what the
/// configuration excludes and git ignores.
pub fn sql_files(folder: &Path, config: &Config, here: &Path) -> Vec<PathBuf> {
    // Tools that keep the way back in a file of its own call it `….down.sql`.
    let is_way_back = |path: &Path| path.to_string_lossy().to_lowercase().ends_with(".down.sql");
    files_right_in(folder, config, here).into_iter().filter(|path| is_sql(path) && !is_way_back(path)).collect()
}

fn files_right_in(folder: &Path, config: &Config, here: &Path) -> Vec<PathBuf> {
    let entries = walk(folder, config, here).max_depth(Some(1)).build().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files.map(ignore::DirEntry::into_path).collect()
}

/// A folder with Markdown holds documents, unless its name says otherwise: SQL beside them may be a dump or a sketch.
fn holds_migrations(folder: &Path, config: &Config, here: &Path) -> bool {
    let name = here.join(folder).file_name().map(|name| name.to_string_lossy().to_lowercase());
    if name.as_deref() == Some("migrations") {
        return true;
    }
    let files = files_right_in(folder, config, here);
    let is_markdown = |path: &PathBuf| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    files.iter().any(|path| is_sql(path)) && !files.iter().any(is_markdown)
}

fn is_below(folder: &Path, path: &Path, here: &Path) -> bool {
    let real = |path: &Path| here.join(path).canonicalize().ok();
    real(folder).zip(real(path)).is_some_and(|(folder, path)| folder.starts_with(path))
}

fn is_right_in(file: &Path, folder: &Path, here: &Path) -> bool {
    let real = |path: &Path| here.join(path).canonicalize().ok();
    real(file).zip(real(folder)).is_some_and(|(file, folder)| file.parent() == Some(folder.as_path()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::{Draft, KnownRules, Overrides};

    fn config(here: &Path, text: &str) -> Config {
        let path = here.join("speclint.toml");
        fs::write(&path, text).unwrap();
        let rules: KnownRules<'_> = std::iter::empty::<(&str, &str)>().collect();
        Draft::read(&path, "speclint.toml").unwrap().resolve(&rules, &Overrides::default()).unwrap()
    }

    fn sets(here: &Path, text: &str, paths: &[&str]) -> Vec<Vec<(String, bool)>> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| here.join(path)).collect();
        let (sets, problems) = migration_sets(&paths, &config(here, text), here);
        assert!(problems.is_empty(), "{problems:?}");
        let name = |file: &MigrationFile| (shown(&file.path, here), file.is_judged);
        sets.iter().map(|set| set.files.iter().map(name).collect()).collect()
    }

    #[test]
    fn files_and_folders_are_taken_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        fs::create_dir_all(here.join("db/migrations")).unwrap();
        fs::create_dir_all(here.join("docs")).unwrap();
        let files =
            ["db/migrations/2_b.sql", "db/migrations/1_a.sql", "db/migrations/README.md", "docs/0.sql", "docs/a.md"];
        for file in files {
            fs::write(here.join(file), "x").unwrap();
        }
        let both = |judged: bool| {
            vec![("db/migrations/1_a.sql".to_owned(), true), ("db/migrations/2_b.sql".to_owned(), judged)]
        };
        assert_eq!(sets(here, "", &["db/migrations"]), [both(true)]);
        assert_eq!(sets(here, "", &["db/migrations/2_b.sql", "docs/0.sql", "db/migrations/1_a.sql"])[0].len(), 3);
        assert_eq!(sets(here, "", &["docs"]), Vec::<Vec<_>>::new(), "a folder of documents");
        assert_eq!(sets(here, "", &["."]), Vec::<Vec<_>>::new(), "no folder was named");
        let configured = "migrations = 'db/migrations'";
        assert_eq!(sets(here, configured, &[]), [both(true)]);
        assert_eq!(sets(here, configured, &["."]), [both(true)]);
        assert_eq!(sets(here, configured, &["docs"]), Vec::<Vec<_>>::new());
        assert_eq!(sets(here, configured, &["db/migrations/1_a.sql"]), [both(false)]);
    }

    #[test]
    fn a_configured_folder_that_is_not_there_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let (sets, problems) = migration_sets(&[], &config(folder.path(), "migrations = 'db'"), folder.path());
        assert!(sets.is_empty());
        assert_eq!(problems.len(), 1);
    }
}
