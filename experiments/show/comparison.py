"""Ways of working beside each other: paired differences from today, and what to look at next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.analysis.intervals import Runs, differences, estimates
from experiments.show.numbers import number
from experiments.show.text import BETTER, UNKNOWN, WORSE, Reader, table, verdict
from experiments.show.worth import hires_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from experiments.analysis.worth import Equivalent

HEADLINE = ("wait_mean", "promise_kept_share", "churn_per_year", "profit")
WORTH = "customer_base_value"
HELD = ("wait_mean", "promise_kept_share", "profit")
"""What is shown of the same runs with the number of customers held fixed."""
CAUSE = "wait_share."


@dataclass(frozen=True)
class Compared:
    """Today's way of working and others, replicated with the same customers and luck.

    Attributes
    ----------
    today : Runs
        Replications of today's way of working.
    policies : mapping of str to Runs
        Name of a policy -> its replications.
    """

    today: Runs
    policies: Mapping[str, Runs]

    @classmethod
    def of(cls, runs: Mapping[str, Runs]) -> Compared:
        """Return what a job left, by the keys of its ways of working; '' is today's."""
        return cls(runs[""], {key: found for key, found in runs.items() if key})


@dataclass(frozen=True)
class Hires:
    """How many hires do the same as each policy.

    Attributes
    ----------
    equivalents : mapping of str to Equivalent
        By policy.
    placed : sequence of str
        Departments of the hires, in order.
    """

    equivalents: Mapping[str, Equivalent]
    placed: Sequence[str]


def comparison(
    title: str, free: Compared, held: Compared | None, reader: Reader, command: str, hires: Hires | None = None
) -> list[RenderableType]:
    """Return tables of today and every policy, how to read them, and what to look at next.

    Parameters
    ----------
    free : Compared
        With customers who come and go as they are served.
    held : Compared, optional
        The same with the number of customers held fixed.
    command : str
        Command that simulates the scenario, to which a policy can be added.
    hires : Hires, optional
        What policies are worth in people.
    """
    legend = reader.say("today legend", better=BETTER, worse=WORSE)
    if hires is not None:
        legend += " " + reader.say("today hires", placed=", ".join(map(reader.label, hires.placed)))
    parts = [_table(title, free, [(f"column {metric}", free, metric) for metric in HEADLINE], reader, hires), legend]
    if held is not None:
        columns = [(f"held {metric}", held, metric) for metric in HELD]
        parts += [
            "",
            _table(reader.say("held title"), free, [*columns, (f"column {WORTH}", free, WORTH)], reader),
            reader.say("held legend"),
        ]
    return [*parts, look_next(free.today, free.policies, reader, command)]


def _table(
    title: str,
    named: Compared,
    columns: Sequence[tuple[str, Compared, str]],
    reader: Reader,
    hires: Hires | None = None,
) -> RenderableType:
    """Return a table of today and every policy: of each column its heading, where it comes from, and the metric."""
    # Two blanks at the end leave room for the marks below.
    heads = [f"{reader.say(key)}  \n[{reader.unit(metric)}]  " for key, _, metric in columns]
    texts = [[f"{_absolute(source, metric, reader)}  " for _, source, metric in columns]]
    texts += [[_change(source, name, metric, reader) for _, source, metric in columns] for name in named.policies]
    if hires is not None:
        heads.append(reader.say("worth hires"))
        for name, cells in zip(("", *named.policies), texts, strict=True):
            known = hires.equivalents.get(name)
            cells.append("" if known is None else hires_text(known, reader))
    rows = [reader.say("today"), *map(reader.label, named.policies)]
    return table(title, [reader.say("policy"), *heads], [[row, *cells] for row, cells in zip(rows, texts, strict=True)])


def _absolute(source: Compared, metric: str, reader: Reader) -> str:
    return reader.estimate(metric, estimates(_only(source.today, metric)).get(metric, UNKNOWN), bare=True)


def _change(source: Compared, name: str, metric: str, reader: Reader) -> str:
    runs = source.policies.get(name, {})
    change = differences(_only(runs, metric), _only(source.today, metric)).get(metric, UNKNOWN)
    mark = verdict(change, reader.metric(metric).better) or " "
    return f"{reader.estimate(metric, change, difference=True, bare=True)} {mark}"


def _only(runs: Runs, metric: str) -> Runs:
    """Return the runs with one metric of their hundreds: only that is shown."""
    return {replication: {metric: found[metric]} for replication, found in runs.items() if metric in found}


def look_next(today: Runs, policies: Mapping[str, Runs], reader: Reader, command: str) -> str:
    """Return one line: the largest part of the wait, and the policy that shortens it most beyond doubt."""
    found = estimates(today)
    causes = {
        name.removeprefix(CAUSE): value.mean
        for name, value in found.items()
        if name.startswith(CAUSE) and value.mean is not None
    }
    text = ""
    if causes:
        cause = max(causes, key=lambda name: causes[name])
        share = f"{number(100 * causes[cause], 0, reader.language)} %"
        text = reader.say("look cause", share=share, cause=reader.say(f"cause {cause}"))
    best, costs_profit = _shortest(today, policies)
    if best:
        ids = {"policy": reader.label(best), "command": f"{command} --policy {best}"}
        text += reader.say("look policy" if costs_profit else "look bargain", **ids)
    else:
        text += reader.say("look none", command=command)
    return reader.say("look next", what=text)


def _shortest(today: Runs, policies: Mapping[str, Runs]) -> tuple[str, bool]:
    """Return the policy that shortens the wait most, if possible one without a clear loss of profit."""
    gains: dict[str, float] = {}
    losers: set[str] = set()
    for name, runs in policies.items():
        found = differences(runs, today)
        wait, profit = found.get("wait_mean", UNKNOWN), found.get("profit", UNKNOWN)
        if wait.is_clear and wait.mean is not None and wait.mean < 0:
            gains[name] = -wait.mean
            if profit.is_clear and profit.mean is not None and profit.mean < 0:
                losers.add(name)
    free = gains.keys() - losers
    best = max(sorted(free or gains), key=lambda name: gains[name], default="")
    return best, best in losers
