"""Costs that charts show: whoever adds people pays them, and nothing is called best among a few that were picked."""

import numpy as np
import pytest

from experiments.analysis.added_pay import pay_of_posts
from experiments.analysis.decision import decide
from experiments.show.charts.pareto import pareto
from experiments.show.report.charts import charts_of
from experiments.show.report.compared import rows_shown
from experiments.show.report.sliders import sliders
from tests.report.sweeps import a_sweep

YEARLY = 32 * 40 * 8766 / 168
"""Pay of a post of levante, a year."""


def test_people_that_a_sweep_varies_are_paid_in_every_chart_of_cost():
    study = a_sweep()
    more = study.design["departments.sales.staff"] == 9
    paid = pay_of_posts(study, study.ways)
    assert all(paid[way] == pytest.approx(YEARLY * more[way]) for way in study.ways)
    chart = pareto(study).frame()
    policies = 1e4 * (study.design["checklist"] + study.design["parity"])
    wanted = sorted(policies + YEARLY * more)
    assert chart["cost"].tolist() == pytest.approx(wanted)
    assert "pay of added posts" in pareto(study).title.en
    cloud = sliders(study)
    assert sorted(cloud.data["cloud"]["x"]) == pytest.approx(wanted, abs=1)
    assert "pay of added posts" in cloud.charts["cloud"].layout["xaxis"]["title"]["text"].en


def test_without_added_people_nothing_is_said_of_pay():
    study = a_sweep(staff=(8,))
    assert set(pay_of_posts(study, study.ways).values()) == {0.0}
    assert "pay" not in pareto(study).title.en


def test_nothing_betters_a_way_on_the_front_among_all_that_were_compared():
    study = a_sweep(staff=(8, 9, 10, 11))
    found = decide(study)
    shown = rows_shown(study, found)
    assert len(shown) < len(found.effects)
    chart = charts_of(study, found, shown, None).charts["pareto"]
    means = {
        way: (
            np.mean(list(study.values("policy_cost", way).values())) + paid,
            np.mean(list(study.values("churn_per_year", way).values())),
        )
        for way, paid in pay_of_posts(study, study.ways).items()
    }
    front = [
        (x, y) for x, y in means.values() if not any(a <= x and b <= y and (a, b) != (x, y) for a, b in means.values())
    ]
    on_front = chart.frame().query("standing.str.contains('nothing')", engine="python")
    assert sorted(on_front["cost"]) == pytest.approx(sorted(x for x, _ in front))
