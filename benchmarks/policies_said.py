"""A policy's results in a sentence: what customers notice, what it costs and who is worse off, from estimates alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.analysis.intervals import Estimate
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE, t_half_width
from sim.policies import Policy

NOTHING = "nothing that can be told apart"


@dataclass(frozen=True)
class Figure:
    """A column of the table: a metric's change in percent of today, in points or in thousands."""

    metric: str
    head: str
    kind: str
    better: str = ""
    worse: str = ""
    """How a change for the better or the worse is said of customers; without these it is no figure of theirs."""

    def change(self, treated: float, today: float) -> float:
        """Return the change of one replication in the unit of the column."""
        if self.kind == "%":
            return 100 * (treated / today - 1)
        return (treated - today) * (100 if self.kind == "pp" else 0.001)

    def shown(self, e: Estimate) -> str:
        """Return a cell: mean ± half-width; bold where the interval leaves out zero."""
        digits = 0 if self.kind == "k" else 1
        text = f"{e.mean or 0.0:+.{digits}f} ± {e.half_width or 0.0:.{digits}f}"
        return f"**{text}**" if e.is_clear else text

    def verdict(self, e: Estimate) -> int:
        """Return 1 for clearly better, -1 for clearly worse, 0 for neither."""
        if not e.is_clear:
            return 0
        return 1 if ((e.mean or 0.0) > 0) == (describe(self.metric).better == "higher") else -1


FIGURES = (
    Figure("wait_mean", "wait %", "%", "wait {} % less", "wait {} % longer"),
    Figure(
        "wait_p90",
        "90th percentile %",
        "%",
        "have nine of ten orders {} % sooner",
        "have nine of ten orders {} % later",
    ),
    Figure(
        "promise_kept_share", "kept pp", "pp", "see {} points more promises kept", "see {} points fewer promises kept"
    ),
    Figure(
        "churn_per_year",
        "churn pp",
        "pp",
        "leave less often (by {} points a year)",
        "leave more often (by {} points a year)",
    ),
    Figure("resignations_per_year", "resignations pp", "pp"),
    Figure("profit", "profit k/year", "k"),
    Figure("customer_base_value", "worth of customers k", "k"),
)
CUSTOMER = tuple(figure for figure in FIGURES if figure.better)
HELD = tuple(figure for figure in FIGURES if figure.metric in ("wait_mean", "promise_kept_share", "profit"))
PROFIT = next(figure for figure in FIGURES if figure.metric == "profit")
WAIT = FIGURES[0]


@dataclass(frozen=True)
class Measured:
    """A way of working against another: the table's figures, those of departments and pairs, the policies' price."""

    figures: Mapping[str, Estimate]
    theirs: Mapping[str, Estimate]
    policy_cost: float


@dataclass(frozen=True)
class Alone:
    """A policy alone against today, with customers who come and go and with their number held fixed."""

    policy: Policy
    free: Measured
    held: Measured
    hours: float


# Sentences ------------------------------------------------------------------------------------------------


def worse_off(theirs: Mapping[str, Estimate], looks: int) -> list[str]:
    """Return the metrics of departments and pairs that got worse, so clearly that it is no luck among all looks."""
    confidence = 1 - (1 - CONFIDENCE) / looks
    found = {}
    for name, e in theirs.items():
        if e.mean is None or e.half_width is None:
            continue
        worse = e.mean if describe(name).better == "lower" else -e.mean
        if worse > e.half_width * t_half_width(1.0, e.n, confidence) / t_half_width(1.0, e.n):
            found[name] = worse
    return sorted(found, key=lambda name: -found[name])


