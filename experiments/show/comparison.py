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
    # Two blanks after today's numbers leave room for the marks below them.
    columns = [reader.say("policy"), *(reader.say(f"column {metric}") + "  " for metric in HEADLINE)]
    found = estimates(today)
    rows = [[reader.say("today"), *(reader.estimate(m, found.get(m, UNKNOWN)) + "  " for m in HEADLINE)]]
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
        cells.append(f"{reader.estimate(metric, change, difference=True)} {mark}")
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
    changes = {name: differences(runs, today).get("wait_mean", UNKNOWN) for name, runs in policies.items()}
    gains = {
        name: -change.mean for name, change in changes.items() if change.is_clear and change.mean is not None
    }
    best = max(gains, key=lambda name: gains[name], default="")
    if best and gains[best] > 0:
        text += reader.say("look policy", policy=reader.label(best), command=f"{command} --policy {best}")
    else:
        text += reader.say("look none", command=command)
    return reader.say("look next", what=text)
