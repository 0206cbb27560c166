# Kichwa unificado, por validar: no speaker has validated these texts, and every page says so.
skip = Ukuman rina
languages = Shimi
nav-home = Maskana
nav-types = Trámitekuna
to-validate = Kichwa shimipi killkashkakunata manarak pipash rikushkachu (por validar). Imapash illakpika, mishu shimipi rikuchinchik.
not-translated = Kay pankaka mishu shimipillami tiyan.
code-label = Trámitepa código
code-submit = Maskana
home-title = ¿Ima tukurka kanpa trámitewan?
home-types = Ima trámitekuna tiyashkata rikuna
status-title = Trámite { $code }
status-do = Imata ruranata charinki
status-who = Pimi charin
status-history = Imakuna tukushka
status-filed-on = Yaykuchishka
error-home = Kallariman rina
types-title = Trámitekuna
