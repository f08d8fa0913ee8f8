//! Queries of one table, as lines of TypeScript.

use super::{key, text};
use crate::scaffold::tables::{Column, Owner, Table};

/// What a query does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    List,
    Read,
    Add,
    Change,
    Delete,
}

/// The row that a query is about.
pub(super) struct Row<'r> {
    pub table: &'r Table,
    /// The variable with its id.
    pub id: Option<&'r str>,
}

impl Row<'_> {
    /// The column that holds the user, if one does.
    fn user_column(&self) -> Option<&str> {
        match &self.table.owner {
            Owner::Column(column) => Some(column),
            _ => None,
        }
    }

    fn own(&self) -> Option<String> {
        self.user_column().map(|column| format!("    .eq({}, user.id)", text(column)))
    }

    fn by_id(&self) -> Option<String> {
        let [column] = self.table.primary_key.as_slice() else { return None };
        self.id.map(|id| format!("    .eq({}, {id})", text(column)))
    }

    /// The columns that a caller sets: not the key, the owner, and what the database keeps.
    fn set(&self) -> Vec<&Column> {
        let is_kept = |column: &&Column| {
            let is_key = self.table.primary_key == [column.name.as_str()];
            let is_owner = self.user_column() == Some(column.name.as_str());
            let is_time = matches!(column.name.as_str(), "created_at" | "updated_at");
            column.field.is_some() && !is_key && !is_owner && !is_time && !column.ty.contains("GENERATED")
        };
        self.table.columns.iter().filter(is_kept).collect()
    }

    /// The statement that fills `data` and `error`.
    pub(super) fn query(&self, action: Action, stored: Option<&str>) -> Vec<String> {
        let mut lines = vec![
            "  const { data, error } = await supabase".to_owned(),
            format!("    .from({})", text(&self.table.name)),
        ];
        match action {
            Action::List => {
                lines.push("    .select('*')".to_owned());
                lines.extend(self.own());
                lines.push("    .order('created_at', { ascending: false });".to_owned());
            }
            Action::Read => {
                lines.push("    .select('*')".to_owned());
                self.one(&mut lines);
            }
            Action::Add => {
                lines.push("    .insert({".to_owned());
                lines.extend(self.user_column().map(|column| format!("      {}: user.id,", key(column))));
                lines.extend(self.values(stored));
                lines.push("    })".to_owned());
                lines.push("    .select('*')".to_owned());
                lines.push("    .single();".to_owned());
            }
            Action::Change => {
                lines.push("    .update({".to_owned());
                lines.extend(self.values(None));
                lines.push("    })".to_owned());
                self.one_changed(&mut lines);
            }
            Action::Delete => {
                lines.push("    .delete()".to_owned());
                self.one_changed(&mut lines);
            }
        }
        lines
    }

    /// A line for each column that is set; `stored` is the bucket of the file whose path is in `path`.
    fn values(&self, stored: Option<&str>) -> Vec<String> {
        let value = |column: &&Column| {
            let value = match (stored, column.name.as_str()) {
                (Some(_), "storage_path") => "path".to_owned(),
                (Some(bucket), "storage_bucket") => text(bucket),
                _ => format!("body.{}", column.field.as_deref().unwrap_or(&column.name)),
            };
            format!("      {}: {value},", key(&column.name))
        };
        self.set().iter().map(value).collect()
    }

    fn one(&self, lines: &mut Vec<String>) {
        lines.extend(self.by_id());
        lines.extend(self.own());
        lines.push("    .maybeSingle();".to_owned());
    }

    fn one_changed(&self, lines: &mut Vec<String>) {
        lines.extend(self.by_id());
        lines.extend(self.own());
        lines.push("    .select('*')".to_owned());
        lines.push("    .maybeSingle();".to_owned());
    }
}
