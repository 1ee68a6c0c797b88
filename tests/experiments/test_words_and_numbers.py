"""What people read: complete in both languages, no digit too many, units always there."""

import ast
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import experiments
from experiments.analysis.intervals import Estimate
from experiments.show.numbers import decimals, estimate_text, number, rounded, unit_scale
from experiments.show.words import WORDS, say
from sim.parameters import PARAMETERS

SOURCES = sorted(Path(experiments.__file__).parent.rglob("*.py"))


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("text", WORDS)
def test_every_text_is_there_in_both_languages_with_the_same_places(text):
    english, spanish = WORDS[text]
    assert english.strip()
    assert spanish.strip()
    assert places(english) == places(spanish)


def said_in_sources():
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and "say" in (
                getattr(node.func, "id", ""),
                getattr(node.func, "attr", ""),
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield source.name, first.value


def test_every_text_that_the_program_says_is_in_the_catalogue():
    said = list(said_in_sources())
    assert len(said) > 30
    assert [(source, text) for source, text in said if text not in WORDS] == []


def test_the_catalogue_has_words_for_every_kind_of_parameter():
    for parameter in PARAMETERS.values():
        for text in (f"kind {parameter.unit}", f"level {parameter.level}", f"scale {parameter.scale}"):
            assert text in WORDS


def test_numbers_of_both_languages():
    assert number(1234567.891, 2) == "1,234,567.89"
    assert number(1234567.891, 2, "es") == "1.234.567,89"
    assert number(-0.0004, 2) == "0.00"
    assert number(0.004, 2, signed=True) == "0.00"


@pytest.mark.parametrize(
    ("mean", "half_width", "expected"),
    [
        (39.2187, 1.0833, (39.2, 1.1, 1)),
        (39.2187, 0.0999, (39.22, 0.10, 2)),
        (39.2187, 9.96, (39.0, 10.0, 0)),
        (351234.0, 18123.0, (351000.0, 18000.0, 0)),
        (0.4, 1.7e-16, (0.4, 0.0, 3)),
        (7.0, 0.0, (7.0, 0.0, 2)),
        (5997.0, None, (5997.0, None, 0)),
    ],
)
def test_digits_that_mean_nothing_are_not_printed(mean, half_width, expected):
    assert rounded(mean, half_width) == expected


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_rounding_never_moves_a_mean_by_more_than_a_tenth_of_its_half_width(mean, half_width):
    shown, half, places = rounded(mean, half_width)
    assert places >= 0
    if half_width > 1e-9 * abs(mean):  # Else it is the noise of floats, and says nothing about digits.
        assert abs(shown - mean) <= 0.1 * half_width
        assert abs(half - half_width) <= 0.06 * half_width
    assert isinstance(decimals(mean, half_width), int)


@pytest.mark.parametrize(
    ("unit", "language", "difference", "expected"),
    [
        ("h", "en", False, "39.2 ± 1.1 h"),
        ("h", "es", True, "+39,2 ± 1,1 h"),
        ("share", "en", False, "3,920 ± 110 %"),
        ("share", "es", True, "+3.920 ± 110 puntos"),
        ("1/year", "en", False, "3,920 ± 110 % per year"),
        ("EUR/year", "es", False, "39,2 ± 1,1 EUR al año"),
        ("orders", "es", False, "39,2 ± 1,1 pedidos"),
        ("days", "en", False, "39.2 ± 1.1 days"),
        ("1", "en", False, "39.2 ± 1.1"),
    ],
)
def test_units_are_always_shown(unit, language, difference, expected):
    assert estimate_text(Estimate(39.2187, 1.0833, 10), unit, language, difference=difference) == expected


def test_what_does_not_apply_is_a_dash():
    assert estimate_text(Estimate(None, None, 0), "h") == "–"
    assert estimate_text(Estimate(float("inf"), None, 3), "h") == "–"


def test_an_unknown_unit_is_shown_as_it_is():
    assert unit_scale("parsecs", "es") == (1.0, "parsecs")
    assert say("unit parsecs", "es") == "parsecs"
