"""Charts of decisions: cost against churn, what drives a result, how sure it is."""

from __future__ import annotations

CHARTS_DECISIONS: dict[str, tuple[str, str]] = {
    "pareto title": ("{cost} against {outcome}", "{cost} frente a {outcome}"),
    "pareto cost and posts": ("{cost} and the pay of added posts", "{cost} y sueldos de los puestos añadidos"),
    "pareto number": ("no.", "n.º"),
    "pareto change": ("change in {name}", "cambio en {name}"),
    "pareto standing": ("standing", "posición"),
    "pareto front": ("nothing betters it, by the means", "nada lo mejora, según las medias"),
    "pareto open": ("behind, perhaps by luck", "por detrás, quizá por azar"),
    "pareto dominated": ("clearly behind another", "claramente por detrás de otra"),
    "pareto front line": ("front by the means", "frontera según las medias"),
    "pareto axis": ("{name} [{unit}]\n{better}", "{name} [{unit}]\n{better}"),
    "pareto axis without": ("{name}\n{better}", "{name}\n{better}"),
    "pareto lower is better": ("less is better", "menos es mejor"),
    "pareto higher is better": ("more is better", "más es mejor"),
    "pareto reading changes": (
        "Each mark is a way of working: what it changes from today in cost and in outcome (mean of {n} pairs of runs "
        "with the same customers and the same luck), with 95 % intervals. The star is today.",
        "Cada marca es una forma de trabajar: lo que cambia respecto a hoy en coste y en resultado (media de {n} pares "
        "de simulaciones con los mismos clientes y la misma suerte), con intervalos del 95 %. La estrella es hoy.",
    ),
    "pareto reading means": (
        "Each mark is a way of working: its mean cost and outcome over {n} runs, with 95 % intervals. All met the same "
        "customers with the same luck, so differences between ways are surer than these intervals suggest.",
        "Cada marca es una forma de trabajar: su coste y su resultado medios en {n} simulaciones, con intervalos del "
        "95 %. Todas tuvieron los mismos clientes y la misma suerte, así que las diferencias entre ellas son más "
        "seguras de lo que sugieren los intervalos.",
    ),
    "pareto reading together": (
        "All intervals of this chart hold together.",
        "Todos los intervalos de este gráfico valen a la vez.",
    ),
    "pareto reading each": (
        "Each interval holds by itself, and the marks on the front were picked from many as the best, so they look "
        "somewhat better than they are.",
        "Cada intervalo vale por sí solo y las marcas de la frontera se han elegido entre muchas por ser las mejores, "
        "así que parecen algo mejores de lo que son.",
    ),
    "pareto reading front": (
        "Filled marks, joined by the dotted line: by the means nothing else costs no more and does no worse.",
        "Marcas rellenas, unidas por la línea de puntos: según las medias, ninguna otra cuesta lo mismo o menos sin "
        "dar peor resultado.",
    ),
    "pareto reading many": (
        "Of {n} ways of working {front} are on this front; the table lists these, the other marks have no names.",
        "De {n} formas de trabajar, {front} están en esta frontera; la tabla recoge estas, las demás marcas no llevan "
        "nombre.",
    ),
    "pareto reading sure": (
        "How sure that is: of the others {dominated} are clearly behind another (all such decisions hold together "
        "with 95 %), {open} only perhaps.",
        "Qué seguridad hay: de las demás, {dominated} están claramente por detrás de otra (todas estas decisiones "
        "valen a la vez con un 95 %) y {open} solo quizá.",
    ),
    "pareto reading far": (
        "What costs far more than the rest stands at the right edge, with an arrow and what it costs.",
        "Lo que cuesta mucho más que lo demás está en el borde derecho, con una flecha y lo que cuesta.",
    ),
    "pareto reading posts": (
        "The pay of added posts is counted as a cost, which the books do not count as one of a policy.",
        "Los sueldos de los puestos añadidos se cuentan como coste, aunque en los libros no lo son de una política.",
    ),
}
"""Text by id: English, Spanish."""
