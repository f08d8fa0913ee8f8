//! `speclint init`: the files that a repository needs, shown first, written where nothing stands yet.

mod detect;
mod texts;

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use super::UNCHECKED;
use super::args::InitArgs;
use super::output::Output;
use crate::config::FILE_NAMES;
use crate::report::sanitise;
use crate::workspace::repository_root;

/// A file that init writes.
struct Planned {
    path: &'static str,
    text: String,
    /// What stands there already, if something does.
    existing: Option<&'static str>,
    /// What to do by hand where something does.
    by_hand: String,
}

const WORKFLOW: &str = ".github/workflows/speclint.yml";
const HOOKS: &str = ".pre-commit-config.yaml";

pub(super) fn run(args: &InitArgs, output: &mut Output) -> Result<ExitCode> {
    let here = std::env::current_dir().context("the working directory cannot be read")?;
    let root = repository_root(&here).unwrap_or(here);
    let plan = plan(&root);
    for file in &plan {
        show(file, output)?;
    }
    let missing: Vec<&Planned> = plan.iter().filter(|file| file.existing.is_none()).collect();
    if missing.is_empty() {
        output.line("Nothing is written: all of it is there.")?;
        return Ok(ExitCode::SUCCESS);
    }
    let names = missing.iter().map(|file| file.path).collect::<Vec<_>>().join(", ");
    if !args.yes {
        if !io::stdin().is_terminal() {
            output.line("Nothing is written: there is no terminal to ask at. `speclint init --yes` writes it.")?;
            return Ok(ExitCode::from(UNCHECKED));
        }
        if !asked(&names, output)? {
            output.line("Nothing is written.")?;
            return Ok(ExitCode::SUCCESS);
        }
    }
    for file in missing {
        create(&root, file).with_context(|| format!("{}: it cannot be written", file.path))?;
    }
    output.line(&format!("Written: {names}. Next: `speclint check`"))?;
    Ok(ExitCode::SUCCESS)
}

fn plan(root: &Path) -> [Planned; 3] {
    let is_there = |path: &str| root.join(path).symlink_metadata().is_ok();
    let found = detect::detect(root);
    let existing = FILE_NAMES.into_iter().find(|name| is_there(name));
    let by_hand = "add to it what is missing:".to_owned();
    let config = Planned { path: FILE_NAMES[0], text: texts::config(&found), existing, by_hand };
    let text = texts::workflow(fs::read_to_string(root.join(".git/HEAD")).as_deref().unwrap_or_default());
    let existing = Some(WORKFLOW).filter(|path| is_there(path));
    let workflow = Planned { path: WORKFLOW, text, existing, by_hand: "compare it with this:".to_owned() };
    let existing = Some(HOOKS).filter(|path| is_there(path));
    let has_hook = fs::read_to_string(root.join(HOOKS)).is_ok_and(|text| text.contains("speclint"));
    let by_hand =
        if has_hook { "it names speclint already; compare:" } else { "add the entry below its `repos:`:" }.to_owned();
    let hooks = Planned { path: HOOKS, text: texts::hooks(), existing, by_hand };
    [config, workflow, hooks]
}

fn show(file: &Planned, output: &mut Output) -> Result<()> {
    let head = match file.existing {
        Some(existing) => format!("{existing} exists and stays as it is; {}", file.by_hand),
        None => format!("{}:", file.path),
    };
    let lines: Vec<String> = file.text.lines().map(|line| format!("    {}", sanitise::line(line))).collect();
    output.line(&format!("{head}\n\n{}\n", lines.join("\n")))?;
    Ok(())
}

fn asked(names: &str, output: &mut Output) -> Result<bool> {
    output.print(|out| write!(out, "Write {names}? [y/N] "))?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).context("the answer cannot be read")?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Makes a new file; one that is there by now is left alone, and a link leads nowhere outside of `root`.
fn create(root: &Path, file: &Planned) -> Result<()> {
    let path = root.join(file.path);
    let folder = path.parent().unwrap_or(root);
    let nearest = folder.ancestors().find(|folder| folder.symlink_metadata().is_ok()).unwrap_or(root);
    if !nearest.canonicalize()?.starts_with(root.canonicalize()?) {
        bail!("a symbolic link leads out of the repository");
    }
    fs::create_dir_all(folder)?;
    let mut new = OpenOptions::new().write(true).create_new(true).open(&path)?;
    new.write_all(file.text.as_bytes())?;
    Ok(())
}
