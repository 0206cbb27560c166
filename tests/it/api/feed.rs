//! The public feed: every event in its place, as pages and as a stream, and nothing private in it.

use std::io::{BufRead, BufReader};
use std::time::Duration;

use serde_json::{Value, json};

use super::{Office, address};
use crate::support::{Database, Kind, both};

/// The whole feed by pages.
fn all(office: &Office) -> Vec<Value> {
    let (mut events, mut from) = (Vec::new(), 0);
    loop {
        let answer = office
            .server
            .get(&format!("/api/v1/events?from={from}&limit=7"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        let page = answer.json();
        let found = page["events"].as_array().unwrap();
        let kept = if found.len() == 7 {
            "public, max-age=3600"
        } else {
            "public, max-age=1"
        };
        assert_eq!(answer.header("cache-control"), kept);
        events.extend(found.iter().cloned());
        from = page["next"].as_u64().unwrap();
        if found.len() < 7 {
            assert_eq!(page["head"], from);
            return events;
        }
    }
}

/// A reader of the stream: the lines `id:` and `data:` of each event.
struct Follower(Box<dyn BufRead>);

impl Follower {
    fn of(office: &Office, last: Option<u64>) -> Self {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut asked = agent.get(format!("{}/api/v1/events/stream", office.server.url));
        if let Some(last) = last {
            asked = asked.header("last-event-id", last.to_string());
        }
        let answer = asked.call().unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self(Box::new(BufReader::new(answer.into_body().into_reader())))
    }

    /// The next event; none at the end of the stream.
    fn next(&mut self) -> Option<Value> {
        let (mut id, mut data) = (None, None);
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim_end().split_once(':') {
                Some(("id", value)) => id = value.trim().parse::<u64>().ok(),
                Some(("data", value)) => data = serde_json::from_str::<Value>(value).ok(),
                _ => {}
            }
            if line == "\n"
                && let (Some(id), Some(data)) = (id, data.take())
            {
                assert_eq!(data["position"], id);
                return Some(data);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_has_every_event_in_its_place_and_nothing_private() {
    both(async |database| {
        let office = Office::open(&database);
        let filed = office.file();
        let done = office
            .act(&filed, "admit", &json!({"occurred": "2026-03-03"}))
            .json();
        let wait = format!("/healthz?min_position={}", done["position"]);
        assert_eq!(office.server.get(&wait).status, 200);
        let events = all(&office);
        for (place, event) in events.iter().enumerate() {
            assert_eq!(event["position"], place);
        }
        let kinds = |kind: &str| events.iter().filter(|event| event["kind"] == kind).count();
        assert_eq!((kinds("log"), kinds("procedure_type")), (1, 1));
        let [filing, admission] = &events[events.len() - 2..] else {
            panic!("two")
        };
        assert_eq!(filing["filing"]["type"], "PERMIT");
        assert_eq!(filing["filing"]["unit"], "obras");
        assert_eq!(filing["details"]["due"]["on"], "2026-03-23");
        assert_eq!(
            (&admission["type"], &admission["sequence"]),
            (&json!("Admitted"), &json!(2))
        );
        assert_eq!(admission["procedure"], filing["procedure"]);
        let text = serde_json::to_string(&events).unwrap();
        let pepper = std::fs::read_to_string(database.data().join("secrets/pepper")).unwrap();
        for private in [
            filed["code"].as_str().unwrap(),
            filed["procedure"].as_str().unwrap(),
            pepper.trim(),
            "pepper_check",
            "performer",
            "\"code\"",
            "key:",
        ] {
            assert!(!text.contains(private), "{private}");
        }
        for bad in ["from=x", "from=-1", "limit=0", "limit=1001", "moon=1"] {
            assert_eq!(
                office.server.get(&format!("/api/v1/events?{bad}")).status,
                422,
                "{bad}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_is_told_of_each_event_once_also_when_it_was_cut_off() {
    both(async |database| {
        let office = Office::open(&database);
        let head = all(&office).len() as u64;
        let mut follower = Follower::of(&office, None);
        let filed = office.file();
        let first = follower.next().unwrap();
        assert_eq!(
            (&first["position"], &first["type"]),
            (&json!(head), &json!("Filed"))
        );
        for (turn, command) in ["admit", "withdraw", "archive"].iter().enumerate() {
            let at = json!({"occurred": format!("2026-03-0{}", turn + 3)});
            assert_eq!(office.act(&filed, command, &at).status, 200);
        }
        assert_eq!(follower.next().unwrap()["type"], "Admitted");
        drop(follower);
        // From where it was; and another one from the beginning.
        let mut again = Follower::of(&office, Some(head + 1));
        assert_eq!(again.next().unwrap()["type"], "Withdrawn");
        assert_eq!(again.next().unwrap()["type"], "Archived");
        let mut whole = Follower::of(&office, Some(0));
        for position in 1..head + 4 {
            assert_eq!(whole.next().unwrap()["position"], position);
        }
        for bad in ["x", "-1", "99999999"] {
            let headers = [("last-event-id", bad)];
            let answer = office.server.get_with("/api/v1/events/stream", &headers);
            assert_eq!(answer.status, 422, "{bad}");
        }
        assert_eq!(office.get(&address(&filed, "events")).json()["version"], 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_told_to_stop_ends_the_streams_and_stops() {
    let database = Database::new(Kind::Sqlite).await;
    let mut office = Office::open(&database);
    let mut followers: Vec<_> = (0..5).map(|_| Follower::of(&office, Some(0))).collect();
    followers
        .iter_mut()
        .for_each(|follower| assert!(follower.next().is_some()));
    office.server.stop();
    for follower in &mut followers {
        while follower.next().is_some() {}
    }
}
