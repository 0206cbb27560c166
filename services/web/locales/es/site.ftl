# The frame of every page.
skip = Ir al contenido
synthetic = Datos sintéticos: nada de lo que ve aquí es real.
brand = Trámites
menu = Páginas
languages = Idioma
nav-home = Consultar
nav-types = Trámites
nav-figures = Indicadores
nav-calculator = Calculadora
nav-verify = Comprobar un recibo
nav-privacy = Privacidad
nav-accessibility = Accesibilidad
footer-free = Consultar un trámite no cuesta nada y no hace falta registrarse.
not-translated = Esta página está solo en español.
to-validate = Los textos en kichwa no los ha validado ningún hablante.
stale = Los datos pueden estar atrasados: lo último que se tomó en cuenta es del { $when }. Lo que pasó después todavía no aparece.
halted = Los datos no se están actualizando. Lo que ve es lo último que se sabía. Ya lo estamos revisando.

# The form.
code-label = Código del trámite
code-hint = Está en su comprobante: 15 letras y números, como 404AM-T154V-M4JS4. Puede escribirlo sin guiones y en minúsculas.
code-submit = Consultar

# The first page.
home-title = ¿Qué pasó con su trámite?
home-lead = Escriba el código que recibió al ingresarlo. Verá quién lo tiene, hasta cuándo deben responderle y qué debe hacer usted.
home-where = ¿Dónde está el código?
home-where-paper = En el comprobante que le entregaron en la ventanilla, junto al código QR.
home-where-mail = En el mensaje que recibió si lo ingresó por internet.
home-where-lost = Si lo perdió, pida uno nuevo en la ventanilla donde ingresó el trámite.
home-more = Además puede
home-types = Ver qué trámites hay, qué piden y cuánto tardan
home-figures = Ver cuánto tarda la municipalidad, con los datos detrás
home-calculator = Calcular hasta cuándo deben responderle

# One procedure.
status-title = Trámite { $code }
status-past = Así se conocía este trámite el { $day }: con lo que estaba registrado hasta entonces.
status-today = Ver cómo está hoy
status-filed = { $unit } recibió su trámite.
status-in_review = { $unit } lo está analizando.
status-awaiting_applicant = Falta su respuesta: se le pidió completar la solicitud.
status-suspended = El tiempo está detenido. El trámite sigue en { $unit }.
status-decided = Ya hay una decisión: { $outcome }. Falta que se la notifiquen.
status-decided-unknown = Ya hay una decisión. Falta que se la notifiquen.
status-ended = Su trámite terminó.
status-ended-as = Su trámite terminó: { $outcome }.
status-ended-on = Su trámite terminó el { $day }: { $outcome }.
status-due = Fecha máxima de respuesta
status-due-was = La fecha máxima de respuesta era
status-left = { $count ->
    [one] queda { $count } día laborable
   *[other] quedan { $count } días laborables
}
status-due-today = es hoy
status-late = { $count ->
    [one] venció hace { $count } día laborable
   *[other] venció hace { $count } días laborables
}
status-stated = La fecha es la que declara la fuente de los datos.
status-no-due = Este trámite no tiene una fecha máxima conocida.
status-stopped-due = El tiempo está detenido: la fecha se calcula de nuevo cuando vuelva a correr.
status-how = ¿Cómo se calcula?
status-repeat = Repita este cálculo en la calculadora pública
status-silence = Nadie le notificó una respuesta a tiempo. Desde el { $from }: { $effect }.
status-certificate = Constancia para imprimir
status-do = Qué debe hacer usted
status-overdue-help = El plazo ya pasó. Puede pedir por escrito que le respondan, y preguntar en la ventanilla de { $unit } con este código.
status-appeal-help = Si no está de acuerdo con la decisión, puede impugnarla. Consulte en la ventanilla o a un abogado por los plazos.
status-who = Quién lo tiene
status-unit = Dependencia
status-since = { $unit }, desde el { $day }
status-filed-on = Ingresado
status-contact = Contacto
status-hours = Atención
status-usual = Lo habitual
status-history = Qué ha pasado
status-imported = Historia importada: las fechas son las que declara la fuente.
status-by = por { $unit }
status-contradicts = Contradicción en la fuente: { $what }.
status-entry-link = Enlace a este movimiento
status-still = No hay movimientos desde el { $day }.
status-follow = Recibir avisos y compartir
status-whatsapp = Compartir por WhatsApp
status-email = Enviar por correo
status-share-text = Estado de un trámite municipal: { $address }
status-keep = Guarde esta dirección: quien la tenga puede ver esta página.
status-verify = Comprobar
status-receipt = Comprobante para imprimir, con sus recibos sellados
status-no-log = Esta instalación todavía no sella sus movimientos en un registro.
status-sealed = Cada movimiento queda en un registro público que nadie puede cambiar sin que se note. Su último movimiento es la entrada { $index } del registro y ya está sellada.
status-unsealed = Cada movimiento queda en un registro público que nadie puede cambiar sin que se note. Su último movimiento es la entrada { $index } del registro y se sellará en los próximos segundos.
status-data = Los mismos datos, para programas
status-before = ¿Cómo se veía antes?
status-before-day = Con lo registrado hasta el día
status-before-show = Ver
status-readings = Quién ha leído sus datos personales
status-not-shown = Aquí no se publican nombres, cédulas, direcciones ni documentos.
status-updated = Actualizado el { $when }, hora de Ecuador, con los primeros { $position } movimientos del registro.

