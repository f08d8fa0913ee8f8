//! From models to tables: keys, references, indexes.

use std::collections::{BTreeMap, BTreeSet};

use super::columns;
use super::models::{Models, Relation, SourceModel, relations};
use super::{Column, ForeignKey, Owner, Table, Tables, Target, joins, owners, shortened};
use crate::languages::prisma::{Field, Model};
use crate::scaffold::plan::Home;
use crate::spec::{Spec, plural, snake_case};

/// The primary key of every table.
const KEY: &str = "id";
/// Columns that hold their row's user, whether the source says so with a relation or not.
const USER_KEYS: [&str; 4] = ["userId", "ownerId", "user_id", "owner_id"];
/// Fields of `User` that Supabase Auth keeps.
const USER_FIELDS: [&str; 12] = [
    "id", "email", "emailVerified", "email_verified", "password", "passwordHash", "password_hash", "hashedPassword",
    "createdAt", "updatedAt", "created_at", "updated_at",
];

/// What the models of `source` become. `home` says where the migration of a model is written, by its place and name.
pub(in crate::scaffold) fn build(source: &Spec<'_>, home: impl Fn(usize, &str) -> Home) -> Tables {
    let models = Models::read(source);
    let builder = Builder::new(&models);
    let mut tables = Tables::default();
    for own in models.all.iter().filter(|own| !own.is_auth) {
        tables.tables.push(builder.table(own, home(own.place, &own.model.name), &tables));
    }
    for (index, own) in models.all.iter().filter(|own| !own.is_auth).enumerate() {
        let (keys, notes) = builder.foreign_keys(&own.model, index, &tables);
        if let Some(table) = tables.tables.get_mut(index) {
            table.foreign_keys = keys;
            table.notes.extend(notes);
        }
    }
    joins::add(&models, &mut tables);
    tables.tables.iter_mut().for_each(add_indexes);
    owners::find(&mut tables);
    tables.profile = models.get("User").map_or(Vec::new(), |user| {
        let own = user.model.fields.iter().filter(|field| models.is_column(field));
        own.map(|field| field.name.clone()).filter(|name| !USER_FIELDS.contains(&name.as_str())).collect()
    });
    tables
}

struct Builder<'m> {
    models: &'m Models,
    /// Fields that hold a user's id somewhere, by name.
    user_keys: BTreeSet<&'m str>,
    /// Models by their names in snake case.
    by_snake: BTreeMap<String, &'m SourceModel>,
}

