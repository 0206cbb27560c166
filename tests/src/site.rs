//! A site of one or two services on one database, each in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use chasqui_store::{Migrate, Store};
use chasqui_tests::cluster::Cluster;
use tempfile::TempDir;

/// The services, their database, their folders.
pub(crate) struct Site {
    pub(crate) cluster: Option<Cluster>,
    pub(crate) services: Vec<Service>,
    pub(crate) url: String,
    pub(crate) key: String,
    folder: TempDir,
}

/// One service: it is started again where it was.
pub(crate) struct Service {
    process: Child,
    pub(crate) address: String,
    url: String,
    data: PathBuf,
}

/// What everybody files and where, in the one catalogue of all sites.
const CATALOGUE: &str = r#"{"units": [{"id": "obras", "name": "Obras"}],
    "types": [{"id": "PERMIT", "name": "Permiso", "term": {"amount": 15, "unit": "business_days"}}]}"#;

impl Site {
    pub(crate) async fn new(cluster: Option<Cluster>, services: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match &cluster {
            Some(cluster) => {
                cluster.create("chasqui").await;
                cluster.url("chasqui")
            }
            None => format!("sqlite://{}", folder.path().join("events.sqlite").display()),
        };
        let data = |number: usize| folder.path().join(format!("service-{number}"));
        let catalogue = folder.path().join("catalogue.json");
        std::fs::write(&catalogue, CATALOGUE).unwrap();
        run(&url, &data(0), &["init"]);
        let publish = ["catalogue", "publish", catalogue.to_str().unwrap()];
        run(&url, &data(0), &publish);
        for number in 1..services {
            let (from, to) = (data(0).join("secrets"), data(number).join("secrets"));
            std::fs::create_dir_all(&to).unwrap();
            for file in std::fs::read_dir(from).unwrap() {
                let file = file.unwrap();
                std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
        let create = ["key", "create", "--whole-municipality", "--scopes", "all"];
        let key = run(&url, &data(0), &create);
        let start = |number| Service::start(&url, data(number), "127.0.0.1:0");
        let services = (0..services).map(start).collect();
        Self {
            cluster,
            services,
            url,
            key,
            folder,
        }
    }

    pub(crate) async fn open(&self) -> Store {
        let url = self.url.parse().unwrap();
        Store::open(&url, Migrate::Check).await.unwrap()
    }

    /// Runs a command of the first service's binary, in its folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        run(&self.url, &self.folder.path().join("service-0"), arguments)
    }
}

impl Service {
    fn start(url: &str, data: PathBuf, listen: &str) -> Self {
        let mut process = command(url, &data, &["serve", "--listen", listen])
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
    pub(crate) fn kill_and_start(&mut self) {
        self.kill();
        let listen = self.address.strip_prefix("http://").unwrap().to_owned();
        *self = Self::start(&self.url, self.data.clone(), &listen);
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Sends it a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
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
fn command(url: &str, data: &std::path::Path, arguments: &[&str]) -> Command {
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

fn run(url: &str, data: &std::path::Path, arguments: &[&str]) -> String {
    let output = command(url, data, arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
