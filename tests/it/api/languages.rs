//! What is refused is said in the language of whoever asked: over HTTP by `Accept-Language`, on the command
//! line by the machine's own setting.

use serde_json::{Value, json};

use super::{Office, address, fresh};
use crate::support::{Database, Kind, binary};

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_worded_in_the_language_that_is_liked_best() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database);
    let filed = office.file();
    let ask = |language: &str, command: &str, body: &Value| {
        let once = fresh();
        let more = [
            ("idempotency-key", once.as_str()),
            ("accept-language", language),
        ];
        let path = address(&filed, command);
        office.server.command(&path, &office.key, &more, body)
    };
    for (liked, spoken, words) in [
        ("es-EC, en;q=0.5", "es", "Primero decida."),
        ("en-GB", "en", "Decide first."),
        ("qu, es;q=0.9", "qu", "Ñawpa rimapay. (por validar)"),
        ("fr", "es", "Primero decida."),
    ] {
        let refused = ask(liked, "notify", &json!({}));
        assert_eq!(refused.status, 409);
        let problem = refused.json();
        assert_eq!(
            (&problem["code"], &problem["article"]),
            (&json!("NotDecided"), &json!("COA 164"))
        );
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.ends_with(words), "{liked}: {detail}");
        assert_eq!(refused.header("content-language"), spoken);
        assert!(refused.header("vary").contains("Accept-Language"));
    }
    // The law's arithmetic is worded in the same way, with its place.
    let long = ask(
        "en",
        "extend",
        &json!({"days": 300, "occurred": "2026-03-05"}),
    );
    let problem = long.json();
    assert_eq!(problem["errors"][0]["pointer"], "/days", "{problem}");
    let detail = problem["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.starts_with("Extensions add up to half"), "{detail}");
    // What has no words in another language says in which it is.
    let unknown = ask("en", "transfer", &json!({"to": "nobody"}));
    assert_eq!(unknown.header("content-language"), "es");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_speaks_the_language_of_the_machine() {
    let database = Database::new(Kind::Sqlite).await;
    let office = Office::open(&database);
    let filed = office.file();
    let procedure = filed["procedure"].as_str().unwrap();
    let said = |locale: &str| {
        let mut command = binary::command(&database, &["notify", procedure]);
        let ran = command.env("LC_ALL", locale).output().unwrap();
        assert_eq!(ran.status.code(), Some(1));
        String::from_utf8(ran.stderr).unwrap()
    };
    assert!(said("es_EC.UTF-8").contains("Primero decida."));
    assert!(said("en_US.UTF-8").contains("Decide first."));
    assert!(said("qu_EC").contains("(por validar)"));
    for locale in ["C", "fr_FR.UTF-8"] {
        let text = said(locale);
        assert!(
            text.contains("nothing was decided") && text.contains("COA 164"),
            "{text}"
        );
    }
}
