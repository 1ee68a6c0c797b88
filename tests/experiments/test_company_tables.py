"""The tables of one way of working: who waits longer, why, and what it does to the customer."""

import io
import re

import pytest
from rich.console import Console

from experiments.show.company import DEPARTMENT_TABLES, ORDER, PAIR_TABLES, company
from experiments.show.text import Reader
from experiments.show.words import LANGUAGES, WORDS
from sim.measures.columns import METRICS

LABELS = {"sales": "Ventas", "technical_support": "Soporte técnico", "billing": "Facturación"}
PAIRS = {"sales->billing": 0.4, "billing->technical_support": 7.25, "technical_support->sales": 2.5}


def metrics(more):
    """Return one run's metrics; `more` moves them, so that there are intervals."""
    found = {"wait_mean": 30.0 + more, "wait_share.queue": 0.75, "wait_share.need": 0.25}
    for department in LABELS:
        columns = (column for columns in DEPARTMENT_TABLES.values() for column in columns)
        found |= {f"{department}.{column}": 0.5 + 0.01 * more for column in columns}
    for pair, waiting in PAIRS.items():
        columns = (column for columns in PAIR_TABLES.values() for column in columns)
        found |= {f"{pair}.{column}": 0.25 + 0.01 * more for column in columns}
        found[f"{pair}.{ORDER}"] = waiting + 0.01 * more
    return found | {"wait_hours.queue.sales": 6.0, "wait_hours.need.billing": 2.0, "wait_hours.work.sales": 0.0}


def shown(language, width):
    console = Console(file=io.StringIO(), width=width)
    reader = Reader(language, labels=LABELS)
    for part in company({0: metrics(0.0), 1: metrics(1.0), 2: metrics(2.0)}, reader):
        console.print(part)
    return console.file.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_terminal_shows_every_number_in_one_piece(language):
    text = shown(language, 80)
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"±\s*\n", text)
    assert all(label.split()[0] in text for label in LABELS.values())


def test_a_terminal_that_is_too_narrow_still_shows_every_digit():
    text = shown("en", 40)
    assert max(map(len, text.splitlines())) <= 40
    assert "7.26" in re.sub(r"\s", "", text)


@pytest.mark.parametrize("title", PAIR_TABLES)
def test_the_pairs_that_wait_most_come_first(title):
    below = shown("es", 120).split(WORDS[title][1])[1].split(WORDS[f"{title} legend"][1][:20])[0]
    askers = [line.split()[0] for line in below.splitlines() if "±" in line]
    assert askers == ["Facturación", "Soporte", "Ventas"]


def test_each_place_is_shown_with_its_share_of_the_wait():
    rows = [line.split() for line in shown("en", 120).split(WORDS["places title"][0])[1].splitlines()]
    places = [(row[-9], row[-8], row[-4]) for row in rows if "h" in row]
    assert places == [("Ventas", "6.00", "75.0"), ("Facturación", "2.00", "25.0")]


def test_every_column_is_a_known_metric_with_words_for_its_head_and_its_table():
    known = {metric.name for metric in METRICS}
    for tables, owner in ((DEPARTMENT_TABLES, "D"), (PAIR_TABLES, "A->B")):
        for title, columns in tables.items():
            assert {title, f"{title} legend", *columns} <= WORDS.keys()
            assert {f"{owner}.{column}" for column in columns} <= known
    assert {f"{title} {side}" for title in PAIR_TABLES for side in ("first", "second")} <= WORDS.keys()


def test_a_company_without_pairs_has_no_table_of_pairs():
    console = Console(file=io.StringIO(), width=100)
    for part in company({0: {"wait_mean": 1.0, "sales.utilisation": 0.5}}, Reader()):
        console.print(part)
    text = console.file.getvalue()
    assert WORDS["departments time"][0] in text
    assert WORDS["departments queues"][0] not in text
    assert WORDS["pairs waits"][0] not in text
