"""Which assumptions a conclusion rests on, and charts of what `relevo sensitivity --out` has kept."""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.mean_interval import Interval
from experiments.analysis.sensitivity.drivers import Driver
from experiments.analysis.sensitivity.replications import Bounds
from experiments.analysis.sensitivity.tornado import NO_CHANGE, Bar, Tornado
from experiments.show.bilingual import Words, joined, same, token, unit_words, words
from experiments.show.charts.chart import Chart, Column, Num
from experiments.show.charts.estimates import numbers
from experiments.show.charts.labels import wrapped
from experiments.show.charts.settings import setting_words
from experiments.show.charts.tornado import MOST, Settings, error_bars, metric_named, tornado_of
from experiments.show.numbers import unit_scale
from sim.errors import InputError, UsageError, nearest
from sim.measures.columns import describe
from sim.measures.interval import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd

ROW = 30
"""Height of an assumption [pixels]."""


def rests_on(
    drivers: Sequence[Driver],
    metric: str,
    policy: Words,
    names: Mapping[str, Words] | None = None,
    currency: str = "EUR",
) -> Chart:
    """Return what each assumption adds to what a policy does, all of them having been varied together.

    Parameters
    ----------
    drivers : sequence of Driver
        Of a `Conclusion`; see `experiments.analysis.sensitivity.conclusion`.
    metric : str
        What the policy changes.
    policy : Words
        What the policy is called.
    names : mapping, optional
        Assumption -> what it is called; as the scenario file names it if not given.
    currency : str
        Of amounts of money.

    Raises
    ------
    UsageError
        If there is no assumption or no such metric.
    """
    if not drivers:
        raise UsageError("rests_on: got no assumptions; at least one is needed.")
    known = describe(metric, currency)
    factor, _ = unit_scale(known.unit)
    unit = unit_words(known.unit, points=True)
    ordered = sorted(drivers, key=lambda one: -abs(one.coefficient.value))
    named = [(one, (names or {}).get(one.assumption) or same(one.assumption)) for one in ordered]
    columns = (
        Column("assumption", words("rests assumption")),
        Column("coefficient", words("rests adds"), unit),
        Column("low", words("from"), unit),
        Column("high", words("up to"), unit),
        Column("share", words("rests share"), same("%")),
        Column("verdict", words("verdict")),
    )
    parts = [words("rests reading")]
    parts += [words("tornado most", most=token(MOST), all=token(len(named)))] if len(named) > MOST else []
    return Chart(
        "rests_on",
        words("rests title", policy=policy, name=metric_named(metric, currency)),
        joined(parts, " "),
        columns,
        tuple(
            (
                name,
                *numbers(_interval(one.coefficient), factor, signed=True),
                Num(100 * one.share.value if math.isfinite(one.share.value) else None),
                words("tornado clear" if one.is_clear else "tornado open"),
            )
            for one, name in named
        ),
        *_figure(named[:MOST], factor, words("rests axis", unit=unit)),
        height=110 + ROW * min(len(named), MOST),
    )


def kept_tornado(folder: Path, settings: Mapping[str, Settings] | None = None) -> Chart:
    """Return the tornado that `relevo sensitivity --method tornado --out` has kept.

    Parameters
    ----------
    folder : Path
        What it wrote.
    settings : mapping, optional
        Factor -> what to call it and its ends; from the folder and the shipped policies if not given.

    Raises
    ------
    InputError
        If the folder has no such results.
    """
    metric, currency = _response(folder)
    table = _table(folder, "sensitivity")
    if "at_low" not in table.columns:
        raise InputError(f"{folder}: results of another method; give relevo sensitivity with --method tornado.")
    bars = tuple(Bar(str(row.factor), _end(row, "low"), _end(row, "high")) for row in table.itertuples())
    return tornado_of(Tornado(bars, CONFIDENCE, True), metric, settings or _kept_settings(folder), currency)


def kept_rests_on(folder: Path, policy: str | None = None) -> Chart:
    """Return which assumptions a policy's effect rests on, as `relevo sensitivity --assumptions --out` has kept it.

    Parameters
    ----------
    folder : Path
        What it wrote.
    policy : str, optional
        One of those that were varied; the first if not given.

    Raises
    ------
    InputError
        If the folder has no such results.
    UsageError
        If the policy is not among them.
    """
    metric, currency = _response(folder)
    table = _table(folder, "drivers")
    known = list(dict.fromkeys(str(each) for each in table["policy"]))
    chosen = known[0] if policy is None else policy
    if chosen not in known:
        raise UsageError(f"rests_on: policy '{chosen[:80]}' is not in {folder}. {nearest(chosen, known)}")
    own = table[table["policy"] == chosen]
    drivers = [
        Driver(str(name), Bounds(*one), Bounds(*share))
        for name, one, share in zip(
            own["assumption"],
            own[["coefficient", "coefficient_low", "coefficient_high"]].to_numpy(dtype=float).tolist(),
            own[["share", "share_low", "share_high"]].to_numpy(dtype=float).tolist(),
            strict=True,
        )
    ]
    return rests_on(drivers, metric, _policy_words(chosen), currency=currency)


