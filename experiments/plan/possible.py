"""What of a design is possible: constraints heeded, today's way beside it, a word on each point not as designed."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.plan import constraints as limits
from experiments.plan.designs import Coordinate, Point, duplicates
from experiments.plan.factors import BoundFactor, is_today
from experiments.plan.kinds import LatinHypercube, Sobol
from experiments.plan.place import Place
from experiments.plan.plan import Constraint, Plan
from experiments.plan.points import made
from experiments.plan.shrinking import shrink
from sim.errors import InputError, RelevoError, nearest
from sim.policies import Policy, portfolio
from sim.scenario.company import Scenario

SHOWN = 5
"""Points that a remark names."""


def heed(
    plan: Plan, factors: Sequence[BoundFactor], points: list[Point], company: Scenario, place: Place
) -> tuple[list[Point], list[str]]:
    """Apply a plan's constraints to its points and put today's way among them.

    Returns
    -------
    (list of Point, list of str)
        The points, and what a user needs to know about them.

    Raises
    ------
    InputError
        If a constraint weighs something without a number, or no point is left.
    """
    remarks: list[str] = []
    for otherwise, apply in (("resample", _drawn_again), ("shrink", _shrunk), ("leave out", _left_out)):
        # What is left out at the end heeds every constraint: repairing for one may break another.
        chosen = [c for c in plan.constraints if otherwise in (c.otherwise, "leave out")]
        if any(c.otherwise == otherwise for c in chosen) or (chosen and otherwise == "leave out"):
            try:
                points, said = apply(_Rules(plan, chosen, factors, company, place), points)
            except InputError:
                raise
            except RelevoError as error:
                raise InputError(f"{place('constraints')}: {str(error).removeprefix('design: ')}") from None
            remarks += [f"{place('constraints')}: {said}"] if said else []
    if plan.today and not any(is_today(factors, point) for point in points):
        points = [(None,) * len(factors), *points]
    same = _alike(factors, points)
    if same:
        shown = ", ".join(f"{other} as {one}" for one, other in same[:SHOWN])
        more = f" and {len(same) - SHOWN} more" if len(same) > SHOWN else ""
        remarks.append(
            f"{place('design')}: {_points(len(same), 'has', 'have')} the values of an earlier one ({shown}{more}); "
            "each is run as it stands, and estimates of effects are less clear than designed."
        )
    return points, remarks


def _points(number: int, one: str, many: str) -> str:
    return f"{number} point {one}" if number == 1 else f"{number} points {many}"


class _Rules:
    """Constraints of a plan in numbers: what each factor's values weigh."""

    def __init__(
        self,
        plan: Plan,
        chosen: Sequence[Constraint],
        factors: Sequence[BoundFactor],
        company: Scenario,
        place: Place,
    ) -> None:
        self.plan, self.factors, self.axes = plan, factors, [factor.axis for factor in factors]
        self.where = place("constraints")
        self.rules: list[limits.Constraint] = []
        for given in chosen:
            weights = yearly_costs(factors, company) if given.weights == "costs" else dict(given.weights)
            at_most = given.at_most
            where = place("constraints", plan.constraints.index(given), "weights")
            if not weights:
                what = (
                    "no factor is a policy or a number of posts, so none costs; write weights"
                    if given.weights == "costs"
                    else "weighs no factor, and at least one is needed; name it with its weight"
                )
                raise InputError(f"{where}: {what}.")
            known = [factor.name for factor in factors]
            for name in weights:
                if name not in known:
                    raise InputError(f"{where}: there is no factor '{name}'. {nearest(name, known)}")
            for factor in factors:
                if factor.name in weights:
                    if not factor.field.is_number or factor.today is None:
                        raise InputError(
                            f"{where}: '{factor.name}' has no number today, so it cannot be weighed; remove it here, "
                            "or give the scenario a value."
                        )
                    if given.weights == "costs":  # Of posts, those that are there today are paid already.
                        at_most += weights[factor.name] * float(factor.today)
            self.rules.append(limits.Constraint(given.name, weights, at_most, given.otherwise))

    def value(self, axis: int, coordinate: Coordinate) -> float:
        """Return the number at a coordinate."""
        found = self.factors[axis].value(coordinate)
        return float(self.factors[axis].today or 0.0) if found is None else float(found)

    @property
    def names(self) -> str:
        """What limits."""
        return ", ".join(f"'{rule.name}'" for rule in self.rules)


