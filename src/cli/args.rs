use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Proves that an AI-written integrated spec is a faithful, complete and safe rendering of its source spec.
#[derive(Debug, Parser)]
#[command(name = "speclint", version, propagate_version = true, max_term_width = 100)]
pub(super) struct Args {
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check integrated specs against their sources
    ///
    /// Exit code 0: nothing at or above `--fail-on`. 1: findings. 2: wrong usage, bad configuration, or something that
    /// could not be checked.
    Check(Box<CheckArgs>),
    /// Say what a rule reports, why, and how to fix it
    Explain(ExplainArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Set speclint up: a configuration, a GitHub workflow and a pre-commit entry
    ///
    /// They are shown first and written to the top of the repository where nothing stands yet; no file is changed. Exit
    /// code 0: written, declined, or all is there. 2: there is no terminal to ask at and no `--yes`, so that nothing was
    /// written, or something could not be written.
    Init(InitArgs),
    /// Write a new integrated spec from a source spec
    ///
    /// The source's texts are copied byte for byte; what the transformation rules give mechanically is written out; what a
    /// person must decide is marked `[FILL IN: …]`, and the rule `placeholder` reports it. Exit code 2: nothing is
    /// recognised in the source, or the file cannot be written.
    Scaffold(ScaffoldArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct CheckArgs {
    /// Files and folders to look through for integrated specs, SQL files and folders of migrations; `-` is standard input
    /// [default: .]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Check this integrated spec
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub spec: Option<PathBuf>,
    /// Compare it with this source [default: the one that its header names]
    #[arg(long, value_name = "FILE")]
    pub source: Option<PathBuf>,
    /// What the codebase has
    #[arg(long, value_name = "FILE")]
    pub inventory: Option<PathBuf>,
    /// Use this configuration [default: `speclint.toml` in or above the checked folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Run only these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Do not run these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Report a rule or group at another level: error, warning, note or off
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',')]
    pub level: Vec<String>,
    /// Fail from this level on: error, warning, note or never [default: error]
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<String>,
    /// Write a report: text, concise, json, sarif, github, gitlab, junit, rdjson or markdown; with `=PATH`, into a file.
    /// Repeatable; one of them may go to standard output [default: text]
    #[arg(long, value_name = "FORMAT[=PATH]")]
    pub report: Vec<String>,
    /// Findings that are accepted for now [default: the configuration's, or `speclint-baseline.jsonl` beside it]
    ///
    /// An accepted finding counts as suppressed, until the text that it is about changes, here or in the source.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the baseline: accept all that is found, or with `=prune` only drop what is accepted for nothing
    #[arg(long, value_name = "WHAT", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    pub write_baseline: Option<WriteBaseline>,
    /// Report only what the change since REF introduced or touched, uncommitted changes included
    ///
    /// The change starts where the history of REF (a branch, a tag, a commit) and that of HEAD parted.
    #[arg(long, value_name = "REF", allow_hyphen_values = true, conflicts_with = "write_baseline")]
    pub changed_since: Option<String>,
    /// Repair what can be repaired without a second look, in the checked specs and SQL files, and report what remains.
    /// Standard input is printed repaired
    #[arg(long, conflicts_with = "changed_since")]
    pub fix: bool,
    /// With --fix or --diff: also apply fixes that a person should look at
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Print what --fix would change as a unified diff, and write nothing. Exit code 1: something would change
    #[arg(long, conflicts_with_all = ["report", "statistics", "changed_since", "write_baseline"])]
    pub diff: bool,
    /// Number of threads [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<String>,
    /// Print errors and warnings only: no checklist, no summary
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print notes too
    #[arg(long, short)]
    pub verbose: bool,
    /// Count the findings by rule
    #[arg(long)]
    pub statistics: bool,
    /// Succeed where no integrated spec is found, and pass over named files that belong to none
    #[arg(long)]
    pub allow_empty: bool,
    /// What findings call standard input
    #[arg(long, value_name = "NAME", default_value = "stdin.md")]
    pub stdin_filename: String,
}

/// What `--write-baseline` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WriteBaseline {
    /// Accept all that is found
    All,
    /// Only drop entries that accept nothing any more
    Prune,
}

#[derive(Debug, Parser)]
pub(super) struct ExplainArgs {
    /// The rule, such as `no-prisma`
    pub rule: String,
    /// Use this configuration, for a project's own rules
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Parser)]
pub(super) struct RulesArgs {
    /// Run the examples of all rule pages, the project's own included
    #[arg(long)]
    pub test: bool,
    /// Use this configuration, for a project's own rules
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Parser)]
pub(super) struct InitArgs {
    /// Write without asking
    #[arg(long, short)]
    pub yes: bool,
}

#[derive(Debug, Parser)]
pub(super) struct ScaffoldArgs {
    /// The source spec
    pub source: PathBuf,
    /// What the codebase has
    #[arg(long, value_name = "FILE")]
    pub inventory: Option<PathBuf>,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long, requires = "output")]
    pub force: bool,
    /// The day of integration, `YYYY-MM-DD` [default: that of `SOURCE_DATE_EPOCH`, or today]
    #[arg(long, value_name = "DAY")]
    pub date: Option<String>,
    /// Use this configuration [default: `speclint.toml` in or above the source's folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Parser)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}
