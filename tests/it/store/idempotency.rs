//! A command that is sent again: the same answer, and nothing is stored twice.

use std::process::{Command, Stdio};

use chasqui_store::{Acknowledgement, AppendError, IdempotencyKey, Store, StoredAnswer};

use super::{append, assert_sound, whole};
use crate::support::both;

/// What a caller sends under a key; `request` stands for the body.
fn asked(caller: &str, key: u64, request: u8) -> Acknowledgement {
    let mut digest = [0; 32];
    digest[..8].copy_from_slice(&key.to_be_bytes());
    Acknowledgement {
        key: IdempotencyKey {
            caller: caller.to_owned(),
            digest,
        },
        request: [request; 32],
        status: 201,
        answer: format!(r#"{{ "said":"ñ", "to":"{caller}", "about":{request} }}"#),
    }
}

fn answered(error: AppendError) -> StoredAnswer {
    let AppendError::AlreadyAnswered(answer) = error else {
        panic!("{error:?}");
    };
    *answer
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_again_is_given_the_same_answer_and_stores_nothing() {
    both(async |database| {
        let store = database.open().await;
        store.append(append("before", 0, &["1"])).await.unwrap();
        let acknowledgement = asked("a", 1, 7);
        assert_eq!(store.answered(&acknowledgement.key).await.unwrap(), None);
        let block = || vec![append("x", 0, &["1", "2"]), append("y", 0, &["3"])];
        let done = store
            .append_once(block(), acknowledgement.clone())
            .await
            .unwrap();
        assert_eq!((done[0].position, done[1].position), (1, 3));
        for _ in 0..3 {
            let again = store.append_once(block(), acknowledgement.clone()).await;
            let answer = answered(again.unwrap_err());
            assert_eq!(answer.answer, acknowledgement.answer, "byte for byte");
            assert_eq!((answer.status, answer.position), (201, 3));
            assert_eq!(answer.recorded_at, done[0].recorded_at);
            assert!(answer.is_for(&acknowledgement.request));
            let asked = store.answered(&acknowledgement.key).await.unwrap();
            assert_eq!(asked, Some(answer));
        }
        assert_eq!(store.head().await.unwrap(), 4);
        assert_sound(&whole(&store).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_holds_also_after_the_stream_has_moved_on() {
    both(async |database| {
        let store = database.open().await;
        let one = |after| store.append_once(vec![append("x", after, &["1"])], asked("a", 1, 7));
        one(0).await.unwrap();
        store.append(append("x", 1, &["2"])).await.unwrap();
        // What is sent again was decided on the state of then, or on that of now.
        for after in [0, 1, 2] {
            assert_eq!(answered(one(after).await.unwrap_err()).position, 0);
        }
        assert_eq!(store.head().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_request_under_a_used_key_is_told_apart_and_stores_nothing() {
    both(async |database| {
        let store = database.open().await;
        let first = asked("a", 1, 7);
        store
            .append_once(vec![append("x", 0, &["1"])], first.clone())
            .await
            .unwrap();
        let other = asked("a", 1, 8);
        let again = store
            .append_once(vec![append("y", 0, &["1"])], other.clone())
            .await;
        let answer = answered(again.unwrap_err());
        assert!(!answer.is_for(&other.request) && answer.is_for(&first.request));
        assert_eq!(answer.answer, first.answer);
        assert_eq!(store.head().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_callers_may_choose_the_same_key() {
    both(async |database| {
        let store = database.open().await;
        for (caller, id) in [("key-a", "x"), ("key-b", "y")] {
            store
                .append_once(vec![append(id, 0, &["1"])], asked(caller, 1, 7))
                .await
                .unwrap();
        }
        for (caller, position) in [("key-a", 0), ("key-b", 1)] {
            let answer = store.answered(&asked(caller, 1, 7).key).await.unwrap();
            let answer = answer.unwrap();
            assert_eq!(answer.position, position);
            assert!(answer.answer.contains(caller));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_was_not_carried_out_leaves_its_key_unused() {
    both(async |database| {
        let store = database.open().await;
        store.append(append("x", 0, &["1"])).await.unwrap();
        let error = store
            .append_once(vec![append("x", 0, &["2"])], asked("a", 1, 7))
            .await
            .unwrap_err();
        assert!(matches!(error, AppendError::Conflict { .. }), "{error:?}");
        let poison = vec![append("y", 0, &["1"]), append("z", 0, &["{poison"])];
        let error = store
            .append_once(poison, asked("a", 1, 7))
            .await
            .unwrap_err();
        assert!(matches!(error, AppendError::Refused { .. }), "{error:?}");
        let mut wrong = asked("a", 1, 7);
        wrong.status = 409;
        let error = store
            .append_once(vec![append("w", 0, &["1"])], wrong)
            .await
            .unwrap_err();
        assert!(matches!(error, AppendError::Refused { .. }), "{error:?}");
        assert_eq!(
            store.answered(&asked("a", 1, 7).key).await.unwrap(),
            None,
            "nothing was acknowledged"
        );
        assert_eq!(store.head().await.unwrap(), 1);
        store
            .append_once(vec![append("x", 1, &["2"])], asked("a", 1, 7))
            .await
            .unwrap();
        assert_eq!(store.head().await.unwrap(), 2);
    })
    .await;
}

/// Commands that are all sent five times at once, by two stores as two processes would: on a stream of
/// their own, as a filing is; and on streams that several commands share, as officers do.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_sent_five_times_at_once_has_one_effect() {
    const COMMANDS: u64 = 60;
    const TIMES: u64 = 5;
    const SHARED: u64 = 4;
    both(async |database| {
        let stores = [database.open().await, database.open().await];
        let mut senders = Vec::new();
        for (command, time) in (0..COMMANDS).flat_map(|c| (0..TIMES).map(move |t| (c, t))) {
            let store = stores[(time % 2) as usize].clone();
            senders.push(tokio::spawn(async move {
                let stream = match command % 2 {
                    0 => format!("own-{command}-{time}"),
                    _ => format!("shared-{}", command % SHARED),
                };
                (command, send(&store, &stream, command).await)
            }));
        }
        let mut positions = vec![Vec::new(); COMMANDS as usize];
        let mut carried_out = 0;
        for sender in senders {
            let (command, (position, is_first)) = sender.await.unwrap();
            positions[command as usize].push(position);
            carried_out += u64::from(is_first);
        }
        assert_eq!(carried_out, COMMANDS, "each was carried out once");
        for answers in positions {
            assert_eq!(answers, vec![answers[0]; TIMES as usize], "one answer");
        }
        let log = whole(&stores[0]).await;
        assert_sound(&log);
        assert_eq!(log.len() as u64, COMMANDS);
    })
    .await;
}

/// Sends a command until it has an answer; tells its position, and whether it was carried out for it.
async fn send(store: &Store, stream: &str, command: u64) -> (u64, bool) {
    loop {
        let history = store.load_many("unit", vec![stream.to_owned()]).await;
        let after = history.unwrap().len() as u64;
        let payload = command.to_string();
        let append = append(stream, after, &[&payload]);
        match store
            .append_once(vec![append], asked("a", command, 7))
            .await
        {
            Ok(done) => return (done[0].position, true),
            Err(AppendError::AlreadyAnswered(answer)) => return (answer.position, false),
            Err(AppendError::Conflict { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// The process dies after the commit and before anybody has heard the answer.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_heard_is_given_to_whoever_asks_again() {
    const STORED: u64 = 200;
    both(async |database| {
        let store = database.open().await;
        let mut process = Command::new(env!("CARGO_BIN_EXE_unheard_writer"))
            .arg(&database.url)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while store.head().await.unwrap() < STORED {
            assert!(process.try_wait().unwrap().is_none(), "it ended by itself");
            tokio::task::yield_now().await;
        }
        process.kill().unwrap();
        process.wait().unwrap();
        settle(&store).await;
        let log = whole(&store).await;
        let stored = log
            .iter()
            .filter(|one| one.aggregate_id.starts_with("unit-"));
        let stored = stored.count() as u64;
        assert!(stored >= STORED);
        let (mut replayed, mut new) = (0, 0);
        for number in 0..stored + 20 {
            let mut acknowledgement = asked("unheard", number, 0);
            acknowledgement.request = acknowledgement.key.digest;
            let block = vec![append(&format!("unit-{number}"), 0, &["0"])];
            match store.append_once(block, acknowledgement).await {
                Ok(_) => new += 1,
                Err(error) => {
                    let answer = answered(error);
                    let said = format!("answer {number} of the process that died");
                    assert_eq!(answer.answer, said);
                    replayed += 1;
                }
            }
        }
        assert_eq!((replayed, new), (stored, 20));
        let log = whole(&store).await;
        assert_sound(&log);
        assert!(log.iter().all(|record| record.sequence == 1), "each once");
    })
    .await;
}

/// Waits for what the server had in hand when the process died: an append waits behind it for the lock.
async fn settle(store: &Store) {
    let mut size = store.head().await.unwrap();
    loop {
        let last = append(&format!("last-{size}"), 0, &["1"]);
        let done = store.append(last).await.unwrap();
        if done.position == size {
            return;
        }
        size = done.position + 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_forgotten_with_time_and_never_changed() {
    both(async |database| {
        let store = database.open().await;
        for key in [1, 2] {
            let block = vec![append(&format!("x{key}"), 0, &["1"])];
            store.append_once(block, asked("a", key, 7)).await.unwrap();
        }
        let first = store.answered(&asked("a", 1, 7).key).await.unwrap();
        let first = first.unwrap().recorded_at;
        assert_eq!(store.forget_answers(first).await.unwrap(), 0);
        let changed = super::execute(&database, "update idempotency set answer = ''").await;
        assert!(changed.is_err());
        let later = first + jiff::SignedDuration::from_hours(1);
        assert_eq!(store.forget_answers(later).await.unwrap(), 2);
        assert_eq!(store.answered(&asked("a", 1, 7).key).await.unwrap(), None);
        assert_eq!(store.head().await.unwrap(), 2, "the events stay");
        store
            .append_once(vec![append("y", 0, &["1"])], asked("a", 1, 7))
            .await
            .unwrap();
    })
    .await;
}
