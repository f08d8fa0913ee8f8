//! What is built: migration, routes, hooks, background work of one place.

use super::code::{edge_function, hooks, route_file};
use super::draft::{Draft, marker};
use super::plan::{Home, Original, Plan};
use super::routes::Route;

/// Words that tell work in the background from a cache or a limit.
const BACKGROUND: [&str; 8] = ["bullmq", "queue", "worker", "background", "cron", "schedule", "job", "retry"];

/// Writes what is built at a place. Returns whether anything is.
pub(super) fn write(draft: &mut Draft<'_>, plan: &Plan<'_>, home: Home) -> bool {
    let mut wrote = false;
    if let Some(migration) = plan.migrations.get(&home) {
        draft.fence("sql", &migration.text());
        wrote = true;
    }
    let routes: Vec<&Route> = plan.routes.iter().filter(|route| route.home == home).collect();
    let mut paths: Vec<String> = Vec::new();
    for route in &routes {
        if !paths.contains(&route.path()) {
            paths.push(route.path());
        }
    }
    if !paths.is_empty() {
        let items: Vec<String> = routes.iter().map(|route| format!("`{} {}`", route.method, route.path())).collect();
        draft.list("**API Routes (INTEGRATED)**:", &items);
        wrote = true;
    }
    for path in &paths {
        let own: Vec<&Route> = routes.iter().copied().filter(|route| route.path() == *path).collect();
        if let Some(file) = route_file(plan, &own) {
            draft.fence("typescript", &file.text);
        }
    }
    if plan.needs(home, Original::Fetching) {
        wrote |= write_hooks(draft, plan, home, &routes);
    }
    if plan.needs(home, Original::Queue) && is_background(&plan.words_about(home)) {
        let table = plan.tables.of(home).map(|(_, table)| table).next();
        let file = edge_function(&plan.file_name(home), table);
        draft.paragraph(&format!("**Background Work (INTEGRATED)**: `{}`, started by Supabase Cron", file.path));
        draft.fence("typescript", &file.text);
        wrote = true;
    }
    wrote
}

fn is_background(words: &str) -> bool {
    let words = words.to_lowercase();
    BACKGROUND.iter().any(|word| words.contains(word))
}

/// Hooks for the routes that the source names here, or for those of the place.
fn write_hooks(draft: &mut Draft<'_>, plan: &Plan<'_>, home: Home, own: &[&Route]) -> bool {
    let words = plan.words_about(home);
    let named: Vec<&Route> = plan.routes.iter().filter(|route| words.contains(&route.path())).collect();
    let near = || {
        let section = super::plan::section_of(home);
        plan.routes.iter().filter(|route| super::plan::section_of(route.home) == section).collect::<Vec<_>>()
    };
    let candidates = if !named.is_empty() {
        named
    } else if !own.is_empty() {
        own.to_vec()
    } else {
        near()
    };
    match hooks(plan, &plan.file_name(home), &candidates) {
        Some(file) => {
            draft.paragraph(&format!("**Data Fetching (INTEGRATED)**: `{}`, with React Query", file.path));
            draft.fence("typescript", &file.text);
        }
        None => draft.paragraph(&marker("what the components here fetch, with a React Query hook for each")),
    }
    true
}
