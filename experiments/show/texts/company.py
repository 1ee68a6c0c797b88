"""What is said about a company: today against policies, and one way of working in every detail."""

from __future__ import annotations

COMPANY: dict[str, tuple[str, str]] = {
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
    "today hires": (
        "Hires that do the same: so many more people would shorten the wait as much, hired one after the other where "
        "they help most ({placed}).",
        "Contrataciones que hacen lo mismo: tantas personas de más acortarían la espera lo mismo, contratadas una tras "
        "otra donde más ayudan ({placed}).",
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
}
"""Text by id: English, Spanish."""
