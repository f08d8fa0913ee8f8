use std::process::ExitCode;

use anyhow::Result;

use super::args::RulesArgs;
use super::load::{Loaded, load};
use super::output::Output;
use crate::config::Overrides;
use crate::examples;

pub(super) fn run(args: &RulesArgs, output: &mut Output) -> Result<ExitCode> {
    let loaded = load(args.config.as_deref(), None, &Overrides::default())?;
    if args.test { test(&loaded, output) } else { list(&loaded, output) }
}

fn list(loaded: &Loaded, output: &mut Output) -> Result<ExitCode> {
    let pages = loaded.rules.pages();
    let width = pages.iter().map(|page| page.id.len()).max().unwrap_or(0);
    let mut groups: Vec<&str> = pages.iter().map(|page| page.group.as_ref()).collect();
    groups.sort_unstable();
    groups.dedup();
    let mut text = Vec::new();
    for group in groups {
        text.push(group.to_owned());
        for page in pages.iter().filter(|page| page.group == group) {
            let item = page.item.map_or_else(String::new, |item| item.to_string());
            let fix = match (page.fix.is_empty(), page.unsafe_fix.is_empty()) {
                (false, _) => "fix",
                (true, false) => "unsafe",
                (true, true) => "",
            };
            text.push(format!("  {:width$}  {:7}  {item:>2}  {fix:6}  {}", page.id, page.level.name(), page.summary));
        }
    }
    text.push("\nfix: `--fix` repairs it; unsafe: with `--unsafe-fixes`. `speclint explain RULE` says how".to_owned());
    output.line(&text.join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Runs every example of every page and says which do not hold.
fn test(loaded: &Loaded, output: &mut Output) -> Result<ExitCode> {
    let (mut passed, mut failed) = (0, 0);
    for page in loaded.rules.pages() {
        for outcome in examples::run(page, &loaded.rules) {
            match outcome.failure {
                None => passed += 1,
                Some(failure) => {
                    failed += 1;
                    output.line(&format!("{}: {}: {failure}", page.id, outcome.title))?;
                }
            }
        }
    }
    output.line(&format!("{passed} examples hold, {failed} do not"))?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
