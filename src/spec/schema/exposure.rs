//! What the API exposes, and what guards it.

use super::catalog::{Catalog, Id, Owned};
use super::model::{Column, Constraint, Function, Index, Place, Policy, Refusal, RowSecurity, Table, Trigger, View};
use super::store::Store;
use super::{Schema, SchemaOptions};
use crate::languages::sql::facts::PolicyCommand;
use crate::text::Span;

/// Roles that row level security does not hold back anyway, or that the API never takes on.
const TRUSTED_ROLES: &[&str] =
    &["postgres", "service_role", "supabase_admin", "supabase_auth_admin", "supabase_storage_admin"];

/// A policy that lets more through than it should.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PermissivePolicy<'s> {
    /// The table.
    pub table: &'s Table,
    /// The policy.
    pub policy: &'s Policy,
    /// What is wrong with it.
    pub reason: PermissiveReason,
    /// The condition that is wrong, or the policy's head where one is missing.
    pub place: Place,
}

/// Why a policy lets too much through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissiveReason {
    /// `USING` of a policy for `UPDATE`, `DELETE` or `ALL` is always true: every row can be changed.
    UsingAlwaysTrue,
    /// `WITH CHECK` is always true: any row can be written.
    CheckAlwaysTrue,
    /// An `INSERT` policy without `WITH CHECK`: it lets any row in. (For `UPDATE` and `ALL`, PostgreSQL takes `USING`.)
    InsertWithoutCheck,
    /// A condition reads `user_metadata`, which users can change themselves.
    TrustsUserMetadata,
}

impl Schema {
    /// Tables that the API serves: in an exposed schema, not temporary, and not undone with their transaction.
    pub fn exposed_tables(&self) -> impl Iterator<Item = &Table> {
        let stands = |table: &&Table| !table.temporary && table.refused != Some(Refusal::Transaction);
        self.tables.iter().filter(stands).filter(|table| self.is_exposed(&table.schema))
    }

    /// Exposed tables whose row level security is off at the end. Those of which it is unknown are not among them.
    pub fn tables_without_row_security(&self) -> impl Iterator<Item = &Table> {
        self.exposed_tables().filter(|table| table.row_security == RowSecurity::Off)
    }

    /// Exposed tables of which it is unknown whether row level security is on.
    pub fn tables_with_unknown_row_security(&self) -> impl Iterator<Item = &Table> {
        self.exposed_tables().filter(|table| table.row_security == RowSecurity::Unknown)
    }

    /// Exposed tables with row level security and no policy: nobody but trusted roles reads or writes them.
    pub fn tables_without_policies(&self) -> impl Iterator<Item = &Table> {
        self.exposed_tables().filter(|table| table.row_security == RowSecurity::On && table.policies.is_empty())
    }

    /// Policies on tables whose row level security is off, so that they guard nothing.
    pub fn idle_policies(&self) -> impl Iterator<Item = (&Table, &Policy)> {
        let idle = self.tables.iter().filter(|table| table.row_security == RowSecurity::Off && !table.temporary);
        idle.flat_map(|table| table.policies.iter().map(move |policy| (table, policy)))
    }

    /// Policies of exposed tables that let too much through, for a role that is not trusted.
    pub fn permissive_policies(&self) -> impl Iterator<Item = PermissivePolicy<'_>> {
        self.exposed_tables().flat_map(|table| {
            table.policies.iter().filter(|policy| !policy.refused).flat_map(move |policy| {
                faults(policy).into_iter().map(move |(reason, place)| PermissivePolicy { table, policy, reason, place })
            })
        })
    }

    /// Exposed views that do not check the rights of who asks.
    pub fn views_without_security_invoker(&self) -> impl Iterator<Item = &View> {
        let exposed = self.views.iter().filter(|view| !view.temporary && self.is_exposed(&view.schema));
        exposed.filter(|view| !view.materialized && !view.security_invoker)
    }

    /// `SECURITY DEFINER` functions without a fixed search path, in any schema.
    pub fn definer_functions_without_search_path(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().filter(|function| function.security_definer && !function.fixed_search_path)
    }
}

