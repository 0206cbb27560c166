//! Parts that other units do, over HTTP: who may answer, who may read, and what the public sees.

use serde_json::{Value, json};

use super::{Office, address, fresh, key};
use crate::support::both;

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_answered_by_its_unit_and_seen_in_one_line_of_time() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file();
        let open =
            json!({"unit": "catastro", "name": "Informe de linderos", "occurred": "2026-03-04"});
        let opened = office.act(&filed, "open-subprocedure", &open);
        assert_eq!(opened.status, 200, "{}", opened.body);
        let code = filed["code"].as_str().unwrap();
        let wait = format!("?min_position={}", opened.json()["position"]);
        let page = office.server.page(&format!("/t/{code}{wait}"));
        assert!(page.contains("<dt>Informe de linderos</dt>"), "{page}");
        assert!(page.contains("Se pidió a"), "{page}");

        let scopes =
            "answer-subprocedure,open-subprocedure,cancel-subprocedure,decide,read-history";
        let part = key(&database, "catastro", scopes);
        let stranger = key(&database, "ambiente", scopes);
        let send = |bearer: &str, command: &str, body: &Value| {
            let once = fresh();
            let more = [("idempotency-key", &*once)];
            office
                .server
                .command(&address(&filed, command), bearer, &more, body)
        };
        let read = |bearer: &str| {
            let bearer = format!("Bearer {bearer}");
            let path = address(&filed, "events");
            office
                .server
                .get_with(&path, &[("authorization", &bearer)])
                .status
        };
        let answer = json!({"number": 1, "result": "favourable", "occurred": "2026-03-05"});
        assert_eq!((read(&part), read(&stranger)), (200, 403));
        assert_eq!(send(&stranger, "answer-subprocedure", &answer).status, 403);
        // The unit of a part answers for that part, and for nothing else.
        assert_eq!(
            send(&part, "cancel-subprocedure", &json!({"number": 1})).status,
            403
        );
        assert_eq!(
            send(&part, "decide", &json!({"outcome": "granted"})).status,
            403
        );
        assert_eq!(
            send(
                &part,
                "answer-subprocedure",
                &json!({"number": 2, "result": "done"})
            )
            .status,
            403
        );
        let answered = send(&part, "answer-subprocedure", &answer);
        assert_eq!(answered.status, 200, "{}", answered.body);
        let again = send(&part, "answer-subprocedure", &answer);
        assert_eq!(
            (again.status, &again.json()["code"]),
            (409, &json!("SubprocedureEnded"))
        );
        let unknown = office.act(
            &filed,
            "answer-subprocedure",
            &json!({"number": 9, "result": "done"}),
        );
        assert_eq!(
            (unknown.status, &unknown.json()["errors"][0]["pointer"]),
            (422, &json!("/number"))
        );
        let nobody = office.act(
            &filed,
            "open-subprocedure",
            &json!({"unit": "nobody", "name": "x"}),
        );
        assert_eq!(
            (nobody.status, &nobody.json()["errors"][0]["pointer"]),
            (422, &json!("/unit"))
        );

        let wait = format!("?min_position={}", answered.json()["position"]);
        let public = office
            .server
            .get(&format!("/api/v1/procedures/{code}{wait}"))
            .json();
        assert_eq!(public["unit"]["id"], "obras", "the procedure stays");
        let line = public["timeline"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone();
        assert_eq!(line["unit"], "catastro");
        assert_eq!(
            line["details"],
            json!({"subprocedure": 1, "result": "favourable"})
        );
        assert_eq!(line["label"], "Parte 1: informe favorable");
        let page = office.server.page(&format!("/t/{code}"));
        assert!(!page.contains("<dt>Informe de linderos</dt>"), "it is done");
    })
    .await;
}
