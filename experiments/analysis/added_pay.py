"""What added posts cost: pay is no cost of a policy in the books, but whoever weighs policies has to count it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sim.errors import InputError
from sim.scenario.company import Scenario

STAFF = "departments.staff"


def added_pay(
    company: Scenario, policies: Mapping[str, Mapping[str, Any]], ways: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Return the pay of the posts that each way of working adds, a year of the measured window.

    Parameters
    ----------
    company : Scenario
        As it was run.
    policies : mapping
        Policy -> what its file says, as results keep it.
    ways : mapping
        Way of working -> policy -> intensity.

    Returns
    -------
    dict of str to float
        [currency/year] -- 0 for a way that adds none.

    Raises
    ------
    InputError
        If what a policy says of posts cannot be read.
    """
    hiring = {name for name, said in policies.items() if any(e["parameter"] == STAFF for e in said["effects"])}
    if not hiring:
        return dict.fromkeys(ways, 0.0)

    @cache
    def of(policy: str, intensity: float) -> float:
        return _pay(company, policies[policy], intensity) - _pay(company, policies[policy], 0.0)

    return {way: sum(of(name, x) for name, x in members.items() if name in hiring) for way, members in ways.items()}


def _pay(company: Scenario, said: Mapping[str, Any], intensity: float) -> float:
    """Return the pay of all posts with only what a policy says of posts in force."""
    from pydantic import ValidationError

    from sim.arrays import build
    from sim.measures.economics import budget
    from sim.policies import Policy
    from sim.policies.policy import InForce, Portfolio

    # Results keep durations in base units [h], and files want them with their unit.
    timed = {key: f"{said[key]!r} h" for key in ("ramp", "half_life") if said.get(key) is not None}
    effects = [
        {**e, **{key: f"{e[key]!r} h" for key in ("ramp", "half_life") if e.get(key) is not None}}
        for e in said["effects"]
        if e["parameter"] == STAFF
    ]
    try:
        policy = Policy.model_validate({**said, **timed, "effects": effects})
    except ValidationError as error:
        raise InputError(
            f"policy '{said.get('name')}': what the results keep of it cannot be read ({error.errors()[0]['msg']}); "
            "give the command in manifest.json again, into a new folder."
        ) from None
    chosen = Portfolio(members=(InForce(policy=policy, intensity=intensity),))
    return budget(company, chosen, build(company, chosen, None)).pay
