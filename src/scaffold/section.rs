use std::collections::BTreeSet;

use super::code::module_of;
use super::copy;
use super::draft::{Draft, marker};
use super::feature;
use super::implementation;
use super::plan::{Home, Original, Plan, section_of};
use super::tables::Target;
use crate::spec::{PartKind, PlanEntry, Section, Task, section_key};
use crate::text::Span;

/// A section with its end block.
pub(super) fn write(draft: &mut Draft<'_>, plan: &Plan<'_>, index: usize) {
    let Some(section) = plan.section(index) else { return };
    let name = plan.source.document.slice(section.name);
    draft.rule();
    draft.heading(2, &format!("SECTION {}: {name} - INTEGRATED", section.number));
    overview(draft, plan, section);
    dependencies(draft, plan, index);
    draft.heading(3, "Features & Requirements");
    for (place, own) in plan.features(index) {
        feature::write(draft, plan, place, own);
    }
    if plan.has_work(Home::Section(index)) {
        draft.heading(3, "Shared by the Features Above (INTEGRATED)");
        implementation::write(draft, plan, Home::Section(index));
    }
    tests(draft, plan, section);
    tasks(draft, plan, section);
    end(draft, plan, index);
}

/// Purpose and user value; the plan's where the section itself has none.
fn overview(draft: &mut Draft<'_>, plan: &Plan<'_>, section: &Section<'_>) {
    let planned = plan.source.plan.iter().find(|entry| section_key(&entry.number) == section_key(&section.number));
    draft.heading(3, PartKind::Overview.name());
    match (&section.purpose, section.purpose_span, planned.and_then(|entry| entry.purpose)) {
        (Some(purpose), _, _) => draft.preserved("Section Purpose", purpose),
        (None, Some(paragraph), _) => draft.preserved_paragraph(paragraph),
        (None, None, Some(purpose)) => draft.preserved("Section Purpose", &purpose),
        (None, None, None) => {
            draft.paragraph(&format!("**Section Purpose:** {}", marker("what this section is for")));
        }
    }
    let planned = || planned.and_then(|entry: &PlanEntry<'_>| entry.user_value);
    if let Some(value) = section.user_value.or_else(planned) {
        draft.preserved("User Value", &value);
    }
}

fn dependencies(draft: &mut Draft<'_>, plan: &Plan<'_>, index: usize) {
    draft.heading(3, PartKind::Dependencies.name());
    let document = plan.source.document;
    let skipped: Vec<String> = plan
        .skipped(index)
        .map(|(feature, reason)| match document.slice(feature.short_title) {
            title if title.contains("FR-") => format!("{}: {reason}", feature.id),
            title => format!("{} {title}: {reason}", feature.id),
        })
        .collect();
    if !skipped.is_empty() {
        draft.list("**Existing Infrastructure** (no changes needed):", &skipped);
    }
    draft.list("**Codebase Infrastructure Used:**", &used(plan, index));
    draft.list("**Previous Section Prerequisites:**", &prerequisites(plan, index));
}

/// What the section takes from the codebase.
fn used(plan: &Plan<'_>, index: usize) -> Vec<String> {
    let homes = plan.homes_of(index);
    let has_routes = plan.routes.iter().any(|route| homes.contains(&route.home));
    let has_tables = homes.iter().any(|home| plan.migrations.contains_key(home));
    let module = |symbol| format!("`{}`", module_of(plan.inventory, symbol));
    let mut items = Vec::new();
    if has_routes {
        items.push(format!("Authentication: `requireAuth()` from {}", module("requireAuth")));
        items.push(format!("Database: `createServerSupabaseClient()` from {}", module("createServerSupabaseClient")));
    }
    if has_tables {
        items.push("Users: the accounts of Supabase Auth, referred to by their ids".to_owned());
    }
    if homes.iter().any(|home| plan.buckets.contains_key(home)) {
        items.push("Files: Supabase Storage, private buckets with signed URLs".to_owned());
    }
    if homes.iter().any(|home| plan.needs(*home, Original::Fetching)) {
        items.push("Data in components: React Query and its provider".to_owned());
    }
    if homes.iter().any(|home| plan.needs(*home, Original::Queue)) {
        items.push("Background work: Edge Functions, started by Supabase Cron".to_owned());
    }
    if index == 0 && !plan.tables.profile.is_empty() {
        let fields = plan.tables.profile.join(", ");
        items.push(format!("User profiles: {}", marker(&format!("where the fields {fields} of a user are kept"))));
    }
    if items.is_empty() { vec![marker("what this section uses of the codebase")] } else { items }
}

/// The tables of earlier sections that this one refers to or reads.
fn prerequisites(plan: &Plan<'_>, index: usize) -> Vec<String> {
    if index == 0 {
        return vec!["None (foundation section)".to_owned()];
    }
    let homes = plan.homes_of(index);
    let own = || plan.tables.tables.iter().filter(|table| homes.contains(&table.home));
    let referred = own().flat_map(|table| &table.foreign_keys).filter_map(|key| match key.target {
        Target::Table(target) => plan.tables.get(target),
        Target::Users => None,
    });
    let routes = plan.routes.iter().filter(|route| homes.contains(&route.home));
    let read = routes.filter_map(|route| route.table(plan)).map(|(table, _)| table);
    let earlier = referred.chain(read).filter(|table| section_of(table.home).is_some_and(|section| section < index));
    let mut names: Vec<(usize, &str)> =
        earlier.filter_map(|table| Some((section_of(table.home)?, table.name.as_str()))).collect();
    names.sort_unstable();
    names.dedup();
    let number = |section: usize| plan.section(section).map_or("", |section| section.number.as_str());
    let items: Vec<String> =
        names.iter().map(|(section, name)| format!("Table `{name}` from Section {}", number(*section))).collect();
    if items.is_empty() { vec![marker("what this section uses of the earlier ones")] } else { items }
}

fn tests(draft: &mut Draft<'_>, plan: &Plan<'_>, section: &Section<'_>) {
    if let Some(part) = section.part(PartKind::Testing) {
        draft.heading(3, PartKind::Testing.name());
        copy::block(draft, plan.source, part.content);
    }
}

/// The tasks, and those that stand elsewhere in the section.
fn tasks(draft: &mut Draft<'_>, plan: &Plan<'_>, section: &Section<'_>) {
    let part = section.part(PartKind::Tasks);
    let content = part.map_or(Span::empty(section.span.end), |part| part.content);
    let known: Vec<&str> = plan
        .source
        .tasks
        .iter()
        .filter(|task| content.contains(task.span.start))
        .map(|task| task.id.as_str())
        .collect();
    let others = plan.source.tasks.iter().filter(|task| section.whole().contains(task.span.start));
    let others: Vec<_> = others.filter(|task| !known.contains(&task.id.as_str())).collect();
    if part.is_none() && others.is_empty() {
        return;
    }
    draft.heading(3, PartKind::Tasks.name());
    copy::block(draft, plan.source, content);
    task_list(draft, plan, others.into_iter());
}

/// Tasks as a list, each id once.
pub(super) fn task_list<'t>(draft: &mut Draft<'_>, plan: &Plan<'_>, tasks: impl Iterator<Item = &'t Task>) {
    let mut written = BTreeSet::new();
    for task in tasks.filter(|task| written.insert(task.id.as_str())) {
        let rest = Span::new(task.span.start + task.id.len(), task.span.end);
        let text = plan.source.document.slice(rest);
        let start = text.len() - text.trim_start_matches(['*', '_', ':', ' ', '-', '–', '—', '|']).len();
        let end = text.trim_end_matches(['*', '_', '|', ' ', '\r']).len().max(start);
        draft.lead(&format!("- **{}**: ", task.id));
        draft.copy(Span::new(rest.start + start, rest.start + end), "");
        draft.end_line();
    }
    draft.blank();
}

