"""The kind of machine and the versions, without names of hosts or folders."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

from benchmarks.engines.programs import FLAGS, compiler
from sim import __version__

PACKAGES = ("numpy", "numba", "simpy", "ciw", "salabim")


def processor() -> str:
    """Return the model of the processor, as far as the system tells."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.processor() or "unknown processor"


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def versions() -> dict[str, str]:
    """Return the versions of everything that takes part; what is not installed is left out."""
    found = {"relevo": __version__, platform.python_implementation(): platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    gcc = compiler()
    if gcc is not None:
        said = subprocess.run([gcc, "-dumpfullversion"], capture_output=True, text=True, check=False).stdout.strip()
        found[f"gcc {' '.join(FLAGS)}"] = said or "unknown"
    return found


def described() -> str:
    """Return processor, cores, system and versions in one sentence."""
    parts = ", ".join(f"{name} {version}" for name, version in versions().items())
    return f"{processor()}, {cores()} cores, {platform.machine()} {platform.system()}; {parts}"
