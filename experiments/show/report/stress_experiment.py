"""Items of STRESS-DES that the experiment fills: aims, scenarios, data, estimation, implementation."""

from __future__ import annotations

from typing import Any

from experiments.analysis.decision import SHOWN, WAIT, Decision
from experiments.run.study import Study
from experiments.show.bilingual import Words, counted_words, joined, same, token, words
from experiments.show.charts.chart import Cell, Column
from experiments.show.charts.naming import (
    company_words,
    factor_words,
    label_words,
    metric_unit,
    policy_words,
    way_words,
)
from experiments.show.report import provenance, rests
from experiments.show.report.compared import Table, facts
from experiments.show.report.phrases import level_words
from experiments.show.report.quantities import quantity_words
from sim.measures.columns import describe
from sim.parameters import PARAMETERS
from sim.scenario.assumptions import GRADES
from sim.units import HOURS_PER_WEEK

Parts = list[Words | Table]


def purpose(study: Study, _: Decision) -> Parts:
    """1.1: what the model is for; what only its author knows is said to be missing."""
    company = study.scenario
    parts: Parts = [words("stress purpose")]
    if company.description is not None:
        what = label_words(company.description, "")
        parts.append(words("stress purpose company", label=company_words(study), what=what))
    else:
        parts.append(words("stress missing company"))
    plan = study.manifest.get("plan", {})
    if plan.get("description"):
        parts.append(words("stress purpose plan", what=label_words(plan["description"], "")))
    else:
        parts.append(words("stress missing purpose" if study.kind == "sweep" else "stress missing question"))
    return parts


def outputs(study: Study, found: Decision) -> Parts:
    """1.2: the metrics with their definitions."""
    names = found.metrics or tuple(name for name in SHOWN if study.has(name))
    columns = (
        Column("metric", words("metric")),
        Column("meaning", words("meaning")),
        Column("unit", words("stress unit")),
    )
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        known = describe(name, study.scenario.currency)
        rows.append((name, Words(known.en, known.es), metric_unit(study, name)))
    return [
        words("stress outputs", number=token(sum(study.has(str(name)) for name in study.wide.columns))),
        (columns, rows),
    ]


def aims(study: Study, found: Decision) -> Parts:
    """1.3: what is compared and how it is judged."""
    if found.case == "nothing to compare":
        return [words("stress aims described"), words("report fact ways"), *(value for _, value in facts(study)[-2:])]
    return [words("stress aims", number=token(len(found.effects))), words("report rule")]


def scenario_logic(study: Study, _: Decision) -> Parts:
    """2.3: what is different under each way of working."""
    parts: Parts = []
    if study.factors:
        parts += [_factor(study, place) for place in range(len(study.factors))]
    else:
        named = [way_words(study, way) for way in study.others or study.ways]
        parts.append(words("stress ways", ways=joined(named, "; ")))
    names = dict.fromkeys(name for way in study.ways for name in study.members.get(way, {}))
    if names:
        parts += [words("stress effects"), _effects(study, list(names))]
    return parts


def _factor(study: Study, place: int) -> Words:
    factor = study.factors[place]
    values = [same(level_words(value, factor.policy is not None)) for value in factor.values[:12]]
    more = [same("…")] if len(factor.values) > len(values) else []
    role = words("stress decided" if factor.controllable else "stress not decided")
    return words("stress factor", factor=factor_words(study, factor), values=joined([*values, *more]), role=role)


def _effects(study: Study, names: list[str]) -> Table:
    keys = ("policy", "moves", "by", "where", "ramp")
    columns = tuple(Column(key, words(f"stress column {key}")) for key in keys)
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        said = study.policies.get(name, {})
        for effect in said.get("effects", ()):
            parameter = str(effect["parameter"])
            ramp = effect.get("ramp") if effect.get("ramp") is not None else said.get("ramp")
            ramps = quantity_words(float(ramp), "calendar time") if ramp else same("–")
            rows.append(
                (policy_words(study, name), parameter, _change(parameter, effect["change"]), _where(effect), ramps)
            )
    return columns, rows


def _change(parameter: str, change: Any) -> Words:
    scale = PARAMETERS[parameter].scale if parameter in PARAMETERS else "linear"
    return (
        words(f"stress change {scale}", change=str(change))
        if scale in ("gap", "log", "log-odds")
        else same(str(change))
    )


