//! Record whole histories that the pure core has made, such as those of the demonstration.

use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::kind;
use chasqui_store::Append;

use crate::commands::Commands;
use crate::error::CommandError;
use crate::order::by;

impl Commands {
    /// Records new procedures with all their entries, in one transaction. Fails as a whole if one of
    /// them is there already.
    pub async fn record(
        &self,
        histories: Vec<(ProcedureId, Vec<Entry>)>,
    ) -> Result<(), CommandError> {
        let block = histories.iter().filter(|(_, entries)| !entries.is_empty());
        let appends = block.map(|(procedure, entries)| Append {
            kind: kind::PROCEDURE,
            id: procedure.to_string(),
            after: 0,
            events: entries.iter().map(Into::into).collect(),
            metadata: by("demonstration"),
        });
        self.0.store.append_block(appends.collect()).await?;
        Ok(())
    }

    /// Whether a procedure is in the log.
    pub async fn knows(&self, procedure: ProcedureId) -> Result<bool, CommandError> {
        let records = self
            .0
            .store
            .load_many(kind::PROCEDURE, vec![procedure.to_string()])
            .await?;
        Ok(!records.is_empty())
    }
}
