//! Whoever can write to the database can spoil persons, and cannot make one look like another.

use chasqui_commands::vault::VaultError;
use chasqui_procedures::ids::ProcedureId;

use super::{World, execute, person};
use crate::support::{Database, both};

/// Exchanges something between two rows.
async fn exchange(database: &Database, table: &str, columns: &[&str], a: &str, b: &str) {
    let names = columns.join(", ");
    let spare = format!(
        "create table spare as select 'a' as side, {names} from vault.{table} where {a} \
         union all select 'b' as side, {names} from vault.{table} where {b}"
    );
    execute(database, &spare).await.unwrap();
    for (side, place) in [("b", a), ("a", b)] {
        let set: Vec<String> = columns
            .iter()
            .map(|column| format!("{column} = (select {column} from spare where side = '{side}')"))
            .collect();
        let update = format!("update vault.{table} set {} where {place}", set.join(", "));
        assert_eq!(execute(database, &update).await.unwrap(), 1, "{update}");
    }
    execute(database, "drop table spare").await.unwrap();
}

async fn assert_tampered(world: &World, procedure: ProcedureId) {
    let refused = world.read(procedure).await;
    assert!(
        matches!(refused, Err(VaultError::Tampered { .. })),
        "{refused:?}"
    );
}

fn field(procedure: ProcedureId, field: &str) -> String {
    format!("procedure = '{procedure}' and field = '{field}'")
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_were_exchanged_within_a_person_do_not_open() {
    both(async |database| {
        let world = World::open(&database).await;
        let filed = world.file(person("x")).await;
        let (name, email) = (field(filed, "name"), field(filed, "email"));
        let columns = ["nonce", "ciphertext"];
        exchange(&database, "personal", &columns, &name, &email).await;
        assert_tampered(&world, filed).await;
        exchange(&database, "personal", &columns, &name, &email).await;
        assert_eq!(world.read(filed).await.unwrap(), person("x"), "put back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_were_exchanged_between_procedures_do_not_open() {
    both(async |database| {
        let world = World::open(&database).await;
        let (a, b) = (world.file(person("x")).await, world.file(person("y")).await);
        let names = (field(a, "name"), field(b, "name"));
        for columns in [
            &["nonce", "ciphertext"][..],
            &["key_id", "nonce", "ciphertext"],
        ] {
            exchange(&database, "personal", columns, &names.0, &names.1).await;
            assert_tampered(&world, a).await;
            assert_tampered(&world, b).await;
            exchange(&database, "personal", columns, &names.0, &names.1).await;
        }
        assert_eq!(world.read(b).await.unwrap(), person("y"), "put back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_were_exchanged_do_not_open() {
    both(async |database| {
        let world = World::open(&database).await;
        let (a, b) = (world.file(person("x")).await, world.file(person("y")).await);
        let own = |procedure: ProcedureId| format!("procedure = '{procedure}'");
        exchange(&database, "party_key", &["wrapped"], &own(a), &own(b)).await;
        assert_tampered(&world, a).await;
        assert_tampered(&world, b).await;
        exchange(&database, "party_key", &["wrapped"], &own(a), &own(b)).await;
        assert_eq!(world.read(a).await.unwrap(), person("x"), "put back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_was_taken_away_or_cut_is_noticed() {
    both(async |database| {
        let world = World::open(&database).await;
        let (a, b) = (world.file(person("x")).await, world.file(person("y")).await);
        let gone = format!("delete from vault.personal where procedure = '{a}' and field = 'note'");
        execute(&database, &gone).await.unwrap();
        assert_tampered(&world, a).await;
        let cut = format!(
            "update vault.personal set ciphertext = substr(ciphertext, 1, 272) \
             where procedure = '{b}' and field = 'note'"
        );
        execute(&database, &cut).await.unwrap();
        assert_tampered(&world, b).await;
    })
    .await;
}
