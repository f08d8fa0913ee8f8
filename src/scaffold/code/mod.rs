//! TypeScript: route handlers, hooks, Edge Functions.

mod functions;
mod handlers;
mod hooks;
mod queries;

pub(super) use self::functions::edge_function;
pub(super) use self::handlers::route_file;
pub(super) use self::hooks::hooks;
use crate::spec::Inventory;

/// A file of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub path: String,
    /// Its text, without a line ending at the end.
    pub text: String,
}

impl File {
    fn new(path: String, lines: &[String]) -> Self {
        Self { text: format!("// File: {path}\n{}", lines.join("\n")), path }
    }
}

/// The words of a text that a name can be made of.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// `duty-roster`
pub(super) fn kebab(text: &str) -> String {
    words(text).join("-")
}

/// `DutyRoster`; a letter stands in front of a digit.
fn pascal(text: &str) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    let name: String = words(text).iter().map(capital).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("N{name}") } else { name }
}

/// A string of TypeScript.
fn text(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A key of an object.
fn key(name: &str) -> String {
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty();
    if is_name { name.to_owned() } else { text(name) }
}

/// Where the codebase keeps what guards and queries.
const SERVER_MODULE: &str = "@/lib/supabase-server";

/// The module that exports a name, as the inventory says, or as the house has it.
pub(super) fn module_of(inventory: Option<&Inventory>, symbol: &str) -> String {
    let modules = inventory.into_iter().flat_map(|inventory| &inventory.modules);
    let mut having = modules.filter(|(_, module)| module.symbols.contains(symbol)).map(|(key, _)| key);
    let usual = SERVER_MODULE.trim_start_matches("@/");
    let first = having.next();
    match first {
        Some(key) if key != usual && !having.any(|key| key == usual) => format!("@/{key}"),
        _ => SERVER_MODULE.to_owned(),
    }
}
