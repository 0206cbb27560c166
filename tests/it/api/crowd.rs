//! Many officers at once on the same procedures: nothing is lost, and whoever came second is told what
//! the first one did.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::{Office, address, fresh};
use crate::support::both;

const OFFICERS: usize = 64;
const PROCEDURES: usize = 50;
const TURNS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_officers_on_fifty_procedures_lose_no_update() {
    both(async |database| {
        let office = &Office::open(&database);
        let procedures: &Vec<Value> = &(0..PROCEDURES).map(|_| office.file()).collect();
        let done: &Mutex<BTreeMap<(usize, u64), String>> = &Mutex::default();
        let refused: &Mutex<Vec<Value>> = &Mutex::default();
        std::thread::scope(|scope| {
            for officer in 0..OFFICERS {
                scope.spawn(move || {
                    // All see the procedures as they were when they came in.
                    for turn in 0..TURNS {
                        let which = (officer / 8 + turn * 7) % PROCEDURES;
                        let name = format!("Paso {officer} {turn}");
                        let more = [("idempotency-key", &*fresh()), ("if-match", "\"1\"")];
                        let path = address(&procedures[which], "step");
                        let with_version = officer % 2 == 0;
                        let headers = if with_version { &more[..] } else { &more[..1] };
                        let body = json!({"name": name, "occurred": "2026-03-03"});
                        let answer = office.server.command(&path, &office.key, headers, &body);
                        match answer.status {
                            200 => {
                                let version = answer.json()["version"].as_u64().unwrap();
                                let before = done.lock().unwrap().insert((which, version), name);
                                assert_eq!(before, None, "one version, one update");
                            }
                            409 | 412 => refused.lock().unwrap().push(answer.json()),
                            other => panic!("{other}: {}", answer.body),
                        }
                    }
                });
            }
        });
        let done = done.lock().unwrap();
        let refused = refused.lock().unwrap();
        assert_eq!(done.len() + refused.len(), OFFICERS * TURNS);
        assert!(!refused.is_empty(), "they met");
        for problem in refused.iter() {
            match problem["code"].as_str().unwrap() {
                "changed" => {
                    assert!(problem["version"].as_u64() > Some(1), "{problem}");
                    assert_eq!(problem["changes"][0]["type"], "StepCompleted", "{problem}");
                }
                code => assert_eq!(code, "contended", "{problem}"),
            }
        }
        for (which, procedure) in procedures.iter().enumerate() {
            let history = office.get(&address(procedure, "events")).json();
            let lines = history["events"].as_array().unwrap();
            let mine = done.range((which, 0)..=(which, u64::MAX));
            assert_eq!(
                lines.len(),
                1 + mine.clone().count(),
                "nothing more, nothing less"
            );
            for ((_, version), name) in mine {
                let line = &lines[*version as usize - 1];
                assert_eq!(
                    line["entry"]["event"]["StepCompleted"]["step"],
                    name.as_str()
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_command_sent_by_many_at_once_is_done_once() {
    both(async |database| {
        let office = &Office::open(&database);
        let filed = office.file();
        let (path, once) = (&address(&filed, "admit"), &fresh());
        let answers: Mutex<Vec<(u16, String)>> = Mutex::default();
        let answers = &answers;
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(move || {
                    let answer = office.post_once(path, once, &json!({"occurred": "2026-03-03"}));
                    answers.lock().unwrap().push((answer.status, answer.body));
                });
            }
        });
        let answers = answers.lock().unwrap();
        let done: Vec<_> = answers
            .iter()
            .filter(|(status, _)| *status == 200)
            .collect();
        assert!(!done.is_empty());
        assert!(done.iter().all(|answer| *answer == done[0]), "one answer");
        for (status, body) in answers.iter().filter(|(status, _)| *status != 200) {
            assert_eq!(*status, 409, "{body}");
            assert!(body.contains("in_hand"), "{body}");
        }
        assert_eq!(
            office
                .post_once(path, once, &json!({"occurred": "2026-03-03"}))
                .body,
            done[0].1
        );
        let history = office.get(&address(&filed, "events")).json();
        assert_eq!(history["version"], 2);
    })
    .await;
}
