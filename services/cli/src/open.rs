//! Opening what a command needs: the store, the log, the views.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chasqui_commands::{Commands, OpenError, OpenLog};
use chasqui_procedures::text::Label;
use chasqui_projections::{Folder, Views, catch_up};
use chasqui_store::{OpenError as StoreError, Store, StoreUrl};

use crate::commands::person;
use crate::feed::StoreFeed;
use crate::output::{Failure, environment, usage};
use crate::secrets;
use crate::settings::Settings;

/// How long a command waits for another process's views.
const PATIENCE: Duration = Duration::from_secs(60);

/// Opens the event database.
pub(crate) async fn store(settings: &Settings) -> Result<Store, Failure> {
    let url = settings.store_url()?;
    Store::open(&url, settings.migrate())
        .await
        .map_err(|error| {
            let hint = match &error {
                StoreError::Address => "give CHASQUI_DATABASE_URL such an address".to_owned(),
                StoreError::NeedsMigration => "start with --migrate auto".to_owned(),
                StoreError::Migrate(_) => "use the newest version of this program".to_owned(),
                StoreError::Connect(_) => match url {
                    StoreUrl::Sqlite(ref path) => format!("check the folder of {}", path.display()),
                    StoreUrl::Postgres(_) => format!("check that {url} answers and lets you in"),
                },
            };
            environment(error, hint)
        })
}

/// Opens the log whether it is made up or not; a new one is real.
pub(crate) async fn log_as_it_is(settings: &Settings) -> Result<Opened, Failure> {
    let store = store(settings).await?;
    let synthetic = Commands::is_synthetic(&store).await.map_err(unopened)?;
    log_of(settings, store, synthetic).await
}

/// Opens the log, which must be made up or not, as said.
pub(crate) async fn log(settings: &Settings, synthetic: bool) -> Result<Opened, Failure> {
    log_of(settings, store(settings).await?, synthetic).await
}

/// Opens the log, and its secrets. Secrets are made only for a log that is new: another pepper would open
/// none of the codes that an existing one has given out.
async fn log_of(settings: &Settings, store: Store, synthetic: bool) -> Result<Opened, Failure> {
    let is_new = is_new(&store).await?;
    let secrets = secrets::load(&settings.pepper_file(), is_new)?;
    let vault = settings.vault();
    if is_new {
        secrets::make_epoch(&vault)?;
    }
    let entity = Label::parse(&settings.entity)
        .map_err(|error| usage(error, "give CHASQUI_ENTITY the name of the public body"))?;
    let log = OpenLog {
        entity,
        zone: settings.zone.clone(),
        synthetic,
    };
    let commands = Commands::open(store.clone(), secrets, &log)
        .await
        .map_err(unopened)?
        .with_vault(vault);
    commands.settle_vault().await.map_err(person::failed)?;
    Ok(Opened { store, commands })
}

fn unopened(error: OpenError) -> Failure {
    let hint = match &error {
        OpenError::OtherSecrets => "use the pepper file that this log was opened with",
        OpenError::Synthetic { .. } => "use another data folder: `demo` has one of its own",
        OpenError::Zone(_) => "give CHASQUI_ZONE an IANA name such as America/Guayaquil",
        OpenError::NotALog => "give CHASQUI_DATABASE_URL an empty database or one of chasqui's own",
        OpenError::Unreadable(_) => "use the newest version of this program",
        OpenError::Calendars(_) => "use the newest version of this program",
        OpenError::Read(_) | OpenError::Append(_) => "check the database and try again",
    };
    environment(error, hint)
}

/// An open log.
pub(crate) struct Opened {
    pub(crate) store: Store,
    pub(crate) commands: Commands,
}

async fn is_new(store: &Store) -> Result<bool, Failure> {
    let head = store.head().await;
    head.map(|head| head == 0)
        .map_err(|e| environment(e, "check the database and try again"))
}

/// The views' folder.
pub(crate) fn folder(data: &Path) -> Result<Folder, Failure> {
    Folder::open(data).map_err(|error| environment(error, "check the data folder's owner"))
}

/// Views that have taken in all that the log holds now: written by this process if no other writes
/// them.
pub(crate) async fn views(settings: &Settings, store: &Store) -> Result<Views, Failure> {
    let folder = folder(&settings.data_dir)?;
    let feed = Arc::new(StoreFeed(store.clone()));
    catch_up(&folder, feed, PATIENCE)
        .await
        .map_err(views_failed)
}

/// What to do about views that cannot be read.
pub(crate) fn views_failed(error: chasqui_projections::ViewError) -> Failure {
    use chasqui_projections::ViewError;
    let hint = match &error {
        ViewError::Late { .. } => "another process writes the views and is behind; look at its log",
        ViewError::Event(_) => "use the newest version of this program",
        ViewError::Row { .. } | ViewError::File(_) => "run `chasqui views rebuild`",
        ViewError::Folder(..) | ViewError::Feed(_) | ViewError::Empty => {
            "check the data folder and the database, and try again"
        }
        ViewError::Gap { .. } => "the event database is damaged; restore it before anything else",
    };
    environment(error, hint)
}
