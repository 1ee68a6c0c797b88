"""Random companies, as plain data: small, and with everything that one can have, some of it left out.

Together with `random_routes`, `random_demand` and `random_people` they use every part of the model; a test says so.
"""

from __future__ import annotations

from benchmarks.validate.random_demand import random_demand
from benchmarks.validate.random_people import random_people, random_people_of
from benchmarks.validate.random_routes import Choice, Data, random_route, random_work
from sim.orders import OrderRow

NAMES = ("quay", "mill", "forge", "loft", "yard")
CALENDARS: Data = {
    "office": {"weekdays": "9:00-17:00", "holidays": ["2024-01-03", "03-04"]},
    "split": {"weekdays": "9:00-14:00, 16:00-19:00", "saturday": "10:00-14:00"},
    "nights": {"weekdays": "0:00-6:00, 22:00-24:00", "saturday": "0:00-6:00", "holidays": ["2024-01-02"]},
    "mornings": {"weekdays": "8:00-12:00"},
    "afternoons": {"weekdays": "12:00-16:00"},
    "weekend": {"saturday": "0:00-24:00", "sunday": "0:00-24:00", "wednesday": "17:00-24:00"},
}
"""Some never overlap, some touch, one goes on over midnight, one over whole days."""
SHARES = (0.0, 0.3, 0.7, 1.0)


def random_company(choose: Choice) -> tuple[Data, tuple[OrderRow, ...]]:
    """Return a company as in a scenario file, and real orders if it takes its demand from a file.

    A third of them live on a grid of half hours, where many things happen at the same instant.
    """
    grid = choose((False, False, True))
    names = list(NAMES[: choose((2, 3, 4, 5, 1))])
    quoting = choose((False, True))
    pool = ["always"] if grid and choose((True, False)) else ["always", *CALENDARS, "always", "office"]
    routes = {f"r{i}": random_route(choose, names, quoting, grid) for i in range(choose((1, 2)))}
    kinds = [choose(sorted(routes)) for _ in range(choose((1, 2, 3)))]
    orders = {f"k{i}": _order(choose, route, len(kinds), grid) for i, route in enumerate(kinds)}
    demand, rows = random_demand(choose, list(orders), grid)
    company: Data = {
        "name": "random",
        "start": choose(("2024-01-01", "2024-02-29", "2023-12-30")),
        "time": {
            "warm_up": choose(("0 h", "36 h", "1 week", "9 days")[: 2 if rows else 4]),
            "horizon": choose(("1 week", "11 days", "3 weeks", "2 weeks", "20 h")),
            "drain": choose(("1 week", "12 weeks", "30 h", "0 h")),
        },
        "calendars": CALENDARS,
        "calendar": choose(pool),
        "departments": {name: _department(choose, names[i + 1 :], pool, grid) for i, name in enumerate(names)},
        "routes": routes,
        "orders": orders,
        "demand": demand,
        "cooperation": _cooperation(choose, names, grid),
        "service": {"variability": choose((1, 0.5, 2)), "failures": choose((1, 3)), "attention": choose((0.0006, 0))},
        "problems": _problems(choose),
        **_promise(choose, names, quoting, grid),
        **_aftercare(choose, names, grid),
    }
    if demand["kind"] == "customers" and choose((True, False)):
        company |= _coming_and_going(choose)
    if choose((True, True, False)):
        company |= random_people(choose, names, grid)
    if len(names) > 1 and choose((False, True, True)):
        company["cross_training"] = _training(choose, names)
        company["helping"] = {"trained_share": choose((1.0, 0.3, 0.7)), "efficiency": choose((1.0, 0.8, 1.25))}
    return company, rows


def _order(choose: Choice, route: str, kinds: int, grid: bool) -> Data:
    return {
        "route": route, "share": 1 / kinds, "priority": choose((0, 1, 5)),
        "value": {"mean": 100, "cv": choose((0, 0.5))}, "complexity_cv": 0 if grid else choose((0, 0.3)),
    }  # fmt: skip


def _department(choose: Choice, others: list[str], calendars: list[str], grid: bool) -> Data:
    """Return a department; one of the others may block its people."""
    found: Data = {
        "staff": choose((2, 1, 3, 5)), "calendar": choose(calendars),
        "discipline": choose(("cooperative", "cooperative", "fifo", "priority")),
        "cooperation": {
            "responsiveness": choose(SHARES), "alignment": choose(SHARES), "escalation": choose(("6 h", "0 h", "1 h")),
            "excuse": choose((0.1, 0, 3)), "agreed_share": choose((0.0, 0.5, 1.0)),
            "agreed_age": choose(("8 h", "1 h", "0 h")), "handoff_work": choose(("0 h", "0 h", "0.5 h")),
        },
    }  # fmt: skip
    if choose((False, True)):
        found["own_work"] = {"load": choose((0.1, 0.4, 1.2)), "work": random_work(choose, grid)}
        if choose((True, False)):
            found["own_work"]["dropped_after"] = choose(("8 h", "1 h", "0 h"))
    if others and choose((False, True)):
        source, rate = choose(others), choose((0.1, 0.02, 1))
        found["worker_needs"] = {"from": source, "rate": rate, "work": random_work(choose, grid)}
    if not grid and choose((False, True)):
        found["service"] = {"pace": choose((1.0, 1.1, 0.7)), "overhead": choose((0.0, 0.1))}
    if choose((False, True)):
        found["helping"] = {"trained_share": choose(SHARES)}
    return found | random_people_of(choose)


