//! What can be typed: subcommands and their flags. Help texts have examples.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::act::Act;
use crate::settings::Settings;

/// Procedures filed with a municipality, as histories that anybody can follow.
#[derive(Debug, Parser)]
#[command(name = "chasqui", version, propagate_version = true)]
#[command(after_help = "Examples:
  chasqui demo                                  a made-up year for Quito, served on this machine
  chasqui serve                                 the service, on the data folder
  chasqui import log.xes.gz --format xes --mapping mapping.toml
  chasqui indicators --json
  chasqui deadline --filed-at 2025-10-31T17:30:00-05:00 --term 15bd

Exit codes: 0 done; 1 it ran and the answer is no; 2 usage; 3 the environment.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) settings: Settings,
    /// Show the settings, secrets masked, and end.
    #[arg(long, global = true)]
    pub(crate) print_config: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fill an embedded database with a made-up year for Quito, and serve it.
    #[command(after_help = "Examples:
  chasqui demo
  chasqui demo --procedures 1000 --seed 7 --no-serve")]
    Demo(Demo),
    /// Serve pages and the API.
    #[command(after_help = "Examples:
  chasqui serve --listen 127.0.0.1:8080
  CHASQUI_DATABASE_URL=postgres://chasqui@localhost/chasqui chasqui serve")]
    Serve(Serve),
    /// Make the secrets of a new deployment. What exists is never overwritten.
    Init,
    /// Import procedures from event logs and tables.
    #[command(after_help = "Examples:
  chasqui import receipt.xes.gz --format xes --mapping deploy/examples/receipt.toml
  chasqui import requests.csv --format csv --mapping m.toml --dry-run --report report.json

Run it twice and it adds nothing; interrupt it and it goes on where it was.
Exit code 1 says that rows were refused: the report tells which and why.")]
    Import(Import),
    /// File a procedure, and print its tracking code.
    #[command(after_help = "Examples:
  chasqui file --type GADDMQ-AG-CAT-33 --unit cat --channel desk
  chasqui file --type GADDMQ-AG-CAT-33 --unit cat --person - < person.json

A person is a JSON object: name, and identification, email, phone, address, note if they are known.
It goes into the vault, encrypted, and into no event. It is never an argument: all who use the machine
can read those.")]
    File(File),
    #[command(flatten)]
    Act(Act),
    /// Compute when an answer is due, and account for every day.
    #[command(after_help = "Examples:
  chasqui deadline --filed-at 2025-10-31T17:30:00-05:00 --term 15bd
  chasqui deadline --filed-at 2025-09-01 --term 15bd --suspend 2025-09-05..2025-09-12 --extend 5@2025-09-26
  chasqui deadline --filed-at 2025-09-01 --term 15bd --suspend 2025-09-05..=external_report --as-of 2025-09-30
  chasqui deadline --batch < questions.ndjson > answers.ndjson

Terms: 15bd business days, 15cd calendar days, 8w weeks, 3m months, 1y years, 0imm immediate.
It needs no database and no data folder: the calendars are in the program.
Exit code 1 says that the law does not allow what was asked or, with --batch, that lines were not
understood: standard error tells which.")]
    Deadline(Deadline),
    /// Compute the figures.
    #[command(after_help = "Examples:
  chasqui indicators
  chasqui indicators --id TI-07 --as-of 2012-01-23 --json")]
    Indicators(Indicators),
    /// Look after the local views.
    #[command(after_help = "Examples:
  chasqui views status
  chasqui views rebuild
  chasqui views hash")]
    Views(Views),
    /// Replace a tracking code that was lost or has become known, or take it away.
    #[command(after_help = "Examples:
  chasqui code reissue 018f2f6e-7b1a-7cc3-98c4-dc0c0c07398f
  chasqui code revoke 404AM-T154V-M4JS4

The old code opens nothing any more, and is answered like one that never was.")]
    Code(Code),
    /// Compare a catalogue with what is published, and publish what is new.
    #[command(after_help = "Examples:
  chasqui catalogue diff deploy/quito/catalogue.json
  chasqui catalogue publish deploy/quito/catalogue.json
  chasqui catalogue list

