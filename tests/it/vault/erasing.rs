//! Erasing takes two people, and once the history says it, it is carried out.

use chasqui_commands::authorise::{Actor, NewKey, UnitScope, Verb};
use chasqui_commands::vault::{By, Settled, VaultError};
use chasqui_commands::{CommandError, Order};
use chasqui_procedures::Procedure;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{Entry, Event, PersonErased};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::{NewEvent, kind};
use chasqui_procedures::rejection::Rejection;
use chasqui_procedures::text::Label;
use chasqui_store::Append;
use jiff::{SignedDuration, Timestamp};

use super::{World, count, execute, operator, person, vault};
use crate::support::{both, chasqui};

const BASIS: ErasureBasis = ErasureBasis::ConsentWithdrawn;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_erases_alone() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        world.end(filed).await;
        let commands = &world.commands;
        let confirm = async |by: &By| commands.confirm_erasure(by, filed).await;
        let nobody_asked = confirm(&operator("ana")).await;
        assert!(matches!(nobody_asked, Err(VaultError::NotRequested)));
        let machine = By::actor(Actor::Operator);
        let nameless = commands
            .request_erasure(&machine, filed, BASIS, false)
            .await;
        assert!(matches!(nameless, Err(VaultError::Nameless)));
        commands
            .request_erasure(&operator("ana"), filed, BASIS, false)
            .await
            .unwrap();
        for same in [operator("ana"), operator("ANA")] {
            let alone = confirm(&same).await;
            assert!(matches!(alone, Err(VaultError::SamePerson { .. })));
        }
        assert!(matches!(confirm(&machine).await, Err(VaultError::Nameless)));
        let stranger = confirm(&By::actor(Actor::Anonymous)).await;
        assert!(matches!(stranger, Err(VaultError::Refused(_))));
        // Nor by the way of all other commands.
        let wish = Wish::ErasePerson {
            basis: BASIS,
            while_open: true,
        };
        let occurred = None;
        let aside = commands
            .execute(Order::of_operator(), filed, Command { occurred, wish })
            .await;
        assert!(matches!(aside, Err(CommandError::Vault(_))), "{aside:?}");
        assert!(world.read(filed).await.is_ok(), "nothing has happened");
        let erased = confirm(&operator("luis")).await.unwrap();
        assert_eq!(erased.requested_by, "operator:ana");
        assert_eq!(erased.confirmed_by, "operator:luis");
        assert!(matches!(
            world.read(filed).await,
            Err(VaultError::Erased { .. })
        ));
        let twice = confirm(&operator("luis")).await;
        assert!(matches!(twice, Err(VaultError::Erased { .. })), "{twice:?}");
        for table in ["party_key", "personal", "person_lookup"] {
            assert_eq!(count(&database, table).await, 0, "{table}");
        }
        assert_eq!(commands.readings(filed).await.unwrap().len(), 1, "it stays");
        for change in [
            "delete from vault.shred_ledger",
            "update vault.shred_ledger set key_id = key_id",
        ] {
            assert!(execute(&database, change).await.is_err(), "{change}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_keys_of_one_system_are_one() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        world.end(filed).await;
        let key = async |label: &str| {
            let new = NewKey {
                unit: UnitScope::One("obras".parse().unwrap()),
                verbs: [Verb::ErasePerson].into_iter().collect(),
                label: Label::parse(label).unwrap(),
                expires_at: Timestamp::now() + SignedDuration::from_hours(48),
            };
            let made = world.commands.create_key(new).await.unwrap();
            By::actor(Actor::Key(Box::new(made.grant)))
        };
        let (first, second, other) = (key("A").await, key("A").await, key("B").await);
        world
            .commands
            .request_erasure(&first, filed, BASIS, false)
            .await
            .unwrap();
        let same = world.commands.confirm_erasure(&second, filed).await;
        assert!(matches!(same, Err(VaultError::SamePerson { .. })));
        world.commands.confirm_erasure(&other, filed).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_procedure_keeps_its_person_and_says_by_which_article() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await.to_string();
        let ask = |more: &[&str]| {
            let words = [
                "person",
                "erase",
                "request",
                &filed,
                "--basis",
                "not_needed",
            ];
            chasqui(&database, &[&words[..], &["--by", "ana"], more].concat())
        };
        let refused = ask(&[]).exits(1);
        assert!(refused.stderr.contains("LOPDP 18"), "{}", refused.stderr);
        ask(&["--while-open"]).exits(0);
        let waiting = chasqui(&database, &["person", "erase", "list", "--json"]).exits(0);
        assert_eq!(waiting.json()["procedure"], filed.as_str());
        assert_eq!(waiting.json()["basis"], "not_needed");
        let confirm = |by| {
            chasqui(
                &database,
                &["person", "erase", "confirm", &filed, "--by", by],
            )
        };
        let same = confirm("ana").exits(1);
        assert!(same.stderr.contains("somebody else"), "{}", same.stderr);
        confirm("luis").exits(0);
        let waiting = chasqui(&database, &["person", "erase", "list"]).exits(0);
        assert_eq!(waiting.stdout, "");
        let again = ask(&["--while-open"]).exits(1);
        assert!(again.stderr.contains("was erased on"), "{}", again.stderr);
        let basis = [
            "person", "erase", "request", &filed, "--basis", "whim", "--by", "ana",
        ];
        let unknown = chasqui(&database, &basis).exits(2);
        assert!(unknown.stderr.contains("consent_withdrawn"));
    })
    .await;
}

