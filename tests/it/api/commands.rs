//! Commands over HTTP: what they do, how they are repeated, what they are refused for.

use serde_json::{Value, json};

use super::{Office, address, fresh, key};
use crate::support::both;

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_lives_its_whole_life_over_http() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file();
        let code = filed["code"].as_str().unwrap();
        assert_eq!((&filed["version"], &filed["events"]), (&json!(1), &json!(["Filed"])));
        assert_eq!(filed["due"]["on"], "2026-03-23");
        let steps = [
            ("admit", json!({"occurred": "2026-03-03"}), "Admitted"),
            ("assign", json!({"to": "catastro", "occurred": "2026-03-03"}), "Assigned"),
            ("step", json!({"name": "Informe", "begun": true, "occurred": "2026-03-04"}), "StepStarted"),
            (
                "request-rectification",
                json!({"items": [{"requirement": "Planos"}, {"requirement": "Cédula", "already_held_by_state": true}], "occurred": "2026-03-05T09:00:00-05:00"}),
                "RectificationRequested",
            ),
            ("answer-rectification", json!({"occurred": "2026-03-09T09:00:00-05:00"}), "RectificationAnswered"),
            ("suspend", json!({"cause": "external_report", "occurred": "2026-03-10"}), "TermSuspended"),
            ("resume", json!({"cause": "external_report", "occurred": "2026-03-12"}), "TermResumed"),
            ("extend", json!({"days": 3, "occurred": "2026-03-13"}), "TermExtended"),
            ("open-subprocedure", json!({"unit": "catastro", "name": "Linderos", "occurred": "2026-03-14"}), "SubprocedureOpened"),
            ("open-subprocedure", json!({"unit": "ambiente", "name": "Ruido", "occurred": "2026-03-14"}), "SubprocedureOpened"),
            ("answer-subprocedure", json!({"number": 1, "result": "favourable", "occurred": "2026-03-15"}), "SubprocedureAnswered"),
            ("cancel-subprocedure", json!({"number": 2, "occurred": "2026-03-15"}), "SubprocedureCancelled"),
            ("transfer", json!({"to": "ambiente", "occurred": "2026-03-16"}), "Transferred"),
            ("decide", json!({"outcome": "denied", "occurred": "2026-03-18"}), "Decided"),
            ("notify", json!({"channel": "email", "occurred": "2026-03-19"}), "Notified"),
            ("appeal", json!({"occurred": "2026-03-20"}), "Appealed"),
            ("reopen", json!({"cause": "appeal_upheld", "occurred": "2026-03-23"}), "Reopened"),
            ("withdraw", json!({"occurred": "2026-03-24"}), "Withdrawn"),
            ("archive", json!({"occurred": "2026-03-25"}), "Archived"),
            ("correct", json!({"sequence": 9, "instead": {"occurred_at": "2026-03-14"}, "reason": "typing_mistake"}), "Corrected"),
        ];
        let mut last = Value::Null;
        for (place, (command, body, event)) in steps.iter().enumerate() {
            let answer = office.act(&filed, command, body);
            assert_eq!(answer.status, 200, "{command}: {}", answer.body);
            last = answer.json();
            assert_eq!(last["version"], place + 2, "{command}");
            assert_eq!(answer.header("etag"), format!("\"{}\"", place + 2));
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(last["events"], json!([event]));
            assert!(last.get("code").is_none(), "a code is told once");
        }
        let position = last["position"].as_u64().unwrap();
        let address = format!("/api/v1/procedures/{code}?min_position={position}");
        let public = office.server.get(&address).json();
        assert_eq!(public["timeline"].as_array().unwrap().len(), steps.len() + 1);
        assert_eq!(public["stage"]["id"], "ended");
        let new = office.act(&filed, "reissue-code", &json!({})).json();
        let new_code = new["code"].as_str().unwrap();
        let wait = format!("?min_position={}", new["position"]);
        let get = |code: &str| office.server.get(&format!("/api/v1/procedures/{code}{wait}")).status;
        assert_eq!((get(code), get(new_code)), (404, 200));
        let gone = office.act(&filed, "revoke-code", &json!({})).json();
        let wait = format!("?min_position={}", gone["position"]);
        let answer = office.server.get(&format!("/api/v1/procedures/{new_code}{wait}"));
        assert_eq!(answer.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_sent_five_times_has_one_effect_and_one_answer() {
    both(async |database| {
        let office = Office::open(&database);
        let body = json!({"type": "PERMIT", "unit": "obras"});
        let once = fresh();
        let first = office.post_once("/api/v1/procedures", &once, &body);
        assert_eq!(first.status, 201, "{}", first.body);
        assert_eq!(first.header("idempotency-replayed"), "");
        for _ in 0..4 {
            let again = office.post_once("/api/v1/procedures", &once, &body);
            assert_eq!(
                (again.status, &again.body),
                (201, &first.body),
                "byte for byte, its code too"
            );
            assert_eq!(again.header("idempotency-replayed"), "true");
            assert_eq!(again.header("location"), first.header("location"));
        }
        let filed = first.json();
        for (command, body) in [
            ("admit", json!({})),
            ("step", json!({"name": "Informe"})),
            ("reissue-code", json!({})),
        ] {
            let (once, path) = (fresh(), address(&filed, command));
            let first = office.post_once(&path, &once, &body);
            assert_eq!(first.status, 200, "{}", first.body);
            for _ in 0..4 {
                let again = office.post_once(&path, &once, &body);
                assert_eq!((again.status, &again.body), (200, &first.body), "{command}");
            }
        }
        let history = office.get(&address(&filed, "events")).json();
        let types: Vec<_> = history["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["type"].clone())
            .collect();
        assert_eq!(
            types,
            ["Filed", "Admitted", "StepCompleted", "CodeReplaced"]
        );
        // The same key for something else is a mistake, and does nothing.
        let other = office.post_once(
            "/api/v1/procedures",
            &once,
            &json!({"type": "PERMIT", "unit": "catastro"}),
        );
        assert_eq!(
            (other.status, &other.json()["code"]),
            (422, &json!("idempotency_key_used"))
        );
        let elsewhere = office.post_once(&address(&filed, "admit"), &once, &json!({}));
        assert_eq!(elsewhere.json()["code"], "idempotency_key_used");
        // A refusal is no answer to keep: once it is possible, the same key does it.
        let (once, path) = (fresh(), address(&filed, "notify"));
        assert_eq!(
            office.post_once(&path, &once, &json!({})).json()["code"],
            "NotDecided"
        );
        office.act(&filed, "decide", &json!({"outcome": "granted"}));
        assert_eq!(office.post_once(&path, &once, &json!({})).status, 200);
        // Another caller's key of the same text is another one.
        let another = key(&database, "*", "all");
        let more = [("idempotency-key", once.as_str())];
        let answer = office
            .server
            .command("/api/v1/procedures", &another, &more, &body);
        assert_eq!(answer.status, 201);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_saw_an_older_version_is_told_what_happened_since_and_by_whom() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file();
        let admitted = office.act(&filed, "admit", &json!({"occurred": "2026-03-03"}));
        let path = address(&filed, "decide");
        let body = json!({"outcome": "granted", "occurred": "2026-03-04"});
        let decide = |seen: &str| {
            let more = [("idempotency-key", &*fresh()), ("if-match", seen)];
            office.server.command(&path, &office.key, &more, &body)
        };
        let refused = decide("\"1\"");
        assert_eq!(refused.status, 412, "{}", refused.body);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        let problem = refused.json();
        assert_eq!(
            (&problem["code"], &problem["version"]),
            (&json!("changed"), &json!(2))
        );
        let change = &problem["changes"][0];
        assert_eq!(
            (&change["type"], &change["sequence"]),
            (&json!("Admitted"), &json!(2))
        );
        assert!(
            change["by"].as_str().unwrap().starts_with("key:"),
            "{change}"
        );
        assert_eq!(decide("\"7\"").status, 412, "a version that never was");
        for bad in ["2", "W/\"2\"", "\"x\""] {
            assert_eq!(decide(bad).json()["code"], "bad_if_match");
        }
        assert_eq!(decide(admitted.header("etag")).status, 200);
    })
    .await;
}

/// The command (`file` for a filing), its body, the status of the refusal, and the places that it names.
const REFUSED: &[(&str, &str, u16, &[&str])] = &[
    ("file", "{}", 422, &[""]),
    ("file", "[]", 422, &[""]),
    (
        "file",
        r#"{"type":"PERMIT","unit":"obras","name":"Rosa"}"#,
        422,
        &["/name"],
    ),
    (
        "file",
        r#"{"type":"a b","unit":"","occurred":"soon"}"#,
        422,
        &["/type", "/unit", "/occurred"],
    ),
    ("file", r#"{"type":"NONE","unit":"obras"}"#, 422, &["/type"]),
    (
        "file",
        r#"{"type":"PERMIT","unit":"none"}"#,
        422,
        &["/unit"],
    ),
    (
        "file",
        r#"{"type":"PERMIT","unit":"obras","calendars":["XX"]}"#,
        422,
        &["/calendars"],
    ),
    (
        "file",
        r#"{"type":"PERMIT","unit":"obras","occurred":"2199-01-01"}"#,
        422,
        &["/occurred"],
    ),
    ("step", r#"{"name":""}"#, 422, &["/name"]),
    ("step", r#"{"name":["x"]}"#, 422, &["/name"]),
    ("request-rectification", r#"{"items":[]}"#, 422, &["/items"]),
    (
        "request-rectification",
        r#"{"items":[["Planos"]]}"#,
        422,
        &["/items/0"],
    ),
    ("suspend", r#"{"cause":"lunch"}"#, 422, &["/cause"]),
    ("extend", r#"{"days":-1}"#, 422, &["/days"]),
    (
        "extend",
        r#"{"days":30,"occurred":"2026-03-03"}"#,
        422,
        &["/days"],
    ),
    ("transfer", r#"{"to":"none"}"#, 422, &["/to"]),
    ("decide", r#"{"outcome":"maybe"}"#, 422, &["/outcome"]),
    (
        "decide",
        r#"{"outcome":"granted","occurred":"2026-01-01"}"#,
        422,
        &["/occurred"],
    ),
    (
        "correct",
        r#"{"sequence":9,"instead":"did_not_happen","reason":"recorded_twice"}"#,
        422,
        &["/sequence"],
    ),
    ("answer-rectification", "{}", 409, &[]),
    ("resume", r#"{"cause":"external_report"}"#, 409, &[]),
    ("notify", "{}", 409, &[]),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_used_is_refused_with_its_places_and_changes_nothing() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file();
        for (command, body, status, places) in REFUSED {
            let path = match *command {
                "file" => "/api/v1/procedures".to_owned(),
                command => address(&filed, command),
            };
            let answer = office.post(&path, &serde_json::from_str(body).unwrap());
            assert_eq!(answer.status, *status, "{path} {body}: {}", answer.body);
            assert_eq!(answer.header("content-type"), "application/problem+json");
            let problem = answer.json();
            let errors = problem["errors"].as_array().into_iter().flatten();
            let told: Vec<&str> = errors.map(|one| one["pointer"].as_str().unwrap()).collect();
            assert_eq!(told, *places, "{path} {body}: {}", answer.body);
        }
        let history = office.get(&address(&filed, "events")).json();
        assert_eq!(history["version"], 1, "nothing changed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_the_wrong_size_kind_or_key_is_told_so() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file();
        let path = address(&filed, "step");
        let bearer = format!("Bearer {}", office.key);
        let long = json!({"name": "x".repeat(20_000)});
        assert_eq!(office.post(&path, &long).status, 413);
        let deep = format!("{{\"name\":{}", "[".repeat(5_000));
        let send = |headers: &[(&str, &str)], body: &str| {
            let all = [&[("authorization", bearer.as_str())], headers].concat();
            office.server.send(&path, &all, body.as_bytes())
        };
        let json_kind = ("content-type", "application/json");
        let once = ("idempotency-key", "a-key-of-its-own");
        assert_eq!(send(&[json_kind, once], &deep).status, 422);
        assert_eq!(send(&[json_kind, once], "{").json()["code"], "not_parsable");
        assert_eq!(
            send(&[("content-type", "text/plain"), once], "{}").status,
            415
        );
        assert_eq!(
            send(&[json_kind], "{}").json()["code"],
            "needs_idempotency_key"
        );
        for bad in ["a b", "", &"x".repeat(256)] {
            let answer = send(&[json_kind, ("idempotency-key", bad)], "{\"name\":\"x\"}");
            assert_eq!(answer.json()["code"], "bad_idempotency_key", "{bad:?}");
        }
        let unknown = "/api/v1/procedures/018f2f6e-7b1a-7cc3-98c4-dc0c0c07398f/admit";
        assert_eq!(
            office.post(unknown, &json!({})).json()["code"],
            "unknown_procedure"
        );
        let nonsense = office.post("/api/v1/procedures/x/admit", &json!({}));
        assert_eq!(nonsense.json()["code"], "unknown_procedure");
        let fly = office.act(&filed, "fly", &json!({}));
        assert_eq!(
            (fly.status, &fly.json()["code"]),
            (404, &json!("no_such_address"))
        );
    })
    .await;
}
