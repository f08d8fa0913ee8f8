use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory;

use super::args::{Args, CompletionsArgs};
use super::output::Output;

pub(super) fn run(args: &CompletionsArgs, output: &mut Output) -> Result<ExitCode> {
    let mut command = Args::command();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "speclint", &mut script);
    output.print(|out| out.write_all(&script))?;
    Ok(ExitCode::SUCCESS)
}
