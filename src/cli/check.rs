use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use rayon::ThreadPoolBuilder;

use super::UNCHECKED;
use super::adopt::Adoption;
use super::args::CheckArgs;
use super::load::{Loaded, load};
use super::output::Output;
use crate::config::{Config, Overrides};
use crate::diagnostics::{Problem, Report};
use crate::pipeline::{Checker, Request};
use crate::report::{Detail, Format, Options};
use crate::workspace::read_bytes;

/// Width of text reports where nothing says how wide the terminal is.
const WIDTH: usize = 80;

pub(super) fn run(args: &CheckArgs, output: &mut Output) -> Result<ExitCode> {
    let reports = args.report.iter().map(|value| Destination::parse(value)).collect::<Result<Vec<_>>>()?;
    let reads_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    if reads_stdin && args.paths.len() > 1 {
        bail!("`-` is standard input, and cannot be checked together with other paths");
    }
    let start = args.spec.as_deref().or_else(|| args.paths.first().map(PathBuf::as_path).filter(|_| !reads_stdin));
    let Loaded { rules, config, here } = load(args.config.as_deref(), start, &overrides(args))?;
    if reads_stdin && args.changed_since.is_some() {
        bail!("`--changed-since` asks git what changed, and git does not know what is on standard input");
    }
    let stdin = if reads_stdin { Some(read_stdin(args, &config)?) } else { None };
    let request = Request {
        paths: if reads_stdin { Vec::new() } else { args.paths.clone() },
        spec: args.spec.clone(),
        source: args.source.clone(),
        inventory: args.inventory.clone(),
        allow_other: args.allow_empty,
        stdin,
    };
    let threads = config.threads.map_or(0, std::num::NonZero::get);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().context("the threads cannot be started")?;
    let checker = Checker::new(rules, config, here);
    let adoption = Adoption::read(args, &checker)?;
    let mut report = pool.install(|| checker.check(request.clone()));
    let notices = pool.install(|| adoption.apply(args, &checker, &request, &mut report))?;
    if report.summary.files == 0 && report.problems.is_empty() && !args.allow_empty {
        let looked =
            if args.paths.is_empty() { "the working directory".to_owned() } else { "the given paths".to_owned() };
        report.problems.push(Problem::new(
            looked,
            "no integrated spec is found, and no SQL file; name one with `--spec FILE`, or pass `--allow-empty` where that is fine",
        ));
    }
    write_reports(args, &reports, &report, output)?;
    for notice in notices.iter().filter(|notice| !args.quiet || notice.starts_with("warning")) {
        output.complain(notice);
    }
    for problem in &report.problems {
        output.complain(&problem.to_string());
    }
    let fails = report.findings.iter().any(|finding| checker.config().fail_on.is_reached_by(finding.level));
    Ok(match (report.problems.is_empty(), fails) {
        (false, _) => ExitCode::from(UNCHECKED),
        (true, true) => ExitCode::FAILURE,
        (true, false) => ExitCode::SUCCESS,
    })
}

fn overrides(args: &CheckArgs) -> Overrides {
    Overrides {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        levels: args.level.clone(),
        fail_on: args.fail_on.clone(),
        threads: args.threads.clone(),
        baseline: args.baseline.clone(),
    }
}

fn read_stdin(args: &CheckArgs, config: &Config) -> Result<crate::text::SourceFile> {
    read_bytes(io::stdin().lock(), &args.stdin_filename, config.max_file_size)
        .map_err(|problem| anyhow::anyhow!(problem.to_string()))
}

/// A report and where it goes.
struct Destination {
    format: Format,
    path: Option<PathBuf>,
}

impl Destination {
    /// Reads `FORMAT` or `FORMAT=PATH`.
    fn parse(value: &str) -> Result<Self> {
        let (format, path) = value.split_once('=').map_or((value, None), |(format, path)| (format, Some(path)));
        if path == Some("") {
            bail!("--report {value}: there is no file name behind `=`");
        }
        let format = format.parse().map_err(|error| anyhow::anyhow!("--report {value}: {error}"))?;
        Ok(Self { format, path: path.map(PathBuf::from) })
    }
}

fn write_reports(args: &CheckArgs, reports: &[Destination], report: &Report, output: &mut Output) -> Result<()> {
    let detail = match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Normal,
    };
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(WIDTH);
    let options = |colour: bool| Options { colour, width, detail, statistics: args.statistics };
    if reports.iter().all(|report| report.path.is_some()) && reports.is_empty() {
        let options = options(output.has_colour());
        output.print(|out| Format::Text.write(report, &options, out))?;
    }
    for Destination { format, path } in reports {
        match path {
            None => {
                let options = options(output.has_colour());
                output.print(|out| format.write(report, &options, out))?;
            }
            Some(path) => write_file(*format, path, report, &options(false))
                .with_context(|| format!("{}: the report cannot be written", path.display()))?,
        }
    }
    Ok(())
}

fn write_file(format: Format, path: &Path, report: &Report, options: &Options) -> io::Result<()> {
    format.write(report, options, &mut BufWriter::new(File::create(path)?))
}