A change of a type is a new version; procedures that run keep theirs. Exit code 1 of `diff` says that
publishing would change something.")]
    Catalogue(Catalogue),
    /// Publish decrees that change the calendar, and see which there are.
    #[command(after_help = "Examples:
  chasqui calendar list
  chasqui calendar decree decree.json
  echo '{\"id\":\"EC-D200\",\"calendar\":\"EC\",\"effect\":\"rest\",\"from\":\"2026-12-24\",\"to\":\"2026-12-24\",\"name\":{\"es\":\"Decreto 200\"}}' | chasqui calendar decree -

Publishing a decree moves the due dates of all open procedures that it touches, each visibly.
Interrupted, the same command goes on where it was.")]
    Calendar(Calendar),
    /// Make, list and revoke the keys by which systems may write over the API.
    #[command(after_help = "Examples:
  chasqui key create --unit catastro --scopes file,step,decide --expires 2027-01-01
  chasqui key list
  chasqui key revoke 7k3qx0m9zt")]
    Key(crate::commands::key::Key),
    /// Read, find and erase the persons of procedures. Each reading is recorded, and they can see it.
    #[command(after_help = "Examples:
  chasqui person read 404AM-T154V-M4JS4 --purpose 'Notificar la resolución' --by ana
  chasqui person readings 404AM-T154V-M4JS4
  chasqui person find - --purpose 'LOPDP 13: acceso' --by ana < identification.txt
  chasqui person erase request 404AM-T154V-M4JS4 --basis consent_withdrawn --by ana
  chasqui person erase confirm 404AM-T154V-M4JS4 --by luis

An answer to a person who asks to see, mend or erase what is known of them is due in 15 days
(LOPDP 13 to 15).")]
    Person(crate::commands::person::Person),
    /// Look after the keys of the vault.
    #[command(after_help = "Examples:
  chasqui vault rotate
  chasqui vault status --json

Turn the epoch once a week: an erasure is complete, in every backup too, after the second turn that
follows it, and the law gives 15 days (LOPDP 15).")]
    Vault(crate::commands::vault::Vault),
    /// The verifiable log: its key, its checks, its recovery.
    #[command(after_help = "Examples:
  chasqui log init --origin tramites.quito.gob.ec/log1
  chasqui log fsck --json
  chasqui log prove 1234 > recibo.tlog-proof

`serve` seals by itself once there is a key. Exit code 1 says that the log is not sound, or was not
signed because it would contradict what was signed before.")]
    Log(crate::commands::log::Log),
    /// Check a log, a receipt, a history or a data set without trusting the server it came from.
    #[command(after_help = "Examples:
  chasqui verify receipt.tlog-proof --key tramites.quito.gob.ec/log1+0a1b2c3d+AeKz...
  chasqui verify https://tramites.quito.gob.ec --key key.txt --state kept-checkpoint
  chasqui verify ./mirror/log --key key.txt --json
  chasqui verify receipt.tlog-proof --key key.txt --against https://tramites.quito.gob.ec
  chasqui verify history.json --key key.txt --against https://tramites.quito.gob.ec
  chasqui verify decisions.csv --key key.txt --against ./mirror/log

The key is one line. Take it from paper, from the official gazette, or from somebody who keeps it; a key
that the checked server hands out proves nothing about that server.
A checkpoint that is kept in --state makes you a witness: a log that forgets or forks is found out.
Exit codes: 0 it holds; 1 it does not, or there was nothing to check; 2 usage; 3 nothing could be read.")]
    Verify(crate::commands::verify::Verify),
    /// Be a witness of a log: for a university, an association, another municipality.
    #[command(after_help = "Examples:
  chasqui witness init --state /var/lib/witness --name testigo.universidad.edu.ec/w1
  chasqui witness serve --state /var/lib/witness --vkey 'tramites.quito.gob.ec/log1+...' --listen 0.0.0.0:7380
  chasqui witness status --state /var/lib/witness

