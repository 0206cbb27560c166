//! Replace a tracking code, or take it away. A code is never shown again: whoever lost theirs gets a
//! new one, and the old one opens nothing any more.

use chasqui_procedures::TrackingCode;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::ids::ProcedureId;

use crate::commands::Commands;
use crate::done::Done;
use crate::error::CommandError;
use crate::order::Order;

impl Commands {
    /// Gives a procedure a new code: the only time that it is known.
    pub async fn reissue_code(
        &self,
        order: Order,
        procedure: ProcedureId,
    ) -> Result<(TrackingCode, Done), CommandError> {
        let code = match &order.once {
            Some(once) => self.secrets().code_under(procedure, once.text()),
            None => self.secrets().new_procedure()?.1,
        };
        let done = self.replace_code(order, procedure, Some(&code)).await?;
        Ok((code, done))
    }

    /// Takes a procedure's code away: nobody can follow it until it gets another one.
    pub async fn revoke_code(
        &self,
        order: Order,
        procedure: ProcedureId,
    ) -> Result<Done, CommandError> {
        self.replace_code(order, procedure, None).await
    }

    async fn replace_code(
        &self,
        order: Order,
        procedure: ProcedureId,
        code: Option<&TrackingCode>,
    ) -> Result<Done, CommandError> {
        let code = code.map(|code| self.lookup(code));
        let wish = Wish::ReplaceCode { code };
        let command = Command {
            occurred: None,
            wish,
        };
        self.execute(order, procedure, command).await
    }
}
