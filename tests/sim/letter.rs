//! A command as a client sends it, again and again if it must, always under the same key.

use chasqui_commands::authorise::Actor;
use chasqui_commands::{Clock, CommandError, Commands, Done, FileRequest, Order};
use chasqui_deadlines::SuspensionCause;
use chasqui_procedures::TrackingCode;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::event::RectificationItem;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::outcome::Outcome;
use fastrand::Rng;
use jiff::Timestamp;

use crate::machine::label;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    File,
    Act {
        procedure: ProcedureId,
        wish: Wish,
        seen: Option<u64>,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) key: String,
    pub(crate) ask: Ask,
}

/// What a client learns.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) done: Done,
    /// Only of a filing.
    pub(crate) code: Option<TrackingCode>,
}

impl Letter {
    /// Hands it to a process whose clock shows `now`.
    pub(crate) async fn deliver(
        &self,
        to: &Commands,
        now: Timestamp,
    ) -> Result<Answer, CommandError> {
        let zone = to.clock().zone().clone();
        let commands = to.with_clock(Clock::fixed(now, zone));
        let request = format!("{:?}", self.ask);
        let once = commands.once(&Actor::Operator, &self.key, &[&request]);
        let order = Order::of_operator().once(Some(once.unwrap()));
        match &self.ask {
            Ask::File => {
                let filed = commands.file(order, filing()).await?;
                Ok(Answer {
                    done: filed.done,
                    code: Some(filed.code),
                })
            }
            Ask::Act {
                procedure,
                wish,
                seen,
            } => {
                let command = Command {
                    occurred: None,
                    wish: wish.clone(),
                };
                let order = order.seeing(*seen);
                let done = commands.execute(order, *procedure, command).await?;
                Ok(Answer { done, code: None })
            }
        }
    }
}

fn filing() -> FileRequest {
    FileRequest {
        procedure_type: "permit".parse().unwrap(),
        unit: "obras".parse().unwrap(),
        channel: None,
        applicant_kind: None,
        calendars: vec![],
        occurred: None,
        person: None,
    }
}

/// Something that somebody may wish for, whether it is allowed or not.
pub(crate) fn wish(rng: &mut Rng) -> Wish {
    let step = |rng: &mut Rng| label(["Revisión", "Inspección", "Informe"][rng.usize(..3)]);
    let unit = |rng: &mut Rng| ["obras", "catastro"][rng.usize(..2)].parse().unwrap();
    let cause = |rng: &mut Rng| {
        let causes = [
            SuspensionCause::ExternalReport,
            SuspensionCause::TechnicalEvidence,
        ];
        causes[rng.usize(..2)]
    };
    match rng.u8(..20) {
        0 | 1 => Wish::Admit,
        2..=5 => Wish::StartStep { step: step(rng) },
        6..=8 => Wish::CompleteStep { step: step(rng) },
        9 => Wish::Assign { to: unit(rng) },
        10 => Wish::Transfer { to: unit(rng) },
        11 | 12 => Wish::Suspend { cause: cause(rng) },
        13 => Wish::Resume { cause: cause(rng) },
        14 => Wish::Extend {
            days: rng.u16(1..30),
        },
        15 => Wish::RequestRectification {
            items: vec![RectificationItem {
                requirement: label("Escritura"),
                already_held_by_state: rng.bool(),
            }],
            granted_business_days: None,
        },
        16 => Wish::AnswerRectification,
        17 => Wish::Decide {
            outcome: Outcome::Granted,
        },
        18 => Wish::Notify { channel: None },
        _ => Wish::Withdraw,
    }
}
