"""Charts of people and departments over time."""

from __future__ import annotations

CHARTS_PEOPLE: dict[str, tuple[str, str]] = {
    "people morale": ("morale", "moral"),
    "people standard": ("working standard", "estándar de trabajo"),
    "people pace": ("time taken under pressure", "tiempo empleado bajo presión"),
    "people skill": ("skill", "destreza"),
    "people vacant": ("posts without anybody", "puestos sin nadie"),
    "people away": ("people away", "personas ausentes"),
    "people load": ("load", "carga"),
    "people title": ("{name} by week: {way}", "{name} por semana: {way}"),
    "people company": ("The whole company", "Toda la empresa"),
    "people department": ("department", "departamento"),
    "people week": ("week", "semana"),
    "people column": ("{name}: {way}", "{name}: {way}"),
    "people every week": ("each week", "cada semana"),
    "people every": ("every {step} weeks", "cada {step} semanas"),
    "people reading": (
        "Each line is the mean of the runs at the beginning of the week ({every}), in per cent, all panels on one "
        "scale, which need not begin at zero. The band of the whole company is the 95 % interval of its mean, each "
        "week by itself; departments have none here.",
        "Cada línea es la media de las simulaciones al comienzo de la semana ({every}), en tanto por ciento, con la "
        "misma escala en todos los paneles, que no tiene por qué empezar en cero. La banda de toda la empresa es el "
        "intervalo del 95 % de su media, cada semana por sí sola; los departamentos no la llevan aquí.",
    ),
    "people both": (
        "Dashed is today, solid the other way; both met the same customers with the same luck, so what lies between "
        "them is surer than the bands suggest.",
        "Discontinua es hoy, continua la otra forma; ambas tuvieron los mismos clientes y la misma suerte, así que lo "
        "que hay entre ellas es más seguro de lo que sugieren las bandas.",
    ),
    "people largest": (
        "Shown are the {most} departments with most posts.",
        "Se muestran los {most} departamentos con más puestos.",
    ),
    "people vacancies": (
        "Shares of the posts. In which week somebody resigned is not kept; vacancies are what it leaves.",
        "Partes de los puestos. No se guarda en qué semana se fue cada persona; las vacantes son lo que deja.",
    ),
    "people per year": ("people per year", "personas al año"),
    "people resign axis": ("people who resign [per year]", "personas que se van [al año]"),
    "people resign title": ("Resignations by department: {way}", "Bajas voluntarias por departamento: {way}"),
    "people resign reading": (
        "Each mark is the mean number of people who resign in a year, with its 95 % interval, each by itself; the "
        "table has the change, paired by run, which is surer.",
        "Cada marca es el número medio de personas que se van en un año, con su intervalo del 95 %, cada uno por sí "
        "solo; la tabla tiene el cambio, emparejado por simulación, que es más seguro.",
    ),
    "people resign weeks": (
        "In which week somebody resigned is not kept; the chart of vacancies shows what it leaves.",
        "No se guarda en qué semana se fue cada persona; el gráfico de vacantes muestra lo que deja.",
    ),
    "departments busy title": ("How busy the departments are: {way}", "Cuánto se ocupan los departamentos: {way}"),
    "departments busy": ("time occupied", "tiempo ocupado"),
    "departments busy axis": ("time occupied [%]", "tiempo ocupado [%]"),
    "departments queue_length_mean": ("items in the queue", "trabajos en la cola"),
    "departments queue_wait_mean": ("wait in the queue", "espera en la cola"),
    "departments reading": (
        "Each mark is a mean with its 95 % interval, each by itself: on the left the share of the time for which a "
        "department's people are occupied, of which more than 100 % (dotted line) cannot be, on the right its queue.",
        "Cada marca es una media con su intervalo del 95 %, cada uno por sí solo: a la izquierda, la parte del tiempo "
        "en que la gente del departamento está ocupada, que no puede pasar del 100 % (línea de puntos); a la derecha, "
        "su cola.",
    ),
    "departments explode": (
        "The busier, the longer the queue, and close to 100 % it explodes: there a little less work, or a little more "
        "help, shortens it a great deal.",
        "Cuanto más ocupado, más larga la cola, y cerca del 100 % se dispara: ahí un poco menos de trabajo, o un poco "
        "más de ayuda, la acorta muchísimo.",
    ),
}
"""Text by id: English, Spanish."""
