//! Views that are built anew while everybody reads them: the new ones take the place of the old ones, and
//! no reader notices.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chasqui_commands::{Commands, FiledProcedure};
use chasqui_procedures::TrackingCode;
use chasqui_projections::{Folder, Runner, Views, status};
use chasqui_tests::feed::StoreFeed;

use crate::memories::{file_whole, process_on};
use crate::support::{Database, Kind};

const SWAPS: u64 = 40;
const READERS: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn views_are_built_anew_under_load_and_no_reader_fails() {
    let database = Database::new(Kind::Sqlite).await;
    let store = database.open().await;
    let commands = process_on(store.clone()).await;
    let folder = Folder::open(database.data()).unwrap();
    let runner = Runner::claim(&folder, Arc::new(StoreFeed(store)))
        .unwrap()
        .unwrap();
    let codes = Arc::new(Mutex::new(Vec::new()));
    file_and_tell(&commands, &runner, &codes).await;
    let (over, reads) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let readers: Vec<_> = (0..READERS)
        .map(|number| {
            let reader = Reader {
                folder: folder.clone(),
                of_this_process: (number % 2 == 0).then(|| runner.views()),
                codes: Arc::clone(&codes),
                commands: commands.clone(),
            };
            let (over, reads) = (Arc::clone(&over), Arc::clone(&reads));
            std::thread::spawn(move || {
                let mut seen = 0;
                while !over.load(Ordering::SeqCst) {
                    seen = reader.look(seen);
                    reads.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let mut before = 0;
    for _ in 0..SWAPS {
        file_and_tell(&commands, &runner, &codes).await;
        // Everybody has read something since the last time.
        while reads.load(Ordering::SeqCst) < before + 3 * READERS as u64 {
            assert!(
                !readers.iter().any(|one| one.is_finished()),
                "a reader failed"
            );
            tokio::task::yield_now().await;
        }
        before = reads.load(Ordering::SeqCst);
    }
    over.store(true, Ordering::SeqCst);
    for reader in readers {
        reader.join().unwrap();
    }
}

/// Files one more procedure, builds the views anew, and tells its code to the readers.
async fn file_and_tell(
    commands: &Commands,
    runner: &Runner<StoreFeed>,
    codes: &Mutex<Vec<TrackingCode>>,
) {
    let FiledProcedure { code, .. } = file_whole(commands).await.unwrap();
    runner.rebuild(|_| {}).await.unwrap();
    codes.lock().unwrap().push(code);
}

struct Reader {
    folder: Folder,
    of_this_process: Option<Views>,
    codes: Arc<Mutex<Vec<TrackingCode>>>,
    commands: Commands,
}

impl Reader {
    /// Looks up what was told last; answers where the views were, never before `seen`.
    fn look(&self, seen: u64) -> u64 {
        // A process that has just been started has no connection yet.
        let another = || Views::of_another_process(self.folder.clone());
        let views = self.of_this_process.clone().unwrap_or_else(another);
        let code = *self.codes.lock().unwrap().last().unwrap();
        let lookup = self.commands.lookup(&code);
        let (position, view) = views
            .read(|connection, progress| {
                Ok((progress.position, status::by_code(connection, &lookup)?))
            })
            .unwrap();
        assert!(view.is_some(), "a procedure that was there has gone");
        assert!(position >= seen, "the views went back");
        position
    }
}
