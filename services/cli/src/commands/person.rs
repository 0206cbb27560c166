//! `chasqui person`: read, find and erase the persons of procedures. What is personal goes to standard
//! output and nowhere else.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chasqui_commands::CommandError;
use chasqui_commands::authorise::{Actor, AuthenticationError};
use chasqui_commands::vault::{By, Field, Personal, Purpose, VaultError};
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::rejection::Rejection;
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::act::Named;
use super::file;
use crate::open::{self, Opened};
use crate::output::{Failure, environment, print, refusal, say, usage};
use crate::private_input;
use crate::settings::Settings;

/// See [`crate::arguments::Command::Person`].
#[derive(Debug, Args)]
pub(crate) struct Person {
    #[command(subcommand)]
    command: PersonCommand,
}

#[derive(Debug, Subcommand)]
enum PersonCommand {
    /// Read who filed a procedure. That it was read, by whom and what for is recorded before.
    #[command(after_help = "Example:
  chasqui person read 404AM-T154V-M4JS4 --purpose 'Notificar la resolución' --fields name,email --by ana")]
    Read {
        /// The procedure: its tracking code, or its identity.
        procedure: String,
        #[command(flatten)]
        purpose: For,
        /// Only these: name, identification, email, phone, address, note.
        #[arg(long, value_name = "F,F", value_delimiter = ',')]
        fields: Vec<String>,
        #[command(flatten)]
        who: Who,
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// List who read a procedure's person, when and what for. Nothing personal is in it.
    Readings {
        /// The procedure: its tracking code, or its identity.
        procedure: String,
        /// Print one line of JSON for each.
        #[arg(long)]
        json: bool,
    },
    /// Find the procedures of a person by cédula, RUC or passport. It is recorded in each of them.
    #[command(after_help = "Example:
  echo 1712345678 | chasqui person find - --purpose 'LOPDP 13: acceso' --by ana")]
    Find {
        /// A file with the identification; `-` is standard input.
        identification: PathBuf,
        #[command(flatten)]
        purpose: For,
        #[command(flatten)]
        who: Who,
    },
    /// Erase a procedure's person (LOPDP 15). It takes two people; history and figures stay.
    #[command(after_help = "Examples:
  chasqui person erase request 404AM-T154V-M4JS4 --basis consent_withdrawn --by ana
  chasqui person erase confirm 404AM-T154V-M4JS4 --by luis
  chasqui person erase list")]
    Erase {
        #[command(subcommand)]
        command: EraseCommand,
    },
}

#[derive(Debug, Subcommand)]
enum EraseCommand {
    /// Ask for an erasure. Nothing is erased yet.
    Request {
        /// The procedure: its tracking code, or its identity.
        procedure: String,
        /// The ground of the law: unlawful, not_needed, purpose_met, period_over, consent_withdrawn,
        /// rights_harmed, legal_order.
        #[arg(long, value_name = "BASIS")]
        basis: String,
        /// Also while the procedure runs, which needs its person (LOPDP 18).
        #[arg(long)]
        while_open: bool,
        #[command(flatten)]
        who: Who,
    },
    /// Confirm what somebody else asked for, and carry it out.
    Confirm {
        /// The procedure: its tracking code, or its identity.
        procedure: String,
        #[command(flatten)]
        who: Who,
    },
    /// List what waits for a second person.
    List {
        /// Print one line of JSON for each.
        #[arg(long)]
        json: bool,
    },
}

/// What for.
#[derive(Debug, Args)]
struct For {
    /// What for: up to 200 characters that name nobody. The person can see it, and it is kept for good.
    #[arg(long, value_name = "TEXT")]
    purpose: String,
}

/// Who does it.
#[derive(Debug, Args)]
struct Who {
    /// Who does it: the word that the house knows you by.
    #[arg(long, value_name = "NAME", conflicts_with = "key")]
    by: Option<String>,
    /// A file with the key of the system that does it; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

pub(crate) async fn run(settings: &Settings, person: Person) -> Result<ExitCode, Failure> {
    match person.command {
        PersonCommand::Read {
            procedure,
            purpose,
            fields,
            who,
            json,
        } => {
            let asked = Asked::parse(&procedure, &purpose, &fields)?;
            read(settings, asked, &who, json).await
        }
        PersonCommand::Readings { procedure, json } => readings(settings, &procedure, json).await,
        PersonCommand::Find {
            identification,
            purpose,
            who,
        } => find(settings, &identification, &purpose, &who).await,
        PersonCommand::Erase { command } => erase(settings, command).await,
    }
}

/// What is to be read.
struct Asked {
    named: Named,
    purpose: Purpose,
    fields: Vec<Field>,
}

impl Asked {
    fn parse(procedure: &str, purpose: &For, fields: &[String]) -> Result<Self, Failure> {
        let named = Named::parse(procedure)?;
        let purpose = purpose.parse()?;
        let fields = match fields {
            [] => Field::ALL.to_vec(),
            some => some
                .iter()
                .map(|field| field.trim().parse())
                .collect::<Result<_, _>>()
                .map_err(|e| usage(e, "give --fields some of them, with commas between"))?,
        };
        Ok(Self {
            named,
            purpose,
            fields,
        })
    }
}

impl For {
    fn parse(&self) -> Result<Purpose, Failure> {
        let hint = "say what it is needed for, such as 'Notificar la resolución'";
        self.purpose.parse().map_err(|error| usage(error, hint))
    }
}

impl Who {
    async fn by(&self, opened: &Opened) -> Result<By, Failure> {
        if let Some(file) = &self.key {
            let key = private_input::read(file, 256)?;
            let key = std::str::from_utf8(&key).unwrap_or_default().trim();
            let actor = opened.commands.authenticate(key).await;
            return actor.map(By::actor).map_err(|error| match error {
                AuthenticationError::OpensNothing => refusal(
                    error,
                    "`chasqui key list` shows the keys that open something",
                ),
                AuthenticationError::Read(_) => environment(error, "check the database"),
            });
        }
        match &self.by {
            None => Ok(By::actor(Actor::Operator)),
            Some(name) => By::operator(name).map_err(|error| {
                let hint = "give --by a word, such as ana.perez; a key is given with --key FILE";
                usage(error, hint)
            }),
        }
    }
}

async fn read(
    settings: &Settings,
    asked: Asked,
    who: &Who,
    as_json: bool,
) -> Result<ExitCode, Failure> {
    let opened = open::log_as_it_is(settings).await?;
    let by = who.by(&opened).await?;
    let procedure = asked.named.find(settings, &opened).await?;
    let person = opened
        .commands
        .read_person(&by, procedure, &asked.purpose, &asked.fields)
        .await
        .map_err(failed)?;
    let known = Field::ALL
        .into_iter()
        .filter_map(|field| Some((field.name(), person.get(field)?.reveal())));
    if as_json {
        let fields: Map<String, Value> = known
            .map(|(name, text)| (name.to_owned(), json!(text)))
            .collect();
        print(Value::Object(fields));
    } else {
        known.for_each(|(name, text)| print(format_args!("{name}: {text}")));
    }
    Ok(ExitCode::SUCCESS)
}

async fn readings(
    settings: &Settings,
    procedure: &str,
    as_json: bool,
) -> Result<ExitCode, Failure> {
    let named = Named::parse(procedure)?;
    let opened = open::log_as_it_is(settings).await?;
    let procedure = named.find(settings, &opened).await?;
    let readings = opened.commands.readings(procedure).await;
    for reading in readings.map_err(|error| failed(error.into()))? {
        let fields: Vec<&str> = reading.fields.iter().map(|field| field.name()).collect();
        if as_json {
            print(json!({
                "at": reading.at,
                "by": reading.by,
                "purpose": reading.purpose,
                "fields": fields,
            }));
            continue;
        }
        let fields = fields.join(", ");
        let at = reading.at.to_zoned(opened.commands.clock().zone().clone());
        print(format_args!(
            "{}  {}  {fields}  {}",
            at.strftime("%Y-%m-%d %H:%M:%S %:z"),
            reading.by,
            reading.purpose
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn find(
    settings: &Settings,
    identification: &Path,
    purpose: &For,
    who: &Who,
) -> Result<ExitCode, Failure> {
    let purpose = purpose.parse()?;
    let text = private_input::read(identification, 200)?;
    let text = std::str::from_utf8(&text).unwrap_or_default().trim();
    if text.is_empty() {
        let error = anyhow::anyhow!("there is no identification");
        return Err(usage(error, "give a file with a cédula, RUC or passport"));
    }
    let identification = Personal::new(text.to_owned());
    let opened = open::log_as_it_is(settings).await?;
    let by = who.by(&opened).await?;
    let found = opened
        .commands
        .find_person(&by, &identification, &purpose)
        .await
        .map_err(failed)?;
    found.iter().for_each(print);
    say(format_args!("{} procedures", found.len()));
    Ok(ExitCode::SUCCESS)
}

async fn erase(settings: &Settings, command: EraseCommand) -> Result<ExitCode, Failure> {
    match command {
        EraseCommand::Request {
            procedure,
            basis,
            while_open,
            who,
        } => {
            let named = Named::parse(&procedure)?;
            let basis: ErasureBasis = basis.parse().map_err(|error| {
                let names = ErasureBasis::ALL.map(ErasureBasis::name).join(", ");
                usage(error, format_args!("give --basis one of: {names}"))
            })?;
            let opened = open::log_as_it_is(settings).await?;
            let by = who.by(&opened).await?;
            let procedure = named.find(settings, &opened).await?;
            let asked = opened
                .commands
                .request_erasure(&by, procedure, basis, while_open)
                .await
                .map_err(failed)?;
            say(format_args!(
                "{} asks to erase the person of {procedure} ({basis}); somebody else confirms: \
                 chasqui person erase confirm {procedure} --by NAME",
                asked.by
            ));
        }
        EraseCommand::Confirm { procedure, who } => confirm(settings, &procedure, &who).await?,
        EraseCommand::List { json } => list(settings, json).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn confirm(settings: &Settings, procedure: &str, who: &Who) -> Result<(), Failure> {
    let named = Named::parse(procedure)?;
    let opened = open::log_as_it_is(settings).await?;
    let by = who.by(&opened).await?;
    let procedure = named.find(settings, &opened).await?;
    let confirmed = opened.commands.confirm_erasure(&by, procedure).await;
    let erased = confirmed.map_err(failed)?;
    say(format_args!(
        "the person of {procedure} is erased: asked for by {}, confirmed by {}. The history stays. \
         Copies of the database open nothing of them after the second `chasqui vault rotate` from now.",
        erased.requested_by, erased.confirmed_by
    ));
    Ok(())
}

async fn list(settings: &Settings, as_json: bool) -> Result<(), Failure> {
    let opened = open::log_as_it_is(settings).await?;
    for asked in opened.commands.open_erasures().await.map_err(failed)? {
        let basis = asked.basis.map_or("unknown", ErasureBasis::name);
        if as_json {
            print(json!({
                "procedure": asked.procedure,
                "basis": basis,
                "while_open": asked.while_open,
                "requested_by": asked.by,
                "requested_at": asked.at,
            }));
        } else {
            print(format_args!(
                "{}  {basis}  {}  {}",
                asked.procedure, asked.by, asked.at
            ));
        }
    }
    Ok(())
}

/// What to do about something that the vault did not do.
pub(crate) fn failed(error: VaultError) -> Failure {
    match error {
        VaultError::Command(error) => {
            if let CommandError::Rejected(rejection) = &*error {
                return rejected(rejection.clone());
            }
            file::failed(*error)
        }
        VaultError::Refused(_) => refusal(error, "use a key that may"),
        VaultError::Erased { .. } | VaultError::Destroyed => {
            refusal(error, "nobody can read it any more, as the law wants it")
        }
        VaultError::Nameless => usage(error, "say who you are with --by or --key"),
        VaultError::NotRequested => {
            refusal(error, "ask for it first: chasqui person erase request")
        }
        VaultError::SamePerson { .. } => refusal(error, "have a colleague confirm it"),
        VaultError::RequestChanged => refusal(error, "`chasqui person erase list` shows it"),
        VaultError::Tampered { .. } => {
            environment(error, "find out who writes to the database, and restore it")
        }
        VaultError::KeyRing(_) => environment(
            error,
            "put your copy of the vault's keys in place; `chasqui doctor` tells which are missing",
        ),
        VaultError::NoVault
        | VaultError::Ledger(_)
        | VaultError::NoRandomness(_)
        | VaultError::Read(_)
        | VaultError::Write(_) => environment(error, "check the database and the data folder"),
    }
}

fn rejected(rejection: Rejection) -> Failure {
    let hint = match rejection.article() {
        Some(article) => format!(
            "{} forbids it; once the procedure has ended it can be done, or now with --while-open",
            article.0
        ),
        None => "look at the procedure".to_owned(),
    };
    refusal(CommandError::from(rejection), hint)
}
