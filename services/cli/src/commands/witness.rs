//! `chasqui witness`: cosign another's log, from the command line. It needs no database.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use chasqui_tlog::error::KeyError;
use chasqui_tlog::note::VerifierKey;
use chasqui_witness::{WitnessError, create_key, router};
use clap::{Args, Subcommand};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::output::{Failure, environment, print, refusal, say, usage};
use crate::settings::Settings;

/// See [`crate::arguments::Command::Witness`].
#[derive(Debug, Args)]
pub(crate) struct Witness {
    #[command(subcommand)]
    command: WitnessCommand,
}

#[derive(Debug, Subcommand)]
enum WitnessCommand {
    /// Make the witness's key, once, and print the line by which others verify it.
    Init {
        /// The witness's folder: its key, and what it has seen. Never restore it from a backup.
        #[arg(long, value_name = "DIR", default_value = "./chasqui-witness")]
        state: PathBuf,
        /// The witness's name for ever: an address without its scheme.
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// Answer logs that ask for cosignatures, on the address of --listen.
    Serve {
        /// The witness's folder.
        #[arg(long, value_name = "DIR", default_value = "./chasqui-witness")]
        state: PathBuf,
        /// The vkey of a log to watch; may be repeated. Logs that were watched before stay.
        #[arg(long = "vkey", value_name = "VKEY")]
        vkeys: Vec<String>,
    },
    /// Print what the witness has seen of each log.
    Status {
        /// The witness's folder.
        #[arg(long, value_name = "DIR", default_value = "./chasqui-witness")]
        state: PathBuf,
    },
}

pub(crate) async fn run(settings: &Settings, witness: Witness) -> Result<ExitCode, Failure> {
    match witness.command {
        WitnessCommand::Init { state, name } => {
            let hint = "give a name such as testigo.universidad.edu.ec/w1";
            let name = name.parse().map_err(|e: KeyError| usage(e, hint))?;
            let made = create_key(&state, &name).map_err(failed)?;
            let told = chasqui_witness::Witness::status(&state).map_err(failed)?;
            say(if made {
                "made the key; publish this line, and give it to the log:"
            } else {
                "the key is there already; it stays as it is"
            });
            print(told.key);
            Ok(ExitCode::SUCCESS)
        }
        WitnessCommand::Serve { state, vkeys } => serve(settings, state, &vkeys).await,
        WitnessCommand::Status { state } => {
            let told = chasqui_witness::Witness::status(&state).map_err(failed)?;
            print(told.to_string().trim_end());
            let sound = told.logs.iter().all(|(_, seen)| seen.forks == 0);
            Ok(ExitCode::from(u8::from(!sound)))
        }
    }
}

async fn serve(settings: &Settings, state: PathBuf, vkeys: &[String]) -> Result<ExitCode, Failure> {
    let keys = vkeys.iter().map(|key| key.parse());
    let keys = keys.collect::<Result<Vec<VerifierKey>, KeyError>>();
    let keys =
        keys.map_err(|e| usage(e, "give --vkey the line that `chasqui log init` printed"))?;
    let witness = Arc::new(chasqui_witness::Witness::open(state, keys).map_err(failed)?);
    let told = witness.state().map_err(failed)?;
    if told.logs.is_empty() {
        let none = anyhow::anyhow!("no log to watch");
        return Err(usage(none, "name one with --vkey"));
    }
    let unusable = |error: std::io::Error| {
        let error =
            anyhow::Error::new(error).context(format!("cannot listen on {}", settings.listen));
        environment(error, "choose another address with --listen")
    };
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(unusable)?;
    say(format_args!("witness {}", witness.key()));
    for (log, _) in &told.logs {
        say(format_args!("watching {}", log.name().as_str()));
    }
    say(format_args!("serving on http://{address}"));
    axum::serve(listener, router(witness))
        .with_graceful_shutdown(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        })
        .await
        .map_err(|error| environment(error, "look at what it said before"))?;
    Ok(ExitCode::SUCCESS)
}

fn failed(error: WitnessError) -> Failure {
    match error {
        WitnessError::Busy => refusal(error, "stop the other process first; nothing was harmed"),
        WitnessError::Log { .. } => usage(error, "take the vkey that the log has published"),
        WitnessError::File { .. } => environment(
            error,
            "check the folder; `chasqui witness init` makes the key",
        ),
    }
}
