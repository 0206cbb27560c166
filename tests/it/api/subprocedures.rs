//! Parts that other units do, over HTTP: who may answer, who may read, and what the public sees.

use serde_json::{Value, json};

use super::{Office, address, fresh, key};
use crate::support::both;
use crate::support::server::Answer;

fn send(office: &Office, filed: &Value, bearer: &str, command: &str, body: &Value) -> Answer {
    let (once, path) = (fresh(), address(filed, command));
    let more = [("idempotency-key", &*once)];
    office.server.command(&path, bearer, &more, body)
}

/// Files a procedure, and asks `catastro` for a part of it.
fn opened(office: &Office) -> (Value, Value) {
    let filed = office.file();
    let open = json!({"unit": "catastro", "name": "Informe de linderos", "occurred": "2026-03-04"});
    let answer = office.act(&filed, "open-subprocedure", &open);
    assert_eq!(answer.status, 200, "{}", answer.body);
    (filed, answer.json())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_unit_of_a_part_answers_for_that_part_and_for_nothing_else() {
    both(async |database| {
        let office = Office::open(&database);
        let (filed, _) = opened(&office);
        let scopes =
            "answer-subprocedure,open-subprocedure,cancel-subprocedure,decide,read-history";
        let part = key(&database, "catastro", scopes);
        let stranger = key(&database, "ambiente", scopes);
        let read = |bearer: &str| {
            let bearer = format!("Bearer {bearer}");
            let path = address(&filed, "events");
            let headers = [("authorization", bearer.as_str())];
            office.server.get_with(&path, &headers).status
        };
        assert_eq!((read(&part), read(&stranger)), (200, 403));
        let answer = json!({"number": 1, "result": "favourable", "occurred": "2026-03-05"});
        for (bearer, command, body) in [
            (&stranger, "answer-subprocedure", &answer),
            (&part, "cancel-subprocedure", &json!({"number": 1})),
            (&part, "decide", &json!({"outcome": "granted"})),
            (
                &part,
                "answer-subprocedure",
                &json!({"number": 2, "result": "done"}),
            ),
        ] {
            let refused = send(&office, &filed, bearer, command, body);
            assert_eq!(refused.status, 403, "{command}: {}", refused.body);
        }
        let answered = send(&office, &filed, &part, "answer-subprocedure", &answer);
        assert_eq!(answered.status, 200, "{}", answered.body);
        let again = send(&office, &filed, &part, "answer-subprocedure", &answer);
        let ended = json!("SubprocedureEnded");
        assert_eq!((again.status, &again.json()["code"]), (409, &ended));
        for (command, body, place) in [
            (
                "answer-subprocedure",
                json!({"number": 9, "result": "done"}),
                "/number",
            ),
            (
                "open-subprocedure",
                json!({"unit": "nobody", "name": "x"}),
                "/unit",
            ),
        ] {
            let refused = office.act(&filed, command, &body);
            assert_eq!(refused.status, 422, "{}", refused.body);
            assert_eq!(refused.json()["errors"][0]["pointer"], place);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_sees_the_parts_in_one_line_of_time() {
    both(async |database| {
        let office = Office::open(&database);
        let (filed, opened) = opened(&office);
        let code = filed["code"].as_str().unwrap();
        let wait = format!("?min_position={}", opened["position"]);
        let page = office.server.page(&format!("/t/{code}{wait}"));
        assert!(
            page.contains("<dt lang=\"es-EC\">Informe de linderos</dt>"),
            "{page}"
        );
        assert!(page.contains("Se pidió a"), "{page}");
        let answer = json!({"number": 1, "result": "favourable", "occurred": "2026-03-05"});
        let answered = office.act(&filed, "answer-subprocedure", &answer).json();
        let wait = format!("?min_position={}", answered["position"]);
        let address = format!("/api/v1/procedures/{code}{wait}");
        let public = office.server.get(&address).json();
        assert_eq!(public["unit"]["id"], "obras", "the procedure stays");
        let line = public["timeline"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone();
        assert_eq!(line["unit"], "catastro");
        let details = json!({"subprocedure": 1, "result": "favourable"});
        assert_eq!(line["details"], details);
        assert_eq!(line["label"], "Parte 1: informe favorable");
        let page = office.server.page(&format!("/t/{code}"));
        assert!(
            !page.contains("<dt lang=\"es-EC\">Informe de linderos</dt>"),
            "it is done"
        );
    })
    .await;
}
