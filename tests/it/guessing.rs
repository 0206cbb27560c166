//! Guessing codes finds nothing, makes the guesser wait, and raises an alarm; nobody else notices.

use chasqui_procedures::TrackingCode;

use crate::support::server::Server;
use crate::support::{Database, Kind, binary};
use crate::views::fill;

/// A server behind a proxy that is trusted, so that a test can be many clients; and its metrics.
fn served(database: &Database) -> (Server, String) {
    let arguments = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--metrics-listen",
        "127.0.0.1:0",
        "--trusted-proxies",
        "127.0.0.0/8",
    ];
    let server = Server::of(binary::command(database, &arguments));
    let metrics = server.said_with("metrics on ");
    server.wait_until_ready();
    (server, metrics)
}

fn guess(number: u64) -> String {
    let mut bytes = [0; 9];
    bytes[1..].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    TrackingCode::from_random(bytes).reveal()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_waits_and_whoever_knows_does_not() {
    let database = Database::new(Kind::Sqlite).await;
    fill(&database, 3);
    let ran = crate::support::chasqui(&database, &["file", "--type", "PERMIT", "--unit", "obras"]);
    let code = ran.exits(0).stdout.trim().to_owned();
    let (server, metrics) = served(&database);
    let from = |client: &str, code: &str| {
        server.get_with(&format!("/t/{code}"), &[("x-forwarded-for", client)])
    };
    let mut waited = false;
    for number in 0..60 {
        let answer = from("192.0.2.7", &guess(number));
        assert!(matches!(answer.status, 404 | 429), "{}", answer.status);
        waited |= answer.status == 429;
        if answer.status == 429 {
            assert!(answer.header("retry-after").parse::<u64>().unwrap() <= 10);
            assert!(
                answer.body.contains("su código sigue siendo válido"),
                "{}",
                answer.body
            );
        }
    }
    assert!(waited, "nobody waited");
    assert_eq!(
        from("192.0.2.7", &code).status,
        429,
        "a guesser waits for every code"
    );
    assert_eq!(from("192.0.2.8", &code).status, 200, "a neighbour does not");
    let alarm = |expected: &str| {
        let numbers = server.get_absolute(&metrics).body;
        assert!(
            numbers.contains(&format!("chasqui_enumeration_alarm {expected}")),
            "{numbers}"
        );
        assert!(
            !numbers.contains("192.0.2") && !numbers.contains(&code),
            "{numbers}"
        );
        numbers
    };
    alarm("0");
    for number in 0..200 {
        from(
            &format!("198.51.{}.{}", number / 20, number),
            &guess(1_000 + number),
        );
    }
    let numbers = alarm("1");
    assert!(
        numbers.contains("chasqui_code_lookups_total{result=\"miss\"}"),
        "{numbers}"
    );
}
