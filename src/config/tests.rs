//! Whole files: what each key means, and what is said of what is wrong.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::raw::RawConfig;
use super::*;
use crate::diagnostics::Level;
use crate::text::SourceFile;

const RULES: [(&str, &str); 6] = [
    ("no-prisma", "stack"),
    ("no-swr", "stack"),
    ("rls-enabled", "database"),
    ("feature-missing", "fidelity"),
    ("unclosed-fence", "document"),
    ("count-mismatch", "consistency"),
];

fn resolve(text: &str, overrides: &Overrides) -> Result<Config, ConfigError> {
    Draft::parse(SourceFile::new("speclint.toml", text.into()), "shop").resolve(&RULES.into_iter().collect(), overrides)
}

fn config(text: &str) -> Config {
    resolve(text, &Overrides::default()).unwrap()
}

fn errors(text: &str) -> String {
    resolve(text, &Overrides::default()).unwrap_err().to_string()
}

fn levels(config: &Config) -> Vec<String> {
    let level = |(rule, group)| Some(format!("{rule} {}", config.level_of(rule, group, Level::Error)?));
    RULES.into_iter().filter_map(level).collect()
}

#[test]
fn the_defaults() {
    let config = Draft::defaults("shop").resolve(&KnownRules::default(), &Overrides::default()).unwrap();
    assert!(config.pairs.is_empty() && config.checks.is_empty() && config.async_clients.is_empty());
    assert!(config.migrations.is_none() && config.codebase.is_none() && config.baseline.is_none());
    assert!(!config.exclude.matches(Path::new("a.md")) && !config.public_routes.cover("GET", "/api/health"));
    assert_eq!(config.exposed_schemas, ["public"]);
    assert_eq!((config.fail_on, config.mentions, config.threads), (FailOn::Error, Some(Level::Note), None));
    assert!(config.skippable_features.cover("FR-1.2") && !config.skippable_features.cover("FR-2.1"));
    assert_eq!(config.max_file_size, 67_108_864);
    assert_eq!(levels(&config).len(), RULES.len());
}

#[test]
fn paths_are_joined_to_the_folder_and_keep_their_place() {
    let text = "checks = ['lint/checks']\nmigrations = './db'\ncodebase = '.'\nbaseline = 'known.json'";
    let config = config(text);
    assert_eq!(config.checks[0].value, Path::new("shop/lint/checks"));
    assert_eq!(config.migrations.as_ref().unwrap().value, Path::new("shop/db"));
    assert_eq!(config.codebase.as_ref().unwrap().value, Path::new("shop"));
    assert_eq!(config.baseline.as_deref(), Some(Path::new("shop/known.json")));
    let location = config.location(config.migrations.as_ref().unwrap().span);
    assert_eq!((location.start.line, location.start.column, &*location.path), (2, 14, "speclint.toml"));
    assert_eq!(location.excerpt.marked.of(&location.excerpt.text), "'./db'");
}

#[test]
fn the_first_pair_that_fits_counts() {
    let config = config(
        "[[pairs]]\nspec = 'specs/menu.md'\nsource = 'menu-source.md'\n\
         [[pairs]]\nspec = 'specs/*.md'\nsource = 'sources/*.md'\ninventory = 'inventory.md'",
    );
    let pair = config.pair_of(Path::new("specs/menu.md")).unwrap();
    assert_eq!(pair.source.as_ref().unwrap().value.path(), Some("menu-source.md"));
    let pair = config.pair_of(Path::new("specs/orders.md")).unwrap();
    assert!(pair.source.as_ref().unwrap().value.matches(Path::new("sources/orders.md")));
    assert_eq!(pair.inventory.as_ref().unwrap().value.text(), "inventory.md");
    assert!(config.pair_of(Path::new("other.md")).is_none());
}