/// How a model's rows are told apart.
enum Key<'m> {
    /// By an id that the database makes.
    Made(&'m str),
    /// By the id of another table's row.
    Shared(&'m str),
    /// By several columns.
    Several(Vec<&'m str>),
    /// By something else: a made id stands beside it.
    Other,
}

impl<'m> Builder<'m> {
    fn new(models: &'m Models) -> Self {
        let mut user_keys: BTreeSet<&str> = USER_KEYS.into_iter().collect();
        for own in &models.all {
            let of_users = relations(&own.model).into_iter().filter(|relation| models.is_user(relation.target));
            user_keys.extend(of_users.filter(|own| own.fields.len() == 1).flat_map(|relation| relation.fields));
        }
        let by_snake = models.all.iter().map(|own| (snake_case(&own.model.name), own)).collect();
        Self { models, user_keys, by_snake }
    }

    fn key(&self, model: &'m Model) -> Key<'m> {
        if let Some(field) = model.fields.iter().find(|field| field.has("id")) {
            let relation = relations(model).into_iter().find(|own| own.fields == [field.name.as_str()]);
            let default = field.attribute("default").and_then(|own| own.positional()).unwrap_or("");
            let is_made = field.name == KEY || default.contains('(');
            return match relation {
                Some(relation) if self.leads_to_made_key(&relation) => Key::Shared(&field.name),
                None if is_made => Key::Made(&field.name),
                _ => Key::Other,
            };
        }
        let several = model.attributes.iter().find(|own| own.name == "id").map(|own| own.names("fields"));
        let is_column = |name: &&str| model.fields.iter().any(|own| own.name == **name && self.models.is_column(own));
        match several {
            Some(names) if names.len() > 1 && names.iter().all(is_column) => Key::Several(names),
            _ => Key::Other,
        }
    }

    fn leads_to_made_key(&self, relation: &Relation<'_>) -> bool {
        if self.models.is_user(relation.target) {
            return true;
        }
        let Some(target) = self.models.get(relation.target) else { return false };
        let field = target.model.fields.iter().find(|field| field.has("id"));
        field.is_some_and(|field| {
            let default = field.attribute("default").and_then(|own| own.positional()).unwrap_or("");
            relation.references == [field.name.as_str()] && (field.name == KEY || default.contains('('))
        })
    }

    /// The type that keys give a field; `None` where its own type counts. References are followed a few steps only: they
    /// may go round in circles.
    fn key_type(&self, model: &'m Model, field: &Field, steps: usize) -> Option<String> {
        match self.key(model) {
            Key::Made(name) | Key::Shared(name) if name == field.name => return Some("UUID".to_owned()),
            _ => {}
        }
        let all = relations(model);
        let relation = all.iter().find_map(|own| {
            let at = own.fields.iter().position(|name| *name == field.name)?;
            Some((own, at))
        });
        if let Some((relation, at)) = relation {
            if self.models.is_user(relation.target) {
                return relation.references.get(at).is_none_or(|name| *name == KEY).then(|| "UUID".to_owned());
            }
            let target = self.models.get(relation.target).filter(|_| steps > 0)?;
            let name = relation.references.get(at).copied().unwrap_or(KEY);
            let referenced = target.model.fields.iter().find(|own| own.name == name)?;
            let ty = self.key_type(&target.model, referenced, steps - 1);
            return Some(ty.unwrap_or_else(|| columns::column(self.models, referenced, None).base().to_owned()));
        }
        let is_text = field.ty == "String" && !field.list && !field.has("default");
        let names_model = || {
            let stem = field.name.strip_suffix("Id").or_else(|| field.name.strip_suffix("_id"))?;
            let own = self.by_snake.get(&snake_case(stem))?;
            matches!(self.key(&own.model), Key::Made(KEY) | Key::Shared(_)).then_some(())
        };
        (is_text && (self.user_keys.contains(field.name.as_str()) || names_model().is_some()))
            .then(|| "UUID".to_owned())
    }

    fn table(&self, own: &'m SourceModel, home: Home, known: &Tables) -> Table {
        let model = &own.model;
        let mut columns: Vec<Column> = Vec::new();
        for field in model.fields.iter().filter(|field| self.models.is_column(field)) {
            let ty = self.key_type(model, field, 8);
            let column = columns::column(self.models, field, ty.as_deref());
            if !column.name.is_empty() && !columns.iter().any(|own| own.name == column.name) {
                columns.push(column);
            }
        }
        let column_of = |name: &str| {
            let field = model.fields.iter().find(|field| field.name == name)?;
            Some(columns::name(field))
        };
        let list = |attribute: &str| -> Vec<Vec<String>> {
            let own = model.attributes.iter().filter(|own| own.name == attribute);
            let lists = own.map(|own| own.names("fields").into_iter().map(column_of).collect::<Option<Vec<String>>>());
            let is_known = |list: &Vec<String>| {
                !list.is_empty() && list.iter().all(|name| columns.iter().any(|column| column.name == *name))
            };
            lists.flatten().filter(is_known).collect()
        };
        let mut uniques = list("unique");
        let indexes = list("index");
        let key = match self.key(model) {
            Key::Made(name) | Key::Shared(name) => column_of(name).into_iter().collect(),
            Key::Several(names) => names.into_iter().filter_map(column_of).collect(),
            Key::Other => {
                uniques.extend(other_key(model, &columns));
                Vec::new()
            }
        };
        let mut table = Table {
            name: table_name(model, known),
            home,
            columns,
            primary_key: key,
            uniques,
            indexes,
            foreign_keys: Vec::new(),
            owner: Owner::Nobody,
            notes: Vec::new(),
        };
        Self::complete(&mut table, matches!(self.key(model), Key::Made(_)));
        table
    }

    /// The key and the time stamps that the house wants.
    fn complete(table: &mut Table, is_made: bool) {
        if table.primary_key.is_empty() {
            // A natural key called `id` is a made one, so that the name is free.
            table.columns.retain(|column| column.name != KEY);
            table.columns.insert(0, house_column(KEY, "UUID", Some("gen_random_uuid()")));
            table.primary_key = vec![KEY.to_owned()];
        }
        for column in table.columns.iter_mut().filter(|column| table.primary_key.contains(&column.name)) {
            column.nullable = false;
            column.unique = false;
            if is_made {
                column.default = Some("gen_random_uuid()".to_owned());
                column.note = None;
            }
        }
        for name in ["created_at", "updated_at"] {
            if table.column(name).is_none() {
                table.columns.push(house_column(name, "TIMESTAMPTZ", Some("NOW()")));
            }
        }
    }

    /// The references of a table, and what a person must look at. Tables are complete but for them.
    fn foreign_keys(&self, model: &'m Model, index: usize, tables: &Tables) -> (Vec<ForeignKey>, Vec<String>) {
        let Some(table) = tables.get(index) else { return (Vec::new(), Vec::new()) };
        let (mut keys, mut notes): (Vec<ForeignKey>, Vec<String>) = (Vec::new(), Vec::new());
        let column_of = |name: &str, model: &Model| {
            let field = model.fields.iter().find(|field| field.name == name && self.models.is_column(field))?;
            Some(columns::name(field))
        };
        for relation in relations(model) {
            let columns = relation.fields.iter().map(|name| column_of(name, model)).collect::<Option<Vec<String>>>();
            let Some(columns) = columns.filter(|columns| columns.iter().all(|name| table.column(name).is_some()))
            else {
                continue;
            };
            let names: Vec<&str> = if relation.references.is_empty() { vec![KEY] } else { relation.references };
            let on = |action: Option<&str>| action.and_then(referential_action);
            let (on_delete, on_update) = (on(relation.on_delete), on(relation.on_update));
            let own =
                |target, references| ForeignKey { columns: columns.clone(), target, references, on_delete, on_update };
            let key = if self.models.is_user(relation.target) {
                (names == [KEY]).then(|| own(Target::Users, vec![KEY.to_owned()]))
            } else {
                self.position(relation.target).and_then(|at| {
                    let model = &self.models.get(relation.target)?.model;
                    let references =
                        names.iter().map(|name| column_of(name, model)).collect::<Option<Vec<String>>>()?;
                    let target = tables.get(at)?;
                    let fits = references.len() == columns.len() && target.is_unique(&references);
                    fits.then(|| own(Target::Table(at), references))
                })
            };
            match key {
                Some(key) if keys.iter().any(|own| own.columns == key.columns) => {}
                Some(key) => keys.push(key),
                None => notes.push(format!("what {} refers to ({})", columns.join(", "), relation.target)),
            }
        }
        let is_free = |column: &&Column| {
            let own = model.fields.iter().find(|field| columns::name(field) == column.name);
            let is_user = own.is_some_and(|field| self.user_keys.contains(field.name.as_str()));
            let is_key = keys.iter().any(|key| key.columns.contains(&column.name));
            is_user && column.ty == "UUID" && !is_key && !table.primary_key.contains(&column.name)
        };
        let users: Vec<ForeignKey> = table.columns.iter().filter(is_free).map(user_key).collect();
        keys.extend(users);
        (keys, notes)
    }

    /// Index of a model's table.
    fn position(&self, model: &str) -> Option<usize> {
        self.models.all.iter().filter(|own| !own.is_auth).position(|own| own.model.name == model)
    }
}

fn user_key(column: &Column) -> ForeignKey {
    let on_delete = Some(if column.nullable { "SET NULL" } else { "CASCADE" });
    let columns = vec![column.name.clone()];
    ForeignKey { columns, target: Target::Users, references: vec![KEY.to_owned()], on_delete, on_update: None }
}

/// The columns that tell rows apart beside a made id.
fn other_key(model: &Model, columns: &[Column]) -> Option<Vec<String>> {
    let single = model.fields.iter().find(|field| field.has("id") && field.name != KEY).map(|field| vec![field]);
    let several = || {
        let names = model.attributes.iter().find(|own| own.name == "id")?.names("fields");
        names.into_iter().map(|name| model.fields.iter().find(|field| field.name == name)).collect::<Option<Vec<_>>>()
    };
    let key: Vec<String> = single.or_else(several)?.into_iter().map(columns::name).collect();
    let is_known = |name: &String| columns.iter().any(|column| column.name == *name);
    (!key.is_empty() && key.iter().all(is_known)).then_some(key)
}

/// The name that `@@map` gives, or the plural of the model's; another number behind it where the name is taken.
fn table_name(model: &Model, known: &Tables) -> String {
    let plain = match model.map().map(snake_case).filter(|name| !name.is_empty()) {
        Some(mapped) => mapped,
        None => plural(&snake_case(&model.name)),
    };
    let name = shortened(&plain);
    let is_taken = |name: &str| known.tables.iter().any(|table| table.name == name);
    if !is_taken(&name) {
        return name;
    }
    // Of so many names one is free.
    let others = (2..known.tables.len() + 3).map(|number| shortened(&format!("{name}_{number}")));
    others.into_iter().find(|name| !is_taken(name)).unwrap_or(name)
}

/// A column that the house adds.
pub(super) fn house_column(name: &str, ty: &str, default: Option<&str>) -> Column {
    Column {
        name: name.to_owned(),
        field: None,
        ty: ty.to_owned(),
        nullable: false,
        default: default.map(str::to_owned),
        unique: false,
        check: None,
        note: None,
    }
}

/// (<https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/referential-actions>)
fn referential_action(action: &str) -> Option<&'static str> {
    match action {
        "Cascade" => Some("CASCADE"),
        "Restrict" => Some("RESTRICT"),
        "NoAction" => Some("NO ACTION"),
        "SetNull" => Some("SET NULL"),
        "SetDefault" => Some("SET DEFAULT"),
        _ => None,
    }
}

/// An index for each reference that has none.
fn add_indexes(table: &mut Table) {
    let mut distinct: Vec<Vec<String>> = Vec::new();
    for index in std::mem::take(&mut table.indexes) {
        // An index that the key or a unique column has anyway is not made twice.
        if !distinct.contains(&index) && !table.is_unique(&index) {
            distinct.push(index);
        }
    }
    table.indexes = distinct;
    for columns in table.foreign_keys.iter().map(|key| key.columns.clone()).collect::<Vec<_>>() {
        if !table.is_indexed(&columns) {
            table.indexes.push(columns);
        }
    }
}
