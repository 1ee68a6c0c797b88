"""The dictionary of everything that is reported: each metric and each column of each table, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.errors import UsageError, nearest

Better = Literal["lower", "higher"] | None


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that describes a run.

    `name` may hold D (a department), A->B (A waits for B) or CAUSE; `better` says which way is good for the
    customer or the company, None where it depends.
    """

    name: str
    unit: str
    en: str
    es: str
    better: Better = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    unit: str
    en: str
    es: str


def _m(name: str, unit: str, en: str, es: str, better: Better = None) -> Metric:
    return Metric(name, unit, en, es, better)


METRICS: tuple[Metric, ...] = (
    _m(
        "wait_mean",
        "h",
        "mean wait of delivered orders, placed to delivered, on the calendar",
        "espera media de los pedidos entregados, de pedido a entrega, de calendario",
        "lower",
    ),
    _m("wait_p50", "h", "median of that wait", "mediana de esa espera", "lower"),
    _m(
        "wait_p90",
        "h",
        "nine of ten orders wait at most this long",
        "nueve de cada diez pedidos esperan como mucho esto",
        "lower",
    ),
    _m(
        "wait_p95",
        "h",
        "19 of 20 orders wait at most this long",
        "19 de cada 20 pedidos esperan como mucho esto",
        "lower",
    ),
    _m(
        "wait_open_mean",
        "h",
        "mean wait in opening hours of whoever held the order",
        "espera media en horas de apertura de quien tenía el pedido",
        "lower",
    ),
    _m("orders_placed", "orders", "orders placed within the window", "pedidos hechos dentro de la ventana"),
    _m("orders_delivered", "orders", "of them, delivered", "de ellos, entregados"),
    _m(
        "orders_unfinished",
        "orders",
        "of them, neither delivered nor ended when the run ended",
        "de ellos, ni entregados ni terminados al acabar la simulación",
    ),
    _m(
        "abandoned_share",
        "share",
        "share of orders whose customer gave up waiting for a first answer",
        "parte de los pedidos cuyo cliente se cansó de esperar la primera respuesta",
        "lower",
    ),
    _m(
        "abandoned_after_asking_share",
        "share",
        "share of orders whose customer gave up after a colleague's answer or purchase had been waited for",
        "parte de los pedidos cuyo cliente desistió tras esperar la respuesta o la compra de un colega",
        "lower",
    ),
    _m(
        "lost_sale_share",
        "share",
        "share of orders whose quote was declined",
        "parte de los pedidos cuya oferta fue rechazada",
        "lower",
    ),
    _m(
        "promise_kept_share",
        "share",
        "share of promised and delivered orders delivered in time",
        "parte de los pedidos prometidos y entregados que llegaron a tiempo",
        "higher",
    ),
    _m("quote_mean", "h", "mean promised time, in opening hours", "plazo medio prometido, en horas de apertura"),
    _m(
        "unsatisfied_share",
        "share",
        "expected share of delivered orders whose customer is dissatisfied with the wait",
        "parte esperada de los pedidos entregados cuyo cliente queda insatisfecho con la espera",
        "lower",
    ),
    _m(
        "problem_share",
        "share",
        "share of delivered orders with a defect that reached the customer",
        "parte de los pedidos entregados con un defecto que llegó al cliente",
        "lower",
    ),
    _m(
        "complaint_share",
        "share",
        "share of delivered orders of which the customer complained",
        "parte de los pedidos entregados de los que el cliente se quejó",
        "lower",
    ),
    _m(
        "compensation_wait_mean",
        "h",
        "mean time from the complaint to the refund, on the calendar",
        "tiempo medio desde la queja hasta la devolución, de calendario",
        "lower",
    ),
    _m(
        "enquiries_per_order",
        "1",
        "enquiries of customers whose order is late, per delivered order",
        "consultas de clientes con el pedido retrasado, por pedido entregado",
        "lower",
    ),
    _m(
        "dispute_share",
        "share",
        "share of delivered orders over which departments argued",
        "parte de los pedidos entregados por los que discutieron los departamentos",
        "lower",
    ),
    _m(
        "reported_share",
        "share",
        "share of mended defects whose cause was reported",
        "parte de los defectos reparados cuya causa se comunicó",
        "higher",
    ),
    _m(
        "forecast_kept_share",
        "share",
        "share of orders promised from a forecast that were delivered in time; compare with promise.level",
        "parte de los pedidos prometidos por previsión entregados a tiempo; compárese con promise.level",
        "higher",
    ),
    _m(
        "workaround_share",
        "share",
        "share of the staff's occupied time spent on clarifications, disputes, set-ups, enquiries "
        "and questions, or blocked",
        "parte del tiempo ocupado del personal en aclaraciones, disputas, preparaciones, consultas "
        "y preguntas, o bloqueado",
        "lower",
    ),
    _m(
        "failure_demand_share",
        "share",
        "share of the staff's occupied time spent on redos, complaints, enquiries, questions, "
        "refunds and repairs (enquiries and questions count as workarounds, too)",
        "parte del tiempo ocupado del personal en repeticiones, quejas, consultas, preguntas, "
        "devoluciones y reparaciones (consultas y preguntas cuentan también como rodeos)",
        "lower",
    ),
    _m(
        "right_first_time_share",
        "share",
        "share of delivered orders without clarification, need, redo or problem",
        "parte de los pedidos entregados sin aclaración, necesidad, repetición ni problema",
        "higher",
    ),
    _m(
        "churn_per_year",
        "1/year",
        "customers lost per customer and year",
        "clientes perdidos por cliente y año",
        "lower",
    ),
    _m(
        "customers_end",
        "customers",
        "active customers at the end of the window",
        "clientes activos al final de la ventana",
        "higher",
    ),
    _m(
        "customers_joined",
        "customers",
        "customers who came within the window",
        "clientes llegados en la ventana",
        "higher",
    ),
    _m(
        "customers_left",
        "customers",
        "customers who left within the window",
        "clientes perdidos en la ventana",
        "lower",
    ),
    _m(
        "satisfaction_mean",
        "share",
        "mean satisfaction of active customers, over the weeks of the window; of one-time customers, mean experience",
        "satisfacción media de los clientes activos, por semanas de la ventana; de clientes de una "
        "vez, experiencia media",
        "higher",
    ),
    _m("days_to_cash", "days", "mean time from delivery to payment", "tiempo medio de la entrega al cobro", "lower"),
    _m(
        "revenue",
        "{currency}/year",
        "value of the delivered orders, at the window's rate",
        "valor de los pedidos entregados, al ritmo de la ventana",
        "higher",
    ),
    _m(
        "cost",
        "{currency}/year",
        "purchases, pay, turnover, failures, refunds and policies, at the window's rate",
        "compras, sueldos, rotación, fallos, devoluciones y políticas, al ritmo de la ventana",
        "lower",
    ),
    _m(
        "policy_cost",
        "{currency}/year",
        "cost of the policies, within 'cost'",
        "coste de las políticas, dentro de 'cost'",
        "lower",
    ),
    _m(
        "turnover_cost",
        "{currency}/year",
        "cost of replacing people, less the pay that vacancies save after their cover, within 'cost'",
        "coste de sustituir a personas, menos lo que ahorran las vacantes tras pagar quien las cubre, dentro de 'cost'",
        "lower",
    ),
    _m("profit", "{currency}/year", "revenue minus cost", "ingresos menos costes", "higher"),
    _m(
        "customer_base_value",
        "{currency}",
        "customers at the end of the window times what a customer contributes in economics.base_years",
        "clientes al final de la ventana por lo que aporta un cliente en economics.base_years",
        "higher",
    ),
    _m(
        "incomplete_share",
        "share",
        "share of all hand-offs that were incomplete, noticed or not",
        "parte de todas las entregas que estaban incompletas, se notara o no",
        "lower",
    ),
    _m(
        "improvable_end",
        "share",
        "what is left at the end of the window of what improvement can remove",
        "lo que queda al final de la ventana de lo que la mejora puede eliminar",
        "lower",
    ),
    _m(
        "redundant_steps_per_order",
        "1",
        "redundant steps done in the window, per delivered order",
        "pasos superfluos hechos en la ventana, por pedido entregado",
        "lower",
    ),
    _m(
        "morale_mean", "share", "mean morale of the company's people", "moral media de la gente de la empresa", "higher"
    ),
    _m(
        "standard_mean",
        "share",
        "mean working standard: time given to a piece of work, relative to the designed one",
        "estándar de trabajo medio: tiempo que se da a una tarea respecto al diseñado",
        "higher",
    ),
    _m(
        "skill_mean",
        "share",
        "mean speed of the company's people relative to experienced ones",
        "velocidad media de la gente de la empresa respecto a la experta",
        "higher",
    ),
    _m(
        "resignations_per_year",
        "1/year",
        "resignations per post and year",
        "bajas voluntarias por puesto y año",
        "lower",
    ),
    _m(
        "vacant_share",
        "share",
        "share of posts' time without anybody",
        "parte del tiempo de los puestos sin nadie",
        "lower",
    ),
    _m(
        "absent_share",
        "share",
        "share of the time of the company's people for which they were away",
        "parte del tiempo de la gente de la empresa en que estuvo ausente",
        "lower",
    ),
    _m(
        "wait_share.CAUSE",
        "share",
        "share of the delivered orders' wait, in opening hours, due to a cause",
        "parte de la espera de los pedidos entregados, en horas de apertura, debida a una causa",
    ),
    _m(
        "wait_hours.CAUSE.D",
        "h",
        "mean opening hours that a cause at a department held a delivered order",
        "horas de apertura medias que una causa en un departamento retuvo un pedido entregado",
        "lower",
    ),
    _m(
        "D.utilisation",
        "share",
        "share of its people's present time spent at work",
        "parte del tiempo presente de su gente dedicada a trabajar",
    ),
    _m(
        "D.queue_wait_mean",
        "h",
        "mean first wait of orders' steps in its queue, on the calendar, given-up ones included",
        "primera espera media de los pasos de pedidos en su cola, de calendario, incluidos los abandonados",
        "lower",
    ),
    _m("D.queue_length_mean", "items", "mean number of items waiting", "número medio de trabajos en espera", "lower"),
    _m(
        "D.in_system_mean",
        "items",
        "mean number of items waiting or in service",
        "número medio de trabajos en espera o en curso",
        "lower",
    ),
    _m(
        "D.completed",
        "items",
        "external items (steps of orders) completed within the window",
        "trabajos externos (pasos de pedidos) terminados en la ventana",
        "higher",
    ),
    _m(
        "D.items_per_hour",
        "1/h",
        "external items completed per hour of its people's presence",
        "trabajos externos terminados por hora presente de su gente",
        "higher",
    ),
    _m(
        "D.helping_share",
        "share",
        "share of its people's present time spent helping other departments",
        "parte del tiempo presente de su gente dedicada a ayudar a otros departamentos",
    ),
    _m(
        "D.blocked_share",
        "share",
        "share of its people's present time spent blocked, waiting for a colleague",
        "parte del tiempo presente de su gente bloqueada, esperando a un colega",
        "lower",
    ),
    _m(
        "D.setups",
        "items",
        "set-ups lost because an order had to be parked",
        "preparaciones perdidas porque hubo que aparcar un pedido",
        "lower",
    ),
    _m(
        "D.own_tasks_dropped_share",
        "share",
        "share of its own tasks that were dropped",
        "parte de sus tareas propias que se abandonaron",
        "lower",
    ),
    _m("D.morale_mean", "share", "mean morale of its people", "moral media de su gente", "higher"),
    _m(
        "D.standard_mean",
        "share",
        "its mean working standard, relative to the designed one",
        "su estándar de trabajo medio respecto al diseñado",
        "higher",
    ),
    _m(
        "D.pace_mean",
        "share",
        "time that its people take under pressure, relative to the standard; 1 while nobody is pressed",
        "tiempo que su gente emplea bajo presión respecto al estándar; 1 sin presión",
    ),
    _m(
        "D.skill_mean",
        "share",
        "mean speed of its people relative to experienced ones",
        "velocidad media de su gente respecto a la experta",
        "higher",
    ),
    _m(
        "D.resignations",
        "people",
        "people who resigned within the window",
        "personas que se fueron en la ventana",
        "lower",
    ),
    _m(
        "D.vacant_share",
        "share",
        "share of its posts' time without anybody",
        "parte del tiempo de sus puestos sin nadie",
        "lower",
    ),
    _m(
        "D.absent_share",
        "share",
        "share of its people's time for which they were away",
        "parte del tiempo de su gente en que estuvo ausente",
        "lower",
    ),
    _m(
        "A->B.requests",
        "requests",
        "requests of A to B within the window: clarifications, needs, questions, hiring, help for blocked people",
        "peticiones de A a B en la ventana: aclaraciones, necesidades, preguntas, contratación y ayuda a bloqueados",
        "lower",
    ),
    _m(
        "A->B.request_wait_mean",
        "h",
        "mean time until B answered A, on the calendar",
        "tiempo medio hasta que B respondió a A, de calendario",
        "lower",
    ),
    _m(
        "A->B.in_time_share",
        "share",
        "share of A's requests that B answered in time; overdue ones without an answer count as late",
        "parte de las peticiones de A que B respondió a tiempo; las vencidas sin respuesta cuentan como tardías",
        "higher",
    ),
    _m(
        "A->B.internal_satisfaction",
        "share",
        "satisfaction of A as B's internal customer: in time x complete x undisputed",
        "satisfacción de A como cliente interno de B: a tiempo x completo x sin disputa",
        "higher",
    ),
    _m(
        "A->B.waiting_mean",
        "requests",
        "mean number of A's requests that wait for B at any time",
        "número medio de peticiones de A que esperan a B en cada momento",
        "lower",
    ),
    _m(
        "A->B.waiting_hours",
        "h/week",
        "calendar hours that A's requests wait for B, per week",
        "horas de calendario que las peticiones de A esperan a B, por semana",
        "lower",
    ),
    _m(
        "A->B.blocked_people",
        "people",
        "A's people who cannot work because they wait for B, on average while A is open",
        "personas de A que no pueden trabajar porque esperan a B, en promedio mientras A está abierto",
        "lower",
    ),
    _m(
        "A->B.dispute_share",
        "share",
        "share of what B handed over to A that led to a dispute",
        "parte de lo que B entregó a A que acabó en disputa",
        "lower",
    ),
    _m(
        "A->B.completeness",
        "share",
        "share of what B handed over to A that was complete",
        "parte de lo que B entregó a A que estaba completo",
        "higher",
    ),
)
"""Every metric of a run; `relevo explain --metrics` lists them."""

