//! Publish a decree that changes a calendar, and learn what others have published.

use chasqui_deadlines::Decree;
use chasqui_procedures::calendar::{CalendarEvent, Decreed};
use chasqui_procedures::recorded::{Body, NewEvent, RawRecord, kind};
use chasqui_store::Append;

use crate::commands::Commands;
use crate::error::CommandError;
use crate::order::by;

impl Commands {
    /// Publishes a decree: from now on it counts. True if that is news; false if it stands there just so.
    ///
    /// Its `known_at` is not looked at: a log knows a decree from the moment it is recorded, and what was
    /// said before stays as it was said. Open procedures are re-dated by
    /// [`keep_time`](Self::keep_time), not here.
    ///
    /// Fails if the calendar is unknown, if the decree is none, or if another one has its id.
    pub async fn publish_decree(&self, decree: Decree) -> Result<bool, CommandError> {
        self.learn_calendars().await?;
        let decree = Decree {
            known_at: None,
            ..decree
        };
        if let Some(known) = self.0.calendars.decree(&decree.id) {
            let same = Decree {
                known_at: None,
                ..known
            } == decree;
            return if same {
                Ok(false)
            } else {
                Err(CommandError::DecreeExists(decree.id.to_string()))
            };
        }
        self.0.calendars.book().with_decree(decree.clone())?;
        let id = decree.calendar.to_string();
        let records = self.records_of(vec![id.clone()]).await?;
        let event = CalendarEvent::Decreed(Box::new(Decreed { decree }));
        let append = Append {
            kind: kind::CALENDAR,
            id,
            after: records.last().map_or(0, |record| record.sequence),
            events: vec![NewEvent::encode(event.name(), &event)],
            metadata: by("operator"),
        };
        self.0.store.append(append).await?;
        self.learn_calendars().await?;
        Ok(true)
    }

    /// Takes in the decrees that the log holds, whoever published them. True if there is news.
    pub async fn learn_calendars(&self) -> Result<bool, CommandError> {
        let book = self.0.calendars.book();
        let calendars = book.calendars();
        let ids = calendars.iter().map(|info| info.id.to_string()).collect();
        let records = self.records_of(ids).await?;
        let mut decrees = Vec::with_capacity(records.len());
        for record in &records {
            let recorded = record.decode()?;
            if let Body::Calendar(event) = recorded.body {
                decrees.push(event.decree(recorded.recorded_at));
            }
        }
        Ok(self.0.calendars.learn(decrees)?)
    }

    async fn records_of(&self, calendars: Vec<String>) -> Result<Vec<RawRecord>, CommandError> {
        Ok(self.0.store.load_many(kind::CALENDAR, calendars).await?)
    }
}
