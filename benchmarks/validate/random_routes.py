"""Random routes: loops, branches, journeys in a row, needs, failures, quotes; and random amounts of work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

Data = dict[str, Any]
T = TypeVar("T")


class Choice(Protocol):
    """A way to choose."""

    def __call__(self, options: Sequence[T]) -> T:
        """Return one of some options; the plainest stands first."""


FAMILIES: tuple[Data, ...] = (
    {"distribution": "deterministic"}, {"cv": 0.8}, {"distribution": "exponential"},
    {"distribution": "gamma", "cv": 1.4}, {"distribution": "erlang", "phases": 3},
    {"distribution": "uniform", "cv": 0.3}, {"distribution": "triangular", "cv": 0.3},
    {"distribution": "weibull", "cv": 0.6}, {"distribution": "empirical", "values": [1, 1, 2, 5, 0]},
)  # fmt: skip
ROUND = ("1 h", "0.5 h", "2 h", "0 h")
"""On a grid of half hours many things happen at the same instant."""


SIGNS = {"delivers", "invoices", "quotes", "answers"}
"""What a redundant step cannot do."""


def random_work(choose: Choice, grid: bool, times: tuple[str, ...] = ("0.5 h", "0.1 h", "1.5 h")) -> Data:
    """Return an amount of work; on a grid of round hours always the same."""
    if grid:
        return {"mean": choose(ROUND), "distribution": "deterministic"}
    return {"mean": choose(times), **choose(FAMILIES)}


def random_route(choose: Choice, names: list[str], quoting: bool, grid: bool) -> list[Data]:
    """Return a route whose loops stay on one side of the delivery, so that nothing is delivered or invoiced twice."""
    length = choose((3, 2, 4, 6, 1))
    delivering = choose(range(length))
    steps: list[Data] = []
    for i in range(length):
        step: Data = {"step": f"s{i}"}
        if choose((False, False, False, False, True)):
            step |= {"transport": choose(("van", "mail")), "time": random_work(choose, grid, ("1 h", "20 h"))}
        else:
            here = choose(names)
            step |= {"department": here, "work": random_work(choose, grid)}
            step["needs"] = random_needs(choose, here, names, grid)
            if choose((False, False, True)):
                step["failure"] = random_failure(choose)
        first = 0 if i < delivering else delivering + 1
        if i < length - 1:
            step |= random_next(choose, i, first if i != delivering else i + 1, length)
        steps.append(step)
    if choose((True, True, True, False)):
        steps[delivering]["delivers"] = True
    if choose((True, False)) and (delivering < length - 1 or length == 1):
        steps[-1]["invoices"] = True
    for _ in range(choose((1, 2)) if quoting else 0):
        steps[choose(range(delivering + 1))]["quotes"] = True
    if choose((False, True)):
        steps[choose(range(length))]["answers"] = True
    plain = [step for step in steps if "department" in step and not SIGNS & step.keys()]
    if plain and choose((False, True)):
        choose(plain)["redundant"] = True
    return steps


def random_next(choose: Choice, here: int, first: int, length: int) -> Data:
    """Return where a step leads besides the following one: back, over it, to itself, or to the end."""
    onward = f"s{here + 1}"
    what = choose(("on", "on", "back", "over", "all", "end"))
    back = f"s{choose(range(first, here + 1))}" if first <= here else "end"
    over = f"s{here + 2}" if here + 2 < length else "end"
    targets = {"on": [], "back": [back], "over": [over], "end": ["end"], "all": [back, over]}[what]
    shares: Data = {}
    for target in targets:
        shares[target] = shares.get(target, 0.0) + 0.25
    return {"next": {**shares, onward: 1.0 - sum(shares.values())}} if shares else {}


def random_needs(choose: Choice, here: str, names: list[str], grid: bool) -> list[Data]:
    """Return what a step may need, sometimes passed on to a third department, or back to the one that asks."""
    others = [n for n in names if n != here]
    found = []
    for _ in range(choose((0, 1, 2)) if others else 0):
        need = {"from": choose(others), "probability": choose((0.2, 0.05, 0.5)), "work": random_work(choose, grid)}
        to = [n for n in names if n != need["from"]]
        if choose((False, True)):
            need["passed_on"] = {"to": choose(to), "probability": choose((0.4, 1.0)), "work": random_work(choose, grid)}
        found.append(need)
    return found


def random_failure(choose: Choice) -> Data:
    """Return what may go wrong in a step."""
    failure = {"label": {"en": "x", "es": "y"}, "probability": choose((0.3, 1.0)), "cost": choose((0, 2.5))}
    what = choose(("redelivery", "correction", "rejection"))
    return failure | {"consequence": what} | ({"acceptance_factor": 0.6} if what == "rejection" else {})
