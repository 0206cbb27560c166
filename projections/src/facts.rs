//! What figures look at in a procedure: small, comparable, and the same before and after an event.

use std::sync::Arc;

use chasqui_procedures::Procedure;
use jiff::civil::Date;

/// The facts of one procedure that put it into the cells of the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) dimensions: Arc<Dimensions>,
    pub(crate) filed_on: Date,
    pub(crate) due_on: Option<Date>,
    pub(crate) ended_on: Option<Date>,
    /// The first and the last day on which something happened.
    pub(crate) span: Option<(Date, Date)>,
}

/// What figures are broken down by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Dimensions {
    pub(crate) procedure_type: String,
    pub(crate) unit: String,
    pub(crate) channel: String,
}

impl Facts {
    /// The facts of a procedure; none before it was filed.
    pub(crate) fn of(procedure: &Procedure) -> Option<Self> {
        let filing = procedure.filing.as_ref()?;
        Some(Self {
            dimensions: Arc::new(Dimensions::of(procedure)?),
            filed_on: filing.filed_on,
            due_on: procedure.due.as_ref().and_then(|due| due.on),
            ended_on: procedure.ended_on(),
            span: procedure.span,
        })
    }
}

impl Dimensions {
    /// What a procedure is counted under; none before it was filed.
    pub(crate) fn of(procedure: &Procedure) -> Option<Self> {
        let [procedure_type, unit, channel] = names(procedure)?.map(str::to_owned);
        Some(Self {
            procedure_type,
            unit,
            channel,
        })
    }

    /// Whether a procedure is still counted under these.
    pub(crate) fn are_of(&self, procedure: &Procedure) -> bool {
        names(procedure) == Some([&self.procedure_type, &self.unit, &self.channel])
    }
}

fn names(procedure: &Procedure) -> Option<[&str; 3]> {
    let filing = procedure.filing.as_ref()?;
    Some([
        filing.procedure_type.as_str(),
        procedure.unit.as_ref().map_or("", |unit| unit.as_str()),
        filing
            .channel
            .as_ref()
            .map_or("", |channel| channel.as_str()),
    ])
}
