"""The shipped company for so short a time that a test can run it often."""

import json

from tests.cli.test_commands import relevo

TEXT = "extends: levante\ntime: {warm_up: 2 weeks, horizon: 3 weeks, drain: 2 weeks}\n"


def briefly(folder, text=TEXT, name="brief.yaml"):
    """Write a scenario and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def answer(*words, code=0):
    """Return what a command says with --json."""
    result = relevo(*words, "--workers", "1", "--json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


def failing(monkeypatch, fails, error=None):
    """Let runs fail of which `fails` says so."""
    import sim.run

    real, together = sim.run.run, sim.run.Together.run

    def run(spec):
        if fails(spec):
            raise error or ZeroDivisionError("no staff")
        return real(spec)

    def run_together(self, spec):
        if fails(spec):
            raise error or ZeroDivisionError("no staff")
        return together(self, spec)

    monkeypatch.setattr(sim.run, "run", run)
    monkeypatch.setattr(sim.run.Together, "run", run_together)
