"""Random damage to a valid scenario yields a scenario or a message, never anything else."""

import contextlib
import copy
import re
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.scenario import Scenario, scenario_from_data, scenario_from_text
from sim.scenario.capacity import offered_load, warnings
from sim.scenario.yaml_text import parse_yaml
from tests.scenario.small import TEXT

NEVER = re.compile(r"Traceback|pydantic|Input should|validation error")
VALID = parse_yaml(TEXT, "small.yaml").plain()
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
    st.sampled_from(["end", "pick", "sales", "always", "1 h", "3 weeks", "50 %", "1 per h", "stream", "file",
                     "9:00-10:00", 10**400, -1, 0, 1, 1e308, "1e308 h", "nan", ["sales"], {"a": 1},
                     {"end": 1}, [{}], [[]], [None],
                     {"kind": "file"}, {"kind": "stream", "rate": "1 per h"}, "sales->sales"]),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        found += places(data[key], (*path, key))
    return found


PLACES = places(VALID)


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    data = copy.deepcopy(VALID)
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)):
        holder = data
        try:
            for key in path[:-1]:
                holder = holder[key]
            kind = draw(st.sampled_from(["delete", "replace", "rename", "add"]))
            if kind == "delete":
                del holder[path[-1]]
            elif kind == "rename" and isinstance(holder, dict):
                holder[draw(st.text(max_size=8))] = holder.pop(path[-1])
            elif kind == "add" and isinstance(holder, dict):
                holder[draw(st.text(max_size=8))] = draw(JUNK)
            else:
                holder[path[-1]] = draw(JUNK)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change removed the place
    return data


def outcome(make: Any, given_: Any) -> None:
    said = ""
    try:
        scenario = make(given_)
        assert isinstance(scenario, Scenario)
        assert all(load >= 0 for load in offered_load(scenario).values())
        warnings(scenario)
    except InputError as error:
        said = str(error)
    assert not NEVER.search(said), said
    assert "{given}" not in said
    assert len(said) < 10_000


@settings(max_examples=400, deadline=None)
@given(damaged())
def test_damaged_data(data: Any) -> None:
    outcome(scenario_from_data, data)


@settings(max_examples=100, deadline=None)
@given(damaged())
def test_damaged_data_written_by_a_program(data: Any) -> None:
    outcome(scenario_from_text, yaml.safe_dump(data, allow_unicode=True))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text(max_size=6))
def test_damaged_text(at: int, length: int, junk: str) -> None:
    outcome(scenario_from_text, TEXT[:at] + junk + TEXT[at + length :])


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#\\,\n \t\x00\x85\ufeff0eU~<.", max_size=40))
def test_text_made_of_yaml_signs(junk: str) -> None:
    outcome(scenario_from_text, junk)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_bytes(junk: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(parse_yaml(junk, "junk.yaml").plain(), dict)
