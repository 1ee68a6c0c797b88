"""The policies that ship, and policies from the user's own files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from sim.policies.policy import InForce, Policy, Portfolio
from sim.scenario.files import Kind, shipped_names
from sim.scenario.load import load_model
from sim.scenario.load import resolve as resolve_file


def load_policy(source: str | Path) -> Policy:
    """Return a shipped policy by name, or one from a YAML file.

    Raises
    ------
    InputError
        If there is no such policy, or its file cannot be used; says what is known.
    """
    return _load(str(source), "policies")


def load_cause(source: str | Path) -> Policy:
    """Return a cause that can be switched off, as a policy that nobody can buy; raises like `load_policy`.

    Examples
    --------
    >>> load_cause("incomplete_handoffs").effects[0].amount()
    1.0
    """
    return _load(str(source), "causes")


@lru_cache(maxsize=256)
def _load(source: str, kind: Kind) -> Policy:
    return load_model(resolve_file(source, kind), Policy)


def the_sixteen() -> tuple[str, ...]:
    """Return the shipped policies that are no variants of others: one for each row P1 to P16 of the mission, in order.

    Examples
    --------
    >>> the_sixteen()[0], the_sixteen()[-1], len(the_sixteen())
    ('shared_standards', 'more_staff', 16)
    """
    shipped = [load_policy(name) for name in shipped_names("policies")]
    chosen = [policy for policy in shipped if policy.variant_of is None]
    return tuple(policy.name for policy in sorted(chosen, key=lambda p: int(p.mission.removeprefix("P"))))


def portfolio(members: Iterable[tuple[str | Policy, float]]) -> Portfolio:
    """Return the portfolio of some policies, each with its intensity in [0, 1].

    Examples
    --------
    >>> portfolio([("checklist", 0.5), ("shared_standards", 1.0)]).key
    'checklist=0.5+shared_standards'
    """
    return Portfolio(
        members=tuple(InForce(policy=p if isinstance(p, Policy) else load_policy(p), intensity=x) for p, x in members)
    )
