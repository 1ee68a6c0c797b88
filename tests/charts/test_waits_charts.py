"""Charts of the customer's wait and of waiting for one another: numbers by other means, directions, what is drawn."""

import math
import random
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from scipy import stats

from experiments.run.study import Study, study_of
from experiments.show.bilingual import NUMBER_FORMATS, TOKEN, Words, finished, token
from experiments.show.charts.by_week import WEEKLY, by_week
from experiments.show.charts.chart import Num
from experiments.show.charts.heat import cividis, ink_on
from experiments.show.charts.labels import cut, wrapped
from experiments.show.charts.origins import origins, parts_of_wait
from experiments.show.charts.origins_by_department import origins_by_department
from experiments.show.charts.waits import KNOTS, waits
from experiments.show.charts.who_waits import WHAT, who_waits, who_waits_change
from sim import load_scenario, scenario_from_text, simulate
from sim.errors import UsageError
from tests.cli.levante_briefly import TEXT

OTHER = "parity"
MIXED = "checklist=0.5+shared_standards"
HOSTILE = "<script>alert('{x}')</script> %{y} $a$ & \"b\" [c] ⟦9;1;⟧"
LONG = "Department of sales, offers, customers and all other matters"


def all_charts(study, way):
    """Return every chart of this subject."""
    yield waits(study, way)
    yield waits(study)
    for metric in WEEKLY:
        yield by_week(study, way, metric)
    yield origins(study, way)
    yield origins(study)
    yield origins_by_department(study, way)
    for what in WHAT:
        yield who_waits(study, way, what)
        yield who_waits_change(study, way, what)


def made_up(values, ways=("", "new"), **changes):
    """Return a study of levante with some metrics: metric -> way -> one value per replication."""
    runs = len(next(iter(values.values()))[""])
    index = pd.MultiIndex.from_product([ways, range(runs)], names=["way", "replication"])
    columns = {name: [x for way in ways for x in by_way[way]] for name, by_way in values.items()}
    members = {way: {} if way == "" else {way: 1.0} for way in ways}
    made = Study("job", load_scenario("levante"), tuple(ways), pd.DataFrame(columns, index=index), members, {})
    return replace(made, **changes)


def student(values):
    """Return the ends of Student's 95 % interval."""
    return stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))


# the distribution of waits


def test_table_of_waits_holds_the_quantiles_of_the_orders_and_those_of_the_metrics(study):
    orders, table = study.table("orders"), study.table("waits")
    counted = orders[(orders["measured"] == 1) & orders["wait"].notna()]
    for (way, run), own in table.groupby(["policies", "replication"]):
        waited = counted[(counted["policies"] == way) & (counted["replication"] == run)]["wait"]
        assert own["share"].tolist() == [k / 100 for k in range(1, 100)]
        np.testing.assert_allclose(own["wait"], np.quantile(waited, own["share"]), rtol=1e-12)
        by_share = own.set_index("share")["wait"]
        metrics = study.wide.loc[(way, run)]
        assert [by_share[p] for p in (0.5, 0.9, 0.95)] == [metrics[f"wait_p{k}"] for k in (50, 90, 95)]


def test_distribution_has_the_mean_of_the_runs_quantiles_with_students_interval(study):
    found = waits(study, OTHER).frame().set_index("share")
    assert found.index.tolist() == list(KNOTS)
    assert {10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99} <= set(KNOTS)
    for percent, metric in ((50, "wait_p50"), (90, "wait_p90"), (95, "wait_p95")):
        today, new = (study.wide[metric].xs(way, level=0).to_numpy() for way in ("", OTHER))
        row = found.loc[percent]
        assert row["wait_0"] == pytest.approx(today.mean())
        assert row["wait_1"] == pytest.approx(new.mean())
        assert (row["wait_1_low"], row["wait_1_high"]) == pytest.approx(student(new))
        assert (row["change_low"], row["change_high"]) == pytest.approx(student(new - today))
        assert row["change"] == pytest.approx(row["wait_1"] - row["wait_0"])


