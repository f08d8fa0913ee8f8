//! Migrations: tables, indexes, triggers, row level security, in an order that the server takes.

mod policies;
mod storage;
mod table;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use self::storage::bucket;
use super::date::Day;
use super::draft::marker;
use super::plan::Home;
use super::tables::{Owner, Table, Tables, Target};

/// A migration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Migration {
    /// Its file, below the repository.
    pub path: String,
    /// Its statements, each without a semicolon at the end, or comments.
    pub statements: Vec<String>,
    /// The tables that it creates.
    pub tables: Vec<usize>,
}

/// The function that keeps `updated_at`.
const SET_UPDATED_AT: &str = "CREATE OR REPLACE FUNCTION set_updated_at() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$";

/// The migrations of all places, in the order of the document. What needs a table of a later migration is written there.
pub(super) fn migrations(
    tables: &Tables,
    homes: &[Home],
    buckets: &BTreeMap<Home, String>,
    day: Day,
) -> BTreeMap<Home, Migration> {
    let mut writer = Writer { tables, created: BTreeSet::new(), waiting: Vec::new() };
    let mut migrations = BTreeMap::new();
    for home in homes {
        let own = writer.in_order(*home);
        let bucket = buckets.get(home);
        if own.is_empty() && bucket.is_none() {
            continue;
        }
        let mut migration = Migration::default();
        if writer.created.is_empty() && !own.is_empty() {
            migration.statements.push(SET_UPDATED_AT.to_owned());
        }
        for index in &own {
            migration.statements.extend(writer.table(*index));
        }
        migration.statements.extend(writer.due());
        if let Some(bucket) = bucket {
            migration.statements.extend(storage::statements(bucket));
        }
        let name = match (own.as_slice(), bucket) {
            ([only], _) => tables.get(*only).map_or(String::new(), |table| table.name.clone()),
            ([], Some(bucket)) => format!("bucket_{}", bucket.replace(['-', '.'], "_")),
            ([first, ..], _) => format!("{}_and_others", tables.get(*first).map_or("", |table| &table.name)),
            ([], None) => String::new(),
        };
        let minute = migrations.len() + 1;
        let time = format!("{:02}{:02}00", minute / 60, minute % 60);
        migration.path = format!("supabase/migrations/{}{time}_create_{name}.sql", day.compact());
        migration.tables = own;
        migrations.insert(*home, migration);
    }
    migrations
}

impl Migration {
    /// The file's text, without a line ending at the end.
    pub(super) fn text(&self) -> String {
        let end = |statement: &String| {
            let is_comment = statement.lines().all(|line| line.starts_with("--"));
            if is_comment { statement.clone() } else { format!("{statement};") }
        };
        let statements = self.statements.iter().map(end).collect::<Vec<_>>().join("\n\n");
        format!("-- Migration: {}\n{statements}", self.path)
    }
}

struct Writer<'t> {
    tables: &'t Tables,
    created: BTreeSet<usize>,
    /// Statements that wait for tables, with the tables.
    waiting: Vec<(Vec<usize>, String)>,
}

impl Writer<'_> {
    /// The tables of a place, so that each stands behind those to which it refers, as far as they are no circle.
    fn in_order(&self, home: Home) -> Vec<usize> {
        let own: Vec<(usize, &Table)> = self.tables.of(home).collect();
        let mut left: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (index, table) in &own {
            let targets = table.foreign_keys.iter().filter_map(|key| match key.target {
                Target::Table(target) if target != *index => Some(target),
                _ => None,
            });
            left.insert(*index, targets.filter(|target| own.iter().any(|(own, _)| own == target)).collect());
        }
        let mut order = Vec::new();
        while let Some((&first, _)) = left.first_key_value() {
            let next = left.iter().find(|(_, targets)| targets.is_empty()).map_or(first, |(&index, _)| index);
            left.remove(&next);
            for targets in left.values_mut() {
                targets.remove(&next);
            }
            order.push(next);
        }
        order
    }

    fn table(&mut self, index: usize) -> Vec<String> {
        let Some(table) = self.tables.get(index) else { return Vec::new() };
        self.created.insert(index);
        let is_there = |target: Target| match target {
            Target::Users => true,
            Target::Table(target) => self.created.contains(&target),
        };
        let mut statements: Vec<String> =
            table.notes.iter().map(|note| format!("-- {}", marker(&format!("{}: {note}", table.name)))).collect();
        statements.push(table::create(self.tables, table, &is_there));
        let later = table.foreign_keys.iter().filter(|key| !is_there(key.target));
        let later: Vec<_> = later.map(|key| (key.target, table::add_reference(self.tables, table, key))).collect();
        statements.extend(table.indexes.iter().map(|columns| table::index(table, columns)));
        if table.column("updated_at").is_some() {
            statements.push(table::trigger(table));
        }
        statements.push(policies::enable(table));
        if table.owner == Owner::Nobody {
            let note = format!("who else may reach {}: no column leads to its owner", table.name);
            statements.push(format!("-- {}", marker(&note)));
        }
        let needed = policies::way(self.tables, index);
        let policies = policies::policies(self.tables, index);
        if needed.iter().all(|table| self.created.contains(table)) {
            statements.extend(policies);
        } else {
            self.waiting.extend(policies.into_iter().map(|policy| (needed.clone(), policy)));
        }
        for (target, statement) in later {
            if let Target::Table(target) = target {
                self.waiting.push((vec![target], statement));
            }
        }
        statements
    }

    /// What waited for tables that are there now.
    fn due(&mut self) -> Vec<String> {
        let created = &self.created;
        let is_due = |(tables, _): &(Vec<usize>, String)| tables.iter().all(|table| created.contains(table));
        let (due, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(is_due);
        self.waiting = waiting;
        let due: Vec<(Vec<usize>, String)> = due;
        due.into_iter().map(|(_, statement)| statement).collect()
    }
}
