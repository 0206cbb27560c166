//! API keys: made and revoked on the command line, presented over HTTP, never stored, and never telling
//! why they do not open.

use std::time::{Duration, Instant};

use chasqui_commands::authorise::{Actor, ApiKey, Environment, Refusal, Verb, authorise};
use chasqui_commands::{Commands, OpenLog, Recalled, Secrets};
use chasqui_procedures::catalogue::Unit;
use chasqui_procedures::text::Label;
use chasqui_store::{ApiKeyRow, Store};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::support::{Database, Server, both, chasqui};

/// A real log with two units, as `serve` and `key` will find it.
async fn opened(database: &Database) -> (Commands, Store) {
    let pepper = database.data().join("secrets/pepper");
    std::fs::create_dir_all(pepper.parent().unwrap()).unwrap();
    std::fs::write(&pepper, "07".repeat(32)).unwrap();
    let store = database.open().await;
    let log = OpenLog {
        entity: Label::parse("Municipio").unwrap(),
        zone: "America/Guayaquil".to_owned(),
        synthetic: false,
    };
    let commands = Commands::open(store.clone(), Secrets::new([7; 32]), &log)
        .await
        .unwrap();
    for id in ["obras", "catastro"] {
        let unit = Unit::new(id.parse().unwrap(), Label::parse(id).unwrap());
        commands.publish_unit(&unit).await.unwrap();
    }
    (commands, store)
}

fn create(database: &Database, more: &[&str]) -> Value {
    let arguments = [&["key", "create", "--json"][..], more].concat();
    chasqui(database, &arguments).exits(0).json()
}