def who(metrics: Sequence[str], theirs: Mapping[str, Estimate], labels: Mapping[str, str]) -> list[str]:
    """Name the departments and pairs that are worse off and by how much, those with the same trouble together."""
    alike: dict[tuple[str, str], dict[str, float]] = {}
    for metric in metrics:
        owner, _, what = metric.rpartition(".")
        name, _, asked = owner.partition("->")
        alike.setdefault((what, asked), {})[labels.get(name, name)] = theirs[metric].mean or 0.0
    said = []
    for (what, asked), changes in alike.items():
        form, unit = (".3f", "items an hour and person") if what == "items_per_hour" else (".1f", "h")
        ends = dict.fromkeys(f"{change:+{form}}" for change in (min(changes.values()), max(changes.values())))
        names, size = listed(list(changes)), f"({' to '.join(ends)} {unit})"
        if asked:
            said.append(f"{names} waiting for {labels.get(asked, asked)} {size}")
        elif what == "queue_wait_mean":
            said.append(f"orders queueing at {names} {size}")
        else:
            said.append(f"{names} by {'their' if len(changes) > 1 else 'its'} own figure {size}")
    return said


def departments(metrics: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """Return the departments behind metrics: for a pair the one that waits."""
    owners = (metric.rpartition(".")[0].partition("->")[0] for metric in metrics)
    return list(dict.fromkeys(labels.get(owner, owner) for owner in owners))


def listed(parts: Sequence[str]) -> str:
    """Join words as people do."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def customers(figures: Mapping[str, Estimate]) -> str:
    """Say what customers notice, or that it is nothing that can be told apart."""
    said: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for figure in CUSTOMER:
        e = figures[figure.metric]
        way = figure.verdict(e)
        said[way].append((figure.better if way > 0 else figure.worse).format(f"{abs(e.mean or 0.0):.1f}"))
    if not said[1] and not said[-1]:
        return f"customers notice {NOTHING}"
    return "customers " + ", but ".join(listed(parts) for parts in (said[1], said[-1]) if parts)


def held_fixed(free: Measured, held: Measured) -> str:
    """Say what the wait does with as many customers as today, if that is another verdict than with all who come."""
    verdicts = [WAIT.verdict(m.figures[WAIT.metric]) for m in (free, held)]
    if verdicts[0] == verdicts[1]:
        return ""
    said = {1: WAIT.better, -1: WAIT.worse, 0: f"see {NOTHING} in the wait"}[verdicts[1]]
    mean = abs(held.figures[WAIT.metric].mean or 0.0)
    return f" (with as many customers as today they {said.format(f'{mean:.1f}')})"


def money(each: Alone) -> str:
    """Say what a policy costs and what is left of the profit."""
    profit = each.free.figures["profit"]
    parts = [f"{each.free.policy_cost / 1000:.1f}k a year"] if each.free.policy_cost >= 1 else []
    parts += [f"{each.hours:.1f} hours a week of people's time"] if each.hours >= 0.05 else []
    price = f"it costs {listed(parts)}" if parts else "it costs nothing but pay"
    if not profit.is_clear:
        return f"{price}, and to the profit it does {NOTHING} ({PROFIT.shown(profit)}k a year)"
    verb = "rises" if (profit.mean or 0.0) > 0 else "falls"
    return f"{price}, and profit {verb} by {abs(profit.mean or 0.0):.0f}k ± {profit.half_width:.0f}k a year"


def sentence(each: Alone, looks: int, labels: Mapping[str, str]) -> str:
    """Say in one sentence what a policy did to the customer, what it cost and who is worse off."""
    free, held = worse_off(each.free.theirs, looks), worse_off(each.held.theirs, looks)
    both, of_free, of_held = (
        [name for name in free if name in held],
        [name for name in free if name not in held],
        [name for name in held if name not in free],
    )
    groups = [
        ("", who(both, each.free.theirs, labels)),
        ("with the customers that it brings or loses, ", who(of_free, each.free.theirs, labels)),
        ("with as many customers as today, ", who(of_held, each.held.theirs, labels)),
    ]
    worse = "; ".join(prefix + ", ".join(names) for prefix, names in groups if names) or "nobody who can be told apart"
    told = customers(each.free.figures) + held_fixed(each.free, each.held)
    return f"{told}; {money(each)}; worse off: {worse}."
