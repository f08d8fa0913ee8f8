//! Tables and buckets that nothing defines.

use std::collections::BTreeSet;

use super::catalog::Catalog;
use super::groups::{Group, Groups, listed};
use super::slips::Finder;
use super::{Known, blindness, unchecked};
use crate::checks::{Check, Context};
use crate::diagnostics::{Edit, Finding, Fix};
use crate::languages::typescript::{Query, QueryTarget};
use crate::spec::Code;
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["unknown-table", "unknown-bucket"], run };

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("unknown-table") && !cx.is_on("unknown-bucket") {
        return;
    }
    let catalog = Catalog::new(cx);
    let (mut of_tables, mut of_buckets) = (Vec::new(), Vec::new());
    for code in cx.scripts() {
        for query in &code.facts().queries {
            match query.target {
                QueryTarget::Table => of_tables.extend(tables_of(&catalog, code, query)),
                QueryTarget::Bucket => {
                    of_buckets.extend(query.name.as_ref().map(|name| (name.text.clone(), code.place(name.span))));
                }
                QueryTarget::Function => {}
            }
        }
    }
    // A codebase does not tell what its database has; its migrations do.
    let tables: BTreeSet<&str> = catalog.names().collect();
    let is_migrated =
        cx.pair.existing_tables(&cx.config.exposed_schemas).any(|table| cx.pair.is_migrated(table.created));
    let known = Known { elsewhere: is_migrated, any: !tables.is_empty() };
    let tables = Names { rule: "unknown-table", what: "table", known: tables, blind: blindness(cx, &known) };
    findings.extend(tables.judge(cx, &of_tables));
    // Buckets are few: an inventory without any says that there are none.
    let known = Known { elsewhere: false, any: true };
    let buckets =
        Names { rule: "unknown-bucket", what: "bucket", known: known_buckets(cx), blind: blindness(cx, &known) };
    findings.extend(buckets.judge(cx, &of_buckets));
}

/// The tables that a query names: its own, and those that its selection embeds.
fn tables_of(catalog: &Catalog<'_>, code: &Code<'_>, query: &Query) -> Vec<(String, Span)> {
    // Other schemas than the one that the API serves first are not listed anywhere.
    if query.schema.is_some() {
        return Vec::new();
    }
    // A selection may also embed over a foreign key, by the name of its column, or over a function.
    let columns = query.name.as_ref().and_then(|name| catalog.columns(&name.text));
    let may_be_key = |name: &str| columns.is_none_or(|own| own.has(name)) || catalog.has_function(name);
    let embedded = query.embedded.iter().filter(|name| !may_be_key(&name.text));
    query.name.iter().chain(embedded).map(|name| (name.text.clone(), code.place(name.span))).collect()
}

fn known_buckets<'c>(cx: &'c Context<'_, '_>) -> BTreeSet<&'c str> {
    let sql = cx.pair.schema(&cx.config.exposed_schemas).buckets.iter().map(|bucket| bucket.id.as_str());
    let created = cx.pair.created().buckets.iter().map(String::as_str);
    let listed = cx.pair.known().into_iter().flat_map(|inventory| &inventory.buckets).map(String::as_str);
    sql.chain(created).chain(listed).collect()
}

/// The names of one kind that are known.
struct Names<'c> {
    rule: &'static str,
    what: &'static str,
    known: BTreeSet<&'c str>,
    /// Why others than these may exist.
    blind: Option<&'static str>,
}

impl Names<'_> {
    fn judge(&self, cx: &Context<'_, '_>, uses: &[(String, Span)]) -> Vec<Finding> {
        let mut finder = Finder::new(self.known.iter().copied());
        let (mut groups, mut unresolved) = (Groups::default(), Vec::new());
        for (name, span) in uses.iter().filter(|(name, _)| !self.known.contains(name.as_str())) {
            let near = finder.likely(name);
            if self.blind.is_some() && near.is_none() {
                unresolved.push(*span);
                continue;
            }
            let key = near.and_then(|near| affix(name, near)).unwrap_or_else(|| name.clone());
            groups.add(cx, key, ("", name), *span);
        }
        let mut findings = Vec::new();
        for group in groups.iter() {
            // `jobs` beside `print_jobs` may be a table of the codebase; several such names share a cause.
            let is_lonely = group.names.len() == 1
                && finder.likely(group.name()).is_some_and(|near| affix(group.name(), near).is_some());
            if self.blind.is_some() && is_lonely {
                unresolved.push(group.first);
                unresolved.extend(&group.others);
            } else {
                findings.extend(self.finding(cx, &mut finder, group));
            }
        }
        unresolved.sort_unstable();
        let what = format!("{} name", self.what);
        let note = self.blind.and_then(|reason| unchecked(cx, self.rule, &what, &unresolved, reason));
        findings.into_iter().chain(note).collect()
    }

    fn finding(&self, cx: &Context<'_, '_>, finder: &mut Finder<'_>, group: &Group) -> Option<Finding> {
        let (rule, what) = (self.rule, self.what);
        let plural = if group.names.len() == 1 { "" } else { "s" };
        let message = format!("nothing defines the {what}{plural} {}", group.list());
        let near: Vec<&str> = group.names.iter().filter_map(|name| finder.likely(name)).collect();
        let help = match near.as_slice() {
            [] if rule == "unknown-table" => "create it in a migration, or query a table that exists".to_owned(),
            [] => "list it as a bucket to create, or use one that exists".to_owned(),
            near => format!("did you mean {}?", listed(near.iter().copied())),
        };
        let fix = (rule == "unknown-table").then(|| rename(cx, finder, group)).flatten();
        Some(group.finding(cx, rule, message)?.help(help).fix(fix))
    }
}

/// Queries the tables that were probably meant, at all places of a group. `None` where one of its names is like no other.
fn rename(cx: &Context<'_, '_>, finder: &mut Finder<'_>, group: &Group) -> Option<Fix> {
    let document = cx.pair.integrated.document;
    let mut edits = Vec::new();
    for span in std::iter::once(&group.first).chain(&group.others) {
        let written = document.slice(*span);
        let name = written.trim_matches(['\'', '"', '`']);
        let near = finder.likely(name)?;
        let quote = written.len().checked_sub(name.len()).filter(|quotes| quotes % 2 == 0)? / 2;
        let place = Span::new(span.start + quote, span.end - quote);
        edits.push(Edit::replace(place, near));
    }
    edits.dedup();
    Some(Fix::risky("query the table that was probably meant", edits))
}

/// What a name and the one that was meant differ by, where that is a prefix or suffix: the cause that many names share.
fn affix(name: &str, near: &str) -> Option<String> {
    let (long, short, sign) = if name.len() > near.len() { (name, near, '+') } else { (near, name, '-') };
    let rest = long.strip_suffix(short).filter(|rest| rest.ends_with(['_', '-']));
    let prefix = rest.map(|rest| format!("{sign}{rest}*"));
    prefix.or_else(|| {
        let rest = long.strip_prefix(short).filter(|rest| rest.starts_with(['_', '-']))?;
        Some(format!("*{sign}{rest}"))
    })
}
