# The frame of every page.
skip = Skip to the content
synthetic = Synthetic data: nothing that you see here is real.
brand = Procedures
menu = Pages
languages = Language
nav-home = Look up
nav-types = Procedures
nav-figures = Indicators
nav-calculator = Calculator
nav-verify = Verify a receipt
nav-privacy = Privacy
nav-accessibility = Accessibility
footer-free = Looking up a procedure is free, and you do not have to register.
not-translated = This page exists in Spanish only.
to-validate = No speaker has validated the texts in Kichwa.
stale = The data may be late: the last thing taken into account is of { $when }. What happened since does not show yet.
halted = The data is not being updated. What you see is the last that was known. We are looking into it.

# The form.
code-label = Code of the procedure
code-hint = It is on your receipt: 15 letters and digits, like 404AM-T154V-M4JS4. You can leave out the hyphens and use small letters.
code-submit = Look up

# The first page.
home-title = What became of your procedure?
home-lead = Type the code that you were given when you filed it. You will see who has it, until when they must answer, and what you have to do.
home-where = Where is the code?
home-where-paper = On the receipt that you were given at the desk, beside the QR code.
home-where-mail = In the message that you got if you filed it on the internet.
home-where-lost = If you lost it, ask for a new one at the desk where you filed the procedure.
home-more = You can also
home-types = See which procedures there are, what they ask for and how long they take
home-figures = See how long the municipality takes, with the data behind it
home-calculator = Work out until when they must answer you

# One procedure.
status-title = Procedure { $code }
status-past = This is how the procedure was known on { $day }: with what had been recorded by then.
status-today = See how it is today
status-filed = { $unit } has received your procedure.
status-in_review = { $unit } is working on it.
status-awaiting_applicant = Your answer is missing: you were asked to complete the application.
status-suspended = The time is stopped. The procedure is still with { $unit }.
status-decided = There is a decision: { $outcome }. It has not been notified to you yet.
status-decided-unknown = There is a decision. It has not been notified to you yet.
status-ended = Your procedure has ended.
status-ended-as = Your procedure has ended: { $outcome }.
status-ended-on = Your procedure ended on { $day }: { $outcome }.
status-due = They must answer by
status-due-was = They had to answer by
status-left = { $count ->
    [one] { $count } business day left
   *[other] { $count } business days left
}
status-due-today = that is today
status-late = { $count ->
    [one] { $count } business day late
   *[other] { $count } business days late
}
status-stated = The date is the one that the source of the data states.
status-no-due = This procedure has no known due date.
status-stopped-due = The time is stopped: the date is worked out again once it runs.
status-how = How is it worked out?
status-repeat = Repeat the sum in the public calculator
status-silence = Nobody notified you of an answer in time. From { $from }: { $effect }.
status-certificate = Certificate to print
status-do = What you have to do
status-overdue-help = The term has run out. You can ask for an answer in writing, and ask at the desk of { $unit } with this code.
status-appeal-help = If you do not agree with the decision, you can challenge it. Ask at the desk or a lawyer about the time limits.
status-who = Who has it
status-unit = Unit
status-since = { $unit }, since { $day }
status-filed-on = Filed
status-contact = Contact
status-hours = Opening hours
status-usual = What is usual
status-history = What has happened
status-imported = Imported history: the dates are those that the source states.
status-by = by { $unit }
status-contradicts = Contradiction in the source: { $what }.
status-entry-link = Link to this entry
status-still = Nothing has happened since { $day }.
status-follow = Get updates and share
status-whatsapp = Share on WhatsApp
status-email = Send by e-mail
status-share-text = Status of a municipal procedure: { $address }
status-keep = Keep this address: whoever has it can see this page.
status-verify = Verify
status-receipt = Receipt to print, with its sealed proofs
status-no-log = This installation does not seal its entries into a log yet.
status-sealed = Every entry is kept in a public log that nobody can change unnoticed. Its last entry is number { $index } of the log and is sealed.
status-unsealed = Every entry is kept in a public log that nobody can change unnoticed. Its last entry is number { $index } of the log and will be sealed within seconds.
status-data = The same data, for programs
status-before = How did it look before?
status-before-day = With what was recorded until the day
status-before-show = Show
status-readings = Who has read your personal data
status-not-shown = No names, identity numbers, addresses or documents are published here.
status-updated = Updated on { $when }, Ecuador time, with the first { $position } entries of the log.

