"""What the report says first: what to do, how sure it is, what was compared."""

from __future__ import annotations

REPORT: dict[str, tuple[str, str]] = {
    # the command line
    "report in": ("Report: {file}", "Informe: {file}"),
    "report written": ("Report: {file} ({size} kB)", "Informe: {file} ({size} kB)"),
    # parts of sentences
    "report amount": ("{amount} ({low} to {high})", "{amount} ({low} a {high})"),
    "report span": ("{middle} ({low} to {high})", "{middle} ({low} a {high})"),
    "report and": ("{one} and {other}", "{one} y {other}"),
    "report or": ("{one} or {other}", "{one} o {other}"),
    # headline
    "report lead best": (
        "Choose {way}: of the {number} ways of working compared with today's, it is the one that does most for "
        "the customer without clearly costing profit ({what} decides).",
        "Elija {way}: de las {number} formas de trabajar comparadas con la de hoy, es la que más hace por el "
        "cliente sin reducir claramente el beneficio (decide: {what}).",
    ),
    "report lead alone": (
        "Choose {way}: of the {number} ways of working compared with today's, it is the only one that clearly "
        "helps the customer without clearly costing profit.",
        "Elija {way}: de las {number} formas de trabajar comparadas con la de hoy, es la única que ayuda "
        "claramente al cliente sin reducir claramente el beneficio.",
    ),
    "report lead only": (
        "{way} is clearly better for the customer than today's way of working, and does not clearly cost profit.",
        "{way} es claramente mejor para el cliente que la forma de trabajar de hoy y no reduce claramente el "
        "beneficio.",
    ),
    "report lead alike": (
        "Choose {way}: of the {number} ways of working compared with today's, it comes first among those that "
        "clearly help the customer without clearly costing profit ({what} decides). Perhaps as good, or better: "
        "{others}; these runs cannot tell.",
        "Elija {way}: de las {number} formas de trabajar comparadas con la de hoy, es la primera entre las que "
        "ayudan claramente al cliente sin reducir claramente el beneficio (decide: {what}). Quizá igual de buena, "
        "o mejor: {others}; estas simulaciones no bastan para saberlo.",
    ),
    "report lead many": (
        "Among those that may be best is {way}: of the {number} ways of working compared with today's, it and "
        "{others} others help the customer without clearly costing profit, and these runs cannot tell which of "
        "them is best.",
        "Entre las que pueden ser la mejor está {way}: de las {number} formas de trabajar comparadas con la de "
        "hoy, ella y otras {others} ayudan al cliente sin reducir claramente el beneficio, y estas simulaciones "
        "no bastan para saber cuál es la mejor.",
    ),
    "report lead costly": (
        "Nothing that clearly helps the customer, and clearly harms the customer in nothing, is free: it costs "
        "profit. {way} helps most by the mean and costs {loss} of profit. Whether it is worth that is your decision.",
        "Nada de lo que ayuda claramente al cliente, y no lo perjudica claramente en nada, sale gratis: reduce el "
        "beneficio. {way} es lo que más ayuda según la media y reduce el beneficio en {loss}. Si lo vale, lo decide "
        "usted.",
    ),
    "report lead mixed": (
        "None of the {number} ways of working can be recommended: each that clearly helps the customer in one figure "
        "clearly harms the customer in another.",
        "Ninguna de las {number} formas de trabajar se puede recomendar: cada una que ayuda claramente al cliente en "
        "una cifra lo perjudica claramente en otra.",
    ),
    "report lead only mixed": (
        "{way} cannot be recommended: it clearly helps the customer in one figure and clearly harms the customer in "
        "another.",
        "{way} no se puede recomendar: ayuda claramente al cliente en una cifra y lo perjudica claramente en otra.",
    ),
    "report lead nothing": (
        "None of the {number} ways of working can be told to be better for the customer than today's.",
        "De ninguna de las {number} formas de trabajar se puede decir que sea mejor para el cliente que la de hoy.",
    ),
    "report lead only nothing": (
        "{way} cannot be told to be better for the customer than today's way of working.",
        "De {way} no se puede decir que sea mejor para el cliente que la forma de trabajar de hoy.",
    ),
    "report lead one run": (
        "Nothing can be recommended: each way of working was run only once, and one run says nothing about luck.",
        "No se puede recomendar nada: cada forma de trabajar se simuló una sola vez, y una sola simulación no dice "
        "nada de la suerte.",
    ),
    "report lead described": (
        "Nothing is compared here: this report describes one way of working, {way}.",
        "Aquí no se compara nada: este informe describe una sola forma de trabajar, {way}.",
    ),
    "report lead several": (
        "Nothing can be recommended: {number} ways of working were run, but today's is not among them, so that there "
        "is nothing to compare them with. The figures here are those of {way}.",
        "No se puede recomendar nada: se simularon {number} formas de trabajar, pero la de hoy no está entre ellas, "
        "así que no hay con qué compararlas. Las cifras de aquí son las de {way}.",
    ),
    "report lead apart": (
        "Nothing can be recommended: at each of the other {number} points something differs from today that nobody "
        "decides. The figures here are those of today's way of working.",
        "No se puede recomendar nada: en cada uno de los otros {number} puntos cambia respecto a hoy algo que nadie "
        "decide. Las cifras de aquí son las de la forma de trabajar de hoy.",
    ),
    "report wait_mean less": (
        "The customer waits {size} less on average: {share} of today's {today}.",
        "El cliente espera de media {size} menos: un {share} de las {today} de hoy.",
    ),
    "report wait_mean more": (
        "The customer waits {size} more on average: {share} of today's {today}.",
        "El cliente espera de media {size} más: un {share} de las {today} de hoy.",
    ),
    "report promise_kept_share more": (
        "More promises are kept: {size} more than today's {today}.",
        "Se cumplen más promesas: {size} más que el {today} de hoy.",
    ),
    "report promise_kept_share less": (
        "Fewer promises are kept: {size} less than today's {today}.",
        "Se cumplen menos promesas: {size} menos que el {today} de hoy.",
    ),
    "report churn_per_year less": (
        "Fewer customers are lost: {size} less than today's {today}.",
        "Se pierden menos clientes: {size} menos que el {today} de hoy.",
    ),
    "report churn_per_year more": (
        "More customers are lost: {size} more than today's {today}.",
        "Se pierden más clientes: {size} más que el {today} de hoy.",
    ),
    "report customers_left less": (
        "More customers stay: {size} fewer leave than today.",
        "Se quedan más clientes: se van {size} menos que hoy.",
    ),
    "report customers_left more": (
        "Fewer customers stay: {size} more leave than today.",
        "Se quedan menos clientes: se van {size} más que hoy.",
    ),
    "report profit more": (
        "Profit rises by {size}; today it is {today}.",
        "El beneficio sube {size}; hoy es de {today}.",
    ),
    "report profit less": (
        "Profit falls by {size}; today it is {today}.",
        "El beneficio baja {size}; hoy es de {today}.",
    ),
    "report open": (
        "{what}: no clear change, {change}.",
        "{what}: sin cambio claro, {change}.",
    ),
    "report hires": (
        "To shorten the wait as much by hiring would take {hires} more people, placed where they help most.",
        "Para acortar la espera lo mismo contratando harían falta {hires} personas más, colocadas donde más ayudan.",
    ),
    "report hires beyond": (
        "Not even {most} more people, hired where they help most, shorten the wait as much.",
        "Ni siquiera {most} personas más, contratadas donde más ayudan, acortan la espera tanto.",
    ),
    "report level": ("{what}: {size}.", "{what}: {size}."),
    # how sure
    "report sure alike many": (
        "That {way} comes before {names} and {more} more may be luck: in {what} the difference is not clear.",
        "Que {way} vaya por delante de {names} y {more} más puede ser suerte: en {what} la diferencia no es clara.",
    ),
    "report other": (
        "If {criterion} is not what decides for you: of those that could be recommended, {way} has the best mean "
        "in {figures}. But in {criterion} it has {change}.",
        "Si su criterio no es «{criterion}»: de las recomendables, {way} tiene la mejor media en {figures}. Pero "
        "en {criterion} tiene {change}.",
    ),
    "report other figure": (
        "{what}, {change} against {own}",
        "{what}, {change} frente a {own}",
    ),
    "report passed profit": (
        "{way} shortens the wait more on average, {change}, but is not recommended: it clearly costs profit, {loss}.",
        "{way} acorta más la espera de media, {change}, pero no se recomienda: reduce claramente el beneficio, en "
        "{loss}.",
    ),
    "report passed customer": (
        "{way} shortens the wait more on average, {change}, but is not recommended: it clearly harms the customer "
        "in {what}, {loss}.",
        "{way} acorta más la espera de media, {change}, pero no se recomienda: perjudica claramente al cliente en "
        "{what}, {loss}.",
    ),
    "report sure together": (
        "The numbers in brackets say how far luck may move a result. All {number} such intervals of this "
        "comparison hold together with 95 % confidence, however many ways of working it has. They do not say "
        "whether the company is described rightly, nor whether a policy does what is assumed.",
        "Los números entre paréntesis dicen cuánto puede mover la suerte un resultado. Los {number} intervalos de "
        "esta comparación valen todos a la vez con una confianza del 95 %, por muchas formas de trabajar que "
        "tenga. No dicen si la empresa está bien descrita ni si una política hace lo que se supone.",
    ),
    "report sure nothing": (
        "That none is seen to be clearly better does not mean that none is: more runs may show it.",
        "Que no se vea ninguna claramente mejor no significa que no la haya: con más simulaciones puede verse.",
    ),
    "report sure one run": (
        "With at least ten runs of each way of working there are intervals.",
        "Con al menos diez simulaciones de cada forma de trabajar hay intervalos.",
    ),
    "report sure described": (
        "The intervals of these figures hold together with 95 % confidence.",
        "Los intervalos de estas cifras valen a la vez con una confianza del 95 %.",
    ),
    "report sure apart": (
        "{number} points are not compared with today, because something differs there that nobody decides.",
        "{number} puntos no se comparan con hoy, porque en ellos cambia algo que nadie decide.",
    ),
    # what next
    "report next alike": (
        "To tell {names} apart, have them simulated again, more often and with other luck. The command for "
        "whoever does it:",
        "Para distinguir {names}, haga que se simulen otra vez, más veces y con otra suerte. La orden para quien "
        "lo haga:",
    ),
    "report next promising": (
        "Most promising by their means, which is no proof: {names}. Have them simulated again by themselves, with "
        "other luck:",
        "Las más prometedoras por sus medias, lo que no es prueba: {names}. Haga que se simulen otra vez, solas y "
        "con otra suerte:",
    ),
    "report next more runs": (
        "More runs of the same tell more: the option --replications.",
        "Más simulaciones de lo mismo dicen más: la opción --replications.",
    ),
    "report next assumptions": (
        "Before acting on it, have those who know the company look through the assumptions. Whether {way} still "
        "helps if these are otherwise, this command says:",
        "Antes de decidirse, haga que quienes conocen la empresa repasen las suposiciones. Si {way} sigue "
        "ayudando cuando estas son otras, lo dice esta orden:",
    ),
    "report next compare": (
        "To compare it with today's way of working:",
        "Para compararla con la forma de trabajar de hoy:",
    ),
    # rule
    "report rule title": ("How the recommendation is made", "Cómo se hace la recomendación"),
    "report rule": (
        "The customer's figures are the wait, the promises kept and the customers lost. Recommended is what makes at "
        "least one of them clearly better, none clearly worse, and profit not clearly worse; of those, what shortens "
        "the mean wait most, because the wait is what the customer feels of all departments at once. Profit is a "
        "condition and not the aim: that of one year leaves out what customers who stay are worth later. “Clearly” "
        "means that the interval leaves out zero.",
        "Las cifras del cliente son la espera, las promesas cumplidas y los clientes perdidos. Se recomienda lo que "
        "mejora claramente al menos una, no empeora claramente ninguna y no empeora claramente el beneficio; de ello, "
        "lo que más acorta la espera media, porque la espera es lo que el cliente nota de todos los departamentos a la "
        "vez. El beneficio es una condición y no el fin: el de un año no cuenta lo que valen después los clientes que "
        "se quedan. «Claramente» quiere decir que el intervalo deja fuera el cero.",
    ),
    "report rule each": (
        "So that all {number} intervals hold together, each by itself has a confidence of {each} %. That makes "
        "them wider than those that the command line prints.",
        "Para que los {number} intervalos valgan a la vez, cada uno por separado tiene una confianza del {each} "
        "%. Por eso son más anchos que los que imprime la línea de órdenes.",
    ),
}
"""Text by id: English, Spanish."""
