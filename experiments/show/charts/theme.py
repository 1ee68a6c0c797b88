"""One look for all charts: Okabe-Ito and Cividis, light and dark, and how a figure's texts and colours are filled in.

A figure is written once, with texts in both languages (`Words`) and colours by their role ("@policy"); language,
number format and theme are filled in where it is shown: here for notebooks, in `page/page.js` for pages, by the
same rules (a test compares the two).
"""

from __future__ import annotations

import html
from typing import Any, Literal

from experiments.show.bilingual import NUMBER_FORMATS, Words, finished

Theme = Literal["light", "dark"]

ROLES: dict[str, tuple[str, str]] = {
    "ink": ("#1a1a1a", "#e8e8e8"),
    "muted": ("#595959", "#a8a8a8"),
    "grid": ("#d9d9d9", "#3d3d3d"),
    "paper": ("#ffffff", "#161616"),
    "today": ("#595959", "#b8b8b8"),
    "policy": ("#0072b2", "#56b4e9"),
    "better": ("#00795a", "#2fc49b"),
    "worse": ("#b84f00", "#f28c4a"),
    "neutral": ("#6e6e6e", "#9a9a9a"),
    "c0": ("#0072b2", "#56b4e9"),
    "c1": ("#b84f00", "#f28c4a"),
    "c2": ("#00795a", "#2fc49b"),
    "c3": ("#a8487f", "#dd94bd"),
    "c4": ("#8a6100", "#e69f00"),
    "c5": ("#4a4a9c", "#a3a3ee"),
    "c6": ("#6e6e6e", "#9a9a9a"),
    "c7": ("#1a1a1a", "#e8e8e8"),
}
"""Role -> colour in light and in dark: Okabe-Ito's hues, darkened on white until lines have a contrast of 3 to 1."""
CIVIDIS = (
    *("#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838"),
)
"""Cividis (Nunez, Anderton & Renslow 2018), made to be read alike with and without colour blindness."""
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "x", "star", "hexagon")
"""Second cues beside colour, by the number of the line."""
BAND, WITHIN = "0.15", "0.2"
"""How strongly a band is filled, and one within it: lines over two bands keep a contrast of 3 to 1. A band is seen by
its outline, which has its full colour."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

_AXIS: dict[str, Any] = {
    "color": "@ink",
    "gridcolor": "@grid",
    "linecolor": "@muted",
    "zerolinecolor": "@muted",
    "tickcolor": "@muted",
    "automargin": True,
    "ticks": "outside",
    "fixedrange": True,
    "separatethousands": True,
    "exponentformat": "none",
}
BASE: dict[str, Any] = {
    "paper_bgcolor": "@paper",
    "plot_bgcolor": "@paper",
    "font": {"family": FONT, "size": 13, "color": "@ink"},
    "margin": {"l": 60, "r": 20, "t": 36, "b": 48, "pad": 2},
    "hoverlabel": {
        "namelength": -1,
        "bgcolor": "@paper",
        "bordercolor": "@muted",
        "font": {"color": "@ink", "size": 13},
    },
    "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"color": "@ink"}},
    "xaxis": _AXIS,
    "yaxis": _AXIS,
    "modebar": {"bgcolor": "@paper", "color": "@muted", "activecolor": "@ink"},
    "dragmode": False,
    "hovermode": "closest",
    "showlegend": False,
}
"""Layout of every chart; a chart's own layout is laid over it."""
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "modeBarButtons": [["toImage"]],
    "scrollZoom": False,
    "doubleClick": False,
}
"""What every chart lets people do: nothing that sends anything anywhere."""


def laid_over(base: Any, own: Any) -> Any:
    """Return a mapping laid over another, key by key.

    Examples
    --------
    >>> laid_over({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}})
    {'a': {'b': 3, 'c': 2}}
    """
    if not isinstance(base, dict) or not isinstance(own, dict):
        return own
    return {**base, **{key: laid_over(base[key], value) if key in base else value for key, value in own.items()}}


def full_layout(layout: dict[str, Any]) -> dict[str, Any]:
    """Return a chart's layout over the one of all charts; further axes get the look of the first."""
    axes = {key: _AXIS for key in layout if key[:5] in ("xaxis", "yaxis")}
    found: dict[str, Any] = laid_over({**BASE, **axes}, layout)
    return found


def resolve(part: Any, language: str, theme: Theme, number_format: str) -> Any:
    """Fill in texts, numbers and colours of a figure.

    Texts are escaped, so that a name from a file never becomes markup; a line break in a text becomes one.

    Examples
    --------
    >>> resolve({"name": Words("<b>a</b>", "b"), "color": "@ink"}, "en", "light", "1,234.5")
    {'name': '&lt;b&gt;a&lt;/b&gt;', 'color': '#1a1a1a'}
    """
    if isinstance(part, Words):
        return resolve(getattr(part, language), language, theme, number_format)
    if isinstance(part, dict):
        return {key: resolve(value, language, theme, number_format) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [resolve(value, language, theme, number_format) for value in part]
    if isinstance(part, str):
        name, _, strength = part[1:].partition(":")
        if part.startswith("@") and name in ROLES:
            return _colour(ROLES[name][theme == "dark"], strength)
        return html.escape(finished(part, number_format), quote=False).replace("\n", "<br>")
    return part


def _colour(colour: str, strength: str) -> str:
    if not strength:
        return colour
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"


def separators(number_format: str) -> str:
    """Return the separators of decimals and thousands as plotly wants them.

    Examples
    --------
    >>> separators("1.234,5")
    ',.'
    """
    thousands, decimal = NUMBER_FORMATS[number_format]
    return decimal + thousands
