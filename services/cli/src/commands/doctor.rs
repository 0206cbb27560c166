//! `chasqui doctor`: what can be lost or stays too long, each with what to do about it.

use std::process::ExitCode;

use chasqui_commands::vault::{VaultHealth, WEEK_DAYS};
use serde_json::json;

use super::person::failed;
use crate::open;
use crate::output::{Failure, print};
use crate::settings::Settings;

pub(crate) async fn run(settings: &Settings, as_json: bool) -> Result<ExitCode, Failure> {
    let opened = open::log_as_it_is(settings).await?;
    let health = opened.commands.vault_health().await.map_err(failed)?;
    let faults = faults(&health);
    if as_json {
        print(json!({ "sound": health.is_sound(), "vault": {
            "persons": health.persons,
            "epoch": health.epoch.map(|(number, _)| number),
            "epoch_made_at": health.epoch.map(|(_, made)| made),
            "missing_epochs": health.missing_epochs,
            "undestroyed": health.undestroyed,
            "ledgers_differ_by": health.ledgers_differ_by,
            "unreadable_lines": health.unreadable_lines,
            "unfiled": health.unfiled,
            "waiting_erasures": health.waiting,
            "faults": faults,
        }}));
    } else {
        let epoch = match health.epoch {
            Some((number, made)) => format!("epoch {number}, begun {made}"),
            None => "no epoch yet".to_owned(),
        };
        print(format_args!("vault: {} persons, {epoch}", health.persons));
        if health.waiting > 0 {
            print(format_args!(
                "vault: {} erasures wait for a second person: chasqui person erase list",
                health.waiting
            ));
        }
        for fault in &faults {
            print(format_args!("vault: {fault}"));
        }
        if faults.is_empty() {
            print("vault: sound");
        }
    }
    let sound = health.is_sound();
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// What is not as it should be, and what to do.
fn faults(health: &VaultHealth) -> Vec<String> {
    let mut faults = Vec::new();
    if health.is_late {
        faults.push(format!(
            "the epoch is older than {WEEK_DAYS} days: run chasqui vault rotate, or erasures are not \
             complete within the law's 15 days"
        ));
    }
    for epoch in &health.missing_epochs {
        faults.push(format!(
            "the key of epoch {epoch} is not here and persons need it: put your copy in place"
        ));
    }
    for file in &health.open_to_others {
        faults.push(format!("others can read {}: chmod 600 it", file.display()));
    }
    let counted = [
        (
            health.undestroyed,
            "keys are still there that were destroyed: run chasqui vault rotate",
        ),
        (
            health.ledgers_differ_by,
            "destroyed keys stand in one ledger only: run any command to bring them together",
        ),
        (
            health.unreadable_lines,
            "lines of the ledger's file say nothing: keep them, and compare with another node's",
        ),
        (
            health.unfiled,
            "persons have no procedure: run chasqui vault rotate",
        ),
        (
            u64::from(health.is_turning),
            "turn of the epoch was cut off: run chasqui vault rotate",
        ),
    ];
    let some = counted.iter().filter(|(count, _)| *count > 0);
    faults.extend(some.map(|(count, what)| format!("{count} {what}")));
    faults
}
