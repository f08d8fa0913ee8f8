use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use anyhow::{Context as _, Result, bail};
use rayon::ThreadPoolBuilder;

use super::UNCHECKED;
use super::adopt::Adoption;
use super::args::CheckArgs;
use super::destination::{Destination, write_file};
use super::load::{Loaded, load};
use super::output::Output;
use super::repair::{self, Mode};
use crate::config::{Config, Overrides};
use crate::diagnostics::{Problem, Report};
use crate::languages::THREAD_STACK;
use crate::pipeline::{Checker, Request};
use crate::report::{Detail, Options, Setting};
use crate::workspace::{read_bytes, shown};

/// Width of text reports where nothing says how wide the terminal is.
const WIDTH: usize = 80;

pub(super) fn run(args: &CheckArgs, output: &mut Output) -> Result<ExitCode> {
    let mut reports = Destination::parse_all(&args.report)?;
    let mode = Mode::of(args)?;
    let reads_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    if reads_stdin && args.paths.len() > 1 {
        bail!("`-` is standard input, and cannot be checked together with other paths");
    }
    // Where standard output is the repaired text, people are told on standard error, and programs in files.
    let prints_text = reads_stdin && args.fix;
    if prints_text {
        if !args.report.is_empty() && reports.iter().any(|report| report.path.is_none()) {
            bail!("with --fix, `-` prints the repaired text: a report must go to a file, as in `--report json=FILE`");
        }
        reports.retain(|report| report.path.is_some());
    }
    let first = args.paths.first().map(PathBuf::as_path);
    let first = if reads_stdin { Some(Path::new(&args.stdin_filename)) } else { first };
    let start = args.spec.as_deref().or(first);
    let Loaded { rules, config, here } = load(args.config.as_deref(), start, &overrides(args))?;
    if reads_stdin && args.changed_since.is_some() {
        bail!("`--changed-since` asks git what changed, and git does not know what is on standard input");
    }
    let stdin = if reads_stdin { Some(read_stdin(args, &config)?) } else { None };
    let mut request = Request {
        paths: if reads_stdin { Vec::new() } else { args.paths.clone() },
        spec: args.spec.clone(),
        source: args.source.clone(),
        inventory: args.inventory.clone(),
        allow_other: args.allow_empty,
        stdin,
        keep_texts: reports.iter().any(|report| report.format.shows_texts()),
    };
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads(&request, &config))
        .stack_size(THREAD_STACK)
        .build()
        .context("the threads cannot be started")?;
    let checker = Checker::new(rules, config, here);
    let adoption = Adoption::read(args, &checker)?;
    let mut unwritten = Vec::new();
    let mut fixed = None;
    match mode {
        Mode::Check => {}
        Mode::Diff(least) => return repair::show(&pool.install(|| checker.repair(&request, least)), output),
        Mode::Fix(least) => {
            let repairs = pool.install(|| checker.repair(&request, least));
            let written = repair::apply(&checker, &repairs, &mut request)?;
            (fixed, unwritten) = (Some(written.fixed), written.problems);
        }
    }
    let mut report = pool.install(|| checker.check(request.clone()));
    let notices = pool.install(|| adoption.apply(args, &checker, &request, &mut report))?;
    report.problems.extend(unwritten);
    report.summary.fixed = fixed;
    if report.summary.files == 0 && report.problems.is_empty() && !args.allow_empty {
        let looked = if args.paths.is_empty() { "in the working directory" } else { "in the given paths" };
        report.problems.push(Problem::general(format!(
            "no integrated spec is found {looked}, and no SQL file; name one with `--spec FILE`, or pass `--allow-empty` where that is fine"
        )));
    }
    let all_written = write_reports(args, &reports, &report, &checker, output);
    if prints_text {
        repair::remark(&report, output);
    }
    for notice in notices.iter().filter(|notice| !args.quiet || notice.starts_with("warning")) {
        output.complain(notice);
    }
    for problem in &report.problems {
        output.complain(&problem.to_string());
    }
    let fails = report.findings.iter().any(|finding| checker.config().fail_on.is_reached_by(finding.level));
    Ok(match (report.problems.is_empty() && all_written, fails) {
        (false, _) => ExitCode::from(UNCHECKED),
        (true, true) => ExitCode::FAILURE,
        (true, false) => ExitCode::SUCCESS,
    })
}

/// Number of threads to start: what the configuration says, else one for each processor, but none that would find no
/// work. A hook passes a file or two, and starting threads for the others would take longer than checking them.
fn threads(request: &Request, config: &Config) -> usize {
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    let is_alone = request.spec.is_some() || request.stdin.is_some();
    let are_files = !request.paths.is_empty() && request.paths.iter().all(|path| path.is_file());
    // The configured migrations are read side by side as well.
    let most = match (config.migrations.is_some(), is_alone, are_files) {
        (false, true, _) => 1,
        (false, false, true) => request.paths.len(),
        _ => usize::MAX,
    };
    config.threads.map_or_else(|| processors().min(most), NonZero::get)
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

/// Writes all reports, whatever becomes of the others; says what failed. True where all of them are written.
fn write_reports(
    args: &CheckArgs,
    destinations: &[Destination],
    report: &Report,
    checker: &Checker,
    output: &mut Output,
) -> bool {
    let (here, root) = (checker.here(), checker.root());
    let folder = here.strip_prefix(&root).map_or_else(|_| String::new(), |folder| shown(folder, Path::new("")));
    let setting = Setting { rules: checker.rules(), fail_on: checker.config().fail_on, folder: &folder };
    let detail = match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Normal,
    };
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(WIDTH);
    let options = |colour: bool| Options { colour, width, detail, statistics: args.statistics };
    let mut all_written = true;
    for destination in destinations {
        let format = destination.format;
        let result = match &destination.path {
            None => {
                let options = options(output.has_colour());
                let written = output.print(|out| format.write(report, &setting, &options, out));
                written.context("the report cannot be written to standard output")
            }
            Some(path) => destination
                .spares(report)
                .and_then(|()| write_file(path, checker, |out| format.write(report, &setting, &options(false), out))),
        };
        if let Err(error) = result {
            output.error(&error);
            all_written = false;
        }
    }
    all_written
}
