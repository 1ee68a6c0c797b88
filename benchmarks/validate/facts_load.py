"""What nobody built in: overload that lasts in standards, load that speeds up and tires."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.validate.facts_companies import AFTER, BEFORE, FROZEN, pulse, two_offices
from benchmarks.validate.facts_core import (
    ABOVE,
    BELOW,
    Band,
    Data,
    Fact,
    Finding,
    Measure,
    Seen,
    Size,
    Way,
    found,
    merged,
    metric,
    run_ways,
    settings,
)
from sim.policies import load_policy
from sim.policies.policy import Effect

RECOVERIES = ("10000000 h", "19 weeks")
"""Never (Oliva & Sterman 2001), and in the time of erosion."""

NONE = Band(-0.005, 0.005)


def _weekly(seen: Seen, of: Callable[[Any], Any], begin: int, end: int) -> float:
    """Return the mean over departments and weeks of what a function makes of the weekly states; weeks from 0."""
    states = seen.record.states
    week = states["begin"] // (168 * 3_600_000)
    return float(np.mean(of(states[(week >= begin) & (week < end)])))


# S1: a temporary overload leaves a lower standard ----------------------------------------------------------

PULSES = ((0.2, 13), (0.1, 26))
ERODED: dict[str, list[str | float]] = {
    "pressure.residence": ["2.5 h", "5 h", "10 h"],
    "pressure.corners": [2, 4, 6],
    "pressure.sensitivity": [0.49, 0.64, 0.75],
    "pressure.smoothing": ["10 h", "20 h", "40 h"],
    "pressure.fatigue": [0.05, 0.1, 0.2],
}


def erosion(size: Size) -> list[Finding]:
    """Compare the standard two years after the beginning of a pulse with the standard without it."""
    findings = []
    standard = _between(lambda states: states["standard"], BEFORE + 100, BEFORE + AFTER)
    for load in (0.90, 0.93):
        for setting, data in settings(size.points, ERODED, round(100 * load)).items():
            where = f"load {load:.2f}; {setting}"
            ways = {
                f"{recovery} {more}": Way(_recovering(two_offices(), data, recovery), (), pulse(load, more, weeks))
                for recovery in RECOVERIES
                for more, weeks in ((0.0, 0), *PULSES)
            }
            shown = run_ways(ways, {"standard": standard}, size)
            for more, weeks in PULSES:
                never, same = (shown[f"{r} {more}"]["standard"] - shown[f"{r} 0.0"]["standard"] for r in RECOVERIES)
                text = f"+{100 * more:.0f} % for {weeks} weeks"
                findings += [
                    found(f"standard after {text}, recovery never", where, BELOW, never, unit="%"),
                    found(f"size of that, {text}", where, Band(-0.08, -0.03), never, unit="%"),
                    found(f"standard after {text}, recovery as fast as erosion", where, NONE, same, unit="%"),
                ]
    return findings + _erosion_in_levante(size)


def _erosion_in_levante(size: Size) -> list[Finding]:
    """Do the same in a company in which queues come and go: work takes 10 % longer for a time, then no longer."""
    slow = load_policy("training").model_copy(
        update={
            "name": "slow_for_a_time", "takes_attention": False,
            "effects": (Effect(parameter="service.pace", change=-0.105, ramp=0.0, half_life="8 weeks"),),
        }
    )  # fmt: skip
    standard = _between(lambda states: states["standard"][states["department"] < 4], 52 + 91, 52 + 104)
    findings = []
    for setting, data in settings(size.points, ERODED, 5).items():
        ways = {
            f"{recovery} {len(policies)}": Way(_recovering(FROZEN, data, recovery), policies)
            for recovery in RECOVERIES
            for policies in ((), ((slow, 1.0),))
        }
        shown = run_ways(ways, {"standard": standard}, size)
        never, same = (shown[f"{r} 1"]["standard"] - shown[f"{r} 0"]["standard"] for r in RECOVERIES)
        name = "levante: standard two years after a slow start"
        findings += [
            found(f"{name}, recovery never", setting, BELOW, never, unit="%"),
            found(f"{name}, recovery as fast as erosion", setting, NONE, same, unit="%"),
        ]
    return findings


def _recovering(company: Data, data: Data, recovery: str) -> Data:
    return merged(company, data, {"pressure": {"recovery": recovery}})


# S2: a jump in load speeds up, lasting load tires ----------------------------------------------------------


def _fatigue(seen: Seen, states: Any) -> Any:
    numbers = seen.world.people.numbers
    return 1.0 + numbers.fatigue * np.maximum(0.0, states["load"] - numbers.overload) / (1.0 - numbers.overload)


def _tired(seen: Seen, states: Any) -> Any:
    """Return how much slower people are than their pace and standard say: fatigue over the speed of morale."""
    numbers = seen.world.people.numbers
    return _fatigue(seen, states) / (1.0 + numbers.morale_speed * (states["morale"] - numbers.morale_neutral))


def _duration(seen: Seen, states: Any) -> Any:
    """Return the time that work takes, relative to the designed one."""
    return states["standard"] * states["pace"] * _tired(seen, states)


def _in_weeks(of: Callable[[Seen, Any], Any], begin: int, end: int) -> Measure:
    return lambda seen: _weekly(seen, lambda states: of(seen, states), begin, end)


def load_and_speed(size: Size) -> list[Finding]:
    """Compare time per piece of work and errors after a jump of demand that lasts a year with those without it."""
    findings = []
    levels = {name: ERODED[name] for name in ("pressure.residence", "pressure.corners", "pressure.fatigue")}
    levels["morale.overload"] = [0.4, 0.8, 1.6]
    periods = {"soon": (2, 9), "later": (26, 52)}
    measures: dict[str, Measure] = {"errors": metric("incomplete_share")}
    for period, (begin, end) in periods.items():
        for name, of in (("duration", _duration), ("tired", _tired)):
            measures[f"{name} {period}"] = _in_weeks(of, BEFORE + begin, BEFORE + end)
    for setting, data in settings(size.points, levels, 2).items():
        company = merged(two_offices(), {"morale": {}}, data)
        ways = {name: Way(company, (), pulse(0.85, more, 52)) for name, more in (("even", 0.0), ("jump", 0.2))}
        shown = run_ways(ways, measures, size)
        gap = {name: shown["jump"][name] - shown["even"][name] for name in measures}
        net = gap["duration later"] - gap["duration soon"]
        findings += [
            found("time per piece, weeks 2-9 after the jump", setting, BELOW, gap["duration soon"], unit="%"),
            found("slowing by fatigue and morale, weeks 26-52", setting, ABOVE, gap["tired later"], unit="%"),
            found("time per piece, weeks 26-52 less weeks 2-9", setting, ABOVE, net, unit="%"),
            found("incomplete hand-offs, all weeks", setting, ABOVE, gap["errors"], unit="pp"),
        ]
    return findings


def _between(of: Callable[[Any], Any], begin: int, end: int) -> Measure:
    return lambda seen: _weekly(seen, of, begin, end)


def tipping(size: Size) -> list[Finding]:
    """Find the share of time occupied at which fatigue slows people by 1 %, over companies of even load."""
    loads = (0.80, 0.84, 0.88, 0.92, 0.96)
    levels = {name: ERODED[name] for name in ("pressure.residence", "pressure.fatigue", "pressure.sensitivity")}
    measures = {
        "busy": _between(lambda states: states["load"], BEFORE, 65),
        "slower": lambda seen: _weekly(seen, lambda states: _fatigue(seen, states) - 1.0, BEFORE, 65),
    }
    findings = []
    for setting, data in settings(size.points, levels, 3).items():
        ways = {f"{load}": Way(merged(two_offices(), data), (), pulse(load, 0.0, 0)) for load in loads}
        shown = run_ways(ways, measures, size)
        curves = [shown[name][measure] for measure in measures for name in ways]
        name = "share of time occupied at which people are 1 % slower"
        findings.append(found(name, setting, Band(0.85, 0.95), curves, _where_one_percent))
    return findings


def _where_one_percent(*curves: float) -> float:
    """Return where the second half of the numbers, over the first, passes 0.01."""
    busy, slower = np.array_split(np.array(curves), 2)
    if slower.max() < 0.01:
        return float("nan")
    return float(np.interp(0.01, slower, busy))


OFFICES = "Two offices of 20 in a row, exponential work of 2 h, office hours, demand from made-up order files"
LOAD = (
    Fact(
        "S1", False,
        "A temporary overload leaves a permanently lower standard (3 to 8 %) where standards never recover, and none "
        "where they recover as fast as they erode.",
        f"{OFFICES}: load 0.90 or 0.93, then a pulse; standard in weeks 100 to 117 after its beginning, less the one "
        "without a pulse (the same orders and luck). Then levante, demand frozen: work takes 10 % longer at first, "
        "halving every 8 weeks; weeks 91 to 104.",
        erosion, Size(10, 6), None,
        "The sign is robust in the calm company; the size is smaller where people feel pressed late only "
        "(pressure.residence 10 h): a pulse of 13 weeks is then half over before anybody hurries. Where queues come "
        "and go anyway (levante) a standard that never recovers falls without any pulse, too, at every chance queue, "
        "so that the pulse mostly brings forward what comes to pass anyway, and less than 1 % is left of it: a "
        "ratchet. 'Never' and random queues do not go together for long; hence the default of 104 weeks.",
    ),
    Fact(
        "S2", False,
        "A jump in load speeds people up; lasting load tires them and raises errors; the tipping point is near 93 % of "
        "time occupied.",
        f"{OFFICES}: load 0.85, then a fifth more for a year; with morale. Time per piece is standard x pace x fatigue "
        "/ speed of morale. Tipping: even loads of 0.80 to 0.96.",
        lambda size: load_and_speed(size) + tipping(size), Size(10, 8), None,
        "People speed up as soon as they feel pressed, which with pressure.residence at 10 h takes some nine weeks. "
        "What tires them is there, but it does not slow them on balance while the overload lasts: the longer queue "
        "and the eroding standard speed them up by more, because all orders are served in the end and the speed must "
        "rise to the demand. KC & Terwiesch 2009 compare people at equal present load; in those terms (the row on "
        "slowing) the fact holds. The statement about the net time is at fault for a department that cannot turn "
        "work away, or else the model lacks exhaustion strong enough to let queues grow without bound.",
    ),
)  # fmt: skip
