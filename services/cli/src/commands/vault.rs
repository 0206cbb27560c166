//! `chasqui vault`: turn the epoch of the vault's keys, and see how they are.

use std::process::ExitCode;

use chasqui_commands::vault::Rotated;
use clap::{Args, Subcommand};
use serde_json::json;

use super::doctor;
use super::person::failed;
use crate::open;
use crate::output::{Failure, print, say};
use crate::settings::Settings;

/// See [`crate::arguments::Command::Vault`].
#[derive(Debug, Args)]
pub(crate) struct Vault {
    #[command(subcommand)]
    command: VaultCommand,
}

#[derive(Debug, Subcommand)]
enum VaultCommand {
    /// Begin a new epoch: wrap every key anew, and destroy the key of two epochs ago.
    #[command(after_help = "Example, every Sunday night:
  chasqui vault rotate && cp -a chasqui-data/secrets/vault /media/escrow/

Cut off, it goes on when it is run again. Copies of destroyed keys are yours to destroy.")]
    Rotate {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// How many persons there are, and which epoch's key wraps theirs.
    Status {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) async fn run(settings: &Settings, vault: Vault) -> Result<ExitCode, Failure> {
    match vault.command {
        VaultCommand::Rotate { json } => rotate(settings, json).await,
        VaultCommand::Status { json } => {
            doctor::run(settings, json).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn rotate(settings: &Settings, as_json: bool) -> Result<ExitCode, Failure> {
    let opened = open::log_as_it_is(settings).await?;
    let rotated = opened.commands.rotate_vault().await.map_err(failed)?;
    let Rotated {
        epoch,
        resumed,
        rewrapped,
        destroyed,
        unreadable,
        settled,
    } = &rotated;
    if as_json {
        print(json!({
            "epoch": epoch,
            "resumed": resumed,
            "rewrapped": rewrapped,
            "destroyed_epochs": destroyed,
            "unreadable": unreadable,
            "completed_erasures": settled.completed,
            "swept": settled.swept,
        }));
    } else {
        let again = if *resumed {
            " (it had been cut off)"
        } else {
            ""
        };
        print(format_args!(
            "epoch {epoch} begins{again}: {rewrapped} keys wrapped anew"
        ));
        match destroyed.as_slice() {
            [] => print("no epoch's key is old enough to be destroyed"),
            gone => {
                for epoch in gone {
                    print(format_args!("the key of epoch {epoch} is destroyed"));
                }
                say("destroy the copies of them, too: until then old backups can be opened");
            }
        }
        if *unreadable > 0 {
            say(format_args!(
                "{unreadable} keys do not open; `chasqui doctor` tells more"
            ));
        }
    }
    let sound = *unreadable == 0;
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}
