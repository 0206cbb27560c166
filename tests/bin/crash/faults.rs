//! What goes wrong.

use std::time::Duration;

use chasqui_tests::site::Site;

use crate::load::Load;

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The service dies by `SIGKILL` and is started again.
    KillService,
    /// PostgreSQL is halted as by a pulled plug (`pg_ctl -m immediate`) and started again.
    HaltDatabase,
    /// Every connection to PostgreSQL is cut by the server.
    CutConnections,
    /// One of two services on one database is stopped by `SIGSTOP` for a while.
    StopOneOfTwo,
    /// The disk is full for a while: for whatever the service writes on SQLite, for PostgreSQL's own files
    /// otherwise.
    FillDisk,
}

impl Fault {
    pub(crate) const ALL: [Self; 5] = [
        Self::KillService,
        Self::HaltDatabase,
        Self::CutConnections,
        Self::StopOneOfTwo,
        Self::FillDisk,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::KillService => "kill-service",
            Self::HaltDatabase => "halt-database",
            Self::CutConnections => "cut-connections",
            Self::StopOneOfTwo => "stop-one-of-two",
            Self::FillDisk => "fill-disk",
        }
    }

    /// Whether it can happen to a service with an embedded database.
    pub(crate) fn on_sqlite(self) -> bool {
        matches!(self, Self::KillService | Self::FillDisk)
    }

    /// How many services it takes.
    pub(crate) fn services(self) -> usize {
        match self {
            Self::StopOneOfTwo => 2,
            Self::KillService | Self::HaltDatabase | Self::CutConnections | Self::FillDisk => 1,
        }
    }

    /// Lets it happen, and mends what a person would mend.
    pub(crate) async fn happen(self, site: &mut Site, load: &Load) {
        match self {
            Self::KillService => site.services[0].kill_and_start(),
            Self::HaltDatabase => {
                let cluster = site.cluster.as_ref().unwrap();
                cluster.halt();
                cluster.resume();
            }
            Self::CutConnections => {
                let cluster = site.cluster.as_ref().unwrap();
                cluster.cut_connections("chasqui").await;
            }
            Self::StopOneOfTwo => {
                let one = &site.services[fastrand::usize(..2)];
                one.signal("STOP");
                // The other one goes on, unless the stopped one holds the head.
                load.reaches(500, Duration::from_millis(fastrand::u64(20..300)));
                one.signal("CONT");
            }
            Self::FillDisk => fill(site, load),
        }
    }
}

/// Fills the disk until commands are sent away, and makes room again. Nobody starts the service anew.
fn fill(site: &Site, load: &Load) {
    let refused = fastrand::u64(10..40);
    match &site.disk {
        None => {
            site.services[0].limit_files("1");
            load.until_refused(refused);
            site.services[0].limit_files("unlimited");
        }
        Some(disk) => {
            let full = disk.fill();
            load.until_refused(refused);
            drop(full);
            // What PostgreSQL could not even write its log for has ended it.
            site.cluster.as_ref().unwrap().revive();
        }
    }
}
