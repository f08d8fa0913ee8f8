use super::*;
use crate::text::SourceFile;

fn inventory(text: &str) -> Inventory {
    let file = SourceFile::new("inventory.md", text.into());
    Inventory::read(&Document::new(&file))
}

fn module(text: &str, key: &str) -> (Vec<String>, bool) {
    let module = inventory(text).modules.get(key).cloned().unwrap_or_default();
    (module.symbols.into_iter().collect(), module.complete)
}

fn strings<'s>(list: impl IntoIterator<Item = &'s String>) -> Vec<&'s str> {
    list.into_iter().map(String::as_str).collect()
}

#[test]
fn modules_are_listed_in_many_ways() {
    let both = (vec!["moor".to_owned(), "useTides".to_owned()], true);
    for text in [
        "- `/lib/harbour.ts` - Boats: `moor()`, `useTides()`",
        "- `src/lib/harbour.ts` (`@/lib/harbour`): `moor()`, `useTides()`",
        "- src/lib/harbour.ts: moor(), useTides()",
        "- `@/lib/harbour`\n  - `moor()`\n  - `useTides()`",
        "### `src/lib/harbour.ts`\n\n- `moor(boat)` moors\n- `useTides()` reads",
        "| Module | Exports |\n|---|---|\n| `src/lib/harbour.ts` | `moor`, `useTides` |",
    ] {
        assert_eq!(module(text, "lib/harbour"), both, "{text}");
    }
}

#[test]
fn what_is_only_named_may_export_more() {
    let code = "```ts\nimport { moor } from '@/lib/harbour';\n```";
    for text in [code, "Moor with `moor()` from `src/lib/harbour.ts`.", "- `/lib/harbour.ts`: helpers such as `moor()`"]
    {
        assert_eq!(module(text, "lib/harbour"), (vec!["moor".to_owned()], false), "{text}");
    }
}

#[test]
fn what_is_to_be_made_is_not_there() {
    let text = "**INSTRUCTION FOR NEW MODULE**: put types into `/lib/types/tides.ts`.\n\n\
        - ❌ `src/lib/ebb.ts`\n\n## Modules to create\n\n- `src/lib/flood.ts`: `flood()`\n- `tides` table\n";
    let found = inventory(text);
    assert!(found.modules.is_empty() && found.tables.is_empty());
}

#[test]
fn components_go_by_name_or_file() {
    let found = inventory("UI components (`src/components/ui/`): Button, DropdownMenu, `InputOTP`");
    assert_eq!(found.has_ui_module("components/ui/dropdown-menu"), Some(true));
    assert_eq!(found.has_ui_module("components/ui/input-otp"), Some(true));
    assert_eq!(found.has_ui_module("components/ui/stepper"), Some(false));
    assert_eq!(inventory("47+ of them in `components/ui/`").has_ui_module("components/ui/stepper"), None);
}

#[test]
fn tables_come_from_grids_lines_and_sql() {
    let text = "| Table | Columns |\n|---|---|\n| `tides` | `id`, `height` |\n\n\
        The codebase has `boats`, `berths` tables.\n\n\
        #### Table: `crews`\n\n| Column | Type |\n|---|---|\n| id | UUID |\n\n\
        Existing tables:\n\n- `buoys`: `id`, `colour`\n- **lamps**: `id`, `range`, …\n\n\
        ```sql\nCREATE TABLE public.quays (id UUID);\n```\n";
    let found = inventory(text).tables;
    let listed: Vec<(&str, Vec<&str>, bool)> =
        found.iter().map(|(name, table)| (name.as_str(), strings(&table.columns), table.complete)).collect();
    assert_eq!(
        listed,
        [
            ("berths", vec![], false),
            ("boats", vec![], false),
            ("buoys", vec!["colour", "id"], true),
            ("crews", vec!["id"], true),
            ("lamps", vec!["id", "range"], false),
            ("quays", vec!["id"], true),
            ("tides", vec!["height", "id"], true),
        ]
    );
}

#[test]
fn key_fields_are_not_all_columns() {
    let found = inventory("| Table | Key Fields |\n|---|---|\n| `tides` | `id` |\n| (none) | - |").tables;
    assert_eq!(
        found.iter().map(|(name, table)| (name.as_str(), table.complete)).collect::<Vec<_>>(),
        [("tides", false)]
    );
}

