//! A repository that is not clean yet: the baseline, and what a change alone answers for.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};

use super::args::{CheckArgs, WriteBaseline};
use crate::diagnostics::{Baseline, Report};
use crate::pipeline::{Acceptance, Checker, Request, Unused};
use crate::report::write_baseline;
use crate::workspace::{read_baseline, replace, shown};

/// Name of the baseline beside the configuration.
const DEFAULT_NAME: &str = "speclint-baseline.jsonl";
/// Most unused entries that are named one by one.
const MOST_NAMED: usize = 10;

/// The baseline of a run.
pub(super) struct Adoption {
    path: PathBuf,
    baseline: Baseline,
}

impl Adoption {
    /// Reads the baseline that the command line or the configuration names, or the one beside the configuration.
    ///
    /// # Errors
    /// A named baseline that is not there and is not to be written, and one that cannot be read.
    pub(super) fn read(args: &CheckArgs, checker: &Checker) -> Result<Self> {
        let (here, config) = (checker.here(), checker.config());
        let named = config.baseline.as_ref().map(|path| here.join(path));
        let is_named = named.is_some();
        let path = named.unwrap_or_else(|| here.join(&config.folder).join(DEFAULT_NAME));
        // A link that leads nowhere is something too.
        if path.symlink_metadata().is_err() {
            match args.write_baseline {
                None if is_named => bail!(
                    "{}: there is no such baseline; `--write-baseline` writes one that accepts all that is found",
                    shown(&path, here)
                ),
                Some(WriteBaseline::Prune) => bail!("{}: there is no such baseline to prune", shown(&path, here)),
                _ => return Ok(Self { path, baseline: Baseline::default() }),
            }
        }
        let baseline = read_baseline(&path, here, config.max_file_size).map_err(|problem| anyhow!("{problem}"))?;
        Ok(Self { path, baseline })
    }

    /// Takes what is accepted and what is older than the change out of `report`, writes the baseline where that was asked
    /// for, and gives what is to be said about it.
    ///
    /// # Errors
    /// The baseline cannot be written, git cannot be asked, or something could not be checked where that matters.
    pub(super) fn apply(
        &self,
        args: &CheckArgs,
        checker: &Checker,
        request: &Request,
        report: &mut Report,
    ) -> Result<Vec<String>> {
        let mut acceptance = checker.accept(&self.baseline, report);
        let mut notices = Vec::new();
        if let Some(what) = args.write_baseline {
            if !report.problems.is_empty() {
                notices.push("the baseline is not written, because not everything could be checked".to_owned());
                return Ok(notices);
            }
            notices.push(self.write(what, &acceptance, checker)?);
            if what == WriteBaseline::All {
                checker.accept(&acceptance.renewed, report);
            }
            acceptance.unused.clear();
        }
        report.summary.unused_baseline_entries = acceptance.unused.len();
        notices.extend(self.complaints(&acceptance.unused, checker));
        if let Some(reference) = &args.changed_since {
            let older =
                checker.since(reference, request, report).map_err(|error| anyhow!("--changed-since: {error}"))?.0;
            if older > 0 {
                let are = if older == 1 { "finding is" } else { "findings are" };
                notices.push(format!("{older} {are} older than the change since {reference}, and not reported"));
            }
        }
        Ok(notices)
    }

    fn write(&self, what: WriteBaseline, acceptance: &Acceptance, checker: &Checker) -> Result<String> {
        let baseline = match what {
            WriteBaseline::All => &acceptance.renewed,
            WriteBaseline::Prune => &acceptance.pruned,
        };
        let name = shown(&self.path, checker.here());
        let mut bytes = Vec::new();
        write_baseline(baseline, &mut bytes)
            .and_then(|()| replace(&self.path, &bytes, &checker.root()))
            .with_context(|| format!("{name}: the baseline cannot be written"))?;
        let (count, dropped) = (baseline.entries().count(), acceptance.unused.len());
        let are = if count == 1 { "finding is" } else { "findings are" };
        Ok(format!("{count} {are} accepted in {name}, {dropped} unused dropped"))
    }

    /// A line for each entry that accepts nothing any more.
    fn complaints(&self, unused: &[Unused], checker: &Checker) -> Vec<String> {
        let name = shown(&self.path, checker.here());
        let complaint = |Unused { entry, line }: &Unused| {
            let feature = entry.feature.as_deref().map_or_else(String::new, |feature| format!(" in {feature}"));
            format!(
                "warning: {name}:{line}: accepts nothing any more: {} `{}`{feature} of {}",
                entry.rule, entry.subject, entry.file
            )
        };
        let mut complaints: Vec<String> = unused.iter().take(MOST_NAMED).map(complaint).collect();
        if unused.len() > MOST_NAMED {
            complaints.push(format!("warning: {name}: {} more accept nothing any more", unused.len() - MOST_NAMED));
        }
        if !unused.is_empty() {
            complaints.push("`--write-baseline=prune` drops what accepts nothing".to_owned());
        }
        complaints
    }
}
