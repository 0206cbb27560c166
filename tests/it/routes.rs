//! Every address in one table: who may ask, what it refuses, how long its answer may be kept. An address
//! that is not in it fails the test, and so does a line whose address is gone.

use std::collections::BTreeSet;

use serde_json::json;

use crate::api::{Office, fresh};
use crate::support::{Database, Kind, repository};
use crate::verify::sealed;

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    /// Anybody.
    Public,
    /// Whoever has the code.
    Code,
    /// Whoever has a key that may.
    Key,
}
use Who::{Code, Key, Public};

struct Line {
    method: &'static str,
    /// As the router has it.
    route: &'static str,
    who: Who,
    /// An address that is answered; `CODE` and `ID` stand for a procedure's.
    good: &'static str,
    status: u16,
    cache: &'static str,
    /// An address that is refused, and how; the body of a refused command is empty.
    bad: &'static str,
    refused: u16,
}

#[rustfmt::skip]
const TABLE: &[Line] = &[
    Line { method: "GET", route: "/", who: Public, good: "/", status: 200, cache: "public, max-age=60", bad: "/?min_position=x", refused: 422 },
    Line { method: "GET", route: "/t", who: Public, good: "/t?codigo=CODE", status: 303, cache: "no-store", bad: "/t?codigo=NADA", refused: 400 },
    Line { method: "GET", route: "/t/{code}", who: Code, good: "/t/CODE", status: 200, cache: "private, no-cache", bad: "/t/NADA", refused: 400 },
    Line { method: "GET", route: "/T/{code}", who: Code, good: "/T/CODE", status: 200, cache: "private, no-cache", bad: "/T/NADA", refused: 400 },
    Line { method: "GET", route: "/t/{code}/silencio", who: Code, good: "/t/CODE/silencio", status: 404, cache: "no-store", bad: "/t/NADA/silencio", refused: 400 },
    Line { method: "GET", route: "/t/{code}/comprobante", who: Code, good: "/t/CODE/comprobante", status: 200, cache: "private, no-store", bad: "/t/NADA/comprobante", refused: 400 },
    Line { method: "GET", route: "/t/{code}/recibo/{file}", who: Code, good: "/t/CODE/recibo/historial.json", status: 200, cache: "private, no-store", bad: "/t/NADA/recibo/1.tlog-proof", refused: 400 },
    Line { method: "GET", route: "/t/{code}/badge.svg", who: Code, good: "/t/CODE/badge.svg", status: 200, cache: "private, max-age=60", bad: "/t/NADA/badge.svg", refused: 400 },
    Line { method: "GET", route: "/t/{code}/lecturas", who: Code, good: "/t/CODE/lecturas", status: 200, cache: "private, no-store", bad: "/t/NADA/lecturas", refused: 400 },
    Line { method: "GET", route: "/api/v1/procedures/{procedure}/readings", who: Code, good: "/api/v1/procedures/CODE/readings", status: 200, cache: "private, no-store", bad: "/api/v1/procedures/NADA/readings", refused: 400 },
    Line { method: "GET", route: "/tramites", who: Public, good: "/tramites", status: 200, cache: "public, max-age=60", bad: "/tramites?min_position=x", refused: 422 },
    Line { method: "GET", route: "/tramites/{type}", who: Public, good: "/tramites/PERMIT", status: 200, cache: "public, max-age=60", bad: "/tramites/NADA", refused: 404 },
    Line { method: "GET", route: "/privacidad", who: Public, good: "/privacidad", status: 200, cache: "public, max-age=300", bad: "/privacidad?min_position=x", refused: 422 },
    Line { method: "GET", route: "/accesibilidad", who: Public, good: "/accesibilidad", status: 200, cache: "public, max-age=300", bad: "/accesibilidad?min_position=x", refused: 422 },
    Line { method: "GET", route: "/indicadores", who: Public, good: "/indicadores", status: 200, cache: "public, max-age=60", bad: "/indicadores?from=x", refused: 422 },
    Line { method: "GET", route: "/calculadora", who: Public, good: "/calculadora", status: 200, cache: "public, max-age=60", bad: "/calculadora?min_position=x", refused: 422 },
    Line { method: "GET", route: "/verificar", who: Public, good: "/verificar", status: 200, cache: "public, max-age=300", bad: "/verificar?min_position=x", refused: 422 },
    Line { method: "GET", route: "/api/v1/procedures/{procedure}", who: Code, good: "/api/v1/procedures/CODE", status: 200, cache: "private, no-cache", bad: "/api/v1/procedures/NADA", refused: 400 },
    Line { method: "GET", route: "/api/v1/procedures", who: Key, good: "/api/v1/procedures", status: 200, cache: "private, no-store", bad: "/api/v1/procedures?limit=0", refused: 422 },
    Line { method: "POST", route: "/api/v1/procedures", who: Key, good: "/api/v1/procedures", status: 201, cache: "no-store", bad: "/api/v1/procedures", refused: 422 },
    Line { method: "GET", route: "/api/v1/procedures/{procedure}/events", who: Key, good: "/api/v1/procedures/ID/events", status: 200, cache: "private, no-store", bad: "/api/v1/procedures/x/events", refused: 404 },
    Line { method: "POST", route: "/api/v1/procedures/{procedure}/person", who: Key, good: "/api/v1/procedures/ID/person", status: 200, cache: "private, no-store", bad: "/api/v1/procedures/ID/person", refused: 422 },
    Line { method: "POST", route: "/api/v1/procedures/{procedure}/person/erasure", who: Key, good: "/api/v1/procedures/ID/person/erasure", status: 409, cache: "no-store", bad: "/api/v1/procedures/ID/person/erasure", refused: 422 },
    Line { method: "POST", route: "/api/v1/procedures/{procedure}/person/erasure/confirm", who: Key, good: "/api/v1/procedures/ID/person/erasure/confirm", status: 409, cache: "no-store", bad: "/api/v1/procedures/x/person/erasure/confirm", refused: 404 },
    Line { method: "POST", route: "/api/v1/procedures/{procedure}/{command}", who: Key, good: "/api/v1/procedures/ID/step", status: 200, cache: "no-store", bad: "/api/v1/procedures/ID/step", refused: 422 },
    Line { method: "POST", route: "/api/v1/deadlines", who: Public, good: "/api/v1/deadlines", status: 200, cache: "no-store", bad: "/api/v1/deadlines", refused: 422 },
    Line { method: "GET", route: "/api/v1/catalogue/types", who: Public, good: "/api/v1/catalogue/types", status: 200, cache: "public, max-age=300", bad: "/api/v1/catalogue/types?min_position=x", refused: 422 },
    Line { method: "GET", route: "/api/v1/catalogue/units", who: Public, good: "/api/v1/catalogue/units", status: 200, cache: "public, max-age=300", bad: "/api/v1/catalogue/units?min_position=x", refused: 422 },
    Line { method: "GET", route: "/api/v1/catalogue/calendars", who: Public, good: "/api/v1/catalogue/calendars", status: 200, cache: "public, max-age=300", bad: "/api/v1/catalogue/calendars?year=x", refused: 422 },
    Line { method: "GET", route: "/api/v1/catalogue/calendars/{id}", who: Public, good: "/api/v1/catalogue/calendars/EC", status: 200, cache: "public, max-age=300", bad: "/api/v1/catalogue/calendars/XX", refused: 404 },
    Line { method: "GET", route: "/api/v1/indicators", who: Public, good: "/api/v1/indicators", status: 200, cache: "public, max-age=60", bad: "/api/v1/indicators?to=x", refused: 422 },
    Line { method: "GET", route: "/api/v1/indicators/{id}", who: Public, good: "/api/v1/indicators/HI-01", status: 200, cache: "public, max-age=60", bad: "/api/v1/indicators/XX", refused: 404 },
    Line { method: "GET", route: "/api/v1/events", who: Public, good: "/api/v1/events?limit=1", status: 200, cache: "public, max-age=3600", bad: "/api/v1/events?limit=0", refused: 422 },
    Line { method: "GET", route: "/api/v1/me", who: Key, good: "/api/v1/me", status: 200, cache: "no-store", bad: "/api/v1/me?min_position=x", refused: 422 },
    Line { method: "GET", route: "/log/checkpoint", who: Public, good: "/log/checkpoint", status: 200, cache: "public, max-age=5", bad: "/log/checkpoint?min_position=x", refused: 422 },
    Line { method: "GET", route: "/log/policy", who: Public, good: "/log/policy", status: 200, cache: "public, max-age=300", bad: "/log/policy?min_position=x", refused: 422 },
    Line { method: "GET", route: "/log/vkey", who: Public, good: "/log/vkey", status: 200, cache: "public, max-age=300", bad: "/log/vkey?min_position=x", refused: 422 },
    Line { method: "GET", route: "/log/tile/{*path}", who: Public, good: "/log/tile/0/000.p/1", status: 200, cache: "public, max-age=31536000, immutable", bad: "/log/tile/0/x999/000", refused: 404 },
    Line { method: "GET", route: "/openapi.json", who: Public, good: "/openapi.json", status: 200, cache: "public, max-age=300", bad: "/openapi.json?min_position=x", refused: 422 },
    Line { method: "GET", route: "/healthz", who: Public, good: "/healthz", status: 200, cache: "no-store", bad: "/healthz?min_position=x", refused: 422 },
    Line { method: "GET", route: "/readyz", who: Public, good: "/readyz", status: 200, cache: "no-store", bad: "/readyz?min_position=x", refused: 422 },
];

