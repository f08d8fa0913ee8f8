use std::collections::BTreeMap;

use super::unit::{Cell, Grid, Unit, grids, units};
use super::{Inventory, routes};
use crate::languages::code::CodeKind;
use crate::languages::typescript::ImportKind;
use crate::markdown::{Document, InlineKind};
use crate::spec::code::{Code, is_script_path};
use crate::spec::module::{Module, kebab_case, module_key};
use crate::spec::tree;

/// Words that say that a list is not all there is.
pub(super) const OPEN_ENDED: [&str; 8] =
    ["e.g.", "such as", "etc", "…", "...", "and more", "among other", "for example"];

impl Inventory {
    /// Modules, their symbols, and components: from lines, tables and the imports of the inventory's own code.
    pub(super) fn read_modules(&mut self, document: &Document<'_>, code: &[Code<'_>]) {
        self.read_trees(code);
        let mut reader = Reader { inventory: self, of_prose: BTreeMap::new(), of_heading: None };
        for unit in units(document) {
            reader.unit(&unit);
        }
        for grid in grids(document) {
            self.read_grid(&grid);
        }
        let scripts = || code.iter().filter(|code| code.kind == CodeKind::Script);
        for script in scripts() {
            self.read_exports(document, script);
        }
        for import in scripts().flat_map(|code| &code.facts().imports) {
            let is_alias = import.module.text.starts_with("@/") && import.kind != ImportKind::ReExport;
            let Some(key) = module_key(&import.module.text).filter(|_| is_alias) else { continue };
            let symbols = import.names.iter().map(|name| name.imported.text.clone());
            self.modules.entry(key).or_default().symbols.extend(symbols);
        }
    }

    /// Files that a tree of folders shows; what they export is not known.
    fn read_trees(&mut self, code: &[Code<'_>]) {
        let trees = code.iter().filter(|code| code.kind == CodeKind::Prose);
        for file in trees.flat_map(|code| tree::files(&code.text.text)) {
            self.routes.extend(routes::of_file(&file.path, file.remark));
            self.modules.extend(module_key(&file.path).map(|key| (key, Module::default())));
        }
    }

    /// Code below a heading that names a file shows what that file exports, if not all of it.
    fn read_exports(&mut self, document: &Document<'_>, code: &Code<'_>) {
        let heading = document.heading_before(code.fence.span.start).map_or("", |heading| document.slice(heading.text));
        let mut words = heading.split(|c: char| c.is_whitespace() || "`,()".contains(c));
        let Some(key) = words.find_map(path_of) else { return };
        let names = code.facts().exports.iter().map(|export| export.name.text.clone());
        self.modules.entry(key).or_default().symbols.extend(names);
    }

    /// A table with a column of paths, of components, or both.
    fn read_grid(&mut self, grid: &Grid<'_>) {
        let paths: Vec<usize> = grid.columns(&["location", "file", "path", "module", "import", "source"]).collect();
        let exports = grid.column(&["export", "symbol"]);
        let names = grid.column(&["component", "function", "hook", "name", "utility", "helper", "method", "type"]);
        let is_component = names.is_some_and(|at| grid.headers.get(at).is_some_and(|own| own.contains("component")));
        for row in &grid.rows {
            let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
            let name = cell(names).and_then(first_symbol);
            if let Some(name) = name.filter(|_| is_component) {
                self.components.insert(kebab_case(name));
            }
            let mut texts = paths.iter().filter_map(|&at| row.get(at)).flat_map(Cell::names);
            let Some(key) = texts.find_map(path_of) else { continue };
            let module = self.modules.entry(key).or_default();
            module.symbols.extend(name.map(str::to_owned));
            if let Some(cell) = cell(exports) {
                let listed: Vec<String> = cell.names().into_iter().filter_map(symbol_of).map(str::to_owned).collect();
                module.complete |= !listed.is_empty() && !OPEN_ENDED.iter().any(|word| cell.plain.contains(word));
                module.symbols.extend(listed);
            }
        }
    }
}

