"""Which mechanisms of the model a scenario uses, and where: decided from the scenario alone, without a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sim.scenario.company import Scenario
from sim.scenario.flow import branches, reachable
from sim.scenario.mechanisms_of_people import people
from sim.scenario.orders import CustomerDemand, FileDemand, Step, StreamDemand

Pair = tuple[str, str]
Places = bool | tuple[str, ...] | tuple[Pair, ...]
"""Where a mechanism is at work: in the company (yes or no), in departments, or between sender and receiver."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the orders of a scenario go: routes that no order type takes and steps that none reaches are left out."""

    steps: tuple[Step, ...]
    departments: tuple[str, ...]
    """Those that do steps."""
    handoffs: tuple[Pair, ...]
    """Who hands an order to whom, directly or by a transport."""
    finders: dict[Pair, tuple[str, ...]]
    """By hand-off: the departments that may find later what nobody noticed."""


def ways(scenario: Scenario) -> Ways:
    """Return where orders go."""
    file = isinstance(scenario.demand, FileDemand)
    used = dict.fromkeys(kind.route for kind in scenario.orders.values() if file or kind.share > 0)
    steps: list[Step] = []
    finders: dict[Pair, dict[str, None]] = {}
    for route in used:
        every = scenario.routes[route]
        number = {step.step: i for i, step in enumerate(every)}

        def after(name: str, every: tuple[Step, ...] = every, number: dict[str, int] = number) -> list[Step]:
            return [
                every[number[other]] for other in sorted(reachable(every, name) & set(number), key=number.__getitem__)
            ]

        met = reachable(every, every[0].step) | {every[0].step}
        here = [step for step in every if step.step in met]
        steps += here
        for step in here:
            if step.department is None:
                continue
            for receiver in _next_at_work(every, number, step.step):
                if receiver.department not in (None, step.department):
                    pair = (step.department, str(receiver.department))
                    found = finders.setdefault(pair, {})
                    found.update(
                        dict.fromkeys(str(s.department) for s in (receiver, *after(receiver.step)) if s.department)
                    )
    departments = dict.fromkeys(step.department for step in steps if step.department is not None)
    return Ways(tuple(steps), tuple(departments), tuple(finders), {pair: tuple(f) for pair, f in finders.items()})


def _next_at_work(steps: tuple[Step, ...], number: dict[str, int], name: str) -> list[Step]:
    """Return the department steps that can come next, with nothing but transports in between."""
    found: dict[str, Step] = {}
    seen: set[str] = set()
    open_ends = [name]
    while open_ends:
        for other in branches(steps, number[open_ends.pop()]):
            if other in number and other not in seen:
                seen.add(other)
                step = steps[number[other]]
                if step.department is None:
                    open_ends.append(other)
                else:
                    found[other] = step
    return list(found.values())


def mechanisms(scenario: Scenario, moved: Collection[str] = ()) -> dict[str, Places]:
    """Return where each mechanism is at work in a scenario.

    A mechanism is used when the scenario has what it works on: who hands over to whom follows from the routes
    that order types take, who is asked from needs and blocked people, whether customers chase from `enquiries`
    and a promise, and so on. A share of 0 or 1 that switches a mechanism off ends what depends on it: with a
    completeness of 100 % nothing is clarified, with a detection of 100 % nothing is redone. What policies
    can switch on counts only if the scenario itself puts one in force.

    Parameters
    ----------
    scenario : Scenario
        What is given.
    moved : collection of str
        Parameters moved by the policies that the scenario puts in force, with 'service.attention' among them if
        they take attention.
    """
    flow = ways(scenario)

    def above_zero(name: str, department: str | None = None, pair: Pair | None = None) -> bool:
        return name in moved or scenario.parameter(name, department, pair) > 0

    def below_one(name: str, pair: Pair | None = None) -> bool:
        return scenario.parameter(name, pair=pair) < 1

    leaky = tuple(p for p in flow.handoffs if below_one("cooperation.completeness", p))
    noticed = tuple(p for p in leaky if above_zero("cooperation.detection", pair=p))
    hidden = tuple(p for p in leaky if below_one("cooperation.detection", p))
    found = bool(hidden) and above_zero("cooperation.find_later")
    blaming = tuple(dict.fromkeys((p[0], f) for p in hidden for f in flow.finders[p] if f != p[0])) if found else ()
    disputed = any(below_one("cooperation.trust", p) for p in blaming)
    everything: dict[str, Places] = {
        "always": True,
        "departments": tuple(scenario.departments),
        "paid people": any(department.pay_share > 0 for department in scenario.departments.values()),
        "invoices": any(step.invoices for step in flow.steps),
        "attention": "service.attention" in moved,
        "hand-offs": flow.handoffs,
        "senders": tuple(dict.fromkeys(sender for sender, _ in flow.handoffs)),
        "incomplete hand-offs": leaky,
        "clarifications": bool(noticed),
        "unnoticed defects": bool(hidden),
        "redo": found,
        "trust": blaming,
        "disputes": disputed,
    }
    everything |= _promises(scenario, flow, above_zero("promise.capacity_awareness"))
    everything |= _problems(scenario, flow, bool(hidden) and below_one("cooperation.find_later"), moved)
    everything |= _customers(scenario, flow, bool(everything["problems"]))
    skilled = scenario.cross_training.skills() if scenario.cross_training is not None else {}
    everything["second skills"] = helpers = tuple(name for name, others in skilled.items() if others)
    everything["helping"] = any(above_zero("helping.trained_share", name) for name in helpers)
    everything |= _requests(scenario, flow, moved, noticed, everything)
    return everything | people(scenario, moved, everything)