#[test]
fn lists_and_numbers() {
    let config = config(
        "exclude = ['drafts']\nexposed-schemas = ['public', 'api']\npublic-routes = ['GET /api/menus/*']\n\
         async-clients = ['createClient']\nskippable-features = []\nmax-file-size = 1024\nthreads = 2",
    );
    assert!(config.exclude.matches(Path::new("specs/drafts/a.md")));
    assert_eq!(config.exposed_schemas, ["public", "api"]);
    assert!(
        config.public_routes.cover("GET", "/api/menus/[id]") && !config.public_routes.cover("POST", "/api/menus/1")
    );
    assert_eq!(config.async_clients, ["createClient"]);
    assert!(!config.skippable_features.cover("FR-1.1"));
    assert_eq!((config.max_file_size, config.threads.map(usize::from)), (1024, Some(2)));
}

#[test]
fn rules_and_levels() {
    let config = config(
        "select = ['stack', 'rls-enabled']\nignore = ['no-swr']\nmentions = 'off'\nfail-on = 'never'\n\
         [levels]\ndatabase = 'warning'",
    );
    assert_eq!(levels(&config), ["no-prisma error", "rls-enabled warning"]);
    assert_eq!((config.mentions, config.fail_on), (None, FailOn::Never));
}

#[test]
fn the_command_line_wins() {
    let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let overrides = Overrides {
        select: strings(&["stack", "rls-enabled"]),
        ignore: strings(&["no-prisma"]),
        levels: strings(&["database=note", "no-swr=error", "no-swr=warning"]),
        fail_on: Some("warning".into()),
        threads: Some("8".into()),
        baseline: Some("other.json".into()),
    };
    let file = "select = ['fidelity']\nfail-on = 'never'\nthreads = 2\nbaseline = 'a.json'\n[levels]\nno-swr = 'off'";
    let config = resolve(file, &overrides).unwrap();
    assert_eq!(levels(&config), ["no-swr warning", "rls-enabled note"]);
    assert_eq!((config.fail_on, config.threads.map(usize::from)), (FailOn::Warning, Some(8)));
    assert_eq!(config.baseline.as_deref(), Some(Path::new("other.json")));
}

