"""What results came from, kept beside them, so that a report needs no other file: the company and its policies."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.run.store import write_json
from sim.errors import InputError
from sim.policies import Policy
from sim.scenario.company import Scenario
from sim.scenario.load import scenario_from_data

FILE = "inputs.json"


@dataclass(frozen=True)
class Inputs:
    """What some results came from.

    Attributes
    ----------
    scenario : Scenario
        The company as its files said it, before a command changed its horizon.
    policies : dict
        By name: what a policy's file said, for people to read: label, grade, source, failure mode, ….
    """

    scenario: Scenario
    policies: dict[str, dict[str, Any]]


def keep_inputs(folder: Path, scenario: dict[str, Any], policies: Iterable[Policy]) -> None:
    """Write what results come from into their folder.

    Parameters
    ----------
    folder : Path
        That of the results.
    scenario : dict
        What the scenario's files say (see `sim.scenario.load.scenario_data`).
    policies : iterable of Policy
        Those that some way of working has.

    Raises
    ------
    RelevoError
        If it cannot be written.
    """
    said = {policy.name: policy.model_dump(mode="json") for policy in policies}
    write_json(folder / FILE, {"scenario": scenario, "policies": said})


def read_inputs(folder: Path) -> Inputs:
    """Read what results came from.

    Raises
    ------
    InputError
        If the folder has no such file, or the file is none of this version's.
    """
    file = folder / FILE
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return Inputs(scenario_from_data(said["scenario"], str(file)), dict(said["policies"]))
    except OSError as error:
        raise InputError(
            f"{file}: cannot be read ({error.strerror}); a report needs it. Results of an earlier version have none: "
            "give the command in manifest.json again, into a new folder."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{file}: not what this version of Relevo writes ({error}); give the command in manifest.json again, into "
            "a new folder."
        ) from None
