use std::collections::BTreeSet;

use super::{SqlContext, identifier, offers, table_name};
use crate::diagnostics::Finding;
use crate::languages::sql::facts::PolicyCommand;
use crate::languages::sql::{Direction, QualifiedName, SqlText, StatementKind};
use crate::spec::schema::{PermissivePolicy, PermissiveReason, Place, Policy, Table};

/// Tables without policies, policies without effect, and policies that let too much through.
pub(super) fn run(cx: &SqlContext<'_>, findings: &mut Vec<Finding>) {
    let schema = cx.database.schema;
    findings.extend(schema.tables_without_policies().filter_map(|table| without(cx, table)));
    findings.extend(schema.idle_policies().filter_map(|(table, policy)| idle(cx, table, policy)));
    findings.extend(schema.permissive_policies().filter_map(|policy| permissive(cx, &policy, policy.place)));
    findings.extend(on_existing_tables(cx));
}

fn without(cx: &SqlContext<'_>, table: &Table) -> Option<Finding> {
    let name = table_name(table);
    let message = format!(
        "table `{name}` has row level security and no policy: nobody but the service role reads or writes its rows"
    );
    let owner = ["user_id", "owner_id", "member_id", "created_by", "author_id"];
    let column = owner.iter().find(|column| table.column(column).is_some()).unwrap_or(&"user_id");
    let help = format!(
        "add a policy for each command that users need, such as `CREATE POLICY \"Users can view their rows\" ON {name} FOR SELECT USING (auth.uid() = {column});`"
    );
    let place = cx.judged([Some(table.created), table.switched].into_iter().flatten())?;
    let finding = cx.finding("rls-policies", place, message)?.help(help).subject(&name);
    Some(finding.fix(offers::owner_policies(cx, table)))
}

fn idle(cx: &SqlContext<'_>, table: &Table, policy: &Policy) -> Option<Finding> {
    let name = table_name(table);
    let message =
        format!("policy `{}` guards nothing: row level security of table `{name}` is not enabled", policy.name);
    let finding = cx.finding("rls-policies", policy.place, message)?.subject(format!("{name} {}", policy.name));
    let finding = finding.help(format!("add `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;`"));
    let created = cx.location(table.created);
    Some(match created {
        Some(place) => finding.related(place, "the table is created here"),
        None => finding,
    })
}

fn permissive(cx: &SqlContext<'_>, fault: &PermissivePolicy<'_>, condition: Place) -> Option<Finding> {
    let (table, policy) = (table_name(fault.table), fault.policy);
    let command = verb(policy.command);
    let roles = if policy.roles.iter().all(|role| role == "public") {
        "everyone".to_owned()
    } else {
        format!("every `{}`", policy.roles.join("`, `"))
    };
    let name = &policy.name;
    let (message, help) = match fault.reason {
        PermissiveReason::UsingAlwaysTrue => (
            format!("policy `{name}` lets {roles} {command} every row of `{table}`: its `USING` is always true"),
            "compare the row with the user, as in `USING (auth.uid() = user_id)`, or give the policy to the service role: `TO service_role`",
        ),
        PermissiveReason::CheckAlwaysTrue => (
            format!("policy `{name}` lets {roles} write any row into `{table}`: its `WITH CHECK` is always true"),
            "compare the new row with the user, as in `WITH CHECK (auth.uid() = user_id)`, or give the policy to the service role: `TO service_role`",
        ),
        PermissiveReason::InsertWithoutCheck => (
            format!("policy `{name}` lets {roles} insert any row into `{table}`: it has no `WITH CHECK`"),
            "say which rows may be inserted, as in `WITH CHECK (auth.uid() = user_id)`",
        ),
        PermissiveReason::TrustsUserMetadata => (
            format!("policy `{name}` of `{table}` trusts `user_metadata`, which users can change themselves"),
            "read `app_metadata`, which only the service role changes, or a table",
        ),
    };
    // A policy of an earlier migration may get another condition.
    let place = cx.judged([policy.place, condition])?;
    let finding = cx.finding("rls-permissive", place, message)?.help(help).subject(format!("{table} {name}"));
    let line = |place: Place| cx.location(place);
    let elsewhere = line(condition).filter(|place| place.start.line != finding.location.start.line);
    Some(match elsewhere {
        Some(place) => finding.related(place, "the condition"),
        None => finding,
    })
}

fn verb(command: PolicyCommand) -> &'static str {
    match command {
        PolicyCommand::Select => "read",
        PolicyCommand::Insert => "insert",
        PolicyCommand::Update => "change",
        PolicyCommand::Delete => "delete",
        PolicyCommand::All => "change and delete",
    }
}

/// Policies that the SQL adds to tables of the codebase that no text creates: the schema does not hold those, so
/// the SQL is run once more behind statements that create them.
fn on_existing_tables(cx: &SqlContext<'_>) -> Vec<Finding> {
    let mut tables: BTreeSet<(String, String)> = BTreeSet::new();
    for source in cx.database.sources.iter().filter(|source| source.is_judged) {
        let statements = source.sql.statements.iter().filter(|statement| statement.direction == Direction::Up);
        for statement in statements {
            if let StatementKind::CreatePolicy(policy) = &statement.kind {
                tables.insert(owned_name(&policy.table));
            }
        }
    }
    tables.retain(|(schema, name)| !cx.database.schema.tables.iter().any(|t| t.name == *name && t.schema == *schema));
    if tables.is_empty() {
        return Vec::new();
    }
    let create = |(schema, name): &(String, String)| {
        let name = format!("{}.{}", identifier(schema), identifier(name));
        format!("CREATE TABLE {name} ();\nALTER TABLE {name} ENABLE ROW LEVEL SECURITY;\n")
    };
    let existing = SqlText::parse(&tables.iter().map(create).collect::<String>());
    let texts = std::iter::once(&existing).chain(cx.database.sources.iter().map(|source| source.sql));
    let schema = cx.fold(texts, 1);
    let own = schema.permissive_policies().filter(|fault| fault.table.created.text == 0);
    let finding = |fault: PermissivePolicy<'_>| {
        let mut policy = fault.policy.clone();
        policy.place = before(policy.place)?;
        permissive(cx, &PermissivePolicy { policy: &policy, ..fault }, before(fault.place)?)
    };
    own.filter_map(finding).collect()
}

fn owned_name(name: &QualifiedName) -> (String, String) {
    let schema = name.schema.as_ref().map_or("public", |schema| schema.value.as_str());
    (schema.to_owned(), name.name.value.clone())
}

/// The place without the text that was put in front.
fn before(place: Place) -> Option<Place> {
    Some(Place { text: place.text.checked_sub(1)?, ..place })
}
