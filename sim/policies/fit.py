"""Whether a portfolio can do in a company what it is meant to do."""

from __future__ import annotations

from sim.policies.policy import Portfolio
from sim.scenario.company import Scenario


def remarks(scenario: Scenario, portfolio: Portfolio) -> list[str]:
    """Return what a portfolio cannot do in this company, each as a text for people; it costs all the same."""
    found = []
    quotes = any(step.quotes for route in scenario.routes.values() for step in route)
    for member in portfolio.members:
        moved = {effect.parameter for effect in member.policy.effects}
        name = member.policy.name
        if "helping.trained_share" in moved and scenario.cross_training is None:
            found.append(
                f"{scenario.place}: policy '{name}' trains nobody, because the company has no plan of who "
                "would learn whose work; add 'cross_training'."
            )
        if "promise.capacity_awareness" in moved and not quotes:
            found.append(
                f"{scenario.place}: policy '{name}' forecasts nothing, because no step of a route quotes; "
                "write 'quotes: true' on the step after which the promise is made."
            )
        if "departments.staff" in moved and 0 < member.intensity < 1:
            found.append(
                f"{scenario.place}: policy '{name}' at intensity {member.intensity:g} hires whole people: "
                "the total is rounded, and placed in the order of the route."
            )
    return found
