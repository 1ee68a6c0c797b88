"""Two factors of a sweep: do they add up (lines), and where is it best (a map)."""

from __future__ import annotations

from typing import Any

from experiments.analysis.mean_interval import Interval
from experiments.run.study import Study
from experiments.show.bilingual import Words, finished, joined, same, token, words
from experiments.show.charts.chart import Cell, Chart, Column
from experiments.show.charts.estimates import bare_interval, numbers, places
from experiments.show.charts.factor_grid import Grid, grid_of
from experiments.show.charts.heat import cividis, ink_on
from experiments.show.charts.labels import cut, wrapped
from experiments.show.charts.theme import CIVIDIS, DASHES, SYMBOLS
from experiments.show.charts.tornado import error_bars

MOST_LINES = 5
"""Lines that can be told apart."""
PRINTED = 84
"""Characters of all printed values of a row of a map that fit a narrow page."""


def interaction(study: Study, a: str, b: str, metric: str = "wait_mean", *, change: bool = True) -> Chart:
    """Return how a metric goes with one factor, a line for each level of another, and whether the two add up.

    Parameters
    ----------
    study : Study
        A sweep with all combinations of the two. Further factors are averaged over if all their combinations were run
        with each; else they are held as today.
    a, b : str
        Factors: along the axis, and of the lines.
    metric : str
        What is shown.
    change : bool
        Changes from today, paired by replication, which is surer than the means themselves; means where today's levels
        are not among those of the two.

    Raises
    ------
    UsageError
        If a factor was not varied, combinations are missing, or the metric has no value.
    """
    grid = grid_of(study, a, b, metric, change=change)
    drawn = _spread(len(grid.settings[1]))
    return Chart(
        "interaction",
        words("two title", metric=_shown(grid), a=grid.names[0], b=grid.names[1]),
        _reading(grid, len(drawn)),
        _columns(grid),
        _rows(grid),
        *_lines(grid, drawn),
        height=430,
    )


def surface(study: Study, a: str, b: str, metric: str = "wait_mean") -> Chart:
    """Return a map of a metric over two factors, values printed.

    Parameters
    ----------
    study, a, b, metric
        As in `interaction`; `a` runs to the right, `b` upwards.

    Raises
    ------
    UsageError
        As in `interaction`.
    """
    grid = grid_of(study, a, b, metric, change=False)
    parts = [words("map reading"), _held(grid)]
    parts += [words("map today")] if grid.today else []
    parts += [] if _fits(grid) else [words("map too many")]
    return Chart(
        "surface",
        words("two title", metric=_with_unit(grid, grid.metric), a=grid.names[0], b=grid.names[1]),
        joined([part for part in parts if part.en], " "),
        _columns(grid),
        _rows(grid),
        *_map(grid),
        height=150 + 44 * min(len(grid.settings[1]), 12),
    )


def _spread(number: int) -> list[int]:
    """Return which levels have a line: the first, the last and some between."""
    if number <= MOST_LINES:
        return list(range(number))
    return [round(k * (number - 1) / (MOST_LINES - 1)) for k in range(MOST_LINES)]


def _columns(grid: Grid) -> tuple[Column, ...]:
    return (
        Column("a", grid.names[0]),
        Column("b", grid.names[1]),
        Column("mean", _shown(grid), grid.unit),
        Column("low", words("from"), grid.unit),
        Column("high", words("up to"), grid.unit),
    )


def _rows(grid: Grid) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (grid.settings[0][i], grid.settings[1][k], *numbers(cell, grid.factor, signed=grid.is_change))
        for i, row in enumerate(grid.found.cells)
        for k, cell in enumerate(row)
    )


def _shown(grid: Grid) -> Words:
    return words("pareto change", name=grid.metric) if grid.is_change else grid.metric


def _with_unit(grid: Grid, name: Words) -> Words:
    return words("two axis", name=name, unit=grid.unit) if grid.unit.en else name


# Words ----------------------------------------------------------------------------------------------------------


def _held(grid: Grid) -> Words:
    if not grid.others:
        return same("")
    return words("two averaged" if grid.averaged else "two held", others=token(grid.others))


def _reading(grid: Grid, drawn: int) -> Words:
    ends = {
        "a": grid.names[0],
        "b": grid.names[1],
        "a_low": grid.settings[0][0],
        "a_high": grid.settings[0][-1],
        "b_low": grid.settings[1][0],
        "b_high": grid.settings[1][-1],
    }
    said = {
        key: words("two amount", amount=bare_interval(one, grid.factor, signed=True), unit=grid.change)
        for key, one in (
            ("at_low", grid.found.at_low),
            ("at_high", grid.found.at_high),
            ("more", grid.found.interaction),
        )
    }
    if grid.today and grid.is_change:
        at = {"a": grid.names[0], "b": grid.names[1]}
        at |= {"at_a": grid.settings[0][grid.today[0]], "at_b": grid.settings[1][grid.today[1]]}
        parts = [words("two reading change", **at)]
    else:
        parts = [words("two reading")]
    parts += [words("two parallel"), words("two effects", **ends, **said)]
    parts += [words("two clear" if grid.found.is_clear else "two not clear", **ends, **said), _held(grid)]
    if drawn < len(grid.settings[1]):
        parts += [words("two some lines", drawn=token(drawn), all=token(len(grid.settings[1])))]
    return joined([part for part in parts if part.en], " ")


