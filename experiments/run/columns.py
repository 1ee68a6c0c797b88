"""Columns of an experiment's tables, each with unit and meaning; those of metrics come from the model's dictionary."""

from __future__ import annotations

from experiments.plan.experiment import TODAY, Experiment
from experiments.run.chunks import EVENTS, POINT, REASON, REPLICATION, STATUS
from sim.measures.columns import METRICS, Column, describe, pattern_of

DESIGN, RUNS, ESTIMATES, WARM_UP = "design", "runs", "estimates", "warm_up"
"""Tables of an experiment."""
_POINT = Column(POINT, "1", "number of the point in the design", "número del punto en el diseño")

TABLES: dict[str, tuple[Column, ...]] = {
    DESIGN: (
        _POINT,
        Column(TODAY, "yes/no", "whether nothing is other than today", "si nada cambia respecto a hoy"),
    ),
    RUNS: (
        _POINT,
        Column(
            REPLICATION,
            "1",
            "number of the replication; decides its luck, the same at every point",
            "número de la réplica; decide su suerte, la misma en cada punto",
        ),
        Column(STATUS, "text", "ok or failed", "ok o failed (falló)"),
        Column(REASON, "text", "why it failed; empty otherwise", "por qué falló; vacío si no falló"),
        Column(EVENTS, "1", "events that happened in the run", "sucesos ocurridos en la simulación"),
    ),
    ESTIMATES: (
        _POINT,
        Column("response", "text", "name of a metric", "nombre de una métrica"),
        Column("unit", "text", "its unit", "su unidad"),
        Column("n", "1", "replications in which it applies", "réplicas en las que procede"),
        Column("mean", "see unit", "mean over the replications", "media de las réplicas"),
        Column("sd", "see unit", "standard deviation between replications", "desviación típica entre réplicas"),
        Column("low", "see unit", "lower end of the interval", "extremo inferior del intervalo"),
        Column("high", "see unit", "upper end of the interval", "extremo superior del intervalo"),
        Column("confidence", "share", "of the interval, by itself", "del intervalo, por separado"),
        Column("method", "text", "how the interval was made", "cómo se hizo el intervalo"),
        Column(
            "precise",
            "yes/no",
            "whether the precision asked for was reached; empty if none was asked for",
            "si se alcanzó la precisión pedida; vacío si no se pidió",
        ),
        Column("failed", "1", "runs of this point that failed", "simulaciones de este punto que fallaron"),
    ),
    WARM_UP: (
        Column("series", "text", "what was watched week by week", "lo que se observó semana a semana"),
        Column("week", "weeks", "week from the start of the pilot", "semana desde el inicio del piloto"),
        Column("mean", "see series", "mean over the pilot's replications", "media de las réplicas del piloto"),
        Column(
            "moving_average",
            "see series",
            "its moving average, the curve of Welch's plot; empty at the end",
            "su media móvil, la curva del gráfico de Welch; vacía al final",
        ),
    ),
}
"""Columns by table; the design has one more for each factor, the runs one for each metric."""
_ORDER = {metric.name: place for place, metric in enumerate(METRICS)}


def in_order(metrics: set[str]) -> list[str]:
    """Return metrics in the order of the dictionary, those of departments and pairs by name within it."""
    return sorted(metrics, key=lambda name: (_ORDER[pattern_of(name)], name))


def column_words(experiment: Experiment, table: str, column: str) -> dict[str, str]:
    """Return unit and meaning of a column of an experiment's table."""
    for known in TABLES[table]:
        if known.name == column:
            return {"unit": known.unit, "en": known.en, "es": known.es}
    for factor in experiment.factors:
        if table == DESIGN and factor.name == column:
            what = f"{factor.policy.name}: " if factor.policy is not None else ""
            return {
                "unit": factor.unit,
                "en": f"factor: {what}{factor.field.path}",
                "es": f"factor: {what}{factor.field.path}",
            }
    metric = describe(column, experiment.base.scenario.currency)
    return {"unit": metric.unit, "en": metric.en, "es": metric.es}
