//! React Query hooks for what the original fetched with another library.

use std::collections::BTreeSet;

use super::{File, kebab, pascal, text};
use crate::scaffold::plan::Plan;
use crate::scaffold::routes::{Part, Route};
use crate::scaffold::tables::{Column, Table};

/// A file with one hook for each route that can be read; `name` is what the place is called. `None` where there is none.
pub(in crate::scaffold) fn hooks(plan: &Plan<'_>, name: &str, routes: &[&Route]) -> Option<File> {
    let is_readable = |route: &&&Route| {
        route.method == "GET"
            && !route.parts.iter().any(|part| matches!(part, Part::Rest(_)))
            && !route.parts.is_empty()
    };
    let readable: Vec<&&Route> = routes.iter().filter(is_readable).collect();
    if readable.is_empty() {
        return None;
    }
    let mut lines = vec!["import { useQuery } from '@tanstack/react-query';".to_owned()];
    let (mut interfaces, mut names) = (BTreeSet::new(), BTreeSet::new());
    for route in readable {
        let words: Vec<&str> = route.words().map(|(_, word)| word).collect();
        let mut hook = format!("use{}", pascal(&words.join("-")));
        if route.values().next().is_some() {
            hook.push_str("By");
            hook.push_str(&pascal(&route.values().collect::<Vec<_>>().join("-")));
        }
        while !names.insert(hook.clone()) {
            hook.push('2');
        }
        let is_plain = route.values().next().is_none_or(|_| matches!(route.parts.last(), Some(Part::Value(_))));
        let table =
            route.table(plan).filter(|(table, at)| is_plain && names_last(route, *at) && !table.columns.is_empty());
        let row = table.map(|(table, _)| (table, format!("{}Row", pascal(&table.name))));
        if let Some((table, name)) = row.as_ref().filter(|(_, name)| interfaces.insert(name.clone())) {
            lines.push(String::new());
            lines.extend(interface(table, name));
        }
        let answer = match row {
            Some((_, name)) if route.values().next().is_none() => format!("{name}[]"),
            Some((_, name)) => name,
            None => "unknown".to_owned(),
        };
        lines.push(String::new());
        lines.extend(hook_lines(route, &hook, &words, &answer));
    }
    let file = kebab(name);
    Some(File::new(format!("src/hooks/use-{}.ts", if file.is_empty() { "data" } else { &file }), &lines))
}

/// Whether the part that names the table is the last word of the path.
fn names_last(route: &Route, at: Option<usize>) -> bool {
    at.is_some() && route.words().next_back().map(|(index, _)| index) == at
}

fn hook_lines(route: &Route, hook: &str, words: &[&str], answer: &str) -> Vec<String> {
    let values: Vec<&str> = route.values().collect();
    let parameters = values.iter().map(|name| format!("{name}: string")).collect::<Vec<_>>().join(", ");
    let keys = words.iter().map(|word| text(word)).chain(values.iter().map(|name| (*name).to_owned()));
    let path = if values.is_empty() { text(&route.template()) } else { format!("`{}`", route.template()) };
    vec![
        format!("export function {hook}({parameters}) {{"),
        "  return useQuery({".to_owned(),
        format!("    queryKey: [{}],", keys.collect::<Vec<_>>().join(", ")),
        format!("    queryFn: async (): Promise<{answer}> => {{"),
        format!("      const reply = await fetch({path});"),
        "      if (!reply.ok) throw new Error((await reply.json()).error);".to_owned(),
        "      return (await reply.json()).data;".to_owned(),
        "    },".to_owned(),
        "  });".to_owned(),
        "}".to_owned(),
    ]
}

/// The columns of a table as an interface.
fn interface(table: &Table, name: &str) -> Vec<String> {
    let line = |column: &Column| {
        let null = if column.nullable { " | null" } else { "" };
        format!("  {}: {}{null};", super::key(&column.name), type_of(&column.ty))
    };
    let mut lines = vec![format!("export interface {name} {{")];
    lines.extend(table.columns.iter().map(line));
    lines.push("}".to_owned());
    lines
}

/// How the API writes a type of the database in JSON.
fn type_of(ty: &str) -> String {
    let (base, list) = match ty.strip_suffix("[]") {
        Some(base) => (base, "[]"),
        None => (ty, ""),
    };
    let name = base.split(['(', ' ']).next().unwrap_or(base);
    let own = match name {
        "BOOLEAN" => "boolean",
        "INTEGER" | "SMALLINT" | "BIGINT" | "DOUBLE" | "REAL" | "NUMERIC" => "number",
        "JSONB" | "JSON" => "unknown",
        _ => "string",
    };
    format!("{own}{list}")
}
