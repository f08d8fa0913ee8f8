//! SQL files without a spec: the database rules on a folder of migrations.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Checker, Part, Request, guarded};
use crate::checks::{SqlFile, check_sql_files};
use crate::diagnostics::Problem;
use crate::languages::sql::SqlText;
use crate::spec::schema::{Schema, SchemaOptions, SessionScope};
use crate::text::SourceFile;
use crate::workspace::{MigrationFile, MigrationSet, migration_sets, read, shown, sql_files};

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
        let read = |file: &MigrationFile| {
            let name = shown(&file.path, &self.here);
            let text = read(&file.path, &name, self.config.max_file_size)?;
            Ok((Arc::new(text), file.is_judged))
        };
        let (files, problems): (Vec<_>, Vec<_>) =
            set.files.par_iter().map(read).collect::<Vec<_>>().into_iter().partition(Result::is_ok);
        let files: Vec<(Arc<SourceFile>, bool)> = files.into_iter().filter_map(Result::ok).collect();
        let mut problems: Vec<Problem> = problems.into_iter().filter_map(Result::err).collect();
        let name = files.first().map_or("", |(file, _)| file.path());
        let part = guarded(name, || Ok(Some(self.check_sql(&files))));
        match part {
            Ok(part) => (part.unwrap_or_default(), problems),
            Err(problem) => {
                problems.push(problem);
                (Part::default(), problems)
            }
        }
    }

    /// Checks SQL files, each with whether findings in it are reported.
    pub(super) fn check_sql(&self, files: &[(Arc<SourceFile>, bool)]) -> Part {
        let texts: Vec<SqlText> = files.par_iter().map(|(file, _)| SqlText::parse(file.text())).collect();
        let with_sql = files.iter().zip(&texts);
        let sql_files: Vec<SqlFile<'_>> =
            with_sql.map(|((file, is_judged), sql)| SqlFile { file, sql, is_judged: *is_judged }).collect();
        let (findings, suppressed) = check_sql_files(&sql_files, &self.config, &self.rules, &self.active);
        let files = files.iter().map(|(file, _)| Arc::clone(file)).collect();
        Part { findings, suppressed, files, ..Part::default() }
    }

    /// Names of the tables that the configured migrations leave behind. What cannot be read is passed over: the
    /// folder is checked, and complained about, by itself.
    pub(super) fn existing_tables(&self) -> &[String] {
        self.existing_tables.get_or_init(|| {
            let Some(folder) = &self.config.migrations else { return Vec::new() };
            let paths: Vec<PathBuf> = sql_files(&folder.value, &self.config, &self.here);
            let text = |path: &PathBuf| {
                let file = read(path, &shown(path, &self.here), self.config.max_file_size).ok()?;
                Some(SqlText::parse(file.text()))
            };
            let texts: Vec<SqlText> = paths.par_iter().filter_map(text).collect();
            let exposed_schemas = self.config.exposed_schemas.clone();
            let schema = Schema::fold(&texts, &SchemaOptions { exposed_schemas, session: SessionScope::PerText });
            schema.tables.into_iter().filter(|table| !table.temporary).map(|table| table.name).collect()
        })
    }
}