fn faults(policy: &Policy) -> Vec<(PermissiveReason, Place)> {
    let mut faults = Vec::new();
    let in_text = |text: usize, span: Span| Place { text, span };
    for (text, condition) in policy.using.iter().chain(&policy.with_check) {
        faults.extend(condition.user_metadata.map(|span| (PermissiveReason::TrustsUserMetadata, in_text(*text, span))));
    }
    // A restrictive policy only takes away; one for trusted roles gives them nothing that they do not have.
    let trusted = !policy.roles.is_empty() && policy.roles.iter().all(|role| TRUSTED_ROLES.contains(&role.as_str()));
    if trusted || !policy.permissive || !policy.command.writes() {
        return faults;
    }
    let inserts_only = policy.command == PolicyCommand::Insert;
    match &policy.using {
        Some((text, using)) if using.always_true && !inserts_only => {
            faults.push((PermissiveReason::UsingAlwaysTrue, in_text(*text, using.span)));
        }
        _ => {}
    }
    match &policy.with_check {
        Some((text, check)) if check.always_true && policy.command != PolicyCommand::Delete => {
            faults.push((PermissiveReason::CheckAlwaysTrue, in_text(*text, check.span)));
        }
        None if inserts_only => faults.push((PermissiveReason::InsertWithoutCheck, policy.place)),
        _ => {}
    }
    faults
}

/// Makes the schema that is handed out of what is in the catalog.
pub(super) fn finish(mut catalog: Catalog, options: &SchemaOptions) -> Schema {
    let mut parts = parts(&mut catalog);
    let mut tables = Vec::new();
    for (number, row) in catalog.tables.iter().filter(|(_, row)| row.live) {
        let own = parts.get_mut(number).map(std::mem::take).unwrap_or_default();
        tables.push(Table {
            schema: catalog.schema_name(row.schema).to_owned(),
            name: row.name.clone(),
            written: row.written.clone(),
            created: row.created,
            temporary: row.temporary,
            refused: row.refused,
            partition_of: row.parent.filter(|parent| parent.partition).map(|parent| catalog.table_name(parent.table)),
            row_security: row.row_security,
            forced: row.forced,
            switched: row.switched,
            columns: own.columns,
            complete: row.complete,
            constraints: own.constraints,
            indexes: own.indexes,
            triggers: own.triggers,
            policies: own.policies,
        });
    }
    let views = catalog.views.iter().filter(|(_, row)| row.live).map(|(_, row)| View {
        schema: catalog.schema_name(row.schema).to_owned(),
        name: row.name.clone(),
        place: row.place,
        temporary: row.temporary,
        materialized: row.materialized,
        security_invoker: row.security_invoker,
    });
    let functions = catalog.functions.iter().filter(|(_, row)| row.live).map(|(_, row)| Function {
        schema: catalog.schema_name(row.schema).to_owned(),
        name: row.name.clone(),
        place: row.place,
        security_definer: row.security_definer,
        fixed_search_path: row.fixed_search_path,
        language: row.language.clone(),
    });
    Schema {
        views: views.collect(),
        functions: functions.collect(),
        tables,
        exposed: options.exposed_schemas.clone(),
        buckets: catalog.buckets,
        duplicates: catalog.duplicates,
        ..Schema::default()
    }
}

/// What belongs to one table.
#[derive(Clone, Default)]
struct Parts {
    columns: Vec<Column>,
    constraints: Vec<Constraint>,
    indexes: Vec<Index>,
    triggers: Vec<Trigger>,
    policies: Vec<Policy>,
}

/// The parts of each table, by the table's number. They are taken out of the catalog.
fn parts(catalog: &mut Catalog) -> Vec<Parts> {
    let mut parts = vec![Parts::default(); catalog.tables.len()];
    let indexes = catalog.indexes.take_rows().filter(|row| row.live).map(|row| (row.table, row.item));
    hand_out(&mut parts, live(&mut catalog.columns), |own| &mut own.columns);
    hand_out(&mut parts, live(&mut catalog.constraints), |own| &mut own.constraints);
    hand_out(&mut parts, indexes, |own| &mut own.indexes);
    hand_out(&mut parts, live(&mut catalog.triggers), |own| &mut own.triggers);
    hand_out(&mut parts, live(&mut catalog.policies), |own| &mut own.policies);
    parts
}

/// What belongs to a table and is not gone, with the table's number.
fn live<T: Clone>(store: &mut Store<Owned<T>>) -> impl Iterator<Item = (Id, T)> {
    store.take_rows().filter(|row| row.live).map(|row| (row.table, row.item))
}

/// Puts items into a list of the tables that they belong to.
fn hand_out<T>(parts: &mut [Parts], items: impl Iterator<Item = (Id, T)>, list: fn(&mut Parts) -> &mut Vec<T>) {
    for (table, item) in items {
        if let Some(own) = parts.get_mut(table) {
            list(own).push(item);
        }
    }
}
