"""How an experiment is cut: what a run really takes, not what the first one has to prepare."""

from __future__ import annotations

import pytest

from experiments.plan.load import load_plan
from experiments.run import pilot
from experiments.run.chunks import Task

PLAN = "shared_standards_x_cross_training"


def clock(monkeypatch: pytest.MonkeyPatch, per_run: float, preparing: float) -> list[Task]:
    """Let a task take so long for each run, and the first one so much more."""
    seen: list[Task] = []

    def seconds(task: Task) -> float:
        seen.append(task)
        return task.total * per_run + (preparing if len(seen) == 1 else 0.0)

    monkeypatch.setattr(pilot, "_seconds", seconds)
    return seen


@pytest.mark.parametrize("per_run", [0.0005, 0.004, 0.05])
def test_short_runs_are_not_judged_by_what_the_first_one_prepares(monkeypatch: pytest.MonkeyPatch, per_run: float):
    seen = clock(monkeypatch, per_run, 0.4)
    experiment = load_plan(PLAN)
    assert pilot.seconds_per_run(experiment, "compiled", None) == pytest.approx(per_run)
    replications = [r for task in seen[1:] for r in range(task.chunk.first, task.chunk.last + 1)]
    assert replications == list(range(1, len(replications) + 1))
    assert sum(task.total for task in seen) * per_run < 4 * pilot.SURE_AFTER + 1.0


def test_long_runs_are_tried_few_times(monkeypatch: pytest.MonkeyPatch):
    seen = clock(monkeypatch, 1.4, 0.2)
    assert pilot.seconds_per_run(load_plan(PLAN), "reference", None) == pytest.approx(1.4, abs=0.2)
    assert sum(task.total for task in seen) <= 3


def test_an_experiment_of_one_replication_is_judged_by_its_first_run(monkeypatch: pytest.MonkeyPatch, tmp_path):
    (tmp_path / "one.yaml").write_text(f"extends: {PLAN}\nreplications: 1\n", "utf-8")
    clock(monkeypatch, 0.01, 0.1)
    assert pilot.seconds_per_run(load_plan(tmp_path / "one.yaml"), "compiled", None) == pytest.approx(0.11)


def test_chunks_take_seconds_and_a_small_experiment_has_work_for_several(monkeypatch: pytest.MonkeyPatch):
    experiment = load_plan(PLAN)
    short = pilot.layout(experiment, 0.001)
    assert short.replications * 9 * 0.001 <= pilot.SECONDS_PER_CHUNK
    assert -(-experiment.replications // short.replications) >= 10
    long = pilot.layout(experiment, 20.0)
    assert (long.group_size, long.replications) == (1, 1)