def _drawn_again(given: _Rules, points: list[Point]) -> tuple[list[Point], str]:
    design = given.plan.design
    if not isinstance(design, LatinHypercube | Sobol):
        raise InputError(
            f"{given.where}: {given.names}: only points of a latin hypercube or a Sobol' sequence can be drawn again; "
            "write 'otherwise: leave out' or 'shrink'."
        )
    change = {"strength": 1} if isinstance(design, LatinHypercube) else {}

    def make(n: int) -> list[Point]:
        return made(design.model_copy(update={"points": n, **change}), given.axes)

    drawn = limits.resample(given.rules, make, len(points), given.axes, given.value)
    said = (
        f"{drawn.drawn - drawn.feasible} of {drawn.drawn} points drawn are beyond {given.names}; the first "
        f"{len(drawn.points)} of the others are run."
    )
    return list(drawn.points), said if drawn.feasible < drawn.drawn else ""


def _shrunk(given: _Rules, points: list[Point]) -> tuple[list[Point], str]:
    shrunk = shrink(given.rules, points, given.axes, given.value)
    many = "was" if len(shrunk.changed) == 1 else "were"
    said = f"{len(shrunk.changed)} of {len(points)} points {many} beyond {given.names}: pulled towards today."
    return list(shrunk.points), said if shrunk.changed else ""


def _left_out(given: _Rules, points: list[Point]) -> tuple[list[Point], str]:
    kept = limits.leave_out(given.rules, points, given.axes, given.value)
    gone = sorted({violation.point for violation in kept.left_out})
    rows = ", ".join(map(str, gone[:SHOWN])) + (", …" if len(gone) > SHOWN else "")
    are = "is" if len(gone) == 1 else "are"
    said = f"{len(gone)} of {len(points)} points {are} beyond {given.names} and left out (counted from 0: {rows})."
    return list(kept.points), said if gone else ""


def yearly_costs(factors: Sequence[BoundFactor], company: Scenario) -> dict[str, float]:
    """Return what a policy at full intensity, or one more post, costs in a year of the measured window, by factor.

    A policy's cost that falls due once is spread over the window; what it pays per hire is not known beforehand and
    left out.
    """
    found: dict[str, float] = {}
    for factor in factors:
        if factor.policy is not None:
            found[factor.name] = _policy_cost(factor.policy, company)
        elif factor.field.path.startswith("departments.") and factor.field.path.endswith(".staff"):
            department = company.departments[factor.field.path.split(".")[1]]
            found[factor.name] = _yearly_pay(company) * department.pay_share
    return found


def _policy_cost(policy: Policy, company: Scenario) -> float:
    """Return what it costs more to have it in full than not at all, with the pay of posts that it creates."""
    from sim.arrays import build
    from sim.measures.economics import budget

    def cost(intensity: float) -> float:
        chosen = portfolio([(policy, intensity)])
        found = budget(company, chosen, build(company, chosen, None))
        return found.policies + found.pay

    return cost(1.0) - cost(0.0)


def _yearly_pay(company: Scenario) -> float:
    from sim.measures.economics import WEEKS_PER_YEAR

    return company.parameter("economics.pay") * company.parameter("economics.paid_hours") * WEEKS_PER_YEAR


def _alike(factors: Sequence[BoundFactor], points: Sequence[Point]) -> list[tuple[int, int]]:
    """Return pairs of points whose values are the same, whatever their coordinates."""
    values = [tuple(factor.value(c) for factor, c in zip(factors, point, strict=True)) for point in points]
    known: dict[tuple[object, ...], int] = {}
    places = [tuple(known.setdefault((i, v), len(known)) for i, v in enumerate(row)) for row in values]
    return duplicates(places)