def test_nine_of_ten_is_said_in_words_with_the_numbers_of_the_table(study):
    chart = waits(study, OTHER)
    row = chart.rows[KNOTS.index(90)]
    said = [finished(token(cell.value, cell.places), "1,234.5") for cell in row[1:7]]
    text = finished(chart.reading.en, "1,234.5")
    assert said[0] in text
    assert said[3] in text
    assert "Nine of ten" in text
    assert "Nueve de cada diez" in chart.reading.es


def test_distribution_ends_where_the_tail_begins():
    share = np.array([k / 100 for k in range(1, 100)])
    runs = [pd.DataFrame({"replication": r, "policies": "", "share": share, "wait": share * 100 + r}) for r in range(3)]
    table = pd.concat(runs)
    table.loc[table["share"] == 0.99, "wait"] = [100, 120, 5000]
    chart = waits(made_up({"wait_mean": {"": [1] * 3}}, ways=("",), given={"waits": table}))
    assert chart.layout["xaxis"]["range"][1] < 1.2 * np.mean([100, 120, 5000])
    assert len(chart.columns) == len(chart.rows[0])


@pytest.mark.parametrize(("step", "said"), [(-3.0, "better"), (3.0, "worse"), (0.0, "not told apart from today")])
def test_verdict_on_waits_says_shorter_is_better(step, said):
    rows = [
        (run, way, k / 100, k + noise + (step + 0.1 * noise if way else 0.0))
        for run, noise in enumerate([-1.0, 1.0, -0.5, 0.5, 0.1, -0.1])
        for way in ("", "new")
        for k in range(1, 100)
    ]
    table = pd.DataFrame(rows, columns=["replication", "policies", "share", "wait"])
    chart = waits(made_up({"wait_mean": {"": [1] * 6, "new": [1] * 6}}, given={"waits": table}), "new")
    assert set(chart.frame()["verdict"]) == {said}


# by week


def weekly(values, **changes):
    """Return a study whose mean wait is given by run and week, the window being the scenario's 52 weeks."""
    rows = [(run, "", week, x) for run, row in enumerate(values) for week, x in row.items()]
    table = pd.DataFrame(rows, columns=["replication", "policies", "week", "wait_mean"])
    return made_up({"wait_mean": {"": [1.0] * len(values)}}, ways=("",), given={"weeks": table}, **changes)


