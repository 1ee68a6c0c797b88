"""`relevo explain`: what a parameter, a policy or a metric means, and how sure anybody is of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from experiments.cli import options
from sim.errors import UsageError, nearest

if TYPE_CHECKING:
    from sim.parameters import Parameter
    from sim.policies import Policy
    from sim.policies.policy import Effect
    from sim.scenario import Scenario

WIDEST = 1e11
"""Upper limits from here on only keep numbers finite and are not shown."""


@click.command("explain", context_settings=options.SETTINGS, short_help="What a parameter, policy or metric means.")
@click.argument("name", required=False)
@click.option("--metrics", is_flag=True, help="List every metric with its unit and meaning.")
@click.option(
    "--assumptions",
    metavar="SCENARIO",
    help="List the numbers on which a result of SCENARIO, a shipped name or a .yaml file, rests; worst evidence first.",
)
@click.option("--json", "as_json", is_flag=True, help="With --assumptions: print one JSON object instead of a list.")
@options.language
def command(name: str | None, *, metrics: bool, assumptions: str | None, as_json: bool, language: str) -> None:
    """Explain NAME, a parameter, policy or metric: meaning, unit, range, default, evidence and source.

    Without NAME: all parameters and policies, a line each.
    """
    asked = {"a name": name is not None, "--metrics": metrics, "--assumptions": assumptions is not None}
    both = [what for what, given in asked.items() if given]
    if len(both) > 1:
        together = f"both {both[0]} and {both[1]}" if len(both) == 2 else ", ".join(both[:-1]) + f" and {both[-1]}"
        raise UsageError(f"explain: got {together}; give one of them.")
    if as_json and assumptions is None:
        raise UsageError(
            "explain: --json goes with --assumptions only; write for example --assumptions levante --json."
        )
    if assumptions is not None:
        _list_assumptions(assumptions, as_json, language)
    elif metrics:
        _list_metrics(language)
    elif name is None:
        _list_all(language)
    else:
        _explain(name, language)


def _explain(name: str, language: str) -> None:
    from sim.parameters import PARAMETERS, find
    from sim.scenario.files import shipped_names

    policies = shipped_names("policies")
    if name in PARAMETERS or any(entry.key == name for entry in PARAMETERS.values()):
        _print_facts(find(name).name, parameter_facts(find(name), language), language)
    elif name in policies:
        from sim.policies import load_policy

        policy = load_policy(name)
        _print_facts(f"{name}: {policy.label[language]}", policy_facts(policy, language), language)
    else:
        metric = _metric_facts(name, language)
        if metric is None:
            known = [*PARAMETERS, *(entry.key for entry in PARAMETERS.values()), *policies, *_metric_names()]
            raise UsageError(
                f"explain: '{name}' is not a known parameter, policy or metric. {nearest(name, known)} "
                "'relevo explain' lists parameters and policies, 'relevo explain --metrics' metrics."
            )
        _print_facts(name, metric, language)


def parameter_facts(entry: Parameter, language: str) -> dict[str, str]:
    """Return what is known about a parameter, as heading -> text."""
    from experiments.show.numbers import parameter_text
    from experiments.show.words import LANGUAGES, say
    from sim.parameters.parameter import GRADES

    def written(value: float) -> str:
        return parameter_text(value, entry.unit)

    facts = {
        "meaning": entry.meaning(language),
        "unit": say(f"kind {entry.unit}", language),
        "range": f"≥ {written(entry.low)}" if entry.high > WIDEST else f"{written(entry.low)} – {written(entry.high)}",
        "default": say("no default", language) if entry.default is None else written(entry.default),
        "evidence": f"{entry.grade}: {GRADES[entry.grade][LANGUAGES.index(language)]}",
        "source": entry.source,
        "set for": say(f"level {entry.level}", language),
        "moved on scale": say(f"scale {entry.scale}", language),
    }
    if entry.ideal is not None:
        facts["ideal"] = written(entry.ideal)
    return facts


def policy_facts(policy: Policy, language: str) -> dict[str, str]:
    """Return what is known about a policy, as heading -> text."""
    from experiments.show.numbers import parameter_text
    from experiments.show.words import LANGUAGES, say
    from sim.parameters.parameter import GRADES

    costs = [
        say(f"cost {key}", language, amount=parameter_text(amount, "money"))
        for key, amount in policy.cost.model_dump().items()
        if amount
    ]
    effects = [_effect_text(effect, language) for effect in policy.effects]
    facts = {
        "meaning": policy.description[language],
        "effects": "\n".join(effects),
        "cost": ", ".join(costs) or say("no cost", language),
        "ramp": parameter_text(policy.ramp, "calendar time"),
    }
    if policy.half_life is not None:
        facts["fades"] = parameter_text(policy.half_life, "calendar time")
    if policy.variant_of is not None:
        facts["variant"] = policy.variant_of
    return facts | {
        "failure": policy.failure_mode[language],
        "evidence": f"{policy.grade}: {GRADES[policy.grade][LANGUAGES.index(language)]}",
        "source": policy.source,
    }


def _effect_text(effect: Effect, language: str) -> str:
    """Return what a policy does to one parameter at full intensity, in words."""
    from experiments.show.numbers import parameter_text
    from experiments.show.words import say
    from sim.parameters import PARAMETERS

    scale = PARAMETERS[effect.parameter].scale
    amount = effect.change
    if scale == "gap":
        amount = f"{100 * float(amount):g}"
    elif scale == "log":
        amount = f"{math.exp(float(amount)):.3g}"
    change = say(f"effect {scale}", language, amount=amount)
    where = effect.where if isinstance(effect.where, tuple) else [say(f"where {effect.where}", language)]
    own = [
        say(f"effect {key}" if time else "effect ramp now", language, time=parameter_text(time, "calendar time"))
        for key, time in (("ramp", effect.ramp), ("half_life", effect.half_life))
        if time is not None
    ]
    return f"{effect.parameter}: {change} ({'; '.join([', '.join(where), *own])})"


def _list_assumptions(source: str, as_json: bool, language: str) -> None:
    """Print what a result of a scenario rests on."""
    from experiments.show.assumptions import data, page
    from sim.scenario.assumptions import premises
    from sim.scenario.load import load_scenario

    _refuse_other_names(source)
    company = load_scenario(source)
    policies, moved = _own_policies(company)
    found = premises(company, moved)
    if as_json:
        from experiments.cli.working import print_json
        from experiments.run.provenance import SCHEMA_VERSION, content_hash

        content = {"scenario": source, "sha256": content_hash(company)}
        print_json({"schema_version": SCHEMA_VERSION, **content, **data(found, policies, company.currency, language)})
        return
    from experiments.show.text import show

    label = company.label[language] if company.label else company.name
    show(*page(label, found, policies, company.currency, language))


def _refuse_other_names(source: str) -> None:
    """Say what a name stands for that is no scenario but something else that can be explained."""
    from pathlib import Path

    from sim.parameters import PARAMETERS
    from sim.scenario.files import shipped_names

    kinds = {"a policy": shipped_names("policies"), "a parameter": PARAMETERS, "a metric": _metric_names()}
    kind = next((kind for kind, names in kinds.items() if source in names), None)
    if kind is not None and source not in shipped_names() and not Path(source).exists():
        raise UsageError(
            f"explain --assumptions: '{source}' is {kind}; a scenario is needed, such as 'levante' or a .yaml file. "
            f"'relevo explain {source}' explains {kind.removeprefix('a ')} '{source}'."
        )


def _own_policies(company: Scenario) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the policies that a scenario itself puts in force with their grades, and which move each parameter."""
    from sim.policies import load_policy

    grades: dict[str, str] = {}
    moved: dict[str, tuple[str, ...]] = {}
    for chosen in company.policies:
        if chosen.intensity > 0:
            policy = load_policy(chosen.policy)
            grades[policy.name] = policy.grade
            names = dict.fromkeys(effect.parameter for effect in policy.effects)
            for name in [*names, *(["service.attention"] if policy.takes_attention else [])]:
                moved[name] = (*moved.get(name, ()), policy.name)
    return grades, moved


