//! One made-up procedure from filing to end, or to today. Every step is decided by the domain: what
//! the law would refuse does not happen here either.

use chasqui_commands::Clock;
use chasqui_deadlines::{Calendar, SuspensionCause, Term};
use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_procedures::command::{Command, File, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::event::{Entry, RectificationItem};
use chasqui_procedures::ids::{ApplicantKind, Channel, UnitId};
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::text::Label;
use chasqui_procedures::tracking_code::CodeLookup;
use chasqui_procedures::{Moment, Procedure};
use fastrand::Rng;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// What a made-up procedure begins with.
pub(crate) struct Beginning<'a> {
    pub(crate) rules: &'a TypeVersion,
    pub(crate) calendar: &'a Calendar,
    pub(crate) unit: &'a UnitId,
    pub(crate) others: &'a [Unit],
    pub(crate) code: CodeLookup,
    pub(crate) clock: &'a Clock,
    /// Where in the year it is filed: 0 is a year ago, 1 is today.
    pub(crate) share: f64,
}

/// The history of one procedure.
pub(crate) fn live(beginning: &Beginning<'_>, random: &mut Rng) -> Vec<Entry> {
    let mut life = Life {
        beginning,
        random,
        now: beginning.clock.now(),
        at: beginning.clock.now(),
        state: Procedure::default(),
        entries: Vec::new(),
    };
    life.file();
    // A procedure that has reached today stays as it is: open, and perhaps late.
    let _ = life.go_on();
    life.entries
}

struct Life<'a, 'r> {
    beginning: &'a Beginning<'a>,
    random: &'r mut Rng,
    now: Timestamp,
    at: Timestamp,
    state: Procedure,
    entries: Vec<Entry>,
}

/// The story has reached today.
struct Today;

type Story = Result<(), Today>;

impl Life<'_, '_> {
    fn file(&mut self) {
        let days = 365.0 * (1.0 - self.beginning.share);
        let minutes = (days * 24.0 * 60.0) as i64 + self.random.i64(0..720);
        self.at = self.now - minutes.minutes() - 1.minutes();
        let online = self.random.f64() < 0.6;
        if !online {
            // A desk is open from eight to half past four.
            self.at = self
                .at_hour(self.today(), 8 * 60, 16 * 60 + 30)
                .min(self.at);
        }
        let kind = if self.random.f64() < 0.7 {
            "natural"
        } else {
            "legal"
        };
        let word = "invariant: the word is one";
        let file = File {
            unit: self.beginning.unit.clone(),
            channel: Some(Channel::parse(if online { "internet" } else { "desk" }).expect(word)),
            applicant_kind: Some(ApplicantKind::parse(kind).expect(word)),
            calendars: self.beginning.calendar.ids().to_vec(),
            code: Some(self.beginning.code),
            subject: None,
        };
        self.wish(Wish::File(Box::new(file)));
    }

    fn go_on(&mut self) -> Story {
        if self.beginning.rules.term == Some(Term::Immediate) {
            self.pass_minutes(5, 90)?;
            self.wish(Wish::Admit);
            self.work(0)?;
            return self.end(0);
        }
        self.wait(0, 2)?;
        self.wish(Wish::Admit);
        if self.chance(0.02) {
            self.wait(1, 6)?;
            self.wish(Wish::Withdraw);
            return Ok(());
        }
        if self.chance(0.16) {
            self.rectify()?;
        }
        if self.chance(0.07) {
            self.transfer()?;
        }
        if self.chance(0.05) {
            self.wish(Wish::Suspend {
                cause: SuspensionCause::ExternalReport,
            });
            self.wait(5, 25)?;
            self.wish(Wish::Resume {
                cause: SuspensionCause::ExternalReport,
            });
        }
        let effort = self.effort();
        if self.chance(0.05) {
            self.wait(effort / 3, effort / 2)?;
            self.wish(Wish::Extend {
                days: (self.term_days() / 2).clamp(1, 10) as u16,
            });
        }
        self.work(effort)?;
        self.end(3)
    }

    /// How many business days the work takes: mostly within the term, sometimes far beyond it.
    fn effort(&mut self) -> i64 {
        let term = self.term_days() as f64;
        let share = match self.random.f64() {
            x if x < 0.72 => 0.15 + 0.65 * self.random.f64(),
            x if x < 0.93 => 0.6 + 0.7 * self.random.f64(),
            _ => 1.0 + 2.5 * self.random.f64(),
        };
        (term * share).round().max(1.0) as i64
    }

