"""Selection procedures against plain re-tellings of their papers, and what must hold for any numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.selection.critical_values import rinott_h
from experiments.analysis.selection.kn import kn, pairwise_variances
from experiments.analysis.selection.ocba import ocba
from experiments.analysis.selection.rinott import nsgs, rinott
from experiments.analysis.selection.tally import Tally
from sim.errors import InputError
from tests.analysis.worlds import Recorder, world

seeds = st.integers(0, 10_000)
PROCEDURES = {
    "kn": lambda s, k, **w: kn(s, k, **{"indifference": 0.4, "first": 8} | w),
    "kn alone": lambda s, k, **w: kn(s, k, **{"indifference": 0.4, "first": 8, "common": False} | w),
    "rinott": lambda s, k, **w: rinott(s, k, **{"indifference": 0.6, "first": 8} | w),
    "nsgs": lambda s, k, **w: nsgs(s, k, **{"indifference": 0.6, "first": 8} | w),
    "ocba": lambda s, k, **w: ocba(s, k, **{"budget": 200, "first": 8} | w),
    "ocba alone": lambda s, k, **w: ocba(
        s, k, **{"budget": 203, "first": 8, "step": 3, "floor": 0.2, "common": False} | w
    ),
}


def retold_kn(x, indifference, confidence, first, block):
    """Kim and Nelson's steps, a pair at a time, larger better: best, replications, who was out when."""
    k = len(x)
    eta = 0.5 * ((2 * (1 - confidence) / (k - 1)) ** (-2 / (first - 1)) - 1)
    h2 = 2 * eta * (first - 1)
    s2 = {(i, j): np.var(x[i, :first] - x[j, :first], ddof=1) for i in range(k) for j in range(k)}
    inside, r, out, used = list(range(k)), first, [], [first] * k
    while True:
        mean = {i: math.fsum(x[i, :r]) / r for i in inside}
        keep = []
        for i in inside:
            w = {j: max(0.0, indifference / (2 * r) * (h2 * s2[i, j] / indifference**2 - r)) for j in inside if j != i}
            (keep if all(mean[i] >= mean[j] - w[j] for j in w) else out).append(i)
        inside = keep
        if len(inside) == 1:
            return inside[0], used, out
        r += block
        for i in inside:
            used[i] = r


@given(seeds, st.integers(2, 5), st.sampled_from([1, 7]), st.sampled_from([0.8, 0.95]))
def test_kn_does_what_the_paper_says(seed, k, block, confidence):
    x = world(seed, k)
    sample = Recorder(x)
    found = kn(sample, k, indifference=0.25, confidence=confidence, first=6, block=block)
    best, used, out = retold_kn(x, 0.25, confidence, 6, block)
    assert (found.best, list(found.replications), [d.alternative for d in found.decisions]) == (best, used, out)
    assert found.survivors == (best,)
    assert found.decided
    assert not found.capped
    assert not found.tied
    assert found.runs == len(sample.asked) == len(set(sample.asked))
    assert found.means == pytest.approx([x[i, :n].mean() for i, n in enumerate(used)])
    for decision in found.decisions:
        n, i, j = decision.replications, decision.alternative, decision.by
        assert decision.behind > decision.allowed >= 0
        assert decision.behind == pytest.approx(x[j, :n].mean() - x[i, :n].mean())
        assert used[i] == n
    assert found.needed == found.replications


@given(seeds, st.integers(2, 4))
def test_rinott_does_what_the_paper_says(seed, k):
    x = world(seed, k, 20_000)
    sample = Recorder(x)
    found = rinott(sample, k, indifference=0.5, first=7)
    mine = [[r for one, r in sample.asked if one == i] for i in range(k)]
    h = rinott_h(k, 0.95, 7)
    sizes = [max(7, math.ceil(h * h * np.var(x[i, mine[i][:7]], ddof=1) / 0.25)) for i in range(k)]
    means = [x[i, mine[i]].mean() for i in range(k)]
    assert list(found.replications) == sizes
    assert found.best == int(np.argmax(means))
    assert found.means == pytest.approx(means)


@given(seeds, st.integers(2, 5))
def test_nsgs_does_what_the_paper_says(seed, k):
    x = world(seed, k, 20_000, spread=1.0)
    sample = Recorder(x)
    found = nsgs(sample, k, indifference=0.5, first=7, confidence=0.9)
    mine = [[r for one, r in sample.asked if one == i] for i in range(k)]
    t = stats.t.ppf(0.95 ** (1 / (k - 1)), 6)
    first = [x[i, mine[i][:7]] for i in range(k)]

    def allowed(i, j):
        return max(0.0, t * math.sqrt((first[i].var(ddof=1) + first[j].var(ddof=1)) / 7) - 0.5)

    others = [[j for j in range(k) if j != i] for i in range(k)]
    kept = [i for i in range(k) if all(first[i].mean() >= first[j].mean() - allowed(i, j) for j in others[i])]
    h = rinott_h(k, 0.95, 7)
    sizes = [
        max(7, math.ceil(h * h * first[i].var(ddof=1) / 0.25)) if i in kept and len(kept) > 1 else 7 for i in range(k)
    ]
    assert list(found.replications) == sizes
    assert sorted({d.alternative for d in found.decisions} | set(kept)) == list(range(k))
    assert found.best == max(kept, key=lambda i: x[i, mine[i]].mean())