def _where(effect: dict[str, Any]) -> Words:
    where = effect.get("where", "all")
    return words(f"stress where {where}") if isinstance(where, str) else same(", ".join(map(str, where)))


# 3 Data ----------------------------------------------------------------------------------------------------------


def sources(study: Study, _: Decision) -> Parts:
    """3.1: where the numbers come from, counted by grade of evidence."""
    found = rests.resting(study)
    tally = [same(f"{grade}: {token(sum(p.parameter.grade == grade for p in found))}") for grade in GRADES]
    return [words("stress sources", total=token(len(found)), tally=joined(tally)), rests.not_listed()]


def preprocessing(study: Study, _: Decision) -> Parts:
    """3.2: what was done to data before they were used."""
    orders = study.manifest.get("orders")
    if not isinstance(orders, dict):
        return [words("stress no preprocessing")]
    used, left = token(int(orders.get("used", 0))), token(int(orders.get("unusable", 0)))
    return [words("stress preprocessing", used=used, left=left)]


def assumptions(study: Study, _: Decision) -> Parts:
    """3.4: how much is assumed."""
    return [*rests.summary(study, rests.resting(study)), words("stress assumptions")]


# 4 Experimentation ------------------------------------------------------------------------------------------------


def initialisation(study: Study, _: Decision) -> Parts:
    """4.1: how a run begins."""
    own = study.scenario.time.warm_up / HOURS_PER_WEEK
    weeks = float(study.manifest.get("warm_up_weeks") or own)
    said = counted_words("weeks", round(weeks, 2))
    chosen = words("stress warm-up found" if study.manifest.get("warm_up") else "stress warm-up given")
    return [words("stress begins", weeks=said), *([chosen] if weeks else [])]


def run_length(study: Study, _: Decision) -> Parts:
    """4.2: how long a run lasts."""
    time = study.scenario.time
    drain = counted_words("weeks", round(time.drain / HOURS_PER_WEEK, 2))
    return [words("stress length", weeks=counted_words("weeks", round(time.horizon / HOURS_PER_WEEK, 2)), drain=drain)]


def estimation(study: Study, found: Decision) -> Parts:
    """4.3: replications, common random numbers, intervals."""
    parts: Parts = [value for label, value in facts(study) if label == words("report fact runs")]
    stopping = study.manifest.get("stopping")
    if isinstance(stopping, dict) and stopping.get("rule") not in (None, "fixed"):
        parts.append(words("stress until precise"))
    parts.append(words("stress estimation"))
    if found.effects:
        number = token(len(found.effects) * found.responses)
        parts.append(
            words("stress family", ways=token(len(found.effects)), responses=token(found.responses), number=number)
        )
    if WAIT in found.metrics and found.effects:
        parts.append(words("stress relative"))
    return parts


# 5 Implementation, 6 Code -------------------------------------------------------------------------------------------


def software(study: Study, _: Decision) -> Parts:
    """5.1: program and versions."""
    said = study.manifest.get("versions", {})
    if not said:
        return [words("stress software unknown")]
    listed = ", ".join(f"{name} {version}" for name, version in said.items())
    return [words("stress software", versions=same(listed))]


def sampling(study: Study, _: Decision) -> Parts:
    """5.2: random numbers."""
    seed = study.manifest.get("seed")
    return [words("stress sampling"), *([words("stress seed", seed=same(str(seed)))] if seed is not None else [])]


def execution(study: Study, _: Decision) -> Parts:
    """5.3: how time goes on, and what happens first of what happens at once."""
    engine = study.manifest.get("engine") or "compiled"
    return [words("stress execution", engine=same(str(engine)))]


def system(study: Study, _: Decision) -> Parts:
    """5.4: what it ran on."""
    kind = study.manifest.get("platform")
    return [words("stress system", platform=same(str(kind))) if kind else words("stress system unknown")]


def code(study: Study, _: Decision) -> Parts:
    """6.1: how to get the program and to run it again."""
    parts: Parts = [words("stress code", version=same(str(study.manifest.get("versions", {}).get("relevo", "–"))))]
    if study.manifest.get("source_commit"):
        parts.append(words("stress commit", commit=same(str(study.manifest["source_commit"]))))
    line = provenance.command(study)
    if line:
        parts.append(words("stress again", command=same(line)))
    return parts
