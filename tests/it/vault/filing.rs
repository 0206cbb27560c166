//! Filing with a person: whole or not at all, and nobody is left behind.

use chasqui_commands::vault::{Field, Person, Personal, Settled};
use chasqui_commands::{CommandError, Order};
use chasqui_procedures::ids::{ProcedureId, SubjectRef};
use chasqui_store::{Party, PartyKeyRow, PersonalRow, StoredPerson};
use jiff::{SignedDuration, Timestamp};

use super::{World, count, execute, marked, person, request, with_input};
use crate::support::{both, chasqui};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filed_is_read_letter_by_letter() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("abc")).await;
        assert_eq!(world.read(filed).await.unwrap(), person("abc"));
        let name = [(Field::Name, Personal::new("Solo Nombre".to_owned()))];
        let least = Person::new(name).unwrap();
        let filed = world.file(least.clone()).await;
        assert_eq!(world.read(filed).await.unwrap(), least);
        let nobody = world
            .commands
            .file(Order::of_operator(), request(None))
            .await
            .unwrap();
        let refused = world.read(nobody.done.procedure).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "refused: the vault holds no person of this procedure"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_filed_and_read_on_the_command_line() {
    both(async |database| {
        World::open(&database).await;
        let json = marked("cli").to_string();
        let file = [
            "file", "--type", "PERMIT", "--unit", "obras", "--person", "-",
        ];
        let filed = with_input(&database, &file, &json).exits(0);
        let code = filed.stdout.trim();
        let read = chasqui(
            &database,
            &["person", "read", code, "--purpose", "Notificar", "--json"],
        )
        .exits(0);
        assert_eq!(read.json(), marked("cli"));
        let some = [
            "--purpose",
            "Llamar",
            "--fields",
            "phone,name",
            "--by",
            "ana",
        ];
        let read = chasqui(&database, &[&["person", "read", code][..], &some].concat()).exits(0);
        assert_eq!(read.stdout, "name: Ana clin Ñusta\nphone: 099 clip\n");
        let wrong = with_input(&database, &file, r#"{"name":"Secreta","cedula":"1"}"#).exits(2);
        assert!(!wrong.stderr.contains("Secreta") && !wrong.stderr.contains("cedula\""));
        assert!(wrong.stderr.contains("line 1"), "{}", wrong.stderr);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_filing_leaves_nobody_in_the_vault() {
    both(async |database| {
        let world = World::open(&database).await;
        let mut future = request(Some(person("x")));
        future.occurred = Some("2199-01-01".parse().unwrap());
        let refused = world.commands.file(Order::of_operator(), future).await;
        assert!(matches!(refused, Err(CommandError::Rejected(_))));
        let mut unknown = request(Some(person("x")));
        unknown.unit = "nowhere".parse().unwrap();
        assert!(
            world
                .commands
                .file(Order::of_operator(), unknown)
                .await
                .is_err()
        );
        assert_eq!(count(&database, "party_key").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_person_nothing_is_filed() {
    both(async |database| {
        let world = World::open(&database).await;
        let head = world.store.head().await.unwrap();
        execute(&database, "alter table vault.personal rename to away")
            .await
            .unwrap();
        let refused = world
            .commands
            .file(Order::of_operator(), request(Some(person("x"))))
            .await;
        assert!(
            matches!(refused, Err(CommandError::Vault(_))),
            "{refused:?}"
        );
        assert_eq!(world.store.head().await.unwrap(), head);
        assert_eq!(
            count(&database, "party_key").await,
            0,
            "nor is its key kept"
        );
    })
    .await;
}

/// A person whose filing was cut off between vault and log.
fn unfiled(hours: i64) -> StoredPerson {
    let party = Party {
        procedure: ProcedureId(uuid::Uuid::from_u128(hours.unsigned_abs().into())),
        party: SubjectRef(uuid::Uuid::from_u128(1)),
    };
    let key_id = [u8::try_from(hours).unwrap(); 16];
    let ago = Timestamp::now() - SignedDuration::from_hours(hours);
    StoredPerson {
        key: PartyKeyRow {
            key_id,
            party,
            epoch: 1,
            wrapped: vec![0; 72],
            created_at: Timestamp::from_microsecond(ago.as_microsecond()).unwrap(),
        },
        fields: vec![PersonalRow {
            field: "name".to_owned(),
            key_id,
            nonce: [0; 24],
            ciphertext: vec![0; 272],
        }],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whose_filing_was_cut_off_is_swept_and_nobody_else_is() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        for hours in [0, 2] {
            let lookups = [[9; 32]];
            let put = world.store.put_person(&unfiled(hours), &lookups).await;
            put.unwrap();
        }
        let settled = world.commands.settle_vault().await.unwrap();
        let expected = Settled {
            swept: 1,
            ..Settled::default()
        };
        assert_eq!(settled, expected, "one is too young to be judged");
        assert_eq!(count(&database, "party_key").await, 2);
        assert_eq!(count(&database, "personal").await, 7);
        let again = world.commands.settle_vault().await.unwrap();
        assert_eq!(again, Settled::default());
        assert!(world.read(filed).await.is_ok());
    })
    .await;
}
