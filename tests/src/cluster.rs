//! A private PostgreSQL: its own folder, a socket and no port, gone with the value. Not for data that
//! anybody wants to keep.

use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

/// The folders where systems keep the server's programs.
const PLACES: [&str; 3] = ["/usr/lib/postgresql", "/usr/pgsql-15", "/usr/local/pgsql"];

/// A running server with `fsync` on, as a city would run it.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    /// What the server was started with, beside its defaults.
    settings: String,
    as_postgres: bool,
}

impl Cluster {
    /// Makes and starts one. Panics if PostgreSQL is not installed or does not start.
    #[must_use]
    pub fn start(settings: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), settings)
    }

    /// The same with its files in a folder that was chosen for them.
    #[must_use]
    pub fn start_in(folder: TempDir, settings: &[&str]) -> Self {
        let as_postgres = run("id", &["-u"]) == "0";
        let data = folder.path().join("pg");
        std::fs::create_dir(&data).unwrap();
        if as_postgres {
            // PostgreSQL refuses root.
            run("chmod", &["711", path(folder.path())]);
            run("chown", &["postgres", path(&data)]);
        }
        let mut cluster = Self {
            programs: programs(),
            settings: String::new(),
            as_postgres,
            folder,
        };
        let place = cluster.place("data");
        let arguments = [
            "-U",
            "chasqui",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ];
        cluster.run("initdb", &[&["-D", &place], &arguments[..]].concat());
        let socket = cluster.folder.path().join("pg");
        cluster.settings = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' {}",
            path(&socket),
            settings
                .iter()
                .map(|setting| format!("-c {setting} "))
                .collect::<String>()
        );
        cluster.resume();
        cluster
    }

    /// The address of a database in it.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let socket = self.folder.path().join("pg");
        format!("postgres:///{database}?host={}&user=chasqui", path(&socket))
    }

    /// Starts it again after [`Cluster::halt`].
    pub fn resume(&self) {
        let (data, log) = (self.place("data"), self.place("log"));
        self.run(
            "pg_ctl",
            &["-D", &data, "-w", "-l", &log, "-o", &self.settings, "start"],
        );
    }

    /// Ends it as a pulled plug would, every connection with it: nothing is written out.
    pub fn halt(&self) {
        self.run(
            "pg_ctl",
            &["-D", &self.place("data"), "-m", "immediate", "stop"],
        );
    }

    /// Starts it again if it has ended by itself.
    pub fn revive(&self) {
        let data = self.place("data");
        if !self.ends_well("pg_ctl", &["-D", &data, "status"]) {
            self.resume();
        }
    }

    /// Makes an empty database.
    pub async fn create(&self, database: &str) {
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        let statement = format!("create database {database}");
        sqlx::query(&statement)
            .execute(&mut connection)
            .await
            .unwrap();
    }

    /// Cuts every connection to a database.
    pub async fn cut_connections(&self, database: &str) {
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        let statement = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";
        let cut = sqlx::query(statement).bind(database);
        cut.execute(&mut connection).await.unwrap();
    }

    /// What the server calls itself.
    #[must_use]
    pub fn version(&self) -> String {
        self.run("postgres", &["--version"])
    }

    fn place(&self, name: &str) -> String {
        path(&self.folder.path().join("pg").join(name)).to_owned()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let words = self.words(program, arguments);
        let (first, rest) = words.split_first().expect("a program");
        run(first, &rest.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn ends_well(&self, program: &str, arguments: &[&str]) -> bool {
        let words = self.words(program, arguments);
        let (first, rest) = words.split_first().expect("a program");
        let ended = Command::new(first).args(rest).current_dir("/").output();
        ended.unwrap().status.success()
    }

    /// How a program of the server is called.
    fn words(&self, program: &str, arguments: &[&str]) -> Vec<String> {
        let program = self.programs.join(program);
        let first: &[&str] = if self.as_postgres {
            &["runuser", "-u", "postgres", "--"]
        } else {
            &[]
        };
        let words = [first, &[path(&program)], arguments].concat();
        words.into_iter().map(str::to_owned).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may have been halted already.
        let data = self.place("data");
        self.ends_well("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]);
    }
}

/// The newest version that is installed.
fn programs() -> PathBuf {
    let versions = PLACES.iter().flat_map(|place| {
        let inside = std::fs::read_dir(place).into_iter().flatten();
        let inside = inside.filter_map(Result::ok).map(|entry| entry.path());
        inside.chain([PathBuf::from(place)])
    });
    let mut found: Vec<PathBuf> = versions
        .map(|version| version.join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .expect("PostgreSQL is not installed: tests/run installs it")
}

/// Runs a program to its end; answers what it printed. It prints to a file: a server that it starts would
/// keep a pipe open for as long as it lives.
fn run(program: &str, arguments: &[&str]) -> String {
    let mut printed = tempfile::tempfile().unwrap();
    let status = Command::new(program)
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(printed.try_clone().unwrap())
        .stderr(printed.try_clone().unwrap())
        .status()
        .unwrap();
    let mut text = String::new();
    printed.rewind().unwrap();
    printed.read_to_string(&mut text).unwrap();
    assert!(status.success(), "{program} {arguments:?}: {text}");
    text.trim().to_owned()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
