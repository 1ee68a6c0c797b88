"""Charts of decisions: known dominance, known interactions, known convergence; numbers by other means."""

import json
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.analysis.running import running
from experiments.analysis.sensitivity import conclusion
from experiments.analysis.trade_off import on_front, trade_off
from experiments.analysis.two_way import two_way
from experiments.show.bilingual import same
from experiments.show.charts.convergence import convergence
from experiments.show.charts.pareto import pareto
from experiments.show.charts.placing import WIDTHS, placed
from experiments.show.charts.rests_on import kept_rests_on, kept_tornado, rests_on
from experiments.show.charts.tornado import tornado
from experiments.show.charts.two_factors import interaction, surface
from experiments.show.charts.warm_up import warm_up
from sim.errors import InputError, RelevoError, UsageError
from tests.charts.made_up import HOSTILE, LONG, check_in_rows, check_shown, ends_of, job, sweep

LUCK = np.random.default_rng(3).normal(size=40)
OTHER_LUCK = np.random.default_rng(4).normal(size=40)


def student(values, confidence=0.95):
    """Return the ends of Student's interval."""
    return stats.t.interval(confidence, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))


# cost against an outcome


def costly(**ways):
    """Return a study: way -> (cost, mean churn, how much luck of its own)."""
    return job(
        {
            ("" if way == "today" else way): {
                "policy_cost": np.full(40, cost, dtype=float),
                "churn_per_year": churn + 0.02 * LUCK + own * (OTHER_LUCK - OTHER_LUCK.mean()),
            }
            for way, (cost, churn, own) in ways.items()
        }
    )


KNOWN = {
    "today": (0, 0.20, 0.0),
    "cheap": (100, 0.18, 0.0),
    "best": (200, 0.10, 0.0),
    "poor": (300, 0.15, 0.001),
    "near": (400, 0.1001, 0.05),
}


def test_front_holds_what_nothing_betters_and_says_who_is_clearly_behind():
    table = pareto(costly(**KNOWN)).frame().set_index("way")
    assert table["standing"].to_dict() == {
        "today": "nothing betters it, by the means",
        "cheap": "nothing betters it, by the means",
        "best": "nothing betters it, by the means",
        "poor": "clearly behind another",
        "near": "behind, perhaps by luck",
    }
    assert table["cost"].tolist() == [0, 100, 200, 300, 400]


def test_changes_from_today_have_students_intervals_that_hold_together():
    study = costly(**KNOWN)
    table = pareto(study).frame().set_index("way")
    change = 100 * (study.wide.loc["near"] - study.wide.loc[""])["churn_per_year"]
    low, high = student(change, 1 - 0.05 / (4 * 2))
    assert table.loc["near", "outcome"] == pytest.approx(change.mean())
    assert table.loc["near", ["outcome_low", "outcome_high"]].tolist() == pytest.approx([low, high])


def test_line_of_the_front_joins_its_marks_from_the_cheapest_on():
    chart = pareto(costly(**KNOWN))
    line = chart.traces[0]
    assert line["x"] == [0, 100, 200]
    assert line["y"] == pytest.approx([0, -2, -10], abs=1e-9)


def test_what_is_better_when_high_is_turned_around():
    study = costly(**KNOWN)
    wide = study.wide.assign(profit=-study.wide["churn_per_year"])
    turned = pareto(replace(study, wide=wide), outcome="profit").frame()
    assert turned["standing"].tolist() == pareto(study).frame()["standing"].tolist()


def test_front_is_what_comparing_every_pair_says():
    random = np.random.default_rng(5)
    for _ in range(50):
        points = random.integers(0, 6, size=(12, 2)).astype(float)
        known = [not any((o <= p).all() and (o < p).any() for o in points) for p in points]
        assert on_front(points).tolist() == known


def test_luck_alone_puts_hardly_anything_clearly_behind():
    random = np.random.default_rng(6)
    wrong = 0
    for _ in range(40):
        found = trade_off(np.ones((8, 20)), random.normal(size=(8, 20)))
        wrong += any(one.place == "dominated" for one in found.options)
    assert wrong <= 7  # 5 % of 40 are 2; 8 or more would come by luck in one case of a thousand.