_EXACT = {metric.name: metric for metric in METRICS}


def describe(name: str, currency: str = "EUR") -> Metric:
    """Return what a metric means, by its full name.

    Raises
    ------
    UsageError
        If there is no such metric; suggests the nearest one.

    Examples
    --------
    >>> describe("sales.utilisation").unit, describe("sales->it.requests").unit, describe("profit").unit
    ('share', 'requests', 'EUR/year')
    """
    pattern = pattern_of(name)
    if pattern not in _EXACT:
        raise UsageError(f"metric: '{name}' is not known. {nearest(name, _EXACT)} See 'relevo explain --metrics'.")
    m = _EXACT[pattern]
    return Metric(name, m.unit.replace("{currency}", currency), m.en, m.es, m.better)


def pattern_of(name: str) -> str:
    """Return the name under which the dictionary has a metric.

    Examples
    --------
    >>> pattern_of("sales.utilisation"), pattern_of("wait_share.queue")
    ('D.utilisation', 'wait_share.CAUSE')
    """
    if name.startswith("wait_share."):
        return "wait_share.CAUSE"
    if name.startswith("wait_hours."):
        return "wait_hours.CAUSE.D"
    owner, dot, last = name.rpartition(".")
    if not dot:
        return name
    return f"A->B.{last}" if "->" in owner else f"D.{last}"


