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
        "Choose {way}: of the {number} ways of working compared with today's, it is the one that does most for the "
        "customer without costing profit ({what} decides).",
        "Elija {way}: de las {number} formas de trabajar comparadas con la de hoy, es la que más hace por el cliente "
        "sin costar beneficio (decide: {what}).",
    ),
    "report lead alone": (
        "Choose {way}: of the {number} ways of working compared with today's, it is the only one that clearly helps "
        "the customer without clearly costing profit.",
        "Elija {way}: de las {number} formas de trabajar comparadas con la de hoy, es la única que ayuda claramente "
        "al cliente sin costar claramente beneficio.",
    ),
    "report lead only": (
        "{way} is clearly better for the customer than today's way of working, and does not clearly cost profit.",
        "{way} es claramente mejor para el cliente que la forma de trabajar de hoy, y no cuesta claramente beneficio.",
    ),
    "report lead alike": (
        "Choose {ways}: of the {number} ways of working compared with today's, these do most for the customer without "
        "clearly costing profit; which of them is best cannot be told.",
        "Elija {ways}: de las {number} formas de trabajar comparadas con la de hoy, son las que más hacen por el "
        "cliente sin costar claramente beneficio; cuál de ellas es la mejor no se puede decir.",
    ),
    "report lead many": (
        "Among those that may be best is {way}: of the {number} ways of working compared with today's, it and {others} "
        "others help the customer without clearly costing profit, and which of them is best cannot be told.",
        "Entre las que pueden ser la mejor está {way}: de las {number} formas de trabajar comparadas con la de hoy, "
        "ella y otras {others} ayudan al cliente sin costar claramente beneficio, y cuál de ellas es la mejor no se "
        "puede decir.",
    ),
    "report lead costly": (
        "Nothing that clearly helps the customer is free: what helps costs profit. {way} helps most and costs {loss} "
        "of profit. Whether it is worth that is your decision.",
        "Nada de lo que ayuda claramente al cliente sale gratis: lo que ayuda cuesta beneficio. {way} es lo que más "
        "ayuda y cuesta {loss} de beneficio. Si lo vale, lo decide usted.",
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
    "report wait_mean less": (
        "The customer waits {share} less: {size} less on average.",
        "El cliente espera un {share} menos: {size} menos de media.",
    ),
    "report wait_mean more": (
        "The customer waits {share} longer: {size} more on average.",
        "El cliente espera un {share} más: {size} más de media.",
    ),
    "report promise_kept_share more": (
        "More promises are kept: {size} more.",
        "Se cumplen más promesas: {size} más.",
    ),
    "report promise_kept_share less": (
        "Fewer promises are kept: {size} less.",
        "Se cumplen menos promesas: {size} menos.",
    ),
    "report churn_per_year less": (
        "Fewer customers are lost: {size} less.",
        "Se pierden menos clientes: {size} menos.",
    ),
    "report churn_per_year more": ("More customers are lost: {size} more.", "Se pierden más clientes: {size} más."),
    "report customers_left less": (
        "Customers kept who are lost today: {size}.",
        "Clientes conservados que hoy se pierden: {size}.",
    ),
    "report customers_left more": (
        "Customers lost who stay today: {size}.",
        "Clientes perdidos que hoy se quedan: {size}.",
    ),
    "report profit more": ("Profit rises by {size}.", "El beneficio sube {size}."),
    "report profit less": ("Profit falls by {size}.", "El beneficio baja {size}."),
    "report open": (
        "{what}: no change that can be told from none, {change}.",
        "{what}: ningún cambio que se distinga de ninguno, {change}.",
    ),
    "report hires": (
        "To shorten the wait as much by hiring takes {hires} more people, placed where they help most.",
        "Para acortar la espera lo mismo contratando hacen falta {hires} personas más, donde más ayudan.",
    ),
    "report hires beyond": (
        "Not even {most} more people, hired where they help most, shorten the wait as much.",
        "Ni siquiera {most} personas más, contratadas donde más ayudan, acortan la espera tanto.",
    ),
    "report level": ("{what}: {size}.", "{what}: {size}."),
    # how sure
    "report sure alike": (
        "Not told from {way} ({what}): {names}. The numbers above are those of {way}.",
        "No se distinguen de {way} ({what}): {names}. Los números de arriba son los de {way}.",
    ),
    "report sure alike many": (
        "Not told from {way} ({what}): {names} and {more} more. The numbers above are those of {way}.",
        "No se distinguen de {way} ({what}): {names} y {more} más. Los números de arriba son los de {way}.",
    ),
    "report sure other": (
        "If you weigh otherwise ({what}): {way} has the best mean of those that help without clearly costing profit, "
        "{change}; the recommended one has {own}.",
        "Si usted lo pondera de otro modo ({what}): {way} tiene la mejor media de las que ayudan sin costar "
        "claramente beneficio, {change}; la recomendada tiene {own}.",
    ),
    "report sure together": (
        "All {number} intervals of this decision hold together with 95 % confidence, so that choosing the best of many "
        "does not flatter it; each by itself has {each} %. They are about luck, not about whether the company is "
        "described rightly.",
        "Los {number} intervalos de esta decisión valen todos a la vez con una confianza del 95 %, de modo que elegir "
        "la mejor de muchas no la favorece; cada uno por separado tiene {each} %. Hablan de la suerte, no de si la "
        "empresa está bien descrita.",
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
        "To tell {names} apart, run them again with other luck and more often:",
        "Para distinguir {names}, simúlelas otra vez con otra suerte y más veces:",
    ),
    "report next promising": (
        "Most promising by their means, which is no proof: {names}. Run them again by themselves, with other luck:",
        "Las más prometedoras por sus medias, que no es prueba: {names}. Simúlelas solas otra vez, con otra suerte:",
    ),
    "report next more runs": (
        "More replications of the same tell more: --replications.",
        "Más réplicas de lo mismo dicen más: --replications.",
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
}
"""Text by id: English, Spanish."""
