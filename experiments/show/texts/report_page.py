"""Headings, captions and explanations of the report."""

from __future__ import annotations

REPORT_PAGE: dict[str, tuple[str, str]] = {
    "report title": ("{company}: which way of working to choose", "{company}: qué forma de trabajar elegir"),
    "report title described": ("{company}: what was simulated", "{company}: qué se simuló"),
    # headings
    "report section do": ("What to do", "Qué hacer"),
    "report section compared": ("What was compared", "Qué se comparó"),
    "report section changes": ("What each way of working changes", "Qué cambia cada forma de trabajar"),
    "report section wait": ("One way of working in detail", "Una forma de trabajar en detalle"),
    "report section worse": ("Who is worse off, and how it can fail", "Quién sale perdiendo y cómo puede fallar"),
    "report section rests": ("What it rests on", "En qué se apoya"),
    "report section analysts": ("For analysts", "Para analistas"),
    "report section standard": ("Reporting standard STRESS-DES", "Norma de informe STRESS-DES"),
    "report section origin": ("Where the numbers come from", "De dónde vienen los números"),
    "report section compared described": ("What was simulated", "Qué se simuló"),
    "report ways few": (
        "To keep the file small, charts by week, of pairs and of people are there for the first {number} of the list.",
        "Para que el archivo sea pequeño, los gráficos por semana, de pares y de personas están para las primeras "
        "{number} "
        "de la lista.",
    ),
    "report how sure": (
        "How sure that is",
        "Qué seguridad hay",
    ),
    "report who is worse off": ("Who is worse off", "Quién sale perdiendo"),
    "report what it rests on": ("What it rests on", "En qué se apoya"),
    "report what next": (
        "What to do next",
        "Siguiente paso",
    ),
    "report effects": (
        "What {way} changes against today:",
        "Qué cambia {way} respecto a hoy:",
    ),
    "report otherwise": (
        "What else could be chosen",
        "Qué más se podría elegir",
    ),
    "report folded": (
        "Printed without what is folded (▸), of which only the titles stand here. Whoever wants it on paper opens "
        "it in the page before printing.",
        "Impreso sin lo que está plegado (▸), de lo que aquí solo figuran los títulos. Quien lo quiera en papel, "
        "que lo abra en la página antes de imprimir.",
    ),
    "report held chart": (
        "All ways of working, with the number of customers held fixed",
        "Todas las formas de trabajar, con el número de clientes fijo",
    ),
    "report cost chart": (
        "What each way of working costs, against the customers it keeps",
        "Qué cuesta cada forma de trabajar, frente a los clientes que conserva",
    ),
    "report more charts": (
        "More charts: where orders wait, week by week, who waits for whom, people",
        "Más gráficos: dónde esperan los pedidos, semana a semana, quién espera a quién, las personas",
    ),
    "report analysts title": (
        "Enough runs? Long enough a warm-up? How do factors act?",
        "¿Bastan las simulaciones? ¿Es bastante largo el calentamiento? ¿Cómo actúan los factores?",
    ),
    "report held title": ("With the number of customers held fixed", "Con el número de clientes fijo"),
    # captions
    "report table": ("Changes from today", "Cambios respecto a hoy"),
    "report worse table": ("Clearly worse than today", "Claramente peor que hoy"),
    "report worse unknown": (
        "Without a comparison with today nobody can be said to be worse off.",
        "Sin una comparación con hoy no se puede decir que alguien salga perdiendo.",
    ),
    "report policies table": ("What each policy is, and its price", "Qué es cada política y su precio"),
    "report policy grades table": (
        "Evidence for the sizes of what policies do, weakest first",
        "Evidencia del tamaño de lo que hacen las políticas, primero la más débil",
    ),
    "report premises title": (
        "Every number that has an effect, weakest evidence first",
        "Cada número que tiene efecto, primero la evidencia más débil",
    ),
    "report grades table": ("Grades of evidence", "Grados de evidencia"),
    "report premises table": ("Numbers of the model", "Números del modelo"),
    "report needs scripts": (
        "This table is filled in when the file is opened in a current browser.",
        "Esta tabla se rellena al abrir el archivo en un navegador actual.",
    ),
    "report column item": ("item", "punto"),
    "report column said": ("what is to be said", "lo que hay que decir"),
    "report table below": ("Table below: {title}.", "Tabla abajo: {title}."),
    "report choose metric": (
        "Show",
        "Mostrar",
    ),
    "report ways explained": (
        "The charts of this section are those of the way of working chosen here, beside today's.",
        "Los gráficos de esta sección son los de la forma de trabajar elegida aquí, junto a la de hoy.",
    ),
    "report rests explained": (
        "The numbers say what the model makes of its assumptions. A grade says how good the evidence for a number "
        "is; whether the company is described rightly, only those who know it can say.",
        "Los números dicen lo que el modelo saca de sus suposiciones. Un grado dice hasta qué punto es buena la "
        "evidencia de un número; si la empresa está bien descrita, solo lo saben quienes la conocen.",
    ),
    "report analysts explained": (
        "Whether there are enough replications, whether the warm-up is long enough, and how factors act.",
        "Si hay bastantes réplicas, si el calentamiento es bastante largo y cómo actúan los factores.",
    ),
    "report standard explained": (
        "Strengthening the reporting of empirical simulation studies (Monks and others, Journal of Simulation 13(1), "
        "2019): each item filled from these results.",
        "Strengthening the reporting of empirical simulation studies (Monks y otros, Journal of Simulation 13(1), "
        "2019): cada punto, cumplimentado con estos resultados.",
    ),
    "report standard title": (
        "All items of the standard",
        "Todos los puntos de la norma",
    ),
    "report week wait_mean": ("customer's wait", "espera del cliente"),
    "report week promise_kept_share": ("promises kept", "promesas cumplidas"),
    "report week customers": ("customers", "clientes"),
    "report week morale": ("morale", "moral"),
    "report pair waiting_hours": ("hours waited for each other", "horas de espera mutua"),
    "report pair internal_satisfaction": ("the internal customer's satisfaction", "satisfacción del cliente interno"),
    "report pair completeness": ("complete hand-offs", "entregas completas"),
    "report person morale": ("morale", "moral"),
    "report person standard": ("working standard", "estándar de trabajo"),
    "report person vacant": ("posts vacant", "puestos vacantes"),
}
"""Text by id: English, Spanish."""