# Errors.
error-you-typed = You typed
error-what = What can you do?
error-unknown-new = If you have just filed the procedure, try again in a minute: it may be too new.
error-unknown-other = Check that it is the tracking code and not the number of the file or of your identity card.
error-unknown-replaced = If you were given a new code, the old one no longer works.
error-unknown-ask = Ask at the desk where you filed it: with your receipt they can give you a new code.
error-home = Go to the first page
error-try = You can start here
problem-mistyped_code-title = There is a mistake in the code
problem-mistyped_code-length = The code has 15 letters and digits; you typed { $found }. Copy all of it from your receipt.
problem-mistyped_code-symbol = Check character { $place }: it is in no code. The letter U and accents are not used.
problem-mistyped_code-check-place = There is a typing mistake. Check character { $place }.
problem-mistyped_code-check = There is a typing mistake. Compare it with your receipt.
problem-unknown_code-title = We did not find that code
problem-unknown_code-detail = The code is well written, but belongs to no procedure that we can show.
problem-too_many_misses-title = Too many wrong codes
problem-too_many_misses-detail = Many codes that do not exist were tried from your network. Try again in { $seconds } seconds; your code is still valid.
problem-no_silence-title = There is no administrative silence
problem-no_silence-detail = Administrative silence has not come about in this procedure: the term has not run out, or an answer was notified in time, or silence has no effect in this type of procedure.
problem-not_sealed-title = It is recorded, and not yet sealed
problem-no_such_address-title = This page does not exist
problem-no_such_address-detail = Check the address, or start at the first page.
problem-no_such_method-title = That cannot be done here
problem-no_such_method-detail = The address exists, but not with that method.
problem-bad_question-title = We did not understand the question
problem-bad_question-detail = A part of the question cannot be understood.
problem-views_behind-title = We do not see it yet
problem-views_behind-detail = It is recorded or will be soon. Ask again in a second.
problem-unavailable-title = The service is not available at the moment
problem-unavailable-detail = Try again in a minute.
problem-internal-title = Something failed on our side
problem-internal-detail = It was recorded. Try again later.

# The procedure types.
types-title = Procedures
types-lead = What you can ask of the municipality, what you need and by when they must answer.
types-none = No procedure has been published yet.
types-term = Term for the answer: { $term }
types-no-term = No known term
type-immediate = at once
type-business-days = { $count ->
    [one] { $count } business day
   *[other] { $count } business days
}
type-calendar-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
type-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
type-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
type-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
type-audience = Who is it for?
type-result = What do I get if I complete the procedure?
type-requirements = What do I need for the procedure?
type-held-by-state = The State has it already: they may not ask you for it.
type-how = How do I file the procedure?
type-channel-internet = On the internet
type-channel-desk = At a desk
type-channel-post = By post
type-channel-phone = By telephone
type-cost = How much does it cost?
type-when = By when must they answer me?
type-silence-none = If nobody answers in time, the law gives no consequence in this type of procedure.
type-silence = If nobody notifies you of an answer within { $term }: { $effect }.
type-steps = Which steps does it take?
type-where = Where is it filed?
type-anywhere = At any desk of the municipality.
type-law = Legal basis
type-source = Information provided by
type-figures = How long it takes in practice
type-code = Code of the procedure in the catalogue
type-version = version { $version }
type-unknown = It has not been published.
type-is-missing = There is no such procedure
type-is-missing-detail = See the list of those that there are.

# Privacy.
privacy-title = Privacy
privacy-lead = This page says what is kept, what is published and what is not.
privacy-not = What we do not publish
privacy-not-names = No names, identity numbers, addresses, telephone numbers or e-mail addresses.
privacy-not-documents = No documents, nor their names, nor texts written by officials.
privacy-not-officials = Nor which official did which step.
privacy-do = What we publish of each procedure
privacy-do-what = Which procedure it is, which unit has it, which steps it went through, on which dates, and the due date.
privacy-do-code = Only whoever has the code sees it. The code is random: it cannot be guessed or worked out from another one.
privacy-do-figures = The figures bring many procedures together and hide small groups.
privacy-kept = Personal data
privacy-kept-apart = It is kept apart and encrypted. Every reading is written down with its reason, and you can see those readings with your code.
privacy-kept-rights = You can ask to see it, to have it corrected or erased (Organic Law on the Protection of Personal Data, articles 12 to 15). Do so at the desk where you filed the procedure.
privacy-visit = Your visit
privacy-visit-cookies = We use no cookies, do not measure who you are, and load nothing from other sites.
privacy-visit-network = The address of your network is used in memory, for some minutes, to slow down whoever tries codes at random. It is not kept.
privacy-visit-address = The address of the page of your procedure contains the code: do not share it with anybody who should not see it.

# Accessibility.
access-title = Accessibility
access-lead = We want everybody to be able to use this site, with any device.
access-goal = What we meet
access-goal-text = The site is built to meet the Web Content Accessibility Guidelines (WCAG) 2.2, level AA, and the standard NTE INEN-ISO/IEC 40500. Every version is checked by programs before it is published; no person with a disability has reviewed it yet.
access-how = How we do it
access-how-script = Everything works without JavaScript, without images and in text browsers.
access-how-keyboard = Everything can be used with the keyboard alone, and it always shows where you are.
access-how-zoom = Text can be enlarged to 400 % without moving sideways.
access-how-colour = Nothing is said by colour alone. The contrast is sufficient on light and dark backgrounds.
access-how-light = Pages are small and can be printed.
access-limits = What is missing
access-limits-kichwa = No speaker has validated the texts in Kichwa. What is missing is shown in Spanish.
access-limits-names = The names of procedures and units are in Spanish only.
access-tell = If something does not work for you
access-tell-text = Tell any desk of the municipality. Tell us which page it was and which device you used.
