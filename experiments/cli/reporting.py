"""What `relevo report` and the end of the main job do: read results, write the report, never over anything else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.run.store import atomic_file
from sim.errors import InputError, RelevoError, UsageError

if TYPE_CHECKING:
    from experiments.run.study import Study

FORMER = 4_000_000
"""Bytes of a file that are looked at to tell whether it is a report."""


def write_report(folder: Path, out: Path | None, language: str) -> Path:
    """Write the report of the results in a folder; return the file.

    Parameters
    ----------
    folder : Path
        Of results of the main job, `simulate`, `compare` or `sweep`.
    out : Path, optional
        The file; `report.html` in the folder if not given.
    language : str
        "en" or "es": what the report opens in.

    Raises
    ------
    InputError
        If there are no results, or they are damaged.
    UsageError
        If the file exists and is no report.
    RelevoError
        If it cannot be written.
    """
    from experiments.show.report.report import NAME, report

    file = out or folder / NAME
    _check_results(folder)
    _check_file(file)
    text = report(_study(folder), language)
    with atomic_file(file) as opened:
        opened.write(text.encode("utf-8"))
    return file


def _study(folder: Path) -> Study:
    from experiments.run.study import read_study

    try:
        study = read_study(folder)
        what = "no runs" if study.wide.empty else ""
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
    if what:
        raise InputError(
            f"{folder}: not what this version of Relevo writes ({what[:200]}); give the command in manifest.json "
            "again, into a new folder."
        )
    return study


def _check_results(folder: Path) -> None:
    """Say kindly what is not there; a sweep that is not finished is told how to go on."""
    if not folder.exists():
        raise InputError(f"{folder}: no such folder; name one that relevo has written, such as those in results.")
    if not folder.is_dir():
        raise InputError(f"{folder}: a file, not a folder of results; name the folder that it is in.")
    if (folder / "experiment.json").is_file() and not (folder / "manifest.json").is_file():
        raise InputError(
            f"{folder}: this sweep is not finished; give its command again to go on ('relevo status {folder}' says how "
            "far it is), then make the report."
        )


def _check_file(file: Path) -> None:
    """Refuse to write over what is no report of ours."""
    from experiments.show.report.report import MARK

    if not file.exists():
        if not file.parent.is_dir():
            raise UsageError(f"--out {file}: there is no folder {file.parent}; make it first or name another file.")
        return
    if not file.is_file():
        raise UsageError(f"--out {file}: a folder; name a file, such as {file / 'report.html'}.")
    try:
        with file.open("rb") as opened:
            former = opened.read(FORMER)
    except OSError as error:
        raise RelevoError(f"{file}: cannot be read ({error.strerror}); name another file with --out.") from None
    if MARK.encode() not in former:
        raise UsageError(
            f"--out {file}: exists and is no report of Relevo; it is left as it is. Name another file or "
            "remove it first."
        )


def size_of(file: Path) -> int:
    """Return the size of a file in kilobytes, rounded up."""
    return -(-file.stat().st_size // 1000)
