//! A procedure as an office reads it: the facts, how it stands today, and no code.

use chasqui_procedures::Procedure;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::standing::{Kind, standing};
use chasqui_projections::catalogue;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::{App, AsOf};
use crate::problem::Problem;
use crate::public::calendar_of;

/// One procedure for those who work on it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfficeProcedure {
    /// Its identity.
    id: Uuid,
    /// Its version: what `If-Match` takes.
    version: u64,
    r#type: TypeRef,
    /// The unit that has it.
    unit: Option<String>,
    unit_since: Option<Date>,
    channel: Option<String>,
    applicant_kind: Option<String>,
    /// Where it is.
    stage: &'static str,
    /// How it stands today.
    standing: &'static str,
    business_days_left: Option<u32>,
    business_days_overdue: Option<u32>,
    outcome: Option<&'static str>,
    /// Who has to act for it to go on.
    waiting_on: &'static str,
    filed_on: Option<Date>,
    due_on: Option<Date>,
    notified_on: Option<Date>,
    ended_on: Option<Date>,
    imported: bool,
}

/// A procedure type in the version that governs.
#[derive(Serialize, ToSchema)]
struct TypeRef {
    id: String,
    version: u32,
}

impl OfficeProcedure {
    pub(crate) fn kind(&self) -> &'static str {
        self.standing
    }

    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// What a history adds up to, and what today makes of it.
    pub(crate) fn of(
        app: &App,
        as_of: &AsOf,
        id: ProcedureId,
        state: &Procedure,
    ) -> Result<Self, Problem> {
        let filing = state.filing.as_ref().ok_or(Problem::UnknownProcedure)?;
        let (rules, _) = app.read(|connection| {
            catalogue::type_version(connection, &filing.procedure_type, filing.type_version)
        })?;
        let calendar = calendar_of(app, &filing.calendars, state.due.as_ref(), as_of.now)?;
        let stands = match &rules {
            Some(rules) => Some(standing(state, rules, &calendar, as_of.today)?),
            // The views have not heard of the type yet: nothing is said that is not known.
            None => None,
        };
        let stands = stands.as_ref();
        Ok(Self {
            id: id.0,
            version: state.version,
            r#type: TypeRef {
                id: filing.procedure_type.to_string(),
                version: filing.type_version,
            },
            unit: state.unit.as_ref().map(ToString::to_string),
            unit_since: state.unit_since,
            channel: filing.channel.as_ref().map(ToString::to_string),
            applicant_kind: filing.applicant_kind.as_ref().map(ToString::to_string),
            stage: state.stage().id(),
            standing: stands.map_or(Kind::NoTerm, |stands| stands.kind).id(),
            business_days_left: stands.and_then(|stands| stands.business_days_left),
            business_days_overdue: stands.and_then(|stands| stands.business_days_overdue),
            outcome: state.outcome().map(|outcome| outcome.id()),
            waiting_on: state.waiting_on().id(),
            filed_on: Some(filing.filed_on),
            due_on: state.due.as_ref().and_then(|due| due.on),
            notified_on: state.notified_on,
            ended_on: state.ended_on(),
            imported: filing.imported,
        })
    }
}
