"""What is said when somebody asks why."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    "reasons title": (
        "{label}, {policies}: of {lost} customers lost in {weeks}, what each cause alone cost ({replications})",
        "{label}, {policies}: de {lost} clientes perdidos en {weeks}, lo que costó cada causa ({replications})",
    ),
    "reasons note": (
        "Each cause is switched off by itself when measuring begins; same customers, same luck. Shares need not add "
        "up: a customer may be saved by each of two causes, or only by both. Nobody can buy a switched-off cause. "
        "Means with 95 % intervals, each by itself: the order of the rows is no ranking that they prove. Changes are "
        "without the cause minus with it.",
        "Cada causa se apaga por separado al empezar a medir; mismos clientes, misma suerte. Las partes no "
        "tienen que sumar: a un cliente lo puede salvar cada una de dos causas, o solo ambas. Una causa "
        "apagada no se compra. Medias con intervalos del 95 %, cada uno por separado: el orden de las filas no queda "
        "demostrado por ellos. Los cambios son sin la causa menos con ella.",
    ),
    "reasons nothing": (
        "Change nothing here, in any run: {causes}.",
        "No cambian nada aquí, en ninguna réplica: {causes}.",
    ),
    "reasons title nobody": (
        "{label}, {policies}: nobody is lost here ({weeks}); what each cause alone does to the wait ({replications})",
        "{label}, {policies}: aquí no se pierde a nadie ({weeks}); lo que cada causa hace a la espera ({replications})",
    ),
    "reasons note nobody": (
        "Each cause is switched off by itself when measuring begins; same customers, same luck. Nobody can buy a "
        "switched-off cause. Means with 95 % intervals, each by itself; changes are without the cause minus with it.",
        "Cada causa se apaga por separado al empezar a medir; mismos clientes, misma suerte. Una causa apagada no se "
        "compra. Medias con intervalos del 95 %, cada uno por separado; los cambios son sin la causa menos con ella.",
    ),
    "reasons cause": ("without", "sin"),
    "reasons saved": ("would stay\n[% of lost]", "se quedarían\n[% de perdidos]"),
    "reasons instead": ("would leave instead\n[% of lost]", "se irían otros\n[% de perdidos]"),
    "reasons net": ("fewer lost\n[%]", "menos perdidos\n[%]"),
    "reasons wait_mean": ("customer's wait\n[change in h]", "espera del cliente\n[cambio en h]"),
    "reasons promise_kept_share": ("promises kept\n[change in points]", "promesas cumplidas\n[cambio en puntos]"),
    "reasons here": ("as it is", "tal como es"),
    "reasons without": ("without: {cause}", "sin: {cause}"),
    "reasons world": ("world", "mundo"),
    "reasons before": ("today", "hoy"),
    "reasons change": ("change", "cambio"),
    "account title": (
        "What makes up the difference from today: the customer's wait, by cause and place [opening hours per order]",
        "De qué se compone la diferencia con hoy: la espera, por causa y lugar [horas de apertura por pedido]",
    ),
    "account note": (
        "An account, not a cause: it says who holds delivered orders for longer or shorter. The rows add up to the "
        "last, the whole change of the wait in opening hours. The largest changes first, with 95 % intervals, each by "
        "itself: that the first were picked for their size is not allowed for.",
        "Una cuenta, no una causa: dice quién retiene los pedidos entregados más o menos tiempo. Las filas suman la "
        "última, el cambio entero de la espera en horas de apertura. Primero los cambios mayores, con intervalos del "
        "95 %, cada uno por separado: no cuentan con que los primeros se eligieron por su tamaño.",
    ),
    "account others": ("all others", "todas las demás"),
    "account together": ("all together", "todas juntas"),
    "account pairs title": (
        "And who waits for whom: requests of colleagues [calendar hours of waiting per week]",
        "Y quién espera a quién: peticiones de colegas [horas de calendario en espera por semana]",
    ),
    "account pairs note": (
        "The ten largest changes; all are in --json. 95 % intervals, each by itself; a request may wait without "
        "holding any order.",
        "Los diez cambios mayores; todos están en --json. Intervalos del 95 %, cada uno por separado; una petición "
        "puede esperar sin retener ningún pedido.",
    ),
    "fate title order": (
        "Order {key}, replication {replication}: what would have become of it",
        "Pedido {key}, réplica {replication}: qué habría sido de él",
    ),
    "fate title customer": (
        "Customer {key}, replication {replication}: what would have become of them",
        "Cliente {key}, réplica {replication}: qué habría sido de él",
    ),
    "fate note order": (
        "Wait on the calendar; 'left': week from the start of the run in which its customer left.",
        "Espera de calendario; «se fue»: semana desde el inicio de la simulación en la que se fue su cliente.",
    ),
    "fate note customer": (
        "Orders of the measured time and their mean wait; 'left': week from the start of the run.",
        "Pedidos del tiempo medido y su espera media; «se fue»: semana desde el inicio de la simulación.",
    ),
    "fate outcome": ("outcome", "resultado"),
    "fate wait": ("wait [h]", "espera [h]"),
    "fate late": ("late", "tarde"),
    "fate clarifications": ("clarifi-\ncations", "aclara-\nciones"),
    "fate redos": ("done\nagain", "repeti-\nciones"),
    "fate needs": ("answers\nneeded", "respuestas\nnecesarias"),
    "fate problem": ("problem\n(0 to 2)", "problema\n(0 a 2)"),
    "fate experience": ("experience\n[%]", "experiencia\n[%]"),
    "fate orders": ("orders", "pedidos"),
    "fate left": ("customer\nleft [week]", "cliente se\nfue [semana]"),
    "fate satisfaction": ("satisfaction\nat the end [%]", "satisfacción\nfinal [%]"),
    "fate stays": ("stays", "se queda"),
    "fate never order": ("never placed", "nunca se hizo"),
    "fate never customer": ("never came", "nunca llegó"),
    "outcome delivered": ("delivered", "entregado"),
    "outcome abandoned": ("given up", "abandonado"),
    "outcome declined": ("declined", "rechazado"),
    "outcome open": ("open", "abierto"),
}
"""Text by id: English, Spanish."""
