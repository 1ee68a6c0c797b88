"""`relevo report` on results of every kind: one file, small, for itself, and never over anything else."""

import base64
import gzip
import json
import re
import shutil

import pandas as pd
import pytest

from experiments.analysis.decision import decide
from experiments.run.study import read_study
from experiments.show.report.provenance import _PATH
from experiments.show.report.report import MARK, MOST_BYTES
from tests.cli.levante_briefly import TEXT, briefly
from tests.cli.test_commands import relevo

HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}⟦1;0;⟧"""
SWEEP = """
name: two
scenario: brief.yaml
factors:
  checklist: {levels: [0, 100 %]}
  parity: {levels: [0, 100 %]}
replications: 4
"""


def run(*words, code=0):
    result = relevo(*words)
    assert result.exit_code == code, result.stderr
    return result


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Folders of small results, by the command that left them; all are made where the scenario has a long path."""
    here = tmp_path_factory.mktemp("results")
    company = briefly(here)
    few = ("--replications", 4, "--workers", 1)
    (here / "plan.yaml").write_text(SWEEP, encoding="utf-8")
    run("today", "--scenario", company, "--replications", 2, "--workers", 1, "--weeks", 2, "--out", here / "today")
    run("simulate", company, *few, "--out", here / "simulate")
    run("compare", company, "--policy", "parity", "--policy", "checklist", *few, "--out", here / "compare")
    run("sweep", here / "plan.yaml", "--out", here / "sweep", "--workers", 1)
    return here


KINDS = ("today", "simulate", "compare", "sweep")


def content_of(page):
    packed = re.search(r'<script type="application/gzip\+base64" id="content">(.*?)</script>', page, re.DOTALL)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def readable(page):
    """Return what stands in a page: without packed data, scripts and styles, but with what was packed."""
    text = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    return text + json.dumps(content_of(page), ensure_ascii=False)


@pytest.fixture(scope="module", params=KINDS)
def page(request, results):
    run("report", results / request.param)
    return (results / request.param / "report.html").read_text(encoding="utf-8")


def test_a_report_is_one_small_file_that_names_no_folder_of_the_machine(page, results):
    assert page.startswith("<!DOCTYPE html>")
    assert len(page.encode()) < MOST_BYTES
    said = readable(page)
    assert str(results) not in page + said
    assert results.parts[1] + "/" not in said
    assert not [found for found in _PATH.findall(re.sub(r"</?\w|/>", "", said)) if "//" not in found], "a path"
    assert not re.search(r"https?://(?!www\.w3\.org)", said)


def test_a_report_says_what_to_do_what_it_rests_on_and_the_command(page):
    for text in ("What to do", "Qué hacer", "What it rests on", "En qué se apoya", "STRESS-DES", "relevo "):
        assert text in page
    assert MARK in page
    assert re.search(r'<pre id="command">relevo (today|simulate|compare|sweep) ', page)
    tables = content_of(page)["data"]["tables"]
    assert len(tables["premises"]["rows"]) > 50
    assert {f"stress-{n}" for n in range(1, 7)} <= set(tables)
    # Every table that is to be filled in has its rows, and every place on the page is there.
    assert set(re.findall(r'data-table="([^"]+)"', page)) == set(tables)
    places = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= places


def test_the_same_results_give_the_same_bytes(results):
    once = (results / "compare" / "report.html").read_bytes() if (results / "compare" / "report.html").exists() else b""
    run("report", results / "compare")
    again = (results / "compare" / "report.html").read_bytes()
    run("report", results / "compare", "--out", results / "other.html")
    assert (results / "other.html").read_bytes() == again
    assert once in (b"", again)


def test_the_language_is_the_one_it_opens_in(results):
    found = run("report", results / "simulate", "--lang", "es", "--out", results / "es.html")
    assert found.stdout.startswith("Informe: ")
    page = (results / "es.html").read_text(encoding="utf-8")
    assert '<html lang="es">' in page
    assert "Todo" in page or "Aquí no se compara nada" in page


def test_size_and_path_are_printed_and_told_to_programs(results):
    printed = run("report", results / "sweep").stdout
    file = results / "sweep" / "report.html"
    assert printed == f"Report: {file} ({-(-file.stat().st_size // 1000)} kB)\n"
    told = json.loads(run("report", results / "sweep", "--json").stdout)
    assert told == {"schema_version": 1, "report": str(file), "bytes": file.stat().st_size}


