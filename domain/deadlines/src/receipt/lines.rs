//! The sentences of a receipt, in the order a person would tell them: when it was filed, how long
//! the law gives, each day, each suspension and extension, when it is due, what silence means, on
//! which calendar all of it rests, and what is not certain.

use jiff::civil::Date;

use super::days::{Exclusion, ReceiptDay};
use super::key::LineKey;
use super::line::{Arg, ReceiptLine};
use crate::calendar::{Evidence, LegalBasis, RestReason};
use crate::compute::{Deadline, Deemed, EffectiveSuspension, EndedBy};
use crate::day::Day;
use crate::ledger::SuspensionCause;
use crate::policies::{PlazoAnchor, Roll};
use crate::silence::SilenceEffect;
use crate::term::Term;

impl Deadline {
    /// Every line, given every day.
    pub(super) fn receipt_lines(&self, days: &[ReceiptDay]) -> Vec<ReceiptLine> {
        let mut lines = Vec::with_capacity(days.len() + 12);
        self.filing_lines(&mut lines);
        lines.push(self.term_line());
        self.start_lines(&mut lines);
        self.day_lines(days, &mut lines);
        self.end_lines(&mut lines);
        lines.extend(
            self.suspensions
                .iter()
                .map(|each| self.suspension_line(each)),
        );
        self.extension_lines(&mut lines);
        self.due_lines(&mut lines);
        lines.extend(self.silence_line());
        self.calendar_lines(&mut lines);
        if lines.iter().any(from_memory) {
            lines.push(ReceiptLine::new(LineKey::CaveatToConfirm));
        }
        lines
    }

    fn line(&self, key: LineKey, basis: LegalBasis) -> ReceiptLine {
        ReceiptLine::new(key).under(self.calendar().article(basis))
    }

    fn filing_lines(&self, lines: &mut Vec<ReceiptLine>) {
        let received = match self.start.received_at {
            Some(at) => ReceiptLine::new(LineKey::FiledAt)
                .with("date", self.start.received_on)
                .with("time", Arg::Time(at.time())),
            None => ReceiptLine::new(LineKey::FiledOn).with("date", self.start.received_on),
        };
        lines.push(received);
        let deemed = match self.deemed {
            Deemed::AsReceived => return,
            Deemed::OnRestDay => ReceiptLine::new(LineKey::FiledOnRestDay),
            Deemed::AfterClosing(hours) => {
                ReceiptLine::new(LineKey::FiledAfterClosing).with("close", hours.close)
            }
        };
        lines.push(deemed.with("date", self.legal_filing_date));
    }

    fn term_line(&self) -> ReceiptLine {
        let (key, basis) = match self.input.term {
            Term::Immediate => (LineKey::TermImmediate, LegalBasis::Start),
            Term::BusinessDays(_) => (LineKey::TermBusinessDays, LegalBasis::Start),
            Term::CalendarDays(_) => (LineKey::TermCalendarDays, LegalBasis::CalendarDays),
            Term::Weeks(_) => (LineKey::TermWeeks, LegalBasis::CalendarDays),
            Term::Months(_) => (LineKey::TermMonths, LegalBasis::DateToDate),
            Term::Years(_) => (LineKey::TermYears, LegalBasis::DateToDate),
        };
        self.line(key, basis).with("n", self.input.term.amount())
    }

    fn start_lines(&self, lines: &mut Vec<ReceiptLine>) {
        if self.clock.counts_from > self.start.legal
            && let Some(date) = self.clock.counts_from.date()
        {
            let line = self.line(LineKey::ClockRestarted, LegalBasis::Suspension);
            lines.push(line.with("date", date));
        }
        let (Some(start), Ok(begin)) = (self.computation_start, self.clock.computation_start())
        else {
            return;
        };
        lines.push(
            self.line(LineKey::PlazoStarts, LegalBasis::Start)
                .with("date", start),
        );
        if let Ok(Some(end)) = self.clock.equivalent(begin, self.input.term).map(Day::date) {
            let whole = self.input.policies.plazo_anchor != PlazoAnchor::NextDay;
            let key = match whole && start.day() != end.day() {
                true => LineKey::PlazoClamped,
                false => LineKey::PlazoEquivalent,
            };
            lines.push(self.line(key, LegalBasis::DateToDate).with("date", end));
        }
    }

