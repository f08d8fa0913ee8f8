use std::process::ExitCode;

use anyhow::{Result, bail};

use super::args::ExplainArgs;
use super::load::load;
use super::output::Output;
use crate::config::Overrides;

pub(super) fn run(args: &ExplainArgs, output: &mut Output) -> Result<ExitCode> {
    let loaded = load(args.config.as_deref(), None, &Overrides::default())?;
    let Some(page) = loaded.rules.page(&args.rule) else {
        match loaded.rules.closest(&args.rule) {
            Some(closest) => bail!("`{}` is no rule; did you mean `{closest}`?", args.rule),
            None => bail!("`{}` is no rule; `speclint rules` lists them", args.rule),
        }
    };
    let item = page.item.map_or_else(String::new, |item| format!(", checklist item {item}"));
    let mut head = format!("{} ({}, {} by default{item})\n{}.\n", page.id, page.group, page.level, page.summary);
    for (flags, fix) in [("--fix", &page.fix), ("--fix --unsafe-fixes", &page.unsafe_fix)] {
        if !fix.is_empty() {
            head.extend(["`", flags, "` ", fix, ".\n"]);
        }
    }
    output.line(&format!("{head}\n{}", page.documentation()))?;
    Ok(ExitCode::SUCCESS)
}
