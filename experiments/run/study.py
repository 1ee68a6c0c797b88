"""Results as one thing to look at, whichever command left them: ways of working, their runs, where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from experiments.run.inputs import Inputs, read_inputs
from experiments.run.job import with_weeks
from experiments.run.store import MANIFEST
from sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from sim.api import Results
    from sim.scenario.company import Scenario

Kind = Literal["job", "compare", "sweep"]
TODAY = ""
"""Key of today's way of working."""
FROZEN = "frozen"
"""Folder within the main job's results: the same with the number of customers held fixed."""


@dataclass(frozen=True)
class StudyFactor:
    """What an experiment varied.

    Attributes
    ----------
    name : str
        Column of the design: a policy's name or a field of the scenario.
    policy : str or None
        The policy, if it is one's intensity.
    values : tuple
        Its values in the design, in base units, ascending.
    controllable : bool
        Whether the organisation decides it.
    """

    name: str
    policy: str | None
    values: tuple[float | str, ...]
    controllable: bool


@dataclass(frozen=True)
class Study:
    """Ways of working of one company, each replicated with the same customers and the same luck.

    Attributes
    ----------
    kind : str
        "job" (the main job, simulate), "compare" or "sweep".
    scenario : Scenario
        The company, with the horizon that was run.
    ways : tuple of str
        Keys of the ways of working; "" is today's and comes first, if it was run. A sweep's are its points' numbers.
    wide : DataFrame
        One row per run, by (way, replication); one column per metric; nan where a metric does not apply.
    members : mapping
        Way of working -> policy -> intensity.
    policies : mapping
        Policy -> what its file says, for people to read.
    manifest : mapping
        Of the results; empty without a folder.
    folder : Path or None
        Where the results are.
    given : mapping of str to DataFrame
        Tables that were handed over and not read from a folder.
    design : DataFrame or None
        Of a sweep: a row for each point, by way of working.
    factors : tuple of StudyFactor
        Of a sweep: what varied.
    held : Study or None
        The same with the number of customers held fixed.
    """

    kind: Kind
    scenario: Scenario
    ways: tuple[str, ...]
    wide: pd.DataFrame
    members: Mapping[str, Mapping[str, float]]
    policies: Mapping[str, Mapping[str, Any]]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    given: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    design: pd.DataFrame | None = None
    factors: tuple[StudyFactor, ...] = ()
    held: Study | None = None
    _read: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, compare=False)

    def __repr__(self) -> str:
        ways = f"{len(self.ways)} ways of working" if len(self.ways) > 1 else f"'{self.ways[0]}'"
        return f"Study({self.kind} of {self.scenario.name}: {ways}, {self.replications} replications)"

    @property
    def has_today(self) -> bool:
        """Whether today's way of working was run."""
        return TODAY in self.ways

    @property
    def others(self) -> tuple[str, ...]:
        """Ways of working other than today's."""
        return tuple(way for way in self.ways if way != TODAY)

    @property
    def replications(self) -> int:
        """Runs of the way of working that has most."""
        return int(self.wide.groupby(level=0, observed=True).size().max())

    def has(self, metric: str) -> bool:
        """Whether a metric has a value in some run."""
        return metric in self.wide.columns and bool(self.wide[metric].notna().any())

    def values(self, metric: str, way: str = TODAY) -> dict[int, float]:
        """Return a metric of one way of working: replication -> value, without those in which it does not apply."""
        if metric not in self.wide.columns or way not in self.ways:
            return {}
        known = self.wide[metric].xs(way, level=0).dropna()
        return {int(r): float(v) for r, v in known.items()}  # type: ignore[call-overload]

    def runs(self, way: str = TODAY) -> dict[int, dict[str, float]]:
        """Return all metrics of one way of working: replication -> metric -> value."""
        return {int(r): row for r, row in self.wide.xs(way, level=0).to_dict(orient="index").items()}  # type: ignore

    def table(self, name: str) -> pd.DataFrame | None:
        """Return a table of all runs ("weeks", "states", "waits", …) with the column `policies`; None if not kept."""
        if name in self.given:
            return self.given[name]
        if name not in self._read:
            if self.folder is None or not (self.folder / f"{name}.parquet").is_file():
                return None
            self._read[name] = _read(self.folder / f"{name}.parquet")  # A report asks for it many times.
        return self._read[name]


def study_of(results: Sequence[Results]) -> Study:
    """Return a study of what `sim.simulate` returned, each result a way of working of the same company.

    Parameters
    ----------
    results : sequence of Results
        With different policies; same company, seed and weeks.

    Raises
    ------
    InputError
        If there is none, or two have the same policies.
    """
    import pandas as pd

    keys = [result.policies for result in results]
    if not keys or len(set(keys)) < len(keys):
        raise InputError(f"study: got results of {keys}; at least one is needed, and each way of working once.")
    ordered = sorted(results, key=lambda r: r.policies != TODAY)
    wide = pd.concat({r.policies: r.metrics for r in ordered}, names=["way", "replication"])
    names = {name for r in ordered for name in r.tables}
    tables = {name: pd.concat([r.tables[name] for r in ordered if name in r.tables]) for name in sorted(names)}
    members = {key: _members(key) for key in keys}
    policies = _words_of({name for each in members.values() for name in each})
    ways = tuple(r.policies for r in ordered)
    return Study("job", ordered[0].scenario, ways, wide, members, policies, given=tables)


