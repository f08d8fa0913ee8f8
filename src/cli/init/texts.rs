//! The texts that init writes.

use std::fmt::Write as _;

use super::detect::Found;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The repository that the action, the hooks and the documentation come from.
const HOME: &str = "speclint/speclint";
/// Most specs that a comment lists.
const MOST_LISTED: usize = 20;

/// `speclint.toml`
pub(super) fn config(found: &Found) -> String {
    let mut text = format!(
        "#:schema https://raw.githubusercontent.com/{HOME}/v{VERSION}/schema/speclint.schema.json\n\
         # What speclint cannot find out by itself. Paths are relative to this folder. All keys:\n\
         # https://github.com/{HOME}/blob/v{VERSION}/docs/configuration.md\n\n\
         # Files and folders that are never checked.\n\
         # exclude = [\"drafts\", \"*.template.md\"]\n\n\
         # Lowest level that makes the run fail: \"error\", \"warning\", \"note\" or \"never\".\n\
         fail-on = \"error\"\n\n\
         # SQL migrations, checked by the database rules in file-name order.\n"
    );
    match found.migrations.split_first() {
        None => text.push_str("# migrations = \"supabase/migrations\"\n"),
        Some((first, others)) => {
            line(&mut text, "migrations", first);
            for other in others {
                line(&mut text, "# migrations", other);
            }
        }
    }
    text.push_str("\n# The codebase that the specs extend: imports must lead to its files.\n");
    text.push_str(if found.has_codebase { "codebase = \".\"\n" } else { "# codebase = \".\"\n" });
    text.push_str(
        "\n# Routes that need no `requireAuth()`: a path, or a method and a path.\n\
         # public-routes = [\"/api/health\"]\n\n\
         # Which specs are checked when no path is given. The header of each names its source, unless `source` does.\n",
    );
    if found.pairs.is_empty() {
        text.push_str(
            "# Without pairs, every integrated spec in the repository is.\n\
             # [[pairs]]\n# spec = \"specs/*-integrated.md\"\n# source = \"specs/*-source.md\"\n# inventory = \"specs/inventory.md\"\n",
        );
    }
    for (spec, source) in found.specs.iter().take(MOST_LISTED) {
        let source = source.as_deref().map_or_else(|| "a source that was not found".to_owned(), quoted);
        // Writing to a string does not fail.
        let _ = writeln!(text, "#   {} renders {source}", quoted(spec));
    }
    if found.specs.len() > MOST_LISTED {
        let _ = writeln!(text, "#   and {} more", found.specs.len() - MOST_LISTED);
    }
    for pair in &found.pairs {
        text.push_str("[[pairs]]\n");
        line(&mut text, "spec", &pair.spec);
        match &pair.source {
            Some(source) => line(&mut text, "source", source),
            None if found.specs.iter().any(|(_, source)| source.is_none()) => {
                text.push_str("# source = \"where/its-source-is.md\"\n");
            }
            None => {}
        }
        if let Some(inventory) = &found.inventory {
            line(&mut text, "inventory", inventory);
        }
    }
    text
}

fn line(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {}", quoted(value));
}

fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}

/// The workflow; `head` is what `.git/HEAD` holds, which names the branch that is likely the main one.
pub(super) fn workflow(head: &str) -> String {
    let branch =
        head.trim().strip_prefix("ref: refs/heads/").filter(|name| matches!(*name, "main" | "master" | "trunk"));
    include_str!("workflow.yml").replace("@BRANCH@", branch.unwrap_or("main")).replace("@VERSION@", VERSION)
}

/// `.pre-commit-config.yaml`
pub(super) fn hooks() -> String {
    format!(
        "# Run `pre-commit install` once in each clone.\n\
         repos:\n  - repo: https://github.com/{HOME}\n    rev: v{VERSION}\n    hooks:\n      - id: speclint\n"
    )
}