#[test]
fn wrong_flags_are_named_with_what_is_wrong_in_the_file() {
    let overrides = Overrides {
        select: vec!["stak".into()],
        ignore: vec![String::new()],
        levels: vec!["no-swr".into(), "no-swr=off".into(), "no-prisma=fatal".into(), "swr=note".into()],
        fail_on: Some("off".into()),
        threads: Some("many".into()),
        baseline: None,
    };
    assert_snapshot!(resolve("exlude = []", &overrides).unwrap_err(), @"
        --fail-on: `off` is no level; use `error`, `warning`, `note`, `never`
        --ignore: this is empty
        --level: `fatal` is no level; use `error`, `warning`, `note`, `off`
        --level: `no-swr` is no `RULE=LEVEL`
        --level: unknown rule `swr`; `speclint rules` lists the rules and their groups
        --select: unknown rule `stak`; did you mean `stack`?
        --threads: use 1 to 256 threads; leave it out for one thread a processor
        speclint.toml:1:1: unknown key `exlude`; did you mean `exclude`?
        ");
}

#[test]
fn unknown_keys() {
    assert_snapshot!(errors("exlude = []\nfail_on = 'error'\n[[pairs]]\nspec = 'a.md'\nsorce = 'b.md'\nname = 1"), @"
        speclint.toml:1:1: unknown key `exlude`; did you mean `exclude`?
        speclint.toml:2:1: unknown key `fail_on`; did you mean `fail-on`?
        speclint.toml:5:1: unknown key `sorce`; did you mean `source`?
        speclint.toml:6:1: unknown key `name`; use `inventory`, `source`, `spec`
        ");
    assert_snapshot!(errors("databse = 1"), @"speclint.toml:1:1: unknown key `databse`; use `async-clients`, `baseline`, `checks`, `codebase`, `exclude`, `exposed-schemas`, `fail-on`, `ignore`, `levels`, `max-file-size`, `mentions`, `migrations`, `pairs`, `public-routes`, `select`, `skippable-features`, `threads`");
}

#[test]
fn keys_behind_the_heading_of_a_table() {
    assert_snapshot!(errors("[[pairs]]\nspec = 'a.md'\nexclude = []\n[levels]\nfail-on = 'note'"), @"
        speclint.toml:3:1: `exclude` does not belong to this table; move it above the first line in brackets, `[…]` or `[[…]]`
        speclint.toml:5:1: `fail-on` does not belong to this table; move it above the first line in brackets, `[…]` or `[[…]]`
        ");
}

#[test]
fn wrong_types() {
    assert_snapshot!(
        errors(
            "exclude = 'a'\nthreads = '4'\nselect = [1, 'no-swr']\nmax-file-size = true\npairs = [3]\n\
             [levels]\nstack = 3\nno-prsima = 'note'"
        ),
        @r#"
        speclint.toml:1:11: `exclude`: found string "a", expected a list
        speclint.toml:2:11: `threads`: found string "4", expected a whole number
        speclint.toml:3:11: `select`: found integer `1`, expected a string
        speclint.toml:4:17: `max-file-size`: expected a number of bytes, or a text such as `64 MiB`
        speclint.toml:5:10: `pairs`: found integer `3`, expected a table
        speclint.toml:7:9: `levels.stack`: found integer `3`, expected a string
        speclint.toml:8:1: unknown rule `no-prsima`; did you mean `no-prisma`?
        "#
    );
    assert_snapshot!(errors("levels = 3\n[[pairs]]\nsource = 'a'"), @"
        speclint.toml:1:10: `levels`: found integer `3`, expected a table
        speclint.toml:2:1: `pairs`: missing key `spec`
        ");
}

#[test]
fn wrong_rules_and_levels() {
    assert_snapshot!(
        errors("select = []\nignore = ['kubernetes', 'stak']\nmentions = 'of'\nfail-on = 'off'\n[levels]\nno-swr = 'eror'"),
        @"
        speclint.toml:1:10: `select` is empty, so that no rule would run; leave it out to run all rules
        speclint.toml:2:11: unknown rule `kubernetes`; `speclint rules` lists the rules and their groups
        speclint.toml:2:25: unknown rule `stak`; did you mean `stack`?
        speclint.toml:3:12: `of` is no level; did you mean `off`?
        speclint.toml:4:11: `off` is no level; use `error`, `warning`, `note`, `never`
        speclint.toml:6:10: `eror` is no level; did you mean `error`?
        "
    );
}

#[test]
fn wrong_paths_and_patterns() {
    assert_snapshot!(
        errors("exclude = ['[a', '']\nmigrations = '/db'\n[[pairs]]\nspec = '../*.md'\nsource = 'a\\b.md'\ninventory = 'C:/a.md'"),
        @r"
        speclint.toml:1:12: `[a` is no pattern: unclosed character class; missing ']'
        speclint.toml:1:18: this is empty
        speclint.toml:2:14: `/db` is absolute; write it relative to the folder of this file
        speclint.toml:4:8: the pattern `../*.md` has a `..`; name the file, or move this file up
        speclint.toml:5:10: `a\b.md` has a `\`; write `/` between folders
        speclint.toml:6:13: `C:/a.md` is absolute; write it relative to the folder of this file
        "
    );
}

#[test]
fn wrong_values() {
    assert_snapshot!(
        errors(
            "threads = 0\nmax-file-size = '6 TiB'\nskippable-features = ['1.*']\npublic-routes = ['get /a', 'a']\n\
             async-clients = ['createClient()']\nexposed-schemas = ['']\nbaseline = \"a\\nb\""
        ),
        @"
        speclint.toml:1:11: use 1 to 256 threads; leave it out for one thread a processor
        speclint.toml:2:17: this is no file size; write a number of bytes, or a number and a unit as in `64 MiB`
        speclint.toml:3:23: `1.*` is no feature; did you mean `FR-1.*`?
        speclint.toml:4:18: `get` is no method; did you mean `GET`?
        speclint.toml:4:28: `a` is no route; did you mean `/a`?
        speclint.toml:5:18: `createClient()` is no function name; write the name only, as in `createClient`
        speclint.toml:6:20: this is empty
        speclint.toml:7:12: this has a control character
        "
    );
    assert_snapshot!(errors("threads = 257\nmax-file-size = -1"), @"
        speclint.toml:1:11: use 1 to 256 threads; leave it out for one thread a processor
        speclint.toml:2:17: this is no file size; write a number of bytes, or a number and a unit as in `64 MiB`
        ");
}

#[test]
fn what_is_no_toml() {
    assert_snapshot!(errors("select = ['stack'\nignore = []"), @"speclint.toml:2:1: missing comma between array elements, expected `,`");
    assert_snapshot!(errors("ignore = []\nignore = []"), @"speclint.toml:2:1: duplicate key");
    assert_snapshot!(errors(&format!("exclude = {}", "[".repeat(10_000))), @"speclint.toml:1:91: cannot recurse further; max recursion depth met");
    let bytes = b"exclude = ['a\xffb']".to_vec();
    let draft = Draft::parse(SourceFile::new("speclint.toml", bytes), "");
    assert_snapshot!(draft.resolve(&KnownRules::default(), &Overrides::default()).unwrap_err(), @"speclint.toml:1:14: this is no UTF-8; save the file as UTF-8");
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    assert_eq!(config("\u{feff}threads = 3").threads.map(usize::from), Some(3));
}

#[test]
fn many_mistakes_are_cut() {
    let lines: Vec<String> = (0..60).map(|number| format!("key-{number} = 1")).collect();
    let error = resolve(&lines.join("\n"), &Overrides::default()).unwrap_err();
    assert_eq!(error.problems().len(), 50);
    assert!(error.to_string().ends_with("\nand 10 more"), "{error}");
    let long = format!("ignore = [{}]", "'stack',".repeat(501));
    assert_snapshot!(errors(&long), @"speclint.toml:1:4011: more than 500 entries");
}

#[test]
fn project_rules_are_known_before_rule_names_are_checked() {
    let draft =
        Draft::parse(SourceFile::new("speclint.toml", "checks = ['lint', '/no']\nselect = ['x']".into()), "shop");
    assert_eq!(draft.checks(), [Path::new("shop/lint")]);
}

#[test]
fn a_file_is_read_from_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("speclint.toml");
    fs::write(&path, "migrations = 'db'").unwrap();
    let config = Draft::read(&path, "speclint.toml").unwrap();
    let config = config.resolve(&KnownRules::default(), &Overrides::default()).unwrap();
    assert_eq!(config.migrations.unwrap().value, folder.path().join("db"));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("speclint.toml");
    let message = || Draft::read(&path, "speclint.toml").unwrap_err().to_string();
    assert!(message().starts_with("cannot read `"), "{}", message());
    fs::write(&path, "#".repeat(64 * 1024 + 1)).unwrap();
    assert!(message().ends_with("it is larger than 64 KiB"), "{}", message());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(Draft::read(&path, "speclint.toml"), Err(ConfigError::Unreadable { .. })));
}

#[test]
fn the_documented_example_has_every_key_and_is_right() {
    let page = include_str!("../../docs/configuration.md").replace("\r\n", "\n");
    let example = page.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    let config = config(example);
    assert_eq!(
        levels(&config),
        ["no-prisma error", "rls-enabled error", "feature-missing error", "unclosed-fence error"]
    );
    let document: toml::Table = example.parse().unwrap();
    for key in draft::keys_of::<RawConfig>() {
        assert!(document.contains_key(&key), "the example does not show `{key}`");
        assert!(page.contains(&format!("\n| `{key}` |")), "the table does not explain `{key}`");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = resolve(&text, &Overrides { levels: vec![text.clone()], ..Overrides::default() });
    }

    #[test]
    fn nor_does_any_mixture_of_its_parts(parts in prop::collection::vec(
        prop::sample::select(vec![
            "exclude", "select", "levels", "pairs", "spec", "max-file-size", "threads", "stack", "\"é{[*", "'FR-1.*'",
            "[[", "]]", "[", "]", "{", "}", " = ", ", ", ".", "\n", "\r\n", "\"\"\"", "#", "1", "-9999999999", "true", "\u{feff}",
        ]),
        0..40,
    )) {
        if let Err(error) = resolve(&parts.concat(), &Overrides::default()) {
            prop_assert!(!error.problems().is_empty());
        }
    }
}
