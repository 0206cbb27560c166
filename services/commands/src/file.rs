//! File a procedure.

use chasqui_deadlines::CalendarId;
use chasqui_procedures::Procedure;
use chasqui_procedures::command::{Command, File, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::ids::{ApplicantKind, Channel, ProcedureId, TypeId, UnitId};
use chasqui_procedures::moment::Moment;
use chasqui_procedures::tracking_code::TrackingCode;

use crate::authorise::{Verb, authorise};
use crate::commands::Commands;
use crate::done::Done;
use crate::error::CommandError;
use crate::idempotency::Once;
use crate::order::Order;
use crate::vault::Person;

/// What is filed.
#[derive(Clone, Debug)]
pub struct FileRequest {
    /// The procedure type; its newest version governs.
    pub procedure_type: TypeId,
    /// The unit it is filed with.
    pub unit: UnitId,
    /// How it came in.
    pub channel: Option<Channel>,
    /// What kind of applicant files it.
    pub applicant_kind: Option<ApplicantKind>,
    /// The calendars of the unit and the applicant; none for the type's own.
    pub calendars: Vec<CalendarId>,
    /// When it was handed in, if that is not now.
    pub occurred: Option<Moment>,
    /// Who files it, for the vault: no event, view or log has it.
    pub person: Option<Person>,
}

/// What was filed: the only time that the code is known.
#[derive(Debug)]
pub struct FiledProcedure {
    /// The code to hand to the applicant.
    pub code: TrackingCode,
    /// What was recorded.
    pub done: Done,
}

impl Commands {
    /// Files a procedure, and answers once it is durable.
    pub async fn file(
        &self,
        order: Order,
        request: FileRequest,
    ) -> Result<FiledProcedure, CommandError> {
        let commands = self.clone();
        tokio::spawn(async move {
            let (procedure, drawn) = commands.0.secrets.new_procedure()?;
            // Under a key the code is derived, so that it can be told again and is never stored.
            let key = order.once.as_ref().map(Once::text);
            let code_of = |procedure| key.map(|key| commands.0.secrets.code_under(procedure, key));
            let code = code_of(procedure).unwrap_or(drawn);
            let filing = commands.file_as(&order, procedure, &code, &request);
            let done = commands.at_most_once(&order, filing).await?;
            let code = code_of(done.procedure).unwrap_or(code);
            Ok(FiledProcedure { code, done })
        })
        .await
        .map_err(|_| CommandError::Interrupted)?
    }

    async fn file_as(
        &self,
        order: &Order,
        procedure: ProcedureId,
        code: &TrackingCode,
        request: &FileRequest,
    ) -> Result<Done, CommandError> {
        authorise(&order.actor, Verb::File, Some(&request.unit))?;
        let unit = self.known_unit(&request.unit).await?;
        let rules = self.newest_type(&request.procedure_type).await?;
        let mut calendars = rules.calendars.clone();
        calendars.extend(unit.calendars);
        calendars.extend(request.calendars.iter().cloned());
        let now = self.0.clock.now();
        let calendar = self.0.calendars.resolve(&calendars, now)?;
        let situation = Situation {
            now: self.0.clock.moment(),
            rules: &rules,
            calendar: &calendar,
            history: &[],
        };
        let wish = |subject| {
            Wish::File(Box::new(File {
                unit: request.unit.clone(),
                channel: request.channel.clone(),
                applicant_kind: request.applicant_kind.clone(),
                calendars: calendars.clone(),
                code: Some(self.lookup(code)),
                subject,
            }))
        };
        let command = |subject| Command {
            occurred: request.occurred,
            wish: wish(subject),
        };
        let decided = |subject| decide(&Procedure::default(), &command(subject), &situation);
        let Some(person) = &request.person else {
            return self.append(order, procedure, 0, decided(None)?).await;
        };
        // What is refused leaves nobody in the vault.
        decided(None)?;
        let kept = self.keep_person(procedure, person).await?;
        let entries = decided(Some(kept.subject))?;
        let done = self.append(order, procedure, 0, entries).await;
        if let Err(error) = &done {
            self.forget_if_not_filed(kept, error).await;
        }
        done
    }
}
