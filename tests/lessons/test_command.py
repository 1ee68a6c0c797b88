"""`relevo lesson`: lists, runs, writes one page, and replaces nothing that is not such a page."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from experiments.cli.main import main
from sim.scenario.files import shipped_names
from tests.lessons.written import both, written


def relevo(*words, **options):
    return CliRunner().invoke(main, list(words), prog_name="relevo", **options)


@pytest.mark.parametrize("words", [["lesson"], ["lesson", "--list"], ["lesson", "green_and_red", "--list"]])
def test_lessons_are_listed_with_title_and_minutes_in_the_readers_language(words):
    for language, title in (("en", "All green. And the customer?"), ("es", "Todo en verde. ¿Y el cliente?")):
        done = relevo(*words, "--lang", language)
        assert done.exit_code == 0
        assert all(name in done.stdout for name in shipped_names("lessons"))
        assert re.search(rf"green_and_red +{re.escape(title)} +45", done.stdout)


def test_a_lesson_of_ones_own_becomes_the_same_page_every_time(tmp_path):
    lesson, page = written(tmp_path), tmp_path / "lesson.html"
    texts = []
    for workers in ("1", "2"):
        done = relevo("lesson", str(lesson), "--out", str(page), "--workers", workers)
        assert (done.exit_code, done.stdout) == (0, f"{page}\n"), done.stderr
        texts.append(page.read_bytes())
    assert texts[0] == texts[1]
    text = texts[0].decode()
    assert "relevo lesson mine.yaml --out lesson.html" in text
    assert str(tmp_path) not in text, "a page that is handed out says nothing about folders"


def test_the_page_opens_in_the_language_asked_for(tmp_path):
    page = tmp_path / "leccion.html"
    assert relevo("lesson", str(written(tmp_path)), "--out", str(page), "--lang", "es").exit_code == 0
    assert '<html lang="es">' in page.read_text(encoding="utf-8")
    assert "--lang es" in page.read_text(encoding="utf-8")


def test_a_statement_that_the_results_do_not_bear_out_is_said_and_not_shown(tmp_path):
    text = both("SURELY")
    lesson = written(tmp_path, insight=[{"text": text, "holds": [{"number": "wait_parity", "at_most": "-999 h"}]}])
    page = tmp_path / "lesson.html"
    done = relevo("lesson", str(lesson), "--out", str(page))
    assert done.exit_code == 0
    assert "statement 1 is not clear" in done.stderr


def test_a_file_that_is_no_lesson_page_is_not_replaced(tmp_path):
    page = tmp_path / "mine.html"
    page.write_text("my thesis", encoding="utf-8")
    done = relevo("lesson", str(written(tmp_path)), "--out", str(page))
    assert done.exit_code == 2
    assert "is there already and is no page of a lesson" in done.stderr
    assert page.read_text(encoding="utf-8") == "my thesis"


def test_a_folder_that_is_not_there_is_said_before_anything_is_run(tmp_path):
    done = relevo("lesson", "green_and_red", "--out", str(tmp_path / "not" / "there.html"))
    assert done.exit_code == 2
    assert "there is no folder" in done.stderr


def test_a_mistake_in_the_lesson_is_said_with_its_place_and_no_page_is_written(tmp_path):
    done = relevo("lesson", str(written(tmp_path, minutes=1)), "--out", str(tmp_path / "x.html"))
    assert done.exit_code == 3
    assert re.search(r"mine\.yaml, line \d+, minutes: got 1", done.stderr)
    assert not (tmp_path / "x.html").exists()
