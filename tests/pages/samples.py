"""A page with a chart of every kind, made by hand, with names that try to be more than names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.show.bilingual import Words, same, token
from experiments.show.charts.chart import Chart, Column, Num
from experiments.show.charts.theme import CIVIDIS
from experiments.show.page.page import Choice, write_page

TEMPLATE = Path(__file__).with_name("samples.html.j2")
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '{"en":"x","es":"y"}',
    "%{x} $x^2$",
    "@ink",
    "⟦1;2;⟧ ⟦1.2.3;99999;⟧",
    '<a href="javascript:alert(1)">a</a>',
    "&lt;b&gt; &amp; <b>bold</b><br>\"'`",
    "{{ 7 * 7 }} {% raw %} {# #}",
    "a name so very long that nobody will ever read it to its end, least of all in the margin of a chart",
)
HOURS = Column("hours", Words("hours", "horas"), same("h"))


def short(name: str) -> str:
    return name if len(name) <= 28 else name[:27] + "…"


def forest(names: tuple[str, ...] = HOSTILE, factor: float = 1.0) -> Chart:
    """Points with error bars, names beside them."""
    x = [factor * (place - 4.5) for place in range(len(names))]
    rows = tuple((name, Num(v, 1, True), Num(None)) for name, v in zip(names, x, strict=True))
    look = {"color": "@better", "size": 10, "symbol": "diamond"}
    return Chart(
        "forest",
        Words(f"A forest times {token(factor, 1)}", f"Un bosque por {token(factor, 1)}"),
        Words(f"Read it so: {HOSTILE[0]}", f"Se lee así: {HOSTILE[0]}"),
        (Column("way", Words("way", "forma")), HOURS, Column("none", same("–"))),
        rows,
        [
            {
                "type": "scatter", "mode": "markers", "name": Words("better", "mejor"),
                "x": x, "y": list(range(len(x))), "marker": look,
                "error_x": {"array": [2.0] * len(x), "color": "@better", "thickness": 2},
                "hovertext": list(names), "hoverinfo": "text",
            }
        ],
        {
            "showlegend": True,
            "xaxis": {"title": {"text": same("h")}},
            "yaxis": {
                "tickvals": list(range(len(x))), "ticktext": [short(n) for n in names], "range": [len(x) - 0.5, -0.5],
                "zeroline": False,
            },
        },
        height=360,
    )  # fmt: skip


def weeks() -> Chart:
    """A line with a band and a level."""
    x = list(range(1, 41))
    mean = [1000 + 20 * w % 300 for w in x]
    band = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
    return Chart(
        "weeks",
        Words("Weeks", "Semanas"),
        Words("A line and its band.", "Una línea y su banda."),
        (Column("week", Words("week", "semana")), Column("mean", Words("mean", "media"), same("EUR"))),
        tuple((Num(w), Num(m)) for w, m in zip(x, mean, strict=True)),
        [
            {**band, "y": [m - 100 for m in mean]},
            {**band, "y": [m + 100 for m in mean], "fill": "tonexty", "fillcolor": "@policy:0.2"},
            {
                "type": "scatter", "mode": "lines", "name": same("a"), "x": x, "y": mean,
                "line": {"color": "@policy", "dash": "dash"},
            },
        ],
        {
            "xaxis": {"title": {"text": Words("week", "semana")}},
            "yaxis": {"title": {"text": same("EUR")}, "tickformat": ",.1f"},
            "shapes": [
                {
                    "type": "line", "x0": 1, "x1": 40, "y0": 1200, "y1": 1200,
                    "line": {"color": "@muted", "dash": "dot"},
                }
            ],
        },
    )  # fmt: skip


def bars() -> Chart:
    """Bars with patterns and printed values, and boxes."""
    names = [Words("one", "uno"), Words("two", "dos")]
    return Chart(
        "bars",
        Words("Bars", "Barras"),
        Words("Bars.", "Barras."),
        (Column("name", Words("name", "nombre")), HOURS),
        ((names[0], Num(1234.5, 1)), (names[1], Num(-20.0, 1))),
        [
            {
                "type": "bar", "x": [0, 1], "y": [1234.5, 900], "text": [token(1234.5, 1), token(900, 1)],
                "textfont": {"color": "@paper"}, "textposition": "inside", "insidetextanchor": "middle",
                "marker": {
                    "color": "@c1",
                    "pattern": {"shape": ["", "/"], "fgcolor": "@paper", "fillmode": "overlay", "solidity": 0.1},
                },
            },
            {
                "type": "box", "x": [2, 2, 2, 2], "y": [200, 300, 400, 900], "line": {"color": "@c2"},
                "fillcolor": "@c2:0.3",
            },
        ],
        {"xaxis": {"tickvals": [0, 1], "ticktext": names, "zeroline": False}, "yaxis": {"title": {"text": same("h")}}},
        height=300,
    )  # fmt: skip


def heat() -> Chart:
    """A heat map with printed values: dark on light cells, light on dark ones."""
    z = [[0.0, 3.0, 6.0], [9.0, 4.0, 1.0]]
    annotations = [
        {
            "x": i, "y": j, "text": token(value, 1), "showarrow": False,
            "font": {"color": "#000000" if value > 4.5 else "#ffffff"},
        }
        for j, row in enumerate(z)
        for i, value in enumerate(row)
    ]  # fmt: skip
    scale = [[i / (len(CIVIDIS) - 1), colour] for i, colour in enumerate(CIVIDIS)]
    return Chart(
        "heat",
        Words("Heat", "Calor"),
        Words("A map.", "Un mapa."),
        (Column("row", Words("row", "fila")), HOURS),
        tuple((str(j), Num(v, 1)) for j, row in enumerate(z) for v in row),
        [{"type": "heatmap", "z": z, "colorscale": scale, "showscale": False, "hoverinfo": "z"}],
        {"annotations": annotations, "xaxis": {"tickvals": [0, 1, 2]}, "yaxis": {"tickvals": [0, 1]}},
        height=240,
    )


def sample(language: str = "en", **more: Any) -> str:
    """Return the page."""
    metrics = {"wait": Words("the wait", "la espera"), "profit": Words("the profit", "el beneficio")}
    ways = {HOSTILE[0]: same(HOSTILE[0]), HOSTILE[1]: Words("another", "otra")}
    return write_page(
        **{
            "template": TEMPLATE,
            "title": Words("Samples & <i>names</i>", "Muestras y <i>nombres</i>"),
            "language": language,
            "charts": {
                "forest": Choice("metric", {"wait": forest(), "profit": forest(HOSTILE[:5], 2.0)}),
                "both": Choice("way", {HOSTILE[0]: Choice("metric", {"profit": bars()}), HOSTILE[1]: weeks()}),
                "weeks": weeks(),
                "bars": bars(),
                "heat": heat(),
            },
            "choices": {"metric": metrics, "way": ways},
            "data": {"hostile": list(HOSTILE)},
            "contents": [("first", Words("First", "Primero")), ("last", same(HOSTILE[0]))],
            "lead": Words(f"It is {token(1234.5, 1)} h.", f"Son {token(1234.5, 1)} h."),
            "items": [
                {"label": Words("wait", "espera"), "value": same(f"{token(-3.1, 1)} h"), "verdict": "better"},
                {"label": same("profit"), "value": Num(43700.0), "note": same(HOSTILE[1]), "verdict": "worse"},
                {"label": same(HOSTILE[2]), "value": None},
            ],
            "heads": [Words("First part", "Primera parte"), Words("Last part", "Última parte")],
            "hostile": Words("\n".join(HOSTILE), "\n".join(reversed(HOSTILE))),
            "columns": (Column("name", Words("name", "nombre")), HOURS, Words("verdict", "veredicto"), same("wide")),
            "rows": [(name, Num(1000.0 * i, 1), Words("yes", "sí"), "x" * 70) for i, name in enumerate(HOSTILE)],
            "caption": Words("A table", "Una tabla"),
            "choice": Words("Metric", "Medida"),
            **more,
        }
    )  # fmt: skip