/// Records the event, as the process does before it dies.
async fn record_event(world: &World, procedure: ProcedureId) {
    let party = world.party(procedure).await;
    let entry = Entry {
        occurred: world.commands.clock().moment(),
        event: Event::PersonErased(PersonErased {
            party: party.party,
            basis: BASIS,
        }),
        unit: None,
        performer: None,
        imported: None,
        contradicts: vec![],
    };
    let records = world
        .store
        .load_many(kind::PROCEDURE, vec![procedure.to_string()])
        .await
        .unwrap();
    let append = Append {
        kind: kind::PROCEDURE,
        id: procedure.to_string(),
        after: records.len() as u64,
        events: vec![NewEvent::from(&entry)],
        metadata: "{}".to_owned(),
    };
    world.store.append(append).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_that_was_cut_off_after_its_event_is_completed_at_the_next_start() {
    both(async |database| {
        let world = World::open(&database).await;
        let (filed, other) = (world.file(person("x")).await, world.file(person("y")).await);
        world.end(filed).await;
        let asked = world
            .commands
            .request_erasure(&operator("ana"), filed, BASIS, false)
            .await;
        asked.unwrap();
        let party = world.party(filed).await;
        let row = world.store.erasure(party).await.unwrap().unwrap();
        let now = Timestamp::now();
        let confirmed = world
            .store
            .confirm_erasure(&row, "operator:luis", now)
            .await;
        assert!(confirmed.unwrap());
        record_event(&world, filed).await;
        // The process has died here. Nobody can read, though the key is still there.
        assert!(matches!(
            world.read(filed).await,
            Err(VaultError::Erased { .. })
        ));
        assert!(world.store.person(party).await.unwrap().is_some());
        // Any command completes it.
        let ran = chasqui(&database, &["person", "erase", "list"]).exits(0);
        assert!(ran.stderr.contains("put the vault right"), "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
        assert!(world.store.person(party).await.unwrap().is_none());
        let row = world.store.erasure(party).await.unwrap().unwrap();
        assert!(row.done_at.is_some());
        let ledger = std::fs::read_to_string(vault(&database).ledger.path()).unwrap();
        assert_eq!(ledger.lines().count(), 1, "{ledger}");
        let again = world.commands.settle_vault().await.unwrap();
        assert_eq!(again, Settled::default());
        assert!(world.read(other).await.is_ok());
    })
    .await;
}

/// The vault's tables were put back from a copy that knows of no request, and the log was not.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_history_says_is_carried_out_though_nobody_knows_of_a_request() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        record_event(&world, filed).await;
        let health = world.commands.vault_health().await.unwrap();
        assert_eq!(health.undestroyed, 1);
        chasqui(&database, &["doctor"]).exits(1);
        let rotated = world.commands.rotate_vault().await.unwrap();
        assert_eq!(rotated.settled.completed, 1);
        assert_eq!(count(&database, "party_key").await, 0);
        chasqui(&database, &["doctor"]).exits(0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_is_never_corrected_back() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        record_event(&world, filed).await;
        let wish = Wish::Correct {
            sequence: 2,
            instead: chasqui_procedures::event::Correction::DidNotHappen,
            reason: chasqui_procedures::event::CorrectionReason::TypingMistake,
        };
        let occurred = None;
        let refused = world
            .commands
            .execute(Order::of_operator(), filed, Command { occurred, wish })
            .await;
        let stands = Rejection::ErasureStands { sequence: 2 };
        assert!(matches!(refused, Err(CommandError::Rejected(r)) if r == stands));
        assert!(Procedure::default().person_erased_on.is_none());
    })
    .await;
}
