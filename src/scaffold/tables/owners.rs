//! Who may reach a row: its user, or whoever may reach the row that it belongs to.

use super::{ForeignKey, Owner, Table, Tables, Target};

/// Names of the column that says whose a row is, where several hold users.
const NAMES: [&str; 6] = ["user_id", "owner_id", "created_by", "created_by_id", "author_id", "creator_id"];

/// Most steps to an owner. A policy over more of them is read by nobody, and costs on each row.
const MOST_STEPS: usize = 6;

/// Finds the owner of each table: a column with a user's id, or the shortest way over foreign keys to a table that has
/// one. Tables that need as many steps are found in the same round, so that no policies ask each other in circles.
pub(super) fn find(tables: &mut Tables) {
    for table in &mut tables.tables {
        if let Some(column) = own_user(table) {
            table.owner = Owner::Column(column);
        }
    }
    for _ in 0..MOST_STEPS {
        let reached: Vec<(usize, usize)> = tables
            .tables
            .iter()
            .enumerate()
            .filter(|(_, table)| table.owner == Owner::Nobody)
            .filter_map(|(index, table)| Some((index, parent(tables, table)?)))
            .collect();
        if reached.is_empty() {
            return;
        }
        for (index, key) in reached {
            if let Some(table) = tables.tables.get_mut(index) {
                table.owner = Owner::Parent(key);
            }
        }
    }
}

fn own_user(table: &Table) -> Option<String> {
    let keys = table.foreign_keys.iter().filter(|key| key.target == Target::Users);
    let mut columns: Vec<&String> = keys.filter_map(|key| key.columns.first()).collect();
    let is_nullable = |name: &str| table.column(name).is_some_and(|column| column.nullable);
    let rank = |name: &str| NAMES.iter().position(|own| *own == name).unwrap_or(NAMES.len());
    columns.sort_by_key(|name| (rank(name), is_nullable(name)));
    columns.first().map(|name| (*name).clone())
}

/// The foreign key, required ones first, that leads to a table with an owner.
fn parent(tables: &Tables, table: &Table) -> Option<usize> {
    let leads = |key: &ForeignKey| match key.target {
        Target::Users => false,
        Target::Table(target) => tables.get(target).is_some_and(|target| target.owner != Owner::Nobody),
    };
    let is_required =
        |key: &ForeignKey| key.columns.iter().all(|name| table.column(name).is_some_and(|column| !column.nullable));
    let mut keys = table.foreign_keys.iter().enumerate().filter(|(_, key)| leads(key));
    let first = keys.clone().find(|(_, key)| is_required(key)).or_else(|| keys.next())?;
    Some(first.0)
}
