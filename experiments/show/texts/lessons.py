"""What every lesson's page says."""

from __future__ import annotations

LESSONS: dict[str, tuple[str, str]] = {
    "lesson kind": ("Lesson · {minutes} minutes · {company}", "Lección · {minutes} minutos · {company}"),
    "lesson predict": ("What do you predict?", "¿Qué predices?"),
    "lesson why predict": (
        "Write down a prediction for each question, in a group of two or three, before the result is shown. Once "
        "locked it cannot be changed. Nothing is stored: whoever loads the page again begins again.",
        "Escribe una predicción para cada pregunta, en grupos de dos o tres, antes de ver el resultado. Una vez "
        "bloqueada no se puede cambiar. No se guarda nada: al recargar la página se empieza de nuevo.",
    ),
    "lesson needs scripts": (
        "Predictions and results need a current browser that runs scripts. Printed, this page is the handout: write "
        "the predictions into the boxes.",
        "Las predicciones y los resultados necesitan un navegador actual que ejecute scripts. Impresa, esta página es "
        "la hoja de trabajo: escribe las predicciones en los recuadros.",
    ),
    "lesson question": ("Question {number}", "Pregunta {number}"),
    "lesson your number": ("Your number", "Tu número"),
    "lesson from to": ("from {low} to {high}", "de {low} a {high}"),
    "lesson up": ("It rises.", "Sube."),
    "lesson down": ("It falls.", "Baja."),
    "lesson unclear": (
        "It stays about the same, or no change can be told from chance.",
        "Queda más o menos igual, o el cambio no se distingue del azar.",
    ),
    "lesson small": ("It stays about the same.", "Queda más o menos igual."),
    "lesson chance": ("No change can be told from chance.", "El cambio no se distingue del azar."),
    "lesson counts as same": (
        "A change of less than {limit}, up or down, counts as about the same.",
        "Un cambio de menos de {limit}, hacia arriba o hacia abajo, cuenta como más o menos igual.",
    ),
    "lesson value": ("{mean} ({low} to {high}) {unit}", "{mean} ({low} a {high}) {unit}"),
    "lesson none best": ("None of them is clearly best.", "Ninguna es claramente la mejor."),
    "lesson is best": ("{name} is best.", "{name} es la mejor opción."),
    "lesson lock": ("Lock my predictions and show the result", "Bloquear mis predicciones y ver el resultado"),
    "lesson missing": (
        "Question {number} has no answer yet; without all predictions there is no result.",
        "La pregunta {number} aún no tiene respuesta; sin todas las predicciones no hay resultado.",
    ),
    "lesson out of range": (
        "Question {number}: write a number from {low} to {high}.",
        "Pregunta {number}: escribe un número de {low} a {high}.",
    ),
    "lesson locked": (
        "Locked. The result is below. To predict anew, start again.",
        "Bloqueado. El resultado está debajo. Para volver a predecir, empieza de nuevo.",
    ),
    "lesson again": ("Start again", "Empezar de nuevo"),
    "lesson result": ("Your predictions and the result", "Tus predicciones y el resultado"),
    "lesson beside": ("Prediction beside result", "Predicción junto al resultado"),
    "lesson asked": ("question", "pregunta"),
    "lesson yours": ("your prediction", "tu predicción"),
    "lesson found": ("result", "resultado"),
    "lesson judged": ("how close", "acierto"),
    "lesson within": ("✓ within the interval", "✓ dentro del intervalo"),
    "lesson within count": ("✓ right", "✓ acertado"),
    "lesson near": ("≈ near: {off} away from it", "≈ cerca: a {off} de distancia"),
    "lesson far": ("✗ {off} away from it", "✗ a {off} de distancia"),
    "lesson right": ("✓ right", "✓ acertado"),
    "lesson wrong": ("✗ not so", "✗ no fue así"),
    "lesson no number": ("has no value in these runs", "no tiene valor en estas simulaciones"),
    "lesson side by side": ("Side by side", "Comparación"),
    "lesson after": ("After {weeks} weeks", "A las {weeks} semanas"),
    "lesson after years": ("After two years ({weeks} weeks)", "A los dos años ({weeks} semanas)"),
    "lesson board reading": (
        "A figure is green or red when its whole interval is; otherwise it is on the line. Every column has the same "
        "customers and the same luck, so that nothing but the change makes the difference.",
        "Una cifra está en verde o en rojo si lo está todo su intervalo; si no, está en el límite. Todas las columnas "
        "tienen los mismos clientes y la misma suerte: la diferencia se debe solo al cambio.",
    ),
    "lesson reading": (
        "How to read the numbers: each is the mean of {runs} runs of the model, every run with customers and luck of "
        "its own. In brackets, how far luck may have moved it: its 95 % interval, each by itself. A sign (+ or -) "
        "marks a change from today, on the same customers and luck, which makes it more exact.",
        "Cómo leer los números: cada uno es la media de {runs} simulaciones, cada una con sus propios clientes y su "
        "propia suerte. Entre paréntesis, cuánto ha podido moverlo la suerte: su intervalo del 95 %, cada uno por sí "
        "solo. Un signo (+ o -) marca un cambio respecto a hoy, que se mide con los mismos clientes y la misma suerte "
        "y por eso con más exactitud.",
    ),
    "lesson model": (
        "What comes out is what a model computes under its assumptions; nobody has measured it in a company.",
        "Lo que sale es lo que calcula un modelo con sus supuestos; nadie lo ha medido en una empresa.",
    ),
    "lesson made up": ("{company} is made up.", "{company} es una empresa inventada."),
    "lesson tally": ("How many are green", "Cuántas están en verde"),
    "lesson owner department": ("The departments' own figures", "Las cifras propias de los departamentos"),
    "lesson owner customer": ("The customer's figures", "Las cifras del cliente"),
    "lesson owner company": ("The company's figures", "Las cifras de la empresa"),
    "lesson figure": ("figure", "cifra"),
    "lesson green when": ("green when", "en verde si"),
    "lesson at least": ("at least {limit}", "al menos {limit}"),
    "lesson at most": ("at most {limit}", "como mucho {limit}"),
    "lesson met": ("✓ green", "✓ verde"),
    "lesson missed": ("✗ red", "✗ rojo"),
    "lesson close": ("≈ on the line", "≈ en el límite"),
    "lesson greens": ("{number} of {most}", "{number} de {most}"),
    "lesson greens range": ("{low} to {high} of {most}", "de {low} a {high} de {most}"),
    "lesson green number": ("{number} to {high}", "de {number} a {high}"),
    "lesson beyond": ("more than {most}", "más de {most}"),
    "lesson people": ("{number} ({low} to {high})", "{number} (de {low} a {high})"),
    "lesson people beyond": ("{number} (at least {low})", "{number} (al menos {low})"),
    "lesson shows": ("What the result shows", "Lo que muestra el resultado"),
    "lesson not shown": (
        "One thing that this lesson is about cannot be said from these results: what it rests on is not clear in them. "
        "They give: {numbers}.",
        "Algo de lo que trata esta lección no se puede afirmar con estos resultados: aquello en lo que se apoya no "
        "está claro en ellos. Dan: {numbers}.",
    ),
    "lesson number given": ("{name} {value}", "{name} {value}"),
    "lesson number of": ("{name}, {way}: {value}", "{name}, {way}: {value}"),
    "lesson number early": ("{name}, {way}, first look: {value}", "{name}, {way}, primera mirada: {value}"),
    "lesson green name": ("green figures", "cifras en verde"),
    "lesson hires name": ("people who would do the same", "personas que lograrían lo mismo"),
    "lesson charts": ("Charts", "Gráficos"),
    "lesson choose": ("Beside today", "Junto a hoy"),
    "lesson discuss": ("To discuss", "Para debatir"),
    "lesson facilitator": (
        "For the facilitator only: timing, what groups answer, traps (tells the result)",
        "Solo para quien dirige la sesión: tiempos, lo que suelen responder, trampas (revela el resultado)",
    ),
    "lesson timing": ("Timing", "Tiempos"),
    "lesson minutes": ("minutes", "minutos"),
    "lesson part": ("what happens", "qué se hace"),
    "lesson expected": ("What groups answer", "Lo que suelen responder los grupos"),
    "lesson traps": ("Traps", "Trampas"),
    "lesson not said": ("What the model does not say", "Lo que el modelo no dice"),
    "lesson rests": ("What it rests on", "En qué se apoya"),
    "lesson sources": ("Sources, and how this page was made", "Fuentes, y cómo se hizo esta página"),
    "lesson grade": ("grade", "grado"),
    "lesson grades": (
        "Grades of evidence: A, a field study or trial whose text was read; B, known at second hand; C, a trade "
        "figure; D, an assumption; –, by definition. Most sizes are assumptions: take directions from the result, not "
        "sizes.",
        "Grados de evidencia: A, estudio de campo o ensayo cuyo texto se leyó; B, conocido de segunda mano; C, cifra "
        "del sector; D, supuesto; –, por definición. Casi todos los tamaños son supuestos: quédate con el sentido de "
        "los cambios, no con su tamaño.",
    ),
    "lesson policy source": ("{name}: {source}", "{name} (fuente, en inglés): {source}"),
    "lesson made": (
        "Computed by Relevo {version}: {runs} runs of each way of working, {weeks} weeks after a warm-up of "
        "{warm_up} weeks, seed {seed}. The same command with the same version gives the same page, byte for byte:",
        "Calculado con Relevo {version}: {runs} simulaciones de cada forma de trabajar, {weeks} semanas tras un "
        "calentamiento de {warm_up}, semilla {seed}. La misma orden con la misma versión da la misma "
        "página, byte a byte:",
    ),
    "lesson company": ("The company: {description}", "La empresa: {description}"),
    "lesson alone": (
        "This file holds all it shows. It asks nothing of any network, sends nothing and stores nothing.",
        "Este archivo contiene todo lo que muestra. No pide nada a ninguna red, no envía nada y no guarda nada.",
    ),
    "lesson written": ("Lesson: {file}", "Lección: {file}"),
    "lesson not clear": (
        "In these results the lesson's statement {number} is not clear; the page says so in its place.",
        "En estos resultados la afirmación {number} de la lección no está clara; la página lo dice en su lugar.",
    ),
    "lesson no chart": ("Chart '{chart}' is left out: {why}", "El gráfico '{chart}' se omite: {why}"),
    "lesson list": ("Lessons that come with Relevo", "Lecciones que trae Relevo"),
    "lesson name": ("name", "nombre"),
    "lesson title": ("title", "título"),
    "lesson list how": (
        "Make one: relevo lesson {name} --out lesson.html. Write your own: docs/lessons.md.",
        "Para hacer una: relevo lesson {name} --out leccion.html. Para escribir la tuya: docs/lessons.md.",
    ),
}
"""Text by id: English, Spanish."""
