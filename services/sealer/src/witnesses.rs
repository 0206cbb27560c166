//! The witnesses of the log: asked about each checkpoint at once, waited for a little, and heard late if
//! they are late. One that did not answer is asked on, but nobody waits for it until it answers again:
//! a witness that is down costs one short delay and no more.

use std::time::{Duration, Instant};

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::policy::{Policy, Quorum};
use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::ask::{Answer, Question};
use crate::error::SealerError;
use crate::folder::LogFolder;

/// How long a checkpoint waits for its cosignatures.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a witness that failed is left alone.
const REST: Duration = Duration::from_secs(5);

/// Who cosigns this log, by the policy that is published with it.
pub struct Witnesses {
    policy: Vec<u8>,
    every: Vec<Witness>,
}

struct Witness {
    name: String,
    key: VerifierKey,
    url: String,
    /// The size that it has cosigned, as far as we know.
    seen: u64,
    /// The POSIX second of its last cosignature, or of our beginning.
    last: i64,
    /// Whether the last question was answered in time.
    prompt: bool,
    /// Whether there is something that it has not been asked.
    due: bool,
    rests: Option<Instant>,
    asked: Option<Asked>,
}

/// A question that is under way: of which size, and where the answer comes.
struct Asked {
    size: u64,
    answer: oneshot::Receiver<Answer>,
}

/// What a witness said, of the tree that it was asked about.
pub(crate) struct Heard {
    pub(crate) name: String,
    pub(crate) key: VerifierKey,
    pub(crate) size: u64,
    pub(crate) answer: Answer,
}

impl Witnesses {
    /// Nobody outside looks at this log, and its policy says so.
    #[must_use]
    pub fn none(log: &VerifierKey) -> Self {
        let policy = format!(
            "# Sin veeduría externa: nadie fuera de la institución refrenda todavía este registro.\n\
             # Without outside witnesses: nobody outside the institution cosigns this log yet.\n\
             log {log}\nquorum none\n"
        );
        Self {
            policy: policy.into_bytes(),
            every: Vec::new(),
        }
    }

    /// Reads a policy (`tlog-policy`). Each witness in it needs its address, `http://` or `https://`; a
    /// policy that names logs must name this one.
    pub fn parse(text: &[u8], log: &VerifierKey) -> Result<Self, SealerError> {
        let policy = Policy::parse(text).map_err(SealerError::format)?;
        if policy.witnesses().is_empty() {
            return Ok(Self::none(log));
        }
        let is_ours = policy.logs().iter().any(|one| one.key == *log);
        if !is_ours {
            return Err(SealerError::format(format!(
                "the policy does not name this log: add the line `log {log}`"
            )));
        }
        let now = Timestamp::now().as_second();
        let witness = |one: &chasqui_tlog::policy::Witness| {
            let name = String::from_utf8_lossy(&one.name).into_owned();
            let url = one.url.clone().and_then(|url| String::from_utf8(url).ok());
            let web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
            let url = url.filter(web).ok_or_else(|| {
                SealerError::format(format!("the witness {name} has no http address"))
            })?;
            Ok(Witness {
                name,
                key: one.key.clone(),
                url,
                seen: 0,
                last: now,
                prompt: true,
                due: true,
                rests: None,
                asked: None,
            })
        };
        let mut policy_text = text.to_vec();
        if policy.quorum() == Quorum::None {
            let says = "# Sin quórum de veeduría externa. No cosignature is required.\n";
            policy_text = [says.as_bytes(), text].concat();
        }
        let every = policy.witnesses().iter().map(witness);
        Ok(Self {
            policy: policy_text,
            every: every.collect::<Result<_, SealerError>>()?,
        })
    }

    /// The policy as it is published.
    pub(crate) fn policy(&self) -> &[u8] {
        &self.policy
    }

