//! The tables that the source's Prisma models become.

mod build;
mod columns;
mod joins;
mod models;
mod names;
mod owners;

pub(super) use self::build::build;
pub(super) use self::models::is_auth;
pub(super) use self::names::{quoted, shortened};
use super::plan::Home;

/// All tables, in the order of their models.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    pub tables: Vec<Table>,
    /// Fields of the source's `User` that Supabase Auth has no place for.
    pub profile: Vec<String>,
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Its name.
    pub name: String,
    /// Where its migration is written.
    pub home: Home,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns of its primary key.
    pub primary_key: Vec<String>,
    /// `UNIQUE` over columns.
    pub uniques: Vec<Vec<String>>,
    /// Indexes, by their columns.
    pub indexes: Vec<Vec<String>>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// Who may reach a row.
    pub owner: Owner,
    /// What a person must look at.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name.
    pub name: String,
    /// What a request calls it; `None` for the columns that the house adds.
    pub field: Option<String>,
    /// Its type.
    pub ty: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// Its default, as SQL.
    pub default: Option<String>,
    /// Whether its values are unique.
    pub unique: bool,
    /// The condition of a check, as SQL.
    pub check: Option<String>,
    /// What a person must look at.
    pub note: Option<String>,
}

/// A reference to another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ForeignKey {
    pub columns: Vec<String>,
    pub target: Target,
    pub references: Vec<String>,
    /// `CASCADE` and the like.
    pub on_delete: Option<&'static str>,
    pub on_update: Option<&'static str>,
}

/// What a foreign key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// `auth.users`
    Users,
    /// Index of a table.
    Table(usize),
}

/// Who may reach a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The user whose id stands in this column.
    Column(String),
    /// Whoever may reach the row that this foreign key (an index) leads to.
    Parent(usize),
    /// Only the server.
    Nobody,
}

impl Column {
    /// The type without what makes its values.
    fn base(&self) -> &str {
        self.ty.split(" GENERATED").next().unwrap_or(&self.ty)
    }
}

impl Tables {
    /// The table at an index.
    pub(super) fn get(&self, index: usize) -> Option<&Table> {
        self.tables.get(index)
    }

    /// The tables of one place, with their indexes.
    pub(super) fn of(&self, home: Home) -> impl Iterator<Item = (usize, &Table)> {
        self.tables.iter().enumerate().filter(move |(_, table)| table.home == home)
    }
}

impl Table {
    /// The column of a name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether the columns are the table's key, or unique together.
    pub(super) fn is_unique(&self, columns: &[String]) -> bool {
        let same = |own: &[String]| own.len() == columns.len() && columns.iter().all(|column| own.contains(column));
        let alone = || columns.len() == 1 && columns.iter().all(|name| self.column(name).is_some_and(|own| own.unique));
        same(&self.primary_key) || self.uniques.iter().any(|own| same(own)) || alone()
    }

    /// Whether the key or an index starts with the columns.
    pub(super) fn is_indexed(&self, columns: &[String]) -> bool {
        let leads = |own: &[String]| {
            own.get(..columns.len()).is_some_and(|lead| columns.iter().all(|column| lead.contains(column)))
        };
        let lists = std::iter::once(&self.primary_key).chain(&self.uniques).chain(&self.indexes);
        lists.into_iter().any(|own| leads(own)) || self.is_unique(columns)
    }
}
