"""Compiling: the rules from outside, the engine's functions, and where compiled code is kept.

numba looks for changes only in the file of the function that it keeps. So the folder of the kept code is named
after everything that goes into it: a changed rule never runs from an old cache.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import os
import platform
import stat
import sys
import tempfile
from collections.abc import Callable, MutableSequence
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import types
from numba.extending import intrinsic, register_jitable

from sim.rules.rule import RULES

Words = MutableSequence[int]
"""The memory as whole numbers; to compiled code a pointer."""
Reals = MutableSequence[float]
"""The same memory as floats."""
F = TypeVar("F", bound=Callable[..., Any])
PACKAGE = Path(__file__).resolve().parents[2]
SOURCES = ("rules", "engines", "arrays", "units.py", "measures/record.py")
"""What the compiled code is made of."""

try:
    from sim.engines.compiled import linking

    _INNER_WAY: dict[str, Any] = {"pipeline_class": linking.InnerCompiler}
    _OUTER_WAY: dict[str, Any] = {"pipeline_class": linking.OuterCompiler}
except ImportError:  # A numba that has moved what is reached for there compiles its own way: slower, the same results.
    _INNER_WAY, _OUTER_WAY = {}, {}

OPTIONS = {"nogil": True, "error_model": "numpy"}
INNER = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True, **_INNER_WAY}
"""Of functions that only compiled ones call: without doors for Python."""
COMPILED = not numba.config.DISABLE_JIT
"""False where numba is told to run everything as plain Python, to look into it."""

for _module in sorted((PACKAGE / "rules").glob("[a-z]*.py")):
    importlib.import_module(f"sim.rules.{_module.stem}")
for _rule in RULES:
    register_jitable(**INNER)(_rule)


def kernel(function: F) -> F:
    """Let a function be compiled with whoever calls it."""
    return _inner(function, inlined=False)


def hot(function: F) -> F:
    """Let a function be compiled into whoever calls it: what every event comes through."""
    return _inner(function, inlined=True)


def _inner(function: F, inlined: bool) -> F:
    compiled: Any = numba.njit(forceinline=inlined, **INNER)(function)
    if COMPILED:
        # Once for whole numbers, not anew for every constant and truth value that somebody passes: that would
        # double the time to compile.
        plain = compiled.get_call_template

        def of_whole_numbers(args: Any, kws: Any) -> Any:
            return plain(tuple(_whole(types.unliteral(a)) for a in args), kws)

        compiled.get_call_template = of_whole_numbers
    return cast(F, compiled)


def _whole(kind: Any) -> Any:
    return types.int64 if isinstance(kind, types.Boolean) else kind


def _pointer(_context: Any, array: Any) -> Any:
    """Tell numba where the words of an array stand."""

    def find(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, args[0]).data

    return types.CPointer(array.dtype)(array), find


def _itself(array: Any) -> Any:
    return array


pointer_to: Callable[[Any], Any] = intrinsic(_pointer) if COMPILED else _itself
"""Where the words of an array stand: a seventh of what an array is to pass on. In plain Python, the array."""


def fingerprint() -> str:
    """Return a hash of everything that decides the compiled code, apart from the kind of processor."""
    found = hashlib.sha256(f"{numba.__version__} {platform.python_version()} {sys.maxsize}".encode())
    for source in SOURCES:
        place = PACKAGE / source
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:16]


def cache_folder() -> Path | None:
    """Return a folder for compiled code that this user can write to; None when there is none."""
    named = os.environ.get("RELEVO_CACHE_DIR")
    home = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    user = os.getuid() if hasattr(os, "getuid") else 0
    places = [
        Path(named) if named else None,
        PACKAGE / "engines" / "compiled" / "__pycache__",
        Path(home) / "relevo" if home else Path(os.path.expanduser("~")) / ".cache" / "relevo",
    ]
    name = f"kernel-{fingerprint()}"
    for place in places:
        if place is not None and _is_ours(place / name, strictly=False):
            return place / name
    shared = Path(tempfile.gettempdir()) / f"relevo-{user}"
    with contextlib.suppress(OSError):
        shared.mkdir(mode=0o700, exist_ok=True)
    return shared / name if _is_ours(shared / name, strictly=True) else None


def _is_ours(folder: Path, strictly: bool) -> bool:
    """Say whether a folder is there, or can be made, is writable, and is no other user's trap.

    Kept code is run: in a place that everybody may write to, nobody else may be able to put a file or folder there.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        found = [os.lstat(place) for place in ((folder, folder.parent) if strictly else (folder,))]
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return all(
        stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not (strictly and state.st_mode & 0o022)
        for state in found
    )


def entry(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function that Python calls, at its first call, and keep what was compiled for the next time."""
    folder = cache_folder() if COMPILED else None
    before = numba.config.CACHE_DIR
    if folder is not None:
        numba.config.CACHE_DIR = str(folder)
    try:
        compiled = numba.njit(cache=folder is not None, **_OUTER_WAY, **OPTIONS)(function)
    finally:
        numba.config.CACHE_DIR = before

    def call(*args: Any) -> Any:
        return compiled(*args) if compiled.signatures else _first_call(compiled, folder, args)

    return call if COMPILED else function


def _first_call(compiled: Any, folder: Path | None, args: tuple[Any, ...]) -> Any:
    """Call a function for the first time: from the folder of compiled code, else it is compiled."""
    if folder is None or not any(folder.rglob("*.nbc")):
        print("relevo: compiling the engine, once (about ten seconds) ...", file=sys.stderr)  # noqa: T201
    # Compiling makes very many objects that stay: to look for garbage among them would take a tenth of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return compiled(*args)
    finally:
        if collecting:
            gc.enable()
