//! `chasqui verify`: what an outsider runs. It opens no database, reads no key of ours, and believes
//! nothing but the key that it is given.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chasqui_tlog::history::History;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::proof::MAX_PROOF_BYTES;
use chasqui_verify::{
    Address, Audited, Folder, Question, Source, VerifyError, audit, check_file, check_history,
    check_receipt, digest_of, keep, kept, trust,
};
use clap::Args;
use indicatif::ProgressBar;
use serde_json::{Value, json};

use crate::output::{Failure, environment, print, progress, refusal, say, usage};
use crate::verified;

/// How old what an address shows may be, if nothing else is said: ten minutes.
const MAX_AGE: u64 = 600;

/// See [`crate::arguments::Command::Verify`].
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A receipt, a history or a data set (a file), or a log (an address or a folder).
    #[arg(value_name = "RECEIPT|URL|DIR")]
    what: String,
    /// The log's key (`name+hash+key`), or a file with it.
    #[arg(long, value_name = "VKEY", conflicts_with = "policy")]
    key: Option<String>,
    /// Instead of a key, a file that says which log and which witnesses must have signed (tlog-policy).
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The log to look in: for a history and a data set; a receipt is compared with it.
    #[arg(long, value_name = "URL|DIR")]
    against: Option<String>,
    /// How old the newest signed time may be: 90s, 10m, 12h, 3d [default: 10m for an address].
    #[arg(long, value_name = "AGE", value_parser = seconds)]
    max_age: Option<u64>,
    /// A file that keeps the log's checkpoint: the next check fails if the log does not continue it.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// What is to be checked.
enum Target {
    Log,
    Receipt(Vec<u8>),
    History(Vec<u8>),
    File(PathBuf),
}

