"""Where the numbers come from, and the command that gives them again; nothing that names a machine."""

from __future__ import annotations

import re
import shlex
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from experiments.run.study import Study
from experiments.show.bilingual import Words, joined, same, token, words
from experiments.show.charts.naming import policy_words
from experiments.show.report.compared import Fact

FAILURES = 3
"""Reasons of failed runs that are told."""
_PATH = re.compile(r"(?<![\w./~-])(?:~?/|[A-Za-z]:[\\/])(?:[^\s'\",;:\\/]+[\\/])+(?=[^\s'\",;:\\/])")
"""The folders of an absolute path, up to the name of the file."""


def command(study: Study) -> str:
    """Return the command that gives the same numbers again; files by their names alone."""
    return without_folders(str(study.manifest.get("command", "")))


def without_folders(line: str) -> str:
    """Return a command line in which files are named without the folders of the machine where it was given.

    Examples
    --------
    >>> without_folders("relevo simulate '/a/folder/my shop.yaml' --weeks 4")
    "relevo simulate 'my shop.yaml' --weeks 4"
    >>> without_folders("relevo sweep my/plan.yaml")
    'relevo sweep my/plan.yaml'
    """
    try:
        parts = shlex.split(line)
    except ValueError:
        return without_paths(line)
    return shlex.join(_short(part) for part in parts)


def _short(part: str) -> str:
    option, equals, value = part.partition("=")
    if equals and option.startswith("--"):
        return f"{option}={_short(value)}"
    if PurePosixPath(part).is_absolute():
        return PurePosixPath(part).name
    return PureWindowsPath(part).name if PureWindowsPath(part).is_absolute() else part


def without_paths(text: str) -> str:
    """Return a text in which absolute paths are reduced to the names of files.

    Examples
    --------
    >>> without_paths("/a/folder/shop.yaml, departments: got 0"), without_paths("1/2 of 3 h/week")
    ('shop.yaml, departments: got 0', '1/2 of 3 h/week')
    """
    return _PATH.sub("", text)


def needs_files(study: Study) -> bool:
    """Whether the command names files of whoever gave it, which somebody else needs as well."""
    return any(re.search(r"\.(ya?ml|csv)$", part) for part in _parts(command(study)))


def _parts(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def facts(study: Study) -> list[Fact]:
    """Return version, commit, hashes, seed, replications and date."""
    said, versions = study.manifest, study.manifest.get("versions", {})
    date = said.get("created_at") or said.get("begun") or ""
    found: list[tuple[str, Words]] = [
        ("version", same(str(versions.get("relevo", "")))),
        ("commit", same(str(said.get("source_commit") or ""))),
        ("date", words("report date", date=same(str(date)[:16].replace("T", " "))) if date else same("")),
        ("seed", same(str(said["seed"])) if "seed" in said else same("")),
        ("engine", same(str(said.get("engine", "")))),
        ("scenario", same(_hash(said.get("scenario")))),
        ("orders", _orders(said.get("orders"))),
        ("experiment", same(str(said.get("identity", "")))),
        ("policies", _policies(study)),
        ("packages", same(", ".join(f"{name} {v}" for name, v in versions.items() if name != "relevo"))),
        ("platform", same(str(said.get("platform", "")))),
    ]
    return [(words(f"report from {key}"), value) for key, value in found if value.en]


def _hash(given: Any) -> str:
    return str(given.get("sha256", "")) if isinstance(given, dict) else ""


def _orders(given: Any) -> Words:
    if not isinstance(given, dict):
        return same("")
    values = {"file": PurePosixPath(str(given.get("file", ""))).name, "used": token(int(given.get("used", 0)))}
    return words(
        "report orders", **values, left=token(int(given.get("unusable", 0))), hash=str(given.get("sha256", ""))
    )


def _policies(study: Study) -> Words:
    said = study.manifest.get("policies") or {}
    hashes = {name: one.get("sha256", "") if isinstance(one, dict) else str(one) for name, one in said.items()}
    return joined([joined([policy_words(study, name), same(text[:12])], " ") for name, text in hashes.items()], "; ")


# Gaps -----------------------------------------------------------------------------------------------------------


def gaps(study: Study) -> list[Words]:
    """Say what is missing from the results: an interrupted job, failed runs, points that missed their precision."""
    said = study.manifest
    found = []
    runs = token(len(study.wide))
    if said.get("interrupted"):
        found.append(words("report gap interrupted", runs=runs))
    failures = said.get("failures") or []
    number = int(said.get("failed") or len(failures))
    if number:
        reasons = list(
            dict.fromkeys(without_paths(str(one.get("reason", ""))) for one in failures if one.get("reason"))
        )
        reason = " / ".join(reasons[:FAILURES]) or "–"
        found.append(words("report gap failed", failed=token(number), runs=runs, reason=same(reason)))
    elif said.get("complete") is False and not said.get("interrupted"):
        found.append(words("report gap incomplete", runs=runs))
    if study.replications == 1:
        found.append(words("report gap one run"))
    return found