fn end(draft: &mut Draft<'_>, plan: &Plan<'_>, index: usize) {
    let Some(section) = plan.section(index) else { return };
    draft.heading(2, &format!("END OF SECTION {}", section.number));
    let ids: Vec<&str> = plan.features(index).map(|(_, feature)| feature.id.as_str()).collect();
    let features = if ids.is_empty() { "none of its own".to_owned() } else { ids.join(", ") };
    draft.list("**Section Summary:**", &[format!("Features: {features}")]);
    let homes = plan.homes_of(index);
    let tables = plan.tables.tables.iter().filter(|table| homes.contains(&table.home));
    let tables: Vec<String> = tables.map(|table| format!("`{}`", table.name)).collect();
    let mut offers = Vec::new();
    if !tables.is_empty() {
        offers.push(format!("Tables {}", tables.join(", ")));
    }
    let mut paths: Vec<String> = Vec::new();
    for route in plan.routes.iter().filter(|route| homes.contains(&route.home)) {
        let path = format!("`{}`", route.path());
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    if !paths.is_empty() {
        offers.push(format!("Routes {}", paths.join(", ")));
    }
    if offers.is_empty() {
        let is_last = index + 1 == plan.source.sections.len();
        offers.push(if is_last {
            "Nothing further: this is the last section".to_owned()
        } else {
            marker("what later sections can use")
        });
    }
    draft.list("**Available for Next Section:**", &offers);
}
