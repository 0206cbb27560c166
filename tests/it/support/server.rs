//! A served site on a free port, and requests to it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::Agent;

use super::{Database, binary};

/// `chasqui serve`, killed when the test ends.
pub(crate) struct Server {
    process: Child,
    pub(crate) url: String,
    agent: Agent,
    said: Arc<Mutex<Vec<String>>>,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    headers: ureq::http::HeaderMap,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// All headers but the one that tells the time.
    pub(crate) fn headers_but_date(&self) -> ureq::http::HeaderMap {
        let mut headers = self.headers.clone();
        headers.remove("date");
        headers
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Server {
    /// `chasqui serve`, once its views know what the log holds.
    pub(crate) fn start(database: &Database) -> Self {
        let server = Self::starting(database);
        server.wait_until_ready();
        server
    }

    /// Waits until its views know what the log holds.
    pub(crate) fn wait_until_ready(&self) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let ready = self.get("/readyz");
            if ready.status == 200 && ready.json()["behind"] == 0 {
                return;
            }
            assert!(
                Instant::now() < until,
                "it does not become ready: {}",
                ready.body
            );
        }
    }

    /// `chasqui serve`, as soon as it answers.
    pub(crate) fn starting(database: &Database) -> Self {
        Self::of(binary::command(
            database,
            &["serve", "--listen", "127.0.0.1:0"],
        ))
    }

    /// Starts a command that serves, and waits until it says where.
    pub(crate) fn of(mut command: Command) -> Self {
        let mut process = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let said = Arc::new(Mutex::new(Vec::new()));
        let url = loop {
            let line = lines.next().expect("it ended without serving").unwrap();
            if let Some(url) = line.strip_prefix("serving on ") {
                break url.to_owned();
            }
            said.lock().unwrap().push(line);
        };
        // The rest is read on, or the process would wait for a reader some day.
        let hears = Arc::clone(&said);
        std::thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .for_each(|line| hears.lock().unwrap().push(line));
        });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Self {
            process,
            url,
            agent: agent.into(),
            said,
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// Gets with more headers.
    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut asked = self.agent.get(format!("{}{path}", self.url));
        for (name, value) in headers {
            asked = asked.header(*name, *value);
        }
        self.read(path, asked.call().unwrap())
    }

    /// The bytes of an answer that is no text.
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        let asked = self.agent.get(format!("{}{path}", self.url));
        let mut answer = asked.call().unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        answer.body_mut().read_to_vec().unwrap()
    }

    /// Posts a body of a content type; of none if it is empty.
    pub(crate) fn post(&self, path: &str, kind: &str, body: &[u8]) -> Answer {
        let mut asked = self.agent.post(format!("{}{path}", self.url));
        if !kind.is_empty() {
            asked = asked.header("content-type", kind);
        }
        self.read(path, asked.send(body).unwrap())
    }

    /// Sends a command of JSON: under a bearer's key, with more headers.
    pub(crate) fn command(
        &self,
        path: &str,
        bearer: &str,
        more: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let mut asked = self.agent.post(format!("{}{path}", self.url));
        asked = asked.header("content-type", "application/json");
        if !bearer.is_empty() {
            asked = asked.header("authorization", format!("Bearer {bearer}"));
        }
        for (name, value) in more {
            asked = asked.header(*name, *value);
        }
        self.read(path, asked.send(body.to_string()).unwrap())
    }

    /// Posts a body with headers.
    pub(crate) fn send(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut asked = self.agent.post(format!("{}{path}", self.url));
        for (name, value) in headers {
            asked = asked.header(*name, *value);
        }
        self.read(path, asked.send(body).unwrap())
    }

    fn read(&self, path: &str, mut answer: ureq::http::Response<ureq::Body>) -> Answer {
        if answer.status().as_u16() == 500 {
            eprintln!("{path}: the server said {:#?}", self.said.lock().unwrap());
        }
        Answer {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            // Tiles of the log are no text.
            body: String::from_utf8_lossy(&answer.body_mut().read_to_vec().unwrap()).into_owned(),
        }
    }

    /// What it said after these words.
    pub(crate) fn said_with(&self, words: &str) -> String {
        let said = self.said.lock().unwrap();
        let mut found = said.iter().filter_map(|line| line.strip_prefix(words));
        found.next().expect("it did not say so").to_owned()
    }

    /// Gets an address that is not the site's.
    pub(crate) fn get_absolute(&self, url: &str) -> Answer {
        self.read(url, self.agent.get(url).call().unwrap())
    }

    /// What it has said of itself since it served.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().join("\n")
    }

    /// Gets a page that must be there.
    pub(crate) fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// Sends it a signal, such as `STOP`.
    pub(crate) fn signal(&self, name: &str) {
        let told = Command::new("kill")
            .args(["-s", name, &self.process.id().to_string()])
            .status();
        assert!(told.unwrap().success());
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) fn stop(&mut self) {
        let told = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(told.unwrap().success());
        assert!(self.process.wait().unwrap().success(), "it stops in order");
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
