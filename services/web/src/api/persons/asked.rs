//! What the commands on a person have in common: who asks, of which procedure, and with which words.

use axum::body::Bytes;
use axum::http::HeaderMap;
use chasqui_commands::authorise::{Actor, Verb, authorise_anywhere};
use chasqui_commands::vault::By;
use chasqui_procedures::ids::ProcedureId;
use serde::de::DeserializeOwned;

use crate::api::body;
use crate::api::procedures::act::identity;
use crate::problem::Problem;

/// A command on the person of a procedure, of somebody who may give it.
pub(crate) struct Asked<T> {
    pub(crate) by: By,
    pub(crate) procedure: ProcedureId,
    pub(crate) form: T,
}

/// Asks for the right first: who has none learns nothing, not even that the words were wrong.
pub(crate) fn asked<T: DeserializeOwned>(
    actor: Actor,
    verb: Verb,
    procedure: &str,
    headers: &HeaderMap,
    arrived: Bytes,
) -> Result<Asked<T>, Problem> {
    authorise_anywhere(&actor, verb)?;
    Ok(Asked {
        procedure: identity(procedure)?,
        form: body::form(&body::text(headers, arrived)?)?,
        by: By::actor(actor),
    })
}
