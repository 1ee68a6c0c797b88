"""Routes as flat tables of steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.arrays.variates import Variate, variate
from sim.scenario.company import Scenario
from sim.scenario.flow import fundamental, transitions
from sim.scenario.orders import END, Failure, Need, Step

END_STEP = -1


class NeedRow(NamedTuple):
    """Something that a step may need."""

    threshold: float
    """Cumulative probability up to and including this need."""
    source: int
    """The department asked."""
    work: Variate
    passed_probability: float
    passed_to: int
    """The department to which it may be passed on; -1 when never."""
    passed_work: Variate


class FailureRow(NamedTuple):
    """What can go wrong in a step by its own fault."""

    probability: float
    consequence: int
    """REDELIVERY, CORRECTION or REJECTION."""
    cost: float
    acceptance_factor: float


REDELIVERY, CORRECTION, REJECTION = range(3)
CONSEQUENCES = {"redelivery": REDELIVERY, "correction": CORRECTION, "rejection": REJECTION}


class Ahead(NamedTuple):
    """What lies between a quote and the delivery, at a department or on the way."""

    holder: int
    visits: float
    """Expected visits [1]."""
    hours: float
    """Mean work of those visits together, or mean time on the way on the calendar [h]."""


class StepRow(NamedTuple):
    """One step of a route."""

    position: int
    """Place in its own route: the key of its draws, so that other routes do not change its luck."""
    holder: int
    """Department, or transport numbered after the departments."""
    is_transport: bool
    work: Variate
    targets: tuple[int, ...]
    """Possible next steps; END_STEP ends the route."""
    thresholds: tuple[float, ...]
    """Their cumulative probabilities."""
    needs: tuple[NeedRow, ...]
    answers: bool
    quotes: bool
    delivers: bool
    invoices: bool
    failure: FailureRow | None
    ahead: tuple[Ahead, ...]
    """For a step that quotes: what lies ahead of the order until its delivery."""
    redundant: bool
    """Whether an improvement team comes to leave it out."""


def department_order(scenario: Scenario) -> list[str]:
    """Return the departments in the order in which orders, and then those who serve them, first meet them.

    The order decides ties and own tasks' luck; it depends on neither names nor the order in the file, so that
    renaming or reordering departments that orders meet changes nothing.
    """
    found = dict.fromkeys(_met(scenario))
    for name in list(found):
        needs = scenario.departments[name].worker_needs
        if needs is not None:
            found.setdefault(needs.source)
    if scenario.cross_training is not None:
        for name, helped in scenario.cross_training.skills().items():
            found.update(dict.fromkeys((name, *helped)))
    if scenario.hiring is not None:
        found.setdefault(scenario.hiring.department)
    # Nobody meets the others. Only by resigning, where somebody hires for them, do their people touch anybody: their
    # names decide which of them comes first then.
    return [*found, *sorted(set(scenario.departments) - set(found))]


def _met(scenario: Scenario) -> Iterator[str]:
    """Yield the departments that orders meet: on their route, for their needs, and afterwards."""
    steps = [step for kind in scenario.orders.values() for step in scenario.routes[kind.route]]
    yield from (step.department for step in steps if step.department is not None)
    for need in (need for step in steps for need in step.needs):
        yield need.source
        if need.passed_on is not None:
            yield need.passed_on.to
    if scenario.complaints is not None:
        yield scenario.complaints.department
        if scenario.complaints.refund is not None:
            yield scenario.complaints.refund.department
    if scenario.enquiries is not None:
        yield scenario.enquiries.department


def transport_order(scenario: Scenario) -> list[str]:
    """Return the transports in the order in which the routes first meet them."""
    steps = (step for kind in scenario.orders.values() for step in scenario.routes[kind.route])
    return list(dict.fromkeys(step.transport for step in steps if step.transport is not None))


def step_table(scenario: Scenario, departments: list[str], transports: list[str]) -> tuple[list[StepRow], list[int]]:
    """Return all steps of all routes in use, and the first step of each order type."""
    rows: list[StepRow] = []
    begin: dict[str, int] = {}
    for kind in scenario.orders.values():
        if kind.route not in begin:
            begin[kind.route] = len(rows)
            rows.extend(_route_rows(scenario.routes[kind.route], len(rows), departments, transports))
    return rows, [begin[kind.route] for kind in scenario.orders.values()]


def _route_rows(steps: tuple[Step, ...], base: int, departments: list[str], transports: list[str]) -> list[StepRow]:
    place = {step.step: base + i for i, step in enumerate(steps)}
    place[END] = END_STEP
    answering = next((i for i, s in enumerate(steps) if s.answers or s.quotes), 0)
    rows = []
    for i, step in enumerate(steps):
        following = steps[i + 1].step if i + 1 < len(steps) else END
        branches = step.next if isinstance(step.next, dict) else {step.next or following: 1.0}
        chosen = {name: p for name, p in branches.items() if p > 0.0}
        thresholds = _cumulate(list(chosen.values()))
        thresholds[-1] = 1.0
        holder = _holder(step, departments, transports)
        spec = step.work if step.work is not None else step.time
        if spec is None:
            raise ValueError(f"step {step.step} has no duration")
        rows.append(
            StepRow(
                i,
                holder,
                step.department is None,
                variate(spec),
                tuple(place[name] for name in chosen),
                tuple(thresholds),
                _need_rows(step.needs, departments),
                step.answers or i == answering,
                step.quotes,
                step.delivers,
                step.invoices,
                _failure_row(step.failure),
                _ahead(steps, i, departments, transports) if step.quotes else (),
                step.redundant,
            )
        )
    return rows


def _failure_row(failure: Failure | None) -> FailureRow | None:
    if failure is None or failure.probability == 0.0:
        return None
    return FailureRow(failure.probability, CONSEQUENCES[failure.consequence], failure.cost, failure.acceptance_factor)


def _ahead(steps: tuple[Step, ...], quoting: int, departments: list[str], transports: list[str]) -> tuple[Ahead, ...]:
    """Return the expected visits and work after a quote, up to and with the delivery."""
    onward = transitions(steps)
    start = onward[quoting].copy()
    for i, step in enumerate(steps):
        if step.delivers:
            onward[i] = 0.0
    visits = start @ fundamental(onward)
    rows = []
    for step, count in zip(steps, visits, strict=True):
        if count > 1e-12:
            spec = step.work if step.work is not None else step.time
            hours = float(count) * (spec.mean if spec is not None else 0.0)
            rows.append(Ahead(_holder(step, departments, transports), float(count), hours))
    return tuple(rows)


def _holder(step: Step, departments: list[str], transports: list[str]) -> int:
    if step.department is not None:
        return departments.index(step.department)
    return len(departments) + transports.index(str(step.transport))


def _need_rows(needs: tuple[Need, ...], departments: list[str]) -> tuple[NeedRow, ...]:
    thresholds = _cumulate([n.probability for n in needs])
    return tuple(
        NeedRow(
            threshold,
            departments.index(n.source),
            variate(n.work),
            n.passed_on.probability if n.passed_on else 0.0,
            departments.index(n.passed_on.to) if n.passed_on else -1,
            variate(n.passed_on.work if n.passed_on else n.work),
        )
        for n, threshold in zip(needs, thresholds, strict=True)
    )


def _cumulate(shares: list[float]) -> list[float]:
    total, result = 0.0, []
    for value in shares:
        total += value
        result.append(total)
    return result
