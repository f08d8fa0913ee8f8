use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow, bail};

use super::args::ScaffoldArgs;
use super::load::{Loaded, load};
use super::output::Output;
use crate::config::Overrides;
use crate::pipeline::Checker;
use crate::scaffold::{Day, Request, write};
use crate::text::SourceFile;
use crate::workspace::{read, replace, repository_root, shown, way};

pub(super) fn run(args: &ScaffoldArgs, output: &mut Output) -> Result<ExitCode> {
    let Loaded { rules, config, here } = load(args.config.as_deref(), Some(&args.source), &Overrides::default())?;
    let limit = config.max_file_size;
    let open = |path: &Path| -> Result<SourceFile> {
        read(path, &shown(path, &here), limit).map_err(|problem| anyhow!(problem.to_string()))
    };
    let source = open(&args.source)?;
    let inventory = args.inventory.as_deref().map(open).transpose()?;
    let folder = args.output.as_deref().map_or(Path::new(""), |path| path.parent().unwrap_or(Path::new("")));
    let source_name = match way(&here.join(&args.source), &here.join(folder)) {
        Some(name) => name,
        None => shown(&args.source, &here),
    };
    let checker = Checker::new(rules, config, here.clone());
    let day = day(args.date.as_deref())?;
    let request = Request { source: &source, inventory: inventory.as_ref(), source_name: &source_name, day };
    let scaffold = write(&checker, &request)?;
    match &args.output {
        Some(path) => {
            save(path, &here, args.force, scaffold.text.as_bytes())?;
            output.complain(&format!("{}: written, with {} places to fill in", shown(path, &here), scaffold.markers));
        }
        None => output.print(|out| out.write_all(scaffold.text.as_bytes()))?,
    }
    if let Some(first) = scaffold.findings.first() {
        let count = scaffold.findings.len();
        output.complain(&format!("the check finds {count} more, such as {}: {}", first.rule, first.message));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the file. One that is there is overwritten only by `force`; a link is followed only inside the repository.
fn save(path: &Path, here: &Path, force: bool, bytes: &[u8]) -> Result<()> {
    let full = here.join(path);
    if !force && full.symlink_metadata().is_ok() {
        bail!("{}: the file is there already; `--force` overwrites it", shown(path, here));
    }
    let root = repository_root(&full).unwrap_or_else(|| here.to_path_buf());
    replace(&full, bytes, &root).with_context(|| format!("{}: the file cannot be written", shown(path, here)))
}

/// The day given, that of `SOURCE_DATE_EPOCH`, or today.
fn day(given: Option<&str>) -> Result<Day> {
    if let Some(given) = given {
        return Day::parse(given).ok_or_else(|| anyhow!("--date {given}: this is no day; write it as `2025-03-01`"));
    }
    match env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => match Day::of_epoch(&seconds) {
            Some(day) => Ok(day),
            None => bail!("SOURCE_DATE_EPOCH is `{seconds}`, which is no number of seconds since 1970"),
        },
        Err(_) => Ok(Day::today()),
    }
}
