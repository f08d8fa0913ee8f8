//! Database access that goes past the Supabase client.

use std::collections::BTreeSet;

use crate::checks::code::imports::Imports;
use crate::checks::{Check, Context, one_per_line};
use crate::diagnostics::Finding;
use crate::languages::typescript::Name;
use crate::spec::Code;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["query-builder"], run };

/// Drivers and mappers, by the name of their package.
const PACKAGES: [&str; 22] = [
    "pg",
    "pg-promise",
    "postgres",
    "mysql",
    "mysql2",
    "mariadb",
    "sqlite3",
    "better-sqlite3",
    "mongodb",
    "mongoose",
    "drizzle-orm",
    "knex",
    "kysely",
    "typeorm",
    "sequelize",
    "sequelize-typescript",
    "objection",
    "slonik",
    "waterline",
    "@vercel/postgres",
    "@neondatabase/serverless",
    "@planetscale/database",
];
/// Families of packages, by what their names start with.
const FAMILIES: [&str; 4] = ["@mikro-orm/", "@databases/", "@libsql/", "drizzle-orm/"];

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("query-builder") {
        return;
    }
    let mut own = Vec::new();
    for code in cx.scripts() {
        own.extend(in_code(cx, code));
    }
    findings.extend(one_per_line(own));
}

fn in_code(cx: &Context<'_, '_>, code: &Code<'_>) -> Vec<Finding> {
    let facts = code.facts();
    let finding = |span: Span, what: &str, message: String| {
        let help = "query with the Supabase client: `supabase.from('table').select(…)`";
        Some(cx.finding("query-builder", code.place(span), message)?.help(help).subject(what))
    };
    let imports = facts.imports.iter().filter_map(|import| {
        let package = package_of(&import.module.text)?;
        finding(import.module.span, package, format!("`{package}` goes past the Supabase query builder"))
    });
    let names = Imports::of(facts);
    let declared: BTreeSet<&str> = facts.variables.iter().map(|variable| variable.name.as_str()).collect();
    let pools = facts.constructions.iter().filter(|new| is_pool(&names, &declared, &new.callee));
    let constructed = pools.filter_map(|new| {
        let name = &new.callee.text;
        finding(new.span, name, format!("`new {name}()` opens a database connection past the Supabase client"))
    });
    let tags = facts.tags.iter().filter(|tag| is_sql_tag(&tag.text)).filter_map(|tag| {
        finding(tag.span, &tag.text, format!("a raw query in a `{}` template goes past the Supabase client", tag.text))
    });
    imports.chain(constructed).chain(tags).collect()
}

/// The database package that a module specifier names, however it is reached: `pg`, `npm:pg@8`, `mysql2/promise`.
fn package_of(module: &str) -> Option<&'static str> {
    let registries = ["npm:", "jsr:", "https://esm.sh/", "https://deno.land/x/", "https://cdn.skypack.dev/"];
    let name = registries.iter().find_map(|prefix| module.strip_prefix(prefix)).unwrap_or(module);
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with(['/', '@']);
    let package = PACKAGES.iter().find(|package| name.strip_prefix(**package).is_some_and(is_end));
    package.or_else(|| FAMILIES.iter().find(|family| name.starts_with(**family))).copied()
}

/// A pool or client of a driver: of one that is imported, or `Pool` of nowhere else.
fn is_pool(imports: &Imports<'_>, declared: &BTreeSet<&str>, callee: &Name) -> bool {
    let root = callee.text.split('.').next().unwrap_or("");
    if let Some(import) = imports.import(root) {
        return package_of(&import.module.text).is_some();
    }
    !declared.contains(root) && matches!(callee.text.as_str(), "Pool" | "pg.Pool" | "pg.Client")
}

/// `sql`, also as a member; `Prisma.sql` belongs to Prisma's rule.
fn is_sql_tag(tag: &str) -> bool {
    let last = tag.rsplit('.').next().unwrap_or(tag);
    last == "sql" && !tag.starts_with("Prisma.")
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn packages_are_found_however_they_are_reached() {
        for module in [
            "pg",
            "npm:pg@8.11.0",
            "mysql2/promise",
            "drizzle-orm/pg-core",
            "https://deno.land/x/postgres@v0.17.0/mod.ts",
        ] {
            assert!(package_of(module).is_some(), "{module}");
        }
        for module in ["pgvector-format", "@supabase/postgrest-js", "postgres-date", "./pg", "@/lib/knex"] {
            assert_eq!(package_of(module), None, "{module}");
        }
    }
}
