"""Whether a portfolio can do in a company what it is meant to do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from sim.policies.policy import InForce, Portfolio
from sim.scenario.company import Scenario


def remarks(scenario: Scenario, portfolio: Portfolio) -> list[str]:
    """Return what a portfolio cannot do in this company, each as a text for people; it costs all the same."""
    found = []
    together = {effect.parameter for member in portfolio.members for effect in member.policy.effects}
    for member in portfolio.members:
        moved = {effect.parameter for effect in member.policy.effects}
        said = [*_about_work(scenario, member, moved), *_about_people(scenario, moved)]
        if "improvement.capacity" in moved and (why := _nothing_reported(scenario, together)):
            said.append(f"follows nothing up, because {why}.")
        found += [f"{scenario.place}: policy '{member.policy.name}' {text}" for text in said]
    return found


def _about_work(scenario: Scenario, member: InForce, moved: set[str]) -> Iterator[str]:
    if "helping.trained_share" in moved and scenario.cross_training is None:
        yield ("trains nobody, because the company has no plan of who would learn whose work; add 'cross_training'.")
    quotes = any(step.quotes for route in scenario.routes.values() for step in route)
    if "promise.capacity_awareness" in moved and not quotes:
        yield (
            "forecasts nothing, because no step of a route quotes; "
            "write 'quotes: true' on the step after which the promise is made."
        )
    if "departments.staff" in moved and 0 < member.intensity < 1:
        yield (
            f"at intensity {member.intensity:g} hires whole people: "
            "the total is rounded, and placed in the order of the route."
        )


def _about_people(scenario: Scenario, moved: set[str]) -> Iterator[str]:
    if "morale.backing" in moved and scenario.morale is None:
        yield "moves nobody's morale, because the company says nothing about it; add 'morale: {}'."
    if scenario.turnover is not None:
        if "turnover.hiring_first" in moved and scenario.hiring is None:
            yield (
                "puts no hiring request first, because no department hires and searches begin by themselves; "
                "add 'hiring'."
            )
        return
    if moved & {"turnover.search", "turnover.hiring_first"}:
        yield "hires nobody sooner, because nobody resigns; add 'turnover: {}'."
    if "turnover.development" in moved:
        yield "keeps no experienced people, because nobody resigns; add 'turnover: {}'."
    if "turnover.conformance" in moved:
        yield "prevents no damage by newcomers, because nobody resigns; add 'turnover: {}'."


def _nothing_reported(scenario: Scenario, moved: set[str]) -> str | None:
    """Return why no fault is ever reported, if so."""
    if "cooperation.reporting" not in moved and scenario.parameter("cooperation.reporting") == 0.0:
        return "no fault is reported; set 'cooperation.reporting' above 0, or add a policy that raises it"
    on_routes = {step.department for route in scenario.routes.values() for step in route if step.department is not None}
    if all(scenario.parameter("cooperation.completeness", pair=pair) == 1.0 for pair in permutations(on_routes, 2)):
        return "no hand-off is ever incomplete; it takes two departments, and 'cooperation.completeness' below 1"
    return None
