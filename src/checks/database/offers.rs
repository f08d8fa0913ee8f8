//! SQL that repairs a table: what an owner's table usually has. A person should look at it.

use std::collections::BTreeSet;

use super::{SqlContext, identifier};
use crate::checks::edits::{behind_place, definition, insert_behind, written_name};
use crate::diagnostics::Fix;
use crate::languages::sql::StatementKind;
use crate::spec::schema::{Place, RowSecurity, Schema, Table};

/// The column that says whose a row is.
const OWNER: &str = "user_id";

/// A function that keeps `updated_at`, as Supabase's own examples write it.
const MAINTAINER: &str = "CREATE OR REPLACE FUNCTION set_updated_at() RETURNS TRIGGER
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at = now();
  RETURN NEW;
END;
$$;";

/// Policies that let users do everything with their own rows, for a table that says whose a row is.
pub(super) fn owner_policies(cx: &SqlContext<'_>, table: &Table) -> Option<Fix> {
    let owner = table.column(OWNER)?;
    let is_uuid = owner.ty.as_ref().is_none_or(|ty| ty.name == "uuid");
    if !is_uuid || table.row_security != RowSecurity::On {
        return None;
    }
    let source = cx.database.source(table.created)?;
    let (statement, create) = definition(source, table)?;
    let name = written_name(source, create);
    let rows = table.name.replace('_', " ");
    let own = format!("(auth.uid() = {OWNER})");
    let policy = |verb: &str, command: &str, condition: &str| {
        let title = format!("\"Users can {verb} own {}\"", rows.replace('"', ""));
        format!("CREATE POLICY {title} ON {name}\n  FOR {command} {condition};")
    };
    let lines = [
        policy("view", "SELECT", &format!("USING {own}")),
        policy("insert", "INSERT", &format!("WITH CHECK {own}")),
        policy("update", "UPDATE", &format!("USING {own} WITH CHECK {own}")),
        policy("delete", "DELETE", &format!("USING {own}")),
    ];
    // They stand best behind the statement that gives them a meaning.
    let enabled = table.switched.and_then(|place| Some((cx.database.source(place)?, place)));
    let edits = enabled.and_then(|(source, place)| {
        let statement = behind_place(source, place, table)?;
        insert_behind(source, statement, &lines)
    });
    Some(Fix::risky("add policies for the owner of a row", edits.or_else(|| insert_behind(source, statement, &lines))?))
}

/// Offers of one pass, which must not get in each other's way or in that of what is there.
pub(super) struct Offers<'s> {
    /// Names of the indexes that are there.
    index_names: BTreeSet<&'s str>,
    /// A trigger has brought the function along that it runs.
    brings_function: bool,
}

impl<'s> Offers<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        let indexes = schema.tables.iter().flat_map(|table| &table.indexes);
        Self { index_names: indexes.filter_map(|index| index.name.as_deref()).collect(), brings_function: false }
    }

    /// A trigger that maintains `updated_at`. Where no function for it is there, the trigger brings one along, unless
    /// another table's does in this pass.
    pub(super) fn trigger(&mut self, cx: &SqlContext<'_>, table: &Table) -> Option<Fix> {
        let source = cx.database.source(table.created)?;
        let (statement, create) = definition(source, table)?;
        let schema = &cx.database.schema;
        let is_before = |place: Place| (place.text, place.span.start) < (table.created.text, table.created.span.start);
        let known = schema.functions.iter().find(|function| {
            is_before(function.place) && function.language == "plpgsql" && function.name.contains("updated_at")
        });
        if known.is_none() && std::mem::replace(&mut self.brings_function, true) {
            return None;
        }
        let function =
            known.map_or_else(|| "set_updated_at".to_owned(), |known| super::qualified(&known.schema, &known.name));
        let trigger = format!(
            "CREATE TRIGGER {} BEFORE UPDATE ON {}\n  FOR EACH ROW EXECUTE FUNCTION {function}();",
            identifier(&format!("{}_set_updated_at", table.name)),
            written_name(source, create)
        );
        let lines = match known {
            Some(_) => vec![trigger],
            None => vec![format!("{MAINTAINER}\n\n"), trigger],
        };
        Some(Fix::risky("maintain `updated_at` with a trigger", insert_behind(source, statement, &lines)?))
    }

    /// An index on the columns of a foreign key that stands at `place`.
    pub(super) fn index(&self, cx: &SqlContext<'_>, table: &Table, place: Place, columns: &[String]) -> Option<Fix> {
        let name = format!("idx_{}_{}", table.name, columns.join("_"));
        if self.index_names.contains(name.as_str()) {
            return None;
        }
        let source = cx.database.source(place)?;
        let statement = behind_place(source, place, table)?;
        let written = match &statement.kind {
            StatementKind::CreateTable(create) => written_name(source, create),
            StatementKind::AlterTable(alter) => source.slice(alter.name.span).to_owned(),
            _ => return None,
        };
        let list = columns.iter().map(|column| identifier(column)).collect::<Vec<_>>().join(", ");
        let line = format!("CREATE INDEX {} ON {written} ({list});", identifier(&name));
        Some(Fix::risky("add the index", insert_behind(source, statement, &[line])?))
    }
}