# What the folder holds ------------------------------------------------------------------------------------------


def _response(folder: Path) -> tuple[str, str]:
    """Return the metric of the results, from the command that the manifest keeps, and the currency."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        said = shlex.split(manifest["command"])
        metric = said[said.index("--response") + 1]
        columns = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise InputError(
            f"{folder}: no results of relevo sensitivity there ({error}); name a folder that it wrote with --out."
        ) from None
    own = columns.get("sensitivity", columns.get("drivers", {}))
    unit = str(own.get("at_low", own.get("coefficient", {})).get("unit", ""))
    return metric, unit.partition("/")[0] if describe(metric, "¤").unit.startswith("¤") else "EUR"


def _table(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    try:
        return pd.read_parquet(folder / f"{name}.parquet")
    except (OSError, pa.ArrowException) as error:
        what = (getattr(error, "strerror", None) or str(error)).splitlines()[0]
        raise InputError(
            f"{folder}: the table '{name}' cannot be read ({what}); a tornado is left by --method tornado --out, what "
            "results rest on by --assumptions --out."
        ) from None


def _end(row: Any, key: str) -> Interval:
    """Return the change at an end; one that is as today was kept as 0 to 0."""
    mean, low, high = (float(getattr(row, f"at_{key}{end}")) for end in ("", "_from", "_to"))
    if mean == low == high == 0.0 or not math.isfinite(mean):
        return NO_CHANGE
    known = math.isfinite(low) and math.isfinite(high)
    return Interval(mean, low if known else None, high if known else None, int(row.n), "willink")


def _kept_settings(folder: Path) -> dict[str, Settings]:
    points = _table(folder, "points")
    units = json.loads((folder / "columns.json").read_text(encoding="utf-8")).get("points", {})
    found = {}
    for name in (str(each) for each in points.columns if each not in ("point", "is_today")):
        unit = str(units.get(name, {}).get("unit", ""))
        values = sorted(points[name].dropna().unique().tolist(), key=lambda v: (isinstance(v, str), v))
        low, high = (setting_words(values[k], unit) for k in (0, -1)) if values else (None, None)
        found[name] = Settings(_policy_words(name), low, high)
    return found


def _policy_words(key: str) -> Words:
    """Return the name of a shipped policy, of several, or what the file calls it."""
    from sim.policies import load_policy
    from sim.scenario.files import shipped_names

    shipped = set(shipped_names("policies"))
    parts = []
    for each in key.split("+"):
        label = load_policy(each).label if each in shipped else None
        parts.append(same(each) if label is None else Words(label["en"], label["es"]))
    return joined(parts, " + ")


def _interval(found: Bounds) -> Interval:
    known = math.isfinite(found.low) and math.isfinite(found.high)
    return Interval(found.value, found.low if known else None, found.high if known else None, 0, "t")


def _figure(
    named: Sequence[tuple[Driver, Words]], factor: float, axis: Words
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    traces = []
    for clear, colour, symbol in ((True, "@policy", "circle"), (False, "@neutral", "circle-open")):
        own = [(place, one) for place, (one, _) in enumerate(named) if one.is_clear == clear]
        if own:
            found = [_interval(one.coefficient) for _, one in own]
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": words("tornado clear" if clear else "tornado open"),
                    "x": [factor * (one.mean or 0.0) for one in found],
                    "y": [place for place, _ in own],
                    "marker": {"color": colour, "symbol": symbol, "size": 9, "line": {"width": 2, "color": colour}},
                    "error_x": error_bars(found, factor, colour),
                    "hoverinfo": "x+name",
                }
            )
    layout: dict[str, Any] = {
        "showlegend": True,
        "xaxis": {"title": {"text": axis}, "zeroline": True, "zerolinewidth": 2},
        "yaxis": {
            "tickvals": list(range(len(named))),
            "ticktext": [wrapped(name, 30, 2) for _, name in named],
            "range": [len(named) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
        },
    }
    return traces, layout
