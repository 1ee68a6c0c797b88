"""What was built in, and must come out of whole runs again: improvement, recovery, turnover and standards, morale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.validate.facts_core import (
    ABOVE,
    DEFAULTS,
    ZERO,
    Band,
    Data,
    Fact,
    Finding,
    Seen,
    Size,
    Way,
    found,
    merged,
    metric,
    run_ways,
)

LEVANTE: Data = {"extends": "levante", "time": {"warm_up": "26 weeks", "horizon": "104 weeks"}}
FROZEN: Data = merged(LEVANTE, {"demand": {"frozen": True}})
HOUR = 3_600_000.0


# S7: the half-life of improvement -------------------------------------------------------------------------


def _decline(seen: Seen, weeks: int) -> tuple[float, float]:
    """Return slope (per week) and R2 of the logarithm of what is left to improve, over the first weeks."""
    left = np.log2(seen.record.weeks["improvable"][: weeks + 1])
    at = np.arange(len(left))
    if np.ptp(left) == 0.0:
        return 0.0, 0.0
    return float(np.polyfit(at, left, 1)[0]), float(np.corrcoef(at, left)[0, 1] ** 2)


def half_life(size: Size) -> list[Finding]:
    """Compare what is left to improve under blame (7 % reported) and without (50 %)."""
    company = merged(FROZEN, {"time": {"warm_up": "0 weeks"}, "improvement": {"capacity": 100}})
    ways = {f"{share}": Way(merged(company, {"cooperation": {"reporting": share}})) for share in (0.07, 0.25, 0.5)}
    measures = {
        "early": lambda seen: _decline(seen, 26)[0],
        "slope": lambda seen: _decline(seen, 104)[0],
        "fit": lambda seen: _decline(seen, 104)[1],
    }
    shown = run_ways(ways, measures, size)
    findings = [
        found("R2 of log2(what is left) on weeks, two years", f"reporting {name}", Band(0.95, 1.0), shown[name]["fit"])
        for name in ways
    ]
    for period, key in (("first half-year", "early"), ("two years", "slope")):
        slow, middle, fast = (shown[name][key] for name in ways)
        findings += [
            found(f"speed at reporting 0.5 / at 0.07 (7.1), {period}", DEFAULTS, Band(6.0, 8.2), (fast, slow), _ratio),
            found(f"speed at reporting 0.25 / at 0.07 (3.6), {period}", DEFAULTS, Band(3.0, 4.1), (middle, slow),
                  _ratio),
        ]  # fmt: skip
    return findings


def _ratio(one: float, other: float) -> float:
    return one / other


# S8: who stays after a problem ----------------------------------------------------------------------------

RECOVERY: Data = {
    "time": {"warm_up": "1 week", "horizon": "156 weeks", "drain": "26 weeks"},
    "departments": {
        "front": {"staff": 200},
        "back": {"staff": 200},
        "complaints": {"staff": 200},
    },
    "routes": {
        "only": [
            {"step": "take", "department": "front", "work": {"mean": "0.1 h", "cv": 1}},
            {"step": "make", "department": "back", "work": {"mean": "0.1 h", "cv": 1}, "delivers": True},
        ]
    },
    "orders": {"only": {"route": "only", "value": {"mean": 1, "cv": 0}}},
    "demand": {"kind": "customers", "customers": 6000, "orders_per_customer": "2 per year"},
    "churn": {"hazard": 0, "walkout": 1},
    "problems": {"serious": 0.5, "told_minor": 0.75, "told_serious": 0.75},
    "complaints": {"department": "complaints", "work": {"mean": "16 h", "cv": 1}},
    "cooperation": {"completeness": 0.5, "detection": 0, "find_later": 0, "handoff_work": 0},
}
TARP = {
    "minor, not told": 0.37, "minor, told, answered too late": 0.46, "minor, satisfied": 0.70,
    "minor, satisfied quickly": 0.95, "serious, not told": 0.09, "serious, told, answered too late": 0.19,
    "serious, satisfied": 0.54, "serious, satisfied quickly": 0.82,
}  # fmt: skip


def _stayed(serious: int, way: int) -> Callable[[Seen], float]:
    """Return the measure: share of customers whose order had this problem who ordered again rather than leave."""

    def measure(seen: Seen) -> float:
        orders = np.sort(seen.record.orders, order=["customer", "placed"])
        gone = seen.record.customers["customer"][seen.record.customers["left"] >= 0]
        again = np.append(orders["customer"][1:] == orders["customer"][:-1], False)
        known = again | np.isin(orders["customer"], gone)
        hours = (orders["complaint_answered"] - orders["complained"]) / HOUR
        told = orders["told"] == 1
        kind = np.where(~told, 0, np.where(hours <= 8.0, 3, np.where(hours <= 24.0, 2, 1)))
        answered = ~told | (orders["complaint_answered"] >= 0)
        chosen = known & answered & (orders["problem"] == 1 + serious) & (kind == way)
        return float(again[chosen].mean())

    return measure


def recovery(size: Size) -> list[Finding]:
    """Count who orders again after each kind of problem and answer, where nobody leaves for another reason."""
    measures = {name: _stayed(i // 4, i % 4) for i, name in enumerate(TARP)}
    shown = run_ways({"all": Way(RECOVERY)}, measures, size)["all"]
    return [
        found(f"{name}: stay (TARP {100 * share:.0f} %)", DEFAULTS, Band(share - 0.02, share + 0.02), shown[name],
              unit="%")
        for name, share in TARP.items()
    ]  # fmt: skip


# S6: turnover hurts where standards are weak --------------------------------------------------------------

ALONE: Data = {
    "pressure": {"sensitivity": 0, "fatigue": 0}, "morale": {"errors": 0, "speed": 0},
    "demand": {"orders_per_customer": "9 per year"},
}  # fmt: skip
LITTLE, MUCH = "0.05 per year", "0.3 per year"


def turnover(size: Size) -> list[Finding]:
    """Compare little and much turnover, without and with shared standards; alone, and among all mechanisms."""
    findings = []
    for name, data in (("nothing else acts", ALONE), ("all mechanisms act", Data()))[: size.points]:
        ways = {
            f"{rate}, {kept}": Way(merged(FROZEN, data, {"turnover": {"rate": rate, "conformance": kept}}))
            for rate in (LITTLE, MUCH)
            for kept in (0, 1)
        }
        shown = run_ways(ways, {"incomplete": metric("incomplete_share")}, size)
        value = {key: shown[key]["incomplete"] for key in ways}
        weak = value[f"{MUCH}, 0"] - value[f"{LITTLE}, 0"]
        strong = value[f"{MUCH}, 1"] - value[f"{LITTLE}, 1"]
        findings += [
            found("effect of turnover on incomplete hand-offs, no standards", name, ABOVE, weak, unit="pp"),
            found("the same, less the effect where standards are kept", name, ABOVE, weak - strong, unit="pp"),
        ]
        if data:
            none = Band(-0.005, 0.005)
            findings.append(found("effect of turnover where standards are kept", name, none, strong, unit="pp"))
    return findings


# S12: morale acts through service only --------------------------------------------------------------------

CLAMPED: Data = merged(LEVANTE, {"morale": {"speed": 0, "errors": 0, "resignations": 0}})
OF_CUSTOMERS = {
    "mean wait": "wait_mean", "promises kept": "promise_kept_share", "orders with a problem": "problem_share",
    "churn": "churn_per_year", "satisfaction": "satisfaction_mean", "customers at the end": "customers_end",
    "profit": "profit",
}  # fmt: skip


def clamped(size: Size) -> list[Finding]:
    """Compare low and high morale where morale moves neither speed nor errors nor resignations."""
    weights = ("overload", "late", "disputes", "vacancies")
    ways = {
        name: Way(merged(CLAMPED, {"morale": dict.fromkeys(weights, size_of_all)}))
        for name, size_of_all in (("low", 10), ("high", 0))
    }
    measures = {name: metric(of) for name, of in {**OF_CUSTOMERS, "morale": "morale_mean"}.items()}
    shown = run_ways(ways, measures, size)
    gap = {name: shown["high"][name] - shown["low"][name] for name in measures}
    return [
        found("morale: high less low", DEFAULTS, ABOVE, gap["morale"]),
        *(found(f"{name}: high less low morale", DEFAULTS, ZERO, gap[name]) for name in OF_CUSTOMERS),
    ]


BUILT_IN = (
    Fact(
        "S7", True, "Improvement halves what is left in a constant time; blame slows it by the share that is reported.",
        "levante, demand frozen, two years, up to 100 reported faults a week followed up; paired by replication.",
        half_life, Size(40), None,
        "The ratio is that of the shares reported at first. Later the quicker improver has fewer faults left that "
        "could be reported, so its lead shrinks: over two years about five times instead of seven. The rule itself (a "
        "half for each 180 reported faults) is exact; 'seven times slower' holds for the first months only.",
    ),
    Fact(
        "S8", True, "Who stays after a problem is what the service-recovery table says (TARP), within 2 points.",
        "A company in which every second order has a problem, half of them serious, and in which nothing but a problem "
        "makes customers leave; shares of those who order again, over three years.",
        recovery, Size(32), Size(20),
    ),
    Fact(
        "S6", True, "Turnover makes hand-offs worse where standards are weak, and not where they are kept.",
        "levante, demand frozen, 5 % against 30 % turnover a year, without standards against full conformance; alone "
        "(no pressure, morale without effect on errors and speed, 9 orders a year), then with all mechanisms.",
        turnover, Size(24, 2), Size(12),
    ),
    Fact(
        "S12", True, "Morale has no effect on customers where speed, errors and resignations are clamped.",
        "levante with the three effects of morale at 0; all that weighs on morale at 0 against 10 (log-odds); "
        "exact zeros.",
        clamped, Size(12), Size(2),
    ),
)  # fmt: skip