def _cooperation(choose: Choice, names: list[str], grid: bool) -> Data:
    """Return how departments treat each other: often badly, so that there is something to see."""
    found: Data = {
        "completeness": choose((0.5, 0.8, 0.0, 1.0)), "detection": choose(SHARES), "find_later": choose(SHARES),
        "trust": choose(SHARES), "reporting": choose(SHARES), "visibility": choose(SHARES),
        "setup": choose(("0.5 h", "0 h")), "switching": choose(("0.5 h", "0 h")), "dispute": choose(("1 h", "0 h")),
        "clarification": choose(("0.5 h", "1 h", "0 h")), "clarification_cv": 0 if grid else choose((1, 0)),
        "redo_share": choose((0.5, 1.0, 0.0)), "request_due": choose(("8 h", "1 h", "0 h")),
        "clarification_due": choose(("16 h", "1 h")), "enquiry_interval": choose(("4 h", "0.1 h")),
    }  # fmt: skip
    if len(names) > 1 and choose((False, True)):
        found["pairs"] = {f"{names[0]}->{names[1]}": {"completeness": 0.2, "trust": choose(SHARES), "detection": 0.5}}
    return found


def _promise(choose: Choice, names: list[str], quoting: bool, grid: bool) -> Data:
    """Return what is promised, and who answers customers to whom it was not kept."""
    if not quoting and choose((False, True)):
        return {}
    promise: Data = {
        "house": choose(("8 h", "3 h", "40 h", "0 h")), "capacity_awareness": choose((0.0, 0.5, 1.0)),
        "floor": choose(("2 h", "0 h")), "gain": choose((0.2, 2)), "memory": choose((0.005, 0.5, 1)),
        "quote_work": choose(("0 h", "0.5 h")), "acceptance": choose((0.85, 1.0)),
        "loss_per_day": choose((0.007, 0.007, 0.3)),
    }  # fmt: skip
    if choose((True, False)):
        promise["customary"] = "6 h"
    if choose((False, True)):
        return {"promise": promise}
    work, question = random_work(choose, grid), random_work(choose, grid)
    return {"promise": promise, "enquiries": {"department": choose(names), "work": work, "question": question}}


def _problems(choose: Choice) -> Data:
    return {
        "serious": choose(SHARES), "told_minor": choose(SHARES), "told_serious": choose(SHARES),
        "quick": choose(("8 h", "0 h")), "in_time": choose(("24 h", "8 h")),
    }  # fmt: skip


def _aftercare(choose: Choice, names: list[str], grid: bool) -> Data:
    """Return how long customers wait, how they judge, and who answers their complaints."""
    found: Data = {}
    if choose((False, False, True)):
        found["patience"] = {"scale": choose(("8 h", "30 h", "2 h", "0 h")), "shape": choose((1.2, 20, 0.5))}
    if choose((True, False)):
        found["complaints"] = {"department": choose(names), "work": random_work(choose, grid)}
        if choose((True, False)):
            payer, chance = choose(names), choose((0.7, 1.0))
            refund = {"department": payer, "probability": chance, "work": random_work(choose, grid), "amount": 10}
            found["complaints"]["refund"] = refund
    if choose((False, True)):
        start, down, up = choose((0.5, 0.95)), choose(SHARES), choose(SHARES)
        found["satisfaction"] = {"start": start, "weight_down": down, "weight_up": up}
    return found


def _coming_and_going(choose: Choice) -> Data:
    return {
        "churn": {"hazard": choose(("2 per year", "50 per year")), "walkout": choose(SHARES)},
        "newcomers": {
            "marketing": choose(("0 per year", "300 per year", "3000 per year")), "delighted": choose((0.5, 0.9)),
            "referral": choose(("20 per year", "0 per year")), "saturation": choose((2, 1.05, 100)),
        },
    }  # fmt: skip


def _training(choose: Choice, names: list[str]) -> Data:
    """Return who could help whom."""
    pattern = choose(("all", "chain", "pairs", "list"))
    if pattern == "list":
        helps = {names[0]: names[1:], names[-1]: names[:1]} if len(names) > 2 else {names[0]: names[1:]}
        return {"pattern": pattern, "helps": helps}
    return {"pattern": pattern, "departments": names[: len(names) - (pattern == "pairs") * (len(names) % 2)]}