def test_without_today_means_are_shown():
    known = {way: said for way, said in KNOWN.items() if way != "today"}
    chart = pareto(costly(**known))
    assert chart.frame()["cost"].tolist() == [100, 200, 300, 400]
    assert "star" not in chart.reading.en


def test_added_posts_are_paid_for_by_whoever_compares():
    said = {
        "name": "more",
        "label": {"en": "more", "es": "más"},
        "description": {"en": "a", "es": "b"},
        "effects": [{"parameter": "departments.staff", "change": 1, "where": "route", "ramp": None, "half_life": None}],
        "cost": {"once": 0, "weekly": 0, "weekly_per_person": 0, "per_hire": 0},
        "ramp": 0.0,
        "half_life": None,
        "failure_mode": {"en": "a", "es": "b"},
        "grade": "-",
        "source": "by definition",
    }
    study = costly(today=(0, 0.2, 0.0), more=(0, 0.1, 0.0))
    cost = pareto(replace(study, policies={"more": said})).frame()["cost"].tolist()
    company = study.scenario
    yearly = company.parameter("economics.pay") * company.parameter("economics.paid_hours") * 8766 / 168
    on_route = {step.department for route in company.routes.values() for step in route if step.department}
    assert cost == pytest.approx([0, len(on_route) * yearly])
    assert pareto(study).frame()["cost"].tolist() == [0, 0]


def test_numbers_of_marks_and_bars_stand_in_the_table():
    chart = pareto(costly(**KNOWN))
    for trace in chart.traces:
        for axis in "xy":
            check_in_rows(chart, ends_of(trace, axis))


def test_what_is_far_dearer_stands_at_the_edge_with_its_cost():
    chart = pareto(costly(**KNOWN, dear=(100_000, 0.05, 0.0)))
    assert chart.layout["xaxis"]["range"][1] < 1000
    (label,) = [a["text"].en for a in chart.layout["annotations"] if "→" in a["text"].en]
    assert "100000" in label
    assert chart.frame()["cost"].max() == 100_000
    assert "right edge" in chart.reading.en


def test_many_ways_have_no_names_and_little_data():
    random = np.random.default_rng(7)
    ways = {f"w{k}": (100.0 * k, 0.2 - 1e-5 * k + 0.001 * random.normal(), 0.005) for k in range(1, 1000)}
    study = costly(today=(0, 0.2, 0.0), **ways)
    chart = pareto(replace(study, wide=study.wide[study.wide.index.get_level_values(1) < 4]))
    assert len(json.dumps({"traces": chart.data()["traces"], "layout": chart.data()["layout"]})) < 40_000
    assert "annotations" not in chart.layout
    assert set(chart.frame()["standing"]) == {"nothing betters it, by the means"}
    assert sum(len(trace["x"]) for trace in chart.traces[1:]) == 1000
    check_shown(chart)


@pytest.mark.parametrize("ways", [2, 4, 17])
def test_labels_cover_neither_one_another_nor_marks(ways):
    random = np.random.default_rng(ways)
    points = [(float(x), float(y)) for x, y in random.uniform(0.1, 0.9, size=(ways, 2))]
    size = (18.0, 15.0)
    found = placed(points, [size] * ways, 330)
    for width in WIDTHS:
        middles = [(x * width + a, y * 330 + b) for (x, y), (a, b) in zip(points, found, strict=True)]
        marks = [(x * width, y * 330) for x, y in points]
        for k, one in enumerate(middles):
            for other in middles[k + 1 :]:
                assert abs(one[0] - other[0]) >= size[0] or abs(one[1] - other[1]) >= size[1]
            for mark in marks:
                assert abs(one[0] - mark[0]) >= size[0] / 2 + 6 or abs(one[1] - mark[1]) >= size[1] / 2 + 6


def test_pareto_refuses_what_it_cannot_show():
    with pytest.raises(UsageError, match="at least two ways"):
        pareto(costly(today=(0, 0.2, 0.0)))
    with pytest.raises(UsageError, match="neither low nor high"):
        pareto(costly(**KNOWN), outcome="orders_placed")
    with pytest.raises(UsageError, match="no value"):
        pareto(costly(**KNOWN), outcome="wait_mean")
    with pytest.raises(UsageError, match="not run"):
        pareto(costly(**KNOWN), ways=["unknown"])


# tornado


