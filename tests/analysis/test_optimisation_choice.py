"""The decision after a search, the enumeration with a guarantee, the front, and the words."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.random import default_rng

from benchmarks.validate.optimisation_measures import Small, correct, covered
from benchmarks.validate.optimisation_page import Found, page, wrong
from experiments.analysis.comparison import compare
from experiments.analysis.mean_interval import interval, paired_interval
from experiments.analysis.optimisation import (
    Aim,
    Row,
    Space,
    all_feasible,
    choose,
    choose_among_all,
    final_front,
    words,
)
from experiments.analysis.optimisation.enumeration import screened_all
from experiments.analysis.optimisation.front import dominated
from experiments.analysis.optimisation.fronts import ERROR, by_front, crowding, dominance, front_numbers, half_widths
from experiments.plan.designs import Axis
from sim.errors import InputError, UsageError

CHURN, WAIT = Aim("churn", 0), Aim("wait", 1)


class Line:
    """One or more factors; the mean falls with each level of the first up to a best one; requests are written down."""

    def __init__(self, numbers=(6,), best=3, useful=0, noise=0.3, order=None):
        amounts = tuple(tuple(10.0 * level for level in range(n)) for n in numbers)
        self.space = Space(tuple(Axis(f"f{i}", n) for i, n in enumerate(numbers)), (0,) * len(numbers), (), amounts)
        luck = default_rng(11)
        self.year = luck.normal(size=(2, 4000))
        self.own = noise * luck.normal(size=(10, 2, 4000))
        self.best, self.useful, self.calls = best, useful, []

    def __call__(self, points, first, last):
        self.calls.append((tuple(points), first, last))
        at = [point[self.useful] for point in points]
        own = np.array([self.own[level, :, first:last] for level in at])
        means = np.array([[abs(level - self.best), 5.0 - level] for level in at])
        return means[:, :, None] + self.year[:, first:last] + own


def chosen(company, finalists, **more):
    given = {"start": 500, "indifference": 0.5, **more}
    return choose(company.space, company, finalists, given.pop("aim", CHURN), **given)


# --- the choice ---------------------------------------------------------------------------------------------------


def test_no_replication_is_used_twice():
    company = Line()
    found = chosen(company, [(i,) for i in range(1, 6)])
    start, selected, end = found.ends
    assert start == 500 < selected < end == selected + 100
    *selection, final = company.calls
    assert final == (found.finalists, selected, end)
    assert min(first for _, first, _ in selection) == start
    assert max(last for _, _, last in selection) == selected
    runs = [(p, r) for points, first, last in company.calls for p in points for r in range(first, last)]
    assert len(runs) == len(set(runs)) == found.runs


def test_the_choice_is_what_its_parts_say():
    company = Line()
    found = chosen(company, [(2,), (3,), (5,)], responses=(WAIT,), confidence=0.9)
    assert (found.best, found.cost, found.decided) == ((3,), 30.0, True)
    assert found.finalists == ((0,), (2,), (3,), (5,))
    values = company(list(found.finalists), *found.ends[1:])
    for one, j in zip(found.against_today, (0, 1), strict=True):
        pairs = [dict(enumerate(values[i, j])) for i in (2, 0)]
        assert one.difference == paired_interval(*pairs, 0.95)  # 0.9 of two together
        assert one.today == interval(values[0, j], 0.9)
        assert one.best == interval(values[2, j], 0.9)
        assert one.standing == "better"
    apart = compare(values[:, 0], baseline=2, confidence=0.9)
    assert [rival.difference for rival in found.rivals] == [one.interval for one in apart.differences]
    assert [rival.levels for rival in found.rivals] == [(0,), (2,), (5,)]
    assert [rival.cost for rival in found.rivals] == [0.0, 20.0, 50.0]
    assert found.not_told_apart == ()


def test_higher_is_better():
    company = Line()

    def negative(points, first, last):
        return -company(points, first, last)

    found = choose(company.space, negative, [(2,), (3,)], Aim("profit", 0, "higher"), start=0, indifference=0.5)
    assert found.best == (3,)
    assert found.against_today[0].standing == "better"
    assert {rival.standing for rival in found.rivals} == {"worse"}


def test_today_can_win():
    found = chosen(Line(best=0), [(1,), (2,)])
    assert found.is_today
    assert found.against_today == ()
    assert found.cost == 0.0
    assert words(found)[0] == "Nothing was found that is better than today's way."
    alone = chosen(Line(best=0), [])
    assert alone.is_today
    assert alone.selected is None
    assert words(alone)[-1] == "There was nothing else to choose from."


def test_what_is_equal_goes_to_the_cheapest():
    """A second factor that does nothing: KN ends with equal means, and it is left as it is today."""
    company = Line(numbers=(6, 3))
    found = chosen(company, [(3, 2), (3, 0), (3, 1), (2, 0)])
    assert found.best == (3, 0)
    assert {rival.levels for rival in found.not_told_apart} == {(3, 1), (3, 2)}


def test_a_cap_is_said():
    company = Line(noise=30.0)
    found = chosen(company, [(2,), (3,), (4,)], most=20)
    assert not found.decided
    assert found.best == found.finalists[found.selected.leader]
    assert any("Not decided" in sentence for sentence in words(found))
    assert any("Sin decidir" in sentence for sentence in words(found, "es"))


@pytest.mark.parametrize(
    ("change", "said"),
    [({"indifference": 0.0}, "indifference"), ({"confidence": 1.0}, "confidence"), ({"final": 1}, "final")],
)
def test_choices_that_are_none(change, said):
    with pytest.raises(InputError, match=said):
        chosen(Line(), [(3,)], **change)
    with pytest.raises(InputError, match=said):
        choose_among_all(Line().space, Line(), [(0,), (3,)], CHURN, **{"indifference": 0.5, **change})


def test_finalists_beyond_a_limit_are_refused():
    company = Line()
    space = Space(company.space.axes, (0,), (Row("budget", company.space.costs, 20.0),), company.space.costs)
    with pytest.raises(InputError, match="within the limits"):
        choose(space, company, [(3,)], CHURN, start=0, indifference=0.5)
    with pytest.raises(InputError, match="within the limits"):
        final_front(space, company, [(3,)], [CHURN], start=0)


def test_what_is_said_is_true_as_often_as_it_is_said():
    """100 searches and choices; of 100 at 0.95, fewer than 87 hold the truth with probability 1e-3."""
    found = covered(100)
    assert found.both >= 0.87
    assert found.rivals >= 0.87
    assert abs(found.bias) < 3.3 * found.error_of_bias
    # The search's own mean makes its leader look better than it is: that is why it is not reported.
    assert found.bias_in_search < -5 * found.error_of_bias


# --- enumeration --------------------------------------------------------------------------------------------------


def test_the_best_of_all_is_selected_as_often_as_promised():
    """Slippage; 150 experiments; with 0.9 promised fewer than 123 right have probability 1e-3."""
    found = correct("slippage", 12, 0.5, 150, confidence=0.9)
    assert found.selected >= 123 / 150


def test_screening_keeps_what_leads_by_nothing_as_often_as_promised():
    """Two equal ways, indifference 0: the first goes with 0.2 exactly; 4,000 experiments, false alarm 1e-3."""
    luck = default_rng(4).normal(size=(4000, 2, 8))
    gone = sum(0 not in screened_all(values, 0.2, 0.0) for values in luck)
    assert abs(gone / 4000 - 0.2) < 3.3 * np.sqrt(0.2 * 0.8 / 4000)


def test_screening_by_hand():
    values = np.array([[0.0, 2.0, 4.0], [3.0, 3.0, 3.0], [9.0, 11.0, 13.0]])
    # Differences of the first two: sd 2, t at 1 - 0.05 / 2 with 2 degrees 4.303: allowed 4.97.
    assert screened_all(values, 0.05, 0.0) == [0, 1]
    assert screened_all(values, 0.05, 3.96) == [0, 1]
    assert screened_all(values, 0.05, 3.98) == [0]
    assert screened_all(values[:1], 0.05, 0.0) == [0]


def test_enumeration_has_one_chain_of_fresh_replications():
    company = Line()
    points = all_feasible(company.space)
    found = choose_among_all(company.space, company, points, CHURN, indifference=0.5, first=25)
    assert company.calls[0] == (tuple(points), 0, 25)
    assert company.calls[1][1] == 25
    assert found.best == (3,)
    assert found.considered == 6
    assert found.confidence == 0.95
    assert found.selected.guarantee.startswith("With probability at least 97.5 %")
    runs = [(p, r) for points, first, last in company.calls for p in points for r in range(first, last)]
    assert len(runs) == len(set(runs))


def test_enumeration_agrees_with_brute_force_on_the_truth():
    company = Small(3)
    points = all_feasible(company.space)
    found = choose_among_all(company.space, company, points, CHURN, indifference=0.4)
    truth = dict(zip(points, company.truth(points)[:, 0], strict=True))
    assert truth[found.best] - min(truth.values()) < 0.4


def test_the_order_of_factors_does_not_matter_and_a_useless_one_changes_nothing():
    plain, more, turned = Line(), Line(numbers=(6, 3)), Line(numbers=(3, 6), useful=1)
    chosen_ones = [
        choose_among_all(one.space, one, all_feasible(one.space), CHURN, indifference=0.5)
        for one in (plain, more, turned)
    ]
    assert [one.best for one in chosen_ones] == [(3,), (3, 0), (0, 3)]
    means = [[a.difference for a in one.against_today] for one in chosen_ones[1:]]
    assert means[0] == means[1]


def test_a_failed_run_is_named():
    company = Line()

    def simulate(points, first, last):
        values = company(points, first, last)
        values[1, 0, 3] = np.nan
        return values

    with pytest.raises(InputError, match=r"point \(1,\), replication 3"):
        choose_among_all(company.space, simulate, all_feasible(company.space), CHURN, indifference=0.5)


# --- fronts -------------------------------------------------------------------------------------------------------

TABLES = arrays(
    float, st.tuples(st.integers(1, 7), st.integers(1, 3), st.just(3)), elements=st.integers(0, 4).map(float)
)


@given(TABLES, st.data())
@settings(max_examples=60, deadline=None)
def test_dominance_and_sorting_against_their_definitions(values, data):
    k = len(values)
    costs = np.array([float(data.draw(st.integers(0, 3))) for _ in range(k)])
    allowed = half_widths(values, 0.2)
    for a, b, j in itertools.product(range(k), range(k), range(values.shape[1])):
        own = interval(values[a, j] - values[b, j], 0.8, "t")
        assert allowed[a, b, j] == pytest.approx(own.half_width, abs=1e-9)
    beats = dominance(values, costs, allowed)
    means = values.mean(axis=2)
    for a, b in itertools.product(range(k), range(k)):
        no_worse = costs[a] <= costs[b] and all(means[a] <= means[b] + 1e-12)
        if beats[a, b]:
            assert no_worse
            assert not beats[b, a]
        if no_worse and any(means[b] - means[a] > allowed[a, b] + 1e-9):
            assert beats[a, b]
        if (values[a] == values[b]).all():
            assert beats[a, b] == (costs[a] < costs[b])
    rank = front_numbers(beats)
    for b in range(k):
        above = [rank[a] for a in range(k) if beats[a, b]]
        assert rank[b] == (max(above) + 1 if above else 0)
    order = by_front(values, costs)
    assert sorted(order) == list(range(k))
    rank = front_numbers(dominance(values, costs, half_widths(values, ERROR)))
    assert [rank[i] for i in order] == sorted(rank[i] for i in order)


def test_crowding_and_missing_values():
    assert crowding(np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 0.0], [4.0, 0.0]])).tolist() == [np.inf, 0.75, 0.75, np.inf]
    values = np.array([[[1.0, np.nan]], [[9.0, 9.0]]])
    assert by_front(values, np.zeros(2)) == [1, 0]


def test_who_is_dominated():
    luck = default_rng(2).normal(size=(6, 2, 50))
    year = luck[0]
    values = np.stack([
        year + 5, year + 4 + 0.01 * luck[1], year + 4.5 + 0.01 * luck[2], year + 5 - np.array([[3.0], [-3.0]]),
        year + 4 + 0.01 * luck[1],
    ])  # fmt: skip
    costs = np.array([0.0, 10.0, 20.0, 30.0, 10.0])
    # The third is clearly worse and dearer than the second; the fourth is good at one thing; the last is a double.
    assert dominated(values, costs, 0.05) == [None, None, 1, None, 1]
    assert dominated(values, costs * [1, 1, 0.1, 1, 1], 0.05) == [None, None, None, None, 1]
    values[1, 0, 0] = np.nan
    assert dominated(values, costs, 0.05) == [None, None, 4, None, None]


def test_nobody_leaves_a_front_wrongly_more_often_than_said():
    """Six ways of equal cost and equal means: nobody may leave; 2,000 experiments, error 0.2 in all."""
    rng, wrong_ones = default_rng(8), 0
    for _ in range(2000):
        values = rng.normal(size=(6, 1, 12))
        wrong_ones += any(one is not None for one in dominated(values, np.zeros(6), 0.2))
    assert 0.05 < wrong_ones / 2000 < 0.2 + 3.1 * np.sqrt(0.2 * 0.8 / 2000)


def test_the_final_front():
    company = Line(noise=0.1)
    found = final_front(company.space, company, [(i,) for i in (5, 1, 2, 3)], [CHURN, WAIT], start=700, confidence=0.9)
    assert company.calls == [(((0,), (1,), (2,), (3,), (5,)), 700, 800)]
    assert found.ends == (700, 800)
    assert [point.cost for point in found.points] == [0.0, 10.0, 20.0, 30.0, 50.0]
    assert [point.levels for point in found.front] == [(0,), (1,), (2,), (3,), (5,)]
    values = company([(0,), (3,)], 700, 800)
    point = found.points[3]
    assert point.means[1] == interval(values[1, 1], 1 - 0.1 / 10)
    assert point.against_today[0] == paired_interval(
        dict(enumerate(values[1, 0])), dict(enumerate(values[0, 0])), 1 - 0.1 / 8
    )  # fmt: skip
    one = final_front(company.space, company, [(i,) for i in range(6)], [CHURN], start=700)
    assert [point.levels for point in one.front] == [(0,), (1,), (2,), (3,)]
    assert one.points[5].dominated_by in {(1,), (2,), (3,)}
    rows = found.rows()
    assert len(rows) == 10
    assert rows[0]["response"] == "churn"
    assert rows[0]["on_front"] is True
    assert rows[0]["change"] == 0.0


# --- words and the page -------------------------------------------------------------------------------------------


def test_words_in_two_languages():
    found = chosen(Line(numbers=(6, 3)), [(3, 2), (3, 0), (2, 0)], responses=(WAIT,))
    english = words(found, labels={"churn": "customers lost"})
    assert english[0] == "Selected: f0 = level 3."
    assert english[1] == "It costs 30 more than today."
    assert english[2].startswith("customers lost: better than today, by ")
    assert english[3].startswith("wait: better than today, by ")
    assert english[4].startswith(
        "With 95 % confidence all these intervals are right together. They come from 100 fresh"
    )
    assert english[5].startswith("With probability at least 95 % this is the best of 4 finalists")
    assert "promises nothing" in english[5]
    assert english[6] == "Cannot be told apart from it with 95 % confidence: f0 = level 3, f1 = level 2."
    spanish = words(found, "es", describe=lambda levels: "mezcla " + "-".join(map(str, levels)))
    assert len(spanish) == len(english)
    assert spanish[0] == "Elegido: mezcla 3-0."
    assert spanish[6] == "No se distingue de ella con una confianza del 95 %: mezcla 3-2."
    days = words(found, show=lambda name, amount: f"{amount:.1f} days of {name}")
    assert days[2].startswith("churn: better than today, by 3.0 days of churn (")
    assert days[5].endswith("it did not try.")
    assert "by at least 0.5 days of churn" in days[5]
    with pytest.raises(UsageError, match="language"):
        words(found, "fr")
    everything = choose_among_all(Line().space, Line(), all_feasible(Line().space), CHURN, indifference=0.5)
    assert any(one.startswith("All 6 feasible ways were compared.") for one in words(everything))
    aside = 6 - len(everything.finalists)
    assert words(everything)[-1].startswith(f"{aside} ways were put aside after a few runs and not measured again")
    assert not any("is worse" in one for one in words(everything)), "today is no other finalist"
    other = chosen(Line(numbers=(6, 3)), [(3, 0), (1, 0)], responses=(WAIT,))
    assert words(other)[-1] == "With 95 % confidence, what else was measured again with it (1) is worse."


def test_words_of_what_costs_nothing():
    company = Line()
    space = Space(company.space.axes, (0,))
    said = words(choose(space, company, [(3,)], CHURN, start=0, indifference=0.5))
    assert said[1] == "It costs what today costs."


def test_words_name_a_side_effect_and_a_saving():
    company = Line()

    def simulate(points, first, last):
        values = company(points, first, last)
        values[:, 1] *= -1
        return values

    costs = tuple(tuple(-cost for cost in row) for row in company.space.costs)
    space = Space(company.space.axes, (0,), (), costs)
    said = words(choose(space, simulate, [(3,)], CHURN, start=0, indifference=0.5, responses=(WAIT,)))
    assert said[1] == "It costs 30 less than today."
    assert said[3].startswith("wait: worse than today, by ")
    unclear = words(choose(space, Line(noise=20.0), [(1,)], CHURN, start=0, indifference=90.0, responses=(WAIT,)))
    assert "cannot be told apart from today" in " ".join(unclear) or "Nothing was found" in unclear[0]


def test_the_page_says_what_is_wrong():
    from dataclasses import replace
    from datetime import date

    from benchmarks.validate.optimisation_measures import Correct, Covered, Gap

    good = Found(
        [Gap(m, b, (1.0, 2.0), 0.1) for m in ("race, common", "race, independent") for b in (4_000, 20_000)],
        Covered(1000, 0.95, 0.975, 0.9, 0.0, -1.0, -5.0, 0.01, 0.95),
        [Correct("slippage", 50, 0.95, 0.97, 1000.0, 1000, 5.0)],
    )
    assert wrong(good) == []
    assert "What is promised is kept." in page(good, 1.0, date(2026, 1, 1), [])
    bad = Found(
        [replace(good.gaps[0], gaps=(20.0, 30.0), overhead=2.0)],
        replace(good.covered, both=0.9, rivals=0.9, bias=0.1),
        [replace(good.correct[0], selected=0.9)],
    )
    assert len(wrong(bad)) == 6