/// Reads lines, remembering which line or heading named a module whose symbols are listed below it.
struct Reader<'i> {
    inventory: &'i mut Inventory,
    of_prose: BTreeMap<usize, String>,
    of_heading: Option<String>,
}

/// A path or a symbol of a line.
enum Item<'d> {
    Path(String),
    Symbol(&'d str),
}

impl Reader<'_> {
    fn unit(&mut self, unit: &Unit<'_>) {
        if unit.is_heading {
            self.of_heading = items(unit, None).into_iter().find_map(|item| match item {
                Item::Path(key) => Some(key),
                Item::Symbol(_) => None,
            });
        }
        if unit.is_planned() {
            return;
        }
        self.components(unit);
        let items = items(unit, folder_of(unit.context()));
        let starts_with_path = matches!(items.first(), Some(Item::Path(_)));
        let is_closed = !OPEN_ENDED.iter().any(|word| unit.plain().contains(word));
        let mut current: Option<String> = None;
        let mut before = Vec::new();
        for item in items {
            match item {
                Item::Path(key) => {
                    let module = self.inventory.modules.entry(key.clone()).or_default();
                    // `requireAuth()` from `src/lib/auth.ts`
                    module.symbols.extend(before.drain(..).map(str::to_owned));
                    self.of_prose.entry(unit.prose).or_insert_with(|| key.clone());
                    current = Some(key);
                }
                Item::Symbol(symbol) => match &current {
                    Some(key) => self.add(key.clone(), symbol, starts_with_path && is_closed),
                    None => before.push(symbol),
                },
            }
        }
        // A nested item, or an item below a heading, that names one export of the module above.
        let above = unit.lead.and_then(|lead| self.of_prose.get(&lead)).or(self.of_heading.as_ref()).cloned();
        if let (Some(key), Some(symbol), None, true) = (above, before.first(), current, unit.in_list) {
            self.add(key, symbol, is_closed);
        }
    }

    fn add(&mut self, key: String, symbol: &str, is_listed: bool) {
        let module = self.inventory.modules.entry(key).or_default();
        module.symbols.insert(symbol.to_owned());
        module.complete |= is_listed;
    }

    /// `UI components: Button, Card` names components without their files.
    fn components(&mut self, unit: &Unit<'_>) {
        let speaks = |text: &str| ["component", "shadcn", "ui kit"].iter().any(|word| text.contains(word));
        if unit.is_heading || !speaks(unit.plain()) && !speaks(unit.context()) {
            return;
        }
        let names = unit.parts.iter().flat_map(|&(kind, text)| {
            let list = if kind == InlineKind::Code { text } else { text.rsplit(':').next().unwrap_or("") };
            list.split([',', ';', '(', ')', '.', '&', '·', '•', '|'])
                .flat_map(|part| part.split(" and "))
                .enumerate()
                .map(alone)
        });
        let is_name = |name: &&str| {
            name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
        };
        let before = self.inventory.components.len();
        self.inventory.components.extend(names.filter(is_name).map(kebab_case));
        self.inventory.components.extend(file_names(unit).into_iter().flatten().map(str::to_owned));
        let is_open = OPEN_ENDED.iter().any(|word| unit.plain().contains(word));
        self.inventory.has_more_components |= is_open && self.inventory.components.len() > before;
    }
}

/// The components of `button, card, data-table` or of an item `data-table`: nothing but names of files. `None` for
/// anything else.
fn file_names<'u>(unit: &'u Unit<'_>) -> Option<Vec<&'u str>> {
    let names: Vec<&str> = unit.plain().split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_plain = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let is_list = names.len() > 1 || unit.in_list && names.len() == 1;
    (is_list && names.iter().all(is_plain)).then_some(names)
}

/// The name in `Table are installed`, the end of a list: one capital word that only small ones follow.
fn alone((index, part): (usize, &str)) -> &str {
    let mut words = part.split_whitespace();
    let first = words.next().unwrap_or("");
    if index > 0 && words.all(|word| word.chars().all(|c| c.is_ascii_lowercase())) { first } else { part.trim() }
}

