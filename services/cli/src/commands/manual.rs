//! `chasqui completions`, `man`, `version`, and what is printed when nothing is asked.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::output::{Failure, environment, print, say};

pub(crate) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut command = Arguments::command();
    clap_complete::generate(shell, &mut command, "chasqui", &mut std::io::stdout());
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn man() -> Result<ExitCode, Failure> {
    clap_mangen::Man::new(Arguments::command())
        .render(&mut std::io::stdout())
        .map_err(|error| environment(error, "check where the output goes"))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn version() -> Result<ExitCode, Failure> {
    print(format_args!("chasqui {}", env!("CARGO_PKG_VERSION")));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn help() -> Result<ExitCode, Failure> {
    say(Arguments::command().render_help());
    Ok(ExitCode::from(2))
}
