//! What figures look at in a procedure: small, comparable, and the same before and after an event.

use chasqui_procedures::Procedure;
use jiff::civil::Date;

/// The facts of one procedure that put it into the cells of the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) dimensions: Dimensions,
    pub(crate) filed_on: Date,
    pub(crate) due_on: Option<Date>,
    pub(crate) ended_on: Option<Date>,
    /// The first and the last day on which something happened.
    pub(crate) span: Option<(Date, Date)>,
}

/// What figures are broken down by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dimensions {
    pub(crate) procedure_type: String,
    pub(crate) unit: String,
    pub(crate) channel: String,
}

impl Facts {
    /// The facts of a procedure; none before it was filed.
    pub(crate) fn of(procedure: &Procedure) -> Option<Self> {
        let filing = procedure.filing.as_ref()?;
        let channel = filing.channel.as_ref();
        Some(Self {
            dimensions: Dimensions {
                procedure_type: filing.procedure_type.to_string(),
                unit: procedure
                    .unit
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                channel: channel.map(ToString::to_string).unwrap_or_default(),
            },
            filed_on: filing.filed_on,
            due_on: procedure.due.as_ref().and_then(|due| due.on),
            ended_on: procedure.ended_on(),
            span: procedure.span,
        })
    }
}
