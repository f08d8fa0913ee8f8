use crate::scaffold::draft::marker;
use crate::scaffold::tables::{Column, ForeignKey, Table, Tables, Target, quoted, shortened};

/// `CREATE TABLE`, with the references to tables that are there.
pub(super) fn create(tables: &Tables, table: &Table, is_there: &dyn Fn(Target) -> bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    for column in &table.columns {
        let key = table.foreign_keys.iter().find(|key| key.columns == [column.name.as_str()] && is_there(key.target));
        let note = column.note.iter().map(|note| format!("  -- {}\n", marker(note)));
        lines.push(format!("{}  {}", note.collect::<String>(), column_line(tables, table, column, key)));
    }
    if table.primary_key.len() > 1 {
        lines.push(format!("  PRIMARY KEY ({})", list(&table.primary_key)));
    }
    lines.extend(table.uniques.iter().map(|columns| format!("  UNIQUE ({})", list(columns))));
    let several = table.foreign_keys.iter().filter(|key| key.columns.len() > 1 && is_there(key.target));
    lines.extend(several.map(|key| format!("  FOREIGN KEY ({}) {}", list(&key.columns), reference(tables, key))));
    format!("CREATE TABLE {} (\n{}\n)", quoted(&table.name), lines.join(",\n"))
}

fn column_line(tables: &Tables, table: &Table, column: &Column, key: Option<&ForeignKey>) -> String {
    let mut parts = vec![quoted(&column.name), column.ty.clone()];
    if table.primary_key == [column.name.as_str()] {
        parts.push("PRIMARY KEY".to_owned());
    } else if !column.nullable {
        parts.push("NOT NULL".to_owned());
    }
    parts.extend(column.default.iter().map(|default| format!("DEFAULT {default}")));
    if column.unique {
        parts.push("UNIQUE".to_owned());
    }
    parts.extend(column.check.iter().map(|check| format!("CHECK ({check})")));
    parts.extend(key.map(|key| reference(tables, key)));
    parts.join(" ")
}

fn reference(tables: &Tables, key: &ForeignKey) -> String {
    let target = match key.target {
        Target::Users => "auth.users".to_owned(),
        Target::Table(index) => tables.get(index).map_or(String::new(), |table| quoted(&table.name)),
    };
    let mut parts = vec![format!("REFERENCES {target}({})", list(&key.references))];
    parts.extend(key.on_delete.map(|action| format!("ON DELETE {action}")));
    parts.extend(key.on_update.map(|action| format!("ON UPDATE {action}")));
    parts.join(" ")
}

/// A reference to a table that was not there when this one was created.
pub(super) fn add_reference(tables: &Tables, table: &Table, key: &ForeignKey) -> String {
    let name = shortened(&format!("{}_{}_fkey", table.name, key.columns.join("_")));
    format!(
        "ALTER TABLE {} ADD CONSTRAINT {}\n  FOREIGN KEY ({}) {}",
        quoted(&table.name),
        quoted(&name),
        list(&key.columns),
        reference(tables, key)
    )
}

pub(super) fn index(table: &Table, columns: &[String]) -> String {
    let name = shortened(&format!("{}_{}_idx", table.name, columns.join("_")));
    format!("CREATE INDEX {} ON {} ({})", quoted(&name), quoted(&table.name), list(columns))
}

pub(super) fn trigger(table: &Table) -> String {
    let name = shortened(&format!("{}_set_updated_at", table.name));
    format!(
        "CREATE TRIGGER {} BEFORE UPDATE ON {}\n  FOR EACH ROW EXECUTE FUNCTION set_updated_at()",
        quoted(&name),
        quoted(&table.name)
    )
}

fn list(columns: &[String]) -> String {
    columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
}