def _metric_names() -> list[str]:
    from sim.measures.columns import METRICS

    return [metric.name for metric in METRICS]


def _metric_facts(name: str, language: str) -> dict[str, str] | None:
    from experiments.show.words import say
    from sim.measures.columns import describe

    try:
        metric = describe(name)
    except UsageError:
        return None
    facts = {"meaning": metric.es if language == "es" else metric.en, "unit": metric.unit}
    if metric.better is not None:
        facts["ideal"] = say(f"better {metric.better}", language)
    return facts


def _print_facts(title: str, facts: dict[str, str], language: str) -> None:
    from rich.table import Table
    from rich.text import Text

    from experiments.show.text import heading, show
    from experiments.show.words import say

    grid = Table.grid(padding=(0, 2))
    for name, text in facts.items():
        grid.add_row(Text(say(name, language), style="bold"), Text(text))
    show(heading(title), grid)


def _list_all(language: str) -> None:
    from experiments.show.numbers import NOT_APPLICABLE, parameter_text
    from experiments.show.text import show, table
    from experiments.show.words import say
    from sim.parameters import PARAMETERS
    from sim.policies import load_policy
    from sim.scenario.files import shipped_names

    rows = [
        [
            entry.name,
            NOT_APPLICABLE if entry.default is None else parameter_text(entry.default, entry.unit),
            entry.grade,
            entry.meaning(language),
        ]
        for entry in PARAMETERS.values()
    ]
    columns = [say(text, language) for text in ("parameter", "default", "evidence", "meaning")]
    show(table(say("parameter", language), columns, rows, left=4))
    policies = [load_policy(name) for name in shipped_names("policies")]
    rows = [[policy.name, policy.grade, policy.description[language]] for policy in policies]
    columns = [say(text, language) for text in ("policy", "evidence", "meaning")]
    show(table(say("policy", language), columns, rows, left=3))


def _list_metrics(language: str) -> None:
    from experiments.show.text import show, table
    from experiments.show.words import say
    from sim.measures.columns import METRICS

    rows = [
        [metric.name, metric.unit.format(currency="EUR"), metric.es if language == "es" else metric.en]
        for metric in METRICS
    ]
    columns = [say(text, language) for text in ("metric", "unit", "meaning")]
    show(table(say("metric", language), columns, rows, left=3))
