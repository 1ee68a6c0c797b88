"""A comparison for people: what may be said of each way of working, and nothing that does not follow from its table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from experiments.analysis.common_numbers import Saving
from experiments.analysis.comparison import Comparison
from experiments.analysis.intervals import estimate
from experiments.analysis.mean_interval import Interval
from experiments.analysis.with_the_best import WithTheBest
from experiments.analysis.worse_off import Runs, WorseOff
from experiments.show.numbers import NOT_APPLICABLE, interval_text, number
from experiments.show.reasons import interval_data
from experiments.show.text import BETTER, WORSE, Reader, table
from sim.measures.columns import describe
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from rich.console import RenderableType

    from sim.scenario.company import Scenario

MOST_WORSE = 3
"""Figures that are named for each way of working."""
FEW = 10
"""Factors below are written with a decimal."""


@dataclass(frozen=True)
class ComparedAll:
    """Everything that a comparison found.

    Attributes
    ----------
    ways : tuple of str
        Ways of working, without today's, as the user named them.
    responses : tuple of str
        Metrics; the first decides who may be best.
    against : dict of str to Comparison
        By response: against today, row 0; all responses hold together.
    best : WithTheBest
        For the first response; row 0 is today's.
    savings : dict
        By response: what common random numbers did.
    worse : dict
        By way of working: figures that are clearly worse.
    today : dict
        By response: today's values by replication.
    """

    ways: tuple[str, ...]
    responses: tuple[str, ...]
    against: dict[str, Comparison]
    best: WithTheBest
    savings: dict[str, tuple[Saving, ...]]
    worse: dict[str, list[WorseOff]]
    today: dict[str, NDArray[Any]]

    @property
    def may_be_best(self) -> tuple[int, ...]:
        """Rows that cannot be excluded as best: those of the comparison with the best, and today's if in doubt.

        Comparisons with the best are sharper than the joint table. Nothing is called the best while the table beside
        it cannot tell it apart from today.
        """
        chosen = self.best.may_be_best
        apart = self.against[self.responses[0]].certainly_better
        return chosen if 0 in chosen or all(row in apart for row in chosen) else (0, *chosen)


def compared_tables(found: ComparedAll, company: Scenario, replications: int, reader: Reader) -> list[RenderableType]:
    """Return the differences, who may be best, what that means in words, and who is worse off."""
    title = reader.say(
        "compare title",
        label=company.label[reader.language] if company.label else company.name,
        replications=reader.counted("replications", replications),
        weeks=reader.counted("weeks", company.time.horizon / HOURS_PER_WEEK),
    )
    heads = [reader.say("policy"), *(_head(name, reader) for name in found.responses)]
    rows = [[reader.say("today"), *(_today(found, name, reader) for name in found.responses)]]
    for place, way in enumerate(found.ways):
        rows.append([_label(way, reader), *(_difference(found, name, place, reader) for name in found.responses)])
    note = reader.say("compare note", better=BETTER, worse=WORSE)
    parts: list[RenderableType] = [table(title, heads, rows, note=note)]
    parts += [reader.say("compare words", words=words) for words in _words(found, reader)]
    parts.append("")
    worse = [
        [_label(way, reader), _figure(row, reader), *_change(row, reader)]
        for way in found.ways
        for row in found.worse[way][:MOST_WORSE]
    ]
    worse_heads = [reader.say(text) for text in ("policy", "compare figure", "today", "reasons change")]
    if worse:
        note = reader.say("compare worse note", most=MOST_WORSE)
        parts.append(table(reader.say("compare worse title"), worse_heads, worse, left=2, note=note))
    else:
        parts.append(reader.say("compare worse none"))
    return parts


def _words(found: ComparedAll, reader: Reader) -> list[str]:
    """Say what the table shows of the first response, and how many runs common random numbers were worth."""
    first = found.responses[0]
    against = found.against[first]
    name = _name(first, reader)

    def ways(rows: Sequence[int]) -> str:
        return ", ".join(f"'{_label(found.ways[row - 1], reader)}'" if row else reader.say("today") for row in rows)

    words: list[str] = []
    for what, rows in (
        ("better", against.certainly_better),
        ("worse", against.certainly_worse),
        ("alike", [row for row in against.indistinguishable if against.differences[row - 1].interval.n > 1]),
        ("unknown", [row for row in against.indistinguishable if against.differences[row - 1].interval.n < 2]),
    ):
        if rows:
            words.append(reader.say(f"compare {what}", name=name, ways=ways(rows)))
    may_be_best = found.may_be_best
    if len(may_be_best) == 1:
        words.append(reader.say("compare best", name=name, way=ways(may_be_best)))
    else:
        words.append(reader.say("compare may be best", name=name, ways=ways(may_be_best)))
    ratios = sorted(s.ratio for s in found.savings[first] if s.ratio is not None and math.isfinite(s.ratio))
    if ratios:
        low, middle, high = (
            number(ratio, 0 if ratio >= FEW else 1, reader.language)
            for ratio in (ratios[0], median(ratios), ratios[-1])
        )
        words.append(reader.say("compare saved", name=name, ratio=middle, low=low, high=high))
    return words


def _head(name: str, reader: Reader) -> str:
    unit = reader.unit(name)
    return f"{_name(name, reader)}\n[{unit}]" if unit else _name(name, reader)


def _name(response: str, reader: Reader) -> str:
    words = reader.say(f"column {response}")
    return response if " " not in words and words == response.partition(" ")[2] else words


def _label(way: str, reader: Reader) -> str:
    labels = []
    for each in way.split("+"):
        name, equals, amount = each.partition("=")
        labels.append(reader.label(name) + (f" ({amount})" if equals else ""))
    return " + ".join(labels)


def _today(found: ComparedAll, name: str, reader: Reader) -> str:
    return reader.estimate(name, estimate(found.today[name]), bare=True)


def _difference(found: ComparedAll, name: str, place: int, reader: Reader) -> str:
    difference = found.against[name].differences[place]
    mark = {"better": f" {BETTER}", "worse": f" {WORSE}"}.get(difference.standing, "")
    return _interval(difference.interval, reader.metric(name).unit, reader) + mark


def _figure(row: WorseOff, reader: Reader) -> str:
    owner = row.metric.rpartition(".")[0]
    meaning = reader.meaning(row.metric)
    return f"{reader.label(owner)}: {meaning}" if owner else meaning


def _change(row: WorseOff, reader: Reader) -> tuple[str, str]:
    unit = reader.metric(row.metric).unit
    before = "" if row.before.mean is None else _interval(row.before, unit, reader).partition(" (")[0]
    words = reader.unit(row.metric)
    return f"{before} {words}".strip(), _interval(row.change, unit, reader)


def _interval(found: Interval, unit: str, reader: Reader) -> str:
    if found.mean is None:
        return NOT_APPLICABLE
    low, high = (float("nan") if end is None else end for end in (found.low, found.high))
    return interval_text(found.mean, low, high, unit, reader.language)


def compared_data(found: ComparedAll) -> dict[str, Any]:
    """Return a comparison as plain data."""
    first = found.responses[0]
    return {
        "responses": list(found.responses),
        "confidence": found.best.confidence,
        "differences": [
            {
                "policy": way,
                "response": name,
                **interval_data(found.against[name].differences[place].interval),
                "standing": found.against[name].differences[place].standing,
                "variance_ratio": _finite(found.savings[name][place].ratio),
            }
            for name in found.responses
            for place, way in enumerate(found.ways)
        ],
        "with_the_best": {
            "response": first,
            "gaps": [
                {
                    "policy": ("", *found.ways)[gap.alternative],
                    "mean": gap.mean,
                    "low": gap.low,
                    "high": gap.high,
                    "may_be_best": gap.alternative in found.may_be_best,
                }
                for gap in found.best.gaps
            ],
        },
        "worse_off": [
            {"policy": way, "metric": row.metric, "today": row.before.mean, **interval_data(row.change)}
            for way in found.ways
            for row in found.worse[way]
        ],
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def tables_of(found: ComparedAll, runs: Mapping[str, Runs]) -> dict[str, pd.DataFrame]:
    """Return a comparison as tables."""
    import pandas as pd

    data = compared_data(found)
    best = pd.DataFrame(data["with_the_best"]["gaps"])
    best.insert(1, "response", found.responses[0])
    rows = [
        {"policy": way, "replication": replication, **metrics}
        for way, each in runs.items()
        for replication, metrics in each.items()
    ]
    columns = ("policy", "metric", "today", "mean", "low", "high", "n", "method")
    tables = {
        "differences": pd.DataFrame(data["differences"]),
        "with_the_best": best,
        "worse_off": pd.DataFrame(data["worse_off"], columns=columns),
        "runs": pd.DataFrame(rows),
    }
    return tables


_WORDS = {
    "policy": ("text", "way of working; empty for today", "forma de trabajar; vacío para hoy"),
    "response": ("text", "name of a metric", "nombre de una métrica"),
    "metric": ("text", "name of a metric", "nombre de una métrica"),
    "replication": ("1", "number of the replication", "número de la réplica"),
    "mean": ("see response", "mean of the paired difference", "media de la diferencia pareada"),
    "low": ("see response", "lower end of its simultaneous interval", "extremo inferior de su intervalo simultáneo"),
    "high": ("see response", "upper end of its simultaneous interval", "extremo superior de su intervalo simultáneo"),
    "today": ("see metric", "mean today", "media de hoy"),
    "n": ("1", "replications in which both have a value", "réplicas en las que ambas tienen valor"),
    "method": ("text", "how the interval was made", "cómo se hizo el intervalo"),
    "standing": ("text", "better, worse or indistinguishable from today", "mejor, peor o indistinguible de hoy"),
    "variance_ratio": (
        "1",
        "so many times the replications would independent seeds have needed",
        "tantas veces más réplicas habrían hecho falta con semillas independientes",
    ),
    "may_be_best": ("yes/no", "whether it cannot be excluded as best", "si no se puede excluir como la mejor"),
}


_WORDS_OF = {
    ("with_the_best", "mean"): (
        "see response",
        "mean less that of the best of the others",
        "media menos la de la mejor de las demás",
    ),
    ("with_the_best", "low"): (
        "see response",
        "lower end of the interval of its true distance from the best of the others (comparisons with the best)",
        "extremo inferior del intervalo de su distancia a la mejor de las demás (comparaciones con la mejor)",
    ),
    ("with_the_best", "high"): ("see response", "upper end of the same interval", "extremo superior de ese intervalo"),
    **{("worse_off", name): ("see metric", *_WORDS[name][1:]) for name in ("mean", "low", "high")},
}
"""Where a column means something else in one table."""


def column_words(table_name: str, column: str, currency: str) -> dict[str, str]:
    """Return unit and meaning of a column of a comparison's tables."""
    if column in _WORDS:
        unit, en, es = _WORDS_OF.get((table_name, column), _WORDS[column])
        return {"unit": unit, "en": en, "es": es}
    metric = describe(column, currency)
    return {"unit": metric.unit, "en": metric.en, "es": metric.es}