# Errors.
error-you-typed = Usted escribió
error-what = ¿Qué puede hacer?
error-unknown-new = Si acaba de ingresar el trámite, vuelva a intentar en un minuto: puede estar recién ingresado.
error-unknown-other = Compruebe que sea el código de seguimiento y no el número del expediente ni su cédula.
error-unknown-replaced = Si le entregaron un código nuevo, el anterior ya no sirve.
error-unknown-ask = Pregunte en la ventanilla donde lo ingresó: con su comprobante pueden darle un código nuevo.
error-home = Ir al inicio
error-try = Puede empezar por aquí
problem-mistyped_code-title = El código tiene un error
problem-mistyped_code-length = El código tiene 15 letras y números; usted escribió { $found }. Cópielo completo de su comprobante.
problem-mistyped_code-symbol = Revise el carácter { $place }: no aparece en ningún código. No se usan la U ni las tildes.
problem-mistyped_code-check-place = Hay un error al escribirlo. Revise el carácter { $place }.
problem-mistyped_code-check = Hay un error al escribirlo. Compárelo con su comprobante.
problem-unknown_code-title = No encontramos ese código
problem-unknown_code-detail = El código está bien escrito, pero no corresponde a ningún trámite que podamos mostrar.
problem-too_many_misses-title = Demasiados códigos equivocados
problem-too_many_misses-detail = Desde su red se probaron muchos códigos que no existen. Vuelva a intentar en { $seconds } segundos; su código sigue siendo válido.
problem-no_silence-title = No hay silencio administrativo
problem-no_silence-detail = En este trámite no se ha producido el silencio administrativo: o el plazo no ha terminado, o se notificó una respuesta a tiempo, o el silencio no tiene efecto en este tipo de trámite.
problem-not_sealed-title = Está registrado, y todavía no está sellado
problem-no_such_address-title = Esta página no existe
problem-no_such_address-detail = Revise la dirección, o empiece en la página de inicio.
problem-no_such_method-title = Aquí no se puede hacer eso
problem-no_such_method-detail = La dirección existe, pero no con ese método.
problem-bad_question-title = No entendimos la consulta
problem-bad_question-detail = Una parte de la consulta no se puede entender.
problem-views_behind-title = Todavía no lo vemos
problem-views_behind-detail = Está registrado o lo estará pronto. Vuelva a preguntar en un segundo.
problem-unavailable-title = El servicio no está disponible por el momento
problem-unavailable-detail = Vuelva a intentar en un minuto.
problem-internal-title = Algo falló de nuestro lado
problem-internal-detail = Ya quedó registrado. Vuelva a intentar más tarde.