/// The paths and symbols of a line: its code spans, and plain words that cannot be anything else.
fn items<'d>(unit: &Unit<'d>, folder: Option<&str>) -> Vec<Item<'d>> {
    let path_of = |text: &str| path_of(text).or_else(|| file_of(folder?, text));
    let mut items = Vec::new();
    for &(kind, text) in &unit.parts {
        if kind == InlineKind::Code {
            items.extend(imported(text).into_iter().flatten().map(Item::Symbol));
            items.extend(path_of(text).map(Item::Path).or_else(|| symbol_of(text).map(Item::Symbol)));
            continue;
        }
        for word in text.split(|c: char| c.is_whitespace() || c == ',' || c == ';') {
            let word = word.trim_end_matches([':', '.']);
            let call = word.strip_suffix("()").and_then(symbol_of).map(Item::Symbol);
            items.extend(path_of(word).map(Item::Path).or(call));
        }
    }
    if let [Item::Path(key)] = items.as_slice() {
        items.extend(listed_exports(unit, key).into_iter().flatten().map(Item::Symbol));
    }
    items
}

/// The exports in `card.tsx: Card, CardHeader` without code marks: nothing but names, one of them that of the file.
fn listed_exports<'d>(unit: &Unit<'d>, key: &str) -> Option<Vec<&'d str>> {
    let [(InlineKind::Code, _), (_, text)] = unit.parts.as_slice() else { return None };
    let list = text.trim_start().strip_prefix([':', '–', '—'])?;
    let names: Vec<&str> = list.split([',', ';']).map(|name| name.trim().trim_end_matches('.')).collect();
    let is_name = |name: &&str| symbol_of(name) == Some(name) && name.chars().any(char::is_uppercase);
    let file = key.rsplit('/').next().unwrap_or(key);
    (names.iter().all(is_name) && names.iter().any(|name| kebab_case(name) == file)).then_some(names)
}

/// The key of a module that is named by its path: below the alias, or with folders and an extension.
fn path_of(text: &str) -> Option<String> {
    let text = text.trim().trim_matches('`');
    let text = source_of_import(text).unwrap_or(text);
    let is_path = text.starts_with("@/") || text.starts_with("~/") || text.contains('/') && is_script_path(text);
    module_key(text).filter(|_| is_path)
}

/// The folder that a heading or lead announces, as in "All in `src/components/ui/`:"; the nearest one, the lead's, counts.
fn folder_of(context: &str) -> Option<&str> {
    let words = context.split(|c: char| c.is_whitespace() || "`(),;:*".contains(c));
    words.rev().find(|word| word.ends_with('/') && module_key(word.trim_end_matches('/')).is_some())
}

/// The key of a file that is named without the folder that stands above it.
fn file_of(folder: &str, text: &str) -> Option<String> {
    let text = text.trim();
    let is_file = is_script_path(text) && !text.contains('/');
    module_key(&format!("{folder}{text}")).filter(|_| is_file)
}

/// `@/lib/tides` of `import { high } from '@/lib/tides'`.
fn source_of_import(text: &str) -> Option<&str> {
    let (_, source) = text.strip_prefix("import ")?.rsplit_once("from ")?;
    Some(source.trim().trim_end_matches(';').trim_matches(['\'', '"']))
}

/// `high` of `import { high } from '@/lib/tides'`.
fn imported(text: &str) -> Option<impl Iterator<Item = &str>> {
    let (names, _) = text.trim().strip_prefix("import ")?.split_once('{')?.1.split_once('}')?;
    Some(names.split(',').filter_map(|name| symbol_of(name.trim())))
}

/// The exported name that a code span speaks of: `useTides()`, `<Badge />`, `TideService.read()`, `await open()`.
fn symbol_of(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    let text = ["await ", "new ", "type "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let name = text.split(['(', '.', '<']).next()?;
    let is_start = name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '$');
    (is_start && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$')).then_some(name)
}

/// `Toast (Sonner)` is the component `Toast`.
fn first_symbol<'c>(cell: &'c Cell<'_>) -> Option<&'c str> {
    let first = cell.codes.first().copied().or_else(|| cell.plain.split_whitespace().next())?;
    symbol_of(first)
}