def _promises(scenario: Scenario, flow: Ways, aware: bool) -> dict[str, Places]:
    house = scenario.promise.house
    quoted = house is not None and any(step.quotes for step in flow.steps)
    customary = scenario.promise.customary
    beyond = (house - customary) / 8.0 if house is not None and customary is not None else 0.0
    forecasts = quoted and aware
    return {
        "house promise": house is not None,
        "promises": house is not None
        or (isinstance(scenario.demand, FileDemand) and scenario.demand.columns.promised is not None),
        "quotes": quoted,
        "forecasts": forecasts,
        # With a promise that is always the customary one, only its acceptance matters.
        "unusual promises": quoted and (forecasts or beyond != 0.0),
        "long promises": quoted and (forecasts or beyond > scenario.parameter("promise.free_days")),
    }


def _problems(scenario: Scenario, flow: Ways, defects: bool, moved: Collection[str]) -> dict[str, Places]:
    def p(name: str) -> float:
        return scenario.parameter(f"problems.{name}")

    failing = [step.failure for step in flow.steps if step.failure is not None and step.failure.probability > 0]
    happens = "service.failures" in moved or scenario.parameter("service.failures") > 0
    damage = happens and any(failure.consequence != "rejection" for failure in failing)
    serious = defects and p("serious") > 0
    minor = damage or (defects and p("serious") < 1)
    told_minor, told_serious = minor and p("told_minor") > 0, serious and p("told_serious") > 0
    answered = scenario.complaints is not None
    return {
        "own failures": bool(failing),
        "damage": damage,
        "defects reach customers": defects,
        "problems": defects or damage,
        "minor problems": minor,
        "serious problems": serious,
        "minor silent": minor and p("told_minor") < 1,
        "minor told": told_minor,
        "minor answered": told_minor and answered,
        "serious silent": serious and p("told_serious") < 1,
        "serious told": told_serious,
        "serious answered": told_serious and answered,
        "complaints": answered and (told_minor or told_serious),
    }


def _customers(scenario: Scenario, flow: Ways, problems: bool) -> dict[str, Places]:
    regular = isinstance(scenario.demand, CustomerDemand)
    leaving = regular and scenario.churn is not None
    demand = scenario.demand
    coming = isinstance(demand, CustomerDemand) and demand.frozen is not True and scenario.newcomers is not None
    referral = coming and scenario.parameter("newcomers.referral") > 0
    return {
        "patience": scenario.patience is not None and bool(flow.departments),
        "known customers": not isinstance(scenario.demand, StreamDemand),
        "leaving": leaving,
        "leaving by satisfaction": leaving and scenario.parameter("churn.hazard") > 0,
        "walking out": leaving and problems,
        "customers": regular or isinstance(scenario.demand, FileDemand),
        "newcomers": coming,
        "referrals": referral,
        "market": coming and (referral or scenario.parameter("newcomers.marketing") > 0),
    }


def _requests(
    scenario: Scenario, flow: Ways, moved: Collection[str], noticed: Iterable[Pair], known: dict[str, Places]
) -> dict[str, Places]:
    needs = [need for step in flow.steps for need in step.needs if need.probability > 0]
    asked = dict.fromkeys([sender for sender, _ in noticed] + [need.source for need in needs])
    if scenario.hiring is not None and scenario.parameter("turnover.rate") > 0:
        asked |= dict.fromkeys([scenario.hiring.department])
    passed = [n.passed_on.to for n in needs if n.passed_on is not None and n.passed_on.probability > 0]
    asked |= dict.fromkeys(passed)
    holders = {*flow.departments, *asked}
    desk = scenario.enquiries.department if scenario.enquiries is not None and known["promises"] else None
    asking = desk is not None and bool(holders - {desk})
    if asking and scenario.parameter("cooperation.visibility") < 1:
        asked |= dict.fromkeys(name for name in scenario.departments if name in holders - {desk})
    busy = {*holders, *asked} | ({desk} if desk is not None else set())
    busy |= {n for n, d in scenario.departments.items() if d.own_work is not None and d.own_work.load > 0}
    if known["complaints"] and scenario.complaints is not None:
        refund = scenario.complaints.refund
        busy |= {scenario.complaints.department, *([refund.department] if refund is not None else [])}
    blocked = {
        n: d.worker_needs.source for n, d in scenario.departments.items() if d.worker_needs and d.worker_needs.rate
    }
    for _ in scenario.departments:  # Who helps may be blocked in turn.
        helpers = [source for name, source in blocked.items() if name in busy]
        asked |= dict.fromkeys(helpers)
        busy |= set(helpers)
    office = {n for n, d in scenario.departments.items() if d.discipline == "cooperative"}
    favours = tuple(name for name in scenario.departments if name in asked and name in office)

    def p(name: str, department: str) -> float:
        return scenario.parameter(f"cooperation.{name}", department)

    return {
        "work": tuple(name for name in scenario.departments if name in busy),
        "offices at work": tuple(name for name in scenario.departments if name in busy & office),
        "parked orders": bool(needs) or bool(known["clarifications"]),
        "enquiries": desk is not None,
        "questions": asking,
        "due requests": bool(needs or desk or helpers) or bool(known["damage"]),
        "interruptions": bool(set(asked) & set(flow.departments)),
        "favours": favours,
        "excuses": tuple(n for n in favours if p("responsiveness", n) > 0 or "cooperation.responsiveness" in moved),
        "refused favours": tuple(n for n in favours if p("responsiveness", n) < 1 or p("excuse", n) > 0),
        "agreed favours": tuple(n for n in favours if p("agreed_share", n) > 0 or "cooperation.agreed_share" in moved),
    }
