"""Unit and meaning of the columns that why, worth, select and optimise keep, in English and Spanish.

A column `what.part` holds a part (mean, low, high, n, method) of what is told under `what`.
"""

from __future__ import annotations

from sim.errors import RelevoError
from sim.measures.columns import describe

TEXT = "text"
SUBJECTS: dict[str, tuple[str, str, str]] = {
    "cause": (TEXT, "cause that is switched off", "causa que se apaga"),
    "saved_share": ("share", "of the lost customers, those who would stay", "de los perdidos, quienes se quedarían"),
    "lost_instead_share": ("share", "others who would leave instead", "otros que se irían en su lugar"),
    "net_share": ("share", "by how much fewer would be lost", "cuántos menos se perderían"),
    "changes_nothing": ("yes/no", "whether no number of any run changes", "si no cambia ningún número"),
    "changes": ("see metric", "change without the cause", "cambio sin la causa"),
    "name": (TEXT, "metric: of a cause and a place, or of a pair", "métrica: de una causa y un lugar, o de un par"),
    "of": (TEXT, "causes or pairs: which account", "causes o pairs: qué cuenta"),
    "before": ("see metric", "mean today", "media de hoy"),
    "policy": (TEXT, "way of working", "forma de trabajar"),
    "change": ("see response", "difference from today", "diferencia con hoy"),
    "hires": ("people", "more people who would do the same", "personas de más que harían lo mismo"),
    "department": (TEXT, "where they would all be", "dónde estarían todas"),
    "profit_per_year": ("currency/year", "change of the profit", "cambio del beneficio"),
    "customers_kept_per_year": ("customers/year", "customers kept that today are lost", "clientes conservados"),
    "point": ("1", "number of the point in the design", "número del punto en el diseño"),
    "values": ("see factor", "value of a factor, in base units", "valor de un factor, en unidades base"),
    "levels": ("see factor", "value of a factor, in base units", "valor de un factor, en unidades base"),
    "replications": ("1", "replications used", "réplicas usadas"),
    "mean_while_selecting": ("see response", "mean while selecting; flatters the winner", "media al seleccionar"),
    "survives": ("yes/no", "whether it was not ruled out", "si no se descartó"),
    "out_by": ("1", "point because of which it was taken out", "punto por el que se descartó"),
    "selected": ("yes/no", "whether it was selected", "si se seleccionó"),
    "response": (TEXT, "name of a metric", "nombre de una métrica"),
    "standing": (TEXT, "better, worse or indistinguishable", "mejor, peor o indistinguible"),
    "cost": ("currency/year", "cost beyond today", "coste más que hoy"),
    "on_front": ("yes/no", "whether nothing clearly betters it", "si nada lo mejora claramente"),
}
PARTS: dict[str, tuple[str, str]] = {
    "mean": ("mean", "media"),
    "low": ("lower end of the interval", "extremo inferior del intervalo"),
    "high": ("upper end of the interval", "extremo superior del intervalo"),
    "change_low": ("lower end of the interval of the change", "extremo inferior del intervalo del cambio"),
    "change_high": ("upper end of the interval of the change", "extremo superior del intervalo del cambio"),
    "n": ("replications", "réplicas"),
    "method": ("how the interval was made", "cómo se hizo el intervalo"),
    "hires": ("point estimate", "estimación puntual"),
    "most": ("the most that were tried", "los que se probaron como mucho"),
    "helps": ("whether it clearly makes the response better", "si mejora claramente la respuesta"),
    "harms": ("whether it clearly makes it worse", "si la empeora claramente"),
    "beyond": ("whether no number that was tried does the same", "si ningún número probado hace lo mismo"),
}


def answer_words(column: str, currency: str) -> dict[str, str]:
    """Return unit and meaning of a column.

    Examples
    --------
    >>> answer_words("hires.low", "EUR")["en"]
    'more people who would do the same: lower end of the interval'
    """
    subject, _, rest = column.partition(".")
    if column in PARTS:
        return {"unit": "see row", "en": PARTS[column][0], "es": PARTS[column][1]}
    unit, en, es = SUBJECTS[subject]
    inner, _, part = rest.rpartition(".")
    if part in PARTS:
        en, es = f"{en}: {PARTS[part][0]}", f"{es}: {PARTS[part][1]}"
    if subject == "changes":
        unit = _unit_of(inner, currency)
    if rest and part not in PARTS:  # The name of a factor.
        en, es = f"{en}: {rest}", f"{es}: {rest}"
    unit = {"n": "1", "method": TEXT}.get(part, unit)
    return {"unit": unit.replace("currency", currency), "en": en, "es": es}


def _unit_of(metric: str, currency: str) -> str:
    try:
        return describe(metric, currency).unit
    except RelevoError:
        return "see metric"