def test_tornado_of_a_sweep_takes_points_in_which_one_factor_alone_is_elsewhere():
    levels = {"small": (0.0, 0.5, 1.0), "large": (0.0, 0.5, 1.0)}
    study = sweep(levels, lambda a, b: 30 + 2 * a - 9 * (b - 0.5) ** 2 * np.sign(b - 0.5) + LUCK, (0.0, 0.5))
    table = tornado(study).frame().set_index("factor")
    assert table.index.tolist() == ["large", "small"]  # The larger swing first.
    assert table.loc["large", ["at_low", "at_high"]].tolist() == pytest.approx([2.25, -2.25])
    assert table.loc["small", "at_high"] == pytest.approx(2.0)
    assert math.isnan(table.loc["small", "at_low"])  # Its low end is today.
    assert table.loc["large", ["low_end", "high_end"]].tolist() == ["0 %", "100 %"]


def test_tornado_draws_what_stands_in_its_table_and_calls_noise_noise():
    study = sweep(
        {"real": (0.0, 1.0), "none": (0.0, 1.0)}, lambda a, b: 30 + 3 * a + b * OTHER_LUCK / 50 + LUCK, (0.0, 0.0)
    )
    chart = tornado(study)
    for trace in chart.traces:
        check_in_rows(chart, ends_of(trace, "x"))
    assert chart.frame()["verdict"].tolist() == ["clear", "not told apart from zero"]
    check_shown(chart)


def test_tornado_needs_a_sweep_today_and_a_factor_alone():
    with pytest.raises(UsageError, match="nothing was varied"):
        tornado(costly(**KNOWN))
    study = sweep({"a": (0.0, 1.0), "b": (0.0, 1.0)}, lambda a, b: a + b + LUCK, (0.0, 0.0))
    with pytest.raises(UsageError, match="no value"):
        tornado(study, "profit")
    with pytest.raises(UsageError, match="today"):
        tornado(replace(study, ways=study.others))
    diagonal = replace(study, ways=tuple(w for w in study.ways if w in {"", "3"}))
    with pytest.raises(UsageError, match="varied alone"):
        tornado(diagonal)


def kept(folder, **tables):
    """Write what relevo sensitivity --out leaves."""
    folder.mkdir(parents=True)
    for name, table in tables.items():
        pd.DataFrame(table).to_parquet(folder / f"{name}.parquet")
    command = "relevo sensitivity 'my plan.yaml' --method tornado --response profit --seed 1"
    (folder / "manifest.json").write_text(json.dumps({"command": command}))
    units = {name: {"at_low": {"unit": "GTQ/year"}, "coefficient": {"unit": "GTQ/year"}} for name in tables}
    (folder / "columns.json").write_text(json.dumps(units | {"points": {"parity": {"unit": "share"}}}))
    return folder


def test_kept_tornado_is_read_with_its_metric_units_and_settings(tmp_path):
    bars = {
        "factor": ["parity", "x"], "at_low": [0.0, 5.0], "at_low_from": [0.0, 1.0], "at_low_to": [0.0, 9.0],
        "at_high": [70.0, -2.0], "at_high_from": [60.0, -6.0], "at_high_to": [80.0, 3.0], "swing": [70.0, 7.0],
        "clear": [True, True], "n": [10, 10],
    }  # fmt: skip
    points = {"point": [0, 1], "is_today": [True, False], "parity": [0.0, 1.0], "x": ["a", "b"]}
    chart = kept_tornado(kept(tmp_path / "r", sensitivity=bars, points=points))
    table = chart.frame()
    assert table["factor"].tolist() == ["Equal treatment of colleagues and customers", "x"]
    assert table["high_end"].tolist() == ["100 %", "b"]
    assert table["at_high"].tolist() == [70, -2]
    assert math.isnan(table["at_low"][0])
    assert {column.unit.en for column in chart.columns} == {"", "GTQ per year"}
    check_shown(chart)


def test_folders_without_such_results_are_refused(tmp_path):
    for read in (kept_tornado, kept_rests_on):
        with pytest.raises(InputError, match="no results of relevo sensitivity"):
            read(tmp_path)
    folder = kept(tmp_path / "r", sensitivity={"factor": ["a"], "mu": [1.0]})
    with pytest.raises(InputError, match="another method"):
        kept_tornado(folder)
    with pytest.raises(InputError, match="cannot be read"):
        kept_rests_on(folder)


