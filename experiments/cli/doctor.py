"""`relevo doctor`: whether this installation can do its work. Runs also where parts are missing."""

from __future__ import annotations

import importlib
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from experiments.cli import options

OLDEST_PYTHON = (3, 11)
PACKAGES = ("numpy", "numba", "pandas", "pyarrow", "pydantic", "yaml", "rich", "scipy", "simpy")

Finding = tuple[bool, str, str]
"""Whether it is well, what was looked at, what was found and, if need be, what to do."""


@click.command("doctor", context_settings=options.SETTINGS, short_help="Whether this installation can do its work.")
@click.option(
    "--lang",
    type=click.Choice(["en", "es"]),
    expose_value=False,
    help="Taken by every command; this one answers in English.",
)
@click.option("--compile", "compiling", is_flag=True, help="Compile the engine now if it is not yet: some seconds.")
@click.pass_context
def command(ctx: click.Context, *, compiling: bool) -> None:
    """Look whether everything is there: Python, packages, the engine, write access, processors, shipped files.

    Ends with exit code 1 if something is missing.
    """
    well = True
    for good, what, found in findings(compiling):
        click.echo(f"{'ok     ' if good else 'PROBLEM'} {what}: {found}")
        well = well and good
    ctx.exit(0 if well else 1)


def findings(compiling: bool = False) -> Iterator[Finding]:
    """Yield what is found, one thing at a time; also compile the engine if asked to."""
    wanted = ".".join(map(str, OLDEST_PYTHON))
    remedy = "" if sys.version_info >= OLDEST_PYTHON else f"; at least {wanted} is needed"
    yield not remedy, "Python", platform.python_version() + remedy
    for package in PACKAGES:
        yield _package(package)
    yield _attempt("compiled engine", lambda: _engine(compiling), "--engine reference needs none of this")
    yield _attempt("write access", _write_here, "results are kept below this folder; choose another with --out")
    yield _attempt("processors", _processors, "runs use one process")
    yield _attempt("shipped scenarios", lambda: _shipped("scenarios"), "install Relevo again")
    yield _attempt("shipped policies", lambda: _shipped("policies"), "install Relevo again")


def _package(name: str) -> Finding:
    try:
        module = importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 - a broken package may raise anything
        return False, name, f"{type(error).__name__}: {error}; install Relevo again with pip"
    return True, name, str(getattr(module, "__version__", "there"))


def _attempt(what: str, look: Callable[[], str], remedy: str) -> Finding:
    try:
        return True, what, look()
    except Exception as error:  # noqa: BLE001 - whatever is wrong is the finding
        return False, what, f"{type(error).__name__}: {error}; {remedy}"


def _engine(compiling: bool) -> str:
    from experiments.run.readiness import compiled_code, make_ready

    spent = make_ready("compiled") if compiling else 0.0
    code = compiled_code()
    if code.folder is None:
        return (
            f"numba {code.numba}; no folder for compiled code can be written to, so every start compiles it anew "
            "(some seconds); name one in RELEVO_CACHE_DIR"
        )
    if compiling:
        return f"numba {code.numba}; compiled and tried in {spent:.1f} s, kept in {code.folder}"
    state = "compiled" if code.there else "not compiled yet: the first run does it, or 'relevo doctor --compile'"
    return f"numba {code.numba}; {state}; kept in {code.folder}"


def _write_here() -> str:
    with tempfile.NamedTemporaryFile(dir=Path.cwd(), prefix=".relevo-"):
        return "this folder can be written"


def _processors() -> str:
    from experiments.run.executors import available_workers

    return f"{available_workers()} can be used"


def _shipped(kind: str) -> str:
    from sim.policies import load_policy
    from sim.scenario.files import shipped_names
    from sim.scenario.load import load_scenario

    names = shipped_names("policies") if kind == "policies" else shipped_names("scenarios")
    for name in names:
        if kind == "policies":
            load_policy(name)
        else:
            load_scenario(name)
    if not names:
        raise LookupError("none found")
    return f"{len(names)} can be read"
