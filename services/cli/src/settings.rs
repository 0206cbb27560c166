//! Every setting: an environment variable, and a flag of the same name. They are read here alone.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use chasqui_commands::vault::{KeyRing, Ledger, Vault};
use chasqui_deadlines::Language;
use chasqui_store::{Migrate, StoreUrl};
use clap::{Args, CommandFactory, ValueEnum};
use ipnet::IpNet;

use crate::arguments::Arguments;
use crate::output::{Failure, usage};

/// The settings of the service.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Settings {
    /// The folder for everything local: the embedded database, the views, the secrets.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_DATA_DIR",
        value_name = "DIR",
        default_value = "./chasqui-data"
    )]
    pub(crate) data_dir: PathBuf,
    /// The event database: postgres://... or sqlite://...; SQLite in the data folder if not said.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub(crate) database_url: Option<String>,
    /// The same, read from a file.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_DATABASE_URL_FILE",
        value_name = "FILE",
        conflicts_with = "database_url"
    )]
    pub(crate) database_url_file: Option<PathBuf>,
    /// The address to serve on.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_LISTEN",
        value_name = "ADDR",
        default_value = "127.0.0.1:8080"
    )]
    pub(crate) listen: String,
    /// The address of this site as the public knows it; http://LISTEN if not said.
    #[arg(long, global = true, env = "CHASQUI_PUBLIC_URL", value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// The networks of the proxies before it, such as 10.0.0.0/8, separated by commas: their
    /// X-Forwarded-For is believed.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        value_delimiter = ','
    )]
    pub(crate) trusted_proxies: Vec<IpNet>,
    /// The address on which a monitor finds /metrics; nowhere if it is not said.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_METRICS_LISTEN",
        value_name = "ADDR"
    )]
    pub(crate) metrics_listen: Option<String>,
    /// The public body, when a log is opened for the first time.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_ENTITY",
        value_name = "NAME",
        default_value = "Municipio del Distrito Metropolitano de Quito"
    )]
    pub(crate) entity: String,
    /// The zone of its civil dates, when a log is opened for the first time.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_ZONE",
        value_name = "ZONE",
        default_value = "America/Guayaquil"
    )]
    pub(crate) zone: String,
    /// A file with the pepper; `secrets/pepper` in the data folder if not said.
    #[arg(long, global = true, env = "CHASQUI_PEPPER_FILE", value_name = "FILE")]
    pub(crate) pepper_file: Option<PathBuf>,
    /// The folder with the keys of the vault's epochs; `secrets/vault` in the data folder if not said.
    #[arg(long, global = true, env = "CHASQUI_VAULT_KEYS", value_name = "DIR")]
    pub(crate) vault_keys: Option<PathBuf>,
    /// The file with the newest checkpoint that was ever signed, best on another volume than the
    /// database; `log-mark` in the data folder if not said.
    #[arg(long, global = true, env = "CHASQUI_LOG_MARK", value_name = "FILE")]
    pub(crate) log_mark: Option<PathBuf>,
    /// A file with the witnesses of the log and how many of them must cosign (tlog-policy); nobody
    /// outside looks at the log if not said.
    #[arg(long, global = true, env = "CHASQUI_WITNESSES", value_name = "FILE")]
    pub(crate) witnesses: Option<PathBuf>,
    /// Whether the event database may be brought to this program's form.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_MIGRATE",
        value_name = "HOW",
        default_value = "auto"
    )]
    pub(crate) migrate: MigrateSetting,
    /// What the program says of itself: error, warn, info, debug, or a filter by module.
    #[arg(
        long,
        global = true,
        env = "CHASQUI_LOG",
        value_name = "FILTER",
        default_value = "info"
    )]
    pub(crate) log: String,
}

/// See [`Migrate`].
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum MigrateSetting {
    /// Apply what is missing.
    Auto,
    /// Fail if something is missing.
    Check,
    /// Do not ask.
    Off,
}

/// The language of whoever works here, as the machine says it; none if it says none of ours.
#[expect(
    clippy::disallowed_methods,
    reason = "these are the machine's settings and not ours"
)]
pub(crate) fn language() -> Option<Language> {
    let of = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(of)?;
    // `es_EC.UTF-8`
    Language::of_code(locale.split(['_', '.', '@']).next()?)
}

impl Settings {
    /// Where the event database is.
    pub(crate) fn store_url(&self) -> Result<StoreUrl, Failure> {
        let text = match (&self.database_url, &self.database_url_file) {
            (Some(url), _) => url.clone(),
            (None, Some(file)) => std::fs::read_to_string(file)
                .map_err(|e| usage(e, format!("check the file {}", file.display())))?
                .trim()
                .to_owned(),
            (None, None) => return Ok(StoreUrl::Sqlite(self.data_dir.join("events.sqlite"))),
        };
        text.parse()
            .map_err(|e| usage(e, "give CHASQUI_DATABASE_URL such an address"))
    }

    /// Whether the event database may be changed in its form.
    pub(crate) fn migrate(&self) -> Migrate {
        match self.migrate {
            MigrateSetting::Auto => Migrate::Auto,
            MigrateSetting::Check => Migrate::Check,
            MigrateSetting::Off => Migrate::Off,
        }
    }

    /// Where the pepper is.
    pub(crate) fn pepper_file(&self) -> PathBuf {
        self.pepper_file
            .clone()
            .unwrap_or_else(|| self.data_dir.join("secrets").join("pepper"))
    }

    /// Where the vault's files are: the keys of its epochs, and the ledger of destroyed keys.
    pub(crate) fn vault(&self) -> Vault {
        let keys = self.vault_keys.clone();
        let keys = keys.unwrap_or_else(|| self.data_dir.join("secrets").join("vault"));
        Vault {
            keys: KeyRing::at(keys),
            ledger: Ledger::at(self.data_dir.join("shred-ledger")),
        }
    }

    /// Where the public finds the site.
    pub(crate) fn public_url(&self) -> String {
        let url = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// A variable that nobody reads is most likely a typing mistake, and is refused.
    pub(crate) fn refuse_unknown_variables(&self) -> Result<(), Failure> {
        let command = Arguments::command();
        let known: BTreeSet<String> = command
            .get_arguments()
            .filter_map(|argument| argument.get_env())
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        let unknown = std::env::vars_os()
            .map(|(name, _)| name.to_string_lossy().into_owned())
            .find(|name| name.starts_with("CHASQUI_") && !known.contains(name));
        match unknown {
            None => Ok(()),
            Some(name) => {
                let known = known.into_iter().collect::<Vec<_>>().join(", ");
                Err(usage(
                    UnknownVariable(name),
                    format!("the variables are: {known}"),
                ))
            }
        }
    }
}

#[derive(Debug)]
struct UnknownVariable(String);

impl fmt::Display for UnknownVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown environment variable {}", self.0)
    }
}

impl std::error::Error for UnknownVariable {}