/// What the table cannot ask because its answer does not end. The list may only shrink.
const ELSEWHERE: [&str; 1] = ["/api/v1/events/stream"];

/// The addresses that the router has, as its source says.
fn routed() -> BTreeSet<String> {
    let source = repository().join("services/web/src/routes.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let after = source.split(".route(").skip(1);
    after
        .map(|rest| rest.split('"').nth(1).unwrap().to_owned())
        .collect()
}

#[test]
fn every_address_stands_in_the_table_and_the_table_has_no_other() {
    let mut table: BTreeSet<String> = TABLE.iter().map(|line| line.route.to_owned()).collect();
    table.extend(ELSEWHERE.map(str::to_owned));
    assert_eq!(routed(), table);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_is_open_to_whom_it_should_be_refuses_nonsense_and_says_how_long_it_is_kept()
{
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::with_log(&database);
    let filed = office.file_with(json!({"name": "Ana"}));
    let wait = format!("/healthz?min_position={}", filed["position"]);
    assert_eq!(office.server.get(&wait).status, 200);
    sealed(&office, filed["position"].as_u64().unwrap());
    let (code, id) = (
        filed["code"].as_str().unwrap(),
        filed["procedure"].as_str().unwrap(),
    );
    for line in TABLE {
        let body = match line.route {
            "/api/v1/procedures" => json!({"type": "PERMIT", "unit": "obras"}),
            "/api/v1/procedures/{procedure}/person" => json!({"purpose": "Notificar"}),
            "/api/v1/procedures/{procedure}/person/erasure" => json!({"basis": "legal_order"}),
            "/api/v1/procedures/{procedure}/person/erasure/confirm" => json!({}),
            "/api/v1/deadlines" => {
                json!({"trigger_date": "2026-03-02", "term": {"amount": 3, "unit": "business_days"}})
            }
            _ => json!({"name": "Informe"}),
        };
        let ask = |address: &str, key: &str, body| {
            let address = address.replace("CODE", code).replace("ID", id);
            if line.method == "POST" {
                let more = [("idempotency-key", &*fresh())];
                return office.server.command(&address, key, &more, body);
            }
            let bearer = format!("Bearer {key}");
            let headers = [("authorization", bearer.as_str())];
            let headers = &headers[usize::from(key.is_empty())..];
            office.server.get_with(&address, headers)
        };
        let name = format!("{} {}", line.method, line.route);
        let key = if line.who == Key {
            office.key.as_str()
        } else {
            ""
        };
        let answer = ask(line.good, key, &body);
        assert_eq!(answer.status, line.status, "{name}: {}", answer.body);
        assert_eq!(answer.header("cache-control"), line.cache, "{name}");
        if line.who == Key {
            assert_eq!(
                ask(line.good, "", &body).status,
                401,
                "{name} without a key"
            );
        }
        let refused = ask(line.bad, key, &json!({}));
        assert_eq!(refused.status, line.refused, "{name}: {}", refused.body);
        assert_eq!(
            refused.header("cache-control"),
            "no-store",
            "{name}, refused"
        );
        let of_api = line.route.starts_with("/api/");
        let kind = if of_api {
            "application/problem+json"
        } else {
            ""
        };
        assert!(refused.header("content-type").starts_with(kind), "{name}");
    }
}
