//! `chasqui completions`, `man`, `version`, and what is printed when nothing is asked.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::output::{Failure, environment, print, say};

pub(crate) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut command = Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "chasqui", &mut script);
    print(String::from_utf8_lossy(&script).trim_end());
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn man() -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command())
        .render(&mut page)
        .map_err(|error| environment(error, "free some memory and try again"))?;
    print(String::from_utf8_lossy(&page).trim_end());
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
