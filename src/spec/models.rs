//! The source's Prisma models, and the tables that they became.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::names_of_tables::{plural, snake_case, stem, words};
use super::pair::SpecPair;
use super::schema::{Schema, Table};
use super::specification::Spec;
use super::trace::{Fate, FeatureIndex};
use crate::languages::code::CodeKind;
use crate::languages::prisma::{Field, PrismaText};
use crate::text::Span;

/// A Prisma model of the source and what became of it.
#[derive(Clone, Debug)]
pub struct ModelTrace {
    /// The model's name.
    pub name: String,
    /// Where the source defines it first, as bytes of the source.
    pub place: Span,
    /// What its table is called, unless the source says otherwise.
    pub table_name: String,
    /// What became of it.
    pub fate: Fate,
    /// Index of its table in [`Schema::tables`]; `None` where the SQL does not create it.
    pub table: Option<usize>,
    /// Its fields that should be columns, in order.
    pub fields: Vec<ModelField>,
    /// Those of which the table has no column (indexes into `fields`). Empty where the table is not fully known.
    pub missing: Vec<usize>,
}

/// A field of a model that should be a column.
#[derive(Clone, Debug)]
pub struct ModelField {
    /// The field's name.
    pub name: String,
    /// Its place, as bytes of the source.
    pub place: Span,
    /// The column's name.
    pub column: String,
    /// The column's type.
    pub sql_type: String,
}

/// Models of `NextAuth`, whose work Supabase Auth does.
const AUTH_MODELS: [&str; 4] = ["User", "Account", "Session", "VerificationToken"];

/// Columns that say nothing about which table it is.
const COMMON_COLUMNS: [&str; 5] = ["id", "createdat", "updatedat", "userid", "name"];

impl SpecPair<'_> {
    /// The source's models, each with what became of it; traced when it is asked for the first time.
    pub fn models(&self, exposed_schemas: &[String]) -> &[ModelTrace] {
        self.models.get_or_init(|| {
            let (Some(source), Some(trace)) = (&self.source, &self.trace) else { return Vec::new() };
            let skipped: BTreeSet<FeatureIndex> =
                trace.features.iter().filter(|f| f.fate == Fate::Skipped).map(|f| f.source).collect();
            let listed = self.known().into_iter().flat_map(|inventory| inventory.tables.keys());
            let migrated = self.existing_tables(exposed_schemas).map(|table| &table.name);
            let existing = listed.chain(migrated).map(|name| stem(&words(name))).collect();
            let tables = Tables::new(self.schema(exposed_schemas), &|table| self.is_own(table.created));
            let is_own = |place: Span| self.only_section.is_none() || source.section_at(place.start).is_some();
            let models = models_of(source).into_iter().filter(|model| is_own(model.place));
            models.map(|model| follow(model, source, &skipped, &existing, &tables)).collect()
        })
    }
}

/// A model as the source has it, all its definitions taken together.
struct SourceModel {
    name: String,
    place: Span,
    map: Option<String>,
    fields: Vec<ModelField>,
    /// Where it is defined: a feature that may be skipped excuses it, wherever an appendix repeats it.
    places: Vec<usize>,
}

fn models_of(source: &Spec<'_>) -> Vec<SourceModel> {
    let codes: Vec<_> = source.code.iter().filter(|code| code.kind == CodeKind::Prisma).collect();
    let parsed: Vec<PrismaText> = codes.iter().map(|code| PrismaText::parse(&code.text.text)).collect();
    let names: BTreeSet<&str> = parsed.iter().flat_map(|text| &text.models).map(|model| model.name.as_str()).collect();
    let enums: BTreeSet<&str> = parsed.iter().flat_map(|text| &text.enums).map(|own| own.name.as_str()).collect();
    let mut models: Vec<SourceModel> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (code, text) in codes.iter().zip(&parsed) {
        for model in text.models.iter().filter(|model| !model.attributes.iter().any(|own| own.name == "ignore")) {
            let index = *known.entry(&model.name).or_insert_with(|| {
                let place = code.place(model.head);
                let (name, map) = (model.name.clone(), model.map().map(str::to_owned));
                models.push(SourceModel { name, place, map, fields: Vec::new(), places: Vec::new() });
                models.len() - 1
            });
            let Some(own) = models.get_mut(index) else { continue };
            own.places.push(code.place(model.head).start);
            let there: BTreeSet<String> = own.fields.iter().map(|field| field.name.clone()).collect();
            let columns = model.fields.iter().filter(|field| is_column(field, &names, &enums));
            let new = columns.filter(|field| !there.contains(&field.name));
            own.fields.extend(new.map(|field| ModelField {
                name: field.name.clone(),
                place: code.place(field.span),
                column: field.map().map_or_else(|| snake_case(&field.name), str::to_owned),
                sql_type: sql_type(field),
            }));
        }
    }
    models
}

/// Whether a field is a column: relations are none. A type that nothing declares is an enum where it has a default.
fn is_column(field: &Field, models: &BTreeSet<&str>, enums: &BTreeSet<&str>) -> bool {
    let is_relation = field.has("relation") || field.has("ignore") || models.contains(field.ty.as_str());
    !is_relation && (field.is_scalar() || enums.contains(field.ty.as_str()) || field.has("default"))
}

fn sql_type(field: &Field) -> String {
    let is_key = field.has("id") || field.name.ends_with("Id") && field.ty == "String";
    let ty = if is_key { "UUID" } else { postgres_type(&field.ty) };
    [ty, if field.list { "[]" } else { "" }].concat()
}