# The procedure types.
types-title = Trámites
types-lead = Qué puede pedir a la municipalidad, qué necesita y hasta cuándo deben responderle.
types-none = Todavía no se ha publicado ningún trámite.
types-term = Término para responder: { $term }
types-no-term = Sin término conocido
type-immediate = en el momento
type-business-days = { $count ->
    [one] { $count } día laborable
   *[other] { $count } días laborables
}
type-calendar-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
type-weeks = { $count ->
    [one] { $count } semana
   *[other] { $count } semanas
}
type-months = { $count ->
    [one] { $count } mes
   *[other] { $count } meses
}
type-years = { $count ->
    [one] { $count } año
   *[other] { $count } años
}
type-audience = ¿A quién está dirigido?
type-result = ¿Qué obtendré si completo satisfactoriamente el trámite?
type-requirements = ¿Qué necesito para hacer el trámite?
type-held-by-state = El Estado ya lo tiene: no se lo pueden pedir.
type-how = ¿Cómo hago el trámite?
type-channel-internet = Por internet
type-channel-desk = En ventanilla
type-channel-post = Por correo postal
type-channel-phone = Por teléfono
type-cost = ¿Cuánto cuesta?
type-when = ¿Hasta cuándo deben responderme?
type-silence-none = Si nadie responde a tiempo, la ley no da una consecuencia en este tipo de trámite.
type-silence = Si nadie le notifica una respuesta en { $term }: { $effect }.
type-steps = ¿Por qué pasos pasa?
type-where = ¿Dónde se ingresa?
type-anywhere = En cualquier ventanilla de la municipalidad.
type-law = Base legal
type-source = Información proporcionada por
type-figures = Cuánto tarda en la práctica
type-code = Código del trámite en el catálogo
type-version = versión { $version }
type-unknown = No se ha publicado.
type-is-missing = No existe ese trámite
type-is-missing-detail = Vea la lista de los que hay.

# Privacy.
privacy-title = Privacidad
privacy-lead = Esta página dice qué se guarda, qué se publica y qué no.
privacy-not = Qué no publicamos
privacy-not-names = Ni nombres, ni cédulas, ni direcciones, ni teléfonos, ni correos.
privacy-not-documents = Ni documentos, ni sus nombres, ni textos escritos por funcionarios.
privacy-not-officials = Ni quién, entre los funcionarios, hizo cada paso.
privacy-do = Qué publicamos de cada trámite
privacy-do-what = Qué trámite es, qué dependencia lo tiene, por qué pasos pasó, en qué fechas, y la fecha máxima de respuesta.
privacy-do-code = Solo lo ve quien tiene el código. El código es al azar: no se puede adivinar ni deducir de otro.
privacy-do-figures = Las cifras juntan muchos trámites y ocultan los grupos pequeños.
privacy-kept = Los datos personales
privacy-kept-apart = Se guardan aparte y cifrados. Cada lectura queda anotada con su motivo, y usted puede ver esas lecturas con su código.
privacy-kept-rights = Puede pedir que se le muestren, se corrijan o se supriman (Ley Orgánica de Protección de Datos Personales, artículos 12 a 15). Hágalo en la ventanilla donde ingresó el trámite.
privacy-visit = Su visita
privacy-visit-cookies = No usamos cookies, ni medimos quién es usted, ni cargamos nada de otros sitios.
privacy-visit-network = La dirección de su red se usa en memoria, unos minutos, para frenar a quien prueba códigos al azar. No se guarda.
privacy-visit-address = La dirección de la página de su trámite contiene el código: no la comparta con quien no deba verla.

# Accessibility.
access-title = Accesibilidad
access-lead = Queremos que cualquier persona pueda usar este sitio, con cualquier aparato.
access-goal = Qué cumplimos
access-goal-text = El sitio se construye para cumplir las Pautas de Accesibilidad para el Contenido Web (WCAG) 2.2, nivel AA, y la norma NTE INEN-ISO/IEC 40500. Cada versión se revisa con programas antes de publicarse; todavía no la ha revisado una persona con discapacidad.
access-how = Cómo lo hacemos
access-how-script = Todo funciona sin JavaScript, sin imágenes y en navegadores de texto.
access-how-keyboard = Todo se puede usar solo con el teclado, y siempre se ve dónde está.
access-how-zoom = El texto se puede agrandar hasta el 400 % sin moverse hacia los lados.
access-how-colour = Nada se dice solo con color. El contraste es suficiente con fondo claro y oscuro.
access-how-light = Las páginas pesan poco y se pueden imprimir.
access-limits = Qué falta
access-limits-kichwa = Los textos en kichwa no los ha validado ningún hablante. Lo que falta se muestra en español.
access-limits-names = Los nombres de trámites y dependencias están solo en español.
access-tell = Si algo no le sirve
access-tell-text = Dígalo en cualquier ventanilla de la municipalidad. Cuéntenos qué página era y qué aparato usaba.