# Figures --------------------------------------------------------------------------------------------------------


def _lines(grid: Grid, drawn: list[int]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    n = len(grid.settings[0])
    traces = []
    for line, k in enumerate(drawn):
        cells = [row[k] for row in grid.found.cells]
        beside = min(0.011 * n, 0.11) * (line - (len(drawn) - 1) / 2)
        colour = f"@c{line}"
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": words("two line", name=cut(grid.names[1], 32), setting=cut(grid.settings[1][k], 20)),
                "x": [place + beside for place in range(n)],
                "y": [grid.factor * c.mean if c.mean is not None else None for c in cells],
                "error_y": error_bars(cells, grid.factor, colour),
                "line": {"color": colour, "dash": DASHES[line], "width": 2},
                "marker": {"color": colour, "symbol": SYMBOLS[line], "size": 8},
                "hoverinfo": "y+name",
            }
        )
    title = _with_unit(grid, wrapped(_shown(grid), 34, 2))
    layout: dict[str, Any] = {
        "showlegend": True,
        "xaxis": {
            "title": {"text": wrapped(grid.names[0], 60, 2)},
            "tickvals": list(range(n)),
            "ticktext": [cut(each, 60 // n + 4) for each in grid.settings[0]],
            "range": [-0.3, n - 0.7],
            "zeroline": False,
        },
        "yaxis": {"title": {"text": title}, "zeroline": grid.is_change},
    }
    return traces, layout


def _map(grid: Grid) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    columns, rows = (len(each) for each in grid.settings)
    means = [[_mean(grid.found.cells[i][k], grid.factor) for i in range(columns)] for k in range(rows)]
    printed = _fits(grid)
    title = _with_unit(grid, cut(grid.metric, 34))
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "x": list(range(columns)),
            "y": list(range(rows)),
            "z": means,
            "colorscale": [[k / (len(CIVIDIS) - 1), colour] for k, colour in enumerate(CIVIDIS)],
            "colorbar": {"title": {"text": title, "side": "right"}, "thickness": 14, "outlinewidth": 0},
            "xgap": 2,
            "ygap": 2,
            "showscale": not printed,
            "hoverinfo": "skip" if printed else "z",
        }
    ]
    if printed:
        traces.append(_printed(grid, means))
    layout: dict[str, Any] = {"shapes": [_frame(grid.today, means)] if grid.today else []}
    for axis, name, settings, width in (
        ("xaxis", grid.names[0], grid.settings[0], 60 // columns + 4),
        ("yaxis", grid.names[1], grid.settings[1], 14),
    ):
        layout[axis] = {
            "title": {"text": wrapped(name, 60 if axis == "xaxis" else 5 * rows + 10, 3)},
            "tickvals": list(range(len(settings))),
            "ticktext": [cut(each, width) for each in settings],
            "range": [-0.5, len(settings) - 0.5],
            "showgrid": False,
            "showline": False,  # It would lie on the cells.
            "zeroline": False,
        }
    return traces, layout


def _mean(cell: Interval, factor: float) -> float | None:
    return None if cell.mean is None else cell.mean * factor


def _hover(grid: Grid, cell: Interval) -> Words:
    return words("two amount", amount=bare_interval(cell, grid.factor), unit=grid.unit)


def _texts(grid: Grid) -> list[list[str]]:
    """Return the values as texts, all to the same digit: [level of a][level of b]."""
    cells = [cell for row in grid.found.cells for cell in row if cell.mean is not None]
    place = min(places(cell, grid.factor) for cell in cells)
    return [
        [token(round(grid.factor * (cell.mean or 0.0), place), max(place, 0)) for cell in row]
        for row in grid.found.cells
    ]


def _fits(grid: Grid) -> bool:
    longest = max(len(finished(text, "1,234.5")) for row in _texts(grid) for text in row)
    return len(grid.settings[0]) * (longest + 1) <= PRINTED


def _printed(grid: Grid, means: list[list[float | None]]) -> dict[str, Any]:
    """Return the values as texts over the cells, dark or light as the cell asks."""
    texts = _texts(grid)
    at = [(i, k, value) for k, row in enumerate(means) for i, value in enumerate(row) if value is not None]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [i for i, _, _ in at],
        "y": [k for _, k, _ in at],
        "text": [same(texts[i][k]) for i, k, _ in at],
        "textfont": {"color": [_ink(means, value) for *_, value in at], "size": 13},
        "hoverinfo": "text",
        "hovertext": [_hover(grid, grid.found.cells[i][k]) for i, k, _ in at],
        "showlegend": False,
    }


def _frame(today: tuple[int, int], means: list[list[float | None]]) -> dict[str, Any]:
    """Return a frame within today's cell, dark or light as the cell asks."""
    x, y = today
    inside = 0.46
    corners = {"x0": x - inside, "x1": x + inside, "y0": y - inside, "y1": y + inside}
    return {"type": "rect", **corners, "line": {"color": _ink(means, means[y][x]), "width": 3, "dash": "dot"}}


def _ink(means: list[list[float | None]], value: float | None) -> str:
    """Return what can be read on the colour of a cell; where there is none, the ground is the page's."""
    known = [mean for row in means for mean in row if mean is not None]
    if value is None:
        return "@ink"
    return ink_on(cividis((value - min(known)) / ((max(known) - min(known)) or 1.0)))
