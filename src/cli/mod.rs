//! The command line. One file a subcommand; printing happens here and nowhere else.

mod adopt;
mod args;
mod check;
mod completions;
mod destination;
mod explain;
mod init;
mod load;
mod output;
mod repair;
mod rules;
mod scaffold;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use output::Output;

/// Exit code for wrong usage, a bad configuration, or something that could not be checked.
const UNCHECKED: u8 = 2;

/// Runs the program with the arguments of the process and returns its exit code.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let mut output = Output::new(args.color);
    let result = match args.command {
        Command::Check(check) => check::run(&check, &mut output),
        Command::Explain(explain) => explain::run(&explain, &mut output),
        Command::Rules(rules) => rules::run(&rules, &mut output),
        Command::Init(init) => init::run(&init, &mut output),
        Command::Scaffold(scaffold) => scaffold::run(&scaffold, &mut output),
        Command::Completions(completions) => completions::run(&completions, &mut output),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            ExitCode::from(UNCHECKED)
        }
    }
}
