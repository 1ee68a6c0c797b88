"""Digits of numbers: what is said to be clear is seen to be, and no digit is printed that means nothing."""

import re

import numpy as np
import pytest

from experiments.analysis.mean_interval import Interval
from experiments.show.bilingual import Words, finished, interval_words
from experiments.show.charts.chart import cell_words
from experiments.show.charts.estimates import bare_interval, numbers
from experiments.show.report.phrases import amount, cell_interval, common_place

WRITERS = {
    "sentence": lambda one: amount(one, "h", signed=True),
    "cell": lambda one: cell_interval(one, "h", difference=True),
    "words": lambda one: interval_words(one, "h", difference=True),
    "chart": lambda one: bare_interval(one, signed=True),
    "table": lambda one: Words(*(" ".join(cell_words(cell).en for cell in numbers(one, signed=True)),) * 2),
}


def written(said):
    """Return the numbers of a text."""
    return [float(each.replace(",", "")) for each in re.findall(r"[+-]?[0-9][0-9,.]*", finished(said.en, "1,234.5"))]


@pytest.mark.parametrize("writer", WRITERS)
def test_an_interval_that_leaves_out_zero_is_printed_so(writer):
    draws = np.random.default_rng(3)
    for _ in range(300):
        half = 10 ** draws.uniform(-3, 6)
        near = half * 10 ** draws.uniform(-3.5, 0)
        sign = draws.choice([-1, 1])
        low, high = sorted([sign * near, sign * (near + 2 * half)])
        mean, *ends = written(WRITERS[writer](Interval((low + high) / 2, low, high, 20, "t")))
        assert all(sign * end > 0 for end in ends), (low, high, ends)
        assert mean == pytest.approx((low + high) / 2, rel=0.06)


@pytest.mark.parametrize("writer", WRITERS)
def test_an_interval_that_holds_zero_has_two_digits_of_its_half_width(writer):
    assert written(WRITERS[writer](Interval(0.0458, -0.0003, 0.0919, 20, "t"))) == [0.046, 0.0, 0.092]
    assert written(WRITERS[writer](Interval(13_921.2, -24.9, 27_867.3, 20, "t"))) == [14_000.0, 0.0, 28_000.0]


def test_a_column_has_one_number_of_digits_but_what_is_clear_is_seen_to_be():
    sure, middle, unsure = (Interval(m, m - w, m + w, 9, "t") for m, w in ((-0.05, 0.04), (-2.5, 1.1), (-3.0, 12.0)))
    place = common_place([middle, middle, middle, unsure], "h")
    cells = [finished(cell_interval(each, "h", lines=True, column=place).en, "1,234.5") for each in (middle, unsure)]
    assert cells == ["-2.5\n(-3.6\u00a0…\u00a0-1.4)", "-3.0\n(-15.0\u00a0…\u00a09.0)"]
    assert "0.0\u00a0" not in (clear := finished(cell_interval(sure, "h", column=place).en, "1,234.5"))
    assert clear.startswith("-0.05")
    assert common_place([Interval(1.0, None, None, 1, "t")], "h") is None