def read_study(folder: Path) -> Study:
    """Read the results that a command left in a folder.

    Raises
    ------
    InputError
        If they are none of the main job's, of `simulate`, `compare` or `sweep`; says what to do.
    """
    manifest = _manifest(folder)
    if "ways_of_working" in manifest:
        held = read_study(folder / FROZEN) if (folder / FROZEN / MANIFEST).is_file() else None
        return _read_ways(folder, manifest, held)
    if "points" in manifest and (folder / "design.parquet").is_file():
        return _read_sweep(folder, manifest)
    raise InputError(
        f"{folder}: no results that a report can be made of; those of relevo today, simulate, compare and sweep can: "
        "name a folder that one of them has written."
    )


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{folder}: no complete results there ({error.strerror}: {MANIFEST}); name a folder that relevo has "
            "written, such as those in results."
        ) from None
    except ValueError as error:
        raise InputError(
            f"{folder / MANIFEST}: damaged ({error}); give the command again, into a new folder."
        ) from None
    if not isinstance(found, dict):
        raise InputError(f"{folder / MANIFEST}: not a manifest; name a folder that relevo has written.")
    return found


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    try:
        return pd.read_parquet(path)
    except (OSError, pa.ArrowException) as error:
        what = (getattr(error, "strerror", None) or str(error)).splitlines()[0]
        raise InputError(f"{path}: cannot be read ({what}); give the command again, into a new folder.") from None


def _read_ways(folder: Path, manifest: dict[str, Any], held: Study | None) -> Study:
    inputs, runs = read_inputs(folder), _read(folder / "runs.parquet")
    members = {each["key"]: dict(each["policies"]) for each in manifest["ways_of_working"]}
    if "metric" in runs.columns:
        kind: Kind = "job"
        wide = runs.pivot(index=["policies", "replication"], columns="metric", values="value")
        wide = wide[list(dict.fromkeys(runs["metric"]))]  # In the order of the dictionary, not of the alphabet.
    else:
        kind, wide = "compare", runs.rename(columns={"policy": "policies"}).set_index(["policies", "replication"])
    wide.index.names = ["way", "replication"]
    there = set(wide.index.get_level_values(0))
    ways = tuple(key for key in members if key in there)
    return Study(
        kind,
        with_weeks(inputs.scenario, manifest["weeks"]),
        tuple(sorted(ways, key=lambda way: way != TODAY)),
        wide,
        members,
        inputs.policies,
        manifest,
        folder,
        held=held,
    )


def _read_sweep(folder: Path, manifest: dict[str, Any]) -> Study:
    inputs, runs, design = read_inputs(folder), _read(folder / "runs.parquet"), _read(folder / "design.parquet")
    record = json.loads((folder / "experiment.json").read_text(encoding="utf-8"))
    plan = record["decides"]["plan"]
    today = [int(p) for p in design.loc[design["is_today"], "point"]][:1]
    way_of = {int(p): TODAY if int(p) in today else str(int(p)) for p in design["point"]}
    good = runs[runs["status"] == "ok"].copy()
    good["way"] = [way_of[int(p)] for p in good["point"]]
    wide = good.set_index(["way", "replication"]).drop(columns=["point", "status", "reason", "events"])
    there = set(wide.index.get_level_values(0))
    ways = tuple(way for way in way_of.values() if way in there)
    factors = tuple(_factor(name, said, design, inputs) for name, said in plan["factors"].items())
    design = design.assign(way=[way_of[int(p)] for p in design["point"]]).set_index("way")
    always = plan["policies"]
    members = {
        str(way): {**always, **{f.policy: float(row[f.name]) for f in factors if f.policy and row[f.name] > 0}}
        for way, row in design.iterrows()
    }
    return Study(
        "sweep",
        with_weeks(inputs.scenario, manifest["weeks"]),
        tuple(sorted(ways, key=lambda way: way != TODAY)),
        wide,
        members,
        inputs.policies,
        {**manifest, "plan": plan},
        folder,
        design=design,
        factors=factors,
    )


def _factor(name: str, said: Mapping[str, Any], design: pd.DataFrame, inputs: Inputs) -> StudyFactor:
    policy = said["policy"] or (name if said["field"] is None and name in inputs.policies else None)
    policy = Path(policy).stem if policy and policy not in inputs.policies else policy
    values = sorted(design[name].dropna().unique().tolist())
    return StudyFactor(name, policy, tuple(values), said["role"] == "controllable")


def _members(key: str) -> dict[str, float]:
    """Return the policies of a portfolio's key.

    Examples
    --------
    >>> _members("checklist=0.5+parity")
    {'checklist': 0.5, 'parity': 1.0}
    """
    found = {}
    for part in filter(None, key.split("+")):
        name, _, amount = part.partition("=")
        found[name] = float(amount or 1.0)
    return found


def _words_of(names: set[str]) -> dict[str, dict[str, Any]]:
    """Return what the shipped policies among some say; of others, only their names are known."""
    from sim.policies import load_policy
    from sim.scenario.files import shipped_names

    shipped = set(shipped_names("policies"))
    return {name: load_policy(name).model_dump(mode="json") for name in sorted(names & shipped)}
