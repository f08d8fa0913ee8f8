use crate::scaffold::tables::{ForeignKey, Owner, Table, Tables, Target, quoted};

pub(super) fn enable(table: &Table) -> String {
    format!("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", quoted(&table.name))
}

/// The tables over which the policies of a table reach its owner, the nearest first; empty where a column holds it.
pub(super) fn way(tables: &Tables, index: usize) -> Vec<usize> {
    let mut way = Vec::new();
    let mut at = index;
    while let Some((_, target)) = parent(tables, at) {
        way.push(target);
        at = target;
    }
    way
}

fn parent(tables: &Tables, index: usize) -> Option<(&ForeignKey, usize)> {
    let table = tables.get(index)?;
    let Owner::Parent(key) = table.owner else { return None };
    let key = table.foreign_keys.get(key)?;
    match key.target {
        Target::Table(target) => Some((key, target)),
        Target::Users => None,
    }
}

/// The policies of a table: its owner may do everything with a row, or only the server may.
pub(super) fn policies(tables: &Tables, index: usize) -> Vec<String> {
    let Some(table) = tables.get(index) else { return Vec::new() };
    let name = quoted(&table.name);
    let Some(condition) = condition(tables, index) else {
        return vec![format!(
            "CREATE POLICY \"The server reaches {}\" ON {name}\n  FOR ALL TO service_role USING (true) WITH CHECK (true)",
            short(&table.name)
        )];
    };
    let kinds = [
        ("read", "SELECT", true, false),
        ("add", "INSERT", false, true),
        ("change", "UPDATE", true, true),
        ("delete", "DELETE", true, false),
    ];
    let policy = |(verb, command, uses, checks): (&str, &str, bool, bool)| {
        let using = if uses { format!("\n  USING ({condition})") } else { String::new() };
        let check = if checks { format!("\n  WITH CHECK ({condition})") } else { String::new() };
        let short = short(&table.name);
        format!("CREATE POLICY \"Owners {verb} {short}\" ON {name}\n  FOR {command} TO authenticated{using}{check}")
    };
    kinds.into_iter().map(policy).collect()
}

/// A table's name in the name of a policy, which has to be short and without quotes.
fn short(name: &str) -> String {
    name.chars().filter(|c| *c != '"').take(24).collect()
}

/// That the user who asks owns the row; `None` where nothing leads to an owner.
fn condition(tables: &Tables, index: usize) -> Option<String> {
    let table = tables.get(index)?;
    if let Owner::Column(column) = &table.owner {
        return Some(format!("auth.uid() = {}", quoted(column)));
    }
    let (mut key, mut target) = parent(tables, index)?;
    // A table may come twice on the way in other roles, so that each gets a name of its own.
    let alias = |step: usize| format!("p{step}");
    let mut from = vec![format!("{} AS {}", quoted(&tables.get(target)?.name), alias(1))];
    let start = equal(key, &alias(1), &quoted(&table.name));
    let mut step = 1;
    while let Some((next_key, next)) = parent(tables, target) {
        key = next_key;
        let on = equal(key, &alias(step + 1), &alias(step));
        from.push(format!("JOIN {} AS {} ON {on}", quoted(&tables.get(next)?.name), alias(step + 1)));
        (target, step) = (next, step + 1);
    }
    let Owner::Column(column) = &tables.get(target)?.owner else { return None };
    let end = format!("{}.{} = auth.uid()", alias(step), quoted(column));
    Some(format!("EXISTS (SELECT 1 FROM {} WHERE {start} AND {end})", from.join(" ")))
}

/// That `parent` is the row to which `child` refers.
fn equal(key: &ForeignKey, parent: &str, child: &str) -> String {
    let pairs = key.references.iter().zip(&key.columns);
    let equal = pairs.map(|(to, from)| format!("{parent}.{} = {child}.{}", quoted(to), quoted(from)));
    equal.collect::<Vec<_>>().join(" AND ")
}