@pytest.mark.parametrize("name", PROCEDURES)
def test_no_replication_is_asked_twice_and_independent_ones_share_none(name):
    for seed in range(10):
        sample = Recorder(world(seed, n=40_000))
        found = PROCEDURES[name](sample, 4)
        assert len(sample.asked) == len(set(sample.asked)) == found.runs
        replications = [r for _, r in sample.asked]
        if name in {"kn", "ocba"}:
            for one, n in enumerate(found.replications):
                assert sorted(r for who, r in sample.asked if who == one) == list(range(n))
        else:
            assert len(replications) == len(set(replications))


@pytest.mark.parametrize("name", PROCEDURES)
@settings(max_examples=25)
@given(
    seed=seeds, order=st.permutations(range(4)), shift=st.sampled_from([0.0, -512.0]), power=st.sampled_from([0, 3, -4])
)
def test_order_origin_and_unit_do_not_matter(name, seed, order, shift, power):
    # Which replications an independent alternative gets depends on its place, so there each has its own column of luck.
    x = world(seed)
    scale = 2.0**power
    alone = name not in {"kn", "ocba"}
    more = {} if name.startswith("ocba") else {"indifference": 0.5}
    scaled = {key: value * scale for key, value in more.items()}
    plain = PROCEDURES[name](Column(x) if alone else Recorder(x), 4, **more)
    y = scale * x[order] + shift
    turned = PROCEDURES[name](Column(y) if alone else Recorder(y), 4, **scaled)
    assert order[turned.best] == plain.best
    assert [turned.replications[order.index(i)] for i in range(4)] == list(plain.replications)
    assert {order[d.alternative] for d in turned.decisions} == {d.alternative for d in plain.decisions}
    assert turned.means == pytest.approx([scale * plain.means[i] + shift for i in order])


class Column:
    """Values of each alternative in its own order, whatever replication is asked for."""

    def __init__(self, values):
        self.values, self.next = values, [0] * len(values)

    def __call__(self, who, first, end):
        rows = []
        for one in who:
            rows.append(self.values[one, self.next[one] : self.next[one] + end - first])
            self.next[one] += end - first
        return np.array(rows)


@pytest.mark.parametrize("name", PROCEDURES)
@settings(max_examples=20)
@given(seed=seeds)
def test_the_lowest_is_the_highest_negative(name, seed):
    x = world(seed, n=40_000)
    up, down = PROCEDURES[name](Recorder(x), 4), PROCEDURES[name](Recorder(-x), 4, better="lower")
    assert (up.best, up.replications, up.survivors, up.decisions) == (
        down.best,
        down.replications,
        down.survivors,
        down.decisions,
    )
    assert down.means == tuple(-m for m in up.means)


@pytest.mark.parametrize("name", PROCEDURES)
def test_what_is_far_better_is_selected(name):
    x = world(1, n=40_000, spread=0.0) + np.array([[0.0], [9.0], [4.0], [2.0]])
    assert PROCEDURES[name](Recorder(x), 4).best == 1
    assert PROCEDURES[name](Recorder(x), 4, better="lower").best == 0


@pytest.mark.parametrize("name", PROCEDURES)
def test_means_of_five_are_the_procedure_on_means_of_five(name):
    x = world(1, n=60_000)
    thinned = x.reshape(4, -1, 5).mean(axis=2)
    more = {"budget": 1003} if name.startswith("ocba") else {}
    fewer = {"budget": 200} if more else {}
    found, wanted = PROCEDURES[name](Recorder(x), 4, macro=5, **more), PROCEDURES[name](Recorder(thinned), 4, **fewer)
    assert found.best == wanted.best
    assert found.replications == tuple(5 * n for n in wanted.replications)
    assert found.means == pytest.approx(wanted.means)


def test_variances_of_all_pairs():
    x = world(3, 5, 12)
    found = pairwise_variances(x)
    for i in range(5):
        for j in range(5):
            assert found[i, j] == pytest.approx(np.var(x[i] - x[j], ddof=1))
    assert (found == found.T).all()


