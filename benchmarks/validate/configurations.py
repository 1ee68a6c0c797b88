"""Configurations to run: a random company, policies, a seed. A number shows each of them again.

Whoever wants one brings a way to choose: a seeded one for thousands of them, the property tests' own so that what
fails is made smaller.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.validate.random_companies import random_company
from benchmarks.validate.random_routes import Choice, Data, T
from sim.arrays import World, build
from sim.arrays.real_orders import suited
from sim.orders import OrderFile, OrderRow
from sim.parameters import PARAMETERS
from sim.policies import Policy, Portfolio, portfolio
from sim.policies.policy import InForce
from sim.rules.draws import LARGEST_SEED
from sim.scenario.files import shipped_names
from sim.scenario.load import scenario_from_data

SHIPPED = tuple(shipped_names("policies"))
STAFF = "departments.staff"
MOVABLE = tuple(sorted(name for name, p in PARAMETERS.items() if p.movable))
CHANGES = {
    STAFF: (1, 2, -1, -2), "service.overhead": ("5 %", "-5 %"), "helping.trained_share": (1.0, 0.5),
    "cooperation.handoff_work": ("6 min",), "promise.quote_work": ("6 min",), "promise.level": ("5 %", "-30 %"),
    "service.representation": ("2 h", "20 h"), "morale.backing": (0.5, -5.0), "turnover.search": (0.5, -3.0, 3.0),
    "improvement.capacity": (10.0, -5.0),
}  # fmt: skip
"""Changes of parameters whose scale has a unit or an end; the others move by plain numbers."""

Chosen = tuple[str | Policy, float]
"""A shipped policy by its name, or any other, and its intensity."""


class Seeded:
    """Chooses by a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def __call__(self, options: Sequence[T]) -> T:
        return self._random.choice(options)


@dataclass(frozen=True)
class Configuration:
    """A company, its policies, real orders where it takes some, and a seed."""

    company: Data
    policies: tuple[Chosen, ...] = ()
    rows: tuple[OrderRow, ...] = field(default=(), repr=False)
    seed: int = 1
    replication: int = 0

    def world(self, policies: Sequence[Chosen] | None = None) -> World:
        """Return what engines run, under its own policies or others."""
        scenario = scenario_from_data(self.company)
        orders = suited(scenario, OrderFile(self.rows)) if self.rows else None
        return build(scenario, portfolio_of(self.policies if policies is None else policies), orders)


def portfolio_of(chosen: Sequence[Chosen]) -> Portfolio:
    """Return policies in force together."""
    shipped = portfolio([(p, x) for p, x in chosen if isinstance(p, str)])
    others = tuple(InForce(policy=p, intensity=x) for p, x in chosen if not isinstance(p, str))
    return Portfolio(members=(*shipped.members, *others))


def random_configuration(choose: Choice) -> Configuration:
    """Return a random company of a few days or weeks with some policies."""
    company, rows = random_company(choose)
    policies = random_policies(choose, tuple(company["departments"]))
    return Configuration(company, policies, rows, choose((1, 2, LARGEST_SEED)), choose((0, 1, 7)))


def random_policies(choose: Choice, departments: tuple[str, ...]) -> tuple[Chosen, ...]:
    """Return some policies, shipped or not, each once."""
    found: dict[str, Chosen] = {}
    for number in range(choose((0, 1, 2, 4))):
        policy = choose((*SHIPPED, *[None] * len(SHIPPED))) or random_policy(choose, departments, number)
        name = policy if isinstance(policy, str) else policy.name
        found[name] = (policy, choose((1.0, 0.3, 0.6, 0.0)))
    return tuple(found.values())


def random_policy(choose: Choice, departments: tuple[str, ...], number: int) -> Policy:
    """Return a policy that moves anything that can be moved, at once or slowly, for good or not."""
    effects = []
    for _ in range(choose((1, 2, 4))):
        parameter = STAFF if choose((True, False)) else choose(MOVABLE)
        change = choose(CHANGES.get(parameter, (0.5, 1.0, -0.7)))
        where = choose(("all", "route", "internal", departments[:1]))
        effects.append({"parameter": parameter, "change": change, "where": where})
    words = {"en": "x", "es": "y"}
    return Policy.model_validate(
        {
            "name": f"own_{number}", "label": words, "description": words, "failure_mode": words, "grade": "D",
            "source": "random", "effects": effects, "ramp": choose(("0 h", "1 week")),
            "half_life": choose((None, "1 week", "3 days")), "takes_attention": choose((False, True)),
        }
    )  # fmt: skip
