//! Configuration and rules, as the flags and the files ask for them.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

use crate::checks::RuleSet;
use crate::config::{Config, Draft, Overrides, find};
use crate::workspace::{own_pages, repository_root, shown};

/// What every subcommand works with.
pub(super) struct Loaded {
    pub rules: RuleSet,
    pub config: Config,
    pub here: PathBuf,
}

/// Loads the configuration `given`, or the one found from `start` upwards, and the rules that it adds.
pub(super) fn load(given: Option<&Path>, start: Option<&Path>, overrides: &Overrides) -> Result<Loaded> {
    let here = env::current_dir().context("the working directory cannot be read")?;
    let start = here.join(start.unwrap_or(Path::new("")));
    let found = match given {
        Some(path) => Some(here.join(path)),
        None => find(&start, repository_root(&start).as_deref())?,
    };
    let draft = match &found {
        Some(path) => Draft::read(path, &shown(path, &here))?,
        None => Draft::defaults(&here),
    };
    let pages = own_pages(&draft.checks(), &here)
        .map_err(|problems| anyhow!(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    let rules = RuleSet::new(pages).map_err(|id| {
        anyhow!("the rule `{id}` exists twice: a page of your own cannot take the name of another rule")
    })?;
    let config = draft.resolve(&rules.known(), overrides)?;
    Ok(Loaded { rules, config, here })
}
