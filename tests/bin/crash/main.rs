//! Faults against the real thing, under load: the service killed, PostgreSQL halted as by a pulled plug,
//! connections cut, one of two services stopped for a while, the disk full. Afterwards nothing that was
//! acknowledged may be lost, nothing doubled, nothing out of order. Usage: `crash [ROUNDS] [FAULT...]`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a proof: it may die, and speaks by its output"
)]

mod check;
mod faults;
mod load;

use std::sync::Arc;
use std::time::Instant;

use chasqui_tests::cluster::Cluster;
use chasqui_tests::disk::SmallDisk;
use chasqui_tests::site::Site;

use crate::faults::Fault;
use crate::load::Load;

/// The disk of a cluster that is to have none too much.
const MEGABYTES: u32 = 256;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let rounds = arguments.next().map_or(20, |text| text.parse().unwrap());
    let named: Vec<String> = arguments.collect();
    let wanted = |fault: &Fault| named.is_empty() || named.iter().any(|name| name == fault.name());
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    fastrand::seed(seed);
    for fault in Fault::ALL.into_iter().filter(wanted) {
        if fault.on_sqlite() {
            prove(rounds, fault, None, None).await;
        }
        let disk = (fault == Fault::FillDisk).then(|| SmallDisk::mount(MEGABYTES));
        if let Some(None) = disk {
            println!(
                "postgresql: {} left out: only root may mount a disk",
                fault.name()
            );
            continue;
        }
        let disk = disk.flatten();
        let folder = match &disk {
            Some(disk) => tempfile::tempdir_in(disk.path()).unwrap(),
            None => tempfile::tempdir().unwrap(),
        };
        let settings = [
            "max_connections=100",
            "min_wal_size=32MB",
            "max_wal_size=64MB",
        ];
        let cluster = Cluster::start_in(folder, &settings);
        prove(rounds, fault, Some(cluster), disk).await;
    }
}

/// Does it so many times under load on one database, and looks at what is left.
async fn prove(rounds: u32, fault: Fault, cluster: Option<Cluster>, disk: Option<SmallDisk>) {
    let began = Instant::now();
    let kind = if cluster.is_some() {
        "postgresql"
    } else {
        "sqlite"
    };
    let mut site = Site::new(cluster, fault.services()).await;
    site.disk = disk;
    let load = Arc::new(Load::new(&site));
    let follower = tokio::spawn(check::follow(site.open().await, Arc::clone(&load)));
    let clients = load::clients(&load);
    for _ in 0..rounds {
        load.until_it_runs(fastrand::u64(20..120));
        fault.happen(&mut site, &load).await;
    }
    load.until_it_runs(200);
    load.stop();
    for client in clients {
        client.join().unwrap();
    }
    let store = site.open().await;
    let head = store.head().await.unwrap();
    load.end_at(head);
    assert_eq!(
        follower.await.unwrap(),
        head,
        "the follower saw every position"
    );
    check::nothing_lost(&store, &load).await;
    let streams = check::stock_reads(&site, &load).await;
    check::views_equal_a_rebuild(&mut site);
    println!(
        "{kind}: {} {rounds} times: {} commands acknowledged ({} of them told again), {head} positions, \
         0 lost, 0 missing, 0 doubled, 0 out of order; {streams} streams read by the stock repository; \
         {:.0} s",
        fault.name(),
        load.acknowledged(),
        load.told_again(),
        began.elapsed().as_secs_f64()
    );
}
