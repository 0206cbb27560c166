//! What has to be true of a machine, whatever happened to it.

use std::collections::BTreeMap;

use chasqui_procedures::Procedure;
use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::recorded::{Body, kind};
use chasqui_projections::{hash, status};
use cqrs_es::persist::PersistedEventRepository;
use fastrand::Rng;

use crate::ledger::Ledger;
use crate::machine::Machine;

/// The log holds what was acknowledged, where it was acknowledged, and nothing else; the views that lived
/// through it all are those that a rebuild makes.
pub(crate) async fn adds_up(machine: &mut Machine, ledger: &Ledger, rng: &mut Rng) {
    log_is_sound(machine, ledger).await;
    stock_reads(machine, ledger).await;
    views_show(machine, ledger, rng).await;
    let folder = chasqui_projections::Folder::open(machine.disk.data()).unwrap();
    let views = chasqui_projections::Views::of_another_process(folder);
    let tables = || views.read(|connection, progress| Ok((progress.position, hash(connection)?)));
    let lived = tables().unwrap();
    machine.rebuild_views().await;
    assert_eq!(tables().unwrap(), lived, "the views are not a rebuild's");
}

async fn log_is_sound(machine: &Machine, ledger: &Ledger) {
    let log = machine.processes[0].store.read(0, 100_000).await.unwrap();
    let mut places = BTreeMap::new();
    let mut states: BTreeMap<_, Procedure> = BTreeMap::new();
    for (position, record) in (0..).zip(&log) {
        assert_eq!(
            record.position, position,
            "a position is missing or doubled"
        );
        let Body::Procedure(procedure, entry) = record.decode().unwrap().body else {
            continue;
        };
        let state = states.entry(procedure).or_default();
        state.evolve(&entry);
        assert_eq!(record.sequence, state.version, "a stream is out of order");
        places.insert(position, (procedure, record.sequence));
    }
    let acknowledged: BTreeMap<_, _> = ledger
        .done()
        .map(|done| (done.position, (done.procedure, done.version)))
        .collect();
    assert_eq!(places, acknowledged, "what is there is not what was told");
}

async fn stock_reads(machine: &Machine, ledger: &Ledger) {
    let stock = sqlx::SqlitePool::connect(&machine.disk.url())
        .await
        .unwrap();
    let repository = sqlite_es::SqliteEventRepository::new(stock.clone());
    for (procedure, version) in &ledger.versions {
        let id = procedure.to_string();
        let events = repository.get_events::<ProcedureAggregate>(&id).await;
        assert_eq!(
            events.unwrap().len() as u64,
            *version,
            "of {} {id}",
            kind::PROCEDURE
        );
    }
    stock.close().await;
}

/// Views that are up to date show every procedure as it was told last.
pub(crate) async fn views_show(machine: &mut Machine, ledger: &Ledger, rng: &mut Rng) {
    let commands = machine.processes[0].commands.clone();
    let views = machine.bring_up_views(rng).await;
    for (procedure, code) in &ledger.codes {
        let code = commands.lookup(code);
        let view = views.read(|connection, _| status::by_code(connection, &code));
        let view = view
            .unwrap()
            .expect("a procedure that was filed has a page");
        let last = ledger.done().filter(|done| done.procedure == *procedure);
        let last = last.max_by_key(|done| done.version).unwrap();
        assert_eq!(view.procedure.version, last.version, "the page lags");
        assert_eq!(
            view.position, last.position,
            "the page is of another position"
        );
    }
}
