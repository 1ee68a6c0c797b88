"""What charts over time read: tables of a study, and weekly means over a company's own people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.run.study import Study
from experiments.show.bilingual import Words, words
from experiments.show.words import WORDS
from sim.errors import UsageError
from sim.measures.columns import TABLES

if TYPE_CHECKING:
    import pandas as pd

SUMS = ("waiting",)
"""Of a company the sum over its departments; anything else is a mean over posts."""
METRIC_OF = {
    "morale": "morale_mean",
    "standard": "standard_mean",
    "pace": "pace_mean",
    "skill": "skill_mean",
    "vacant": "vacant_share",
    "away": "absent_share",
    "load": "utilisation",
}
"""Column of the states -> metric of a department, which has no value where the state does not apply."""
OUT_OF_POSTS = ("vacant", "away")
"""Counted in posts and people; shown as a share of the posts."""


def table_of(study: Study, name: str, chart: str) -> pd.DataFrame:
    """Return a table of all runs.

    Raises
    ------
    UsageError
        If the results do not keep it.
    """
    table = study.table(name)
    if table is None:
        raise UsageError(
            f"{chart}: these results keep no table '{name}'; those of relevo today, simulate and compare do."
        )
    return table


def own_departments(study: Study) -> list[str]:
    """Return the departments of the company's own people, in its order; an outside supplier's time is not theirs."""
    return [name for name, department in study.scenario.departments.items() if department.pay_share > 0]


def applies_to(study: Study, what: str) -> list[str]:
    """Return the departments of the company's own people to which a state applies, in its order."""
    metric = METRIC_OF.get(what)
    return [name for name in own_departments(study) if metric is None or study.has(f"{name}.{metric}")]


def states_by_week(study: Study, way: str, what: str, chart: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a state and the number of posts, each by replication and week (rows) and department (columns).

    Parameters
    ----------
    what : str
        Column of the table "states"; posts without anybody and people away as shares of the posts.

    Raises
    ------
    UsageError
        If the results keep no states.
    """
    states = table_of(study, "states", chart)
    own = states[states["policies"] == way]
    posts = (own["present"] + own["vacant"] + own["away"]).astype(float)
    values = own[what].astype(float)
    if what in OUT_OF_POSTS:
        values = values / posts.where(posts > 0)
    long = own.assign(posts=posts, value=values)
    rows = ["replication", "week"]
    return (
        long.pivot(index=rows, columns="department", values="value"),
        long.pivot(index=rows, columns="department", values="posts"),
    )


def company_by_week(study: Study, way: str, what: str, chart: str) -> pd.DataFrame:
    """Return a state of the whole company: replications x weeks; nothing if it applies to no department.

    Raises
    ------
    UsageError
        If the results keep no states.
    """
    values, posts = states_by_week(study, way, what, chart)
    if what in SUMS:
        return values.T.sum().unstack(level=1)
    own = [name for name in applies_to(study, what) if name in values.columns]
    weights = posts[own].where(values[own].notna())
    total, weight = (values[own] * weights).T.sum(min_count=1), weights.T.sum(min_count=1)
    return (total / weight).unstack(level=1)


def weekly_words(what: str) -> Words:
    """Return what a weekly series is called."""
    if f"people {what}" in WORDS:
        return words(f"people {what}")
    if f"short {what}" in WORDS:
        return words(f"short {what}")
    known = next(column for name in ("weeks", "states") for column in TABLES[name] if column.name == what)
    return Words(known.en, known.es)
