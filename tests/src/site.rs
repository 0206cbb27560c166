//! A site of one or two services on one database, each in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use chasqui_store::{Migrate, Store};
use tempfile::TempDir;

use crate::cluster::Cluster;
use crate::disk::SmallDisk;

/// The services, their database, their folders.
pub struct Site {
    /// The server, if the site has one of its own.
    pub cluster: Option<Cluster>,
    /// The disk that the cluster has for itself, if it has one: unmounted after the cluster ended.
    pub disk: Option<SmallDisk>,
    /// The services.
    pub services: Vec<Service>,
    /// The address of the event database.
    pub url: String,
    /// A key that may do everything.
    pub key: String,
    folder: TempDir,
}

/// One service: it is started again where it was.
pub struct Service {
    process: Child,
    /// Where it listens.
    pub address: String,
    url: String,
    data: PathBuf,
}

/// What everybody files and where, in the one catalogue of all sites.
const CATALOGUE: &str = r#"{"units": [{"id": "obras", "name": "Obras"}],
    "types": [{"id": "PERMIT", "name": "Permiso", "term": {"amount": 15, "unit": "business_days"}}]}"#;

impl Site {
    /// On a cluster, or on a file beside the services.
    pub async fn new(cluster: Option<Cluster>, services: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match &cluster {
            Some(cluster) => {
                cluster.create("chasqui").await;
                cluster.url("chasqui")
            }
            None => format!("sqlite://{}", folder.path().join("events.sqlite").display()),
        };
        Self {
            cluster,
            ..Self::begin(folder, url, services)
        }
    }

    /// On a database that is there, and empty.
    #[must_use]
    pub fn on(url: &str, services: usize) -> Self {
        Self::begin(tempfile::tempdir().unwrap(), url.to_owned(), services)
    }

    fn begin(folder: TempDir, url: String, services: usize) -> Self {
        let data = |number: usize| folder.path().join(format!("service-{number}"));
        let catalogue = folder.path().join("catalogue.json");
        std::fs::write(&catalogue, CATALOGUE).unwrap();
        run(&url, &data(0), &["init"]);
        let publish = ["catalogue", "publish", catalogue.to_str().unwrap()];
        run(&url, &data(0), &publish);
        for number in 1..services {
            copy_folder(&data(0).join("secrets"), &data(number).join("secrets"));
        }
        let create = ["key", "create", "--whole-municipality", "--scopes", "all"];
        let key = run(&url, &data(0), &create);
        let start = |number| Service::start(&url, data(number), "127.0.0.1:0");
        let services = (0..services).map(start).collect();
        Self {
            cluster: None,
            disk: None,
            services,
            url,
            key,
            folder,
        }
    }

    /// Opens its event database beside it.
    pub async fn open(&self) -> Store {
        let url = self.url.parse().unwrap();
        Store::open(&url, Migrate::Check).await.unwrap()
    }

    /// Runs a command of the first service's binary, in its folder.
    pub fn run(&self, arguments: &[&str]) -> String {
        run(&self.url, &self.folder.path().join("service-0"), arguments)
    }
}

impl Service {
    fn start(url: &str, data: PathBuf, listen: &str) -> Self {
        // Writing beyond a limit is an error to it, as on a full disk, and no reason to die.
        let mut process = Command::new("sh");
        let as_told = command(url, &data, &["serve", "--listen", listen]);
        let mut process = process
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(as_told.get_program())
            .args(as_told.get_args());
        for (name, value) in as_told.get_envs() {
            process = match value {
                Some(value) => process.env(name, value),
                None => process.env_remove(name),
            };
        }
        let mut process = process
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = loop {
            let line = lines
                .next()
                .expect("the service ended at its start")
                .unwrap();
            if let Some(address) = line.strip_prefix("serving on ") {
                break address.to_owned();
            }
        };
        // The rest is read on, or the process would wait for a reader some day.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self {
            process,
            address,
            url: url.to_owned(),
            data,
        }
    }

    /// Kills it, and starts it again at the same address.
    pub fn kill_and_start(&mut self) {
        self.kill();
        let listen = self.address.strip_prefix("http://").unwrap().to_owned();
        *self = Self::start(&self.url, self.data.clone(), &listen);
    }

    /// Kills it.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Lets no file that it writes grow beyond so many bytes.
    pub fn limit_files(&self, bytes: &str) {
        let id = self.process.id().to_string();
        let limit = format!("--fsize={bytes}:");
        let set = Command::new("prlimit")
            .args(["--pid", &id, &limit])
            .status();
        assert!(set.unwrap().success());
    }

    /// Sends it a signal by its name.
    pub fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The `chasqui` beside this program, with no settings but these.
fn command(url: &str, data: &Path, arguments: &[&str]) -> Command {
    let binary = std::env::current_exe().unwrap().with_file_name("chasqui");
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CHASQUI_") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .env("CHASQUI_DATABASE_URL", url)
        .env("CHASQUI_DATA_DIR", data)
        .env("CHASQUI_LOG", "error");
    command
}

fn run(url: &str, data: &Path, arguments: &[&str]) -> String {
    let output = command(url, data, arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The services of one site have the same secrets.
fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let (path, place) = (file.path(), to.join(file.file_name()));
        if path.is_dir() {
            copy_folder(&path, &place);
        } else {
            std::fs::copy(path, place).unwrap();
        }
    }
}