fn listed(database: &Database) -> Vec<Value> {
    let ran = chasqui(database, &["key", "list", "--json"]).exits(0);
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_shown_once_and_kept_nowhere() {
    both(async |database| {
        let (_, store) = opened(&database).await;
        let mut command = crate::support::binary::command(
            &database,
            &[
                "key",
                "create",
                "--unit",
                "catastro",
                "--scopes",
                "file,step,decide",
            ],
        );
        let ran = crate::support::binary::run(command.env("CHASQUI_LOG", "trace")).exits(0);
        let key = ran.stdout.trim_end();
        assert_eq!(ran.stdout, format!("{key}\n"), "nothing else is printed");
        let parsed = ApiKey::parse(key).expect("a key, its check included");
        let secret = key.rsplit('_').next().unwrap();
        assert!(!ran.stderr.contains(secret), "nor said");
        assert!(ran.stderr.contains("shown this once"), "{}", ran.stderr);
        let list = chasqui(&database, &["key", "list"]).exits(0).stdout;
        assert!(list.contains(parsed.id().as_str()) && list.contains("file step decide"));
        assert!(!list.contains(secret));
        let row = &store.api_keys().await.unwrap()[0];
        assert_eq!(row.secret_sha256, parsed.digest(), "the digest alone");
        assert!(!format!("{row:?}").contains(secret));
        // What a served request says of itself, at the finest level, does not have it either.
        let mut command = crate::support::binary::command(
            &database,
            &["serve", "--listen", "127.0.0.1:0", "--log", "trace"],
        );
        command.env("RUST_BACKTRACE", "1");
        let server = Server::of(command);
        let bearer = format!("Bearer {key}");
        let answer = server.get_with("/api/v1/me", &[("authorization", &bearer)]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.body.contains(secret));
        assert!(!server.said().contains(secret));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_may_ask_what_it_may() {
    both(async |database| {
        opened(&database).await;
        let expires = jiff::Zoned::now().date() + 400.days();
        let made = create(
            &database,
            &[
                "--unit",
                "catastro",
                "--scopes",
                "file,decide",
                "--expires",
                &expires.to_string(),
                "--label",
                "Sistema de catastro",
            ],
        );
        assert_eq!(made["unit"], "catastro");
        assert_eq!(made["scopes"], json!(["file", "decide"]));
        assert_eq!(
            made["expires_at"],
            format!("{expires}T05:00:00Z"),
            "the day begins in Quito"
        );
        let server = Server::starting(&database);
        let bearer = format!("bearer {}", text(&made["key"]));
        let answer = server.get_with("/api/v1/me", &[("Authorization", &bearer)]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("vary"), "Authorization");
        let me = answer.json();
        assert_eq!(me["actor"], format!("key:{}", text(&made["id"])));
        assert_eq!(me["unit"], "catastro");
        assert_eq!(me["scopes"], json!(["file", "decide"]));
        for field in ["id", "label", "environment", "created_at", "expires_at"] {
            assert_eq!(me["key"][field], made[field], "{field}");
        }
        assert_eq!(me["key"]["environment"], "live");
        let all = create(&database, &["--whole-municipality", "--scopes", "all"]);
        let bearer = format!("Bearer {}", text(&all["key"]));
        let me = server
            .get_with("/api/v1/me", &[("Authorization", &bearer)])
            .json();
        assert_eq!(me["unit"], Value::Null);
        assert_eq!(me["scopes"].as_array().unwrap().len(), Verb::ALL.len());
    })
    .await;
}

/// Everything that does not open, by what it is.
async fn what_opens_nothing(commands: &Commands, store: &Store) -> Vec<(&'static str, String)> {
    let now = commands.clock().now();
    let hours = SignedDuration::from_hours;
    let add = async |environment, change: fn(&mut ApiKeyRow, Timestamp)| {
        let key = ApiKey::random(environment).unwrap();
        let mut row = ApiKeyRow {
            id: key.id().to_string(),
            environment: environment.to_string(),
            secret_sha256: key.digest(),
            label: key.id().to_string(),
            unit: "catastro".to_owned(),
            scopes: "file".to_owned(),
            created_at: now - hours(48),
            expires_at: now + hours(48),
            revoked_at: None,
        };
        change(&mut row, now);
        assert!(store.add_api_key(&row, 9).await.unwrap());
        key.reveal().to_string()
    };
    let live = Environment::Live;
    let good = add(live, |_, _| {}).await;
    assert!(commands.authenticate(&good).await.is_ok());
    let mut mistyped = good.clone();
    let last = mistyped.pop().unwrap();
    mistyped.push(if last == '0' { '1' } else { '0' });
    let unknown = ApiKey::random(live).unwrap().reveal().to_string();
    vec![
        ("expired", add(live, |row, now| row.expires_at = now).await),
        (
            "revoked",
            add(live, |row, now| row.revoked_at = Some(now)).await,
        ),
        ("unknown", unknown),
        (
            "of another secret",
            add(live, |row, _| row.secret_sha256[31] ^= 1).await,
        ),
        (
            "of another deployment",
            add(Environment::Demo, |_, _| {}).await,
        ),
        (
            "of a deployment changed by hand",
            add(Environment::Demo, |row, _| {
                row.environment = "live".to_owned();
            })
            .await,
        ),
        (
            "unreadable",
            add(live, |row, _| row.environment = "moon".to_owned()).await,
        ),
        ("mistyped", mistyped),
        ("cut off", good[..40].to_owned()),
        ("shouted", good.to_uppercase()),
        ("followed by more", format!("{good}x")),
        ("long", "x".repeat(4_000)),
        ("nonsense", "x".to_owned()),
        ("nothing", String::new()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_open_is_told_by_one_answer() {
    both(async |database| {
        let (commands, store) = opened(&database).await;
        let server = Server::starting(&database);
        let shut = what_opens_nothing(&commands, &store).await;
        let mut answers = Vec::new();
        let mut ask = |what: &str, headers: &[(&str, &str)]| {
            let answer = server.get_with("/api/v1/me", headers);
            answers.push((what.to_owned(), answer));
        };
        for (what, key) in &shut {
            ask(what, &[("Authorization", &format!("Bearer {key}"))]);
        }
        ask("another scheme", &[("Authorization", "Basic eDp5")]);
        ask("no scheme", &[("Authorization", "chq_live_x")]);
        let good = create(&database, &["--unit", "obras", "--scopes", "file"]);
        let good = format!("Bearer {}", text(&good["key"]));
        ask(
            "two at once",
            &[("Authorization", &good), ("Authorization", &good)],
        );
        for (what, answer) in &answers {
            assert_eq!(answer.status, 401, "{what}: {}", answer.body);
            let (_, first) = &answers[0];
            assert_eq!(answer.body, first.body, "{what}");
            assert_eq!(answer.headers_but_date(), first.headers_but_date());
        }
        let (_, answer) = &answers[0];
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer realm=\"chasqui\", error=\"invalid_token\""
        );
        let problem = answer.json();
        assert_eq!(problem["code"], "key_opens_nothing");
        assert_eq!(
            (problem["status"].as_u64(), &problem["type"]),
            (Some(401), &json!("/problemas/key_opens_nothing"))
        );
        // Whoever presents nothing is told to present something.
        let answer = server.get("/api/v1/me");
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (401, &json!("needs_key"))
        );
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer realm=\"chasqui\""
        );
        // What is public stays so for whoever presents no key.
        assert_eq!(server.get("/api/v1/indicators").status, 200);
    })
    .await;
}

/// A way that looks nothing up would answer ten times as fast. The quickest of many rounds is what the
/// work itself takes, without what else the machine does.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_open_takes_as_long_whatever_it_is() {
    const ROUNDS: usize = 200;
    both(async |database| {
        let (commands, store) = opened(&database).await;
        let shut = what_opens_nothing(&commands, &store).await;
        let mut quickest = vec![Duration::MAX; shut.len()];
        for _ in 0..ROUNDS {
            for ((what, key), quickest) in shut.iter().zip(&mut quickest) {
                let start = Instant::now();
                let opened = commands.authenticate(key).await;
                *quickest = start.elapsed().min(*quickest);
                assert!(opened.is_err(), "{what}");
            }
        }
        for ((what, _), quickest) in shut.iter().zip(&quickest) {
            eprintln!("{what}: {quickest:?}");
        }
        let (least, most) = (quickest.iter().min(), quickest.iter().max());
        let (least, most) = (*least.unwrap(), *most.unwrap());
        assert!(most < least * 3, "{least:?} to {most:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_put_in_anothers_place_without_an_interruption() {
    both(async |database| {
        opened(&database).await;
        let make = ["--unit", "catastro", "--scopes", "file"];
        let (old, new) = (create(&database, &make), create(&database, &make));
        let server = Server::starting(&database);
        let opens = |key: &Value| {
            let bearer = format!("Bearer {}", text(&key["key"]));
            server
                .get_with("/api/v1/me", &[("Authorization", &bearer)])
                .status
                == 200
        };
        assert!(opens(&old) && opens(&new));
        let arguments = [&["key", "create"][..], &make].concat();
        let third = chasqui(&database, &arguments).exits(1);
        assert!(
            third.stderr.contains("has 2 active keys already"),
            "{}",
            third.stderr
        );
        assert_eq!(third.stdout, "");
        // Another unit, and another system of the same one, have their own two.
        create(&database, &["--unit", "obras", "--scopes", "file"]);
        create(&database, &[&make[..], &["--label", "Ventanilla"]].concat());
        let revoked = chasqui(&database, &["key", "revoke", text(&old["id"]), "--json"]).exits(0);
        assert_eq!(revoked.json()["state"], "revoked");
        assert!(!opens(&old), "at once");
        assert!(opens(&new));
        let newest = create(&database, &make);
        // One that became known may be revoked by its whole text.
        chasqui(&database, &["key", "revoke", text(&new["key"])]).exits(0);
        assert!(!opens(&new) && opens(&newest));
        let again = chasqui(&database, &["key", "revoke", text(&old["id"]), "--json"]).exits(0);
        assert_eq!(again.json()["revoked_at"], revoked.json()["revoked_at"]);
        let states = listed(&database)
            .into_iter()
            .filter_map(|key| (key["label"] == "catastro").then(|| text(&key["state"]).to_owned()));
        assert_eq!(
            states.collect::<Vec<_>>(),
            ["revoked", "revoked", "active"],
            "by age"
        );
        chasqui(&database, &["key", "revoke", "0000000000"]).exits(1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_one_unit_never_acts_on_what_is_with_another() {
    both(async |database| {
        let (commands, _) = opened(&database).await;
        let made = create(&database, &["--unit", "catastro", "--scopes", "all"]);
        let actor = commands.authenticate(text(&made["key"])).await.unwrap();
        let (own, other) = ("catastro".parse().unwrap(), "obras".parse().unwrap());
        for verb in Verb::ALL.iter().copied() {
            let may = made["scopes"]
                .as_array()
                .unwrap()
                .contains(&json!(verb.name()));
            assert_eq!(authorise(&actor, verb, Some(&own)).is_ok(), may, "{verb}");
            let refused = authorise(&actor, verb, Some(&other)).unwrap_err();
            let expected = if may {
                Refusal::OtherUnit { verb }
            } else {
                Refusal::OutOfScope { verb }
            };
            assert_eq!(refused, expected);
            assert!(authorise(&actor, verb, None).is_err(), "{verb}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_cannot_be_made_is_refused_with_what_to_do() {
    both(async |database| {
        opened(&database).await;
        let far = "2199-01-01";
        let wrong: [(&[&str], i32, &str); 9] = [
            (&["--scopes", "file"], 2, "--unit"),
            (&["--unit", "obras"], 2, "--scopes"),
            (&["--unit", "obras", "--scopes", "fly"], 2, "--help"),
            (&["--unit", "obras", "--scopes", ","], 2, "--help"),
            (&["--unit", "a b", "--scopes", "file"], 2, "--unit"),
            (
                &["--unit", "obras", "--scopes", "publish-type"],
                2,
                "--whole-municipality",
            ),
            (
                &["--unit", "obras", "--scopes", "file", "--expires", far],
                2,
                "731",
            ),
            (
                &[
                    "--unit",
                    "obras",
                    "--scopes",
                    "file",
                    "--expires",
                    "2020-01-01",
                ],
                2,
                "to come",
            ),
            (&["--unit", "nowhere", "--scopes", "file"], 1, "catalogue"),
        ];
        for (arguments, code, hint) in wrong {
            let arguments = [&["key", "create"], arguments].concat();
            let ran = chasqui(&database, &arguments).exits(code);
            assert_eq!(ran.stdout, "", "{arguments:?}");
            assert!(ran.stderr.contains(hint), "{arguments:?}: {}", ran.stderr);
        }
        assert_eq!(listed(&database), [] as [Value; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_known_again_by_who_sent_what_under_which_key() {
    both(async |database| {
        let (commands, store) = opened(&database).await;
        let make = ["--unit", "catastro", "--scopes", "file"];
        let [a, b] = [create(&database, &make), create(&database, &make)];
        let a = commands.authenticate(text(&a["key"])).await.unwrap();
        let b = commands.authenticate(text(&b["key"])).await.unwrap();
        let (key, body) = ("1712345678-solicitud", r#"{"name":"Rosa"}"#);
        let once = |actor: &Actor, key: &str, body: &str| {
            commands.once(actor, key, &["POST", "/api/v1/procedures", body])
        };
        let first = once(&a, key, body).unwrap();
        assert_eq!(commands.recall(&first).await.unwrap(), Recalled::New);
        let block = vec![crate::store::append("x", 0, &["1"])];
        let acknowledgement = first.clone().acknowledge(201, "{}".to_owned());
        // Neither the key nor the request is kept: both may say who somebody is.
        let kept = format!("{acknowledgement:?}");
        assert!(!kept.contains("1712345678") && !kept.contains("Rosa"));
        let done = store.append_once(block, acknowledgement).await.unwrap();
        let Recalled::Same(answer) = commands.recall(&first).await.unwrap() else {
            panic!("it was carried out");
        };
        assert_eq!((answer.status, answer.position), (201, done[0].position));
        let asked_otherwise = once(&a, key, "{}").unwrap();
        assert_eq!(
            commands.recall(&asked_otherwise).await.unwrap(),
            Recalled::Other
        );
        for new in [
            once(&b, key, body),
            once(&a, "other", body),
            once(&Actor::Operator, key, body),
        ] {
            let recalled = commands.recall(&new.unwrap()).await.unwrap();
            assert_eq!(recalled, Recalled::New);
        }
        for bad in ["", "a b", "ñ", "a\n", &"x".repeat(256)] {
            assert!(once(&a, bad, body).is_err(), "{bad:?}");
        }
        assert!(once(&Actor::Anonymous, key, body).is_err());
        assert_eq!(commands.forget_answers().await.unwrap(), 0, "too young");
    })
    .await;
}
