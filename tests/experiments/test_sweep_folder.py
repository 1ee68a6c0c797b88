"""The folder of an experiment: begun by whoever comes first, refused to anything else, with what differs."""

import dataclasses
import json
import re
import threading

import pytest

from experiments.plan.load import load_plan
from experiments.run import folder as module
from experiments.run import identity as identity_module
from experiments.run.folder import Layout, OtherExperimentError, begin, default_folder, look, open_folder
from experiments.run.identity import MOST_DIFFERENCES, content, differences, identity
from sim.errors import InputError, RelevoError, UsageError
from sim.policies import catalogue
from sim.scenario.files import shipped_file
from tests.experiments.small import CUT, FIXED, begun, experiment_of, whole, written


@pytest.fixture
def small(tmp_path):
    return experiment_of(tmp_path)


def refused(path, experiment):
    with pytest.raises(OtherExperimentError) as caught:
        begun(path, experiment)
    with pytest.raises(OtherExperimentError):
        look(path, experiment, None)
    return str(caught.value)


def test_the_same_experiment_opens_what_was_begun(small, tmp_path):
    assert look(tmp_path / "x", small, None) is None
    assert not (tmp_path / "x").exists()
    one = begun(tmp_path / "x", small)
    again = begin(tmp_path / "x", small, None, lambda: pytest.fail("no pilot is needed"), {})
    assert again == one == look(tmp_path / "x", small, None)
    assert again.layout == CUT


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("seed: 2", "plan.seed: was 1, is 2"),
        ("most_events: 100000", "plan.most_events: was nothing, is 100000"),
        ("keep: [company]", "plan.keep"),
    ],
)
def test_another_plan_is_refused_with_what_differs(small, tmp_path, change, said):
    begun(tmp_path / "x", small)
    text = refused(tmp_path / "x", experiment_of(tmp_path, FIXED + change + "\n"))
    assert said in text
    assert "holds another experiment, begun 20" in text
    assert "Name another folder" in text


def test_words_for_people_make_no_other_experiment(small, tmp_path):
    begun(tmp_path / "x", small)
    begun(tmp_path / "x", experiment_of(tmp_path, FIXED + "label: {en: Mine, es: Mío}\n"))


def test_an_edited_scenario_or_policy_is_refused(tmp_path):
    company = tmp_path / "mine.yaml"
    policy = tmp_path / "ours.yaml"
    company.write_text(shipped_file("levante").read_text(encoding="utf-8"), encoding="utf-8")
    policy.write_text(shipped_file("training", "policies").read_text(encoding="utf-8"), encoding="utf-8")
    text = FIXED.replace("scenario: levante", "scenario: mine.yaml").replace(
        "  training: {levels", "  training: {policy: ours.yaml, levels"
    )
    begun(tmp_path / "x", load_plan(written(tmp_path, text)))
    original = company.read_text(encoding="utf-8")
    company.write_text(original.replace("staff: 9", "staff: 8"), encoding="utf-8")
    assert company.read_text(encoding="utf-8") != original
    assert "was 9, is 8" in refused(tmp_path / "x", load_plan(written(tmp_path, text)))
    company.write_text("# only a remark\n" + original, encoding="utf-8")
    begun(tmp_path / "x", load_plan(written(tmp_path, text)))
    before = policy.read_text(encoding="utf-8")
    changed = re.sub(r"(\d+) %", lambda m: f"{int(m[1]) + 1} %", before, count=1)
    assert changed != before
    policy.write_text(changed, encoding="utf-8")
    catalogue._load.cache_clear()  # A command reads it anew.
    assert "policies." in refused(tmp_path / "x", load_plan(written(tmp_path, text)))


def test_policies_that_the_company_has_in_force_belong_to_it(tmp_path):
    company = tmp_path / "mine.yaml"
    company.write_text("extends: levante\npolicies: [{policy: checklist, intensity: 100 %}]\n", encoding="utf-8")
    experiment = load_plan(written(tmp_path, FIXED.replace("scenario: levante", "scenario: mine.yaml")))
    assert "checklist" in content(experiment)["policies"]


def test_other_sources_of_the_model_are_refused(small, tmp_path, monkeypatch):
    begun(tmp_path / "x", small)
    monkeypatch.setattr(identity_module, "sources", lambda: "other")
    assert "program.sources" in refused(tmp_path / "x", small)


