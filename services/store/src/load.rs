//! Loads that are asked for at the same moment are answered together, by one statement.
//!
//! A lone load waits for nobody: a loader takes what waits when it is free. Who asks while all loaders
//! are at work is what makes the next statement larger, so that throughput does not hang on round trips.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chasqui_procedures::recorded::RawRecord;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::error::ReadError;
use crate::store::Backend;

/// One stream: its kind and its identity.
pub(crate) type Stream = (&'static str, String);

/// How many loads may wait. Beyond it the caller waits for its turn to wait.
const CAPACITY: usize = 4_096;
/// How many streams are loaded by one statement.
const MOST_STREAMS: usize = 256;
/// How many statements are under way at once: while one is answered, the next is gathered.
const LOADERS: usize = 2;

type Loaded = Result<Vec<RawRecord>, ReadError>;

struct Asked {
    stream: Stream,
    reply: oneshot::Sender<Loaded>,
}

/// The callers' end of the loaders, which end with its last clone.
#[derive(Clone, Debug)]
pub(crate) struct Loads(mpsc::Sender<Asked>);

impl Loads {
    pub(crate) fn new(backend: &Backend) -> Self {
        let (sender, asked) = mpsc::channel(CAPACITY);
        let asked = Arc::new(Mutex::new(asked));
        for _ in 0..LOADERS {
            tokio::spawn(answer(backend.clone(), Arc::clone(&asked)));
        }
        Self(sender)
    }

    /// A whole stream, by sequence; empty if there is none.
    pub(crate) async fn load(&self, stream: Stream) -> Loaded {
        let (reply, answer) = oneshot::channel();
        let stopped = || ReadError::of("a stream")("the loader has stopped");
        let asked = Asked { stream, reply };
        self.0.send(asked).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

async fn answer(backend: Backend, asked: Arc<Mutex<mpsc::Receiver<Asked>>>) {
    let mut together = Vec::with_capacity(MOST_STREAMS);
    loop {
        // The lock is held while nothing waits, and let go before the database is asked.
        let count = asked
            .lock()
            .await
            .recv_many(&mut together, MOST_STREAMS)
            .await;
        if count == 0 {
            return;
        }
        let mut replies: BTreeMap<Stream, Vec<oneshot::Sender<Loaded>>> = BTreeMap::new();
        for Asked { stream, reply } in together.drain(..) {
            replies.entry(stream).or_default().push(reply);
        }
        let streams: Vec<Stream> = replies.keys().cloned().collect();
        match backend.load(streams).await {
            Ok(records) => hand_out(records, replies),
            Err(error) => {
                let error = Arc::new(error);
                for reply in replies.into_values().flatten() {
                    let error = ReadError::of("a stream")(Arc::clone(&error));
                    let _ = reply.send(Err(error));
                }
            }
        }
    }
}

/// Gives each who asked their stream.
fn hand_out(records: Vec<RawRecord>, replies: BTreeMap<Stream, Vec<oneshot::Sender<Loaded>>>) {
    let mut streams: HashMap<(String, String), Vec<RawRecord>> = HashMap::new();
    for record in records {
        let stream = (record.aggregate_type.clone(), record.aggregate_id.clone());
        streams.entry(stream).or_default().push(record);
    }
    for ((kind, id), mut waiting) in replies {
        let stream = streams.remove(&(kind.to_owned(), id)).unwrap_or_default();
        let last = waiting.pop();
        for reply in waiting {
            let _ = reply.send(Ok(stream.clone()));
        }
        // A caller that hung up wants nothing.
        let _ = last.map(|reply| reply.send(Ok(stream)));
    }
}