def test_alternatives_that_do_the_same_are_tied_and_the_first_is_selected():
    x = world(1)[[1, 1, 0]] + np.array([[5.0], [5.0], [0.0]])
    found = kn(Recorder(x), 3, indifference=0.3, first=10)
    assert (found.best, found.survivors, found.tied, found.decided) == (0, (0, 1), (0, 1), True)
    assert found.replications == (10, 10, 10)
    everywhere = kn(lambda who, first, end: np.ones((len(who), end - first)), 3, indifference=0.3)
    assert everywhere.tied == (0, 1, 2)
    assert rinott(lambda who, first, end: np.ones((len(who), end - first)), 3, indifference=0.3).tied == (0, 1, 2)


def test_a_cap_is_an_answer_without_a_best():
    x = world(2, spread=0.0)
    found = kn(Recorder(x), 4, indifference=0.01, first=10, block=20, most=55)
    assert (found.best, found.decided, found.capped, len(found.survivors) > 1) == (None, False, True, True)
    assert max(found.replications) == 55
    assert found.leader in found.survivors
    assert found.needed[found.leader] > 55
    assert not found.tied
    assert "Not decided" in found.guarantee
    assert "95 %" not in found.guarantee
    sample = Recorder(x)
    capped = rinott(sample, 4, indifference=0.01, first=10, most=1000)
    assert (capped.best, capped.capped, capped.survivors) == (None, True, (0, 1, 2, 3))
    assert len(sample.asked) == 40  # the second stage was not begun
    assert max(capped.needed) > 1000
    assert "Not decided" in capped.guarantee


def test_what_is_enough_is_enough():
    x = world(2, spread=0.0)
    capped = kn(Recorder(x), 4, indifference=0.1, first=10, most=20)
    found = kn(Recorder(x), 4, indifference=0.1, first=10, most=max(capped.needed))
    assert found.decided
    assert "At least" not in found.guarantee
    assert "95 %" in found.guarantee
    assert "at least 0.1" in found.guarantee


@pytest.mark.parametrize("name", PROCEDURES)
@pytest.mark.parametrize("hole", [math.nan, math.inf])
def test_a_missing_value_is_an_error_that_names_it(name, hole):
    x = world(1, n=40_000)
    x[2, :] = hole
    with pytest.raises(InputError, match=r"selection, alternative 2, replication \d+: got no finite value"):
        PROCEDURES[name](Recorder(x), 4)


def test_a_missing_value_later_on_is_an_error_too():
    x = world(2, spread=0.0)
    x[1, 12] = math.nan
    with pytest.raises(InputError, match="alternative 1, replication 12"):
        kn(Recorder(x), 4, indifference=0.05, first=10)


def test_a_sample_of_the_wrong_shape_is_a_defect():
    with pytest.raises(ValueError, match=r"shape \(2, 9\), must be \(2, 10\)"):
        kn(lambda who, first, end: np.zeros((2, 9)), 2, indifference=1.0, first=10)


def test_a_tally_keeps_its_digits_far_from_zero():
    x = world(1, n=200)
    near, far = Tally(Recorder(x), 4), Tally(Recorder(x + 2.0**30), 4)
    for tally in (near, far):
        tally.more(range(4), 50)
        tally.more(range(4), 150)
    assert far.variances == pytest.approx(near.variances, rel=1e-7)
    assert near.variances == pytest.approx(x.var(axis=1, ddof=1))
    assert far.means - 2.0**30 == pytest.approx(near.means, abs=1e-6)


GIVEN = {"indifference": 1.0}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda s: kn(s, 1, **GIVEN), "kn: got 1 alternatives, must be at least 2"),
        (lambda s: kn(s, 3, indifference=0.0), "indifference: got 0, must be above 0"),
        (lambda s: rinott(s, 3, indifference=math.nan), "rinott, indifference: got nan"),
        (lambda s: kn(s, 3, confidence=95, **GIVEN), "Write 95 % as 0.95"),
        (lambda s: nsgs(s, 3, first=1, **GIVEN), "nsgs, first: got 1, must be at least 2"),
        (lambda s: kn(s, 3, block=0, **GIVEN), "block: got 0"),
        (lambda s: kn(s, 3, macro=0, **GIVEN), "macro: got 0"),
        (lambda s: kn(s, 3, first=10, macro=2, most=19, **GIVEN), "most: got 19, must be at least the 20"),
        (lambda s: kn(s, 3, better="larger", **GIVEN), "'larger', must be 'lower' or 'higher'"),
        (lambda s: ocba(s, 3, budget=29), "budget: got 29, must be at least the 30 replications"),
        (lambda s: ocba(s, 3, budget=90, step=0), "step: got 0"),
        (lambda s: ocba(s, 3, budget=90, floor=1.5), "floor: got 1.5"),
    ],
)  # fmt: skip
def test_what_cannot_be_selected_from_is_refused(call, message):
    sample = Recorder(world(1))
    with pytest.raises(InputError, match=message):
        call(sample)
    assert not sample.asked
