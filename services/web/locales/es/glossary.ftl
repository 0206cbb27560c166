# The glossary: the same words on pages, in the API, in the feeds and in docs/glossary.md.
stage-filed = Ingresado
stage-in_review = En revisión
stage-awaiting_applicant = Esperando su respuesta
stage-suspended = Tiempo detenido
stage-decided = Decidido, por notificar
stage-ended = Terminado

standing-no_term = Sin término conocido
standing-running = En plazo
standing-due_soon = Por vencer
standing-due_today = Vence hoy
standing-overdue = Fuera de plazo
standing-suspended = Tiempo detenido
standing-silence_accrued = Silencio administrativo
standing-ended_on_time = Terminado a tiempo
standing-ended_late = Terminado fuera de plazo
standing-ended = Terminado

outcome-granted = Aprobado
outcome-partly_granted = Aprobado en parte
outcome-denied = Negado
outcome-not_required = No requería autorización
outcome-inadmissible = Inadmitido
outcome-deemed_granted = Aprobado por silencio administrativo
outcome-deemed_denied = Negado por silencio administrativo
outcome-withdrawn = Desistido
outcome-abandoned = Abandonado
outcome-lapsed = Caducado
outcome-impossible = Imposible de continuar
outcome-agreed = Terminado por acuerdo
outcome-referred = Remitido a otra entidad
outcome-unstated = Decidido (la fuente no dice qué)

waiting-municipality = No tiene que hacer nada: la municipalidad debe responder.
waiting-applicant = Debe completar lo que se le pidió. Mientras tanto el tiempo está detenido.
waiting-third_party = No tiene que hacer nada: se espera a un tercero y el tiempo está detenido.
waiting-nobody = No tiene que hacer nada más.

cause-rectification = se pidió completar la solicitud
cause-external_report = se pidió un informe a otra entidad
cause-technical_evidence = se practican pruebas técnicas
cause-settlement_negotiation = se negocia un acuerdo
cause-force_majeure = fuerza mayor
cause-correction = se pidió corregir la solicitud
cause-incompleteness = la solicitud está incompleta

contradiction-filing_not_stated = la fuente no registra el ingreso
contradiction-filed_twice = la fuente registra otro ingreso
contradiction-before_filing = consta antes del ingreso
contradiction-out_of_order = consta fuera de orden
contradiction-after_closing = consta después del cierre
contradiction-decided_twice = ya constaba una decisión
contradiction-notified_undecided = no consta una decisión que notificar
contradiction-asked_twice = ya constaba un pedido sin responder
contradiction-answered_unasked = no consta un pedido
contradiction-suspended_twice = el tiempo ya estaba detenido
contradiction-resumed_unsuspended = el tiempo no estaba detenido
contradiction-withdrawn_twice = ya constaba el desistimiento
contradiction-archived_twice = ya constaba el cierre
contradiction-end_before_filing = la fuente pone el fin antes del ingreso
contradiction-due_before_filing = la fuente pone el vencimiento antes del ingreso

silence-positive = silencio administrativo positivo, lo pedido se entiende concedido (COA, art. 207)
silence-negative = silencio administrativo negativo, lo pedido se entiende negado y se puede impugnar
silence-caducity = caducidad, el procedimiento se extingue (COA, art. 213)

result-done = respondida
result-favourable = informe favorable
result-unfavourable = informe desfavorable

corrected-typing_mistake = se registró mal
corrected-wrong_procedure = era de otro trámite
corrected-recorded_twice = se registró dos veces
corrected-document_shows_otherwise = un documento muestra otra cosa
corrected-act_is_void = el acto no tiene validez

reopened-appeal_upheld = se aceptó la apelación
reopened-court_order = lo ordenó un juez
reopened-own_revision = la municipalidad revisó su propio acto

part-on_time = A tiempo
part-late = Fuera de plazo
part-open = En curso
part-overdue = En curso y vencidos
part-not_overdue = En curso y no vencidos
part-received = Ingresados
part-closed = Terminados

# What happened, one line each.
entry-filed = Ingresado
entry-admitted = Admitido a trámite
entry-assigned = Asignado a { $unit }
entry-step-started = Empezó: { $step }
entry-step-completed = Hecho: { $step }
entry-rectification-requested = Se le pidió completar la solicitud
entry-rectification-answered = Usted respondió
entry-suspended = El tiempo se detuvo
entry-resumed = El tiempo volvió a correr
entry-extended = El término se amplió
entry-extended-by = { $days ->
    [one] El término se amplió en { $days } día
   *[other] El término se amplió en { $days } días
}
entry-transferred = Derivado a { $unit }. El tiempo sigue corriendo
entry-part-opened = Se pidió a { $unit }: { $step }
entry-part-answered = Parte { $number }: { $result }
entry-part-cancelled = Parte { $number }: ya no hace falta
entry-decided = Decidido
entry-decided-as = Decidido: { $outcome }
entry-notified = Decisión notificada
entry-withdrawn = Desistido
entry-archived = Expediente cerrado
entry-corrected = Corrección del movimiento { $entry }: { $why }
entry-code-replaced = Se cambió el código de seguimiento
entry-person-erased = Se suprimieron los datos personales
entry-appealed = Usted apeló la decisión
entry-reopened = Reabierto. El término empieza de nuevo
entry-reopened-because = Reabierto: { $why }. El término empieza de nuevo
entry-recomputed = Cambió el calendario{ $decrees }: la fecha máxima pasa del { $from } al { $to }
entry-silence = Nadie respondió a tiempo
entry-silence-with = Nadie respondió a tiempo: { $effect }
no-date = sin fecha
another-unit = otra unidad

weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
date-long = { $weekday }, { $day } de { $month } de { $year }
date-medium = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
