//! Who reads whom is recorded before anything is shown, and can be seen.

use chasqui_commands::authorise::{Actor, NewKey, UnitScope, Verb, Verbs};
use chasqui_commands::vault::{By, Field, Personal, VaultError};
use chasqui_procedures::text::Label;
use jiff::{SignedDuration, Timestamp};

use super::{World, count, execute, of_cedula, operator, person, purpose, with_input};
use crate::support::{Kind, both, chasqui};

async fn key(world: &World, verbs: &[Verb], unit: UnitScope) -> By {
    let new = NewKey {
        unit,
        verbs: verbs.iter().copied().collect::<Verbs>(),
        label: Label::parse("A system").unwrap(),
        expires_at: Timestamp::now() + SignedDuration::from_hours(48),
    };
    let made = world.commands.create_key(new).await.unwrap();
    By::actor(Actor::Key(Box::new(made.grant)))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reading_can_be_seen_by_whoever_was_read() {
    both(async |database| {
        let world = World::open(&database).await;
        let (filed, other) = (world.file(person("x")).await, world.file(person("y")).await);
        let before = Timestamp::now() - SignedDuration::from_secs(1);
        let fields = [Field::Phone, Field::Name, Field::Phone];
        world
            .commands
            .read_person(&operator("ana"), filed, &purpose(), &fields)
            .await
            .unwrap();
        let readings = world.commands.readings(filed).await.unwrap();
        assert_eq!(readings.len(), 1);
        assert_eq!(readings[0].by, "operator:ana");
        assert_eq!(readings[0].purpose, "Notificar la resolución");
        assert_eq!(readings[0].fields, [Field::Name, Field::Phone]);
        assert!(readings[0].at > before && readings[0].at <= Timestamp::now());
        assert!(world.commands.readings(other).await.unwrap().is_empty());
        let id = filed.to_string();
        let listed = chasqui(&database, &["person", "readings", &id, "--json"]).exits(0);
        assert_eq!(listed.json()["by"], "operator:ana");
        for change in [
            "update vault.reading set purpose = 'nothing'",
            "delete from vault.reading",
        ] {
            assert!(execute(&database, change).await.is_err(), "{change}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_recorded_is_not_shown() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        let refuse = match database.kind {
            Kind::Postgres => "alter table vault.reading add constraint no check (false) not valid",
            Kind::Sqlite => {
                "create trigger no before insert on vault.reading begin select raise(abort, ''); end"
            }
        };
        execute(&database, refuse).await.unwrap();
        let refused = world.read(filed).await;
        assert!(matches!(refused, Err(VaultError::Write(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_reads_nothing_and_is_recorded_nowhere() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        let unit = |name: &str| UnitScope::One(name.parse().unwrap());
        let every: Vec<Verb> = Verb::ALL
            .iter()
            .copied()
            .filter(|verb| *verb != Verb::ReadPerson)
            .collect();
        let elsewhere = chasqui_procedures::catalogue::Unit::new(
            "catastro".parse().unwrap(),
            Label::parse("Catastro").unwrap(),
        );
        world.commands.publish_unit(&elsewhere).await.unwrap();
        let strangers = [
            By::actor(Actor::Anonymous),
            key(&world, &[Verb::ReadPerson], unit("catastro")).await,
            key(&world, &every, UnitScope::All).await,
        ];
        for by in &strangers {
            let refused = world
                .commands
                .read_person(by, filed, &purpose(), &Field::ALL)
                .await;
            assert!(matches!(refused, Err(VaultError::Refused(_))), "{by:?}");
        }
        let own = key(&world, &[Verb::ReadPerson], unit("obras")).await;
        // To tie procedures together takes the whole municipality.
        let cedula = Personal::new("1712345678".to_owned());
        let found = world.commands.find_person(&own, &cedula, &purpose()).await;
        assert!(matches!(found, Err(VaultError::Refused(_))));
        assert_eq!(count(&database, "reading").await, 0);
        let read = world
            .commands
            .read_person(&own, filed, &purpose(), &Field::ALL)
            .await;
        assert_eq!(read.unwrap(), person("x"));
        let readings = world.commands.readings(filed).await.unwrap();
        assert_eq!(readings[0].by, own.name());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_finds_all_their_procedures_and_nobody_elses() {
    both(async |database| {
        let world = World::open(&database).await;
        let mut own = Vec::new();
        for written in ["1712345678", "171234567-8", "1712345678001"] {
            own.push(world.file(of_cedula(written)).await.to_string());
        }
        let other = world.file(of_cedula("1712345679")).await;
        own.sort();
        let find = [
            "person",
            "find",
            "-",
            "--purpose",
            "LOPDP 13",
            "--by",
            "ana",
        ];
        for asked in ["1712345678\n", " 171 234 567 8", "1712345678001"] {
            let ran = with_input(&database, &find, asked).exits(0);
            assert_eq!(ran.stdout.lines().collect::<Vec<_>>(), own, "{asked}");
            assert!(!ran.stderr.contains("1712345678"), "{}", ran.stderr);
        }
        let nobody = with_input(&database, &find, "0912345678").exits(0);
        assert_eq!(nobody.stdout, "");
        // That somebody asked stands in each of them.
        let readings = world
            .commands
            .readings(own[0].parse().unwrap())
            .await
            .unwrap();
        assert_eq!(readings.len(), 3);
        assert_eq!(readings[0].fields, [Field::Identification]);
        assert!(world.commands.readings(other).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purpose_that_names_somebody_is_refused_before_anything_is_opened() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await.to_string();
        for purpose in ["", "tel. 099 123 4567", "a ana@example.org"] {
            let asked = ["person", "read", &filed, "--purpose", purpose];
            let ran = chasqui(&database, &asked).exits(2);
            assert_eq!(ran.stdout, "", "{purpose}");
        }
        assert_eq!(count(&database, "reading").await, 0);
    })
    .await;
}