def test_bands_hold_what_they_say_of_many_runs():
    rng = random.Random(1)
    values = [[rng.gauss(50, 10) for _ in range(40)] for _ in range(20_000 // 40)]
    study = weekly([{week: row[week] for week in range(40)} for row in values])
    found = by_week(study).frame()
    table = np.array(values)
    for low, high, share in (("half_low", "half_high", 0.5), ("most_low", "most_high", 0.9)):
        within = (table >= found[low].to_numpy()) & (table <= found[high].to_numpy())
        assert within.mean() == pytest.approx(share, abs=0.01)


def test_bands_of_twenty_runs_are_median_unbiased_quantiles():
    study = weekly([{0: float(k)} for k in random.Random(2).sample(range(1, 21), 20)])
    row = by_week(study).frame().iloc[0]
    place = {p: (20 + 1 / 3) * p + 1 / 3 for p in (0.05, 0.25, 0.75, 0.95)}  # The k-th of the values 1 to 20 is k.
    assert row["median"] == 10.5
    assert [row["most_low"], row["half_low"], row["half_high"], row["most_high"]] == pytest.approx(list(place.values()))


def test_few_runs_show_the_lowest_and_the_highest_and_say_so():
    chart = by_week(weekly([{0: float(k), 1: math.nan} for k in (3, 9, 4)] + [{0: 8.0, 1: 5.0}]))
    rows = chart.frame()
    assert rows.loc[0, ["most_low", "median", "most_high", "runs"]].tolist() == [3, 6, 9, 4]
    assert rows.loc[1, ["most_low", "median", "most_high", "runs"]].tolist() == [5, 5, 5, 1]
    assert "too few" in chart.reading.en
    assert "demasiado pocas" in chart.reading.es
    assert "all runs" in [trace["name"].en for trace in chart.traces]


def test_only_weeks_of_the_window_are_shown():
    study = weekly([{week: 1.0 + week for week in range(-5, 60)}] * 2)
    assert by_week(study).frame()["week"].tolist() == list(range(1, 53))


def test_weeks_are_the_runs_medians_and_todays(study):
    found, table = by_week(study, OTHER, "promise_kept_share").frame(), study.table("weeks")
    for way, column in (("", "today"), (OTHER, "median")):
        own = table[(table["policies"] == way) & table["week"].between(0, 2)]
        expected = 100 * own.groupby("week")["promise_kept_share"].median()
        np.testing.assert_allclose(found[column], expected)


# where the wait comes from


@pytest.mark.parametrize("way", ["", OTHER, MIXED])
def test_parts_are_those_of_the_orders_and_add_up(study, way):
    parts, orders = study.table("parts"), study.table("orders")
    own = parts[parts["policies"] == way]
    delivered = orders[(orders["policies"] == way) & (orders["measured"] == 1) & orders["wait"].notna()]
    n = delivered.groupby("replication").size()
    found = {part.key: part.after.mean for part in parts_of_wait(study, way)}
    for cause, rows in own.groupby("cause"):
        assert found.pop(cause) == pytest.approx((rows.groupby("replication")["open_hours"].sum() / n).fillna(0).mean())
    whole = {key: found.pop(key) for key in ("open", "closed", "calendar")}
    assert not found
    assert whole["open"] == pytest.approx((own.groupby("replication")["open_hours"].sum() / n).mean())
    assert whole["closed"] == pytest.approx((own.groupby("replication")["closed_hours"].sum() / n).mean())
    assert whole["calendar"] == pytest.approx(delivered.groupby("replication")["wait"].mean().mean())


@pytest.mark.parametrize("way", [OTHER, MIXED])
def test_changes_lead_from_todays_wait_to_the_other_and_the_drawing_does_so_too(study, way):
    parts = {part.key: part for part in parts_of_wait(study, way)}
    causes = [part for key, part in parts.items() if key not in ("open", "closed", "calendar")]
    for whole, of in ((parts["open"], causes), (parts["calendar"], [parts["open"], parts["closed"]])):
        for kind in ("before", "after", "change"):
            added = sum(getattr(part, kind).mean for part in of)
            assert added == pytest.approx(getattr(whole, kind).mean, abs=1e-9)
        assert whole.after.mean - whole.before.mean == pytest.approx(whole.change.mean)
    chart = origins(study, way)
    upper = [trace for trace in chart.traces if trace["type"] == "bar" and "xaxis" not in trace]
    steps = sorted((y, b, x) for trace in upper for y, b, x in zip(trace["y"], trace["base"], trace["x"], strict=True))
    at = parts["open"].before.mean
    for _, begin, length in steps:
        assert begin == pytest.approx(at)
        at += length
    assert at == pytest.approx(parts["open"].after.mean)


def test_small_causes_are_drawn_together_but_all_are_in_the_table():
    hours = {"queue": 10.0, "work": 5.0, "redo": 0.05, "dispute": 0.04}
    values = {f"wait_hours.{cause}.sales": {way: [x, x, x] for way in ("", "new")} for cause, x in hours.items()}
    total = sum(hours.values())
    values |= {"wait_open_mean": {way: [total] * 3 for way in ("", "new")}}
    values |= {"wait_mean": {way: [total + 3] * 3 for way in ("", "new")}}
    for way in ("", "new"):
        chart = origins(made_up(values), way)
        labels = [label.en for label in chart.layout["yaxis"]["ticktext"]]
        assert "other causes" in labels
        assert not any("dispute" in label for label in labels)
        names = chart.frame()["part"].tolist()
        assert "doing work again" in names
        assert "disputes between departments" in names
        row = chart.frame().set_index("part").filter(like="other causes", axis=0)
        assert row["way"].item() == pytest.approx(0.09)


def test_a_cause_that_one_way_does_not_know_counts_for_nothing_there():
    values = {
        "wait_hours.queue.sales": {"": [4.0, 5.0], "new": [4.0, 5.0]},
        "wait_hours.dispute.sales": {"": [2.0, 1.0], "new": [math.nan, math.nan]},
        "wait_open_mean": {"": [6.0, 6.0], "new": [4.0, 5.0]},
        "wait_mean": {"": [8.0, 8.0], "new": [6.0, 7.0]},
    }
    parts = {part.key: part for part in parts_of_wait(made_up(values), "new")}
    assert parts["dispute"].change.mean == -1.5
    assert parts["closed"].after.mean == 2.0


def test_holders_have_the_hours_of_the_metrics(study):
    chart = origins_by_department(study, OTHER)
    metrics = study.wide.loc[OTHER].filter(like="wait_hours.").mean()
    assert sorted(chart.frame()["hours"]) == pytest.approx(sorted(metrics[metrics > 0]))
    assert chart.frame()["hours"].sum() == pytest.approx(study.wide.loc[OTHER]["wait_open_mean"].mean())


# who waits for whom


def test_rows_wait_for_columns_and_cells_without_requests_are_empty(study):
    chart = who_waits(study, OTHER)
    rows = [label.en for label in chart.layout["yaxis"]["ticktext"]]
    columns = [label.en for label in chart.layout["xaxis"]["ticktext"]]
    z = chart.traces[0]["z"]
    wide = study.wide.loc[OTHER]
    seen = 0
    for a, row in zip(rows, z, strict=True):
        for b, value in zip(columns, row, strict=True):
            asker, asked = (
                next(n for n, d in study.scenario.departments.items() if d.label["en"] == x) for x in (a, b)
            )
            name = f"{asker}->{asked}"
            if f"{name}.requests" not in wide or not wide[f"{name}.requests"].any():
                assert value is None
            else:
                assert value == pytest.approx(wide[f"{name}.waiting_hours"].mean())
                seen += 1
    assert seen == len(chart.rows) > 5


@pytest.mark.parametrize(("what", "up"), [("waiting_hours", "✗"), ("in_time_share", "✓"), ("completeness", "✓")])
def test_marks_say_which_direction_is_good(what, up):
    base = [0.40, 0.44, 0.42, 0.41, 0.45, 0.43]
    moves = {"sales->support": 0.2, "sales->billing": -0.2, "billing->support": 0.0}
    jitter = [0.001, -0.001, 0.002, -0.002, 0.001, -0.001]
    values = {}
    for pair, move in moves.items():
        values[f"{pair}.{what}"] = {"": base, "new": [x + move + e for x, e in zip(base, jitter, strict=True)]}
        values[f"{pair}.requests"] = {"": [5.0] * 6, "new": [5.0] * 6}
    chart = who_waits_change(made_up(values), "new", what)
    down = {"✗": "✓", "✓": "✗"}[up]
    texts = {
        tuple(row[:2]): text.en for row, text in zip(chart.frame().to_numpy(), chart.traces[1]["text"], strict=True)
    }
    assert texts["Sales", "Technical support"].endswith(up)
    assert texts["Sales", "Billing"].endswith(down)
    assert texts["Billing", "Technical support"][-1] not in "✓✗"
    z = {
        text.en: chart.traces[0]["z"][y][x]
        for text, x, y in zip(*(chart.traces[1][k] for k in ("text", "x", "y")), strict=True)
    }
    for text, shade in z.items():
        assert np.sign(shade) == {"✓": -1, "✗": 1}.get(text[-1], 0)


def test_marks_of_a_map_hold_together():
    """Of many cells that do not differ, with 95 % confidence not a single one is marked."""
    rng, marked = np.random.default_rng(3), 0
    pairs = [f"{a}->{b}" for a in load_scenario("levante").departments for b in ("sales", "support", "it") if a != b]
    for _ in range(40):
        values = {f"{p}.requests": {"": [1.0] * 10, "new": [1.0] * 10} for p in pairs}
        values |= {f"{p}.waiting_hours": {w: rng.normal(50, 5, 10) for w in ("", "new")} for p in pairs}
        marked += any(text.en[-1] in "✓✗" for text in who_waits_change(made_up(values), "new").traces[1]["text"])
    assert marked <= 7  # At most 2 are expected; more than 7 of 40 have a probability of 0.1 %.


@pytest.mark.parametrize("share", np.linspace(0, 1, 101).tolist())
def test_text_on_cividis_can_be_read(share):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        return np.dot(
            [0.2126, 0.7152, 0.0722], [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        )

    light, dark = sorted([luminance(cividis(share)), luminance(ink_on(cividis(share)))], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# all of them


@pytest.mark.parametrize("way", [OTHER, MIXED])
def test_plotly_takes_every_figure_in_both_languages_and_themes(study, way):
    for chart in all_charts(study, way):
        for language, theme in (("en", "light"), ("es", "dark")):
            figure = chart.plotly(language, theme, "1 234,5")
            assert isinstance(figure, go.Figure)
            assert "⟦" not in figure.to_json()
            assert "@" not in figure.to_json()
        assert len({column.key for column in chart.columns}) == len(chart.columns)
        assert all(len(row) == len(chart.columns) for row in chart.rows)
        assert chart.title.en != chart.title.es
        assert chart.reading.en != chart.reading.es


def drawn(trace):
    """Return the numbers that a trace draws as amounts, not as places of bars and cells."""
    if trace["type"] == "heatmap":
        return [z for row in trace["z"] for z in row if z is not None]
    return [x for x in (trace["x"] if trace["type"] == "bar" else [*trace["x"], *trace["y"]]) if x is not None]


def printed(trace):
    """Return the numbers that are printed as text."""
    return [float(TOKEN.search(text.en)[1]) for text in trace["text"]]


def half_width(row):
    """Return half the interval that a row of a heat map has after its value; 0 without one."""
    return 0.0 if row[3].value is None else (row[4].value - row[3].value) / 2


@pytest.mark.parametrize("way", [OTHER, MIXED])
def test_every_number_drawn_stands_in_the_table(study, way):
    for chart in all_charts(study, way):
        numbers = np.array([cell.value for row in chart.rows for cell in row if isinstance(cell, Num)], dtype=float)
        for trace in chart.traces:
            is_shade = chart.name.startswith("who_waits_change") and trace["type"] == "heatmap"
            is_end = chart.name == "origins" and "error_x" in trace
            if trace.get("mode") == "text":
                for x in printed(trace):  # With no digits that mean nothing: within its interval.
                    assert any(abs(row[2].value - x) <= max(half_width(row), 0.05) for row in chart.rows)
            elif not is_shade and not is_end:  # A shade is no amount; bars end at sums of rows.
                for x in drawn(trace):
                    assert np.nanmin(np.abs(numbers - x)) <= 1e-9 * abs(x) or x in trace["y"], (chart.name, x)


def test_names_from_files_stay_names():
    text = f"{TEXT}departments:\n  support: {{label: {{en: {HOSTILE!r}, es: {LONG!r}}}}}\n".replace("\\'", "''")
    company = scenario_from_text(text)
    study = study_of([simulate(company, way, replications=2) for way in ([], ["checklist"])])
    for chart in all_charts(study, "checklist"):
        for language in ("en", "es"):
            said = str(chart.plotly(language).to_dict())  # to_json would hide a bracket.
            assert "<script" not in said
            assert "<b" not in said.replace("<br>", "")
        for axis in ("xaxis", "yaxis"):
            for label in chart.layout[axis].get("ticktext", []):
                assert max(map(len, label.es.split("\n"))) <= 25
    table = who_waits(study).frame("es")
    assert LONG in table["row"].tolist()  # Cut beside the axis, whole in the table.


def test_one_run_has_no_intervals_and_no_verdicts(study):
    first = replace(
        study,
        wide=study.wide[study.wide.index.get_level_values(1) == 0],
        given={name: table[table["replication"] == 0] for name, table in study.given.items()},
    )
    for chart in all_charts(first, OTHER):
        assert isinstance(chart.plotly(), go.Figure)
        if "verdict" in chart.frame():
            assert set(chart.frame()["verdict"]) == {"not told apart from today"}


def test_a_way_without_todays_stands_by_itself(study):
    alone = replace(study, ways=(OTHER,), wide=study.wide.loc[[OTHER]])
    assert "change" not in waits(alone, OTHER).frame()
    assert "today" not in by_week(alone, OTHER).frame()
    assert "change" not in origins(alone, OTHER).frame()
    with pytest.raises(UsageError, match="today"):
        who_waits_change(alone, OTHER)


def test_mistakes_are_said(study):
    for call in (waits, by_week, origins, origins_by_department, who_waits, who_waits_change):
        with pytest.raises(UsageError, match=r"'paritty' was not run\. Did you mean 'parity'"):
            call(study, "paritty")
    with pytest.raises(UsageError, match="Did you mean 'wait_mean'"):
        by_week(study, OTHER, "wait_meen")
    with pytest.raises(UsageError, match="Did you mean 'waiting_hours'"):
        who_waits(study, OTHER, "waiting_hour")
    with pytest.raises(UsageError, match="today"):
        who_waits_change(study, "")
    bare = replace(study, given={})
    for call in (waits, by_week):
        with pytest.raises(UsageError, match="simulate"):
            call(bare, OTHER)


def test_a_company_without_departments_that_ask_is_told_so():
    study = study_of([simulate("theory/mm1", replications=2, weeks=4)])
    for chart in (waits(study), by_week(study), origins(study), origins_by_department(study)):
        assert chart.rows
    with pytest.raises(UsageError, match="nothing to show"):
        who_waits(study)
    for metric in ("customers", "promise_kept_share"):
        with pytest.raises(UsageError, match="does not apply"):
            by_week(study, "", metric)


@pytest.mark.parametrize("company", ["cadena", "marketplace"])
def test_other_companies_are_drawn(company):
    orders = {"orders": "scenarios/examples/orders.csv"} if company == "marketplace" else {}
    study = study_of([simulate(company, way, replications=2, weeks=4, **orders) for way in ([], ["checklist"])])
    charts = [waits(study, "checklist"), by_week(study, "checklist"), origins(study, "checklist")]
    charts += [origins_by_department(study)] + ([who_waits(study)] if company == "cadena" else [])
    assert all(isinstance(chart.plotly("es", "dark"), go.Figure) for chart in charts)


# labels


def test_labels_keep_to_their_width_and_never_tear_a_number():
    rng = random.Random(4)
    for _ in range(500):
        words = [
            rng.choice(["a", "office", "x" * rng.randint(1, 40), f"at{token(rng.random(), 2)}%"]) for _ in range(6)
        ]
        text = " ".join(words)
        width, lines = rng.randint(4, 30), rng.randint(1, 3)
        for found in (wrapped(Words(text, text), width, lines).en, cut(Words(text, text), width).en):
            assert found.count("\n") < lines
            assert all(len(TOKEN.sub("1", line)) <= width for line in found.split("\n"))
            assert all("⟦" not in finished(found, form) for form in NUMBER_FORMATS)
            flat = found.replace("\n", "").replace(" ", "").removesuffix("…")
            assert text.replace(" ", "").startswith(flat)
