"""Published and exact numbers at reduced size; at full size: python -m benchmarks.validate.output_analysis.

The seeds are fixed, so nothing here fails by chance; the error probabilities say how likely a right program would
have failed with another seed (all values come with a tolerance of at least 4 standard errors: 6e-5 each, normal).
"""

import math

import numpy as np
import pytest
from numpy.random import default_rng

from benchmarks.validate.output_analysis_measures import autoregressive_cut, fixed, queue_cuts, sequential
from benchmarks.validate.output_analysis_page import CUTS, LAW, STOPS
from benchmarks.validate.output_analysis_problems import PUBLISHED, QUEUE, RELIABILITY, mean_of_first_delays, waits
from experiments.analysis.mean_interval import DEFAULT_METHOD
from experiments.analysis.precision import Precision
from experiments.analysis.skewed import METHODS
from experiments.analysis.targets import reached_by
from experiments.plan.targets import DEFAULT_REPLICATIONS, Target

OF = {problem.name: problem for problem in PUBLISHED}


def test_expectations_are_exact():
    assert mean_of_first_delays() == pytest.approx(QUEUE.mean, abs=1e-6)
    # 200,000 replications; 4 standard errors.
    for problem in PUBLISHED:
        values = problem.draw(default_rng(1), (200_000,))
        assert abs(values.mean() - problem.mean) <= 4 * values.std() / math.sqrt(200_000)


@pytest.mark.parametrize(("name", "n"), LAW)
def test_laws_tables(name, n):
    # 20,000 experiments, tolerance 1 point of coverage: 4 standard errors at 0.877, 3 at 0.71 (3e-3 for those two).
    (row,) = fixed(OF[name], n, ("t",), (0.90,), 20_000, 2)
    _, coverage, width = LAW[name, n]
    assert row.coverage == pytest.approx(coverage, abs=0.01)
    assert row.relative == pytest.approx(width, abs=0.01)


def test_default_is_within_two_points_of_nominal():
    # Full size has 0.885 (reliability at 90 %, the worst): 3.4 standard errors from the bound with 40,000 experiments.
    for problem, experiments in ((QUEUE, 10_000), (RELIABILITY, 40_000)):
        for row in fixed(problem, DEFAULT_REPLICATIONS, (DEFAULT_METHOD,), (0.90, 0.95), experiments, 3):
            assert abs(row.coverage - row.confidence) <= 0.02, row


def test_willink_reproduces_the_earlier_measurement():
    # Elsewhere, 90 %: M/M/1 n = 20 .899, reliability .876 and n = 40 .878; 20,000 experiments, 4 standard errors.
    for problem, n, known in ((QUEUE, 20, 0.899), (RELIABILITY, 20, 0.876), (RELIABILITY, 40, 0.878)):
        t, willink = fixed(problem, n, METHODS, (0.90,), 20_000, 4)
        assert willink.coverage == pytest.approx(known, abs=0.0095)
        assert willink.relative > t.relative


@pytest.mark.parametrize(("name", "gamma"), [("M/M/1, first 25 delays", 0.15), ("reliability", 0.15)])
def test_stopping_behaves_as_the_reference(name, gamma):
    # 4 standard errors of 2,000 experiments.
    stops = sequential(OF[name], gamma, 0.90, 2_000, default_rng(5), method="t", first=10)
    coverage, n = STOPS[name, gamma]
    assert abs(stops.coverage(OF[name].mean) - coverage) <= 4 * math.sqrt(coverage * (1 - coverage) / 2_000)
    assert abs(stops.n.mean() - n) <= 4 * stops.n.std() / math.sqrt(2_000)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("problem", PUBLISHED, ids=lambda p: p.name)
def test_many_stopping_experiments_at_once_stop_as_the_precision_of_a_plan(problem, seed):
    stops = sequential(problem, 0.2, 0.90, 1, default_rng(seed), method="willink", first=30, block=10)
    random = default_rng(seed)
    values = [problem.draw(random, (1, size))[0] for size in (30, *[200] * 10)]
    drawn = np.concatenate(values).tolist()
    precision = Precision((Target("x", relative=0.2),), confidence=0.90, first=30, block=10, most=2000)
    n, verdict = 0, precision.verdict({"x": []})
    while verdict.next_look is not None:
        n = verdict.next_look
        verdict = precision.verdict({"x": drawn[:n]})
    assert verdict.enough
    assert n == stops.n[0]
    found = verdict.reached[0].interval
    assert (found.low, found.high) == pytest.approx((stops.low[0], stops.high[0]))


def test_ten_replications_are_possible_inside_and_refused_outside():
    values = [1.0, 1.01] * 5
    assert reached_by(values, Target("x", relative=0.1), 0.90, 10, "t").enough
    assert not reached_by(values, Target("x", relative=0.1), 0.90, 30, "t").enough


def test_autoregression_is_cut_where_it_was():
    # 1,000 series: 4 standard errors of the bias; a median cut of 35 is met within one batch.
    cut = autoregressive_cut(0.9, 1_000, 1_000, 6)
    assert cut.raw_bias == pytest.approx(-100 * (1 - 0.9**1000) / (1000 * 0.1), abs=4 * 0.32 / math.sqrt(1_000))
    assert abs(cut.bias + 0.009) <= 4 * cut.rmse / math.sqrt(1_000)
    assert abs(cut.median_cut - 35) <= 5


def test_queue_that_starts_full_is_cut_and_one_that_starts_empty_is_not_harmed():
    # 60 averages of 30 runs: 4.5 standard errors, of which the known values have a part.
    for start, jobs in (("empty", 0), ("112 jobs ahead", 112)):
        _, average = queue_cuts(start, jobs, 60, 7)
        raw, after, raw_rmse, rmse, _ = CUTS[start, average.on]
        assert abs(average.raw_bias - raw) <= 4.5 * 0.35 / math.sqrt(60)
        assert abs(average.bias - after) <= 4.5 * average.rmse / math.sqrt(60)
        assert average.rmse == pytest.approx(rmse, rel=0.4)
        assert average.raw_rmse == pytest.approx(raw_rmse, rel=0.4)


def test_waits_begin_in_the_steady_state():
    # P(W = 0) = 0.1 and E[W] = 9, sd of W sqrt(99); 40,000 lanes, first and last customer, 4 standard errors.
    found = waits(default_rng(8), 40_000, 30)
    for customer in (0, 29):
        assert abs(found[customer].mean() - 9.0) <= 4 * math.sqrt(99.0) / 200
        assert abs((found[customer] == 0).mean() - 0.1) <= 4 * 0.3 / 200
