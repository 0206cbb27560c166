//! The commands on one procedure, as they are typed: each becomes a wish, which the domain grants or
//! refuses.

use chasqui_deadlines::SuspensionCause;
use chasqui_procedures::Moment;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::event::{Correction, CorrectionReason, RectificationItem, ReopenCause};
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::text::Label;
use clap::{Args, Subcommand};

use crate::output::{Failure, usage};
use crate::part::Part;

/// What can be done to a procedure that was filed.
#[derive(Debug, Subcommand)]
pub(crate) enum Act {
    /// Take a procedure up: it is complete.
    #[command(after_help = "Example:\n  chasqui admit 404AM-T154V-M4JS4")]
    Admit(On),
    /// Give a procedure to a section for work. Who is competent stays.
    #[command(after_help = "Example:\n  chasqui assign 404AM-T154V-M4JS4 --to cat")]
    Assign(To),
    /// Record a step of the work: completed, or begun with `--begun`.
    #[command(
        after_help = "Example:\n  chasqui step 404AM-T154V-M4JS4 --name 'Informe técnico' --begun"
    )]
    Step {
        #[command(flatten)]
        on: On,
        /// The step's name.
        #[arg(long, value_name = "NAME")]
        name: String,
        /// It has only begun.
        #[arg(long)]
        begun: bool,
    },
    /// Ask the applicant to complete or correct something (COA 140). The term stops.
    #[command(after_help = "Example:
  chasqui request-rectification 404AM-T154V-M4JS4 --item 'Planos firmados' --days 10")]
    RequestRectification {
        #[command(flatten)]
        on: On,
        /// What is missing; may be given several times.
        #[arg(long = "item", value_name = "REQUIREMENT", required = true)]
        items: Vec<String>,
        /// What the State holds already, and so may not ask for (LOOETA 11): it is counted.
        #[arg(long = "held-item", value_name = "REQUIREMENT")]
        held_items: Vec<String>,
        /// The business days granted; those of the procedure type if it is not said.
        #[arg(long, value_name = "N")]
        days: Option<u16>,
    },
    /// Record that the applicant answered. The term goes on.
    AnswerRectification(On),
    /// Suspend the term for a cause of the law (COA 162).
    #[command(after_help = "Example:\n  chasqui suspend 404AM-T154V-M4JS4 --cause external_report")]
    Suspend(For),
    /// Let the term go on.
    Resume(For),
    /// Extend the term (COA 161): by half at most, before it expires.
    #[command(after_help = "Example:\n  chasqui extend 404AM-T154V-M4JS4 --days 7")]
    Extend {
        #[command(flatten)]
        on: On,
        /// By how many days of the term's own kind.
        #[arg(long, value_name = "N")]
        days: u16,
    },
    /// Give a procedure to another unit, which becomes competent. The term goes on.
    Transfer(To),
    /// A part that another unit does.
    #[command(flatten)]
    Part(Part),
    /// Decide. The term ends with the notification, not here.
    #[command(after_help = "Example:\n  chasqui decide 404AM-T154V-M4JS4 --outcome granted")]
    Decide {
        #[command(flatten)]
        on: On,
        /// What is decided.
        #[arg(long, value_name = "OUTCOME")]
        outcome: String,
    },
    /// Record that the decision reached the applicant (COA 164).
    Notify {
        #[command(flatten)]
        on: On,
        /// By which channel.
        #[arg(long, value_name = "C")]
        channel: Option<String>,
    },
    /// Record that the applicant withdrew (COA 201).
    Withdraw(On),
    /// Close the file of a procedure that has ended.
    Archive(On),
    /// Say what is right instead of an earlier entry. The entry stays, and both are shown.
    #[command(after_help = "Examples:
  chasqui correct 404AM-T154V-M4JS4 --entry 4 --did-not-happen --reason recorded_twice
  chasqui correct 404AM-T154V-M4JS4 --entry 4 --happened-at 2026-03-02 --reason typing_mistake")]
    Correct {
        #[command(flatten)]
        on: On,
        /// The number of the entry that was wrong, as the procedure's page counts.
        #[arg(long, value_name = "N")]
        entry: u32,
        #[command(flatten)]
        instead: Instead,
        /// Why the entry was wrong.
        #[arg(long, value_name = "REASON")]
        reason: String,
    },
    /// Record that the applicant appealed against the decision (COA 219).
    Appeal(On),
    /// Let a procedure go on whose decision no longer stands. Its term begins anew.
    #[command(after_help = "Example:\n  chasqui reopen 404AM-T154V-M4JS4 --cause appeal_upheld")]
    Reopen(For),
}

/// Which procedure, and when.
#[derive(Debug, Args)]
pub(crate) struct On {
    /// The procedure: its tracking code, or its identity.
    pub(crate) procedure: String,
    /// When it happened, if that is not now: a date, or an instant with its offset.
    #[arg(long, value_name = "WHEN")]
    pub(crate) at: Option<String>,
    /// Print one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// To which unit.
#[derive(Debug, Args)]
pub(crate) struct To {
    #[command(flatten)]
    on: On,
    /// The unit's id in the catalogue.
    #[arg(long, value_name = "U")]
    to: String,
}

/// For which cause.
#[derive(Debug, Args)]
pub(crate) struct For {
    #[command(flatten)]
    on: On,
    /// The cause: the law's list is closed.
    #[arg(long, value_name = "CAUSE")]
    cause: String,
}

/// What is right instead of an earlier entry: one of them.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Instead {
    /// It did not happen.
    #[arg(long)]
    did_not_happen: bool,
    /// It happened then.
    #[arg(long, value_name = "WHEN")]
    happened_at: Option<String>,
    /// This was decided.
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<String>,
}

