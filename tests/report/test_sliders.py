"""What the sliders of a report know, against the tables of the sweep they come from."""

import itertools

import pytest
from scipy import stats

from experiments.show.bilingual import Words
from experiments.show.report.sliders import decimals_of, sliders
from tests.report.sweeps import LEVELS, REPLICATIONS, a_sweep


def test_every_node_has_the_paired_change_of_its_point():
    study = a_sweep()
    data = sliders(study).data
    assert [f["values"] for f in data["factors"]] == [[0, 50, 100], [0, 50, 100], [8, 9]]
    assert [f["between"] for f in data["factors"]] == [True, True, False]
    assert data["factors"][0]["name"] == Words("Hand-off checklist", "Lista de control en las entregas")
    wait = next(m for m in data["metrics"] if m["name"].en == "customer's wait")
    today = study.wide["wait_mean"].xs("", level=0)
    grid = itertools.product(LEVELS, LEVELS, (8, 9))  # The last factor runs fastest.
    for place, values in enumerate(grid):
        (way,) = study.design.index[(study.design == list(values)).all(axis=1)]
        apart = (study.wide["wait_mean"].xs(way, level=0) - today).to_numpy()
        assert wait["mean"][place] == pytest.approx(apart.mean(), abs=0.006)
        if way:
            half = stats.t.ppf(0.975, REPLICATIONS - 1) * stats.sem(apart)
            assert wait["half"][place] == pytest.approx(half, abs=0.006)
        parts = sum(part["mean"][place] for part in data["parts"])
        assert parts == pytest.approx(study.wide["wait_mean"].xs(way, level=0).mean(), abs=0.02)  # They add up.


def test_shares_are_shown_in_points_and_money_in_money():
    data = sliders(a_sweep()).data
    kept = next(m for m in data["metrics"] if m["name"].en == "promises kept")
    assert (kept["unit"].en, kept["unitOfChange"].es, kept["today"]) == ("%", "puntos", pytest.approx(80))
    assert max(kept["mean"]) == pytest.approx(5)
    assert max(data["cloud"]["x"]) == pytest.approx(20_000 + 32 * 40 * 8766 / 168, abs=1)  # Two policies, a post's pay.


def test_today_is_where_the_sliders_begin():
    data = sliders(a_sweep()).data
    assert [f["today"] for f in data["factors"]] == [0, 0, 0]
    assert all(m["mean"][0] == 0 for m in data["metrics"])
    assert data["cloud"]["today"] == 0


def test_there_are_no_sliders_where_a_mixture_is_missing():
    assert sliders(a_sweep(left_out={(0.5, 0.5, 9)})) is None
    assert sliders(a_sweep(left_out={(0.0, 0.0, 8)})) is None


def test_their_charts_are_figures_in_both_languages():
    for chart in sliders(a_sweep()).charts.values():
        for language, theme in (("en", "light"), ("es", "dark")):
            assert len(chart.plotly(language, theme).data) == 2


def test_digits_of_levels():
    assert [decimals_of(v) for v in ([0, 12.5], [0.0, 1 / 3], [8, 9])] == [1, 1, 0]
