//! Models of the source without their tables, and fields without their columns.

use std::collections::BTreeMap;

use super::place::Place;
use crate::checks::{Check, Context};
use crate::diagnostics::{Finding, Level, Location};
use crate::spec::schema::Table;
use crate::spec::{Database, Fate, ModelField, ModelTrace};

pub(super) const CHECK: Check = Check { rules: &["model-missing", "field-missing"], run };

/// Most fields that a message names and that are attached as related places.
const MOST_NAMED: usize = 6;

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let models = cx.pair.models(&cx.config.exposed_schemas);
    // One finding a line: several models of a feature are missed at the same heading.
    let mut missing: BTreeMap<(usize, Fate), (Place, Vec<&ModelTrace>)> = BTreeMap::new();
    for model in models {
        if matches!(model.fate, Fate::Missing | Fate::Skipped) {
            let place = Place::of(cx, model.place.start);
            missing.entry((place.span.start, model.fate)).or_insert_with(|| (place, Vec::new())).1.push(model);
        }
    }
    findings
        .extend(missing.into_iter().filter_map(|((_, fate), (place, models))| without_table(cx, fate, place, &models)));
    findings
        .extend(models.iter().filter(|model| !model.missing.is_empty()).filter_map(|model| without_columns(cx, model)));
}

fn without_table(cx: &Context<'_, '_>, fate: Fate, place: Place, models: &[&ModelTrace]) -> Option<Finding> {
    let names = models.iter().map(|model| format!("`{}`", model.name)).collect::<Vec<_>>().join(", ");
    let (noun, has, is) = if models.len() == 1 { ("model", "has", "is") } else { ("models", "have", "are") };
    let message = match fate {
        Fate::Skipped => format!("{noun} {names} of the source {is} skipped with the feature"),
        _ => format!("{noun} {names} of the source {has} no table: what the source stores there is lost"),
    };
    let mut finding = cx.finding("model-missing", place.span, message)?;
    if fate == Fate::Skipped {
        finding = finding.level(Level::Note);
    }
    finding.feature = place.feature.or(finding.feature);
    finding.section = place.section.or(finding.section);
    let create = |model: &&ModelTrace| {
        let columns: Vec<String> = model.fields.iter().map(column).collect();
        format!("`CREATE TABLE {} ({});`", model.table_name, columns.join(", "))
    };
    let statements = models.iter().map(create).collect::<Vec<_>>().join(" and ");
    let mut finding = finding
        .help(format!("add {statements}, with row level security and policies"))
        .subject(models.iter().map(|model| model.name.as_str()).collect::<Vec<_>>().join(" "));
    for model in models.iter().take(MOST_NAMED) {
        finding = finding.related(cx.source_place(model.place)?, "the source defines the model here");
    }
    Some(finding)
}

/// A column in the house style: the key has a default.
fn column(field: &ModelField) -> String {
    match field.column.as_str() {
        "id" => "id UUID PRIMARY KEY DEFAULT gen_random_uuid()".to_owned(),
        name => format!("{name} {}", field.sql_type),
    }
}

fn without_columns(cx: &Context<'_, '_>, model: &ModelTrace) -> Option<Finding> {
    let database = Database::of_pair(cx.pair, &cx.config.exposed_schemas);
    let table: &Table = database.schema.tables.get(model.table?)?;
    let span = database.source(table.created)?.in_file(table.created.span);
    let missing: Vec<&ModelField> = model.missing.iter().filter_map(|&index| model.fields.get(index)).collect();
    let mut names: Vec<String> = missing.iter().take(MOST_NAMED).map(|field| format!("`{}`", field.name)).collect();
    if missing.len() > MOST_NAMED {
        names.push(format!("{} more", missing.len() - MOST_NAMED));
    }
    let noun = if missing.len() == 1 { "field" } else { "fields" };
    let list = names.join(", ");
    let message = format!("table `{}` has no column for the {noun} {list} of model `{}`", table.name, model.name);
    let columns: Vec<String> = missing.iter().map(|field| column(field)).collect();
    let subject = missing.iter().map(|field| field.column.as_str()).collect::<Vec<_>>().join(" ");
    let help = format!("add to the table: `{}`", columns.join(", "));
    let mut finding =
        cx.finding("field-missing", span, message)?.help(help).subject(format!("{} {subject}", table.name));
    for field in missing.iter().take(MOST_NAMED) {
        let source: Location = cx.source_place(field.place)?;
        finding = finding.related(source, format!("the source has `{}` here", field.name));
    }
    Some(finding)
}
