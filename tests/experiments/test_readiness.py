"""An engine is loaded, and compiled once, before anything else begins: in jobs, in the doctor and in the tests."""

from types import SimpleNamespace

import pytest

import experiments.show.progress as progress_module
from experiments.run import readiness
from experiments.run.readiness import CompiledCode, compiled_code, make_ready
from sim.errors import UsageError
from tests.cli.test_commands import relevo
from tests.conftest import pytest_sessionstart

QUICK = ("simulate", "theory/mm1", "--replications", "2", "--weeks", "1", "--workers", "1", "--json")


@pytest.fixture
def moments(monkeypatch):
    """The moments that were run to make the engine ready; none really is."""
    run = []
    monkeypatch.setattr(readiness, "run_a_moment", lambda: run.append("compiled"))
    return run


def pretend(monkeypatch, there):
    monkeypatch.setattr(readiness, "compiled_code", lambda: CompiledCode("0.61", None, there))


def test_the_code_of_this_checkout_is_found_where_it_is_kept(tmp_path, monkeypatch):
    make_ready("compiled")
    assert compiled_code().there
    monkeypatch.setenv("RELEVO_CACHE_DIR", str(tmp_path))
    code = compiled_code()
    assert code.folder is not None
    assert code.folder.parent == tmp_path
    assert not code.there


@pytest.mark.parametrize(
    ("engine", "there", "wanted"),
    [
        ("reference", False, []),
        ("compiled", False, ["compiled"]),
        ("compiled", True, ["compiled"]),  # Loading it is what takes time.
        ("both", False, ["compiled"]),
        ("both", True, []),  # Its worker processes load it.
    ],
)
def test_what_is_run_to_make_an_engine_ready(moments, monkeypatch, engine, there, wanted):
    pretend(monkeypatch, there)
    assert make_ready(engine) >= 0
    assert moments == wanted


def test_an_unknown_engine_is_told_at_once(moments):
    with pytest.raises(UsageError, match="Did you mean 'compiled'"):
        make_ready("compild")
    assert moments == []


def test_compiling_is_over_when_the_progress_begins(monkeypatch):
    """What is said about it cannot stand in the middle of a progress bar."""
    said = []
    begin = progress_module.Progress.__enter__
    monkeypatch.setattr(readiness, "run_a_moment", lambda: said.append("compiling"))
    monkeypatch.setattr(progress_module.Progress, "__enter__", lambda self: (said.append("progress"), begin(self))[1])
    assert relevo(*QUICK).exit_code == 0
    assert said == ["compiling", "progress"]


@pytest.mark.parametrize(
    ("config", "there", "compiles"),
    [
        ({"numprocesses": 2}, False, True),
        ({"numprocesses": 2}, True, False),
        ({"numprocesses": 0}, False, False),
        ({"numprocesses": None}, False, False),
        ({}, False, False),
        ({"numprocesses": 2, "collectonly": True}, False, False),
        ({"numprocesses": 2, "workerinput": True}, False, False),
    ],
)
def test_the_tests_compile_once_before_their_workers_start(moments, monkeypatch, config, there, compiles):
    pretend(monkeypatch, there)
    worker = {"workerinput": {}} if config.pop("workerinput", False) else {}
    session = SimpleNamespace(
        config=SimpleNamespace(option=SimpleNamespace(**{"collectonly": False, **config}), **worker)
    )
    pytest_sessionstart(session)
    assert moments == ["compiled"] * compiles