impl Act {
    /// The procedure, and when it happened.
    pub(crate) fn on(&self) -> &On {
        match self {
            Self::Admit(on)
            | Self::Step { on, .. }
            | Self::RequestRectification { on, .. }
            | Self::AnswerRectification(on)
            | Self::Extend { on, .. }
            | Self::Decide { on, .. }
            | Self::Notify { on, .. }
            | Self::Withdraw(on)
            | Self::Archive(on)
            | Self::Appeal(on)
            | Self::Correct { on, .. } => on,
            Self::Part(part) => part.on(),
            Self::Assign(to) | Self::Transfer(to) => &to.on,
            Self::Suspend(cause) | Self::Resume(cause) | Self::Reopen(cause) => &cause.on,
        }
    }

    /// The command for the domain, or what is wrong with the words.
    pub(crate) fn command(&self) -> Result<Command, Failure> {
        let occurred = self.on().at.as_deref().map(moment).transpose()?;
        Ok(Command {
            occurred,
            wish: self.wish()?,
        })
    }

    fn wish(&self) -> Result<Wish, Failure> {
        Ok(match self {
            Self::Admit(_) => Wish::Admit,
            Self::Assign(to) => Wish::Assign {
                to: to.to.parse().map_err(word)?,
            },
            Self::Step { name, begun, .. } => {
                let step = label(name)?;
                if *begun {
                    Wish::StartStep { step }
                } else {
                    Wish::CompleteStep { step }
                }
            }
            Self::RequestRectification {
                items,
                held_items,
                days,
                ..
            } => {
                let items = requirements(items, held_items)?;
                Wish::RequestRectification {
                    items,
                    granted_business_days: *days,
                }
            }
            Self::AnswerRectification(_) => Wish::AnswerRectification,
            Self::Suspend(named) => Wish::Suspend {
                cause: cause(&named.cause)?,
            },
            Self::Resume(named) => Wish::Resume {
                cause: cause(&named.cause)?,
            },
            Self::Extend { days, .. } => Wish::Extend { days: *days },
            Self::Transfer(to) => Wish::Transfer {
                to: to.to.parse().map_err(word)?,
            },
            Self::Part(part) => part.wish()?,
            Self::Decide { outcome: named, .. } => Wish::Decide {
                outcome: outcome(named)?,
            },
            Self::Notify { channel, .. } => Wish::Notify {
                channel: channel
                    .as_deref()
                    .map(str::parse)
                    .transpose()
                    .map_err(word)?,
            },
            Self::Withdraw(_) => Wish::Withdraw,
            Self::Archive(_) => Wish::Archive,
            Self::Correct {
                entry,
                instead,
                reason,
                ..
            } => Wish::Correct {
                sequence: *entry,
                instead: instead.correction()?,
                reason: one_of(
                    "reason",
                    &CorrectionReason::ALL,
                    CorrectionReason::name,
                    reason,
                )?,
            },
            Self::Appeal(_) => Wish::Appeal,
            Self::Reopen(named) => Wish::Reopen {
                cause: one_of("cause", &ReopenCause::ALL, ReopenCause::name, &named.cause)?,
            },
        })
    }
}

impl Instead {
    fn correction(&self) -> Result<Correction, Failure> {
        match (&self.happened_at, &self.outcome) {
            (Some(at), _) => moment(at).map(Correction::OccurredAt),
            (None, Some(named)) => outcome(named).map(Correction::Outcome),
            (None, None) => Ok(Correction::DidNotHappen),
        }
    }
}

/// What is missing, and what of it the State holds already.
fn requirements(items: &[String], held: &[String]) -> Result<Vec<RectificationItem>, Failure> {
    let wanted = items.iter().map(|item| (item, false));
    let held = held.iter().map(|item| (item, true));
    let items = wanted.chain(held).map(|(item, already_held_by_state)| {
        Ok(RectificationItem {
            requirement: label(item)?,
            already_held_by_state,
        })
    });
    items.collect()
}

pub(crate) fn word(error: chasqui_procedures::ids::IdError) -> Failure {
    usage(error, "identifiers are letters, digits, '.', '_' and '-'")
}

fn moment(text: &str) -> Result<Moment, Failure> {
    text.parse().map_err(|error| {
        usage(
            anyhow::Error::new(error).context(format!("{text:?} is no moment")),
            "write a date (2026-03-02) or an instant (2026-03-02T10:00:00-05:00)",
        )
    })
}

pub(crate) fn label(text: &str) -> Result<Label, Failure> {
    Label::parse(text).map_err(|error| {
        let error = anyhow::Error::new(error).context(format!("{text:?} is no name"));
        usage(error, "write a short name on one line")
    })
}

fn cause(name: &str) -> Result<SuspensionCause, Failure> {
    one_of("cause", &SuspensionCause::ALL, SuspensionCause::name, name)
}

fn outcome(name: &str) -> Result<Outcome, Failure> {
    one_of("outcome", &Outcome::ALL, Outcome::id, name)
}

/// One of a closed list by its name; a wrong name is answered with the list.
pub(crate) fn one_of<T: Copy>(
    what: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
    wanted: &str,
) -> Result<T, Failure> {
    let found = all.iter().copied().find(|one| name(*one) == wanted);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        usage(
            anyhow::anyhow!("{wanted:?} is no {what}"),
            format!("the {what}s are: {}", names.join(", ")),
        )
    })
}
