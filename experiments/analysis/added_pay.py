"""What added posts cost: pay is no cost of a policy in the books, but whoever weighs policies has to count it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from experiments.run.study import Study
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


def pay_of_posts(study: Study, ways: Iterable[str]) -> dict[str, float]:
    """Return the pay of the posts that ways of working have beyond the company's, a year of the measured window.

    Parameters
    ----------
    study : Study
        Any results.
    ways : iterable of str
        Which.

    Returns
    -------
    dict of str to float
        [currency/year] -- of posts that policies add, and of numbers of people that a sweep varied.
    """
    chosen = list(ways)
    found = added_pay(study.scenario, study.policies, {way: study.members[way] for way in chosen})
    varied = {column: name for column, name in _staff_columns(study).items() if name in study.scenario.departments}
    if study.design is None or not varied:
        return found
    today = staff_pay(study.scenario, {})

    @cache
    def more(*people: float) -> float:
        staff = {
            name: int(n) for name, n in zip(varied.values(), people, strict=True) if not math.isnan(n)
        }  # As today.
        return staff_pay(study.scenario, staff) - today

    settings = study.design.loc[chosen, list(varied)].to_numpy(dtype=float)
    return {way: found[way] + more(*row) for way, row in zip(chosen, settings.tolist(), strict=True)}


def _staff_columns(study: Study) -> dict[str, str]:
    """Return columns of a sweep's design that are numbers of people, with the department."""
    plan = (study.manifest.get("plan") or {}).get("factors") or {}
    fields = {f.name: str((plan.get(f.name) or {}).get("field") or f.name).split(".") for f in study.factors}
    return {name: keys[1] for name, keys in fields.items() if len(keys) == 3 and keys[::2] == ["departments", "staff"]}


def staff_pay(company: Scenario, staff: Mapping[str, int]) -> float:
    """Return the pay of all posts where departments have another number of people, a year of the measured window.

    Parameters
    ----------
    company : Scenario
        As it was run today.
    staff : mapping of str to int
        Department -> people; others as they are.

    Returns
    -------
    float
        [currency/year]
    """
    from sim.arrays import build
    from sim.measures.economics import budget
    from sim.policies.policy import Portfolio

    changed = {
        name: department.model_copy(update={"staff": staff.get(name, department.staff)})
        for name, department in company.departments.items()
    }
    other = company.model_copy(update={"departments": changed})
    nothing = Portfolio(members=())
    return budget(other, nothing, build(other, nothing, None)).pay


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
