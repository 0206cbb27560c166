//! Where the files of a log are read: a folder, an address. What is read is never trusted, and never
//! longer than it may be.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::time::Duration;

use ureq::Agent;

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many connections are kept open.
const CONNECTIONS: usize = 8;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The folder did not give it.
    #[error(transparent)]
    File(#[from] io::Error),
    /// The server did not give it.
    #[error("no answer")]
    Http(#[from] Box<ureq::Error>),
    /// The server gave something else.
    #[error("the server answered {status}")]
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// Longer than such a file can be.
    #[error("it is longer than {most} bytes")]
    TooLong {
        /// What such a file can have.
        most: usize,
    },
}

/// The static files of a log (C2SP tlog-tiles), by their names.
pub trait Source: Sync {
    /// A file's bytes, at most so many; nothing if it is not there.
    fn read(&self, name: &str, most: usize) -> Result<Option<Vec<u8>>, ReadError>;
}

/// The files in a folder.
#[derive(Debug, Clone)]
pub struct Folder(pub PathBuf);

/// The files at an address.
#[derive(Debug, Clone)]
pub struct Address {
    base: String,
    agent: Agent,
}

impl Address {
    /// The log at this address: the address of the site, or of the log itself.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .max_idle_connections(CONNECTIONS)
            .max_idle_connections_per_host(CONNECTIONS)
            .user_agent("chasqui-verify")
            .build();
        let base = url.trim_end_matches('/');
        let base = base.strip_suffix("/checkpoint").unwrap_or(base);
        Self {
            base: base.to_owned(),
            agent: config.into(),
        }
    }

    /// The same, with `/log` added if that is where the checkpoint is.
    pub fn found(self) -> Result<Self, ReadError> {
        let most = chasqui_tlog::note::MAX_NOTE_BYTES;
        if self.base.ends_with("/log") || self.holds_checkpoint(most)? {
            return Ok(self);
        }
        Ok(Self {
            base: format!("{}/log", self.base),
            agent: self.agent,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.base
    }

    fn holds_checkpoint(&self, most: usize) -> Result<bool, ReadError> {
        let found = self.read("checkpoint", most)?;
        // A site may answer every address with a page.
        Ok(found.is_some_and(|bytes| chasqui_tlog::note::Note::parse(&bytes).is_ok()))
    }
}

impl Source for Folder {
    fn read(&self, name: &str, most: usize) -> Result<Option<Vec<u8>>, ReadError> {
        match File::open(self.0.join(name)) {
            Ok(file) => bounded(file, most).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

impl Source for Address {
    fn read(&self, name: &str, most: usize) -> Result<Option<Vec<u8>>, ReadError> {
        let address = format!("{}/{name}", self.base);
        let answer = self.agent.get(&address).call().map_err(Box::new)?;
        match answer.status().as_u16() {
            200 => bounded(answer.into_body().into_reader(), most).map(Some),
            404 | 410 => Ok(None),
            status => Err(ReadError::Status { status }),
        }
    }
}

fn bounded(reader: impl Read, most: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    reader.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(ReadError::TooLong { most });
    }
    Ok(bytes)
}
