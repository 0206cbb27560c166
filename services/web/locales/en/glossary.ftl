# The glossary: the same words on pages, in the API, in the feeds and in docs/glossary.md.
stage-filed = Filed
stage-in_review = In review
stage-awaiting_applicant = Waiting for your answer
stage-suspended = Time stopped
stage-decided = Decided, not yet notified
stage-ended = Ended

standing-no_term = No known term
standing-running = Within the term
standing-due_soon = Due soon
standing-due_today = Due today
standing-overdue = Overdue
standing-suspended = Time stopped
standing-silence_accrued = Administrative silence
standing-ended_on_time = Ended on time
standing-ended_late = Ended late
standing-ended = Ended

outcome-granted = Granted
outcome-partly_granted = Partly granted
outcome-denied = Denied
outcome-not_required = No permission was needed
outcome-inadmissible = Not admitted
outcome-deemed_granted = Granted by administrative silence
outcome-deemed_denied = Denied by administrative silence
outcome-withdrawn = Withdrawn
outcome-abandoned = Abandoned
outcome-lapsed = Lapsed
outcome-impossible = Impossible to go on
outcome-agreed = Ended by agreement
outcome-referred = Referred to another entity
outcome-unstated = Decided (the source does not say what)

waiting-municipality = You do not have to do anything: the municipality must answer.
waiting-applicant = You have to complete what you were asked for. The time is stopped meanwhile.
waiting-third_party = You do not have to do anything: a third party is awaited and the time is stopped.
waiting-nobody = There is nothing left for you to do.

cause-rectification = you were asked to complete the application
cause-external_report = a report was asked of another entity
cause-technical_evidence = technical evidence is being taken
cause-settlement_negotiation = an agreement is being negotiated
cause-force_majeure = force majeure
cause-correction = you were asked to correct the application
cause-incompleteness = the application is incomplete

contradiction-filing_not_stated = the source does not record the filing
contradiction-filed_twice = the source records another filing
contradiction-before_filing = it is dated before the filing
contradiction-out_of_order = it is out of order
contradiction-after_closing = it is dated after the closing
contradiction-decided_twice = there was a decision already
contradiction-notified_undecided = there is no decision to notify
contradiction-asked_twice = there was an unanswered request for documents already
contradiction-answered_unasked = nothing had been asked for
contradiction-suspended_twice = the time was stopped already
contradiction-resumed_unsuspended = the time was not stopped
contradiction-withdrawn_twice = it had been withdrawn already
contradiction-archived_twice = it had been closed already
contradiction-end_before_filing = the source puts the end before the filing
contradiction-due_before_filing = the source puts the due date before the filing

silence-positive = positive administrative silence, what was asked for counts as granted (COA, art. 207)
silence-negative = negative administrative silence, what was asked for counts as denied and can be challenged
silence-caducity = lapse, the procedure comes to an end (COA, art. 213)

result-done = answered
result-favourable = favourable report
result-unfavourable = unfavourable report

corrected-typing_mistake = it was recorded wrongly
corrected-wrong_procedure = it belonged to another procedure
corrected-recorded_twice = it was recorded twice
corrected-document_shows_otherwise = a document shows something else
corrected-act_is_void = the act is void

reopened-appeal_upheld = the appeal was upheld
reopened-court_order = a court ordered it
reopened-own_revision = the municipality revised its own act

part-on_time = On time
part-late = Late
part-open = Open
part-overdue = Open and overdue
part-not_overdue = Open and not overdue
part-received = Filed
part-closed = Ended

# What happened, one line each.
entry-filed = Filed
entry-admitted = Admitted
entry-assigned = Assigned to { $unit }
entry-step-started = Started: { $step }
entry-step-completed = Done: { $step }
entry-rectification-requested = You were asked to complete the application
entry-rectification-answered = You answered
entry-suspended = The time stopped
entry-resumed = The time runs again
entry-extended = The term was extended
entry-extended-by = { $days ->
    [one] The term was extended by { $days } day
   *[other] The term was extended by { $days } days
}
entry-transferred = Transferred to { $unit }. The time goes on
entry-part-opened = { $unit } was asked for: { $step }
entry-part-answered = Part { $number }: { $result }
entry-part-cancelled = Part { $number }: no longer needed
entry-decided = Decided
entry-decided-as = Decided: { $outcome }
entry-notified = Decision notified
entry-withdrawn = Withdrawn
entry-archived = File closed
entry-corrected = Correction of entry { $entry }: { $why }
entry-code-replaced = The tracking code was replaced
entry-person-erased = The personal data was erased
entry-appealed = You appealed the decision
entry-reopened = Reopened. The term starts again
entry-reopened-because = Reopened: { $why }. The term starts again
entry-recomputed = The calendar changed{ $decrees }: the due date moves from { $from } to { $to }
entry-silence = Nobody answered in time
entry-silence-with = Nobody answered in time: { $effect }
no-date = no date
another-unit = another unit

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-long = { $weekday }, { $day } { $month } { $year }
date-medium = { $day } { $month } { $year }
date-month = { $month } { $year }
