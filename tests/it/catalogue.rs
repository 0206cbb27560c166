//! The catalogue: compared, published, in versions; and what it decides about a filing.

use serde_json::{Value, json};

use crate::support::{Database, Kind, Ran, Server, both, chasqui};

const QUITO: &str = "deploy/quito/catalogue.json";

fn file(database: &Database, kind: &str, unit: &str) -> Ran {
    chasqui(database, &["file", "--type", kind, "--unit", unit])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_citys_catalogue_is_published_once() {
    both(async |database| {
        let diff = chasqui(&database, &["catalogue", "diff", QUITO]).exits(1);
        assert!(
            diff.stdout.contains("new type GADDMQ-AG-CAT-33"),
            "{}",
            diff.stdout
        );
        let said = chasqui(&database, &["catalogue", "publish", QUITO])
            .exits(0)
            .stderr;
        assert!(said.contains("published 50 records"), "{said}");
        assert_eq!(
            chasqui(&database, &["catalogue", "diff", QUITO])
                .exits(0)
                .stdout,
            ""
        );
        let again = chasqui(&database, &["catalogue", "publish", QUITO])
            .exits(0)
            .stderr;
        assert!(again.contains("published 0 records"), "{again}");
        let list = chasqui(&database, &["catalogue", "list"]).exits(0).stdout;
        assert_eq!(list.lines().count(), 30);
        let server = Server::start(&database);
        let types = server.get("/api/v1/catalogue/types").json();
        assert_eq!(types["types"].as_array().unwrap().len(), 30);
        assert_eq!(
            server.get("/api/v1/catalogue/units").json()["units"]
                .as_array()
                .unwrap()
                .len(),
            20
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_a_new_version_and_what_runs_keeps_its_own() {
    let database = Database::new(Kind::Sqlite).await;
    chasqui(&database, &["catalogue", "publish", QUITO]).exits(0);
    let old = file(&database, "GADDMQ-IL-CAT-02", "cat")
        .exits(0)
        .stdout
        .trim()
        .to_owned();
    let text = std::fs::read_to_string(crate::support::repository().join(QUITO)).unwrap();
    let mut catalogue: Value = serde_json::from_str(&text).unwrap();
    let types = catalogue["types"].as_array_mut().unwrap();
    let changed = types
        .iter_mut()
        .find(|one| one["id"] == "GADDMQ-IL-CAT-02")
        .unwrap();
    changed["term"] = json!({ "amount": 3, "unit": "business_days" });
    let path = database.data().join("catalogue.json");
    std::fs::write(&path, catalogue.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let diff = chasqui(&database, &["catalogue", "diff", path])
        .exits(1)
        .stdout;
    assert_eq!(diff, "changed type GADDMQ-IL-CAT-02: term\n");
    chasqui(&database, &["catalogue", "publish", path]).exits(0);
    let new = file(&database, "GADDMQ-IL-CAT-02", "cat")
        .exits(0)
        .stdout
        .trim()
        .to_owned();
    let server = Server::start(&database);
    let term = |code: &str| {
        server.get(&format!("/api/v1/procedures/{code}")).json()["deadline"]["term"].clone()
    };
    assert_eq!((term(&old), term(&new)), (json!("30bd"), json!("3bd")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_is_filed_with_a_unit_that_takes_it() {
    let database = Database::new(Kind::Sqlite).await;
    chasqui(&database, &["catalogue", "publish", QUITO]).exits(0);
    let refused = file(&database, "GADDMQ-IL-CAT-02", "amt").exits(1);
    assert!(
        refused.stderr.contains("not filed with amt"),
        "{}",
        refused.stderr
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_catalogue_is_refused_and_publishes_nothing() {
    let database = Database::new(Kind::Sqlite).await;
    let path = database.data().join("catalogue.json");
    let cases = [
        ("[", "is no catalogue"),
        (
            r#"{"units":[],"types":[{"id":"T","name":"T","term":{"amount":3,"unit":"hours"}}]}"#,
            "is no catalogue",
        ),
        (
            r#"{"units":[],"types":[{"id":"T","name":"T","units":["nobody"]}]}"#,
            "nobody",
        ),
        (
            r#"{"units":[{"id":"a","name":"A"},{"id":"a","name":"A"}],"types":[]}"#,
            "twice",
        ),
    ];
    for (text, says) in cases {
        std::fs::write(&path, text).unwrap();
        let ran = chasqui(&database, &["catalogue", "publish", path.to_str().unwrap()]).exits(1);
        assert!(
            ran.stderr.contains(says) && ran.stderr.contains("hint: "),
            "{text}: {}",
            ran.stderr
        );
    }
}
