//! The commands on parts that other units do, as they are typed.

use chasqui_procedures::command::Wish;
use chasqui_procedures::subprocedure::SubprocedureResult;
use clap::Subcommand;

use crate::act::{On, label, one_of, word};
use crate::output::Failure;

/// What can be done about a part (subtrámite).
#[derive(Debug, Subcommand)]
pub(crate) enum Part {
    /// Ask another unit to do a part (subtrámite). The procedure stays, and the term goes on.
    #[command(after_help = "Example:
  chasqui open-subprocedure 404AM-T154V-M4JS4 --unit catastro --name 'Informe de linderos'")]
    #[command(name = "open-subprocedure")]
    Open {
        #[command(flatten)]
        on: On,
        /// The unit's id in the catalogue.
        #[arg(long, value_name = "U")]
        unit: String,
        /// What it is to do.
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// Record that a part was done.
    #[command(after_help = "Example:
  chasqui answer-subprocedure 404AM-T154V-M4JS4 --number 1 --result favourable")]
    #[command(name = "answer-subprocedure")]
    Answer {
        #[command(flatten)]
        on: On,
        /// Which part, as the procedure's page counts.
        #[arg(long, value_name = "N")]
        number: u16,
        /// What came of it: done, favourable, unfavourable.
        #[arg(long, value_name = "RESULT", default_value = "done")]
        result: String,
    },
    /// Do without a part.
    #[command(name = "cancel-subprocedure")]
    Cancel {
        #[command(flatten)]
        on: On,
        /// Which part, as the procedure's page counts.
        #[arg(long, value_name = "N")]
        number: u16,
    },
}

impl Part {
    /// The procedure, and when it happened.
    pub(crate) fn on(&self) -> &On {
        match self {
            Self::Open { on, .. } | Self::Answer { on, .. } | Self::Cancel { on, .. } => on,
        }
    }

    /// The wish for the domain, or what is wrong with the words.
    pub(crate) fn wish(&self) -> Result<Wish, Failure> {
        Ok(match self {
            Self::Open { unit, name, .. } => Wish::OpenSubprocedure {
                unit: unit.parse().map_err(word)?,
                name: label(name)?,
            },
            Self::Answer { number, result, .. } => Wish::AnswerSubprocedure {
                number: *number,
                result: one_of(
                    "result",
                    &SubprocedureResult::ALL,
                    SubprocedureResult::name,
                    result,
                )?,
            },
            Self::Cancel { number, .. } => Wish::CancelSubprocedure { number: *number },
        })
    }
}