def test_what_a_conclusion_rests_on_is_ordered_by_what_it_adds():
    random = np.random.default_rng(8)
    places = random.random((200, 3))
    effect = -3 + places @ np.array([0.0, 5.0, 1.0])
    found = conclusion(["none", HOSTILE, "some"], places, effect[:, None] + 0.3 * random.normal(size=(200, 4)))
    chart = rests_on(found.drivers, "wait_mean", same(LONG))
    table = chart.frame()
    assert table["assumption"].tolist()[1:] == ["some", "none"]
    # One standard deviation of an even range from 0 to 1 is the root of a twelfth.
    assert table["coefficient"][:2].tolist() == pytest.approx([5 / 12**0.5, 1 / 12**0.5], abs=0.1)
    assert table["verdict"].tolist()[:2] == ["clear", "clear"]
    for trace in chart.traces:
        check_in_rows(chart, ends_of(trace, "x"))
    check_shown(chart)


# two factors


def grid(response, levels=(0.0, 0.5, 1.0)):
    return sweep({"parity": levels, "checklist": levels}, response, (0.0, 0.0))


def test_factors_that_add_up_are_not_said_to_interact():
    study = grid(lambda a, b: 40 - 5 * a - 3 * b + LUCK + 0.1 * (a + b) * OTHER_LUCK)
    assert "is not shown" in interaction(study, "parity", "checklist").reading.en


def test_factors_that_multiply_are_said_to_interact_and_by_how_much():
    study = grid(lambda a, b: 40 * (1 - 0.5 * a) * (1 - 0.5 * b) + LUCK + 0.1 * (a + b) * OTHER_LUCK)
    chart = interaction(study, "parity", "checklist")
    assert "do not add up" in chart.reading.en
    assert "is not shown" not in chart.reading.en
    found = two_way(np.stack([[study.wide.loc[w]["wait_mean"] for w in row] for row in [["", "2"], ["6", "8"]]]))
    corners = [study.wide.loc[w]["wait_mean"].to_numpy() for w in ("8", "6", "2", "")]
    contrast = corners[0] - corners[1] - corners[2] + corners[3]
    assert found.interaction.mean == pytest.approx(10, abs=0.2)
    assert (found.interaction.low, found.interaction.high) == pytest.approx(student(contrast))


def test_no_interaction_is_called_clear_about_as_seldom_as_promised():
    random = np.random.default_rng(9)
    clear = sum(two_way(random.normal(size=(2, 2, 10))).is_clear for _ in range(300))
    assert 3 <= clear <= 32  # 15 expected.


def test_lines_are_paired_changes_from_today_or_means():
    study = grid(lambda a, b: 40 - 5 * a - 3 * b + LUCK + a * OTHER_LUCK)
    table = interaction(study, "parity", "checklist").frame().set_index(["a", "b"])
    change = study.wide.loc["8", "wait_mean"] - study.wide.loc["", "wait_mean"]
    assert table.loc["100 %", "100 %"].tolist() == pytest.approx([change.mean(), *student(change)])
    means = interaction(study, "parity", "checklist", change=False).frame().set_index(["a", "b"])
    assert means.loc[("50 %", "0 %"), "mean"] == pytest.approx(study.wide.loc["3", "wait_mean"].mean())


def test_further_factors_are_averaged_over_replication_by_replication():
    levels = {"parity": (0.0, 1.0), "checklist": (0.0, 1.0), "training": (0.0, 1.0)}
    study = sweep(levels, lambda a, b, c: 40 - 5 * a - 3 * b + 7 * c + LUCK, (0.0, 0.0, 0.0))
    chart = surface(study, "parity", "checklist")
    table = chart.frame().set_index(["a", "b"])
    assert table.loc[("100 %", "0 %"), "mean"] == pytest.approx(40 - 5 + 3.5 + LUCK.mean())
    assert "averaged over" in chart.reading.en
    # Averaged, the cell of today's settings is 3.5 above today: neither frame nor changes may be called today's.
    assert "frame is today." not in chart.reading.en
    assert "change from today's setting of these two" in interaction(study, "parity", "checklist").reading.en


