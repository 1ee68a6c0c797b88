"""Unit and meaning of every column that `relevo sensitivity --out` writes, in English and Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures.columns import describe

if TYPE_CHECKING:
    from experiments.plan.experiment import Experiment

RESPONSE = "response"
"""Unit of what is in the response's own."""
ENDS = {
    "low": ("lower end of the interval of", "extremo inferior del intervalo de"),
    "high": ("upper end of the interval of", "extremo superior del intervalo de"),
}
TEXT = "text"
COLUMNS: dict[str, tuple[str, str, str]] = {
    "point": ("1", "number of the point", "número del punto"),
    "is_today": ("yes/no", "whether it is today's way of working", "si es la forma de trabajar de hoy"),
    "replication": ("1", "number of the replication", "número de la réplica"),
    "response": (TEXT, "name of the metric", "nombre de la métrica"),
    "value": ("see table", "of the response in a run; of an assumption in force", "de la respuesta; en vigor"),
    "factor": (TEXT, "what varies", "lo que varía"),
    "effect": (TEXT, "factor, or two of them: their interaction", "factor, o dos: su interacción"),
    "term": (TEXT, "factor, or two of them: their interaction", "factor, o dos: su interacción"),
    "trend": (TEXT, "polynomial over the levels", "polinomio sobre los niveles"),
    "at_low": (RESPONSE, "change at the low end", "cambio en el extremo bajo"),
    "at_low_from": (RESPONSE, "lower end of its interval", "extremo inferior de su intervalo"),
    "at_low_to": (RESPONSE, "upper end of its interval", "extremo superior de su intervalo"),
    "at_high": (RESPONSE, "change at the high end", "cambio en el extremo alto"),
    "at_high_from": (RESPONSE, "lower end of its interval", "extremo inferior de su intervalo"),
    "at_high_to": (RESPONSE, "upper end of its interval", "extremo superior de su intervalo"),
    "swing": (RESPONSE, "from the least to the largest of today and both ends", "del menor al mayor de hoy y extremos"),
    "clear": ("yes/no", "whether distinguishable from zero", "si es distinguible de cero"),
    "n": ("1", "replications that count", "réplicas que cuentan"),
    "mu": (RESPONSE, "mean change over the whole range", "cambio medio en todo el rango"),
    "mu_star": (RESPONSE, "mean size of the change, luck taken out", "tamaño medio del cambio, sin la suerte"),
    "mu_star_plain": (RESPONSE, "the same with luck", "lo mismo con la suerte"),
    "sigma": (RESPONSE, "deviation of the change, luck taken out", "desviación del cambio, sin la suerte"),
    "sigma_plain": (RESPONSE, "the same with luck", "lo mismo con la suerte"),
    "first": ("1", "share of the variance by the factor alone", "parte de la varianza del factor por sí solo"),
    "total": ("1", "share with all its interactions", "parte con todas sus interacciones"),
    "luck_share": ("1", "share of luck in the variance", "parte de la suerte en la varianza"),
    "size": (RESPONSE, "of the effect or the trend", "del efecto o de la tendencia"),
    "low": ("see table", "lower end of the interval, or of the range", "extremo inferior del intervalo o del rango"),
    "high": ("see table", "upper end of the interval, or of the range", "extremo superior del intervalo o del rango"),
    "confounded_with": (TEXT, "what else is in it, and how much of it", "qué más contiene, y cuánto"),
    "df": ("1", "number of contrasts", "número de contrastes"),
    "share": ("1", "share of the variance, luck taken out", "parte de la varianza, sin la suerte"),
    "p": ("1", "probability of contrasts as clear if there were none", "probabilidad de contrastes así sin efecto"),
    "policy": (TEXT, "way of working", "forma de trabajar"),
    "assumption": (TEXT, "field of the scenario", "campo del escenario"),
    "coefficient": (RESPONSE, "added by a standard deviation of it", "lo que añade una desviación típica"),
    "path": (TEXT, "field of the scenario", "campo del escenario"),
    "parameter": (TEXT, "name in the registry", "nombre en el registro"),
    "unit": (TEXT, "of value, low and high, in base units", "de value, low y high, en unidades base"),
    "rule": (TEXT, "how the range was found", "cómo se halló el rango"),
    "log": ("yes/no", "whether equal distances are equal factors", "si distancias iguales son factores iguales"),
    "given": ("yes/no", "whether the scenario gives the value", "si el escenario da el valor"),
    "sign": ("1", "of the conclusion: +1 or -1", "de la conclusión: +1 o -1"),
    "own_values_mean": (RESPONSE, "difference with the scenario's values", "diferencia con los valores del escenario"),
    "own_values_low": (RESPONSE, "lower end of its interval", "extremo inferior de su intervalo"),
    "own_values_high": (RESPONSE, "upper end of its interval", "extremo superior de su intervalo"),
    "own_values_n": ("1", "replications of it", "sus réplicas"),
    "own_values_method": (TEXT, "how its interval was made", "cómo se hizo su intervalo"),
    "mean_value": (RESPONSE, "mean difference over samples", "diferencia media sobre las muestras"),
    "mean_low": (RESPONSE, "lower end of its interval", "extremo inferior de su intervalo"),
    "mean_high": (RESPONSE, "upper end of its interval", "extremo superior de su intervalo"),
    "same_share_value": ("1", "samples that agree, luck taken out", "muestras que coinciden, sin la suerte"),
    "same_share_low": ("1", "lower end of its interval", "extremo inferior de su intervalo"),
    "same_share_high": ("1", "upper end of its interval", "extremo superior de su intervalo"),
    "same_share_plain": ("1", "the same with luck", "lo mismo con la suerte"),
    "range_low_value": (RESPONSE, "lower end of 90 % of the differences", "extremo inferior del 90 % de diferencias"),
    "range_low_low": (RESPONSE, "lower end of its interval", "extremo inferior de su intervalo"),
    "range_low_high": (RESPONSE, "upper end of its interval", "extremo superior de su intervalo"),
    "range_high_value": (RESPONSE, "upper end of 90 % of the differences", "extremo superior del 90 % de diferencias"),
    "range_high_low": (RESPONSE, "lower end of its interval", "extremo inferior de su intervalo"),
    "range_high_high": (RESPONSE, "upper end of its interval", "extremo superior de su intervalo"),
    "clear_same_share": ("1", "samples clearly of the same sign", "muestras claramente del mismo signo"),
    "clear_opposite_share": ("1", "samples clearly of the other sign", "muestras claramente del otro signo"),
    "deviation": (RESPONSE, "of the differences, luck taken out", "de las diferencias, sin la suerte"),
    "explained": ("1", "share linear in the assumptions", "parte lineal en las suposiciones"),
    "samples_used": ("1", "samples that count", "muestras que cuentan"),
    "samples_left_out": ("1", "samples in which a run failed", "muestras en que falló una simulación"),
    "confidence": ("1", "of each interval", "de cada intervalo"),
}
"""Column: unit, English, Spanish; the ends of an interval, with _low and _high, are described by what they are of."""


def column_words(table: str, column: str, experiment: Experiment, response: str) -> dict[str, str]:
    """Return unit and meaning of a column.

    Parameters
    ----------
    table : str
        Its table; in 'points' every factor is a column.
    column : str
        Its name.
    experiment : Experiment
        Whose factors they are.
    response : str
        The metric whose unit is that of every change.
    """
    own = describe(response, experiment.base.scenario.currency).unit
    factors = {factor.name: factor for factor in experiment.factors}
    if table == "points" and column in factors:
        unit = factors[column].unit
        return {"unit": unit, "en": f"value of {column} at the point", "es": f"valor de {column} en el punto"}
    stem, _, end = column.rpartition("_")
    if column not in COLUMNS and end in ENDS:
        unit, en, es = COLUMNS[stem]
        en, es = f"{ENDS[end][0]}: {en}", f"{ENDS[end][1]}: {es}"
    else:
        unit, en, es = COLUMNS[column]
    if unit == "see table":
        # Of an assumption in its own unit, which stands beside it.
        unit = "see unit" if table == "assumptions" else own
    return {"unit": own if unit == RESPONSE else unit, "en": en, "es": es}
