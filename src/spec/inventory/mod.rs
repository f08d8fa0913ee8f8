//! What an inventory says that the codebase has. Found leniently: inventories are written for people.

mod buckets;
mod clients;
mod modules;
mod routes;
mod tables;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use self::buckets::{in_grid as buckets_in_grid, in_unit as buckets_in_unit};
pub use self::routes::Route;
pub(super) use self::unit::{grids, units};
use super::code::Code;
use super::module::{Modules, kebab_case, stem};
use crate::languages::code::CodeKind;
use crate::markdown::Document;

/// What the codebase has, as far as the inventory says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// Modules with the names that they export.
    pub modules: Modules,
    /// Components that are listed by name, as their files are called: `dropdown-menu`.
    pub components: BTreeSet<String>,
    /// Tables by name.
    pub tables: BTreeMap<String, InventoryTable>,
    /// Storage buckets.
    pub buckets: BTreeSet<String>,
    /// Routes of the API.
    pub routes: Vec<Route>,
    /// Packages that are listed.
    pub packages: BTreeSet<String>,
    /// Functions that give a promise of a Supabase client.
    pub async_clients: BTreeSet<String>,
    /// Whether the list of components names some of several.
    has_more_components: bool,
}

/// A table that exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InventoryTable {
    /// Columns that are listed.
    pub columns: BTreeSet<String>,
    /// Whether `columns` are all of them.
    pub complete: bool,
}

/// The folder of the UI components, as a module's key starts.
const UI_FOLDER: &str = "components/ui/";

impl Inventory {
    /// Reads an inventory. What is not recognised is left out; it never fails.
    pub fn read(document: &Document<'_>) -> Self {
        let code = super::code::find(document);
        let scripts: Vec<&Code<'_>> = code.iter().filter(|code| code.kind == CodeKind::Script).collect();
        let mut inventory = Self {
            async_clients: clients::read(document, &scripts),
            routes: routes::read(document),
            ..Self::default()
        };
        inventory.read_modules(document, &code);
        inventory.read_tables(document, &code);
        inventory.buckets = buckets::read(document);
        for unit in units(document).filter(|unit| !unit.is_planned()) {
            let is_denied = ["not ", "never ", "avoid ", "no ", "don't"].iter().any(|word| unit.plain().contains(word));
            if !is_denied {
                inventory.packages.extend(unit.codes().map(str::to_owned));
            }
        }
        inventory
    }

    /// Whether a module of the UI folder exists: it is listed, or a component of that name is. `None` where the
    /// inventory does not say what components there are, or not all of them.
    pub fn has_ui_module(&self, key: &str) -> Option<bool> {
        if self.components.contains(&kebab_case(stem(key))) || self.modules.contains_key(key) {
            return Some(true);
        }
        let is_listed = !self.components.is_empty()
            || self.modules.range(UI_FOLDER.to_owned()..).next().is_some_and(|(key, _)| is_ui(key));
        (is_listed && !self.has_more_components).then_some(false)
    }
}

/// Whether the key is that of a module in the folder of the UI components.
pub fn is_ui(key: &str) -> bool {
    key.starts_with(UI_FOLDER)
}

#[cfg(test)]
mod tests;
