"""Charts of the customer's wait and of waiting for one another."""

from __future__ import annotations

CHARTS_WAITS: dict[str, tuple[str, str]] = {
    # all of them
    "mean and ends": ("{mean} ({low} to {high})", "{mean} ({low} a {high})"),
    "axis with unit": ("{name} [{unit}]", "{name} [{unit}]"),
    "runs counted": ("runs", "simulaciones"),
    "pairs of runs": ("pairs of runs", "pares de simulaciones"),
    # how long customers wait
    "waits title": ("How long customers wait", "Cuánto esperan los clientes"),
    "waits reading": (
        "The line says how large a share of the delivered orders waits at most so many hours, on the calendar, "
        "nights and weekends included; further to the left is better. It is the mean over the runs of what each "
        "run shows at this share; the band is the 95 % interval of that mean, at each share by itself. The "
        "hundredth of orders that wait longest is beyond the right edge.",
        "La línea dice qué parte de los pedidos entregados espera como mucho tantas horas, de calendario, con "
        "noches y fines de semana; cuanto más a la izquierda, mejor. Es la media de lo que da cada simulación en "
        "esa parte; la banda es el intervalo del 95 % de esa media, en cada parte por separado. La centésima parte "
        "de los pedidos que más espera queda fuera, a la derecha.",
    ),
    "waits paired": (
        "Differences are between runs with the same customers and the same luck, so they can be clear although the "
        "bands overlap.",
        "Las diferencias son entre simulaciones con los mismos clientes y la misma suerte; por eso pueden estar "
        "claras aunque las bandas se solapen.",
    ),
    "waits nine": (
        "Nine of ten orders wait at most {today} today and {value} with '{name}': a change of {change} ({verdict}).",
        "Nueve de cada diez pedidos esperan hoy como mucho {today} y, con «{name}», {value}: un cambio de {change} "
        "({verdict}).",
    ),
    "waits nine alone": (
        "Nine of ten orders wait at most {value} ({name}).",
        "Nueve de cada diez pedidos esperan como mucho {value} ({name}).",
    ),
    "waits nine label": ("Nine of ten orders wait at most", "Nueve de cada diez pedidos esperan como mucho"),
    "waits label today": ("today: {value} h", "hoy: {value} h"),
    "waits label way": ("with the change: {value} h", "con el cambio: {value} h"),
    "waits label change": ("difference: {value} h", "diferencia: {value} h"),
    "waits label alone": ("{value} h", "{value} h"),
    "waits hours": (
        "wait from order to delivery, on the calendar [h]",
        "espera de pedido a entrega, de calendario [h]",
    ),
    "waits share": ("delivered orders [%]", "pedidos entregados [%]"),
    "waits hover": (
        "{share} % of the orders wait at most {value} h",
        "el {share} % de los pedidos espera hasta {value} h",
    ),
    "share of orders": ("share of orders", "parte de los pedidos"),
    # week by week
    "weeks title": ("{name} by week: {way}", "{name} por semana: {way}"),
    "weeks reading": (
        "The line is the median of {n} runs, week by week; the bands hold half of the runs and nine of ten. They "
        "show luck: how different one year may turn out from another. They are not the uncertainty of a mean, "
        "which is much smaller.",
        "La línea es la mediana de {n} simulaciones, semana a semana; las bandas contienen la mitad de las "
        "simulaciones y nueve de cada diez. Muestran la suerte: lo distinto que puede salir un año de otro. No son "
        "la incertidumbre de una media, que es mucho menor.",
    ),
    "weeks reading few": (
        "The line is the median of the runs, week by week; the bands hold the middle half of them and all of them. "
        "There are too few (at most {n} in a week) to tell what nine of ten stay within. The bands show luck, how "
        "different one year may turn out from another, and not the uncertainty of a mean.",
        "La línea es la mediana de las simulaciones, semana a semana; las bandas contienen la mitad central y "
        "todas. Son demasiado pocas (como mucho {n} por semana) para decir dónde quedan nueve de cada diez. Las "
        "bandas muestran la suerte, lo distinto que puede salir un año de otro, y no la incertidumbre de una media.",
    ),
    "weeks today": ("The dashed line is the median today.", "La línea discontinua es la mediana hoy."),
    "weeks by placing": (
        "Each order counts in the week in which it was placed.",
        "Cada pedido cuenta en la semana en que se hizo.",
    ),
    "weeks axis": ("week (1 is the first that is measured)", "semana (1 es la primera que se mide)"),
    "weekly wait_mean": ("Mean wait", "Espera media"),
    "weekly promise_kept_share": ("Promises kept", "Promesas cumplidas"),
    "weekly customers": ("Customers", "Clientes"),
    "weekly satisfaction": ("Customers' satisfaction", "Satisfacción de los clientes"),
    "weekly orders_placed": ("Orders placed", "Pedidos hechos"),
    "week": ("week", "semana"),
    "median run": ("median run", "simulación mediana"),
    "median today": ("median today", "mediana hoy"),
    "half from": ("half of the runs: from", "la mitad de las simulaciones: desde"),
    "half to": ("half of the runs: to", "la mitad de las simulaciones: hasta"),
    "nine of ten from": ("nine of ten: from", "nueve de cada diez: desde"),
    "nine of ten to": ("nine of ten: to", "nueve de cada diez: hasta"),
    "lowest run": ("lowest run", "simulación más baja"),
    "highest run": ("highest run", "simulación más alta"),
    "band half": ("half of the runs", "la mitad de las simulaciones"),
    "band nine of ten": ("nine of ten runs", "nueve de cada diez"),
    "band all": ("all runs", "todas las simulaciones"),
    # where the wait comes from
    "origins title": ("Where the customer's wait comes from: {way}", "De dónde viene la espera del cliente: {way}"),
    "origins change title": (
        "Where the wait comes from: what '{way}' changes",
        "De dónde viene la espera: qué cambia «{way}»",
    ),
    "origins reading": (
        "Every hour of a delivered order's wait has one cause. The bars add up the hours in which whoever held the "
        "order was open, cause by cause, to the mean wait in opening hours; the hours in which they were closed "
        "(nights, weekends, holidays) make it the wait on the calendar. Numbers in brackets: 95 % interval, each "
        "by itself.",
        "Cada hora de espera de un pedido entregado tiene una causa. Las barras suman, causa por causa, las horas "
        "en que quien tenía el pedido estaba abierto, hasta la espera media en horas de apertura; con las horas en "
        "que estaba cerrado (noches, fines de semana, festivos) resulta la espera de calendario. Entre paréntesis: "
        "intervalo del 95 %, cada uno por separado.",
    ),
    "origins change reading": (
        "Above, from today's mean wait in opening hours (square) to the other way's (circle): each bar is what one "
        "cause adds (to the right) or takes away (to the left), with the 95 % interval of this change, same "
        "customers and same luck, each by itself; hatched: no clear change. This axis need not begin "
        "at 0. Below, the wait on the calendar: opening hours and, lighter, the hours in which whoever held the "
        "order was closed. Numbers in brackets: 95 % intervals.",
        "Arriba, de la espera media de hoy en horas de apertura (cuadrado) a la de la otra forma de trabajar "
        "(círculo): cada barra es lo que una causa añade (a la derecha) o quita (a la izquierda), con el intervalo "
        "del 95 % de ese cambio, con los mismos clientes y la misma suerte, cada uno por separado; rayada: sin "
        "cambio claro. Este eje no tiene por qué empezar en 0. Abajo, la espera de calendario: horas "
        "de apertura y, más claro, las horas en que quien tenía el pedido estaba cerrado. Entre paréntesis: "
        "intervalos del 95 %.",
    ),
    "origins part": ("part of the wait", "parte de la espera"),
    "origins open": ("wait in opening hours", "espera en horas de apertura"),
    "origins open today": ("today, in opening hours", "hoy, en horas de apertura"),
    "origins open way": ("with the change,\nin opening hours", "con el cambio,\nen horas de apertura"),
    "origins closed": ("closed hours", "horas de cierre"),
    "origins calendar": ("wait on the calendar", "espera de calendario"),
    "origins calendar today": ("today, on the calendar", "hoy, de calendario"),
    "origins calendar way": ("with the change,\non the calendar", "con el cambio,\nde calendario"),
    "origins other": ("other causes", "otras causas"),
    "origins other sum": ("other causes drawn together: {names}", "otras causas dibujadas juntas: {names}"),
    "origins hours": ("mean hours per delivered order [h]", "horas medias por pedido entregado [h]"),
    "origins opening": ("opening hours", "horas de apertura"),
    "origins way": ("with the change", "con el cambio"),
    "origins opening axis": ("opening hours per delivered order [h]", "horas de apertura por pedido entregado [h]"),
    "origins causes": ("causes", "causas"),
    "origins less": ("shorter wait", "menos espera"),
    "origins more": ("longer wait", "más espera"),
    "origins open change": ("no clear change", "sin cambio claro"),
    "places heat title": (
        "Who holds the order, and why: mean opening hours [h], {way}",
        "Quién retiene el pedido y por qué: horas de apertura medias [h], {way}",
    ),
    "places reading": (
        "Row: the department or transport that holds an order. Column: why. Each cell is how many opening hours a "
        "delivered order is held there on average; all of them add up to the mean wait in opening hours. Empty: "
        "cannot happen there. The table has the 95 % intervals, each by itself.",
        "Fila: el departamento o transporte que retiene un pedido. Columna: por qué. Cada casilla son las horas de "
        "apertura que retiene de media un pedido entregado; todas suman la espera media en horas de apertura. "
        "Vacía: ahí no puede ocurrir. La tabla tiene los intervalos del 95 %, cada uno por separado.",
    ),
    "short cause queue": ("queue", "cola"),
    "short cause work": ("work", "trabajo"),
    "short cause clarification": ("clarifying", "aclarar"),
    "short cause need": ("colleague's answer", "esperar a un colega"),
    "short cause redo": ("done again", "repetir"),
    "short cause transport": ("transport", "transporte"),
    "short cause blocked": ("blocked people", "personas bloqueadas"),
    "short cause dispute": ("dispute", "disputa"),
    "places hover": ("{place}, {cause}: {value} h", "{place}, {cause}: {value} h"),
    # who waits for whom
    "who title waiting_hours": (
        "Who waits for whom: how long requests wait in all",
        "Quién espera a quién: cuánto esperan en total las peticiones",
    ),
    "who title request_wait_mean": (
        "Who waits for whom: mean wait for an answer",
        "Quién espera a quién: espera media hasta la respuesta",
    ),
    "who title in_time_share": ("Who is answered in time by whom", "Quién recibe respuesta a tiempo de quién"),
    "who title internal_satisfaction": (
        "Satisfaction with one another as internal customers",
        "Satisfacción entre departamentos como clientes internos",
    ),
    "who title completeness": (
        "How complete is what one hands over to another",
        "Cuán completo está lo que uno entrega a otro",
    ),
    "who way": ("{title} [{unit}]: {way}", "{title} [{unit}]: {way}"),
    "who change": ("{title}: change from today [{unit}], {way}", "{title}: cambio respecto a hoy [{unit}], {way}"),
    "who row": ("who waits", "quién espera"),
    "who column": ("for whom", "a quién"),
    "who row handed": ("who receives", "quién recibe"),
    "who column handed": ("from whom", "de quién"),
    "who value": ("value", "valor"),
    "who reading waits": (
        "Row: the department that asks and waits. Column: the department that is to answer. {what} Empty: no requests.",
        "Fila: el departamento que pide y espera. Columna: el departamento que ha de responder. {what} Vacía: sin "
        "peticiones.",
    ),
    "who reading handed": (
        "Row: the department that receives work. Column: the department that hands it over. {what} Empty: nothing "
        "is handed over.",
        "Fila: el departamento que recibe trabajo. Columna: el departamento que lo entrega. {what} Vacía: no se "
        "entrega nada.",
    ),
    "who what waiting_hours": (
        "Each cell: calendar hours that all requests of the row together wait for the column in a week.",
        "Cada casilla: horas de calendario que todas las peticiones de la fila juntas esperan a la columna en una "
        "semana.",
    ),
    "who what request_wait_mean": (
        "Each cell: mean hours, on the calendar, until the column answers a request of the row.",
        "Cada casilla: horas medias, de calendario, hasta que la columna responde a una petición de la fila.",
    ),
    "who what in_time_share": (
        "Each cell: share of the row's requests that the column answers in time.",
        "Cada casilla: parte de las peticiones de la fila a las que la columna responde a tiempo.",
    ),
    "who what internal_satisfaction": (
        "Each cell: how content the row can be with the column, in time x complete x undisputed.",
        "Cada casilla: lo satisfecha que puede estar la fila con la columna, a tiempo x completo x sin disputa.",
    ),
    "who what completeness": (
        "Each cell: share of what the column hands over to the row that is complete.",
        "Cada casilla: parte de lo que la columna entrega a la fila que está completo.",
    ),
    "who intervals": (
        "Means over {n} runs; the table has the 95 % intervals, each by itself.",
        "Medias de {n} simulaciones; la tabla tiene los intervalos del 95 %, cada uno por separado.",
    ),
    "who marks": (
        "Numbers are the change from today, same customers and same luck. {better} better, {worse} worse than today, "
        "coloured the more the larger the change; without a mark: not told apart from today. All marks hold together "
        "with 95 % confidence, and so do the intervals in the table.",
        "Los números son el cambio respecto a hoy, con los mismos clientes y la misma suerte. {better} mejor, {worse} "
        "peor que hoy, con más color cuanto mayor es el cambio; sin marca: no se distingue de hoy. Todas las marcas "
        "valen a la vez con un 95 % de confianza, y también los intervalos de la tabla.",
    ),
    "who hover": ("{row} waits for {column}: {value} {unit}", "{row} espera a {column}: {value} {unit}"),
    "who hover handed": ("{column} to {row}: {value} {unit}", "{column} a {row}: {value} {unit}"),
}
"""Text by id: English, Spanish."""
