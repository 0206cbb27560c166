//! Persons over HTTP: filed into the vault, read for a purpose, erased by two, and shown who read them.

use serde_json::{Value, json};

use super::{Office, address, fresh, key};
use crate::support::server::Answer;
use crate::support::{Database, Kind, both};

/// Every field, with a mark that is found nowhere else.
fn person() -> Value {
    json!({
        "name": "Qzxana Pérez", "identification": "qzx1712345678", "email": "qzx@example.org",
        "phone": "qzx 099", "address": "qzx calle 1", "note": "qzx nota",
    })
}

fn ask(office: &Office, bearer: &str, path: &str, body: &Value) -> Answer {
    let once = fresh();
    let more = [("idempotency-key", &*once)];
    office.server.command(path, bearer, &more, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_filed_and_read_for_a_purpose_and_sees_who_read_them() {
    both(async |database| {
        let office = Office::open(&database);
        let once = fresh();
        let filing = json!({"type": "PERMIT", "unit": "obras", "person": person()});
        let first = office.post_once("/api/v1/procedures", &once, &filing);
        assert_eq!(first.status, 201, "{}", first.body);
        let again = office
            .post_once("/api/v1/procedures", &once, &filing)
            .json();
        let filed = first.json();
        assert_eq!(again["code"], filed["code"], "sent again it is told again");
        assert!(!first.body.to_lowercase().contains("qzx"));
        let code = filed["code"].as_str().unwrap();
        let wait = format!("/healthz?min_position={}", filed["position"]);
        assert_eq!(office.server.get(&wait).status, 200);
        let readings = format!("/api/v1/procedures/{code}/readings");
        assert_eq!(office.server.get(&readings).json(), json!({"readings": []}));

        let purpose = json!({"purpose": "Notificar la resolución", "fields": ["email", "name"]});
        let read = office.act(&filed, "person", &purpose);
        let known = json!({"name": "Qzxana Pérez", "email": "qzx@example.org"});
        assert_eq!(read.json(), known);
        assert_eq!(read.header("cache-control"), "private, no-store");
        let seen = office.server.get(&readings).json()["readings"].clone();
        assert_eq!(seen[0]["purpose"], "Notificar la resolución");
        assert_eq!(seen[0]["fields"], json!(["name", "email"]));
        assert_eq!(seen.as_array().unwrap().len(), 1);
        let page = office.server.page(&format!("/t/{code}/lecturas"));
        assert!(page.contains("Notificar la resolución") && page.contains("nombre, correo"));
        let page = office.server.page(&format!("/t/{code}"));
        assert!(page.contains("/lecturas"), "the page leads there");

        // Whoever may not, learns nothing, and is not taken for a reader.
        for (bearer, status) in [
            (String::new(), 401),
            (key(&database, "catastro", "read-person"), 403),
            (key(&database, "obras", "read-history,file"), 403),
        ] {
            let refused = ask(&office, &bearer, &address(&filed, "person"), &purpose);
            assert_eq!(refused.status, status, "{}", refused.body);
        }
        for (wrong, place) in [
            (json!({}), ""),
            (json!({"purpose": "a"}), "/purpose"),
            (json!({"purpose": "Llamar al 0991234567"}), "/purpose"),
            (
                json!({"purpose": "Notificar", "fields": ["age"]}),
                "/fields/0",
            ),
        ] {
            let refused = office.act(&filed, "person", &wrong);
            assert_eq!(refused.status, 422, "{}", refused.body);
            assert_eq!(refused.json()["errors"][0]["pointer"], place, "{wrong}");
        }
        let seen = office.server.get(&readings).json()["readings"].clone();
        assert_eq!(seen.as_array().unwrap().len(), 1);
        let nobody = office.file();
        assert_eq!(office.act(&nobody, "person", &purpose).status, 409);
        assert!(
            !office.server.said().to_lowercase().contains("qzx"),
            "no log has it"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_erased_by_two_keys_and_never_by_one() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file_with(person());
        let (ana, luis) = (
            key(&database, "obras", "erase-person"),
            key(&database, "obras", "erase-person"),
        );
        let (request, confirm) = (
            address(&filed, "person/erasure"),
            address(&filed, "person/erasure/confirm"),
        );
        let why = json!({"basis": "consent_withdrawn"});
        let running = ask(&office, &ana, &request, &why);
        assert_eq!(
            (running.status, &running.json()["code"]),
            (409, &json!("PersonNeeded"))
        );
        let why = json!({"basis": "consent_withdrawn", "while_open": true});
        assert_eq!(
            ask(&office, &luis, &confirm, &json!({})).status,
            409,
            "nobody asked"
        );
        assert_eq!(ask(&office, &ana, &request, &why).status, 202);
        let alone = ask(&office, &ana, &confirm, &json!({}));
        assert_eq!(
            (alone.status, &alone.json()["code"]),
            (409, &json!("same_person"))
        );
        let read = json!({"purpose": "Notificar"});
        assert_eq!(
            office.act(&filed, "person", &read).status,
            200,
            "still there"
        );
        let done = ask(&office, &luis, &confirm, &json!({}));
        assert_eq!(done.status, 200, "{}", done.body);
        let (requested, confirmed) = (&done.json()["requested_by"], &done.json()["confirmed_by"]);
        assert!(requested != confirmed, "{}", done.body);
        let gone = office.act(&filed, "person", &read);
        assert_eq!(
            (gone.status, &gone.json()["code"]),
            (410, &json!("person_erased"))
        );
        let history = office.get(&address(&filed, "events")).json();
        let last = history["events"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone();
        assert_eq!(last["type"], "PersonErased");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_person_is_told_and_not_repeated() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database);
    for wrong in [
        json!("qzx"),
        json!(["qzx"]),
        json!({"name": 4711, "phone": "qzx"}),
        json!({"name": "Ana", "qzx": 1}),
        json!({"phone": "qzx"}),
        json!({"name": "qzx\u{202e}"}),
        json!({"name": "qzx".repeat(100)}),
    ] {
        let body = json!({"type": "PERMIT", "unit": "obras", "person": wrong});
        let refused = office.post("/api/v1/procedures", &body);
        assert_eq!(refused.status, 422, "{}", refused.body);
        let place = refused.json()["errors"][0]["pointer"].to_string();
        assert!(place.starts_with("\"/person"), "{place}");
        let told = refused.body.to_lowercase() + &office.server.said().to_lowercase();
        assert!(!told.contains("qzx") && !told.contains("4711"), "{told}");
    }
}
