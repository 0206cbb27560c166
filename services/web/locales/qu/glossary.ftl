# Kichwa unificado, por validar: no speaker has validated these words, and every page says so. What is
# missing here is shown in Spanish, and marked as Spanish.
stage-filed = Yaykuchishka
stage-in_review = Rikukunmi
stage-awaiting_applicant = Kanpa kutichita shuyakunmi
stage-suspended = Pachaka shayakunmi
stage-decided = Rimashka, manarak willashka
stage-ended = Tukurishka

standing-no_term = Plazoka mana riksishka
standing-running = Plazopimi
standing-due_soon = Plazoka tukurikrinmi
standing-due_today = Kunan punchami tukurin
standing-overdue = Plazoka yallishkami
standing-suspended = Pachaka shayakunmi
standing-ended_on_time = Plazopi tukurishka
standing-ended_late = Plazo yallishkapi tukurishka
standing-ended = Tukurishka

outcome-granted = Ari nishka
outcome-denied = Mana nishka

waiting-municipality = Imatapash mana rurana kanchu: municipiomi kutichina kan.
waiting-applicant = Mañashkata paktachinami kanki. Chaykaman pachaka shayakunmi.
waiting-nobody = Ña imatapash mana rurana kanchu.

entry-filed = Yaykuchishka
entry-rectification-answered = Kanmi kutichirkanki
entry-suspended = Pachaka shayarirka
entry-resumed = Pachaka kutin purinmi
entry-notified = Rimashkata willashka
