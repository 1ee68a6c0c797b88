"""What the report says of its parts: what was compared, who is worse off, what it rests on, where it comes from."""

from __future__ import annotations

REPORT_PARTS: dict[str, tuple[str, str]] = {
    # what was compared
    "report fact company": ("Company", "Empresa"),
    "report fact described": ("What it is", "Qué es"),
    "report fact plan": ("Experiment", "Experimento"),
    "report fact ways": ("Ways of working", "Formas de trabajar"),
    "report fact factor": ("Varied: {factor}", "Varía: {factor}"),
    "report fact everywhere": ("Everywhere, today too", "En todas, también hoy"),
    "report fact runs": ("Runs", "Simulaciones"),
    "report fact time": ("Time", "Tiempo"),
    "report fact luck": ("Luck", "Suerte"),
    "report ways": ("today's and {number} others", "la de hoy y otras {number}"),
    "report ways without today": (
        "{number}; today's is not among them",
        "{number}; la de hoy no está entre ellas",
    ),
    "report levels": ("{first} to {last}, {number} values", "de {first} a {last}, {number} valores"),
    "report runs": (
        "{each} of each way of working, {total} in all",
        "{each} de cada forma de trabajar, {total} en total",
    ),
    "report time": ("{weeks} measured", "{weeks} medidas"),
    "report time warm-up": (
        "{weeks} measured, after {warm_up} of warm-up as today",
        "{weeks} medidas, tras {warm_up} de calentamiento como hoy",
    ),
    "report luck": (
        "The same customers and the same luck in every way of working, run by run; so what differs is what the way of "
        "working does.",
        "Los mismos clientes y la misma suerte en cada forma de trabajar, simulación a simulación; así, lo que difiere "
        "es lo que hace la forma de trabajar.",
    ),
    # table of decisions
    "report column hires": (
        "hires that do the same",
        "contrataciones equivalentes",
    ),
    "report row today": ("today (level)", "hoy (nivel)"),
    "report row chosen": (
        "{way} (recommended)",
        "{way} (recomendada)",
    ),
    "report table legend": (
        "First row: today's level, with its own 95 % interval. Other rows: change from today, with its interval "
        "in brackets; all of them hold together with 95 % confidence. {better} clearly better for the customer or "
        "the company, {worse} clearly worse, no mark: cannot be told from today. Changes of shares are in "
        "percentage points.",
        "Primera fila: el nivel de hoy, con su propio intervalo del 95 %. Demás filas: cambio respecto a hoy, con "
        "su intervalo entre paréntesis; todos valen a la vez con una confianza del 95 %. {better} claramente "
        "mejor para el cliente o la empresa, {worse} claramente peor, sin marca: no se distingue de hoy. Los "
        "cambios de proporciones están en puntos porcentuales.",
    ),
    "report table hires": (
        "Hires that do the same: how many more people, hired one after the other where they shorten the wait "
        "most, would shorten it as much. Up to {most} were tried; “>{most}” means that these were not enough to "
        "tell.",
        "Contrataciones equivalentes: cuántas personas más, contratadas una tras otra donde más acortan la "
        "espera, la acortarían lo mismo. Se probó hasta con {most}; «>{most}» significa que no bastaron para "
        "saberlo.",
    ),
    "report hires placed": ("Hired in this order: {places}.", "Contratadas en este orden: {places}."),
    "report table fewer": (
        "Shown are {shown} of {total}: the best in each figure among those that may be recommended, and those with the "
        "shortest waits. {left} are left out; the intervals count them.",
        "Se muestran {shown} de {total}: las mejores en cada cifra entre las recomendables, y las de espera más corta. "
        "Faltan {left}; los intervalos las tienen en cuenta.",
    ),
    "report no hires": (
        "How many more people would do the same is not among these results; this command says it:",
        "Cuántas personas de más harían lo mismo no está entre estos resultados; lo dice esta orden:",
    ),
    "report held": (
        "Above, customers who are served better stay and order more: that brings sales, and work. Here whoever "
        "leaves is replaced at once, today too, so that only the way of working differs; today's values are "
        "therefore others. {way} then does this:",
        "Arriba, los clientes mejor servidos se quedan y piden más: eso trae ventas, y también trabajo. Aquí "
        "quien se va es sustituido enseguida, también con la forma de hoy, de modo que solo cambia la forma de "
        "trabajar; por eso los valores de hoy son otros. Así, {way} hace esto:",
    ),
    # who is worse off
    "report column figure": ("figure", "cifra"),
    "report worse chosen": (
        "Under {way} clearly worse than today:",
        "Con {way}, claramente peor que hoy:",
    ),
    "report worse chosen many": (
        "Under {way}, {number} figures are clearly worse than today. Measured against today's value, these "
        "{shown} change most:",
        "Con {way}, {number} cifras son claramente peores que hoy. En proporción al valor de hoy, las {shown} que "
        "más cambian son:",
    ),
    "report worse figure": ("{figure}: {today} today, {change}.", "{figure}: {today} hoy, {change}."),
    "report fails": (
        "How {policy} can fail: {fails}",
        "Cómo puede fallar {policy}: {fails}",
    ),
    "report worse chosen nobody": (
        "Under {way}, no figure of a customer, a department or a pair of departments is clearly worse than today.",
        "Con {way}, ninguna cifra de un cliente, un departamento o un par de departamentos es claramente peor que hoy.",
    ),
    "report worse legend": (
        "Every figure of customers, departments and pairs was looked at; named is what is clearly worse, and whose "
        "mean is worse by 2 % or more. "
        "Of each way of working at most {most} figures, the largest "
        "changes first. All these intervals hold together with 95 % confidence. What is not named may be worse all "
        "the same, only not "
        "clearly.",
        "Se miró cada cifra de clientes, departamentos y pares; se nombra lo que es claramente peor y cuya media "
        "empeora un 2 % o más. "
        "De cada "
        "forma de trabajar, como mucho {most} cifras, primero los mayores cambios. "
        "Todos estos intervalos valen a la vez con una confianza del 95 %. Lo que no se nombra puede ser peor de todos "
        "modos, solo que no claramente.",
    ),
    "report worse others": (
        "The other ways of working: what is clearly worse",
        "Las demás formas de trabajar: qué es claramente peor",
    ),
    "report worse nobody": (
        "No figure is clearly worse than today under any way of working.",
        "Ninguna cifra es claramente peor que hoy con ninguna forma de trabajar.",
    ),
    "report column policy": ("policy", "política"),
    "report column done": ("what is done", "qué se hace"),
    "report column fails": ("how it fails or whom it hurts", "cómo falla o a quién perjudica"),
    "report column price": ("price", "precio"),
    "report price once": ("{amount} {currency} once", "{amount} {currency} una vez"),
    "report price weekly": ("{amount} {currency} a week", "{amount} {currency} a la semana"),
    "report price weekly_per_person": (
        "{amount} {currency} a week for each person",
        "{amount} {currency} a la semana por persona",
    ),
    "report price per_hire": (
        "{amount} {currency} for each person hired",
        "{amount} {currency} por persona contratada",
    ),
    "report price people": ("the pay of those who are hired", "el sueldo de quienes se contratan"),
    "report price none": ("only people's time, if any", "solo tiempo de la gente, si acaso"),
    "report about": (
        "{policy}: {done} Price: {price}.",
        "{policy}: {done} Precio: {price}.",
    ),
    "report about full": (
        "{policy}: {done} Price at full intensity: {price}.",
        "{policy}: {done} Precio a plena intensidad: {price}.",
    ),
    "report about total": (
        "In all that is about {total} per year, already taken off the profit below.",
        "En total son unos {total} al año, ya descontados en el beneficio de abajo.",
    ),
    "report about paid": (
        "The price is already taken off the profit below.",
        "El precio ya está descontado en el beneficio de abajo.",
    ),
    # what it rests on
    "report rests": (
        "Of the {total} numbers of the model that have an effect here, {assumed} are assumptions (grade D, and "
        "no value of the company's own).",
        "De los {total} números del modelo que tienen efecto aquí, {assumed} son suposiciones (grado "
        "D, sin un valor propio de la empresa).",
    ),
    "report rests policies": (
        "What policies do is an assumption (grade D) for {assumed} of {total} policies; in the others, too, parts "
        "are assumptions.",
        "Lo que hacen las políticas es una suposición (grado D) en {assumed} de {total}; también en las demás hay "
        "suposiciones.",
    ),
    "report rests policies all": (
        "What the policies do that were simulated here is an assumption (grade D).",
        "Lo que hacen las políticas simuladas aquí es una suposición (grado D).",
    ),
    "report rests policies none": (
        "Of no policy simulated here everything is assumed (grade D), but parts are assumptions.",
        "Ninguna política simulada aquí es del todo una suposición (grado D), pero sí algunas de sus partes.",
    ),
    "report evidence": (
        "Evidence for what {policy} does: grade {grade} ({meaning}).",
        "Evidencia de lo que hace {policy}: grado {grade} ({meaning}).",
    ),
    "report column grade": ("grade", "grado"),
    "report column number": ("number", "número"),
    "report column value": ("value", "valor"),
    "report column whose": ("whose", "de quién"),
    "report column source": ("source", "fuente"),
    "report whose default": ("default", "por defecto"),
    "report whose given": ("the company's file", "el archivo de la empresa"),
    "report whose part": ("partly the company's file", "en parte el archivo de la empresa"),
    "report whose same": ("the company's file, as the default", "el archivo de la empresa, como por defecto"),
    # where it comes from
    "report from version": ("Version of Relevo", "Versión de Relevo"),
    "report from commit": ("Source commit", "Commit del código"),
    "report from date": ("Results of", "Resultados del"),
    "report from seed": ("Seed", "Semilla"),
    "report from engine": ("Engine", "Motor"),
    "report from scenario": ("Company (SHA-256)", "Empresa (SHA-256)"),
    "report from orders": ("Real orders", "Pedidos reales"),
    "report from experiment": ("Experiment (SHA-256)", "Experimento (SHA-256)"),
    "report from policies": ("Policies (SHA-256, beginning)", "Políticas (SHA-256, comienzo)"),
    "report from packages": ("Packages", "Paquetes"),
    "report from platform": ("Kind of machine", "Tipo de máquina"),
    "report date": ("{date} UTC", "{date} UTC"),
    "report orders": (
        "{file}: {used} used, {left} not usable; SHA-256 {hash}",
        "{file}: {used} usados, {left} no utilizables; SHA-256 {hash}",
    ),
    "report command": ("This command gives the same numbers again:", "Esta orden da otra vez los mismos números:"),
    "report command files": (
        "It needs the files that it names, in the folder where it is given.",
        "Necesita los archivos que nombra, en la carpeta donde se da la orden.",
    ),
    # gaps
    "report gap interrupted": (
        "The job was interrupted: this report is made of the {runs} runs that were finished.",
        "El trabajo se interrumpió: este informe está hecho con las {runs} simulaciones terminadas.",
    ),
    "report gap failed": (
        "Failed runs: {failed}. They are left out, with what they would be compared with; {runs} are here. Reason: "
        "{reason}",
        "Simulaciones fallidas: {failed}. Se dejan fuera, con aquello con que se compararían; aquí hay {runs}. Motivo: "
        "{reason}",
    ),
    "report gap incomplete": (
        "These results are not complete: this report is made of the {runs} runs that are there.",
        "Estos resultados no están completos: este informe está hecho con las {runs} simulaciones que hay.",
    ),
    "report gap one run": (
        "One run of each: nothing here has an interval, and luck can explain any difference.",
        "Una sola simulación de cada: nada de aquí tiene intervalo, y la suerte puede explicar cualquier diferencia.",
    ),
}
"""Text by id: English, Spanish."""
