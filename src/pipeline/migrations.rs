//! SQL files without a spec: the database rules on a folder of migrations.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Checker, Part, Request, guarded};
use crate::checks::{SqlFile, check_sql_files};
use crate::diagnostics::Problem;
use crate::languages::sql::SqlText;
use crate::spec::Migration;
use crate::text::SourceFile;
use crate::workspace::{MigrationFile, MigrationSet, migration_sets, read, shown, sql_files};

/// A file of the configured migrations folder.
#[derive(Debug)]
pub(super) struct Existing {
    path: PathBuf,
    migration: Result<Arc<Migration>, Problem>,
}

impl Checker {
    /// The sets of migrations that `request` asks for.
    pub(super) fn migrations(&self, request: &Request) -> (Vec<MigrationSet>, Vec<Problem>) {
        if request.spec.is_some() || request.stdin.is_some() {
            return (Vec::new(), Vec::new());
        }
        migration_sets(&request.paths, &self.config, &self.here)
    }

    /// Checks the files of a set. One that cannot be read is a problem and does not keep the others from being checked.
    pub(super) fn check_migrations(&self, set: &MigrationSet) -> (Part, Vec<Problem>) {
        let known: BTreeMap<&Path, &Existing> =
            self.existing().iter().map(|existing| (existing.path.as_path(), existing)).collect();
        let read = |file: &MigrationFile| {
            let known = known.get(self.here.join(&file.path).as_path());
            let migration =
                known.map_or_else(|| self.read_existing(&file.path).migration, |known| known.migration.clone());
            Ok((migration?, file.is_judged))
        };
        let (files, problems): (Vec<_>, Vec<_>) =
            set.files.par_iter().map(read).collect::<Vec<_>>().into_iter().partition(Result::is_ok);
        let files: Vec<(Arc<Migration>, bool)> = files.into_iter().filter_map(Result::ok).collect();
        let mut problems: Vec<Problem> = problems.into_iter().filter_map(Result::err).collect();
        let name = files.first().map_or("", |(migration, _)| migration.file.path());
        match guarded(name, || Ok(self.check_parsed(&files))) {
            Ok(part) => (part, problems),
            Err(problem) => {
                problems.push(problem);
                (Part::default(), problems)
            }
        }
    }

    /// Checks SQL files that were read already, each with whether findings in it are reported.
    pub(super) fn check_sql(&self, files: &[(Arc<SourceFile>, bool)]) -> Part {
        let parsed = files.par_iter().map(|(file, is_judged)| {
            let sql = SqlText::parse(file.text());
            (Arc::new(Migration { file: Arc::clone(file), sql }), *is_judged)
        });
        self.check_parsed(&parsed.collect::<Vec<_>>())
    }

    fn check_parsed(&self, files: &[(Arc<Migration>, bool)]) -> Part {
        let sql_files = files.iter().map(|(migration, is_judged)| {
            let Migration { file, sql } = migration.as_ref();
            SqlFile { file, sql, is_judged: *is_judged }
        });
        let sql_files: Vec<SqlFile<'_>> = sql_files.collect();
        let (findings, suppressed) = check_sql_files(&sql_files, &self.config, &self.rules, &self.active);
        let files = files.iter().map(|(migration, _)| Arc::clone(&migration.file)).collect();
        Part { findings, suppressed, files, ..Part::default() }
    }

    /// The files of the configured migrations folder, read and parsed once: specs build on them, and they are checked
    /// themselves.
    pub(super) fn existing(&self) -> &[Existing] {
        // No work for the thread pool in here: a thread that waits for its part of it may take up a spec, ask for the
        // migrations again and wait for itself.
        self.existing.get_or_init(|| self.existing_files().iter().map(|path| self.read_existing(path)).collect())
    }

    /// Reads the configured migrations on all threads, before anything asks for them.
    pub(super) fn prepare_existing(&self) {
        if self.existing.get().is_none() {
            let files = self.existing_files().par_iter().map(|path| self.read_existing(path)).collect();
            // Whoever was faster has read the same.
            let _ = self.existing.set(files);
        }
    }

    fn existing_files(&self) -> Vec<PathBuf> {
        let folder = self.config.migrations.as_ref();
        folder.map_or_else(Vec::new, |folder| sql_files(&folder.value, &self.config, &self.here))
    }

    fn read_existing(&self, path: &Path) -> Existing {
        let name = shown(path, &self.here);
        let migration = guarded(&name, || {
            let file = read(path, &name, self.config.max_file_size)?;
            let sql = SqlText::parse(file.text());
            Ok(Arc::new(Migration { file: Arc::new(file), sql }))
        });
        Existing { path: self.here.join(path), migration }
    }

    /// The configured migrations that specs build on. What cannot be read is passed over: the folder is checked, and
    /// complained about, by itself.
    pub(super) fn scene(&self) -> Vec<Arc<Migration>> {
        self.existing().iter().filter_map(|file| file.migration.as_ref().ok().map(Arc::clone)).collect()
    }
}
