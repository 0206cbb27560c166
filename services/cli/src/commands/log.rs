//! `chasqui log`: make the log's key, seal by hand, check everything, recover after a restore.

use std::path::PathBuf;
use std::process::ExitCode;

use chasqui_sealer::{
    LogFolder, LogKey, Mark, Sealer, SealerError, Witnesses, fsck, receipt, recover,
};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::open;
use crate::output::{Failure, environment, print, refusal, say, usage};
use crate::settings::Settings;

/// See [`crate::arguments::Command::Log`].
#[derive(Debug, Args)]
pub(crate) struct Log {
    #[command(subcommand)]
    command: LogCommand,
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    /// Make the key that signs the log, once. From then on `serve` seals.
    Init {
        /// The log's name for ever: an address without its scheme, such as tramites.quito.gob.ec/log1.
        #[arg(long, value_name = "NAME")]
        origin: String,
    },
    /// Seal what is new, now. Refused while `serve` seals.
    Seal,
    /// Make every leaf again from its event, every tile and bundle from the leaves, and compare.
    Fsck {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring back entries that a restored database has lost, from the signed files.
    Recover,
    /// Print the published checkpoint.
    Checkpoint,
    /// Print the receipt of a sealed event. It is for the party alone.
    Prove {
        /// The position of the event.
        position: u64,
    },
}

/// Where the parts of the log are.
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(crate) mark: Mark,
    pub(crate) key: PathBuf,
    /// The policy that names the witnesses.
    pub(crate) witnesses: Option<PathBuf>,
}

impl Place {
    pub(crate) fn of(settings: &Settings) -> Self {
        let mark = settings.log_mark.clone();
        Self {
            folder: settings.data_dir.join("log"),
            mark: Mark(mark.unwrap_or_else(|| settings.data_dir.join("log-mark"))),
            key: settings.data_dir.join("secrets").join("log-key"),
            witnesses: settings.witnesses.clone(),
        }
    }

    /// The key, and who cosigns what it signs.
    pub(crate) fn signers(&self) -> Result<(LogKey, Witnesses), SealerError> {
        let key = LogKey::load(&self.key)?;
        let witnesses = match &self.witnesses {
            Some(path) => {
                let policy = std::fs::read(path).map_err(|error| SealerError::File {
                    path: path.clone(),
                    source: error.into(),
                })?;
                Witnesses::parse(&policy, key.verifier())?
            }
            None => Witnesses::none(key.verifier()),
        };
        Ok((key, witnesses))
    }
}

pub(crate) async fn run(settings: &Settings, log: Log) -> Result<ExitCode, Failure> {
    let place = Place::of(settings);
    if let LogCommand::Init { origin } = &log.command {
        return init(&place, origin);
    }
    let key = LogKey::load(&place.key).map_err(failed)?;
    let folder = LogFolder::open(&place.folder).map_err(failed)?;
    if matches!(log.command, LogCommand::Checkpoint) {
        return checkpoint(&folder);
    }
    let store = open::store(settings).await?;
    let (mark, verifier) = (&place.mark, key.verifier().clone());
    match log.command {
        LogCommand::Init { .. } | LogCommand::Checkpoint => {}
        LogCommand::Seal => {
            let (key, witnesses) = place.signers().map_err(failed)?;
            let sealer = Sealer::open(store, folder, place.mark, key, witnesses).await;
            let sealed = sealer
                .map_err(failed)?
                .turn(jiff::Timestamp::now(), true)
                .await
                .map_err(failed)?;
            print(format_args!("sealed and signed {} events", sealed.size));
        }
        LogCommand::Fsck { json } => {
            let checked = fsck(&store, &folder, mark, &verifier)
                .await
                .map_err(failed)?;
            return Ok(report(&checked, json));
        }
        LogCommand::Recover => {
            let recovered = recover(&store, &folder, mark, &verifier)
                .await
                .map_err(failed)?;
            print(format_args!(
                "{} entries were signed; brought back {} that the database had lost",
                recovered.signed, recovered.restored
            ));
            say("run `chasqui log fsck` before you serve again");
        }
        LogCommand::Prove { position } => {
            let made = receipt(&store, &folder, &verifier, position).await;
            print(made.map_err(failed)?.to_string().trim_end());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn init(place: &Place, origin: &str) -> Result<ExitCode, Failure> {
    let name = origin.parse();
    let name = name.map_err(|e: chasqui_sealer::KeyError| {
        usage(e, "give a name such as tramites.quito.gob.ec/log1")
    })?;
    let made = LogKey::create(&place.key, &name).map_err(failed)?;
    let key = LogKey::load(&place.key).map_err(failed)?;
    let folder = LogFolder::open(&place.folder).map_err(failed)?;
    folder.publish_key(key.verifier()).map_err(failed)?;
    let file = place.key.display();
    if made {
        say(format_args!(
            "made {file}; keep a copy of it in two sealed places, and publish this line on paper:"
        ));
    } else {
        say(format_args!("{file} is there already; it stays as it is"));
    }
    print(key.verifier());
    Ok(ExitCode::SUCCESS)
}

fn checkpoint(folder: &LogFolder) -> Result<ExitCode, Failure> {
    match folder.checkpoint().map_err(failed)? {
        Some(signed) => {
            print(signed.to_string().trim_end());
            Ok(ExitCode::SUCCESS)
        }
        None => Err(refusal(
            anyhow::anyhow!("no checkpoint is published yet"),
            "run `chasqui log seal`",
        )),
    }
}

fn report(checked: &chasqui_sealer::Checked, as_json: bool) -> ExitCode {
    if as_json {
        print(json!({
            "leaves": checked.leaves,
            "tiles": checked.tiles,
            "bundles": checked.bundles,
            "checkpoints": checked.checkpoints,
            "faults": checked.faults,
            "told": checked.told,
        }));
    } else {
        print(format_args!(
            "checked {} leaves, {} tiles, {} bundles, {} signatures: {} faults",
            checked.leaves, checked.tiles, checked.bundles, checked.checkpoints, checked.faults
        ));
        for fault in &checked.told {
            print(format_args!("  {fault}"));
        }
    }
    // Nothing to check is no success.
    if checked.faults == 0 && checked.leaves > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

fn failed(error: SealerError) -> Failure {
    match error {
        SealerError::Refused(_) => refusal(error, "see \"The verifiable log\" in docs/operate.md"),
        SealerError::NotSealed { .. } => refusal(error, "wait until the event is sealed"),
        SealerError::SelfCheck { .. } | SealerError::Event { .. } | SealerError::Format(_) => {
            environment(error, "run `chasqui log fsck`")
        }
        SealerError::File { .. } | SealerError::Read(_) | SealerError::Write(_) => environment(
            error,
            "check the data folder and the database; `chasqui log init` makes the key",
        ),
    }
}
