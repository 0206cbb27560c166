//! The real binary, as a user starts it.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use serde_json::Value;

use super::Database;

/// What a process that has ended said.
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Fails unless the process ended with this exit code; tells what it said.
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.status.code(),
            Some(code),
            "{}\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}", self.stdout))
    }
}

/// The root of the checkout.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The binary, which stands beside the folder of the tests.
fn path() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let path = tests.parent().unwrap().parent().unwrap().join("chasqui");
    assert!(
        path.is_file(),
        "{} is not built: start the tests with tests/run",
        path.display()
    );
    path
}

/// A command on a database, not yet started. It sees nothing of the tester's own settings.
pub(crate) fn command(database: &Database, arguments: &[&str]) -> Command {
    let mut command = bare(arguments);
    command
        .env("CHASQUI_DATA_DIR", database.data())
        .env("CHASQUI_DATABASE_URL", &database.url);
    command
}

/// A command without a database.
pub(crate) fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(path());
    // What it says to the tester is the tester's language, and what it says to a test is not.
    command
        .args(arguments)
        .current_dir(repository())
        .env("LC_ALL", "C");
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CHASQUI_")) {
        command.env_remove(name);
    }
    command
}

/// Runs a command on a database to its end.
pub(crate) fn chasqui(database: &Database, arguments: &[&str]) -> Ran {
    run(&mut command(database, arguments))
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        status: output.status,
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
