"""The tables of an experiment and its manifest."""

import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.run.chunks import LEADING
from experiments.run.collect import SHOWN_FAILURES
from experiments.run.folder import Layout
from experiments.run.interrupt import StopRequest
from tests.experiments.small import FIXED, PRECISE, done, experiment_of, gathered, whole


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    experiment = experiment_of(folder)
    whole(folder / "x", experiment)
    return experiment, folder / "x"


def test_a_row_per_run_and_columns_in_the_order_of_the_dictionary(small):
    _, folder = small
    runs = pd.read_parquet(folder / "runs.parquet")
    assert tuple(runs.columns[:5]) == LEADING
    assert len(runs) == 20
    assert not runs.duplicated(["point", "replication"]).any()
    assert set(runs["status"]) == {"ok"}
    assert runs["reason"].isna().all()
    assert {"wait_mean", "profit"} <= set(runs.columns)


def test_every_column_is_documented_in_the_table_and_beside_it(small):
    _, folder = small
    columns = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    assert set(columns) == {"runs", "design", "estimates"}
    for table, words in columns.items():
        schema = pq.read_schema(folder / f"{table}.parquet")
        assert list(words) == schema.names
        for field in schema:
            said = {key.decode(): text.decode() for key, text in field.metadata.items()}
            assert said == words[field.name]
            assert said["unit"]
            assert said["en"]
            assert said["es"]


def test_the_manifest_says_what_it_takes_to_do_it_again(small):
    _, folder = small
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record = json.loads((folder / "experiment.json").read_text(encoding="utf-8"))
    assert manifest["identity"] == record["identity"]
    assert manifest["begun"] == record["begun"]
    assert (manifest["complete"], manifest["runs"], manifest["failed"], manifest["points"]) == (True, 20, 0, 4)
    assert manifest["events"] == int(pd.read_parquet(folder / "runs.parquet")["events"].sum())
    assert (manifest["seed"], manifest["weeks"], manifest["warm_up_weeks"]) == (1, 1.0, 1.0)
    assert manifest["stopping"] == {"rule": "fixed", "replications": 5}
    assert set(manifest["policies"]) == {"training"}
    assert manifest["program"] == record["decides"]["program"]
    assert manifest["schema_version"] == 1


def test_the_manifest_of_a_precision(tmp_path):
    experiment = experiment_of(tmp_path, PRECISE)
    whole(tmp_path / "x", experiment)
    manifest = json.loads((tmp_path / "x" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["stopping"]["rule"] == "precision"
    assert manifest["stopping"]["most"] == 51


def test_the_design_has_a_row_per_point(small):
    _, folder = small
    design = pd.read_parquet(folder / "design.parquet")
    assert list(design["point"]) == [0, 1, 2, 3]
    assert list(design["is_today"]) == [True, False, False, False]
    assert list(design["departments.warehouse.staff"]) == [9, 10, 9, 10]


def test_what_there_is_after_an_interruption(tmp_path):
    experiment = experiment_of(tmp_path)
    request = StopRequest()

    def told(_):
        request.requested = True

    done(tmp_path / "x", experiment, Layout(2, 1, 1), request=request, told=told, workers=1)
    found = gathered(tmp_path / "x", experiment, complete=False)
    assert 0 < found.runs < 20
    manifest = json.loads((tmp_path / "x" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["complete"], manifest["runs"]) == (False, found.runs)
    assert len(pd.read_parquet(tmp_path / "x" / "runs.parquet")) == found.runs


def test_nothing_at_all_is_an_empty_table(tmp_path):
    experiment = experiment_of(tmp_path)
    assert gathered(tmp_path / "x", experiment, complete=False).runs == 0
    assert list(pd.read_parquet(tmp_path / "x" / "runs.parquet").columns) == list(LEADING)


def test_the_manifest_lists_the_first_failures_the_table_all(tmp_path):
    text = FIXED.replace("replications: 5", "replications: 30") + "most_events: 1\n"
    experiment = experiment_of(tmp_path, text)
    whole(tmp_path / "x", experiment, Layout(2, 10, 1))
    manifest = json.loads((tmp_path / "x" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["failed"] == 120
    assert len(manifest["failures"]) == SHOWN_FAILURES
    assert (pd.read_parquet(tmp_path / "x" / "runs.parquet")["status"] == "failed").sum() == 120


def test_columns_that_only_some_parts_have(tmp_path, monkeypatch):
    """A part in which every run failed has no metrics; its rows are empty there."""
    import sim.run

    original = sim.run.Together.run

    def run(self, spec):
        if spec.replication < 2:
            raise ZeroDivisionError("no staff")
        return original(self, spec)

    monkeypatch.setattr(sim.run.Together, "run", run)
    experiment = experiment_of(tmp_path)
    one = whole(tmp_path / "x", experiment, Layout(2, 2, 1))
    assert whole(tmp_path / "y", experiment, Layout(2, 5, 1)) == one
    runs = pd.read_parquet(tmp_path / "x" / "runs.parquet")
    assert runs[runs["replication"] < 2]["wait_mean"].isna().all()
    assert runs[runs["replication"] >= 2]["wait_mean"].notna().all()