    /// Asks all of them about a checkpoint, and waits for those that answered last time.
    pub(crate) async fn ask(
        &mut self,
        folder: &LogFolder,
        signed: &SignedCheckpoint,
    ) -> Vec<Heard> {
        let mut heard = self.hear();
        for witness in &mut self.every {
            witness.due = true;
        }
        self.start(folder, signed);
        let until = tokio::time::Instant::now() + PATIENCE;
        for witness in self.every.iter_mut().filter(|one| one.prompt) {
            if let Some(asked) = &mut witness.asked {
                let size = asked.size;
                match tokio::time::timeout_at(until, &mut asked.answer).await {
                    Ok(answer) => heard.push(witness.heard(size, answer.unwrap_or_else(dropped))),
                    Err(_late) => witness.is_late(),
                }
            }
        }
        heard
    }

    /// Goes on asking those that have not answered about this checkpoint. It waits for nobody.
    pub(crate) fn start(&mut self, folder: &LogFolder, signed: &SignedCheckpoint) {
        for witness in &mut self.every {
            let rests = witness.rests.is_some_and(|until| Instant::now() < until);
            if !witness.due || rests || witness.asked.is_some() {
                continue;
            }
            witness.due = false;
            let question = Question {
                url: witness.url.clone(),
                key: witness.key.clone(),
                folder: folder.clone(),
                signed: signed.clone(),
                seen: witness.seen,
            };
            // A thread, and not the runtime's pool, which a stop of the service would wait for.
            let (answer, receiver) = oneshot::channel();
            let thread = std::thread::Builder::new().name("witness".to_owned());
            let spawned = thread.spawn(move || {
                let _nobody_waits = answer.send(question.put());
            });
            witness.asked = spawned.is_ok().then_some(Asked {
                size: signed.checkpoint().size(),
                answer: receiver,
            });
        }
    }

    /// What has been answered since, without waiting.
    pub(crate) fn hear(&mut self) -> Vec<Heard> {
        let mut heard = Vec::new();
        for witness in &mut self.every {
            let Some(asked) = &mut witness.asked else {
                continue;
            };
            let size = asked.size;
            match asked.answer.try_recv() {
                Ok(answer) => heard.push(witness.heard(size, answer)),
                Err(oneshot::error::TryRecvError::Empty) => {}
                Err(oneshot::error::TryRecvError::Closed) => {
                    heard.push(witness.heard(size, Answer::Failed("dropped".to_owned())));
                }
            }
        }
        heard
    }

    /// Tells the monitor how long ago each witness cosigned.
    pub(crate) fn observe(&self, now: Timestamp) {
        for witness in &self.every {
            #[expect(clippy::cast_precision_loss, reason = "a monitor wants a float")]
            let lag = (now.as_second() - witness.last).max(0) as f64;
            metrics::gauge!(
                "chasqui_log_cosignature_lag_seconds",
                "witness" => witness.name.clone()
            )
            .set(lag);
        }
    }
}

impl Witness {
    fn is_late(&mut self) {
        if self.prompt {
            tracing::warn!(witness = self.name, "a witness is late; not waiting for it");
        }
        self.prompt = false;
    }

    fn heard(&mut self, size: u64, answer: Answer) -> Heard {
        (self.asked, self.rests) = (None, None);
        match &answer {
            Answer::Cosigned(_, time) => {
                if !self.prompt {
                    tracing::info!(witness = self.name, "a witness answers again");
                }
                (self.prompt, self.seen) = (true, size);
                self.last = i64::try_from(*time).unwrap_or(self.last);
            }
            Answer::Ahead(seen) => self.seen = *seen,
            Answer::Forked(_) => {}
            Answer::Failed(why) => {
                if self.prompt {
                    tracing::warn!(witness = self.name, why, "a witness did not cosign");
                }
                (self.prompt, self.due) = (false, true);
                self.rests = Some(Instant::now() + REST);
            }
        }
        Heard {
            name: self.name.clone(),
            key: self.key.clone(),
            size,
            answer,
        }
    }
}

fn dropped(_: oneshot::error::RecvError) -> Answer {
    Answer::Failed("the question was dropped".to_owned())
}