#[test]
fn buckets_stand_behind_the_word() {
    let text = "**Existing Bucket**: `charts` (for maps). Paths are `user/file`.\n\n\
        Use the `logs` bucket.\n\n**New Buckets to Create:**\n- `photos` - of boats, by `userId`\n\n\
        | Bucket | Public |\n|---|---|\n| scans | No |\n";
    assert_eq!(strings(&inventory(text).buckets), ["charts", "logs", "photos", "scans"]);
}

#[test]
fn routes_have_methods_and_children() {
    let text = "- `/api/boats/*` - boats\n- `GET /api/tides/:id`\n\n**Available Namespaces for New Module:**\n- `/api/free/*`\n\n\
        | Route | Methods |\n|---|---|\n| `/api/crews` | GET, POST |\n";
    let routes = inventory(text).routes;
    let shown: Vec<String> = routes
        .iter()
        .map(|own| format!("{} {} {}", own.method.as_deref().unwrap_or("any"), own.path, own.with_children))
        .collect();
    assert_eq!(
        shown,
        ["any /api/boats true", "GET /api/tides/[] false", "GET /api/crews false", "POST /api/crews false"]
    );
}

#[test]
fn plain_lines_and_headings_name_tables_and_buckets() {
    let found = inventory(
        "Tables: tides (id, height), ebbs\n\nStorage buckets: charts (private), scans.\n\n\
         ## Database\n\n### quays\n\nText.\n\n### View: `free_berths`\n\n### Tables to create\n\n#### moons\n\n\
         ## Ports\n\n### hythe\n",
    );
    assert!(found.tables.keys().eq(["ebbs", "free_berths", "quays", "tides"]), "{:?}", found.tables.keys());
    assert_eq!(strings(&found.buckets), ["charts", "scans"]);
}

#[test]
fn trees_show_modules_and_routes() {
    let found = inventory(
        "```\nsrc/\n├── app/api/tides/route.ts  # GET, POST\n└── components/\n    └── ui/\n        └── badge.tsx\n```\n",
    );
    assert!(found.modules.contains_key("components/ui/badge"));
    assert_eq!(found.has_ui_module("components/ui/stepper"), Some(false));
    let methods: Vec<_> = found.routes.iter().filter(|own| own.path == "/api/tides").map(|own| &own.method).collect();
    assert_eq!(methods, [&Some("GET".to_owned()), &Some("POST".to_owned())]);
}

#[test]
fn tables_of_names_are_about_what_announces_them() {
    let found = inventory(
        "## Tables\n\n| Name | Columns |\n|---|---|\n| tides | id, height |\n\n\
         ## Buckets\n\n| Name | Access |\n|---|---|\n| charts | private |\n\n\
         ## Ports\n\n| Name | Country |\n|---|---|\n| hythe | UK |\n",
    );
    assert!(found.tables.keys().eq(["tides"]) && found.tables.values().all(|table| table.complete));
    assert_eq!(strings(&found.buckets), ["charts"]);
}

#[test]
fn examples_of_components_are_not_all() {
    for text in ["## Components\n\nbutton, data-table\n", "## UI components\n\n- button\n- `data-table`\n"] {
        let found = inventory(text);
        assert_eq!(found.has_ui_module("components/ui/data-table"), Some(true), "{text}");
        assert_eq!(found.has_ui_module("components/ui/stepper"), Some(false), "{text}");
    }
    assert_eq!(inventory("## Components\n\nThey live elsewhere.\n").has_ui_module("components/ui/stepper"), None);
    let found = inventory("The UI kit is shadcn/ui: Button, Card and Table are installed.");
    assert_eq!(found.has_ui_module("components/ui/table"), Some(true));
    assert_eq!(found.has_ui_module("components/ui/stepper"), Some(false));
    let found = inventory("shadcn/ui components such as: Button, Card");
    assert_eq!(found.has_ui_module("components/ui/stepper"), None);
    assert_eq!(inventory("Nothing of that kind.").has_ui_module("components/ui/stepper"), None);
}

#[test]
fn async_clients_are_told_from_others() {
    let words = "`createClient()` is async; always `await` it. `createAdminClient()` is not.";
    assert_eq!(strings(&inventory(words).async_clients), ["createClient"]);
    let code =
        "```ts\nconst a = await createClient();\nconst b = createAdminClient();\nawait requireAuth(request);\n```";
    assert_eq!(strings(&inventory(code).async_clients), ["createClient"]);
    assert_eq!(
        strings(&inventory("Call `await openClient()` in handlers; clients are cheap.").async_clients),
        ["openClient"]
    );
}
