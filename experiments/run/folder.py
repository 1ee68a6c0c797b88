"""The folder of an experiment: what it is, written once; begun by whoever comes first, refused to anything else."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from experiments.plan.experiment import Experiment
from experiments.run.identity import content, differences, identity
from experiments.run.parts import Parts, link
from experiments.run.store import told_plainly
from sim.errors import InputError, UsageError

FILE = "experiment.json"
FORMAT = 1


class OtherExperimentError(UsageError):
    """The folder holds another experiment."""


@dataclass(frozen=True)
class Layout:
    """How an experiment is cut into chunks; fixed when it is begun, so that all who work on it cut alike.

    Attributes
    ----------
    group_size : int
        Points of a chunk, at most.
    replications : int
        Replications of a chunk, at most.
    seconds_per_run : float
        What a run took in the pilot [s].
    """

    group_size: int
    replications: int
    seconds_per_run: float


@dataclass(frozen=True)
class ExperimentFolder:
    """An experiment that has been begun.

    Attributes
    ----------
    path : Path
        The folder.
    identity : str
        Hash of everything that decides its numbers.
    layout : Layout
        How it is cut.
    record : dict
        All that was written when it was begun.
    """

    path: Path
    identity: str
    layout: Layout
    record: dict[str, Any]

    @property
    def parts(self) -> Parts:
        """Its results so far."""
        return Parts(self.path)


def default_folder(experiment: Experiment, orders: Path | None) -> Path:
    """Return the folder of an experiment for which none was named: the same for the same experiment."""
    return Path("results") / f"{experiment.plan.name}-{identity(content(experiment, orders))[:12]}"


def begin(
    path: Path,
    experiment: Experiment,
    orders: Path | None,
    pilot: Callable[[], Layout],
    extra: Mapping[str, Any],
) -> ExperimentFolder:
    """Open the folder of an experiment, or begin it there.

    Parameters
    ----------
    path : Path
        The folder; made if need be.
    experiment : Experiment
        What is to be run.
    orders : Path or None
        File of real orders.
    pilot : callable
        Finds out how to cut it, if it has not been begun.
    extra : mapping
        What else is written when it is begun: the command, versions, ….

    Raises
    ------
    OtherExperimentError
        If another experiment has been begun there; says how it differs.
    UsageError
        If the folder holds something else.
    RelevoError
        If it cannot be written.
    """
    found = look(path, experiment, orders)
    if found is not None:
        return found
    with told_plainly(path):
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".{uuid.uuid4().hex[:8]}.probe"
        probe.touch()
        probe.unlink()
    decides, layout = content(experiment, orders), pilot()
    record = {
        "format": FORMAT,
        "identity": identity(decides),
        "name": experiment.plan.name,
        "begun": datetime.now(UTC).isoformat(timespec="seconds"),
        "layout": vars(layout),
        **extra,
        "decides": decides,
    }
    _write_once(path / FILE, record)
    return _same(open_folder(path), decides)  # Somebody else may have been faster.


def look(path: Path, experiment: Experiment, orders: Path | None) -> ExperimentFolder | None:
    """Return an experiment if it has been begun in a folder; None if it can begin there. Writes nothing.

    Raises
    ------
    OtherExperimentError
        If another experiment has been begun there; says how it differs.
    UsageError
        If the folder holds something else.
    RelevoError
        If it cannot be read.
    """
    with told_plainly(path):
        holds = path.exists() and any(not entry.name.startswith(".") for entry in path.iterdir())
    # Asked last: somebody else may begin at this very moment.
    if (path / FILE).exists():
        return _same(open_folder(path), content(experiment, orders))
    if holds:
        raise UsageError(
            f"--out {path}: the folder holds something else; an experiment needs its own; choose another "
            "name or empty it first."
        )
    return None


def open_folder(path: Path) -> ExperimentFolder:
    """Open the folder of an experiment that has been begun.

    Raises
    ------
    InputError
        If there is none.
    """
    file = path / FILE
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise InputError(
                f"{file}: written by another version of Relevo (format {record['format']}, this one reads {FORMAT}); "
                "use that version, or begin in another folder."
            )
        layout = Layout(**record["layout"])
        return ExperimentFolder(path, record["identity"], layout, record)
    except OSError as error:
        raise InputError(
            f"{path}: no experiment there ({error.strerror}); name a folder that 'relevo sweep' has written, "
            "such as those in results."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{file}: not what 'relevo sweep' has written; name another folder.") from None


def _same(found: ExperimentFolder, decides: Mapping[str, Any]) -> ExperimentFolder:
    if found.identity == identity(decides):
        return found
    lines = "\n  ".join(differences(found.record["decides"], decides))
    raise OtherExperimentError(
        f"--out {found.path}: holds another experiment, begun {found.record['begun']}. What differs:\n  {lines}\n"
        "Name another folder, or run what was begun there."
    )


def _write_once(path: Path, record: Mapping[str, Any]) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}.partial")
    with told_plainly(path):
        try:
            with partial.open("w", encoding="utf-8") as file:
                json.dump(record, file, indent=2, ensure_ascii=False, allow_nan=False)
                file.flush()
                os.fsync(file.fileno())
            link(partial, path)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
