//! A machine: two processes on one event database, with views beside it.

use chasqui_commands::{Commands, OpenLog, Secrets};
use chasqui_deadlines::{Policies, SilenceRule};
use chasqui_procedures::catalogue::{ClockStop, Sheet, TypeVersion, Unit};
use chasqui_procedures::text::Label;
use chasqui_projections::{Folder, Runner, Views};
use chasqui_store::{Migrate, Store};
use chasqui_tests::feed::StoreFeed;
use fastrand::Rng;

use crate::disk::Disk;

/// One that runs, and its disk.
pub(crate) struct Machine {
    pub(crate) disk: Disk,
    pub(crate) processes: Vec<Process>,
    /// What reads the views, once there are any.
    views: Option<Views>,
}

/// What one process has: its store and its commands, with what they keep in memory.
pub(crate) struct Process {
    pub(crate) store: Store,
    pub(crate) commands: Commands,
}

impl Machine {
    pub(crate) async fn start(disk: Disk) -> Self {
        let processes = vec![Process::start(&disk).await, Process::start(&disk).await];
        Self {
            disk,
            processes,
            views: None,
        }
    }

    /// One of the processes.
    pub(crate) fn any(&self, rng: &mut Rng) -> &Process {
        &self.processes[rng.usize(..self.processes.len())]
    }

    /// One process dies with all that it had in memory, and is started again.
    pub(crate) async fn restart(&mut self, number: usize) {
        self.processes[number] = Process::start(&self.disk).await;
    }

    /// The power fails; what is left is started again.
    pub(crate) async fn power_cut(&mut self, reached: u64, rng: &mut Rng) {
        let left = self.disk.after_power_cut(reached, rng);
        // What still runs there writes to a disk that is gone.
        *self = Self::start(left).await;
    }

    /// Brings the views up to date by somebody; nobody else can do so meanwhile.
    pub(crate) async fn bring_up_views(&mut self, rng: &mut Rng) -> &Views {
        let folder = Folder::open(self.disk.data()).unwrap();
        let feed = |process: &Process| StoreFeed(process.store.clone()).into();
        let runner = Runner::claim(&folder, feed(self.any(rng)))
            .unwrap()
            .unwrap();
        let second = Runner::claim(&folder, feed(self.any(rng))).unwrap();
        assert!(second.is_none(), "two write the same views");
        if rng.u8(..8) == 0 {
            runner.rebuild(|_| {}).await.unwrap();
        } else {
            runner.catch_up().await.unwrap();
        }
        self.views
            .get_or_insert_with(|| Views::of_another_process(folder))
    }

    /// Builds the views anew, whatever they were.
    pub(crate) async fn rebuild_views(&self) {
        let folder = Folder::open(self.disk.data()).unwrap();
        let feed = StoreFeed(self.processes[0].store.clone()).into();
        let runner = Runner::claim(&folder, feed).unwrap().unwrap();
        runner.rebuild(|_| {}).await.unwrap();
    }
}

impl Process {
    async fn start(disk: &Disk) -> Self {
        let url = disk.url().parse().unwrap();
        let store = Store::open(&url, Migrate::Auto).await.unwrap();
        let log = OpenLog {
            entity: label("Municipio"),
            zone: "America/Guayaquil".to_owned(),
            synthetic: false,
        };
        let commands = Commands::open(store.clone(), Secrets::new([7; 32]), &log);
        Self {
            commands: commands.await.unwrap(),
            store,
        }
    }
}

/// A disk with an empty log on it, and its catalogue.
pub(crate) async fn template() -> Disk {
    let disk = Disk::new();
    let process = Process::start(&disk).await;
    for unit in ["obras", "catastro"] {
        let unit = Unit::new(unit.parse().unwrap(), label(unit));
        process.commands.publish_unit(&unit).await.unwrap();
    }
    process.commands.publish_type(&rules()).await.unwrap();
    let connection = rusqlite::Connection::open(disk.events()).unwrap();
    let checkpoint = "pragma wal_checkpoint(truncate)";
    connection.query_row(checkpoint, [], |_| Ok(())).unwrap();
    disk.copied()
}

pub(crate) fn rules() -> TypeVersion {
    TypeVersion {
        id: "permit".parse().unwrap(),
        version: 1,
        name: label("Permiso"),
        units: vec![],
        term: Some("15bd".parse().unwrap()),
        silence: SilenceRule::default(),
        policies: Policies::default(),
        clock_stops_at: ClockStop::Notification,
        calendars: vec![],
        steps: vec![],
        sheet: Sheet::default(),
    }
}

pub(crate) fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}