    /// A line for each counted day and for each run of days left out for one reason.
    fn day_lines(&self, days: &[ReceiptDay], lines: &mut Vec<ReceiptLine>) {
        let next_to = |a: &ReceiptDay, b: &ReceiptDay| a.date.tomorrow().ok() == Some(b.date);
        let alike = |a: &ReceiptDay, b: &ReceiptDay| {
            a.excluded.is_some() && a.excluded == b.excluded && next_to(a, b)
        };
        for run in days.chunk_by(alike) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let line = match &first.excluded {
                None => ReceiptLine::new(LineKey::DayCounted)
                    .with("n", first.counted.unwrap_or_default())
                    .with("date", first.date),
                Some(excluded) => excluded_line(excluded, first.date)
                    .with("n", i64::try_from(run.len()).unwrap_or(i64::MAX))
                    .with("from", first.date)
                    .with("to", last.date),
            };
            lines.push(line);
        }
    }

    /// How a term that is not counted in business days reached its end.
    fn end_lines(&self, lines: &mut Vec<ReceiptLine>) {
        let term = self.input.term;
        let mut unrolled = self.clock.clone();
        unrolled.policies.roll = Roll::None;
        if term.runs_date_to_date()
            && let Ok(start) = self.clock.computation_start()
            && let Ok(end) = self.clock.equivalent(start, term)
            && let Ok(Some(pushed)) = unrolled.due(term, 0)
            && pushed > end
        {
            let line = self.line(LineKey::PlazoPushed, LegalBasis::Suspension);
            lines.push(line.with("n", i64::from(pushed.0 - end.0)));
        }
        if let (Some(due), Ok(Some(end))) = (self.due_on, unrolled.due(term, self.extension_days))
            && Day::of(due).is_ok_and(|due| due > end)
        {
            lines.push(
                self.line(LineKey::PlazoRolled, LegalBasis::Roll)
                    .with("date", due),
            );
        }
    }

    fn suspension_line(&self, suspension: &EffectiveSuspension) -> ReceiptLine {
        let key = match suspension.ended_by {
            _ if self.is_too_late(suspension) => LineKey::SuspensionTooLate,
            None => LineKey::SuspensionOpen,
            Some(EndedBy::Complied) => LineKey::SuspensionComplied,
            Some(EndedBy::GrantExpired) => LineKey::SuspensionGrantExpired,
            Some(EndedBy::CapReached) => LineKey::SuspensionCapReached,
        };
        let basis = match suspension.cause {
            SuspensionCause::Rectification => LegalBasis::Rectification,
            SuspensionCause::ExternalReport
            | SuspensionCause::TechnicalEvidence
            | SuspensionCause::SettlementNegotiation
            | SuspensionCause::ForceMajeure
            | SuspensionCause::Correction
            | SuspensionCause::Incompleteness => LegalBasis::Suspension,
        };
        let cause = Arg::Key(suspension.cause.message_key());
        let line = self
            .line(key, basis)
            .with("cause", cause)
            .with("from", suspension.from);
        match suspension.effective_to {
            Some(to) => line.with("to", to),
            None => line,
        }
    }

    fn extension_lines(&self, lines: &mut Vec<ReceiptLine>) {
        let key = match self.input.term.counts_business_days() {
            true => LineKey::ExtensionBusinessDays,
            false => LineKey::ExtensionCalendarDays,
        };
        for extension in &self.input.ledger.extensions {
            let line = self
                .line(key, LegalBasis::Extension)
                .with("n", extension.amount);
            lines.push(line.with("date", extension.granted_and_notified_on));
        }
    }

    fn due_lines(&self, lines: &mut Vec<ReceiptLine>) {
        let Some(due) = self.due_on else {
            let open = self.clock.spans.iter().find(|span| span.until.is_none());
            let stopped = open
                .and_then(|span| span.after.date())
                .unwrap_or(self.legal_filing_date);
            let left = self.standing(stopped, None).remaining_days;
            return lines.push(ReceiptLine::new(LineKey::DueOpen).with("n", left));
        };
        let stops = |s: &EffectiveSuspension| s.awaiting && !self.is_too_late(s);
        let key = match self.suspensions.iter().any(stops) {
            true => LineKey::DueAtTheLatest,
            false => LineKey::DueOn,
        };
        let zone = self.calendar().zone().name().to_owned();
        lines.push(ReceiptLine::new(key).with("date", due).with("zone", zone));
        if let Some(strict) = self.base_due_on.filter(|_| self.extension_days > 0) {
            lines.push(ReceiptLine::new(LineKey::DueStrict).with("date", strict));
        }
    }

    fn silence_line(&self) -> Option<ReceiptLine> {
        let silence = self.silence?;
        let (key, basis) = match silence.effect {
            SilenceEffect::Positive => (LineKey::SilencePositive, LegalBasis::Silence),
            SilenceEffect::Negative => (LineKey::SilenceNegative, LegalBasis::OtherSilence),
            SilenceEffect::Caducity => (LineKey::SilenceCaducity, LegalBasis::OtherSilence),
        };
        Some(match (silence.expires_on, silence.effective_from()) {
            (Some(last), Some(from)) => self.line(key, basis).with("date", last).with("from", from),
            (_, None) | (None, _) => self.line(LineKey::SilenceOpen, basis),
        })
    }

    fn calendar_lines(&self, lines: &mut Vec<ReceiptLine>) {
        let ids: Vec<&str> = self.calendar().ids().iter().map(|id| id.as_str()).collect();
        lines.push(
            self.line(LineKey::CalendarUsed, LegalBasis::RestDays)
                .with("calendars", ids.join(", "))
                .with("version", self.calendar_version()),
        );
        let last = self.due_on.unwrap_or(self.legal_filing_date);
        if !self.calendar().was_checked(self.legal_filing_date, last) {
            lines.push(ReceiptLine::new(LineKey::CaveatUncheckedYears));
        }
    }
}