A witness needs no database and none of the municipality's secrets. Take the log's vkey from paper or
from the official gazette, not from the log's own site. Exit code 1 of `status` says that a log has
contradicted itself.")]
    Witness(crate::commands::witness::Witness),
    /// Check what can be lost or stay too long, and say what to do. Nothing is changed that the next
    /// start would not change.
    #[command(after_help = "Exit code 1 says that something is not as it should be.")]
    Doctor {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
    /// Print the version.
    Version,
}

/// See [`Command::Demo`].
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The folder of the demonstration.
    #[arg(long, value_name = "DIR", default_value = "./chasqui-demo")]
    pub(crate) data: PathBuf,
    /// How many procedures to make up.
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(3..=2_000_000))]
    pub(crate) procedures: u32,
    /// Another seed makes up another year.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Only fill the database.
    #[arg(long)]
    pub(crate) no_serve: bool,
}

/// See [`Command::Serve`].
#[derive(Debug, Args)]
pub(crate) struct Serve {}

/// See [`Command::Import`].
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The files, plain or gzip.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How they are written.
    #[arg(long)]
    pub(crate) format: ImportFormat,
    /// How the source's log becomes procedures (TOML).
    #[arg(long, value_name = "M.toml")]
    pub(crate) mapping: PathBuf,
    /// Record nothing, only tell what would happen.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write the tracking codes to a new file (CSV), readable by you alone.
    #[arg(long, value_name = "OUT.csv")]
    pub(crate) codes: Option<PathBuf>,
    /// Write the account of every row to a file (JSON).
    #[arg(long, value_name = "OUT.json")]
    pub(crate) report: Option<PathBuf>,
    /// Print the report to standard output as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ImportFormat {
    /// XES (IEEE 1849).
    Xes,
    /// A table of separated values.
    Csv,
}

/// See [`Command::File`].
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The procedure type's id in the catalogue.
    #[arg(long = "type", value_name = "T")]
    pub(crate) procedure_type: String,
    /// The unit's id in the catalogue.
    #[arg(long, value_name = "U")]
    pub(crate) unit: String,
    /// How it came in.
    #[arg(long, value_name = "C")]
    pub(crate) channel: Option<String>,
    /// What kind of applicant files it.
    #[arg(long, value_name = "K")]
    pub(crate) applicant_kind: Option<String>,
    /// When it was handed in, if that is not now: a date, or an instant with its offset.
    #[arg(long, value_name = "WHEN")]
    pub(crate) filed_at: Option<String>,
    /// Who files it (JSON), for the vault; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) person: Option<PathBuf>,
    /// Print one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// See [`Command::Deadline`].
#[derive(Debug, Args)]
pub(crate) struct Deadline {
    /// When it was filed: an instant with its offset, a local time, or a date.
    #[arg(long, value_name = "T", required_unless_present = "batch")]
    pub(crate) filed_at: Option<String>,
    /// How long the law gives, such as 15bd.
    #[arg(long, value_name = "TERM", required_unless_present = "batch")]
    pub(crate) term: Option<String>,
    /// The calendars whose rest days do not count; EC,EC-QUITO if it is not said.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) calendars: Vec<String>,
    /// Notified on A, complied with on B; without B it has not ended. The cause is a rectification
    /// unless `=CAUSE` follows.
    #[arg(long, value_name = "A..B")]
    pub(crate) suspend: Vec<String>,
    /// N more days, granted and notified on D.
    #[arg(long, value_name = "N@D")]
    pub(crate) extend: Vec<String>,
    /// Tell how it stands on this day, too.
    #[arg(long, value_name = "D")]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// The language of the account.
    #[arg(long, value_name = "LANGUAGE", default_value = "es")]
    pub(crate) language: LanguageSetting,
    /// Print one line of JSON, as the API gives it.
    #[arg(long)]
    pub(crate) json: bool,
    /// Read questions as lines of JSON on standard input, and answer each with a line of JSON.
    #[arg(long, conflicts_with_all = ["filed_at", "term", "calendars", "suspend", "extend", "as_of", "json"])]
    pub(crate) batch: bool,
}