def test_further_factors_are_as_today_where_combinations_are_missing():
    levels = {"parity": (0.0, 1.0), "checklist": (0.0, 1.0), "training": (0.0, 1.0)}
    study = sweep(levels, lambda a, b, c: 40 - 5 * a - 3 * b + 7 * c + LUCK, (0.0, 0.0, 0.0))
    fewer = replace(study, ways=tuple(w for w in study.ways if w != "7"))  # Not (1, 1, 1).
    chart = surface(fewer, "parity", "checklist")
    assert chart.frame().set_index(["a", "b"]).loc[("100 %", "100 %"), "mean"] == pytest.approx(32 + LUCK.mean())
    assert "as today" in chart.reading.en
    with pytest.raises(UsageError, match="full factorial"):
        surface(replace(study, ways=tuple(w for w in study.ways if w not in {"6", "7"})), "parity", "checklist")


@pytest.mark.parametrize("draw", [interaction, surface])
def test_two_factors_draw_what_stands_in_the_table(draw):
    chart = draw(grid(lambda a, b: 40 - 5 * a - 3 * b + LUCK), "parity", "checklist")
    if draw is surface:
        check_in_rows(chart, [v for row in chart.traces[0]["z"] for v in row])
        # Its rows are levels of b, upwards; its columns those of a.
        mean = chart.frame().set_index(["a", "b"])["mean"]
        assert chart.traces[0]["z"][0][2] == mean["100 %", "0 %"]
    else:
        for trace in chart.traces:
            check_in_rows(chart, ends_of(trace, "y"))
    check_shown(chart)


def test_many_levels_have_some_lines_and_no_printed_values():
    study = grid(lambda a, b: 40 - 5 * a - 3 * b + LUCK[:4], tuple(k / 19 for k in range(20)))
    lines = interaction(study, "parity", "checklist")
    assert len(lines.traces) == 5
    assert "5" in lines.reading.en
    assert [trace["type"] for trace in surface(study, "parity", "checklist").traces] == ["heatmap"]
    check_shown(lines)


def test_two_factors_refuse_what_was_not_varied():
    study = grid(lambda a, b: a + b + LUCK)
    with pytest.raises(UsageError, match="Did you mean 'parity'"):
        interaction(study, "party", "checklist")
    with pytest.raises(UsageError, match="twice"):
        interaction(study, "parity", "parity")
    with pytest.raises(UsageError, match="no value"):
        surface(study, "parity", "checklist", "profit")
    with pytest.raises(UsageError, match="nothing was varied"):
        surface(costly(**KNOWN), "parity", "checklist")


# convergence


def test_running_mean_and_half_width_are_those_of_the_first_values():
    study = job({"": {"wait_mean": 40 + LUCK}, "parity": {"wait_mean": 36 + 1.5 * LUCK}})
    table = convergence(study, "parity").frame().set_index("n")
    assert table.index.tolist() == list(range(2, 41))
    for n in (2, 7, 40):
        first = (-4 + 0.5 * LUCK)[:n]
        low, high = student(first)
        assert table.loc[n].tolist() == pytest.approx([first.mean(), low, high, (high - low) / 2])


def test_what_a_tenth_would_take_is_said_roughly_and_not_of_zero():
    study = job({"": {"wait_mean": 40 + LUCK}, "parity": {"wait_mean": 36 + LUCK + 4 * OTHER_LUCK}})
    change = -4 + 4 * OTHER_LUCK
    low, high = student(change)
    needed = 40 * ((high - low) / 2 / (0.1 * abs(change.mean()))) ** 2
    assert f"{float(f'{needed:.2g}'):.0f}" in convergence(study, "parity").reading.en
    nothing = job({"": {"wait_mean": 40 + LUCK}, "parity": {"wait_mean": 40 + LUCK + OTHER_LUCK - OTHER_LUCK.mean()}})
    assert "makes no sense" in convergence(nothing, "parity").reading.en


def test_half_width_asked_for_is_a_line_where_the_plan_asked():
    study = job({"": {"wait_mean": 40 + LUCK}, "parity": {"wait_mean": 36 + LUCK}})
    asked = {"targets": {"wait_mean": "5 %", "profit": 9}, "confidence": 0.9, "first": 30, "block": 10, "most": 100}
    chart = convergence(replace(study, manifest={"plan": {"precision": asked}}), "parity")
    mean = (36 + LUCK).mean()
    assert chart.frame()["asked"].tolist() == pytest.approx([0.05 / 1.05 * mean] * 39)
    assert chart.frame()["mean"].iloc[-1] == pytest.approx(mean)  # Not the difference: that was not asked.
    assert "⟦95;0;⟧ %" in chart.reading.en  # Two targets share an error of 10 %.
    for trace in chart.traces:
        check_in_rows(chart, ends_of(trace, "y"))
    check_shown(chart)


