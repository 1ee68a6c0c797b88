"""The metric that a command compares by: one that this company can have, and of which more or less is better."""

from __future__ import annotations

from experiments.analysis.selection.selected import Better
from experiments.plan.load import responses_of
from sim.errors import UsageError, nearest
from sim.measures.columns import describe
from sim.scenario.company import Scenario


def better_of(company: Scenario, response: str) -> Better:
    """Say which values of a response are better.

    Raises
    ------
    UsageError
        If the company has no such metric, or no direction of it is better.
    """
    known = set(responses_of(company))
    if response not in known:
        close = nearest(response, known)
        hint = close if close.endswith("?") else nearest(response, (name for name in known if "." not in name))
        raise UsageError(f"--response {response}: no metric of this company. {hint} See 'relevo explain --metrics'.")
    better = describe(response).better
    if better is None:
        raise UsageError(
            f"--response {response}: neither more nor less of it is better by itself; name another metric."
        )
    return better
