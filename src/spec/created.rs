use std::collections::{BTreeMap, BTreeSet};

use super::code::{Code, is_script_path};
use super::inventory::{buckets_in_grid, buckets_in_unit, grids, units};
use super::module::{Module, Modules, module_key, stem};
use super::names::PartKind;
use super::specification::Spec;
use super::tree;
use crate::languages::code::CodeKind;
use crate::languages::sql::facts::{AlterTableAction, StatementKind};
use crate::languages::typescript::{Confidence, ExportKind};
use crate::text::Span;

/// What an integrated spec brings in, apart from its schema: files with their exports, buckets, columns of tables that
/// it finds and widens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Created {
    /// Modules with what they export.
    pub modules: Modules,
    /// Storage buckets that prose and code make; those of the SQL are in the schema.
    pub buckets: BTreeSet<String>,
    /// Tables that `ALTER TABLE` widens, with the columns that it adds.
    pub altered: BTreeMap<String, BTreeSet<String>>,
    /// Functions that the code declares `async`.
    pub async_functions: BTreeSet<String>,
    /// File names, without extension, that a tree of files shows.
    file_names: BTreeSet<String>,
}

impl Created {
    pub(super) fn read(spec: &Spec<'_>) -> Self {
        let mut created = Self::default();
        for code in &spec.code {
            if code.is_script() {
                created.script(code);
            } else if code.kind == CodeKind::Sql {
                created.altered_tables(code);
            } else if code.kind == CodeKind::Prose {
                created.tree(&code.text.text);
            }
        }
        created.prose(spec);
        created
    }

    /// Whether a tree of files shows a file of the module's name.
    pub fn shows_file(&self, key: &str) -> bool {
        self.file_names.contains(stem(key))
    }

    fn script(&mut self, code: &Code<'_>) {
        let facts = code.facts();
        for (part, path) in code.parts() {
            let Some(key) = path.and_then(module_key) else { continue };
            let module = self.modules.entry(key).or_insert_with(|| Module { complete: true, ..Module::default() });
            module.complete &= facts.confidence > Confidence::Scanned && !facts.has_gap(part);
        }
        for export in &facts.exports {
            let key = code.path_at(export.span.start).and_then(module_key);
            let Some(module) = key.and_then(|key| self.modules.get_mut(&key)) else { continue };
            module.complete &= export.kind != ExportKind::ReExport || export.name.text != "*";
            module.symbols.insert(export.name.text.clone());
        }
        let functions = facts.functions.iter().filter(|function| function.is_async);
        self.async_functions.extend(functions.filter_map(|function| Some(function.name.as_ref()?.text.clone())));
        let made = facts.calls.iter().filter_map(|call| call.method("createBucket")?.argument(0));
        self.buckets.extend(made.filter_map(|value| facts.resolve(value).as_str().map(str::to_owned)));
    }

    fn altered_tables(&mut self, code: &Code<'_>) {
        for statement in &code.sql().statements {
            let StatementKind::AlterTable(alter) = &statement.kind else { continue };
            let columns = self.altered.entry(alter.name.name.value.clone()).or_default();
            for action in &alter.actions {
                match action {
                    AlterTableAction::AddColumn { column, .. } => columns.insert(column.name.value.clone()),
                    AlterTableAction::RenameColumn { to, .. } => columns.insert(to.value.clone()),
                    _ => false,
                };
            }
        }
    }

    /// A tree of files names them with or without their folders.
    fn tree(&mut self, text: &str) {
        for file in tree::files(text) {
            let key = module_key(&file.path);
            self.file_names.extend(key.as_deref().map(|key| stem(key).to_owned()));
            if let Some(key) = key.filter(|key| key.contains('/')) {
                self.modules.entry(key).or_default();
            }
        }
    }

    /// Files and buckets that the prose names. What stands under dependencies is the codebase's, not the spec's.
    fn prose(&mut self, spec: &Spec<'_>) {
        let parts = spec.sections.iter().flat_map(|section| &section.parts);
        let dependencies: Vec<Span> =
            parts.filter(|part| part.kind == PartKind::Dependencies).map(|part| part.content).collect();
        for unit in units(spec.document) {
            self.buckets.extend(buckets_in_unit(&unit));
            let behind = dependencies.partition_point(|part| part.start <= unit.start);
            let part = behind.checked_sub(1).and_then(|index| dependencies.get(index));
            // A document without a heading above its features has them below its dependencies.
            let is_dependency = part.is_some_and(|part| part.contains(unit.start));
            if is_dependency && spec.feature_at(unit.start).is_none() {
                continue;
            }
            let paths = unit.codes().filter(|code| code.contains('/') && is_script_path(code));
            for key in paths.filter_map(module_key) {
                // A file that is only named may export anything, unless its code is shown as well.
                self.modules.entry(key).or_default();
            }
        }
        self.buckets.extend(grids(spec.document).flat_map(|grid| buckets_in_grid(&grid)));
    }
}
