"""What policies are worth: hires that would do the same, money a year, customers kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.analysis.mean_interval import Interval
from experiments.analysis.worth import LEAST, Equivalent
from experiments.show.numbers import NOT_APPLICABLE, interval_text, number
from experiments.show.text import Reader, table
from sim.units import HOURS_PER_WEEK

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.scenario.company import Scenario

ROUNDING = 1e-6
"""Ends of intervals are rounded outwards to tenths, unless nothing but a float's last digits keeps them from one."""


@dataclass(frozen=True)
class Worth:
    """A policy and what it is worth.

    Attributes
    ----------
    policy : str
        As the user named it.
    change : Interval
        [unit of the response] -- of the response, policy minus today.
    equivalents : dict of str to Equivalent
        "" for hires placed where they help most, else by department.
    profit : Interval
        [currency/year] -- change of the profit.
    kept : Interval
        [customers/year] -- customers kept that today are lost.
    """

    policy: str
    change: Interval
    equivalents: dict[str, Equivalent]
    profit: Interval
    kept: Interval


def worth_tables(
    worths: Sequence[Worth],
    order: Sequence[str],
    departments: Sequence[str],
    response: str,
    replications: int,
    pay: float,
    company: Scenario,
    reader: Reader,
) -> list[RenderableType]:
    """Return the table of policies, and for each department how many people there would do the same."""
    title = reader.say(
        "worth title",
        label=company.label[reader.language] if company.label else company.name,
        replications=reader.counted("replications", replications),
        weeks=reader.counted("weeks", company.time.horizon / HOURS_PER_WEEK),
        response=_name(response, reader),
    )
    unit = reader.metric(response).unit
    heads = [
        reader.say("policy"),
        f"{reader.say('worth change')}\n[{reader.unit(response)}]",
        reader.say("worth hires"),
        f"{reader.say('worth profit')}\n[{reader.unit('profit')}]",
        reader.say("worth kept"),
    ]
    rows = [
        (
            _label(w.policy, reader),
            _interval(w.change, unit, reader),
            hires_text(w.equivalents[""], reader),
            _interval(w.profit, reader.metric("profit").unit, reader),
            _interval(w.kept, "customers/year", reader),
        )
        for w in worths
    ]
    placed = ", ".join(f"{count} {reader.label(name)}" for name, count in Counter(order).items())
    note = reader.say(
        "worth note",
        placed=placed,
        first=reader.label(order[0]),
        most=len(order),
        pay=number(round(pay, -2), 0, reader.language),
        currency=company.currency,
    )
    by_department = [
        (_label(w.policy, reader), *(hires_text(w.equivalents[name], reader, brief=True) for name in departments))
        for w in worths
    ]
    department_heads = [reader.say("policy"), *(reader.label(name).replace(" ", "\n", 1) for name in departments)]
    return [
        table(title, heads, rows, note=note),
        table(
            reader.say("worth departments"), department_heads, by_department, note=reader.say("worth departments note")
        ),
    ]


def hires_text(found: Equivalent, reader: Reader, *, brief: bool = False) -> str:
    """Write how many hires do the same: a number with its interval, or that none does.

    Examples
    --------
    >>> hires_text(Equivalent(1.52, 1.1, 2.05, 6, True, False, 30), Reader())
    '1.5 (1.1 to 2.1)'
    >>> hires_text(Equivalent(None, None, None, 6, True, False, 30), Reader())
    'more than 6'
    >>> hires_text(Equivalent(0.2, 0.0, 1.0, 6, False, False, 30), Reader())
    '0.2 (0.0 to 1.0)'
    """
    if found.n < LEAST:
        return NOT_APPLICABLE
    if found.harms:
        return reader.say("worth harms")
    if found.beyond:
        return reader.say("worth beyond", most=found.most)
    middle = f">{found.most}" if found.high is None else NOT_APPLICABLE  # It comes near before a dip, but not there.
    if found.hires is not None:
        middle = number(found.hires, 1, reader.language)
    if brief:
        return middle
    low = number(math.floor(10 * (found.low or 0.0) + ROUNDING) / 10, 1, reader.language)
    high = f">{found.most}"
    if found.high is not None:
        high = number(math.ceil(10 * found.high - ROUNDING) / 10, 1, reader.language)
    return f"{middle} ({low} {reader.say('to')} {high})"


def _name(response: str, reader: Reader) -> str:
    """Return the short name of a response, where it has one."""
    words = reader.say(f"column {response}")
    return response if words == response else words


def _label(text: str, reader: Reader) -> str:
    name, equals, amount = text.partition("=")
    return reader.label(name) + (f" ({amount})" if equals else "")


def _interval(found: Interval, unit: str, reader: Reader) -> str:
    if found.mean is None:
        return NOT_APPLICABLE
    low, high = (float("nan") if end is None else end for end in (found.low, found.high))
    return interval_text(found.mean, low, high, unit, reader.language)