def test_a_hostile_name_stays_text_everywhere(tmp_path):
    quoted = json.dumps(HOSTILE)
    policy = (
        f"name: nasty\nlabel: {{en: {quoted}, es: {quoted}}}\ndescription: {{en: {quoted}, es: {quoted}}}\n"
        "effects:\n  - {parameter: cooperation.completeness, change: 0.9}\n"
        f"failure_mode: {{en: {quoted}, es: {quoted}}}\ngrade: D\nsource: {quoted}\n"
    )
    (tmp_path / "nasty.yaml").write_text(policy, encoding="utf-8")
    named = f"label: {{en: {quoted}, es: {quoted}}}\n"
    company = briefly(tmp_path, TEXT + named + f"departments: {{sales: {{label: {{en: {quoted}, es: {quoted}}}}}}}\n")
    words = ("compare", company, "--policy", tmp_path / "nasty.yaml", "--replications", 3, "--workers", 1)
    run(*words, "--out", tmp_path / "results")
    run("report", tmp_path / "results")
    page = (tmp_path / "results" / "report.html").read_text(encoding="utf-8")
    plain = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "<img" not in plain.replace('<img class="picture"', "")
    assert "onerror=alert(2)&gt;" in plain
    assert "alert(1)</script>" not in page
    assert "{{ 7*7 }}" in plain
    assert decide(read_study(tmp_path / "results")).effects


# What cannot be done ------------------------------------------------------------------------------------------


def refused(code, *words):
    result = relevo("report", *words)
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "defect of Relevo" not in result.stderr
    return result.stderr


def test_no_results_and_damaged_results_are_said_kindly(tmp_path, results):
    assert "no such folder" in refused(3, tmp_path / "nowhere")
    assert "no complete results there" in refused(3, tmp_path)
    file = tmp_path / "file"
    file.touch()
    assert "not a folder of results" in refused(3, file)
    for name, text in (
        ("manifest.json", "{"),
        ("inputs.json", "[]"),
        ("runs.parquet", "no table"),
        ("manifest.json", "{}"),
    ):
        damaged = tmp_path / f"damaged-{name}-{len(text)}"
        shutil.copytree(results / "compare", damaged)
        (damaged / "report.html").unlink(missing_ok=True)
        (damaged / name).write_text(text, encoding="utf-8")
        said = refused(3, damaged)
        assert str(damaged) in said
        assert not (damaged / "report.html").exists()
    empty = tmp_path / "empty"
    shutil.copytree(results / "compare", empty)
    pd.read_parquet(empty / "runs.parquet").iloc[:0].to_parquet(empty / "runs.parquet")
    assert str(empty) in refused(3, empty)


def test_a_sweep_that_is_not_finished_is_told_how_to_go_on(tmp_path, results):
    shutil.copytree(results / "sweep", tmp_path / "half")
    (tmp_path / "half" / "manifest.json").unlink()
    said = refused(3, tmp_path / "half")
    assert "not finished" in said
    assert "relevo status" in said


def test_nothing_but_a_former_report_is_written_over(tmp_path, results):
    other = tmp_path / "mine.html"
    other.write_text("<p>mine</p>", encoding="utf-8")
    assert "is no report of Relevo" in refused(2, results / "compare", "--out", other)
    assert other.read_text(encoding="utf-8") == "<p>mine</p>"
    assert "a folder" in refused(2, results / "compare", "--out", tmp_path)
    assert "no folder" in refused(2, results / "compare", "--out", tmp_path / "deep" / "er.html")
    good = tmp_path / "good.html"
    run("report", results / "compare", "--out", good)
    run("report", results / "compare", "--out", good)


def test_where_it_cannot_be_written_the_error_says_so_and_leaves_the_former_one(tmp_path, results, monkeypatch):
    good = tmp_path / "good.html"
    run("report", results / "compare", "--out", good)
    former = good.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("experiments.run.store.os.fsync", full)
    assert "No space left on device" in refused(1, results / "compare", "--out", good, "--lang", "es")
    assert good.read_bytes() == former
    assert list(tmp_path.iterdir()) == [good]


def test_a_former_version_or_a_missing_part_of_results_is_an_error_of_the_input(tmp_path, results):
    shutil.copytree(results / "today", tmp_path / "old")
    (tmp_path / "old" / "inputs.json").unlink()
    assert "earlier version" in refused(3, tmp_path / "old")


def test_results_whose_tables_were_taken_away_still_make_a_report(tmp_path, results):
    shutil.copytree(results / "today", tmp_path / "few")
    for name in ("weeks", "states", "waits"):
        (tmp_path / "few" / f"{name}.parquet").unlink()
    run("report", tmp_path / "few")
    charts = content_of((tmp_path / "few" / "report.html").read_text(encoding="utf-8"))["charts"]
    assert "forest" in charts
    assert not {"weeks", "waits"} & set(charts)


def test_results_of_a_notebook_make_a_report_without_a_folder():
    from experiments.run.study import study_of
    from experiments.show.report.report import report
    from sim.api import simulate

    ways = [simulate("theory/mm1", policies=each, replications=3, weeks=2) for each in ([], ["checklist"])]
    page = report(study_of(ways), "es")
    assert len(page.encode()) < MOST_BYTES
    assert "STRESS-DES" in page
    assert 'id="command"' not in page  # Nobody knows which command it was.
