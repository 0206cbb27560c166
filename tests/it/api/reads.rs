//! What an office reads: its procedures, and whole histories.

use serde_json::{Value, json};

use super::{Office, address, key};
use crate::support::{Database, Kind, both};

fn ids(page: &Value) -> Vec<&str> {
    let procedures = page["procedures"].as_array().unwrap().iter();
    procedures.map(|one| one["id"].as_str().unwrap()).collect()
}

/// The identities on all pages of a list.
fn leafed(office: &Office, query: &str) -> Vec<String> {
    let (mut seen, mut next) = (Vec::new(), query.to_owned());
    for _ in 0..20 {
        let answer = office.get(&format!("/api/v1/procedures?{next}"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("cache-control"), "private, no-store");
        let page = answer.json();
        assert!(ids(&page).len() <= 3);
        seen.extend(ids(&page).iter().map(|id| (*id).to_owned()));
        let Some(cursor) = page["next"].as_str() else {
            assert_eq!(answer.header("link"), "");
            return seen;
        };
        let link = answer.header("link");
        assert!(
            link.contains("rel=\"next\"") && link.contains(cursor),
            "{link}"
        );
        let (address, _) = link[1..].split_once('>').unwrap();
        next = address.split_once('?').unwrap().1.to_owned();
    }
    panic!("the list does not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_a_page_at_a_time_and_has_everything_once() {
    both(async |database| {
        let office = Office::open(&database);
        let mut mine = Vec::new();
        let mut last = Value::Null;
        for _ in 0..7 {
            let filed = office.file();
            mine.push(filed["procedure"].as_str().unwrap().to_owned());
            last = filed;
        }
        let moved = office
            .act(
                &last,
                "transfer",
                &json!({"to": "catastro", "occurred": "2026-03-03"}),
            )
            .json();
        let wait = format!("min_position={}", moved["position"]);
        let seen = leafed(&office, &format!("unit=obras&type=PERMIT&limit=3&{wait}"));
        for (place, id) in mine.iter().enumerate() {
            let times = seen.iter().filter(|one| *one == id).count();
            assert_eq!(times, usize::from(place < 6), "{id}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_one_unit_lists_and_finds_what_is_with_that_unit() {
    both(async |database| {
        let office = Office::open(&database);
        let (there, here) = (office.file(), office.file());
        let to = json!({"to": "catastro", "occurred": "2026-03-03"});
        let moved = office.act(&here, "transfer", &to).json();
        let [there, mine] = [&there, &here].map(|one| one["procedure"].as_str().unwrap());
        let wait = format!("min_position={}", moved["position"]);
        let of_catastro = key(&database, "catastro", "list-procedures");
        let bearer = format!("Bearer {of_catastro}");
        let get = |query: &str| {
            let path = format!("/api/v1/procedures{query}");
            office.server.get_with(&path, &[("authorization", &bearer)])
        };
        let own = get(&format!("?limit=200&{wait}")).json();
        assert!(ids(&own).contains(&mine), "its unit need not be said");
        let units = own["procedures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["unit"]);
        assert!(units.into_iter().all(|unit| unit == "catastro"));
        assert_eq!(get("?unit=obras").status, 403);
        assert_eq!(get(&format!("?q={there}")).json()["procedures"], json!([]));
        assert_eq!(ids(&get(&format!("?q={mine}")).json()), [mine]);
        let code = here["code"].as_str().unwrap();
        assert_eq!(ids(&get(&format!("?q={code}")).json()), [mine]);
        let overdue = get("?standing=overdue&limit=200").json();
        let page = overdue["procedures"].as_array().unwrap();
        assert!(page.iter().any(|one| one["id"] == mine));
        assert!(page.iter().all(|one| one["standing"] == "overdue"));
        for bad in [
            "?limit=0",
            "?limit=999",
            "?stage=x",
            "?standing=x",
            "?cursor=x",
            "?unit=a%20b",
            "?q=x",
        ] {
            assert_eq!(get(bad).status, 422, "{bad}");
        }
        assert_eq!(get("?moon=1").status, 422);
        assert_eq!(office.server.get("/api/v1/procedures").status, 401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_history_says_who_asked_for_what_and_has_no_code() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file();
        office.act(&filed, "admit", &json!({"occurred": "2026-03-03"}));
        let answer = office.get(&address(&filed, "events"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("etag"), "\"2\"");
        let history = answer.json();
        let first = &history["events"][0];
        assert_eq!(first["entry"]["event"]["Filed"]["unit"], "obras");
        assert!(first["by"].as_str().unwrap().starts_with("key:"));
        assert!(!answer.body.contains("\"code\""), "not even its keyed hash");
        let now = office.get(&format!(
            "/api/v1/procedures/{}",
            filed["procedure"].as_str().unwrap()
        ));
        assert_eq!(now.header("etag"), "\"2\"");
        assert_eq!(
            (&now.json()["stage"], &now.json()["version"]),
            (&json!("in_review"), &json!(2))
        );
        let then = first["recorded_at"].as_str().unwrap();
        let past = office
            .get(&format!("{}?as_known_at={then}", address(&filed, "events")))
            .json();
        assert_eq!(past["version"], 1);
        let before = office.get(&format!(
            "{}?as_known_at=2020-01-01",
            address(&filed, "events")
        ));
        assert_eq!(before.json()["code"], "unknown_procedure");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_what_is_still_to_come_waits_and_is_told_so() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database);
    let answer = office
        .server
        .get("/api/v1/catalogue/units?min_position=100000000");
    assert_eq!((answer.status, answer.header("retry-after")), (503, "1"));
    assert_eq!(answer.json()["code"], "views_behind");
    assert_eq!(
        office
            .server
            .get("/api/v1/indicators?min_position=x")
            .status,
        422
    );
    assert_eq!(office.server.get("/?min_position=0").status, 200);
}