    fn term_days(&self) -> i64 {
        match self.beginning.rules.term {
            Some(term) => i64::from(term.amount()).max(1),
            None => 10,
        }
    }

    fn rectify(&mut self) -> Story {
        self.wait(1, 3)?;
        let requirement = Label::parse("Documento de respaldo").expect("invariant: a short label");
        let already_held_by_state = self.chance(0.1);
        let items = vec![RectificationItem {
            requirement,
            already_held_by_state,
        }];
        self.wish(Wish::RequestRectification {
            items,
            granted_business_days: None,
        });
        self.wait(1, 12)?;
        self.wish(Wish::AnswerRectification);
        Ok(())
    }

    fn transfer(&mut self) -> Story {
        self.wait(1, 3)?;
        let to = &self.beginning.others[self.random.usize(..self.beginning.others.len())].id;
        self.wish(Wish::Transfer { to: to.clone() });
        Ok(())
    }

    fn work(&mut self, effort: i64) -> Story {
        let steps = self.beginning.rules.steps.clone();
        let inner = steps
            .get(1..steps.len().saturating_sub(1))
            .unwrap_or_default();
        let each = effort / (inner.len().max(1) as i64);
        for step in inner {
            if effort == 0 {
                self.pass_minutes(5, 40)?;
            } else {
                self.wait(0, 1)?;
                self.wish(Wish::StartStep {
                    step: step.name.clone(),
                });
                self.wait((each - 1).max(0), each)?;
            }
            self.wish(Wish::CompleteStep {
                step: step.name.clone(),
            });
        }
        Ok(())
    }

    fn end(&mut self, days: i64) -> Story {
        let outcome = match self.random.f64() {
            x if x < 0.80 => Outcome::Granted,
            x if x < 0.85 => Outcome::PartlyGranted,
            x if x < 0.96 => Outcome::Denied,
            _ => Outcome::Inadmissible,
        };
        self.wish(Wish::Decide { outcome });
        if days > 0 {
            self.wait(0, days)?;
        } else {
            self.pass_minutes(2, 20)?;
        }
        self.wish(Wish::Notify { channel: None });
        if self.chance(0.6) {
            self.wait(3, 20)?;
            self.wish(Wish::Archive);
        }
        Ok(())
    }

    /// Carries a wish out. One that the rules refuse does not happen, and the story goes on.
    fn wish(&mut self, wish: Wish) {
        let zone = self.beginning.clock.zone();
        let moment = |at| Moment::at_zone(at, zone).expect("invariant: the year lies in range");
        let command = Command {
            occurred: Some(moment(self.at)),
            wish,
        };
        let situation = Situation {
            now: moment(self.now),
            rules: self.beginning.rules,
            calendar: self.beginning.calendar,
            history: &self.entries,
        };
        for entry in decide(&self.state, &command, &situation).unwrap_or_default() {
            self.state.evolve(&entry);
            self.entries.push(entry);
        }
    }

    /// Lets some business days pass, and comes to a moment of a working day.
    fn wait(&mut self, least: i64, most: i64) -> Story {
        let days = self.random.i64(least..=most.max(least));
        let mut date = self.today();
        for _ in 0..days {
            date = self
                .beginning
                .calendar
                .next_business_day(date)
                .map_err(|_| Today)?;
        }
        date = self
            .beginning
            .calendar
            .business_day_on_or_after(date)
            .map_err(|_| Today)?;
        let next = self.at_hour(date, 8 * 60, 16 * 60 + 30);
        self.come_to(next.max(self.at + 1.minutes()))
    }

    fn pass_minutes(&mut self, least: i64, most: i64) -> Story {
        let minutes = self.random.i64(least..=most);
        self.come_to(self.at + minutes.minutes())
    }

    fn come_to(&mut self, next: Timestamp) -> Story {
        if next > self.now {
            return Err(Today);
        }
        self.at = next;
        Ok(())
    }

    fn today(&self) -> Date {
        self.beginning.clock.zone().to_datetime(self.at).date()
    }

    fn at_hour(&mut self, date: Date, from: i64, until: i64) -> Timestamp {
        let minute = self.random.i64(from..until);
        let (hour, minute, second) = (minute / 60, minute % 60, self.random.i8(0..60));
        let local = date.at(hour as i8, minute as i8, second, 0);
        self.beginning
            .clock
            .zone()
            .to_timestamp(local)
            .unwrap_or(self.at)
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.f64() < share
    }
}
