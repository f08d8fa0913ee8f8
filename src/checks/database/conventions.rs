use super::offers::Offers;
use super::{SqlContext, identifier, table_name};
use crate::diagnostics::Finding;
use crate::languages::sql::facts::ConstraintKind;
use crate::spec::schema::{Convention, ConventionKind};
use crate::spec::snake_case;

/// The house conventions: keys, names, time stamps, indexes.
pub(super) fn run(cx: &SqlContext<'_>, findings: &mut Vec<Finding>) {
    let breaks = cx.database.schema.convention_breaks();
    let stands = |broken: &&Convention<'_>| !is_undone(broken);
    let mut offers = Offers::new(cx.database.schema);
    findings.extend(breaks.iter().filter(stands).filter_map(|broken| finding(cx, broken, &mut offers)));
}

/// What a table lacks may be what was undone with its transaction, or what could not be read of a broken statement.
fn is_undone(broken: &Convention<'_>) -> bool {
    let is_lack = matches!(
        broken.kind,
        ConventionKind::NoPrimaryKey
            | ConventionKind::NoCreatedAt
            | ConventionKind::UpdatedAtWithoutTrigger
            | ConventionKind::ForeignKeyWithoutIndex
    );
    is_lack && broken.table.refused.is_some()
}

fn finding(cx: &SqlContext<'_>, broken: &Convention<'_>, offers: &mut Offers<'_>) -> Option<Finding> {
    let table = table_name(broken.table);
    let column = broken.column.map_or("", |column| column.name.written());
    let (message, help) = said(broken, &table, column);
    let finding = cx.finding(rule(broken.kind), broken.place, message)?.help(help);
    let fix = match broken.kind {
        ConventionKind::UpdatedAtWithoutTrigger => offers.trigger(cx, broken.table),
        ConventionKind::ForeignKeyWithoutIndex => offers.index(cx, broken.table, broken.place, key_columns(broken)),
        _ => None,
    };
    Some(finding.subject(format!("{table} {column}")).fix(fix))
}

fn rule(kind: ConventionKind) -> &'static str {
    match kind {
        ConventionKind::NoPrimaryKey | ConventionKind::PrimaryKeyNotUuid | ConventionKind::UuidWithoutDefault => {
            "uuid-primary-key"
        }
        ConventionKind::NameNotSnakeCase => "snake-case-names",
        ConventionKind::TimestampWithoutZone
        | ConventionKind::NoCreatedAt
        | ConventionKind::UpdatedAtWithoutTrigger => "timestamp-columns",
        ConventionKind::ForeignKeyWithoutIndex => "indexed-foreign-keys",
    }
}

/// Message and help.
fn said(broken: &Convention<'_>, table: &str, column: &str) -> (String, String) {
    let key = "id UUID PRIMARY KEY DEFAULT gen_random_uuid()";
    match broken.kind {
        ConventionKind::NoPrimaryKey => (
            format!("table `{table}` has no primary key: its rows cannot be told apart"),
            format!("add `{key}`, or a key of the columns that tell rows apart"),
        ),
        ConventionKind::PrimaryKeyNotUuid => {
            let ty = broken.column.and_then(|column| column.ty.as_ref()).map_or("", |ty| ty.name.as_str());
            (
                format!("the primary key `{column}` of `{table}` is `{}`, not a UUID", ty.to_uppercase()),
                format!("write `{}`", key.replacen("id", &snake_case(column), 1)),
            )
        }
        ConventionKind::UuidWithoutDefault => (
            format!("the primary key `{column}` of `{table}` has no default: every insert must bring a UUID along"),
            format!("write `{}`", key.replacen("id", &snake_case(column), 1)),
        ),
        ConventionKind::TimestampWithoutZone => (
            format!("`{column}` of `{table}` has no time zone: what it means depends on the session that reads it"),
            format!("write `{column} TIMESTAMPTZ`"),
        ),
        ConventionKind::NoCreatedAt => (
            format!("table `{table}` has no `created_at`: nobody can tell how old a row is"),
            "add `created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()`".to_owned(),
        ),
        ConventionKind::UpdatedAtWithoutTrigger => (
            format!("no trigger maintains `updated_at` of `{table}`: it keeps the time of the insert"),
            format!(
                "add `CREATE TRIGGER {} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION set_updated_at();`",
                identifier(&format!("{}_set_updated_at", broken.table.name))
            ),
        ),
        ConventionKind::ForeignKeyWithoutIndex => foreign_key(broken, table),
        ConventionKind::NameNotSnakeCase => name(broken, table),
    }
}

/// The columns of the foreign key that a convention is about.
fn key_columns<'t>(broken: &Convention<'t>) -> &'t [String] {
    let of_place = broken.table.constraints.iter().find(|constraint| {
        let is_key = matches!(constraint.kind, ConstraintKind::ForeignKey(_));
        let is_own = broken.column.is_none_or(|column| constraint.columns.contains(&column.name.value));
        is_key && is_own && !broken.table.has_index_on(&constraint.columns)
    });
    of_place.map_or(&[][..], |constraint| constraint.columns.as_slice())
}

fn foreign_key(broken: &Convention<'_>, table: &str) -> (String, String) {
    let columns = key_columns(broken);
    let list = columns.iter().map(|name| identifier(name)).collect::<Vec<_>>().join(", ");
    let index = identifier(&format!("idx_{}_{}", broken.table.name, columns.join("_")));
    (
        format!(
            "no index starts with the foreign key `{list}` of `{table}`: each delete in the other table reads this one in full"
        ),
        format!("add `CREATE INDEX {index} ON {table} ({list});`"),
    )
}

fn name(broken: &Convention<'_>, table: &str) -> (String, String) {
    let (what, name) = match broken.column {
        Some(column) => (format!("column `{}` of `{table}`", column.name.written()), &column.name),
        None => (format!("table `{}`", broken.table.written.written()), &broken.table.written),
    };
    let why = if name.quoted {
        "every query must quote it".to_owned()
    } else {
        format!("PostgreSQL makes it `{}`", name.value)
    };
    (format!("{what} is not in snake_case: {why}"), format!("name it `{}`", snake_case(name.written())))
}
