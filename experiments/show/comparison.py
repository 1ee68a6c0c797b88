"""Ways of working beside each other: paired differences from today, and what to look at next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from experiments.analysis.intervals import Runs, differences, estimates
from experiments.show.numbers import number
from experiments.show.text import BETTER, UNKNOWN, WORSE, Reader, table, verdict

if TYPE_CHECKING:
    from rich.console import RenderableType

HEADLINE = ("wait_mean", "promise_kept_share", "churn_per_year", "profit")
CAUSE = "wait_share."


def comparison(
    title: str, today: Runs, policies: Mapping[str, Runs], reader: Reader, command: str
) -> list[RenderableType]:
    """Return the table of today and every policy, how to read it, and what to look at next.

    Parameters
    ----------
    today : Runs
        Replications of today's way of working.
    policies : mapping of str to Runs
        Name of a policy -> its replications, with the same customers and luck.
    command : str
        Command that simulates the scenario, to which a policy can be added.
    """
    # Two blanks at the end leave room for the marks below.
    heads = [f"{reader.say(f'column {m}')}  \n[{reader.unit(m)}]  " for m in HEADLINE]
    columns = [reader.say("policy"), *heads]
    found = estimates(today)
    absolute = [f"{reader.estimate(m, found.get(m, UNKNOWN), bare=True)}  " for m in HEADLINE]
    rows = [[reader.say("today"), *absolute]]
    rows += [[reader.label(name), *_changes(runs, today, reader)] for name, runs in policies.items()]
    return [
        table(title, columns, rows),
        reader.say("today legend", better=BETTER, worse=WORSE),
        look_next(today, policies, reader, command),
    ]


def _changes(runs: Runs, today: Runs, reader: Reader) -> list[str]:
    found = differences(runs, today)
    cells = []
    for metric in HEADLINE:
        change = found.get(metric, UNKNOWN)
        mark = verdict(change, reader.metric(metric).better) or " "
        cells.append(f"{reader.estimate(metric, change, difference=True, bare=True)} {mark}")
    return cells


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
