//! Where the store and the log's folder are plugged into the pages that hand out receipts. It reads the
//! public key beside the log, and never the private one.

use std::path::PathBuf;

use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::kind;
use chasqui_sealer::{LogFolder, SealerError};
use chasqui_store::Store;
use chasqui_tlog::note::VerifierKey;
use chasqui_web::{Answer, Prover, ProverError, SealedLine};

/// Receipts from the events.
pub(crate) struct StoreProver {
    store: Store,
    folder: PathBuf,
}

impl StoreProver {
    pub(crate) fn new(store: Store, folder: PathBuf) -> Self {
        Self { store, folder }
    }

    /// The log and its name; none where there is no log.
    fn log(&self) -> Result<Option<(LogFolder, VerifierKey)>, ProverError> {
        if !self.folder.join("vkey").exists() {
            return Ok(None);
        }
        let folder = LogFolder::open(&self.folder)?;
        let Some(line) = folder.read("vkey")? else {
            return Ok(None);
        };
        let key = std::str::from_utf8(&line)?.trim_end().parse()?;
        Ok(Some((folder, key)))
    }

    async fn position(
        &self,
        procedure: ProcedureId,
        sequence: u64,
    ) -> Result<Option<u64>, ProverError> {
        let id = procedure.to_string();
        let records = self.store.load(kind::PROCEDURE, id).await?;
        let found = records.iter().find(|record| record.sequence == sequence);
        Ok(found.map(|record| record.position))
    }
}

impl Prover for StoreProver {
    fn lines(&self, procedure: ProcedureId) -> Answer<'_, Vec<SealedLine>> {
        Box::pin(async move {
            let Some((folder, _)) = self.log()? else {
                return Ok(Vec::new());
            };
            let id = procedure.to_string();
            let lines = chasqui_sealer::lines(&self.store, &folder, kind::PROCEDURE, id).await?;
            let lines = lines.into_iter().map(|line| SealedLine {
                sequence: line.sequence,
                position: line.position,
                leaf: line.leaf,
            });
            Ok(lines.collect())
        })
    }

    fn receipt(&self, procedure: ProcedureId, sequence: u64) -> Answer<'_, Option<String>> {
        Box::pin(async move {
            let Some((folder, key)) = self.log()? else {
                return Ok(None);
            };
            let Some(position) = self.position(procedure, sequence).await? else {
                return Ok(None);
            };
            match chasqui_sealer::receipt(&self.store, &folder, &key, position).await {
                Ok(receipt) => Ok(Some(receipt.to_string())),
                Err(SealerError::NotSealed { .. }) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn history(&self, procedure: ProcedureId) -> Answer<'_, Option<String>> {
        Box::pin(async move {
            let Some((folder, key)) = self.log()? else {
                return Ok(None);
            };
            let id = procedure.to_string();
            let made =
                chasqui_sealer::history(&self.store, &folder, &key, kind::PROCEDURE, id).await?;
            Ok(made.map(|history| format!("{history}\n")))
        })
    }
}