def test_many_replications_are_looked_at_some_times_the_last_time_with_all():
    found = running(np.random.default_rng(1).normal(size=5000))
    assert len(found.looks) <= 60
    assert found.looks[0] == 2
    assert found.looks[-1] == 5000


def test_convergence_needs_two_runs_and_a_pair_for_a_difference():
    one = job({"": {"wait_mean": [40.0]}})
    with pytest.raises(UsageError, match="at least 2 replications"):
        convergence(one)
    with pytest.raises(UsageError, match="difference needs"):
        convergence(job({"": {"wait_mean": LUCK}}), difference=True)
    with pytest.raises(UsageError, match="not run"):
        convergence(one, "other")


# warm-up


def weekly(values, first=-60):
    """Return a study whose table of weeks has a row of `values` per replication."""
    rows = [
        {"policies": "", "replication": r, "week": first + k, "wait_mean": v}
        for r, series in enumerate(values)
        for k, v in enumerate(series)
    ]
    return job({"": {"wait_mean": np.zeros(len(values))}}, {"weeks": pd.DataFrame(rows)})


def settled_after(values):
    """Return MSER-5's cut by its definition: the batches of five to delete so that the rest's mean is surest."""
    means = np.mean(values, axis=0)
    batches = means[: len(means) // 5 * 5].reshape(-1, 5).mean(axis=1)
    left = [batches[d:] for d in range(len(batches) // 2 + 1)]
    return 5 * int(np.argmin([((one - one.mean()) ** 2).sum() / len(one) ** 2 for one in left]))


def settling(weeks=112, until=15):
    """Return series that fall for some weeks and then only vary."""
    start = np.where(np.arange(weeks) < until, 30 - 2.0 * np.arange(weeks), 0.0)
    return [20 + start + np.random.default_rng(seed).normal(size=weeks) for seed in range(20)]


def test_warm_up_shows_welchs_average_and_what_mser_says():
    values = settling()
    chart = warm_up(weekly(values))
    table = chart.frame().set_index("week")
    mean = np.mean(values, axis=0)
    assert table["mean"].tolist() == pytest.approx(mean.tolist())
    smooth = pd.Series(mean).rolling(17, center=True).mean()
    assert table["moving"].iloc[20:100].tolist() == pytest.approx(smooth.iloc[20:100].tolist())
    cut = settled_after(values)
    assert 15 <= cut < 55
    assert f"first ⟦{cut};0;⟧ weeks" in chart.reading.en
    assert "⟦60;0;⟧ are left out" in chart.reading.en
    lines = [trace for trace in chart.traces if trace["hoverinfo"] == "name"]
    assert [trace["x"][0] for trace in lines] == [60.5, cut + 0.5]
    for trace in chart.traces:
        if trace not in lines:
            check_in_rows(chart, ends_of(trace, "y"))
    check_shown(chart)


def test_warm_up_that_is_too_short_or_never_ends_is_said():
    study = weekly(settling(160), first=-10)
    time = study.scenario.time.model_copy(update={"horizon": 150 * 168.0})
    short = replace(study, scenario=study.scenario.model_copy(update={"time": time}))
    assert "may still hold" in warm_up(short).reading.en
    drifting = [np.arange(112.0) + np.random.default_rng(seed).normal(size=112) for seed in range(5)]
    assert "finds no end" in warm_up(weekly(drifting)).reading.en
    gaps = [np.where(np.arange(112) < 7, np.nan, 1.0 + LUCK[0])] * 3
    assert "says nothing" in warm_up(weekly(gaps)).reading.en


def test_warm_up_refuses_what_is_not_there():
    study = weekly(settling())
    with pytest.raises(UsageError, match="cannot be shown by week"):
        warm_up(study, "profit")
    with pytest.raises(UsageError, match="policies begin"):
        warm_up(replace(study, ways=("parity",)))
    with pytest.raises(RelevoError, match="no table 'states'"):
        warm_up(study, "morale")
