//! `chasqui --print-config`: the settings as they hold, secrets masked.

use std::process::ExitCode;

use crate::output::{Failure, print};
use crate::settings::Settings;

pub(crate) fn run(settings: &Settings) -> Result<ExitCode, Failure> {
    // The address of a database prints itself without its password.
    let lines = [
        ("CHASQUI_DATABASE_URL", settings.store_url()?.to_string()),
        ("CHASQUI_DATA_DIR", settings.data_dir.display().to_string()),
        ("CHASQUI_ENTITY", settings.entity.clone()),
        ("CHASQUI_LISTEN", settings.listen.clone()),
        ("CHASQUI_LOG", settings.log.clone()),
        (
            "CHASQUI_LOG_MARK",
            super::log::Place::of(settings).mark.0.display().to_string(),
        ),
        (
            "CHASQUI_METRICS_LISTEN",
            settings.metrics_listen.clone().unwrap_or_default(),
        ),
        (
            "CHASQUI_MIGRATE",
            format!("{:?}", settings.migrate()).to_lowercase(),
        ),
        (
            "CHASQUI_PEPPER_FILE",
            settings.pepper_file().display().to_string(),
        ),
        ("CHASQUI_PUBLIC_URL", settings.public_url()),
        (
            "CHASQUI_TRUSTED_PROXIES",
            settings
                .trusted_proxies
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(","),
        ),
        (
            "CHASQUI_VAULT_KEYS",
            settings.vault().keys.folder().display().to_string(),
        ),
        (
            "CHASQUI_WITNESSES",
            settings
                .witnesses
                .as_ref()
                .map_or_else(String::new, |path| path.display().to_string()),
        ),
        ("CHASQUI_ZONE", settings.zone.clone()),
    ];
    for (name, value) in lines {
        print(format_args!("{name}={value}"));
    }
    Ok(ExitCode::SUCCESS)
}