def _c(name: str, unit: str, en: str, es: str) -> Column:
    return Column(name, unit, en, es)


_RUN = (
    _c("replication", "1", "number of the replication; decides its luck", "número de la réplica; decide su suerte"),
    _c("policies", "text", "policies in force; empty for today", "políticas en vigor; vacío para hoy"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "runs": (
        *_RUN,
        _c("metric", "text", "name of a metric", "nombre de una métrica"),
        _c(
            "value",
            "see unit",
            "its value in this run; empty where it does not apply",
            "su valor en esta simulación; vacío donde no procede",
        ),
        _c("unit", "text", "its unit", "su unidad"),
    ),
    "departments": (
        *_RUN,
        _c("department", "text", "department", "departamento"),
        *(_c(m.name[2:], m.unit, m.en, m.es) for m in METRICS if m.name.startswith("D.")),
    ),
    "pairs": (
        *_RUN,
        _c("asker", "text", "A: who asks and waits", "A: quien pide y espera"),
        _c("asked", "text", "B: who is asked", "B: a quien se pide"),
        *(_c(m.name[5:], m.unit, m.en, m.es) for m in METRICS if m.name.startswith("A->B.")),
    ),
    "orders": (
        *_RUN,
        _c(
            "order",
            "key",
            "identity of the order, the same in every policy world",
            "identidad del pedido, igual en cada mundo",
        ),
        _c("customer", "key", "identity of the customer", "identidad del cliente"),
        _c("type", "text", "order type", "tipo de pedido"),
        _c("measured", "0/1", "placed within the window", "hecho dentro de la ventana"),
        _c("outcome", "text", "delivered, abandoned, declined or open", "entregado, abandonado, rechazado o abierto"),
        _c("placed", "h", "instant of placing, from the start of the run", "instante del pedido, desde el inicio"),
        _c("answered", "h", "instant of the first answer", "instante de la primera respuesta"),
        _c("promised", "h", "instant promised", "instante prometido"),
        _c("delivered", "h", "instant of delivery", "instante de la entrega"),
        _c("invoiced", "h", "instant of the invoice", "instante de la factura"),
        _c("ended", "h", "instant of the last step", "instante del último paso"),
        _c(
            "complaint_answered", "h", "instant at which the complaint was answered", "instante de respuesta a la queja"
        ),
        _c("complained", "h", "instant of the complaint", "instante de la queja"),
        _c("compensated", "h", "instant of the refund", "instante de la devolución"),
        _c("enquiries", "1", "enquiries while it was late", "consultas mientras llegaba tarde"),
        _c("disputes", "1", "disputes over its defects", "disputas por sus defectos"),
        _c("segment", "1", "kind of customer, by number", "tipo de cliente, por número"),
        _c("forecast", "h", "opening hours foreseen when promised", "horas de apertura previstas al prometer"),
        _c("extra_cost", "{currency}", "cost of failures and refunds", "coste de fallos y devoluciones"),
        _c("wait", "h", "delivered minus placed, on the calendar", "entrega menos pedido, de calendario"),
        _c("clarifications", "1", "clarifications it needed", "aclaraciones que necesitó"),
        _c("needs", "1", "needs of colleagues' answers", "necesidades de respuesta de colegas"),
        _c("redos", "1", "defects found and mended on the way", "defectos encontrados y reparados en el camino"),
        _c(
            "problem",
            "0/1/2",
            "no problem, a minor one, a serious one at the customer",
            "sin problema, leve o grave en el cliente",
        ),
        _c("told", "0/1", "the customer complained", "el cliente se quejó"),
        _c("value", "{currency}", "value", "valor"),
        _c("quote", "h", "promised time (opening hours)", "plazo prometido (horas de apertura)"),
        _c(
            "dissatisfied",
            "share",
            "probability that the customer is dissatisfied with the wait",
            "probabilidad de que el cliente quede insatisfecho con la espera",
        ),
        _c("experience", "share", "experience score of the order", "puntuación de la experiencia"),
    ),
    "parts": (
        *_RUN,
        _c("order", "key", "identity of a delivered order", "identidad de un pedido entregado"),
        _c("cause", "text", "kind of cause", "tipo de causa"),
        _c("holder", "text", "department or transport that caused it", "departamento o transporte que la causó"),
        _c("open_hours", "h", "time while the holder was open", "tiempo con el tenedor abierto"),
        _c("closed_hours", "h", "time while the holder was closed", "tiempo con el tenedor cerrado"),
    ),
    "customers": (
        *_RUN,
        _c("customer", "key", "identity of the customer", "identidad del cliente"),
        _c("joined", "h", "when they came", "cuándo llegó"),
        _c("left", "h", "when they left; empty if they stayed", "cuándo se fue; vacío si se quedó"),
        _c(
            "brought_by",
            "key",
            "who brought them; empty if they came by themselves",
            "quién lo trajo; vacío si vino solo",
        ),
        _c("orders", "orders", "orders placed", "pedidos hechos"),
        _c("satisfaction", "share", "satisfaction at the end", "satisfacción al final"),
    ),
    "weeks": (
        *_RUN,
        _c("week", "1", "week, 0 is the first of the window", "semana, 0 es la primera de la ventana"),
        _c("customers", "customers", "active customers at its beginning", "clientes activos al comienzo"),
        _c("satisfaction", "share", "their mean satisfaction", "su satisfacción media"),
        _c(
            "improvable",
            "share",
            "what is left of what improvement can remove",
            "lo que queda de lo que la mejora puede eliminar",
        ),
        _c("orders_placed", "orders", "orders placed in the week", "pedidos hechos en la semana"),
        _c("orders_delivered", "orders", "of them, delivered", "de ellos, entregados"),
        _c("wait_mean", "h", "their mean wait", "su espera media"),
        _c("promise_kept_share", "share", "share of them delivered in time", "parte de ellos entregada a tiempo"),
    ),
    "states": (
        *_RUN,
        _c("week", "1", "week, 0 is the first of the window", "semana, 0 es la primera de la ventana"),
        _c("department", "text", "department", "departamento"),
        _c("present", "people", "people at work at its beginning", "personas trabajando al comienzo"),
        _c("vacant", "posts", "posts without anybody", "puestos sin nadie"),
        _c("away", "people", "people absent for the week", "personas ausentes la semana"),
        _c("waiting", "items", "items in its queue", "trabajos en su cola"),
        _c("morale", "share", "morale", "moral"),
        _c("standard", "share", "working standard, 1 as designed", "estándar de trabajo, 1 como se diseñó"),
        _c(
            "pace",
            "share",
            "time taken under pressure, relative to the standard",
            "tiempo bajo presión respecto al estándar",
        ),
        _c("load", "share", "share of time occupied, over some weeks", "parte del tiempo ocupado, durante semanas"),
        _c(
            "skill", "share", "mean speed relative to experienced people", "velocidad media respecto a la gente experta"
        ),
    ),
    "waits": (
        *_RUN,
        _c(
            "share",
            "share",
            "share of the delivered orders placed within the window",
            "parte de los pedidos entregados que se hicieron en la ventana",
        ),
        _c("wait", "h", "this share of them waited at most so long", "esa parte esperó como mucho este tiempo"),
    ),
    "log": (
        _c("time", "h", "instant, from the start of the run", "instante, desde el inicio"),
        _c("event", "text", "what happened", "qué pasó"),
        _c("holder", "text", "department, if any", "departamento, si lo hay"),
        _c("order", "key", "order, customer or task", "pedido, cliente o tarea"),
        _c("item", "text", "kind of work item, if any", "tipo de trabajo, si lo hay"),
    ),
}
"""Columns of every table, in order."""
