//! How the program speaks: data to standard output, everything else to standard error, and every
//! failure with what to do next.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use tracing_subscriber::EnvFilter;

use crate::settings::Settings;

/// A command that was not carried out.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    error: anyhow::Error,
    hint: String,
}

/// It ran, and the answer is no.
pub(crate) fn refusal(error: impl Into<anyhow::Error>, hint: impl Display) -> Failure {
    Failure {
        code: 1,
        error: error.into(),
        hint: hint.to_string(),
    }
}

/// It was asked in the wrong way.
pub(crate) fn usage(error: impl Into<anyhow::Error>, hint: impl Display) -> Failure {
    Failure {
        code: 2,
        error: error.into(),
        hint: hint.to_string(),
    }
}

/// The environment does not allow it: no database, no disk, no file.
pub(crate) fn environment(error: impl Into<anyhow::Error>, hint: impl Display) -> Failure {
    Failure {
        code: 3,
        error: error.into(),
        hint: hint.to_string(),
    }
}

impl Failure {
    /// Says what failed, why, and what to do; answers the exit code.
    pub(crate) fn report(self) -> ExitCode {
        let mut text = format!("error: {}", self.error);
        let mut last = self.error.to_string();
        for cause in self.error.chain().skip(1) {
            let cause = cause.to_string();
            // Libraries repeat their cause in their own text; once is enough.
            if !last.contains(&cause) {
                text.push_str(&format!("\n  because: {cause}"));
            }
            last = cause;
        }
        say(format!("{text}\n\nhint: {}", self.hint));
        ExitCode::from(self.code)
    }
}

/// Prints a message for people. A closed standard error is not worth failing for.
pub(crate) fn say(message: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{message}");
}

/// Prints data. A reader that has seen enough and closed the pipe is no failure.
pub(crate) fn print(data: impl Display) {
    let _ = writeln!(std::io::stdout().lock(), "{data}");
}

/// A progress bar on a terminal, nothing elsewhere.
pub(crate) fn progress(total: u64, what: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = "{msg:20} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total)
        .with_style(style)
        .with_message(what.to_owned())
}

/// What the program says of itself goes to standard error. Codes, persons and addresses are in none of
/// it.
pub(crate) fn start_log(settings: &Settings) -> Result<(), Failure> {
    // That a table of sqlx's own exists already is no news to anybody.
    let filter = format!("sqlx::postgres::notice=warn,{}", settings.log);
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        usage(
            error,
            "CHASQUI_LOG is a level or a filter such as info,sqlx=debug",
        )
    })?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    Ok(())
}
