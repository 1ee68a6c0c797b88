"""Who holds the customer's order, and why: causes by department."""

from __future__ import annotations

from experiments.analysis.mean_interval import Interval, interval
from experiments.run.study import TODAY, Study
from experiments.show.bilingual import same, unit_words, words
from experiments.show.charts.chart import Chart, Column, Num
from experiments.show.charts.estimates import checked_way, numbers, printed
from experiments.show.charts.heat import Cell, amounts
from experiments.show.charts.naming import department_words, way_words
from experiments.show.charts.origins import HOURS
from sim.errors import UsageError
from sim.rules.attribution import CAUSES


def origins_by_department(study: Study, way: str = TODAY) -> Chart:
    """Return a heat map of the hours that orders are held: each row a department or transport, each column a cause.

    Parameters
    ----------
    study : Study
    way : str
        Way of working; today's if not given.

    Raises
    ------
    UsageError
        If the way of working was not run, or no order is held anywhere.
    """
    checked_way(study, way, "origins_by_department")
    found = _found(study, way)
    holders = _holders(found)
    causes = [cause for cause in CAUSES if any(cause == each for each, _ in found)]
    cells = [
        Cell(
            holders.index(holder),
            causes.index(cause),
            one.mean or 0.0,
            same(printed(one, most=2)),
            words(
                "places hover",
                place=department_words(study, holder),
                cause=words(f"cause {cause}"),
                value=printed(one),
            ),
        )
        for (cause, holder), one in found.items()
    ]
    names = [department_words(study, holder) for holder in holders], [words(f"short cause {c}") for c in causes]
    titles = words("place"), words("cause")
    traces, layout, height = amounts(cells, *names, titles, max(cell.value for cell in cells))
    hours = unit_words("h")
    return Chart(
        "origins_by_department",
        words("places heat title", way=way_words(study, way)),
        words("places reading"),
        (
            Column("place", words("place")),
            Column("cause", words("cause")),
            Column("hours", words("per order"), hours),
            Column("low", words("from"), hours),
            Column("high", words("up to"), hours),
            Column("runs", words("runs counted")),
        ),
        tuple(
            (department_words(study, holder), words(f"cause {cause}"), *numbers(one), Num(one.n))
            for (cause, holder), one in sorted(found.items(), key=lambda row: -(row[1].mean or 0.0))
        ),
        traces,
        layout,
        height,
    )


def _found(study: Study, way: str) -> dict[tuple[str, str], Interval]:
    """Return the mean hours by cause and holder, without causes that held nothing in any run."""
    found = {}
    for name in (str(each) for each in study.wide.columns if str(each).startswith(HOURS)):
        values = study.values(name, way).values()
        if any(values):
            cause, _, holder = name.removeprefix(HOURS).partition(".")
            found[cause, holder] = interval(values)
    if not found:
        raise UsageError(f"origins_by_department: no order was held anywhere with '{way}'; nothing to show.")
    return found


def _holders(found: dict[tuple[str, str], Interval]) -> list[str]:
    """Return who holds orders, who holds them longest first."""
    total: dict[str, float] = {}
    for (_, holder), one in found.items():
        total[holder] = total.get(holder, 0.0) + (one.mean or 0.0)
    return sorted(total, key=lambda holder: -total[holder])
