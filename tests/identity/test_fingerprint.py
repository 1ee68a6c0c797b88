"""Whatever a file of the compiled engine imports from Relevo decides which compiled code is taken."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sim.engines.compiled import jit

FILES = sorted((jit.PACKAGE / "engines" / "compiled").glob("*.py"))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sim."):
            inside = node.module.removeprefix("sim.").replace(".", "/")
            names = [f"{inside}/{alias.name}" for alias in node.names]
            # 'from sim.rules import demand' means a module, 'from sim.units import MS_PER_HOUR' a name in one.
            found |= {name if (jit.PACKAGE / f"{name}.py").exists() else inside for name in names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_imported_is_part_of_the_fingerprint(path: Path) -> None:
    for module in imported(path):
        assert any(module == s.removesuffix(".py") or module.startswith(f"{s}/") or module == s for s in jit.SOURCES), (
            f"{path.name} imports {module}, which is not among jit.SOURCES"
        )