def test_other_orders_are_refused(small, tmp_path):
    orders = tmp_path / "orders.csv"
    orders.write_text("a\n")
    begin(tmp_path / "x", small, orders, lambda: CUT, {})
    orders.write_text("b\n")
    with pytest.raises(OtherExperimentError, match="orders: was "):
        begin(tmp_path / "x", small, orders, lambda: CUT, {})


def test_other_points_are_another_experiment(small, tmp_path):
    """A design read from a file, or made by another version, under the same plan."""
    begun(tmp_path / "x", small)
    for points in (small.points[:3], small.points[::-1]):
        assert "points.sha256" in refused(tmp_path / "x", dataclasses.replace(small, points=points))


def test_many_differences_are_cut_short():
    found = differences({"a": {str(i): i for i in range(20)}}, {"a": {}})
    assert len(found) == MOST_DIFFERENCES + 1
    assert found[-1].startswith("… and ")
    assert differences({"a": 1}, {"a": 1}) == []
    assert differences({"a": "x" * 100}, {})[0] == f'a: was "{"x" * 59}…, is nothing'


def test_the_identity_does_not_depend_on_the_order_of_keys():
    assert identity({"a": 1, "b": {"c": 2, "d": 3}}) == identity({"b": {"d": 3, "c": 2}, "a": 1})
    assert identity({"a": 1}) != identity({"a": 2})


def test_a_folder_with_other_files_is_refused(small, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "thesis.docx").touch()
    for tried in (lambda: begun(tmp_path / "x", small), lambda: look(tmp_path / "x", small, None)):
        with pytest.raises(UsageError, match="holds something else"):
            tried()
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["thesis.docx"]


def test_a_folder_of_hidden_files_is_as_good_as_empty(small, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / ".DS_Store").touch()
    begun(tmp_path / "x", small)


def test_a_folder_that_cannot_be_made_is_told_before_the_pilot(small, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(RelevoError, match="cannot be written"):
        begin(tmp_path / "file" / "x", small, None, lambda: pytest.fail("too late"), {})


@pytest.mark.parametrize("number", range(3))
def test_of_several_that_begin_at_once_one_decides(small, tmp_path, number):
    gate, found = threading.Barrier(4), []

    def one(size):
        gate.wait()
        found.append(begin(tmp_path / "x", small, None, lambda: Layout(size, 1, 0.1), {}))

    threads = [threading.Thread(target=one, args=(size,)) for size in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({each.layout for each in found}) == 1
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["experiment.json"]


def test_somebody_who_begins_between_two_looks_is_no_stranger(small, tmp_path, monkeypatch):
    record = (begun(tmp_path / "other", small).path / "experiment.json").read_bytes()
    (tmp_path / "x").mkdir()
    listing = module.Path.iterdir

    def meanwhile(path):
        (path / "experiment.json").write_bytes(record)
        (path / "parts").mkdir(exist_ok=True)
        return listing(path)

    monkeypatch.setattr(module.Path, "iterdir", meanwhile)
    assert look(tmp_path / "x", small, None) is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not what 'relevo sweep' has written"),
        ("[]", "not what 'relevo sweep' has written"),
        ("{}", "not what 'relevo sweep' has written"),
        ('{"format": 1, "layout": {}}', "not what 'relevo sweep' has written"),
        ('{"format": 2}', "written by another version of Relevo"),
    ],
)
def test_a_record_that_is_none(tmp_path, text, said):
    (tmp_path / "experiment.json").write_text(text)
    with pytest.raises(InputError, match=said):
        open_folder(tmp_path)


def test_a_folder_without_an_experiment(tmp_path):
    with pytest.raises(InputError, match="no experiment there"):
        open_folder(tmp_path / "none")


def test_the_folder_of_an_experiment_without_a_name(small, tmp_path):
    folder = default_folder(small, None)
    assert folder.parts[0] == "results"
    assert folder.name.startswith("small-")
    assert folder == default_folder(experiment_of(tmp_path), None)
    assert folder != default_folder(experiment_of(tmp_path, FIXED + "seed: 2\n"), None)


@pytest.mark.parametrize("name", ["with a\nnewline", "with 'quotes' & blanks", "ñandú", "-dash"])
def test_hostile_names_of_folders(small, tmp_path, name):
    whole(tmp_path / name, small)
    record = json.loads((tmp_path / name / "manifest.json").read_text(encoding="utf-8"))
    assert record["complete"] is True
