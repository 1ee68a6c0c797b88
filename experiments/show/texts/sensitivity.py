"""What is said about what drives a result."""

from __future__ import annotations

SENSITIVITY: dict[str, tuple[str, str]] = {
    "sensitivity runs": ("Points: {points}; runs: {runs}.", "Puntos: {points}; simulaciones: {runs}."),
    "sensitivity constraints": (
        "{method} makes its own points and pays no heed to the plan's constraints.",
        "{method} hace sus propios puntos y no atiende a las restricciones del plan.",
    ),
    "sensitivity title tornado": (
        "{label}: what one factor at a time does to '{name}' ({size})",
        "{label}: lo que hace cada factor por sí solo con '{name}' ({size})",
    ),
    "sensitivity title morris": (
        "{label}: which factors matter for '{name}' at all ({size})",
        "{label}: qué factores importan para '{name}' ({size})",
    ),
    "sensitivity title sobol": (
        "{label}: whose share of the variation of '{name}' ({size})",
        "{label}: de quién es cada parte de la variación de '{name}' ({size})",
    ),
    "sensitivity title effects": (
        "{label}: what factors do to '{name}', alone and together ({size})",
        "{label}: lo que hacen los factores con '{name}', solos y juntos ({size})",
    ),
    "sensitivity title levels": (
        "{label}: on which factors '{name}' depends ({size})",
        "{label}: de qué factores depende '{name}' ({size})",
    ),
    "sensitivity title trends": ("Trends over the levels", "Tendencias a lo largo de los niveles"),
    "sensitivity points": ("points {points}", "puntos {points}"),
    "sensitivity samples": ("samples {samples}", "muestras {samples}"),
    "sensitivity factor": ("factor", "factor"),
    "sensitivity effect": ("effect", "efecto"),
    "sensitivity term": ("factor or interaction", "factor o interacción"),
    "sensitivity range": ("from\nto", "desde\nhasta"),
    "sensitivity at low": ("change at\nits low end", "cambio en su\nextremo bajo"),
    "sensitivity at high": ("change at\nits high end", "cambio en su\nextremo alto"),
    "sensitivity swing": ("swing", "amplitud"),
    "sensitivity mu": ("mean change\n(mu)", "cambio medio\n(mu)"),
    "sensitivity mu star": ("mean size\n(mu*)", "tamaño medio\n(mu*)"),
    "sensitivity sigma": ("varies by\n(sigma)", "varía en\n(sigma)"),
    "sensitivity first": ("alone\n(first-order)", "por sí solo\n(primer orden)"),
    "sensitivity total": ("with the others\n(total)", "con los demás\n(total)"),
    "sensitivity size": ("size", "tamaño"),
    "sensitivity confounded": ("mixed with", "mezclado con"),
    "sensitivity and more": ("and {more} more", "y {more} más"),
    "sensitivity share": ("share of the\nvariance", "parte de la\nvarianza"),
    "sensitivity p": ("p", "p"),
    "sensitivity trend": ("trend", "tendencia"),
    "trend linear": ("linear", "lineal"),
    "trend quadratic": ("quadratic", "cuadrática"),
    "trend cubic": ("cubic", "cúbica"),
    "sensitivity note tornado": (
        "Change from today, same customers and same luck, one factor at a time; all intervals hold together with "
        "{confidence} % (Bonferroni). {clear} distinguishable from zero. Interactions are not seen: "
        "see --method sobol.",
        "Cambio frente a hoy, mismos clientes y misma suerte, factor por factor; todos los intervalos valen a la vez "
        "con el {confidence} % (Bonferroni). {clear} distinguible de cero. Las interacciones no se ven: véase --method "
        "sobol.",
    ),
    "sensitivity note morris": (
        "Change over the whole range of a factor, wherever the others stand; sigma: how much that differs from place "
        "to place. Luck is taken out; each interval by itself, {confidence} %. {clear} distinguishable from zero.",
        "Cambio en todo el rango de un factor, estén donde estén los demás; sigma: cuánto difiere de un lugar a otro. "
        "Sin la suerte; cada intervalo por separado, {confidence} %. {clear} distinguible de cero.",
    ),
    "sensitivity note sobol": (
        "Shares of the variance that the factors cause over these ranges [%], luck taken out; each interval by itself, "
        "{confidence} %. Estimates below zero are shown so. {clear} distinguishable from zero.",
        "Partes de la varianza que causan los factores en estos rangos [%], sin la suerte; cada intervalo por "
        "separado, {confidence} %. Las estimaciones por debajo de cero se muestran así. {clear} distinguible de cero.",
    ),
    "sensitivity note effects": (
        "From the first to the second setting, on average over the others; interaction: half of what one effect gains "
        "when the other factor changes. All intervals hold together with {confidence} % (Bonferroni). {clear} "
        "distinguishable from zero.",
        "Del primer al segundo valor, en promedio sobre los demás; interacción: la mitad de lo que gana un efecto "
        "cuando cambia el otro factor. Todos los intervalos valen a la vez con el {confidence} % (Bonferroni). {clear} "
        "distinguible de cero.",
    ),
    "sensitivity note levels": (
        "Shares of the variance between the points, luck taken out [%]; p by Hotelling. Trends: root mean square over "
        "the levels, all intervals together {confidence} % (Bonferroni). {clear} some trend, or this one, is "
        "distinguishable from zero.",
        "Partes de la varianza entre los puntos, sin la suerte [%]; p según Hotelling. Tendencias: media cuadrática "
        "sobre los niveles, todos los intervalos a la vez {confidence} % (Bonferroni). {clear} alguna tendencia, o "
        "esta, es distinguible de cero.",
    ),
    "sensitivity none": (
        "No factor is shown to move '{name}' within these ranges; that is not the same as none does.",
        "No se demuestra que ningún factor mueva '{name}' en estos rangos; no es lo mismo que ninguno lo haga.",
    ),
    "sensitivity moves one": (
        "Within these ranges '{name}' is moved by {top}: {amount}.",
        "En estos rangos a '{name}' lo mueve {top}: {amount}.",
    ),
    "sensitivity moves": (
        "Within these ranges '{name}' is moved by {clear}; of these most, as estimated, by {top}: {amount}.",
        "En estos rangos a '{name}' lo mueven {clear}; de ellos el que más, según se estima, {top}: {amount}.",
    ),
    "sensitivity not shown": (
        " Not shown to move it: {rest}.",
        " No se demuestra que lo mueva: {rest}.",
    ),
    "sensitivity bends": (
        " How much depends on where it or the others stand: {bending}.",
        " Cuánto depende de dónde estén él o los demás: {bending}.",
    ),
    "sensitivity luck": (
        " Alone the factors explain {alone} % of that, as estimated; luck makes {luck} % of the variance of a single "
        "run.",
        " Por sí solos los factores explican el {alone} % de ello, según se estima; la suerte es el {luck} % de la "
        "varianza de una sola simulación.",
    ),
    "sensitivity share of": (
        "{share} % of the variance with all its interactions",
        "el {share} % de la varianza con todas sus interacciones",
    ),
    "sensitivity share between": ("{share} % of the variance", "el {share} % de la varianza"),
    "sensitivity more": (
        " Together more than their sum: {pairs}.",
        " Juntos, más que su suma: {pairs}.",
    ),
    "sensitivity less": (
        " Together less than their sum: {pairs}.",
        " Juntos, menos que su suma: {pairs}.",
    ),
    "sensitivity depend": (
        " One changes what the other does: {pairs}.",
        " Uno cambia lo que hace el otro: {pairs}.",
    ),
    "sensitivity middle": (
        " Not a straight line, so what is best may lie in between: {bending}.",
        " No es una línea recta, así que lo mejor puede estar en medio: {bending}.",
    ),
    "sensitivity left out": (
        " Left out because a run failed: {left}.",
        " Sin contar, porque falló una simulación: {left}.",
    ),
    "resting title": (
        "{policy} against today, '{name}': what it rests on, the {shown} largest of {total} assumptions",
        "{policy} frente a hoy, '{name}': en qué se apoya, las {shown} mayores de {total} suposiciones",
    ),
    "resting assumption": ("assumption", "suposición"),
    "resting value": ("in the\nscenario", "en el\nescenario"),
    "resting adds": (
        "adds to the difference\nper standard deviation",
        "añade a la diferencia\npor desviación típica",
    ),
    "resting share": ("share of its\nvariation [%]", "parte de su\nvariación [%]"),
    "resting note": (
        "Difference with the scenario's own values: {own}{unit}; mean over {samples} samples of {n} each: "
        "{mean}{unit}. Linear in the assumptions: {explained} %. Intervals of this table hold together with "
        "{confidence} %; {clear} distinguishable from zero. The ranges are a rule, not evidence: "
        "docs/sensitivity.md. All rows: --json. One number: relevo explain NAME.",
        "Diferencia con los valores del propio escenario: {own}{unit}; media de {samples} muestras con {n} cada una: "
        "{mean}{unit}. Lineal en las suposiciones: {explained} %. Los intervalos de esta tabla valen a la vez con el "
        "{confidence} %; {clear} distinguible de cero. Los rangos son una regla, no evidencia: docs/sensitivity.md. "
        "Todas las filas: --json. Un número: relevo explain NOMBRE.",
    ),
}
"""Text by id: English, Spanish."""
