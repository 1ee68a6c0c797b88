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
    "tornado title": ("{name}: one factor at a time", "{name}: un factor cada vez"),
    "tornado factor": ("factor", "factor"),
    "tornado axis": ("change in {name} [{unit}]", "cambio en {name} [{unit}]"),
    "tornado low end": ("low end", "extremo bajo"),
    "tornado high end": ("high end", "extremo alto"),
    "tornado at low": ("change at the low end", "cambio en el extremo bajo"),
    "tornado at high": ("change at the high end", "cambio en el extremo alto"),
    "tornado legend low": ("at the low end", "en el extremo bajo"),
    "tornado legend high": ("at the high end", "en el extremo alto"),
    "tornado ends": ("{low} to {high}", "de {low} a {high}"),
    "tornado clear": ("clear", "claro"),
    "tornado open": ("not told apart from zero", "no se distingue de cero"),
    "tornado reading": (
        "Each bar is the change from today when one factor alone goes to its low end (hatched) or to its high end "
        "(plain), the others being as today; no bar at an end that is as today. The largest swing is on top. What "
        "factors do together is not seen. Where both intervals reach the upright line, the place in the order means "
        "nothing.",
        "Cada barra es el cambio respecto a hoy cuando un solo factor va a su extremo bajo (rayada) o a su extremo "
        "alto (lisa) y los demás siguen como hoy; no hay barra en un extremo que es como hoy. Arriba, el de mayor "
        "recorrido. No se ve lo que hacen varios factores juntos. Donde ambos intervalos llegan a la línea vertical, "
        "el puesto en el orden no dice nada.",
    ),
    "tornado together": (
        "Lines are 95 % intervals of paired differences; all of them hold together.",
        "Las líneas son intervalos del 95 % de diferencias emparejadas; todos valen a la vez.",
    ),
    "tornado each": (
        "Lines are 95 % intervals of paired differences, each by itself.",
        "Las líneas son intervalos del 95 % de diferencias emparejadas, cada uno por sí solo.",
    ),
    "tornado most": (
        "Drawn are the {most} largest of {all}; the table has all.",
        "Se dibujan los {most} mayores de {all}; la tabla los tiene todos.",
    ),
    "rests title": (
        "What the effect of {policy} rests on: {name}",
        "En qué se apoya el efecto de {policy}: {name}",
    ),
    "rests assumption": ("assumption", "suposición"),
    "rests adds": ("added by one standard deviation of it", "lo que añade una desviación típica suya"),
    "rests share": ("share of the variation (rough)", "parte de la variación (aproximada)"),
    "rests axis": (
        "added to the difference by one standard deviation [{unit}]",
        "lo que añade a la diferencia una desviación típica [{unit}]",
    ),
    "rests reading": (
        "All assumptions were varied together within their ranges. Each mark is what one standard deviation of an "
        "assumption adds to the difference between the policy and today, with its 95 % interval; all intervals hold "
        "together. Hollow: cannot be told apart from adding nothing.",
        "Todas las suposiciones se variaron a la vez dentro de sus rangos. Cada marca es lo que una desviación típica "
        "de una suposición añade a la diferencia entre la política y hoy, con su intervalo del 95 %; todos los "
        "intervalos valen a la vez. Hueca: no se distingue de no añadir nada.",
    ),
    "two title": ("{metric}: {a} and {b}", "{metric}: {a} y {b}"),
    "two axis": ("{name} [{unit}]", "{name} [{unit}]"),
    "two line": ("{name}: {setting}", "{name}: {setting}"),
    "two amount": ("{amount} {unit}", "{amount} {unit}"),
    "two reading": (
        "Each mark is a mean with its 95 % interval, each by itself; all cells met the same customers with the same "
        "luck, so differences are surer than these intervals suggest.",
        "Cada marca es una media con su intervalo del 95 %, cada uno por sí solo; todas las combinaciones tuvieron los "
        "mismos clientes y la misma suerte, así que las diferencias son más seguras de lo que sugieren los intervalos.",
    ),
    "two reading change": (
        "Each mark is the mean change from today's setting of these two ({a} at {at_a}, {b} at {at_b}) with its 95 % "
        "interval, each by itself; all met the same customers with the same luck.",
        "Cada marca es el cambio medio respecto al ajuste de hoy de estos dos ({a} en {at_a}, {b} en {at_b}) con su "
        "intervalo del 95 %, cada uno por sí solo; todas las combinaciones tuvieron los mismos clientes y la misma "
        "suerte.",
    ),
    "two parallel": (
        "Parallel lines would mean that the two add up.",
        "Líneas paralelas querrían decir que ambos efectos se suman.",
    ),
    "two effects": (
        "From {a_low} to {a_high}, {a} changes it by {at_low} while {b} is at {b_low}, and by {at_high} while it is at "
        "{b_high}.",
        "De {a_low} a {a_high}, {a} lo cambia en {at_low} mientras {b} está en {b_low}, y en {at_high} mientras está "
        "en {b_high}.",
    ),
    "two clear": (
        "The two do not add up: the second differs from the first by {more}.",
        "Los dos efectos no se suman sin más: el segundo difiere del primero en {more}.",
    ),
    "two not clear": (
        "That they do not add up is not shown: the second differs from the first by {more}, which reaches zero.",
        "No se demuestra que no se sumen: el segundo difiere del primero en {more}, que incluye el cero.",
    ),
    "two averaged": (
        "What else was varied ({others}) is averaged over, all its combinations alike.",
        "Lo demás que se varió ({others}) está promediado, con todas sus combinaciones por igual.",
    ),
    "two held": (
        "What else was varied ({others}) is as today.",
        "Lo demás que se varió ({others}) está como hoy.",
    ),
    "two some lines": (
        "{drawn} of {all} levels have a line; the table has all.",
        "{drawn} de {all} niveles tienen línea; la tabla los tiene todos.",
    ),
    "map reading": (
        "Each cell is the mean of the runs with both factors at these levels, to the digit that means something; the "
        "table has the 95 % intervals, each by itself.",
        "Cada casilla es la media de las simulaciones con ambos factores en esos niveles, con las cifras que "
        "significan algo; la tabla tiene los intervalos del 95 %, cada uno por sí solo.",
    ),
    "map today": (
        "The dotted frame is today's setting of these two.",
        "El marco de puntos es el ajuste de hoy de estos dos.",
    ),
    "map too many": (
        "Values are in the table; the bar says what a colour is.",
        "Los valores están en la tabla; la barra dice qué es cada color.",
    ),
    "convergence title": ("{name}, as runs came in: {way}", "{name}, según llegaban simulaciones: {way}"),
    "convergence panel": ("{name}\n[{unit}]", "{name}\n[{unit}]"),
    "convergence n": ("replications", "réplicas"),
    "convergence axis": ("replications", "réplicas"),
    "convergence half": ("half-width", "semiancho"),
    "convergence mean": ("mean so far", "media hasta ahí"),
    "convergence band": ("its interval", "su intervalo"),
    "convergence asked for": ("half-width asked for", "semiancho pedido"),
    "convergence reading": (
        "Above: the mean of the first replications with its {share} % interval, each by itself; below: half the length "
        "of that interval. The last value is what is reported.",
        "Arriba: la media de las primeras réplicas con su intervalo del {share} %, cada uno por sí solo; abajo: la "
        "mitad de la longitud de ese intervalo. Se informa del último valor.",
    ),
    "convergence no rule": (
        "This is for looking back: whoever stops at the first interval that looks short enough stops by luck and is "
        "less sure than it says.",
        "Sirve para mirar atrás: quien se detiene en el primer intervalo que parece bastante corto se detiene por "
        "azar y está menos seguro de lo que dice.",
    ),
    "convergence cut": (
        "The first, very wide intervals are cut off; the table has them.",
        "Los primeros intervalos, muy anchos, están recortados; la tabla los tiene.",
    ),
    "convergence asked": (
        "The dotted line is the half-width that the plan asked for.",
        "La línea de puntos es el semiancho que pedía el plan.",
    ),
    "convergence no tenth": (
        "The interval reaches zero, so a half-width of a tenth of the mean makes no sense here.",
        "El intervalo incluye el cero, así que un semiancho de una décima parte de la media no tiene sentido aquí.",
    ),
    "convergence tenth reached": (
        "A half-width of a tenth of the mean was reached with these {n}.",
        "Un semiancho de una décima parte de la media se ha alcanzado con estas {n}.",
    ),
    "convergence tenth": (
        "A half-width of a tenth of the mean would take about {needed} replications, if they vary as these did; no "
        "promise.",
        "Un semiancho de una décima parte de la media pediría unas {needed} réplicas si varían como estas; no es una "
        "promesa.",
    ),
    "warm-up title": ("{name}, week by week from the start: today", "{name}, semana a semana desde el inicio: hoy"),
    "warm-up week": ("week from the start", "semana desde el inicio"),
    "warm-up axis": ("week from the start of the run", "semana desde el inicio de la simulación"),
    "warm-up mean": ("mean of the runs", "media de las simulaciones"),
    "warm-up band": ("95 % interval", "intervalo del 95 %"),
    "warm-up moving": ("moving average", "media móvil"),
    "warm-up line": ("measuring begins", "empieza la medición"),
    "warm-up mser": ("settled, says MSER-5", "asentado, según MSER-5"),
    "warm-up reading": (
        "Thin: the mean of the runs by week with its 95 % interval, each week by itself. Thick: its moving average "
        "over {window} weeks (Welch), on which one sees where it becomes flat. What lies before the dashed line is "
        "not measured.",
        "Línea fina: la media de las simulaciones por semana con su intervalo del 95 %, cada semana por sí sola. Línea "
        "gruesa: su media móvil de {window} semanas (Welch), en la que se ve dónde se aplana. Lo que hay antes de la "
        "línea discontinua no se mide.",
    ),
    "warm-up enough": (
        "MSER-5, a rule of thumb, would leave out the first {cut} weeks of this series; {had} are left out.",
        "MSER-5, una regla práctica, dejaría fuera las primeras {cut} semanas de esta serie; se dejan fuera {had}.",
    ),
    "warm-up too short": (
        "MSER-5, a rule of thumb, would leave out the first {cut} weeks of this series, but only {had} are: what is "
        "measured may still hold some of the start.",
        "MSER-5, una regla práctica, dejaría fuera las primeras {cut} semanas de esta serie, pero solo se dejan {had}: "
        "lo medido puede contener aún parte del inicio.",
    ),
    "warm-up failed": (
        "MSER-5, a rule of thumb, finds no end of the warm-up within these {weeks} weeks: the series drifts, or the "
        "runs are too short to say.",
        "MSER-5, una regla práctica, no encuentra el final del calentamiento en estas {weeks} semanas: la serie sigue "
        "moviéndose o las simulaciones son demasiado cortas para decirlo.",
    ),
    "warm-up no statistic": (
        "MSER-5, a rule of thumb, says nothing here: some weeks have no value.",
        "MSER-5, una regla práctica, no dice nada aquí: hay semanas sin valor.",
    ),
}
"""Text by id: English, Spanish."""
