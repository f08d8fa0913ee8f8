//! Relations in which both sides are lists: each becomes a table of pairs.

use super::build::house_column;
use super::models::{Models, SourceModel};
use super::{ForeignKey, Owner, Table, Tables, Target, shortened};
use crate::languages::prisma::Field;
use crate::scaffold::plan::Home;
use crate::spec::snake_case;

/// Most relations that are looked at; beyond it nobody reads the result.
const MOST: usize = 10_000;

/// Adds a table for each such relation, where its first side is defined.
pub(super) fn add(models: &Models, tables: &mut Tables) {
    let mut done: Vec<(String, String, Option<String>)> = Vec::new();
    let lists = models.all.iter().flat_map(|own| own.model.fields.iter().map(move |field| (own, field)));
    for (own, field) in lists.filter(|(_, field)| field.list && !models.is_column(field)).take(MOST) {
        let name = relation_name(field);
        let (mut a, mut b) = (own.model.name.clone(), field.ty.clone());
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        let key = (a, b, name.map(str::to_owned));
        if is_list_on_both_sides(models, own, field) && !done.contains(&key) {
            tables.tables.extend(table(models, tables, &key));
            done.push(key);
        }
    }
}

fn relation_name(field: &Field) -> Option<&str> {
    field.attribute("relation").and_then(|own| own.text("name"))
}

fn is_list_on_both_sides(models: &Models, own: &SourceModel, field: &Field) -> bool {
    let back = |other: &Field| {
        other.ty == own.model.name && relation_name(other) == relation_name(field) && !std::ptr::eq(other, field)
    };
    match models.get(&field.ty) {
        Some(target) => {
            let mut others = target.model.fields.iter().filter(|other| back(other)).peekable();
            // A model's list of itself is its own other side, if it has no other.
            let is_own = target.model.name == own.model.name && others.peek().is_none();
            is_own || others.peek().is_some() && others.all(|other| other.list)
        }
        // Of users nothing but their ids is known.
        None => models.is_user(&field.ty),
    }
}

fn table(models: &Models, tables: &Tables, (a, b, name): &(String, String, Option<String>)) -> Option<Table> {
    let first = side(models, tables, a)?;
    let second = side(models, tables, b)?;
    let base = match name.as_deref().map(snake_case).filter(|name| !name.is_empty()) {
        Some(name) => name,
        None => format!("{}_{}", first.name, second.name),
    };
    let name = shortened(&base);
    let name =
        if tables.tables.iter().any(|table| table.name == name) { shortened(&format!("{name}_pairs")) } else { name };
    if tables.tables.iter().any(|table| table.name == name) {
        return None;
    }
    let one = snake_case(a);
    let other = if a == b { format!("related_{one}") } else { snake_case(b) };
    let columns = [format!("{one}_id"), format!("{other}_id")];
    let key = |column: &String, target| ForeignKey {
        columns: vec![column.clone()],
        target,
        references: vec!["id".to_owned()],
        on_delete: Some("CASCADE"),
        on_update: None,
    };
    let [left, right] = &columns;
    Some(Table {
        name,
        home: first.home.or(second.home)?,
        columns: vec![
            house_column(left, "UUID", None),
            house_column(right, "UUID", None),
            house_column("created_at", "TIMESTAMPTZ", Some("NOW()")),
            house_column("updated_at", "TIMESTAMPTZ", Some("NOW()")),
        ],
        primary_key: columns.to_vec(),
        uniques: Vec::new(),
        indexes: vec![vec![right.clone()]],
        foreign_keys: vec![key(left, first.target), key(right, second.target)],
        owner: Owner::Nobody,
        notes: Vec::new(),
    })
}

/// One side of such a relation; `None` where its rows have no single id.
struct Side {
    name: String,
    target: Target,
    home: Option<Home>,
}

fn side(models: &Models, tables: &Tables, model: &str) -> Option<Side> {
    if models.is_user(model) {
        return Some(Side { name: "users".to_owned(), target: Target::Users, home: None });
    }
    let at = models.all.iter().filter(|own| !own.is_auth).position(|own| own.model.name == model)?;
    let table = tables.get(at).filter(|table| table.primary_key == ["id"])?;
    Some(Side { name: table.name.clone(), target: Target::Table(at), home: Some(table.home) })
}
