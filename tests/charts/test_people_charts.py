"""Charts of people and departments: numbers by other means, what does not apply, names of any kind."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.run.study import study_of
from experiments.show.charts.departments import QUEUES, departments
from experiments.show.charts.people import PEOPLE, people, resignations
from experiments.show.charts.warm_up import IN_STATES, IN_WEEKS, warm_up
from sim import load_scenario, scenario_from_text, simulate
from sim.errors import UsageError
from tests.charts.made_up import HOSTILE, LONG, check_in_rows, check_shown, ends_of, job, renamed

OTHER = "parity"
OWN = ("sales", "warehouse", "support", "billing", "it", "hr", "purchasing")
"""Departments of levante's own people, in its order; the supplier's are not."""


DRAWN = (
    *(partial(people, way=OTHER, what=what) for what in PEOPLE),
    people,
    partial(resignations, way=OTHER),
    *(partial(departments, way=OTHER, queue=queue) for queue in QUEUES),
    *(partial(warm_up, metric=metric) for metric in (*IN_WEEKS, *IN_STATES)),
)
"""Every chart of this subject."""


def all_charts(study):
    """Return every chart of this subject."""
    return (draw(study) for draw in DRAWN)


def test_every_chart_is_taken_by_plotly_in_both_languages_and_themes(study):
    for chart in all_charts(study):
        check_shown(chart)


def test_lines_of_departments_are_means_of_the_runs(study):
    states = study.table("states")
    table = people(study, OTHER, "morale").frame().set_index("week")
    for k, name in enumerate(OWN, start=1):
        for j, way in enumerate(("", OTHER)):
            own = states[(states["policies"] == way) & (states["department"] == name) & states["week"].between(0, 2)]
            known = 100 * own.groupby("week")["morale"].mean()
            assert table[f"p{k}_{j}"].tolist() == pytest.approx(known.tolist())
    assert table.index.tolist() == [1, 2, 3]
    assert f"p{len(OWN) + 1}_0" not in table  # No supplier.


def test_company_is_the_mean_over_posts_with_students_or_willinks_interval_around_it(study):
    states = study.table("states")
    own = states[(states["policies"] == OTHER) & states["department"].isin(OWN) & (states["week"] == 1)]
    own = own.assign(posts=own[["present", "vacant", "away"]].sum(axis=1))
    by_run = own.groupby("replication")[["morale", "posts"]].apply(
        lambda t: np.average(t["morale"], weights=t["posts"])
    )
    row = people(study, OTHER, "morale").frame().set_index("week").loc[2]
    assert row["p0_1"] == pytest.approx(100 * by_run.mean())
    assert row["p0_1_low"] < row["p0_1"] < row["p0_1_high"]


def test_vacancies_are_shares_of_the_posts(study):
    states = study.table("states")
    own = states[(states["policies"] == "") & (states["department"] == "sales") & (states["week"] == 0)]
    known = 100 * (own["vacant"] / own[["present", "vacant", "away"]].sum(axis=1)).mean()
    assert people(study, OTHER, "vacant").frame()["p1_0"][0] == pytest.approx(known)


def test_people_draw_what_stands_in_the_table(study):
    chart = people(study, OTHER, "standard")
    for trace in chart.traces:
        check_in_rows(chart, ends_of(trace, "y"))
    spans = [chart.layout[key]["range"] for key in chart.layout if key.startswith("yaxis")]
    assert all(span == spans[0] for span in spans)  # One scale for all panels.


def test_long_runs_have_every_second_week(study):
    states = study.table("states")
    first = states[states["week"] == 0]
    weeks = pd.concat([first.assign(week=week) for week in range(60)])
    scenario = load_scenario("levante")  # A year.
    table = people(replace(study, scenario=scenario, given={"states": weeks}), OTHER).frame()
    assert table["week"].tolist() == list(range(1, 53, 2))


def test_many_departments_are_the_largest_ones():
    text = "extends: levante\ntime: {warm_up: 1 weeks, horizon: 2 weeks, drain: 1 weeks}\ndepartments:\n"
    text += "".join(f"  more_{k}: {{staff: {k + 1}}}\n" for k in range(9))
    study = study_of([simulate(scenario_from_text(text), [], replications=2, tables=("states",))])
    chart = people(study)
    assert len([key for key in chart.layout if key.startswith("xaxis")]) == 12
    assert "departments with most posts" in chart.reading.en
    shown = [column.title.en for column in chart.columns]
    assert not any("more_0:" in title for title in shown)
    assert any("more_8:" in title for title in shown)


# resignations


def leaving(sales, hr):
    """Return a study in which this many people resign in the window: way -> by replication."""
    names = [f"{name}.resignations" for name in ("sales", "hr")]
    return job({way: dict(zip(names, (sales[way], hr[way]), strict=True)) for way in sales})


def test_resignations_are_by_year_with_the_company_on_top():
    study = leaving({"": [3, 1, 2, 4], OTHER: [2, 1, 0, 3]}, {"": [0, 1, 1, 0], OTHER: [0, 0, 1, 0]})
    years = 52 * 168 / 8766
    table = resignations(study, OTHER).frame().set_index("row")
    assert table.index.tolist() == ["The whole company", "Sales", "Human resources"]
    assert table["mean_0"].tolist() == pytest.approx([3 / years, 2.5 / years, 0.5 / years])
    change = np.array([-1, -1, -2, -1]) / years
    ends = stats.t.interval(0.95, 3, loc=change.mean(), scale=stats.sem(change))
    found = table.loc["The whole company", ["change", "change_low", "change_high"]]
    assert found.tolist() == pytest.approx([change.mean(), *ends])


def test_resignations_draw_what_stands_in_the_table(study):
    chart = resignations(study, OTHER)
    for trace in chart.traces:
        check_in_rows(chart, ends_of(trace, "x"))


# departments


def test_departments_have_the_means_of_their_metrics_and_paired_changes(study):
    table = departments(study, OTHER).frame()
    for k, name in enumerate(study.scenario.departments):
        busy = [study.wide.loc[way, f"{name}.utilisation"] for way in ("", OTHER)]
        queue = [study.wide.loc[way, f"{name}.queue_length_mean"] for way in ("", OTHER)]
        assert table.loc[k, ["busy_mean_0", "busy_mean_1"]].tolist() == pytest.approx([100 * b.mean() for b in busy])
        assert table.loc[k, "queue_change"] == pytest.approx((queue[1] - queue[0]).mean())
        change = 100 * (busy[1] - busy[0])
        known = stats.t.interval(0.95, len(change) - 1, loc=change.mean(), scale=stats.sem(change))
        assert table.loc[k, ["busy_change_low", "busy_change_high"]].tolist() == pytest.approx(known)


def test_nobody_is_busy_for_more_than_all_the_time():
    study = job({"": {"sales.utilisation": [0.999, 0.95, 1.0, 0.2], "sales.queue_length_mean": [1, 2, 3, 4]}})
    chart = departments(study)
    assert chart.frame()["busy_high_0"].max() <= 100
    assert chart.layout["xaxis"]["range"][1] <= 101
    assert max(ends_of(chart.traces[0], "x")) <= 100 + 1e-9


def test_departments_draw_what_stands_in_the_table(study):
    for queue in QUEUES:
        chart = departments(study, OTHER, queue)
        for trace in chart.traces:
            check_in_rows(chart, ends_of(trace, "x"))


# whatever the company


def test_names_of_any_kind_and_length_are_shown_as_they_are(study):
    for chart in all_charts(renamed(study)):
        check_shown(chart)
    assert departments(renamed(study), OTHER).rows[0][0].en == HOSTILE
    assert departments(renamed(study), OTHER).frame("es")["row"][0] == LONG
    for label in departments(renamed(study)).layout["yaxis"]["ticktext"]:
        assert max(len(line) for text in label for line in text.split("\n")) <= 30


def drawn(study):
    """Return the charts that a company has, and what is said instead of the others."""
    charts, said = [], []
    for draw in DRAWN:
        try:
            charts.append(draw(study))
        except UsageError as error:
            said.append(str(error))
    return charts, said


@pytest.mark.parametrize("name", ["cadena", "marketplace"])
def test_shipped_companies_have_all_charts_that_apply(name):
    text = f"extends: {name}\ntime: {{warm_up: 1 weeks, horizon: 2 weeks, drain: 1 weeks}}\n"
    company = scenario_from_text(text)
    orders = {"orders": "scenarios/examples/orders.csv"} if name == "marketplace" else {}
    tables = ("weeks", "states")
    study = study_of([simulate(company, way, replications=2, tables=tables, **orders) for way in ([], [OTHER])])
    charts, said = drawn(study)
    # The marketplace's data know neither moods nor leaving, nor customers who come again.
    assert (not said) == (name == "cadena")
    assert all("does not apply" in each or "nobody resigns" in each for each in said)
    for chart in (*charts[:2], *charts[-4:]):
        check_shown(chart)


def test_one_queue_says_kindly_what_it_has_not():
    text = "extends: theory/mm1\ntime: {warm_up: 10 h, horizon: 2 weeks, drain: 1 weeks}\n"
    study = study_of([simulate(scenario_from_text(text), [], replications=3, tables=("weeks", "states"))])
    check_shown(departments(study))
    check_shown(warm_up(study))
    for draw in (people, resignations, lambda s: people(s, what="vacant"), lambda s: warm_up(s, "morale")):
        with pytest.raises(UsageError, match=r"does not apply|nobody resigns"):
            draw(study)


def test_what_is_not_there_is_named_and_what_there_is(study):
    with pytest.raises(UsageError, match="Known: away"):
        people(study, OTHER, "joy")
    with pytest.raises(UsageError, match="not run"):
        people(study, "unknown")
    with pytest.raises(UsageError, match="no table 'states'"):
        people(replace(study, given={}), OTHER)
    with pytest.raises(UsageError, match="no measure of queues"):
        departments(study, OTHER, "length")
    with pytest.raises(UsageError, match="keep"):
        departments(replace(study, wide=study.wide[["wait_mean"]]))


def test_one_way_and_one_run_are_shown_by_themselves(study):
    alone = replace(study, ways=(OTHER,))
    assert "change" not in departments(alone, OTHER).frame()
    check_shown(people(alone, OTHER))
    check_shown(resignations(alone, OTHER))
    first = replace(
        study,
        wide=study.wide[study.wide.index.get_level_values(1) == 0],
        given={name: table[table["replication"] == 0] for name, table in study.given.items()},
    )
    for chart in all_charts(first):
        check_shown(chart)