/// The type of PostgreSQL that holds the values of a Prisma type; what Prisma does not know itself, such as an enum, is text.
pub fn postgres_type(prisma: &str) -> &'static str {
    match prisma {
        "Boolean" => "BOOLEAN",
        "Int" => "INTEGER",
        "BigInt" => "BIGINT",
        "Float" => "DOUBLE PRECISION",
        "Decimal" => "NUMERIC",
        "DateTime" => "TIMESTAMPTZ",
        "Json" => "JSONB",
        "Bytes" => "BYTEA",
        _ => "TEXT",
    }
}

/// The tables of a schema by what they are called.
struct Tables<'s> {
    schema: &'s Schema,
    by_name: BTreeMap<&'s str, usize>,
    by_stem: HashMap<String, usize>,
    /// By the stem of the last words of the name, where only one table ends so.
    by_ending: HashMap<String, Option<usize>>,
}

/// Most words in front of a model's name: a prefix of the project.
const LONGEST_PREFIX: usize = 2;

impl<'s> Tables<'s> {
    fn new(schema: &'s Schema, is_own: &dyn Fn(&Table) -> bool) -> Self {
        let mut tables = Self { schema, by_name: BTreeMap::new(), by_stem: HashMap::new(), by_ending: HashMap::new() };
        let own = schema.tables.iter().enumerate();
        for (index, table) in own.filter(|(_, table)| !table.temporary && table.partition_of.is_none() && is_own(table))
        {
            let own_words = words(table.written.written());
            tables.by_name.entry(&table.name).or_insert(index);
            tables.by_stem.entry(stem(&own_words)).or_insert(index);
            tables.by_stem.entry(stem(&words(&table.name))).or_insert(index);
            for prefix in 1..own_words.len().min(LONGEST_PREFIX + 1) {
                let ending = stem(own_words.get(prefix..).unwrap_or_default());
                tables.by_ending.entry(ending).and_modify(|table| *table = None).or_insert(Some(index));
            }
        }
        tables
    }

    fn table(&self, index: usize) -> Option<&'s Table> {
        self.schema.tables.get(index)
    }

    /// The table of a model: by the name that `@@map` gives, by the model's name in singular or plural, or with a
    /// prefix, where its columns bear it out.
    fn find(&self, model: &SourceModel) -> Option<(usize, Fate)> {
        let stem = stem(&words(&model.name));
        let mapped = model.map.as_deref().and_then(|map| self.by_name.get(map));
        if let Some(&index) = mapped.or_else(|| self.by_stem.get(&stem)) {
            return Some((index, Fate::Kept));
        }
        let index = self.by_ending.get(&stem).copied().flatten()?;
        let columns = columns_of(self.table(index)?);
        let own: Vec<_> =
            model.fields.iter().filter(|field| !COMMON_COLUMNS.contains(&bare(&field.name).as_str())).collect();
        let shared = own.iter().filter(|field| has_column(&columns, field)).count();
        (shared > 0 && shared * 5 >= own.len() * 3).then_some((index, Fate::Moved))
    }
}

fn follow(
    model: SourceModel,
    source: &Spec<'_>,
    skipped: &BTreeSet<FeatureIndex>,
    existing: &BTreeSet<String>,
    tables: &Tables<'_>,
) -> ModelTrace {
    let is_auth = AUTH_MODELS.contains(&model.name.as_str());
    let found = tables.find(&model);
    let mut missing = Vec::new();
    let mut fate = match found {
        Some((_, fate)) => fate,
        None if is_auth || existing.contains(&stem(&words(&model.name))) => Fate::Moved,
        None if model.places.iter().any(|&at| source.feature_at(at).is_some_and(|f| skipped.contains(&f))) => {
            Fate::Skipped
        }
        None => Fate::Missing,
    };
    // The columns of a user's profile are not those of the account.
    let table = found
        .and_then(|(index, _)| tables.table(index))
        .filter(|table| table.complete && table.refused.is_none() && !is_auth);
    if let Some(table) = table {
        let columns = columns_of(table);
        missing = (0..model.fields.len())
            .filter(|&index| model.fields.get(index).is_some_and(|field| !has_column(&columns, field)))
            .collect();
        if !missing.is_empty() {
            fate = Fate::Changed;
        }
    }
    let table_name = model.map.unwrap_or_else(|| plural(&snake_case(&model.name)));
    let table = found.map(|(index, _)| index);
    ModelTrace { name: model.name, place: model.place, table_name, fate, table, fields: model.fields, missing }
}

/// The names of a table's columns, without underscores.
fn columns_of(table: &Table) -> BTreeSet<String> {
    table.columns.iter().map(|column| bare(column.name.written())).collect()
}

/// Letters and digits in lower case: `areaSqm` and `area_sqm` are one, and so are `gpuURL` and `gpu_url`.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words of columns that say where a file is.
const STORAGE_WORDS: [&str; 6] = ["storage", "path", "bucket", "file", "object", "url"];

/// Whether a field has its column. A field named after S3 may become any column that says where the file is: it cannot
/// keep its name.
fn has_column(columns: &BTreeSet<String>, field: &ModelField) -> bool {
    let is_there = columns.contains(&bare(&field.column)) || columns.contains(&bare(&field.name));
    let of_s3 = words(&field.name).iter().any(|word| word == "s3");
    is_there || of_s3 && columns.iter().any(|column| STORAGE_WORDS.iter().any(|word| column.contains(word)))
}
