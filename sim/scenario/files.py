"""Where the shipped scenarios, policies and plans are; light, so that a command line can list them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sim.errors import InputError, nearest

Kind = Literal["scenarios", "policies", "plans", "causes", "lessons"]

_NOT_SCENARIOS = ("policies", "plans", "causes", "lessons")


def shipped_root() -> Path:
    """Return the folder of the shipped data: inside an installed package, else of the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent / "scenarios"


def shipped_names(kind: Kind = "scenarios") -> tuple[str, ...]:
    """Return the names of the shipped scenarios ("levante", "theory/mm1"), policies or plans, sorted.

    Examples
    --------
    >>> all("/" not in name for name in shipped_names("policies"))
    True
    """
    root = _folder(kind)
    found = (path.relative_to(root).with_suffix("") for path in root.rglob("*.yaml"))
    return tuple(sorted(p.as_posix() for p in found if kind != "scenarios" or p.parts[0] not in _NOT_SCENARIOS))


def _folder(kind: Kind) -> Path:
    return shipped_root() if kind == "scenarios" else shipped_root() / kind


def shipped_file(name: str, kind: Kind = "scenarios") -> Path:
    """Return the file of a shipped scenario, policy or plan.

    Raises
    ------
    InputError
        If nothing of that name is shipped; suggests the nearest name.
    """
    names = shipped_names(kind)
    if name not in names:
        one = "policy" if kind == "policies" else kind.removesuffix("s")
        hint = nearest(name, names)
        raise InputError(f"{one}: '{name[:80]}' is neither the name of a shipped {one} nor a .yaml file. {hint}")
    return _folder(kind) / f"{name}.yaml"


def displayed(path: Path) -> str:
    """Name shipped files from their root, so that messages do not depend on where Relevo is installed.

    Examples
    --------
    >>> displayed(shipped_root() / "theory" / "mm1.yaml"), displayed(Path("mine.yaml"))
    ('scenarios/theory/mm1.yaml', 'mine.yaml')
    """
    try:
        return f"scenarios/{path.relative_to(shipped_root()).as_posix()}"
    except ValueError:
        return str(path)