fn excluded_line(excluded: &Exclusion, date: Date) -> ReceiptLine {
    match excluded {
        Exclusion::Rest(reason) => rest_line(reason, date),
        Exclusion::BeforeRestart => ReceiptLine::new(LineKey::DayBeforeRestart),
        Exclusion::Suspended { cause, .. } => {
            ReceiptLine::new(LineKey::DaySuspended).with("cause", Arg::Key(cause.message_key()))
        }
    }
}

fn rest_line(reason: &RestReason, date: Date) -> ReceiptLine {
    match reason {
        RestReason::Weekend => ReceiptLine::new(LineKey::DayWeekend),
        RestReason::Holiday { name, nominal, .. } if *nominal == date => {
            ReceiptLine::new(LineKey::DayHoliday).with("name", name.clone())
        }
        RestReason::Holiday { name, nominal, .. } => ReceiptLine::new(LineKey::DayHolidayMoved)
            .with("name", name.clone())
            .with("nominal", *nominal),
        RestReason::Decree {
            name, issued_on, ..
        } => match issued_on {
            Some(issued) => ReceiptLine::new(LineKey::DayDecreeIssued)
                .with("name", name.clone())
                .with("issued", *issued),
            None => ReceiptLine::new(LineKey::DayDecree).with("name", name.clone()),
        },
        RestReason::TermsSuspended { name, .. } => {
            ReceiptLine::new(LineKey::DayTermsSuspended).with("name", name.clone())
        }
    }
}

fn from_memory(line: &ReceiptLine) -> bool {
    line.article
        .as_ref()
        .is_some_and(|article| article.evidence == Evidence::Memory)
}
