//! `chasqui`: procedures as event streams, from the command line.

mod act;
mod arguments;
mod commands;
mod demo;
mod feed;
mod metrics;
mod open;
mod output;
mod part;
mod private_input;
mod prover;
mod secrets;
mod settings;
mod verified;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(failure) = output::start_log(&arguments.settings) {
        return failure.report();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments)),
        Err(error) => Err(output::environment(error, "free some memory and try again")),
    };
    match result {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

async fn run(arguments: Arguments) -> Result<ExitCode, output::Failure> {
    let settings = arguments.settings;
    settings.refuse_unknown_variables()?;
    if arguments.print_config {
        return commands::print_config::run(&settings);
    }
    match arguments.command {
        Some(Command::Demo(demo)) => commands::demo::run(settings, demo).await,
        Some(Command::Serve(serve)) => commands::serve::run(settings, serve).await,
        Some(Command::Init) => commands::init::run(&settings),
        Some(Command::Import(import)) => commands::import::run(&settings, import).await,
        Some(Command::File(file)) => commands::file::run(&settings, file).await,
        Some(Command::Act(act)) => commands::act::run(&settings, act).await,
        Some(Command::Deadline(asked)) => commands::deadline::run(asked),
        Some(Command::Indicators(asked)) => commands::indicators::run(&settings, asked).await,
        Some(Command::Views(views)) => commands::views::run(&settings, views).await,
        Some(Command::Code(asked)) => commands::code::run(&settings, asked).await,
        Some(Command::Catalogue(asked)) => commands::catalogue::run(&settings, asked).await,
        Some(Command::Calendar(calendar)) => commands::calendar::run(&settings, calendar).await,
        Some(Command::Key(key)) => commands::key::run(&settings, key).await,
        Some(Command::Person(person)) => commands::person::run(&settings, person).await,
        Some(Command::Log(log)) => commands::log::run(&settings, log).await,
        Some(Command::Witness(witness)) => commands::witness::run(&settings, witness).await,
        Some(Command::Vault(vault)) => commands::vault::run(&settings, vault).await,
        Some(Command::Verify(asked)) => commands::verify::run(asked),
        Some(Command::Doctor { json }) => commands::doctor::run(&settings, json).await,
        Some(Command::Completions { shell }) => commands::manual::completions(shell),
        Some(Command::Man) => commands::manual::man(),
        Some(Command::Version) => commands::manual::version(),
        None => commands::manual::help(),
    }
}
