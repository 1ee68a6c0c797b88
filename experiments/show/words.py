"""Everything the command line says to people about results, in English and Spanish.

Names of metrics, parameters and columns have their words where they are defined (sim/parameters,
sim/measures); here are only the words around them.
"""

from __future__ import annotations

from typing import Any

LANGUAGES = ("en", "es")

WORDS: dict[str, tuple[str, str]] = {
    # units
    "points": ("points", "puntos"),
    "points per year": ("points per year", "puntos al año"),
    "percent per year": ("% per year", "% al año"),
    "per year": ("per year", "al año"),
    "per week": ("per week", "por semana"),
    "per day": ("per day", "al día"),
    "per h": ("per h", "por h"),
    "unit days": ("days", "días"),
    "unit weeks": ("weeks", "semanas"),
    "unit years": ("years", "años"),
    "unit orders": ("orders", "pedidos"),
    "unit customers": ("customers", "clientes"),
    "unit people": ("people", "personas"),
    "unit posts": ("posts", "puestos"),
    "unit items": ("items", "tareas"),
    "unit requests": ("requests", "peticiones"),
    # the main job
    "today title": (
        "{label}: every policy by itself against today, {replications} of {weeks}",
        "{label}: cada política por separado frente a hoy, {replications} de {weeks}",
    ),
    "policy": ("way of working", "forma de trabajar"),
    "today": ("today", "hoy"),
    "column wait_mean": ("customer's wait", "espera del cliente"),
    "column promise_kept_share": ("promises kept", "promesas cumplidas"),
    "column churn_per_year": ("customers lost", "clientes perdidos"),
    "column profit": ("profit", "beneficio"),
    "column customer_base_value": ("worth of the customers\nat the end", "valor de los clientes\nal final"),
    "held title": (
        "The same with the number of customers held fixed (better service cannot bring more work)",
        "Lo mismo con el número de clientes fijo (mejor servicio no puede traer más trabajo)",
    ),
    "held wait_mean": ("customer's wait", "espera del cliente"),
    "held promise_kept_share": ("promises kept", "promesas cumplidas"),
    "held profit": ("profit", "beneficio"),
    "held legend": (
        "The last column is from the first table's runs: customers who come and go as they are served, at the end, "
        "times what a customer contributes (economics.base_years).",
        "La última columna es de las simulaciones de la primera tabla: los clientes que quedan al final, según se les "
        "sirve, por lo que aporta un cliente (economics.base_years).",
    ),
    "today legend": (
        "First row: today. Other rows: difference from today, same customers and same luck, with its 95 % "
        "interval (shares in points); {better} better, {worse} worse, no mark: not told apart from today. "
        "Each interval holds for itself.",
        "Primera fila: hoy. Demás filas: diferencia con hoy, con los mismos clientes y la misma suerte, y su "
        "intervalo del 95 % (proporciones en puntos); {better} mejor, {worse} peor, sin marca: no se "
        "distingue de hoy. Cada intervalo vale por separado.",
    ),
    "look next": ("Look next: {what}", "Mire ahora: {what}"),
    "look cause": (
        "{share} of the customer's wait in opening hours is {cause}; ",
        "el {share} de la espera del cliente en horas de apertura es {cause}; ",
    ),
    "look policy": (
        "'{policy}' shortens the wait most: {command}",
        "'{policy}' es lo que más acorta la espera: {command}",
    ),
    "look bargain": (
        "of the policies that cost no clear profit, '{policy}' shortens the wait most: {command}",
        "de las políticas sin pérdida clara de beneficio, '{policy}' acorta más la espera: {command}",
    ),
    "look none": (
        "no policy shortens the wait beyond doubt; more replications tell more: {command}",
        "ninguna política acorta la espera sin duda; más réplicas dicen más: {command}",
    ),
    # one scenario
    "simulate title": (
        "{label}: {policies}, {replications} of {weeks}, seed {seed}",
        "{label}: {policies}, {replications} de {weeks}, semilla {seed}",
    ),
    "orders title": ("Orders, customers and money", "Pedidos, clientes y dinero"),
    "metric": ("metric", "métrica"),
    "estimate": ("mean, 95 % interval", "media, intervalo del 95 %"),
    "meaning": ("meaning", "significado"),
    "departments title": ("Departments", "Departamentos"),
    "department": ("department", "departamento"),
    "departments time": (
        "Departments: their people's time, and their own figure",
        "Departamentos: el tiempo de su gente y su cifra propia",
    ),
    "departments time legend": (
        "Shares of the time present. The own figure: steps of orders per hour of presence of one person.",
        "Partes del tiempo presente. La cifra propia: pasos de pedidos por hora presente de una persona.",
    ),
    "departments people": (
        "Departments: how their people are",
        "Departamentos: cómo está su gente",
    ),
    "departments people legend": (
        "Standard: time given to a piece of work, of the designed one. Skill: speed, of experienced people.",
        "Estándar: tiempo que se da a una tarea, del diseñado. Destreza: velocidad, de la gente experta.",
    ),
    "departments queues": ("Departments: what waits there", "Departamentos: lo que espera en ellos"),
    "departments queues legend": (
        "Requests of colleagues wait in the same queue; wait and steps count customers' orders only.",
        "Las peticiones de colegas esperan en la misma cola; espera y pasos cuentan solo pedidos de clientes.",
    ),
    "pairs waits": (
        "Who waits for whom: requests, the most waiting first",
        "Quién espera a quién: peticiones, primero donde más esperan",
    ),
    "pairs waits legend": (
        "Waiting: requests that wait at any time. Blocked: people of whoever asks who cannot work meanwhile.",
        "En espera: peticiones que esperan a la vez. Bloqueadas: personas de quien pide que no pueden trabajar.",
    ),
    "pairs waits first": ("asks", "pide"),
    "pairs waits second": ("answers", "responde"),
    "pairs quality": (
        "How departments serve one another, as internal customers see it",
        "Cómo se sirven los departamentos, visto por el cliente interno",
    ),
    "pairs quality legend": (
        "Satisfaction of the internal customer: in time x complete x without dispute.",
        "Satisfacción del cliente interno: a tiempo x completo x sin disputa.",
    ),
    "pairs quality first": ("receives", "recibe"),
    "pairs quality second": ("serves", "sirve"),
    "causes title": (
        "Where the customer's wait comes from (share of opening hours)",
        "De dónde viene la espera del cliente (parte de las horas de apertura)",
    ),
    "cause": ("cause", "causa"),
    "share": ("share", "parte"),
    "places title": (
        "Where the wait comes from, by cause and place (opening hours)",
        "De dónde viene la espera, por causa y lugar (horas de apertura)",
    ),
    "place": ("department or transport", "departamento o transporte"),
    "per order": ("per order", "por pedido"),
    "cause queue": ("waiting in a queue", "esperar en una cola"),
    "cause work": ("work on the order", "trabajo en el pedido"),
    "cause clarification": ("clarifying incomplete hand-offs", "aclarar entregas incompletas"),
    "cause need": ("waiting for a colleague's answer", "esperar la respuesta de un colega"),
    "cause redo": ("doing work again", "repetir trabajo"),
    "cause transport": ("transport", "transporte"),
    "cause blocked": ("people who are blocked", "personas bloqueadas"),
    "cause dispute": ("disputes between departments", "disputas entre departamentos"),
    "utilisation": ("at work\n[{unit}]", "trabajando\n[{unit}]"),
    "helping_share": ("helping\nothers [{unit}]", "ayudando a\notros [{unit}]"),
    "blocked_share": ("blocked\n[{unit}]", "bloqueado\n[{unit}]"),
    "morale_mean": ("morale\n[{unit}]", "moral\n[{unit}]"),
    "standard_mean": ("standard\n[{unit}]", "estándar\n[{unit}]"),
    "skill_mean": ("skill\n[{unit}]", "destreza\n[{unit}]"),
    "vacant_share": ("posts\nvacant [{unit}]", "puestos\nvacantes [{unit}]"),
    "items_per_hour": ("own figure:\nsteps done\n[{unit}]", "cifra propia:\npasos hechos\n[{unit}]"),
    "queue_wait_mean": ("mean wait\nin queue [{unit}]", "espera media\nen cola [{unit}]"),
    "queue_length_mean": ("items\nin queue", "tareas\nen cola"),
    "in_system_mean": ("in queue or\nin service", "en cola o\nen curso"),
    "completed": ("steps of\norders done", "pasos de\npedidos hechos"),
    "waiting_mean": ("requests\nwaiting", "peticiones\nen espera"),
    "blocked_people": ("people\nblocked", "personas\nbloqueadas"),
    "request_wait_mean": ("mean wait\n[{unit}]", "espera\nmedia [{unit}]"),
    "in_time_share": ("in time\n[{unit}]", "a tiempo\n[{unit}]"),
    "requests": ("requests", "peticiones"),
    "internal_satisfaction": ("satisfaction\n[{unit}]", "satisfacción\n[{unit}]"),
    "completeness": ("complete\n[{unit}]", "completo\n[{unit}]"),
    "dispute_share": ("in dispute\n[{unit}]", "en disputa\n[{unit}]"),
    # check
    "check good": ("{name}: a scenario that can be run.", "{name}: un escenario que se puede simular."),
    "staff": ("people", "personas"),
    "calendar": ("opening hours", "horario"),
    "discipline": ("next item", "siguiente tarea"),
    "load": ("offered load", "carga ofrecida"),
    "load note": (
        "Offered load: work that comes in per person and opening hour; above 100 % queues only grow.",
        "Carga ofrecida: trabajo que llega por persona y hora de apertura; si pasa del 100 %, la cola crece sin fin.",
    ),
    "order types": ("Order types", "Tipos de pedido"),
    "order type": ("order type", "tipo de pedido"),
    "route": ("route", "ruta"),
    "steps": ("steps", "pasos"),
    "warnings title": ("Warnings", "Avisos"),
    "no warnings": ("No warnings.", "Sin avisos."),
    # explain
    "unit": ("unit", "unidad"),
    "range": ("range", "rango"),
    "default": ("default", "por defecto"),
    "no default": ("none: the scenario must say it", "ninguno: lo dice el escenario"),
    "evidence": ("evidence", "evidencia"),
    "source": ("source", "fuente"),
    "set for": ("may be set for", "se puede fijar para"),
    "level company": ("the company", "la empresa"),
    "level department": ("the company or a department", "la empresa o un departamento"),
    "level pair": ("the company, a department or a pair", "la empresa, un departamento o un par"),
    "ideal": ("ideal", "ideal"),
    "moved on scale": ("policies move", "las políticas mueven"),
    "scale gap": ("a share of the gap to the ideal", "una parte de la distancia al ideal"),
    "scale log": ("its logarithm (a factor)", "su logaritmo (un factor)"),
    "scale log_odds": ("its log-odds", "su logaritmo de razón de probabilidades"),
    "scale linear": ("its plain value (a sum)", "su valor (una suma)"),
    "kind work time": ("time in opening hours", "tiempo en horas de apertura"),
    "kind calendar time": ("time on the wall clock", "tiempo de reloj"),
    "kind share": ("share", "proporción"),
    "kind rate": ("rate", "tasa"),
    "kind number": ("number", "número"),
    "kind count": ("whole number", "número entero"),
    "kind money": ("money", "dinero"),
    "parameter": ("parameter", "parámetro"),
    "effects": ("effects", "efectos"),
    "effect gap": ("closes {amount} % of the gap to the ideal", "cierra el {amount} % de la distancia al ideal"),
    "effect log": ("times {amount}", "por {amount}"),
    "effect log_odds": ("log-odds change by {amount}", "las log-odds cambian en {amount}"),
    "effect linear": ("changes by {amount}", "cambia en {amount}"),
    "effect ramp": ("63 % of it after {time}", "el 63 % tras {time}"),
    "effect half_life": ("halved every {time}", "a la mitad cada {time}"),
    "effect ramp now": ("at once", "enseguida"),
    "where all": ("all own departments", "todos los departamentos propios"),
    "where route": ("own departments on the customers' routes", "departamentos propios en las rutas de los clientes"),
    "where internal": ("internal departments", "departamentos internos"),
    "cost": ("cost", "coste"),
    "cost once": ("{amount} once", "{amount} una vez"),
    "cost weekly": ("{amount} each week", "{amount} cada semana"),
    "cost per_hire": ("{amount} per person hired", "{amount} por persona contratada"),
    "cost weekly_per_person": ("{amount} each week and person", "{amount} por semana y persona"),
    "no cost": ("no money of its own", "sin coste en dinero"),
    "ramp": ("63 % of the effect after", "63 % del efecto tras"),
    "variant": ("variant of", "variante de"),
    "fades": ("fades by half in", "se reduce a la mitad en"),
    "failure": ("how it fails", "cómo falla"),
    "better lower": ("lower is better", "mejor si es menor"),
    "better higher": ("higher is better", "mejor si es mayor"),
    # around every job
    "results in": ("Results: {folder}", "Resultados: {folder}"),
    "interrupted": (
        "Interrupted; runs finished and kept: {finished} of {total}.",
        "Interrumpido; réplicas terminadas que se conservan: {finished} de {total}.",
    ),
    "stopping": ("Interrupted; keeping what is finished …", "Interrumpido; se guarda lo terminado …"),
    "failed runs": (
        "Runs that failed and are left out: {failed} of {total}; the first, {run}: {reason}",
        "Réplicas que fallaron y no cuentan: {failed} de {total}; la primera, {run}: {reason}",
    ),
    "bad rows": (
        "{file}: rows that cannot be used and are left out: {bad}; orders used: {good}.",
        "{file}: filas que no se pueden usar y se omiten: {bad}; pedidos usados: {good}.",
    ),
    "engines agree": (
        "Both engines agree on {runs}, bit for bit.",
        "Los dos motores coinciden en {runs}, bit a bit.",
    ),
    "engines again": (
        "The first difference again: {command}",
        "La primera diferencia, otra vez: {command}",
    ),
    "more rows": ("… and {more} more.", "… y {more} más."),
    "warning": ("Warning: {text}", "Aviso: {text}"),
    "progress": ("{done} of {total} runs, {left} left", "{done} de {total} réplicas, quedan {left}"),
    "progress bar": ("Simulating", "Simulando"),
}
"""Text by id: English, Spanish."""