pub(crate) fn run(asked: Verify) -> Result<ExitCode, Failure> {
    let policy = policy(&asked)?;
    let target = target(&asked.what)?;
    let checked = match &target {
        Target::Receipt(bytes) => receipt(&asked, bytes, &policy),
        Target::Log | Target::History(_) | Target::File(_) => with_log(&asked, &target, &policy),
    };
    match checked {
        Ok(found) => {
            if asked.json {
                print(&found);
            } else {
                print(verified::text(&found));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(NotVerified::Failure(failure)) => Err(failure),
        Err(NotVerified::Answer(error)) => {
            if asked.json {
                print(
                    json!({"holds": false, "reason": error.code(), "detail": verified::chain(&error)}),
                );
            }
            let hint = verified::hint(&error);
            Err(if error.is_of_environment() {
                environment(error, hint)
            } else {
                refusal(error, hint)
            })
        }
    }
}

/// It was not verified: the answer is no, or the question was wrong.
enum NotVerified {
    Answer(VerifyError),
    Failure(Failure),
}

impl From<VerifyError> for NotVerified {
    fn from(error: VerifyError) -> Self {
        Self::Answer(error)
    }
}

impl From<Failure> for NotVerified {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// A log's files, and whether they come from a server that could show old ones.
struct Log {
    source: Box<dyn Source>,
    is_address: bool,
}

fn with_log(asked: &Verify, target: &Target, policy: &Policy) -> Result<Value, NotVerified> {
    let named = match target {
        Target::Log => Some(&asked.what),
        Target::Receipt(_) | Target::History(_) | Target::File(_) => asked.against.as_ref(),
    };
    let named = named.ok_or_else(|| {
        let what = "a history or a data set is looked for in a log";
        usage(
            anyhow::anyhow!(what),
            "give --against its address or folder",
        )
    })?;
    let log = open(named)?;
    let bar = Bar::new();
    let mut told = |done, of| bar.tell(done, of);
    let mut question = question(asked, &log)?;
    question.progress = Some(&mut told);
    let source = log.source.as_ref();
    let (found, audited) = match target {
        Target::History(bytes) => {
            let checked = check_history(bytes, source, policy, question)?;
            (verified::history(&checked), checked.log)
        }
        Target::File(path) => {
            let file = |source| VerifyError::File {
                path: path.clone(),
                source,
            };
            let digest = File::open(path).and_then(digest_of).map_err(file)?;
            let checked = check_file(digest, source, policy, question)?;
            (verified::file(&checked), checked.log)
        }
        Target::Log | Target::Receipt(_) => {
            let checked = audit(source, policy, question)?;
            (verified::log(&checked), checked)
        }
    };
    remember(asked, &audited)?;
    Ok(found)
}

fn receipt(asked: &Verify, bytes: &[u8], policy: &Policy) -> Result<Value, NotVerified> {
    let max_age = asked.max_age.filter(|_| asked.against.is_none());
    let checked = check_receipt(bytes, policy, now(), max_age)?;
    let mut found = verified::receipt(&checked);
    if let Some(named) = &asked.against {
        let log = open(named)?;
        let mut question = question(asked, &log)?;
        question.earlier.push(checked.checkpoint.clone());
        question.at = HashSet::from([checked.index]);
        let audited = audit(log.source.as_ref(), policy, question)?;
        checked.check_against(&audited)?;
        found["log"] = verified::log(&audited);
        remember(asked, &audited)?;
    } else if asked.state.is_some() {
        say("--state keeps a log's checkpoint: give --against too");
    }
    Ok(found)
}

fn question<'a>(asked: &Verify, log: &Log) -> Result<Question<'a>, VerifyError> {
    let earlier = asked.state.as_deref().map(kept).transpose()?.flatten();
    Ok(Question {
        now: now(),
        max_age: asked.max_age.or(log.is_address.then_some(MAX_AGE)),
        earlier: earlier.into_iter().collect(),
        ..Question::default()
    })
}

fn remember(asked: &Verify, audited: &Audited) -> Result<(), VerifyError> {
    match &asked.state {
        Some(path) => keep(path, &audited.checkpoint),
        None => Ok(()),
    }
}

/// Whom to trust: never the key beside the log.
fn policy(asked: &Verify) -> Result<Policy, Failure> {
    let hint = "give --key the log's line name+hash+key from paper, from the official gazette or from \
                somebody who keeps it; not from the server that you check";
    let text = match (&asked.key, &asked.policy) {
        (Some(key), _) if !Path::new(key).is_file() => key.clone().into_bytes(),
        (Some(file), _) => read(Path::new(file))?,
        (None, Some(file)) => read(file)?,
        (None, None) => {
            let why = "without the log's key nothing can be verified";
            return Err(usage(anyhow::anyhow!(why), hint));
        }
    };
    trust(&text).map_err(|error| usage(error, hint))
}

fn target(what: &str) -> Result<Target, Failure> {
    if is_address(what) {
        return match what.rsplit_once('/') {
            Some((folder, name)) if name.ends_with(".tlog-proof") => {
                let failed = |e| environment(e, "check the address and the network");
                let read = Address::new(folder).read(name, MAX_PROOF_BYTES);
                let none = || {
                    let why = anyhow::anyhow!("there is no receipt at this address");
                    refusal(
                        why,
                        "look at the receipt's page: the entry may not be sealed yet",
                    )
                };
                read.map_err(failed)?.ok_or_else(none).map(Target::Receipt)
            }
            Some(_) | None => Ok(Target::Log),
        };
    }
    let path = Path::new(what);
    if path.is_dir() {
        return Ok(Target::Log);
    }
    let mut head = [0; 16];
    let mut file = File::open(path).map_err(|e| unreadable(e, path))?;
    let size = std::io::Read::read(&mut file, &mut head).map_err(|e| unreadable(e, path))?;
    if head.starts_with(b"c2sp.org/tlog-pr") {
        return read(path).map(Target::Receipt);
    }
    let may_be_history = head[..size].starts_with(br#"{"events":["#);
    if may_be_history && let Ok(bytes) = fs::read(path) {
        let is_history = History::parse(&bytes).is_ok();
        if is_history || bytes.windows(18).any(|part| part == b"chasqui-history/v1") {
            return Ok(Target::History(bytes));
        }
    }
    Ok(Target::File(path.to_owned()))
}

fn open(named: &str) -> Result<Log, NotVerified> {
    if !is_address(named) {
        let folder = Path::new(named);
        let log = folder.join("log");
        // A data folder, or the folder of the log itself.
        let is_inside = !folder.join("checkpoint").exists() && log.join("checkpoint").exists();
        let source = Folder(if is_inside { log } else { folder.to_owned() });
        return Ok(Log {
            source: Box::new(source),
            is_address: false,
        });
    }
    let found = Address::new(named).found();
    let address = found.map_err(|source| VerifyError::Read {
        name: format!("{named}/checkpoint"),
        source,
    })?;
    Ok(Log {
        source: Box::new(address),
        is_address: true,
    })
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| unreadable(error, path))
}

fn unreadable(error: std::io::Error, path: &Path) -> Failure {
    let error = anyhow::Error::new(error).context(format!("cannot read {}", path.display()));
    environment(
        error,
        "give a file, a folder, or an address that begins with https://",
    )
}

fn now() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or_default()
}

fn seconds(text: &str) -> Result<u64, String> {
    let (number, unit) = match text.trim_end_matches(['s', 'm', 'h', 'd']) {
        number if number.len() + 1 == text.len() => text.split_at(number.len()),
        _ => (text, "s"),
    };
    let each = match unit {
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => 1,
    };
    let number = number.parse::<u64>().ok();
    let total = number.and_then(|number| number.checked_mul(each));
    total.ok_or_else(|| "a number with s, m, h or d, such as 10m".to_owned())
}

/// A progress bar whose length is known only once the checkpoint was read.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        Self(progress(0, "entries checked"))
    }

    fn tell(&self, done: u64, of: u64) {
        self.0.set_length(of);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
