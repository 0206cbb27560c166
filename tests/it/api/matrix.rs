//! Who may do what, asked over HTTP: every role on every address that needs a key.

use serde_json::{Value, json};

use super::{Office, address, fresh, key};
use crate::support::{Database, Kind};

/// The commands that the document of the API names, as their scopes are.
fn commands(office: &Office) -> Vec<String> {
    let document = office.server.get("/openapi.json").json();
    let prefix = "/api/v1/procedures/{procedure}/";
    let mut commands: Vec<String> = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        if let (Some(name), Some(_)) = (path.strip_prefix(prefix), item.get("post")) {
            let scope = match name {
                "person" => "read-person",
                "person/erasure" => "erase-person",
                "person/erasure/confirm" => continue,
                command => command,
            };
            commands.push(scope.to_owned());
        }
    }
    assert!(commands.len() >= 18, "{commands:?}");
    commands
}

/// A body that could be carried out, of a command or of a filing.
fn body(verb: &str) -> Value {
    match verb {
        "file" => json!({"type": "PERMIT", "unit": "obras"}),
        "assign" | "transfer" => json!({"to": "obras"}),
        "step" => json!({"name": "x"}),
        "request-rectification" => json!({"items": [{"requirement": "x"}]}),
        "suspend" | "resume" => json!({"cause": "external_report"}),
        "extend" => json!({"days": 1}),
        "decide" => json!({"outcome": "granted"}),
        "open-subprocedure" => json!({"unit": "catastro", "name": "x"}),
        "answer-subprocedure" => json!({"number": 7, "result": "done"}),
        "cancel-subprocedure" => json!({"number": 7}),
        "correct" => {
            json!({"sequence": 1, "instead": "did_not_happen", "reason": "recorded_twice"})
        }
        "reopen" => json!({"cause": "court_order"}),
        "read-person" => json!({"purpose": "Notificar"}),
        "erase-person" => json!({"basis": "consent_withdrawn"}),
        _ => json!({}),
    }
}

/// What is answered to whoever has this key, or none.
fn asked(office: &Office, filed: &Value, bearer: &str, verb: &str) -> u16 {
    let authorization = format!("Bearer {bearer}");
    let with: &[(&str, &str)] = match bearer {
        "" => &[],
        _ => &[("authorization", &authorization)],
    };
    let get = |path: &str| office.server.get_with(path, with).status;
    let send = |path: &str, body: &Value| {
        let more = [("idempotency-key", &*fresh())];
        office.server.command(path, bearer, &more, body).status
    };
    let post = |path: &str| send(path, &body(verb));
    match verb {
        "file" => post("/api/v1/procedures"),
        "list-procedures" => get("/api/v1/procedures?unit=obras"),
        "read-history" => {
            let history = get(&address(filed, "events"));
            let id = filed["procedure"].as_str().unwrap();
            assert_eq!(get(&format!("/api/v1/procedures/{id}")), history);
            history
        }
        "read-person" => post(&address(filed, "person")),
        "erase-person" => {
            let confirmed = send(&address(filed, "person/erasure/confirm"), &json!({}));
            let requested = post(&address(filed, "person/erasure"));
            assert_eq!(requested, confirmed);
            requested
        }
        command => post(&address(filed, command)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_is_let_in_where_it_may_and_nowhere_else() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database);
    let mut verbs = commands(&office);
    verbs.extend(["read-history", "file", "list-procedures"].map(str::to_owned));
    let filed = office.file();
    let without = |verb: &str| {
        let rest: Vec<&str> = verbs
            .iter()
            .map(String::as_str)
            .filter(|one| *one != verb)
            .collect();
        key(&database, "obras", &rest.join(","))
    };
    let own = key(&database, "obras", &verbs.join(","));
    let other = key(&database, "catastro", &verbs.join(","));
    let ask = |bearer: &str, verb: &str| asked(&office, &filed, bearer, verb);
    // First those who may not: nothing of this changes the procedure.
    for verb in &verbs {
        assert_eq!(ask("", verb), 401, "nobody: {verb}");
        assert_eq!(ask("chq_live_none", verb), 401, "no key: {verb}");
        assert_eq!(ask(&other, verb), 403, "another unit: {verb}");
        assert_eq!(ask(&without(verb), verb), 403, "all but {verb}");
    }
    let history = office.get(&address(&filed, "events")).json();
    assert_eq!(history["version"], 1, "nothing was done");
    // Then the unit itself: what is refused now is refused by the domain.
    for verb in &verbs {
        let status = ask(&own, verb);
        assert!(
            matches!(status, 200 | 201 | 409 | 422),
            "its own: {verb} {status}"
        );
    }
}
