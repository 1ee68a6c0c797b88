"""How much of a conclusion rests on assumptions: known truths, plain loops, sentences word by word."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from scipy import stats

from benchmarks.validate.sensitivity_measures import conclusion_rows
from experiments.analysis.mean_interval import Interval
from experiments.analysis.sensitivity import Bounds, Driver, assumptions, conclusion, sentence
from experiments.analysis.sensitivity.drawn_together import summary, wilson_interval
from experiments.analysis.sensitivity.drivers import drivers_of
from experiments.analysis.sensitivity.ranges import range_of
from experiments.plan.factors import bind
from experiments.plan.plan import Factor
from sim.errors import UsageError
from sim.parameters import PARAMETERS
from sim.scenario.assumptions import premises
from sim.scenario.changes import Base
from sim.scenario.files import shipped_names

NAMES = ("a", "b", "c")


def sample(m=60, n=4, seed=1, luck=1.0):
    random = default_rng(seed)
    places = random.random((m, 3))
    return places, (-2 + 3 * places[:, 0])[:, None] + luck * random.normal(size=(m, n))


def test_the_truth_is_found_through_luck():
    # 80 repetitions; tolerances of 4.5 standard errors; coverage at full size at least 0.95: 0.86 in 1e-3.
    for key in (("normal", 5, 1.0, 0.0), ("normal", 10, 1.0, 0.5)):
        rows = {r.what: r for r in conclusion_rows(key[0], 200, *key[1:], 80, 6)}
        for name in ("share", "low end", "high end", "share of x1"):
            row = rows[name]
            assert abs(row.mean - row.truth) <= 4.5 * row.deviation / math.sqrt(80) + 0.01, row
            assert row.coverage >= 0.86, row
        assert rows["a driver where there is none"].mean <= 0.16  # 5 %: 1e-4.
        assert rows["x1 found"].mean == 1.0
    noisy = {r.what: r for r in conclusion_rows("normal", 200, 5, 3.0, 0.0, 40, 6)}
    assert noisy["share, plain"].mean < 0.82
    assert noisy["share"].mean > 0.87


def test_without_luck_shares_and_ranges_are_those_of_the_samples():
    places, _ = sample(200)
    difference = -2 + 3 * places[:, 0] ** 2
    found = conclusion(NAMES, places, difference)
    assert found.sign == -1
    assert found.same.value == found.same_plain == (difference < 0).mean()
    low, high = wilson_interval(found.same.value, 200, 0.95)
    assert found.same.low <= low < high <= found.same.high
    wanted = np.quantile(difference, [0.05, 0.95])
    assert (found.low.value, found.high.value) == pytest.approx(tuple(wanted), abs=0.03)
    assert found.deviation == pytest.approx(difference.std(ddof=1))
    assert math.isnan(found.luck_share)
    assert math.isnan(found.clear_same)


def test_means_are_drawn_together_as_far_as_luck_pushed_them_apart():
    places, y = sample(n=3, luck=2.0)
    found = conclusion(NAMES, places, y)
    means = y.mean(axis=1)
    rest = y - y.mean(1, keepdims=True) - y.mean(0) + y.mean()
    luck = (rest**2).sum() / (59 * 2) / 3
    kept = 1 - luck / means.var(ddof=1)
    drawn = means.mean() + math.sqrt(kept) * (means - means.mean())
    assert found.luck_share == pytest.approx(1 - kept)
    assert found.same.value == pytest.approx((drawn < 0).mean())
    assert found.same_plain == (means < 0).mean()
    assert found.deviation == pytest.approx(drawn.std(ddof=1))
    assert found.low.value == pytest.approx(np.quantile(drawn, 0.05), abs=0.1)


def test_a_bootstrap_sample_is_as_if_its_samples_had_been_run():
    means, luck = default_rng(1).normal(-0.5, 1, size=30), default_rng(2).random(30)
    times = default_rng(4).multinomial(30, [1 / 30] * 30)
    weighted = summary(means, luck, times[None] / 30, -1)
    run = summary(np.repeat(means, times), np.repeat(luck, times), np.full((1, 30), 1 / 30), -1)
    assert weighted[:, 0] == pytest.approx(run[:, 0])
    assert weighted[:, 1:] == pytest.approx(run[:, 1:], abs=0.1)  # Half a step of the distribution.


@given(st.integers(0, 10**6), st.sampled_from([-1.0, 0.25, -3.0]))
@settings(max_examples=15, deadline=None)
def test_the_other_way_round_it_is_the_same_conclusion(seed, scale):
    places, y = sample(seed=seed)
    plain, other = conclusion(NAMES, places, y), conclusion(NAMES, places, scale * y)
    assert other.sign == plain.sign * math.copysign(1, scale)
    assert other.same.value == pytest.approx(plain.same.value)
    assert (other.clear_same, other.clear_opposite) == (plain.clear_same, plain.clear_opposite)
    assert [d.assumption for d in other.drivers] == [d.assumption for d in plain.drivers]
    assert [d.share.value for d in other.drivers] == pytest.approx([d.share.value for d in plain.drivers])


def test_luck_that_all_samples_share_makes_intervals_longer():
    places, y = sample(luck=0.5)
    shared = y + default_rng(9).normal(size=(1, 4)) * 2
    shared -= shared.mean() - y.mean()  # The same mean, so that only doubt differs.
    plain, doubtful = conclusion(NAMES, places, y), conclusion(NAMES, places, shared)
    assert doubtful.same.value == pytest.approx(plain.same.value)
    assert doubtful.same.low < plain.same.low
    assert doubtful.same.high >= plain.same.high
    assert doubtful.low.low < plain.low.low - 1
    error = shared.mean(axis=0).std(ddof=1) / 2
    assert plain.low.low - doubtful.low.low < stats.t.ppf(0.975, 3) * error


def test_the_conclusion_is_that_with_the_scenarios_own_values():
    places, y = sample(luck=0.1)
    assert conclusion(NAMES, places, y).sign == -1
    found = conclusion(NAMES, places, y, today=[0.9, 1.1, math.nan, 1.0])
    assert (found.sign, found.today.n, found.today.mean) == (1, 3, pytest.approx(1.0))
    assert found.same.value < 0.5
    assert found.clear_same + found.clear_opposite <= 1
    assert found.clear_opposite > found.clear_same > 0


def test_clear_samples_are_those_whose_own_interval_leaves_out_zero():
    places, _ = sample(20)
    y = np.array([[-3.0, -3.1, -2.9]] * 12 + [[3.0, 3.1, 2.9]] * 5 + [[-5.0, 5.0, -1.0]] * 3)
    found = conclusion(NAMES, places, y)
    assert (found.clear_same, found.clear_opposite, found.samples) == (0.6, 0.25, 20)


def test_drivers_are_regression_coefficients_freed_of_luck():
    places, y = sample(n=3)
    found, explained = drivers_of(NAMES, places, y, 0.95)
    z = (places - places.mean(0)) / places.std(0, ddof=1)
    x = np.column_stack([np.ones(60), z])
    each = np.array([np.linalg.lstsq(x, column, rcond=None)[0] for column in y.T])
    residuals = y - x @ each.T
    pairs = [(j, k) for j in range(3) for k in range(3) if j != k]
    lack = np.mean([residuals[:, j] @ residuals[:, k] for j, k in pairs]) / 56
    rest = y - y.mean(1, keepdims=True) - y.mean(0) + y.mean()
    variance = y.mean(1).var(ddof=1) - (rest**2).sum() / (59 * 2) / 3
    leverage = np.diag(np.linalg.inv(x.T @ x))
    for one in found:
        i = 1 + NAMES.index(one.assumption)
        assert one.coefficient.value == pytest.approx(each[:, i].mean())
        square = np.mean([each[j, i] * each[k, i] for j, k in pairs])
        assert one.share.value == pytest.approx((square - lack * leverage[i]) / variance)
        ols = (residuals.mean(1) ** 2).sum() / 56 * leverage[i]
        reps = each[:, i].var(ddof=1) / 3 + max(lack, 0) * leverage[i]
        half = stats.t.ppf(1 - 0.05 / 6, 56) * math.sqrt(max(ols, reps))
        assert one.coefficient.high - one.coefficient.value == pytest.approx(half)
    assert explained == pytest.approx(1 - lack / variance)
    assert [d.share.value for d in found] == sorted((d.share.value for d in found), reverse=True)


def test_with_few_samples_each_assumption_is_regressed_upon_alone():
    random = default_rng(3)
    places = random.random((80, 40))
    names = [f"x{i}" for i in range(40)]
    y = 4 * places[:, :1] + random.normal(size=(80, 4))
    found, explained = drivers_of(names, places, y, 0.95)
    for i in (0, 17):
        (one,), _ = drivers_of([names[i]], places[:, [i]], y, 1 - 0.05 / 40)
        assert one in found
    assert [one.assumption for one in found if one.is_clear] == ["x0"]
    assert explained == pytest.approx(sum(one.share.value for one in found))
    many, _ = drivers_of(names[:20], places[:, :20], y, 0.95)
    assert drivers_of(["x0"], places[:, [0]], y, 1 - 0.05 / 20)[0][0] not in many  # Four samples each: all together.
    # Only idle assumptions: 200 repetitions, any named in 5 %; more than 11 % in 1 of 5,000.
    alarms = 0
    for _ in range(200):
        places, y = random.random((60, 30)), random.normal(size=(60, 1)) + random.normal(size=(60, 3))
        alarms += any(one.is_clear for one in drivers_of(names[:30], places, y, 0.95)[0])
    assert alarms <= 22


def test_ranks_follow_what_bends_but_does_not_turn():
    places, _ = sample(300)
    y = np.exp(8 * places[:, :1]) + np.zeros((1, 2))
    assert conclusion(NAMES, places, y, ranks=True).drivers[0].share.value == pytest.approx(1.0, abs=1e-6)
    assert conclusion(NAMES, places, y).drivers[0].share.value < 0.8
    noisy = 6 * places[:, :1] + default_rng(1).normal(size=(300, 4)) * 3
    found, explained = drivers_of(NAMES, places, noisy, 0.95, ranks=True)
    assert found[0].share.value == pytest.approx(1.0, abs=0.1)  # Plain it would be 0.57.
    assert explained == pytest.approx(1.0, abs=0.1)


def test_a_difference_that_never_changes_has_no_drivers():
    places, _ = sample()
    found = conclusion(NAMES, places, np.full((60, 3), -0.1))
    assert (found.same.value, found.same_plain) == (1.0, 1.0)
    assert found.same.low == pytest.approx(60 / (60 + 1.959964**2))
    assert not any(d.is_clear for d in found.drivers)
    assert all(math.isnan(d.share.value) for d in found.drivers)
    assert "no single assumption stands out" in sentence(found, "x", "y")


def test_a_failed_run_leaves_out_its_sample():
    places, y = sample()
    broken = y.copy()
    broken[7, 2] = math.nan
    found = conclusion(NAMES, places, broken)
    kept = [i for i in range(60) if i != 7]
    assert (found.samples, found.left_out, found.replications) == (59, 1, 4)
    assert found.same == conclusion(NAMES, places[kept], y[kept]).same
    assert list(found.table()) == [
        *("assumption", "coefficient", "coefficient_low", "coefficient_high"),
        *("share", "share_low", "share_high", "clear"),
    ]


def test_mistakes_are_told():
    places, y = sample()
    with pytest.raises(UsageError, match="at least 20 are needed"):
        conclusion(NAMES, places[:19], y[:19])
    with pytest.raises(UsageError, match="a number for each of 2"):
        conclusion(("a", "b"), places, y)
    with pytest.raises(UsageError, match="'b' is the same in all"):
        conclusion(NAMES, places * [1, 0, 1], y)
    with pytest.raises(UsageError, match="vary together"):
        conclusion(NAMES, places[:, [0, 1, 0]], y)
    with pytest.raises(UsageError, match="'en' or 'es'"):
        sentence(conclusion(NAMES, places, y), "x", "y", "fr")


FOUND = replace(
    conclusion(NAMES, *sample()),
    sign=-1,
    same=Bounds(0.934, 0.881, 0.9649),
    low=Bounds(-12.3456, -13.9, -10.8),
    high=Bounds(-1.0712, -1.5, -0.6),
    drivers=(
        Driver("cooperation.trust", Bounds(1, 0.5, 1.5), Bounds(0.417, 0.25, 0.61)),
        Driver("morale.late", Bounds(1, 0.5, 1.5), Bounds(0.117, 0.07, 0.16)),
        Driver("b", Bounds(1, -0.5, 1.5), Bounds(0.1, 0, 0.2)),
    ),
    samples=1200,
)  # fmt: skip


def test_the_sentence_word_by_word():
    assert sentence(FOUND, "training", "the mean wait", unit="h") == (
        "With all 3 assumptions varied together (1200 samples), that training lowers the mean wait holds in 93 % of "
        "them (95 % interval 88 % to 96 %); the difference lies between -12.3 and -1.1 h in 90 % of them; it depends "
        "most on cooperation.trust (about 40 % of the variation) and morale.late (about 10 % of the variation)."
    )
    assert sentence(FOUND, "la formación", "la espera media", "es", unit="h", labels={"morale.late": "el retraso"}) == (
        "Con las 3 suposiciones variadas a la vez (1200 muestras), que la formación reduce la espera media se cumple "
        "en el 93 % de ellas (intervalo del 95 %: de 88 % a 96 %); la diferencia está entre -12,3 y -1,1 h en el 90 % "
        "de ellas; de lo que más depende es de cooperation.trust (cerca del 40 % de la variación) y el retraso (cerca "
        "del 10 % de la variación)."
    )


def test_the_sentence_does_not_say_more_than_is_known():
    nearly = replace(FOUND, sign=1, same=Bounds(0.9991, 0.98, 1.0), confidence=0.9)
    assert "raises the wait holds in more than 99 % of them (90 % interval 98 % to 100 %)" in sentence(
        nearly, "x", "the wait"
    )
    assert "en más del 99 % de ellas" in sentence(nearly, "x", "y", "es")
    assert "in 100 % of" in sentence(replace(FOUND, same=Bounds(1.0, 0.98, 1.0)), "x", "y")
    wide = replace(FOUND, drivers=(Driver("b", Bounds(1, -0.5, 1.5), Bounds(0.2, 0, 0.3)),))
    assert sentence(wide, "x", "y").endswith("the samples are too few to say on which assumption it depends most.")
    narrow = replace(FOUND, drivers=(Driver("b", Bounds(0.1, -0.5, 0.7), Bounds(0.02, 0, 0.2)),))
    assert sentence(narrow, "x", "y", "es").endswith("ninguna suposición destaca por sí sola.")
    doubtful = sentence(replace(FOUND, today=Interval(0.1, -1, 1.2, 30, "t")), "x", "y")
    assert doubtful.startswith(
        "Even with the scenario's own values it is not distinguishable from zero what x does to y; with all"
    )
    money = replace(FOUND, low=Bounds(-1234567.0, -1300000, -1200000), high=Bounds(-1000.0, -50000, 50000))
    assert "between -1,235,000 and -1,000 EUR" in sentence(money, "x", "y", unit="EUR")
    assert "entre -1.235.000 y -1.000 EUR" in sentence(money, "x", "y", "es", unit="EUR")
    points = sentence(
        replace(FOUND, low=Bounds(-0.0312, -0.034, -0.028), high=Bounds(0.01, 0.008, 0.012)), "x", "y", scale=100
    )
    assert "between -3.12 and 1.00 in" in points


@pytest.mark.parametrize("name", [n for n in shipped_names() if not n.startswith("theory") or "internal" in n])
def test_every_assumption_can_be_varied_or_is_left_out_with_a_reason(name):
    base = Base(name)
    found = assumptions(base)
    wanted = {p.parameter.name for p in premises(base.scenario) if p.parameter.grade == "D"}
    left_out = {name for name in wanted for path in found.left_out if path.endswith(name)}
    assert {one.parameter for one in found.varied} | left_out == wanted
    assert all(found.left_out.values())
    place = lambda *keys: ".".join(map(str, keys))  # noqa: E731
    factors = bind({path: Factor(**one) for path, one in found.factors().items()}, base, place)
    for one, factor in zip(found.varied, factors, strict=True):
        entry = PARAMETERS[one.parameter]
        assert entry.low <= one.low < one.high <= entry.high
        assert one.low <= one.value <= one.high
        assert factor.today == pytest.approx(one.value)
        assert (factor.low, factor.high, factor.log) == pytest.approx((one.low, one.high, one.log))
    random = default_rng(1)
    for _ in range(4):  # Corners of the whole box are possible companies.
        ends = [factor.value(float(random.integers(2))) for factor in factors]
        base.changed({f.field.path: f.field.written(v) for f, v in zip(factors, ends, strict=True)})
    assert len(found.table()) == len(found.varied)


def test_places_with_a_value_of_their_own_are_factors_of_their_own():
    base = Base("levante").fixed({"cooperation.pairs.sales->warehouse.trust": 0.3})
    receivers = premises(base.scenario)
    trust = next(p for p in receivers if p.parameter.name == "cooperation.trust")
    paths = {one.path: one for one in assumptions(base).varied}
    if "pair" in trust.levels:
        assert paths["cooperation.pairs.sales->warehouse.trust"].value == 0.3
        assert paths["cooperation.pairs.sales->warehouse.trust"].given
    assert paths["cooperation.trust"].value == 0.5
    it = paths["departments.it.cooperation.responsiveness"]
    assert (it.value, it.low, it.high, it.given) == (0.5, pytest.approx(1 / 3), pytest.approx(2 / 3), True)
    ours = {one.path for one in assumptions(base, given=False).varied}
    assert "departments.it.cooperation.responsiveness" not in ours
    assert "cooperation.responsiveness" in ours
    assert not any(one.given for one in assumptions(base, given=False).varied)


def test_policies_under_test_bring_their_assumptions():
    base = Base("levante")
    plain = {one.parameter for one in assumptions(base).varied}
    moved = {one.parameter for one in assumptions(base, {"service.attention": ("x",)}).varied}
    assert moved - plain == {"service.attention"}


def test_ranges_follow_the_scale():
    def ends(name, value, spread=2.0):
        return range_of(PARAMETERS[name], value, spread)

    assert ends("cooperation.trust", 0.9)[:2] == pytest.approx((0.9 / 1.1, 18 / 19))
    assert ends("promise.memory", 0.005)[:2] == pytest.approx((0.0025 / 0.9975, 0.01 / 1.005))
    assert ends("cooperation.setup", 0.05) == (0.025, 0.1, "gap", True)
    assert ends("patience.scale", 40, 4.0) == (10.0, 160.0, "log", True)
    assert ends("promise.free_days", 2.0) == (1.0, 3.0, "linear", False)
    assert ends("promise.free_days", 2.0, 4.0) == (0.5, 3.5, "linear", False)
    assert ends("morale.backing", -1.0) == (-1.5, -0.5, "linear", False)
    assert ends("newcomers.saturation", 1.5) == (1.01, 3.0, "log", True)
    assert ends("turnover.cover", 1.8)[:2] == (0.9, 2.0)
    assert ends("cooperation.trust", 1.0) is ends("cooperation.trust", 0.0) is ends("morale.late", 0.0) is None
    assert ends("patience.scale", math.inf) is None
    with pytest.raises(UsageError, match="above 1"):
        assumptions(Base("levante"), spread=1.0)
    none = assumptions(Base("levante").fixed({"cooperation.trust": 0.0}))
    assert "no range" in none.left_out["cooperation.trust"]
