"""How much of a conclusion rests on assumptions, for people: one sentence and one table for each policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.analysis.mean_interval import Interval
from experiments.analysis.sensitivity import Assumptions, Bounds, Conclusion, Driver, sentence
from experiments.show.assumptions import value_text
from experiments.show.driving import CLEAR, change_text, name_of, unit_of_change
from experiments.show.numbers import interval_text, number, unit_scale
from experiments.show.reasons import interval_data
from experiments.show.text import Reader, table

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

LEAST_SHOWN = 8
"""Assumptions in a table, or more where more are distinguishable from zero."""


@dataclass(frozen=True)
class Resting:
    """What was found of every policy.

    Attributes
    ----------
    source : str
        The scenario.
    response : str
        The metric.
    assumptions : Assumptions
        With their ranges.
    found : dict of str to Conclusion
        By way of working, as the user named it.
    replications, samples : int
        [1] -- of each sample; asked for.
    seed : int
        Root of all luck.
    """

    source: str
    response: str
    assumptions: Assumptions
    found: dict[str, Conclusion]
    replications: int
    samples: int
    seed: int


def resting_tables(resting: Resting, reader: Reader) -> list[RenderableType]:
    """Return a sentence and a table for each policy."""
    parts: list[RenderableType] = []
    for policy, found in resting.found.items():
        parts += [_sentence(resting, policy, reader), "", _table(resting, policy, found, reader)]
    return parts


def _label(policy: str, reader: Reader) -> str:
    labels = []
    for each in policy.split("+"):
        name, equals, amount = each.partition("=")
        labels.append(reader.label(name) + (f" ({amount})" if equals else ""))
    return " + ".join(labels)


def _sentence(resting: Resting, policy: str, reader: Reader) -> str:
    """Say how much of a conclusion rests on assumptions."""
    unit = reader.metric(resting.response).unit
    return sentence(
        resting.found[policy],
        f"'{_label(policy, reader)}'",
        f"'{name_of(resting.response, reader)}'",
        reader.language,
        unit=unit_of_change(resting.response, reader),
        scale=unit_scale(unit, reader.language)[0],
    )


def _table(resting: Resting, policy: str, found: Conclusion, reader: Reader) -> RenderableType:
    ranges = {one.path: one for one in resting.assumptions.varied}
    shown = _shown(found)
    rows = []
    for driver in shown:
        one = ranges[driver.assumption]
        low, value, high = (value_text(x, one.unit, reader.currency) for x in (one.low, one.value, one.high))
        share = interval_text(driver.share.value, driver.share.low, driver.share.high, "share", reader.language)
        adds = change_text(driver.coefficient, resting.response, reader)
        rows.append([one.path, value, f"{low}\n{high}", adds, share])
    unit = unit_of_change(resting.response, reader)
    adds_head = reader.say("resting adds")
    heads = [
        *(reader.say("resting assumption"), reader.say("resting value"), reader.say("sensitivity range")),
        *(f"{adds_head} [{unit}]" if unit else adds_head, reader.say("resting share")),
    ]
    title = reader.say(
        "resting title",
        policy=_label(policy, reader),
        name=name_of(resting.response, reader),
        shown=len(rows),
        total=len(found.drivers),
    )
    note = reader.say(
        "resting note",
        own="–" if found.today is None else _difference(found.today, resting, reader),
        mean=_difference(found.mean, resting, reader),
        samples=found.samples,
        n=reader.counted("replications", found.replications),
        unit=f" {unit}" if unit else "",
        explained=number(100 * found.explained, 0, reader.language),
        confidence=number(100 * found.confidence, 0, reader.language),
        clear=CLEAR,
    )
    left = reader.say("sensitivity left out", left=found.left_out) if found.left_out else ""
    return table(title, heads, rows, 3, note=note + left)


def _difference(found: Interval | Bounds, resting: Resting, reader: Reader) -> str:
    return change_text(found, resting.response, reader).removesuffix(f" {CLEAR}")


def _shown(found: Conclusion) -> list[Driver]:
    """Return the drivers of a table: all that are distinguishable from zero, and some more."""
    first = [driver for driver in found.drivers if driver.is_clear]
    others = [driver for driver in found.drivers if not driver.is_clear]
    return [*first, *others[: max(0, LEAST_SHOWN - len(first))]]


# For machines ---------------------------------------------------------------------------------------------------


def resting_data(resting: Resting, reader: Reader) -> dict[str, Any]:
    """Return everything as plain data, but for numbers that are none."""
    return {
        "scenario": resting.source,
        "response": resting.response,
        "unit": reader.metric(resting.response).unit,
        "seed": resting.seed,
        "samples": resting.samples,
        "replications": resting.replications,
        "assumptions": resting.assumptions.table().to_dict("records"),
        "left_out": resting.assumptions.left_out,
        "policies": [
            {
                "policy": policy,
                "sentence": _sentence(resting, policy, reader),
                **_summary(found),
                "drivers": found.table().to_dict("records"),
            }
            for policy, found in resting.found.items()
        ],
    }


def _summary(found: Conclusion) -> dict[str, Any]:
    bounds = {"mean": found.mean, "same_share": found.same, "range_low": found.low, "range_high": found.high}
    return {
        "sign": found.sign,
        "own_values": None if found.today is None else interval_data(found.today),
        **{key: {"value": one.value, "low": one.low, "high": one.high} for key, one in bounds.items()},
        "same_share_plain": found.same_plain,
        "clear_same_share": found.clear_same,
        "clear_opposite_share": found.clear_opposite,
        "deviation": found.deviation,
        "luck_share": found.luck_share,
        "explained": found.explained,
        "samples_used": found.samples,
        "samples_left_out": found.left_out,
        "confidence": found.confidence,
    }


def resting_frames(resting: Resting) -> dict[str, pd.DataFrame]:
    """Return the conclusions, their drivers and the ranges as tables."""
    import pandas as pd

    conclusions, drivers = [], []
    for policy, found in resting.found.items():
        row: dict[str, Any] = {"policy": policy}
        for key, value in _summary(found).items():
            inner = value if isinstance(value, dict) else {"": value}
            row |= {f"{key}_{name}".removesuffix("_"): each for name, each in inner.items()}
        conclusions.append(row)
        drivers.append(found.table().assign(policy=policy))
    return {
        "conclusions": pd.DataFrame(conclusions),
        "drivers": pd.concat(drivers, ignore_index=True),
        "assumptions": resting.assumptions.table(),
    }
