"""Where results come from: versions, hashes, the state of the source, and the command that repeats them."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

SCHEMA_VERSION = 1
"""Of the manifest and of every JSON object printed; grows when the meaning of a key changes."""
RECORDED_PACKAGES = ("numpy", "numba", "simpy", "pandas", "scipy", "pydantic", "pyarrow")
ROOT = Path(__file__).resolve().parents[2]


def relevo_version() -> str:
    """Return the version of Relevo, also when it runs from a checkout that was never installed."""
    project = ROOT / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return importlib.metadata.version("relevo")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def versions() -> dict[str, str]:
    """Return the versions of everything that could change a number; nothing that names the machine."""
    found = {"relevo": relevo_version(), "python": platform.python_version()}
    for package in RECORDED_PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "missing"
    return found


def platform_kind() -> str:
    """Return the kind of machine, such as 'linux x86_64', without its name."""
    return f"{sys.platform} {platform.machine().lower()}"


def content_hash(model: BaseModel) -> str:
    """Return the SHA-256 of the canonical JSON of a validated scenario or policy.

    Layout, comments, units and the order of keys in the file do not change it; a changed number does.
    """
    text = json.dumps(model.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def source_commit() -> str | None:
    """Return the git commit of the sources, "-dirty" where they differ from it; None outside a checkout."""
    if not (ROOT / ".git").exists():  # Never the commit of some other project that Relevo is installed in.
        return None
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None


def command_line(command: str, options: dict[str, Any]) -> str:
    """Write the command that gives the same numbers again.

    Parameters
    ----------
    command : str
        The command with its arguments.
    options : dict
        Option -> value, list of values, or None to leave the option out.

    Examples
    --------
    >>> command_line("simulate levante", {"--policy": ["more staff=0.5"], "--weeks": None, "--seed": 1})
    "relevo simulate levante --policy 'more staff=0.5' --seed 1"
    """
    words = ["relevo", *shlex.split(command)]
    for option, value in options.items():
        for item in value if isinstance(value, list | tuple) else [value]:
            if item is not None:
                words += [option, str(item)]
    return shlex.join(words)