COUNTED: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "replications": (("replication", "replications"), ("réplica", "réplicas")),
    "runs": (("run", "runs"), ("réplica", "réplicas")),
    "weeks": (("week", "weeks"), ("semana", "semanas")),
}
"""What is counted: one and several, in English and in Spanish."""


def say(text: str, language: str, /, **values: Any) -> str:
    """Return a text in a language, with its places filled in.

    Parameters
    ----------
    text : str
        Id of the text; an unknown one (a unit that a metric brings along) is returned without its first word.
    language : str
        "en" or "es".

    Examples
    --------
    >>> say("results in", "es", folder="results/levante")
    'Resultados: results/levante'
    >>> say("unit parsecs", "en")
    'parsecs'
    """
    if text not in WORDS:
        return text.partition(" ")[2] or text
    return WORDS[text][LANGUAGES.index(language)].format(**values)


def counted(what: str, amount: float, language: str) -> str:
    """Return an amount with its noun, one or several.

    Examples
    --------
    >>> counted("weeks", 1, "en"), counted("weeks", 2.5, "en"), counted("replications", 1, "es")
    ('1 week', '2.5 weeks', '1 réplica')
    """
    one, several = COUNTED[what][LANGUAGES.index(language)]
    return f"{amount:g} {one if amount == 1 else several}"
