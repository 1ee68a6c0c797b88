from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario import load_scenario, scenario_from_data, scenario_from_text
from tests.scenario.small import TEXT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(TEXT)
    return tmp_path


def write(folder: Path, text: str, name: str = "child.yaml") -> Path:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def test_mappings_merge_and_the_variation_wins(folder: Path) -> None:
    child = write(folder, "extends: base.yaml\nname: busy\ndepartments: {sales: {staff: 9}, it: {staff: 1}}\n")
    scenario = load_scenario(child)
    assert scenario.name == "busy"
    assert {name: d.staff for name, d in scenario.departments.items()} == {
        "sales": 9,
        "warehouse": 4,
        "support": 2,
        "it": 1,
    }
    assert scenario.calendar == "office"
    assert scenario.place == str(child)


def test_null_removes_and_lists_are_replaced(folder: Path) -> None:
    child = write(
        folder,
        "extends: base.yaml\ncross_training: null\ncalendars: {office: {holidays: [12-31]}}\n"
        "departments: {warehouse: {own_work: null}}\n"
        "routes: {main: [{step: only, department: sales, work: {mean: 1 h, cv: 1}}]}\n",
    )
    scenario = load_scenario(child)
    assert scenario.cross_training is None
    assert scenario.departments["warehouse"].own_work is None
    assert scenario.calendars["office"].holidays == ("12-31",)
    assert scenario.calendars["office"].hours(0) == ((540, 1020),)
    assert [step.step for step in scenario.routes["main"]] == ["only"]


def test_another_kind_replaces_the_whole_mapping(folder: Path) -> None:
    child = write(folder, "extends: base.yaml\ndemand: {kind: stream, rate: 2 per h}\n")
    assert load_scenario(child).demand.model_dump(exclude_none=True) == {"kind": "stream", "rate": 2.0}


def test_a_chain_through_folders(folder: Path) -> None:
    write(folder, "extends: ../base.yaml\nname: middle\ncurrency: USD\n", "sub/middle.yaml")
    child = write(folder, "extends: sub/middle.yaml\nname: child\n")
    assert (load_scenario(child).name, load_scenario(child).currency) == ("child", "USD")


def test_errors_name_the_file_in_which_the_value_stands(folder: Path) -> None:
    (folder / "base.yaml").write_text(TEXT.replace("staff: 3", "staff: 0"))
    child = write(folder, "extends: base.yaml\n\npromise: {house: 11}\n")
    with pytest.raises(InputError) as caught:
        load_scenario(child)
    assert f"{folder}/base.yaml, line 8, departments.sales.staff: got 0" in str(caught.value)
    assert f"{folder}/child.yaml, line 3, promise.house: got 11 without a unit" in str(caught.value)


def test_order_files_are_looked_for_beside_the_file_that_names_them(folder: Path) -> None:
    write(folder, "extends: ../base.yaml\ndemand: {kind: file, file: orders.csv}\n", "sub/middle.yaml")
    child = write(folder, "extends: sub/middle.yaml\nname: child\n")
    assert load_scenario(child).folder == folder / "sub"


def test_a_circle_is_shown(folder: Path) -> None:
    write(folder, "extends: b.yaml\n", "a.yaml")
    write(folder, "extends: a.yaml\n", "b.yaml")
    with pytest.raises(
        InputError, match=r"line 1, extends: got a\.yaml, a circle: .*a\.yaml -> .*b\.yaml -> .*a\.yaml"
    ):
        load_scenario(folder / "a.yaml")
    write(folder, "extends: self.yaml\n", "self.yaml")
    with pytest.raises(InputError, match="circle"):
        load_scenario(folder / "self.yaml")


def test_a_chain_has_an_end(folder: Path) -> None:
    for i in range(12):
        write(folder, f"extends: c{i + 1}.yaml\n", f"c{i}.yaml")
    with pytest.raises(InputError, match="chain of more than 10 files"):
        load_scenario(folder / "c0.yaml")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("7", "got 7; a shipped name"),
        ("[a]", "a shipped name"),
        ("none.yaml", "no such file beside"),
        ("'\\0.yaml'", "no such"),
        ("levnate", "neither"),
        ("../../../../../../etc/passwd", "neither"),
        (".", "neither"),
        ("''", "neither"),
    ],
)
def test_what_cannot_be_extended(folder: Path, link: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        load_scenario(write(folder, f"name: x\nextends: {link}\n"))
    assert "line 2, extends" in str(caught.value)


def test_text_without_a_folder_reads_no_files() -> None:
    with pytest.raises(InputError, match=r"only shipped names"):
        scenario_from_text("extends: /etc/hosts.yaml\n")


def test_an_empty_extends_is_none(folder: Path) -> None:
    assert load_scenario(write(folder, TEXT + "extends:\n")).name == "small"


def test_a_name_that_no_file_can_have(folder: Path) -> None:
    with pytest.raises(InputError, match="no such file beside"):
        load_scenario(write(folder, f"extends: {'x' * 400}.yaml\n"))


def test_a_variation_of_what_ships_names_the_shipped_file(folder: Path) -> None:
    with pytest.raises(InputError, match=r"scenarios/levante\.yaml, line \d+, calendar: got office"):
        load_scenario(write(folder, "extends: levante\ncalendars: {office: null}\n"))


def test_plain_data_may_extend_what_ships() -> None:
    scenario = scenario_from_data({"extends": "levante", "name": "busy", "departments": {"sales": {"staff": 7}}})
    assert (scenario.name, scenario.departments["sales"].staff) == ("busy", 7)
    with pytest.raises(InputError, match=r"^notebook, extends: got 'levnte'; .* Did you mean 'levante'\?"):
        scenario_from_data({"extends": "levnte"}, "notebook")


@pytest.mark.parametrize("frozen", ["later", 3, "True"])
def test_what_demand_can_be_frozen_by_is_said(frozen: object):
    with pytest.raises(InputError, match=r"demand\.frozen: got .*; write true, false, or 'after warm-up'"):
        scenario_from_data({"extends": "levante", "demand": {"frozen": frozen}})