/// A language of the site.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LanguageSetting {
    /// Spanish.
    Es,
    /// English.
    En,
    /// Kichwa; what is not translated is in Spanish.
    Qu,
}

/// See [`Command::Indicators`].
#[derive(Debug, Args)]
pub(crate) struct Indicators {
    /// Only this figure, such as TI-04.
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Only procedures with this unit.
    #[arg(long, value_name = "U")]
    pub(crate) unit: Option<String>,
    /// Only procedures of this type.
    #[arg(long = "type", value_name = "T")]
    pub(crate) procedure_type: Option<String>,
    /// Only procedures that came in by this channel.
    #[arg(long, value_name = "C")]
    pub(crate) channel: Option<String>,
    /// From this day on.
    #[arg(long, value_name = "D")]
    pub(crate) from: Option<jiff::civil::Date>,
    /// Up to this day.
    #[arg(long, value_name = "D")]
    pub(crate) to: Option<jiff::civil::Date>,
    /// The day on which open procedures are counted; today if it is not said.
    #[arg(long, value_name = "D")]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// Print JSON, as the API gives it.
    #[arg(long)]
    pub(crate) json: bool,
}

/// See [`Command::Views`].
#[derive(Debug, Args)]
pub(crate) struct Views {
    #[command(subcommand)]
    pub(crate) command: ViewsCommand,
}

/// What can be done with views.
#[derive(Debug, Subcommand)]
pub(crate) enum ViewsCommand {
    /// How far the views are.
    Status {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Build the views anew, and put them in place of the old ones.
    Rebuild {
        /// The view that gives cause for it. All views are built, and the digests of the others show
        /// that they stay the same.
        name: Option<String>,
    },
    /// One digest a table: equal on every node at the same position.
    Hash {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// See [`Command::Calendar`].
#[derive(Debug, Args)]
pub(crate) struct Calendar {
    #[command(subcommand)]
    pub(crate) command: CalendarCommand,
}

/// What can be done with calendars.
#[derive(Debug, Subcommand)]
pub(crate) enum CalendarCommand {
    /// The decrees that are known, with the moment from which they are.
    List {
        /// Print one line of JSON for each.
        #[arg(long)]
        json: bool,
    },
    /// Publish a decree, and move the due dates that it touches.
    Decree {
        /// The decree (JSON); `-` is standard input.
        file: PathBuf,
    },
    /// Record what follows from the calendar and from today's date, as `serve` does by itself.
    Keep,
}

/// See [`Command::Catalogue`].
#[derive(Debug, Args)]
pub(crate) struct Catalogue {
    #[command(subcommand)]
    pub(crate) command: CatalogueCommand,
}

/// What can be done with the catalogue.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// The newest version of each procedure type.
    List {
        /// Print one line of JSON for each.
        #[arg(long)]
        json: bool,
    },
    /// What publishing a file would change. Nothing is published.
    Diff {
        /// The catalogue (JSON).
        file: PathBuf,
        /// Print one line of JSON for each change.
        #[arg(long)]
        json: bool,
    },
    /// Publish what is new or has changed.
    Publish {
        /// The catalogue (JSON).
        file: PathBuf,
    },
}

/// See [`Command::Code`].
#[derive(Debug, Args)]
pub(crate) struct Code {
    #[command(subcommand)]
    pub(crate) command: CodeCommand,
}

/// What can be done with a tracking code.
#[derive(Debug, Subcommand)]
pub(crate) enum CodeCommand {
    /// Give a procedure a new code, and print it.
    Reissue {
        /// The procedure: its identity, or its old code.
        procedure: String,
    },
    /// Take a procedure's code away.
    Revoke {
        /// The procedure: its identity, or its code.
        procedure: String,
    },
}
