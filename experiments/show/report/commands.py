"""Commands that a report gives: what to run next, with the company and the policies of its results."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from experiments.analysis.decision import Decision
from experiments.run.study import Study
from sim.units import HOURS_PER_WEEK


def by_policies_alone(study: Study, ways: Sequence[str]) -> bool:
    """Whether a command that names a company and policies compares the same as these results do.

    It does not where a field was varied or set, a policy is in force everywhere, or orders came from a file.
    """
    plan = study.manifest.get("plan") or {}
    others = any(plan.get(key) for key in ("settings", "policies", "warm_up")) or bool(study.manifest.get("orders"))
    return not others and all(f.policy is not None for f in study.factors) and all(study.members[w] for w in ways)


def _written(study: Study, ways: Sequence[str]) -> list[str]:
    """Return ways of working as the option --policy takes them."""
    return ["+".join(n if x == 1 else f"{n}={x:.4g}" for n, x in study.members[way].items()) for way in ways]


def _weeks(study: Study) -> str:
    return f"{study.scenario.time.horizon / HOURS_PER_WEEK:g}"


def again(study: Study, ways: Sequence[str]) -> str:
    """Return the command that compares a few ways of working on other luck; "" where policies alone do not say them."""
    from experiments.run.provenance import command_line

    if not by_policies_alone(study, ways):
        return ""
    seed = int(study.manifest.get("seed", 1)) + 1
    runs = max(50, 2 * study.replications)
    values = {"--policy": _written(study, ways), "--replications": runs, "--seed": seed, "--weeks": _weeks(study)}
    return command_line(f"compare {shlex.quote(scenario_given(study))}", values)


def worth_command(study: Study, found: Decision) -> str:
    """Return the command that says what ways of working are worth in hires; "" where policies alone do not say them."""
    from experiments.run.provenance import command_line

    ways = [found.chosen] if found.chosen is not None else list(found.promising) or list(study.others[:1])
    if not by_policies_alone(study, ways):
        return ""
    values = {"--policy": _written(study, ways), "--weeks": _weeks(study)}
    return command_line(f"worth {shlex.quote(scenario_given(study))}", values)


def assumptions_command(study: Study, ways: Sequence[str]) -> str:
    """Return the command that says whether ways of working still help if assumptions are otherwise; "" as above."""
    from experiments.run.provenance import command_line

    if not by_policies_alone(study, ways):
        return ""
    company = shlex.quote(scenario_given(study))
    return command_line(f"sensitivity {company} --assumptions", {"--policy": _written(study, ways)})


def scenario_given(study: Study) -> str:
    """Return the scenario as the user gave it, a file by its name alone: its folder names a machine."""
    from pathlib import PurePath

    given = study.manifest.get("scenario", study.scenario.name)
    text = str(given["name"] if isinstance(given, dict) else given)
    path = PurePath(text)
    return path.name if path.is_absolute() else text
