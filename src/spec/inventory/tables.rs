use super::Inventory;
use super::unit::{Grid, Unit, grids, units};
use crate::languages::code::CodeKind;
use crate::markdown::{Document, InlineKind};
use crate::spec::code::Code;
use crate::spec::schema::{Schema, SchemaOptions, SessionScope};

impl Inventory {
    /// Tables: from Markdown tables, lines and SQL.
    pub(super) fn read_tables(&mut self, document: &Document<'_>, code: &[Code<'_>]) {
        for unit in units(document).filter(|unit| !unit.is_planned()) {
            self.table_line(&unit);
        }
        for heading in table_headings(document) {
            self.tables.entry(heading.to_owned()).or_default();
        }
        for grid in grids(document) {
            let above = table_above(document, grid.start).filter(|_| grid.column(&["table"]).is_none());
            match above {
                Some(name) => self.column_grid(&grid, name),
                None => self.table_grid(&grid),
            }
        }
        let options = SchemaOptions { session: SessionScope::Shared, ..SchemaOptions::default() };
        let sql = code.iter().filter(|code| code.kind == CodeKind::Sql).map(Code::sql);
        for table in Schema::fold(sql, &options).tables {
            let columns = table.columns.iter().map(|column| column.name.value.clone()).collect();
            self.add_table(&table.name, columns, table.complete);
        }
    }

    fn add_table(&mut self, name: &str, columns: Vec<String>, complete: bool) {
        let table = self.tables.entry(name.to_owned()).or_default();
        table.columns.extend(columns);
        table.complete |= complete;
    }

    /// A row for each table.
    fn table_grid(&mut self, grid: &Grid<'_>) {
        let Some(names) = grid.names_of("table") else { return };
        let columns = grid.column(&["column", "field", "schema"]);
        let is_partial = columns.and_then(|at| grid.headers.get(at)).is_some_and(|header| {
            ["key", "main", "important", "relevant", "notable"].iter().any(|word| header.contains(word))
        });
        for row in &grid.rows {
            let Some(name) = row.get(names).and_then(|cell| cell.names().first().copied().and_then(identifier)) else {
                continue;
            };
            let cell = columns.and_then(|at| row.get(at));
            let listed: Vec<String> = cell
                .map_or(Vec::new(), |cell| cell.names().into_iter().filter_map(column).map(str::to_owned).collect());
            let is_open = cell.is_some_and(|cell| is_open_ended(&cell.plain));
            let complete = !listed.is_empty() && !is_partial && !is_open;
            self.add_table(name, listed, complete);
        }
    }

    /// A row for each column of the table that the line or heading above names.
    fn column_grid(&mut self, grid: &Grid<'_>, name: &str) {
        let Some(names) = grid.column(&["column", "field"]) else { return };
        let cells = grid.rows.iter().filter_map(|row| row.get(names));
        let listed: Vec<String> =
            cells.filter_map(|cell| cell.names().first().copied().and_then(column).map(str::to_owned)).collect();
        let complete = !listed.is_empty() && !grid.rows.iter().flatten().any(|cell| is_open_ended(&cell.plain));
        self.add_table(name, listed, complete);
    }

    /// A sentence that names tables, a line that starts with `Table` and lists columns, an item of a list about tables.
    fn table_line(&mut self, unit: &Unit<'_>) {
        for name in unit.plain_list("table").filter_map(identifier) {
            self.tables.entry(name.to_owned()).or_default();
        }
        let speaks = has_word(unit.plain(), "table") || has_word(unit.plain(), "tables");
        let announced = unit.in_list && (has_word(unit.context(), "table") || has_word(unit.context(), "tables"));
        // `- **tides**: …` in a list of tables names one in bold type.
        let bold = unit.plain().split([':', '(', '–', '—']).next().and_then(identifier).filter(|_| announced);
        if let Some(name) = bold.filter(|name| !unit.codes().any(|code| code == *name)) {
            let columns: Vec<String> = unit.codes().filter_map(column).map(str::to_owned).collect();
            let complete = columns.len() > 1 && !is_open_ended(unit.plain()) && !unit.plain().contains("key ");
            self.add_table(name, columns, complete);
            return;
        }
        let names: Vec<&str> = unit.codes().filter_map(identifier).collect();
        let Some(&first) = names.first().filter(|_| speaks || announced) else { return };
        let starts = unit.parts.iter().find(|(_, text)| !text.trim().is_empty());
        let leads = starts.is_some_and(|&(kind, text)| kind == InlineKind::Code && text.trim() == first);
        if (leads && announced) || unit.plain().trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("table")
        {
            let columns: Vec<String> = unit.codes().skip(1).filter_map(column).map(str::to_owned).collect();
            let complete = columns.len() > 1 && !is_open_ended(unit.plain()) && !unit.plain().contains("key ");
            self.add_table(first, columns, complete);
        } else if speaks {
            for name in names {
                self.tables.entry(name.to_owned()).or_default();
            }
        }
    }
}

/// Tables and views that headings name: `Table: tides`, `View tides`, or just `tides` below a heading about tables.
fn table_headings<'d>(document: &'d Document<'_>) -> Vec<&'d str> {
    // Level, and whether it is about tables; `None` where those are to be made.
    let mut above: Vec<(u8, Option<bool>)> = Vec::new();
    let mut names = Vec::new();
    for heading in &document.headings {
        while above.last().is_some_and(|&(level, _)| level >= heading.level) {
            above.pop();
        }
        let text = document.slice(heading.text);
        let lower = text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| has_word(&lower, word));
        let is_about = has(&["table", "tables", "database", "schema", "view", "views"]);
        let is_planned = has(&["create", "new", "add"]) || above.iter().any(|(_, about)| about.is_none());
        let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(['`', ':', '*'])).collect();
        let name = words.last().copied().and_then(identifier);
        let is_below = above.iter().any(|&(_, about)| about == Some(true));
        let is_named = words.len() == 1 && is_below || words.len() == 2 && is_about;
        names.extend(name.filter(|_| is_named && !is_planned));
        above.push((heading.level, (!is_planned).then_some(is_about)));
    }
    names
}

/// The table that the heading or line right above a Markdown table names.
fn table_above<'d>(document: &'d Document<'_>, start: usize) -> Option<&'d str> {
    let behind = document.prose.partition_point(|prose| prose.span.start < start);
    let above = document.prose.get(behind.checked_sub(1)?)?;
    let codes = document.inlines_of(above).iter().filter(|inline| inline.kind == InlineKind::Code);
    let mut names = codes.filter_map(|inline| identifier(document.slice(inline.span)));
    names.next().or_else(|| identifier(document.slice(above.span).trim_matches(['*', ':', ' '])))
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|own| own == word)
}

/// A table's name as the API knows it; a schema in front is cut off.
fn identifier(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("public.").unwrap_or(text.trim());
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_') && name.chars().all(is_plain)).then_some(name)
}

/// The column of `id UUID` or `id`.
fn column(text: &str) -> Option<&str> {
    let name = text.split([' ', ':', '(']).next()?;
    (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
}

fn is_open_ended(text: &str) -> bool {
    ["…", "...", "etc"].iter().any(|word| text.contains(word))
}
