"""What nobody built in: a little flexibility is almost enough, and more of a good thing is not always better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.validate.facts_companies import LEVANTE, six_departments
from benchmarks.validate.facts_core import (
    ABOVE,
    DEFAULTS,
    Band,
    Data,
    Fact,
    Finding,
    Floats,
    Seen,
    Size,
    Way,
    found,
    merged,
    run_ways,
    settings,
)
from sim.policies import Policy, load_policy
from sim.policies.policy import Effect
from sim.units import HOURS_PER_YEAR

# X7: chains -----------------------------------------------------------------------------------------------

FLEXIBLE = (  # load, speed of help, coefficient of variation of work
    (0.8, 1.0, 1.0), (0.9, 1.0, 1.0), (0.9, 0.8, 1.0), (0.9, 0.7, 1.0), (0.8, 0.8, 1.0), (0.7, 1.0, 1.0),
    (0.8, 1.0, 0.5), (0.8, 1.0, 1.5), (0.9, 0.8, 1.5), (0.7, 0.7, 1.5),
)  # fmt: skip


def _queue_wait(seen: Seen) -> float:
    sums = seen.record.departments
    return float(sum(sums["waited"]) / sum(sums["left_queue"]) / 3_600_000.0)


def chaining(size: Size) -> list[Finding]:
    """Measure what a chain and closed pairs give of the benefit of full flexibility."""
    findings = []
    for i, (load, speed, cv) in enumerate(FLEXIBLE[: size.points]):
        patterns = ("dedicated", "pairs", "chain", "all")
        ways = {name: Way(six_departments(name, load, speed, cv)) for name in patterns}
        none, pairs, chain, everything = (v["wait"] for v in run_ways(ways, {"wait": _queue_wait}, size).values())
        setting = f"load {load:g}, help at {speed:g} of own speed, cv {cv:g}" + (f" ({DEFAULTS})" if i == 0 else "")
        findings += [
            found("chain: share of the benefit of full flexibility", setting, Band(0.80, 0.95),
                  (none, chain, everything), _benefit, "%"),
            found("closed pairs: the same", setting, Band(0.55, 0.65), (none, pairs, everything), _benefit, "%"),
            found("wait with pairs less wait with a chain [h]", setting, ABOVE, pairs - chain),
        ]  # fmt: skip
    return findings


def _benefit(dedicated: float, some: float, full: float) -> float:
    return (dedicated - some) / (dedicated - full)


# Interior bests -------------------------------------------------------------------------------------------


def value(seen: Seen) -> float:
    """Return profit over the window plus the value of the customer base at its end."""
    years = seen.scenario.time.horizon / HOURS_PER_YEAR
    return seen.metrics["profit"] * years + seen.metrics["customer_base_value"]


def interior(setting: str, levels: Sequence[float], values: Sequence[Floats], unit: str) -> list[Finding]:
    """Compare the best level inside with both ends.

    The best one is chosen on the replications of even number and compared on the others, so that the choice does not
    flatter it.
    """
    means = [float(v[::2].mean()) for v in values]
    best = 1 + int(np.argmax(means[1:-1]))
    where = f"best {levels[best]:g}{unit}; {setting}"
    inside = values[best][1::2]
    return [
        found("best inside less the least [k EUR]", where, ABOVE, (inside - values[0][1::2]) / 1000.0),
        found("best inside less the most [k EUR]", where, ABOVE, (inside - values[-1][1::2]) / 1000.0),
    ]


def _sweep(size: Size, levels: Mapping[float, Way], setting: str, data: Data, unit: str) -> list[Finding]:
    ways = {f"{x:g}": Way(merged(way.data, data), way.policies) for x, way in levels.items()}
    shown = run_ways(ways, {"value": value}, size)
    return interior(setting, list(levels), [shown[f"{x:g}"]["value"] for x in levels], unit)


HOUSE = (2, 8, 16, 24, 32, 48, 72)
TASTES: dict[str, list[str | float]] = {
    "promise.loss_per_day": [0.005, 0.007, 0.01],
    "promise.loss_curvature": [0.005, 0.01, 0.02],
    "pressure.residence": ["2.5 h", "5 h", "10 h"],
    "pressure.corners": [2, 4, 6],
    "churn.slope": [3.6, 7.2, 10.8],
    "satisfaction.weight_down": [0.2, 0.3, 0.4],
}


def promise(size: Size) -> list[Finding]:
    """Look for the best house figure of the promise."""
    levels = {float(h): Way(merged(LEVANTE, {"promise": {"house": f"{h} h"}})) for h in HOUSE}
    return [
        finding
        for setting, data in settings(size.points, TASTES, 11).items()
        for finding in _sweep(size, levels, setting, data, " h")
    ]


PEOPLE: dict[str, list[str | float]] = {
    "pressure.residence": ["2.5 h", "5 h", "10 h"],
    "pressure.corners": [2, 4, 6],
    "cooperation.trust": [0.3, 0.5, 0.7],
    "cooperation.detection": [0.5, 0.7, 0.9],
    "morale.overload": [0.4, 0.8, 1.6],
    "learning.retention": [0.9, 0.97, 0.99],
    "helping.efficiency": [0.6, 0.8, 0.95],
    "improvement.half_life": [120, 180, 270],
}
HOURS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def team(hours: float) -> Policy:
    """Return an improvement team whose members have so many hours a week, and follow up as much as that allows."""
    moved: tuple[tuple[str, str | float], ...] = (
        ("cooperation.reporting", 0.4624),
        ("improvement.capacity", hours * 10.0 / 3.0),
        ("service.representation", f"{hours:g} h"),
    )
    effects = tuple(Effect(parameter=name, change=change) for name, change in moved)
    return load_policy("improvement_team").model_copy(update={"name": f"team_{hours:g}", "effects": effects})


def team_size(size: Size) -> list[Finding]:
    """Look for the best number of hours of an improvement team."""
    levels = {h: Way(LEVANTE, ((team(h), 1.0),) if h else ()) for h in HOURS}
    return _over(size, levels, 12, " h")


def rotation(size: Size) -> list[Finding]:
    """Look for the best intensity of rotation."""
    return _over(size, {x: Way(LEVANTE, (("rotation", x),) if x else ()) for x in SHARES}, 13, "")


def breadth(size: Size) -> list[Finding]:
    """Look for the best share of people who are trained, in a chain and for all departments."""
    findings = []
    for pattern in ("chain", "all"):
        company = merged(LEVANTE, {"cross_training": {"pattern": pattern}})
        levels = {x: Way(company, (("cross_training", x),) if x else ()) for x in SHARES}
        findings += [
            Finding(f"{pattern}: {f.quantity}", f.setting, f.mean, f.half_width, f.n, f.band, f.unit)
            for f in _over(size, levels, 14, "")
        ]
    return findings


def _over(size: Size, levels: Mapping[float, Way], luck: int, unit: str) -> list[Finding]:
    return [
        finding
        for setting, data in settings(size.points, PEOPLE, luck).items()
        for finding in _sweep(size, levels, setting, data, unit)
    ]


WORTH = "Value: profit of two years and value of the customer base at their end; demand free."
SHAPES = (
    Fact(
        "X7", False,
        "A chain of cross-training gets 80 to 95 % of the benefit of full flexibility; the same skills in closed pairs "
        "about 60 % (55 to 65 %).",
        "Six departments of two people with customers of their own, work of 1 h; mean wait in a queue. At 10 settings.",
        chaining, Size(20, 10), Size(8, 1),
        "The bands come from exponential work at loads of 0.8 and 0.9. At a load of 0.7 pairs do a point better than "
        "the band, as there is less to gain from a third department; with slow help and very uneven work the chain "
        "comes to its lower edge. That a chain beats pairs does not depend on the setting.",
    ),
    Fact(
        "S5", False, "The promise has a best house figure between very short and very long ones.",
        f"levante, house figures of {', '.join(map(str, HOUSE))} h (customary: 11 h). {WORTH}",
        promise, Size(12, 8), Size(8, 1),
    ),
    Fact(
        "S9a", False, "An improvement team has a best size: hours of its members against what they follow up.",
        f"levante; {', '.join(f'{h:g}' for h in HOURS)} h a week of each department's representative, 10 faults a week "
        f"for each 3 h, reporting 0.5. {WORTH}",
        team_size, Size(16, 8), Size(10, 1),
        "Sixteen hours a week are worse than the best few in every setting. That a team pays at all is not sure "
        "where few faults are removed for the hours (half-life of 270 faults).",
    ),
    Fact(
        "S9b", False, "Rotation has a best intensity: some is better than none and than all of it.",
        f"levante, policy rotation at 0, 25, 50, 75, 100 %. {WORTH}",
        rotation, Size(20, 8), None,
        "Costs and effects of the policy file both grow in proportion to its intensity, and first losses fade within "
        "weeks, so nothing makes the last quarter worse than the first: an interior best would have to come from "
        "forgetting or from the square in the cost of attention, which is small for one policy. The parameters of the "
        "policy (grade D), not the engine, would have to say that too much rotation costs more than in proportion.",
    ),
    Fact(
        "S9c", False, "Cross-training has a best breadth: some of the people are better than none and than all.",
        f"levante, policy cross_training at 0, 25, 50, 75, 100 %, in a chain and for all four departments. {WORTH}",
        breadth, Size(12, 5), None,
        "The last people trained add little (the benefit is concave) but also cost little: 5 EUR a week and 1.25 % of "
        "working time, the same whether for one other department or for three. Skills that fade unused weigh too "
        "little to turn the curve. What holds is that the first half of the training gives most of the benefit.",
    ),
)  # fmt: skip
