"""Whatever a record holds, a difference of one bit in it is found, named and dated."""

import copy
import dataclasses
import pickle
import random
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines import streams
from sim.measures.agreement import Difference, EnginesDiffer, first_difference
from sim.measures.record import DEPARTMENT_SUMS, LOG_FIELDS, PAIR_SUMS, Record
from tests.measures.records import HOUR, recorded, small_world

NAMES = ("reference", "other")
TABLES = {
    "orders": ("order", "placed"),
    "parts": ("order", None),
    "customers": ("customer", "joined"),
    "weeks": ("week", "begin"),
    "states": ("state of department", "begin"),
}
SCALARS = ("joined", "left", "reported", "mended", "redundant", "customer_time", "customers_end", "ended", "events")
DICTS = {"departments": DEPARTMENT_SUMS, "pairs": PAIR_SUMS}


def compared(one, other):
    return first_difference(small_world(), one, other, NAMES, streams.LOG_EVENTS, streams.ITEMS)


def both_ways(one, other):
    """The difference, which is the same seen from the other side."""
    found, turned = compared(one, other), compared(other, one)
    # As texts, for no nan equals another.
    assert str(turned) == str(found and dataclasses.replace(found, values=found.values[::-1]))
    return found


def test_every_field_of_a_record_is_looked_at():
    fields = {field.name for field in dataclasses.fields(Record) if field.init}
    assert fields == {*TABLES, *SCALARS, *DICTS, "held", "log"}


@pytest.mark.parametrize("log", [False, True])
def test_a_record_agrees_with_itself_however_it_is_written(log):
    one, other = recorded(log), recorded(log)
    other.parts = np.random.default_rng(1).permutation(other.parts)
    other.log = np.array(other.log, dtype=np.int64).reshape(-1, 5)
    strange_nan = struct.unpack("d", struct.pack("q", 0x7FF8DEADBEEF0001))[0]
    for name in ("dissatisfied", "forecast"):
        column = other.orders[name]
        column[np.isnan(column)] = strange_nan
    assert np.isnan(other.orders["forecast"]).any()
    assert both_ways(one, other) is None


cells = st.tuples(st.sampled_from(sorted(TABLES)), st.floats(0, 1, exclude_max=True), st.integers(0, 27))


@settings(deadline=None)
@given(cells, st.sampled_from([1, -1]))
def test_a_changed_cell_is_found_with_its_row_and_its_instant(cell, step):
    table, where, column = cell
    one, other = recorded(), recorded()
    kind, time = TABLES[table]
    rows = getattr(other, table)
    field = rows.dtype.names[column % len(rows.dtype.names)]
    place = int(where * len(rows))
    bits = rows[field].view(np.int64)
    was = rows[field][place].item()
    if np.isnan(was):
        rows[field][place] = 0.5
    else:
        bits[place] += step
    found = both_ways(one, other)
    if field in ("order", "customer", "cause", "placed", "joined", "begin", "department"):
        assert found is not None  # The row is another now, or stands elsewhere: the tests below.
        return
    expected = f"{kind} {getattr(one, table)[rows.dtype.names[0]][place]}"
    assert found.entity == expected
    assert found.field.split(", ")[-1] == field
    assert [str(v) for v in found.values] == [str(was), str(rows[field][place].item())]
    assert found.engines == NAMES
    if time is not None:
        assert found.time == rows[time][place]
    else:
        (order,) = one.orders[one.orders["order"] == rows["order"][place]]
        assert found.time == order["placed"]


def test_minus_zero_is_not_zero():
    one, other = recorded(), recorded()
    one.orders["extra_cost"][7], other.orders["extra_cost"][7] = 0.0, -0.0
    assert compared(one, other).values == (0.0, -0.0)
    assert str(compared(one, other)).endswith("extra_cost is 0.0 (reference) and -0.0 (other).")


def test_an_order_that_only_one_engine_has_is_found():
    one, other = recorded(), recorded()
    key, placed = int(one.orders["order"][11]), int(one.orders["placed"][11])
    other.orders = np.delete(other.orders, 11)
    found = both_ways(one, other)
    assert (found.time, found.entity, found.field, found.values) == (placed, f"order {key}", "order", (key, None))
    assert f"{key} (reference) and missing (other)" in str(found)
    last = recorded()
    last.orders = last.orders[:-1]
    assert both_ways(one, last).entity == f"order {one.orders['order'][-1]}"


def test_an_order_placed_at_another_instant_is_found():
    one, other = recorded(), recorded()
    placed = int(one.orders["placed"][5])
    row = other.orders[5:6].copy()
    row["placed"] = other.orders["placed"][40]
    other.orders = np.concatenate([other.orders[:5], other.orders[6:41], row, other.orders[41:]])
    found = both_ways(one, other)
    assert found.entity == f"order {one.orders['order'][5]}"
    assert (found.time, found.field, found.values) == (placed, "placed", (placed, int(row["placed"][0])))


def test_a_row_written_twice_or_in_the_wrong_place_is_found():
    one = recorded()
    for places in ([0, 1, 1, *range(2, len(one.orders))], [1, 0, *range(2, len(one.orders))]):
        other = recorded()
        other.orders = other.orders[places]
        assert both_ways(one, other).field == "place among the rows"


def test_a_cause_that_only_one_engine_has_is_found_under_the_order_placed_first():
    one, other = recorded(), recorded()
    placed = dict(zip(one.orders["order"].tolist(), one.orders["placed"].tolist(), strict=True))
    away = np.random.default_rng(2).choice(len(one.parts), 20, replace=False)
    other.parts = np.delete(other.parts, away)
    found = both_ways(one, other)
    instants = [placed[order] for order in one.parts["order"][away].tolist()]
    assert found.time == min(instants)
    assert found.field.endswith(", open")
    assert found.values[1] is None
    # A part in two rows adds up to the same and is a difference all the same.
    twice = recorded()
    twice.parts = np.concatenate([twice.parts, twice.parts[:1]])
    assert both_ways(one, twice).entity == f"order {one.parts['order'][0]}"


@pytest.mark.parametrize("table", DICTS)
def test_a_changed_sum_is_found_with_its_department_or_pair(table):
    names = small_world().departments
    owners = names if table == "departments" else [f"{a}->{b}" for a in names for b in names]
    for field in DICTS[table]:
        place = random.Random(field).randrange(len(owners))
        one, other = recorded(), recorded()
        was = getattr(one, table)[field][place]
        getattr(other, table)[field][place] += 1
        found = both_ways(one, other)
        assert found == Difference(None, f"{table[:-1]} {owners[place]}", field, (was, was + 1), NAMES)
        del getattr(other, table)[field]
        assert both_ways(one, other).field == field


@pytest.mark.parametrize("field", SCALARS)
def test_a_changed_number_of_the_run_is_found(field):
    one, other = recorded(), recorded()
    was = getattr(one, field)
    setattr(other, field, was - 1)
    found = both_ways(one, other)
    assert found == Difference(None, "run", field, (was, was - 1), NAMES)
    assert str(found) == f"The engines differ: run, {field} is {was} (reference) and {was - 1} (other)."


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 4), st.booleans())
def test_a_changed_entry_of_the_log_is_found_before_everything_else(where, column, as_array):
    one, other = recorded(log=True), recorded(log=True)
    other.orders["value"][0] += 1
    log = np.array(other.log)
    place = int(where * len(log))
    entry = log[place].tolist()
    log[place, column] += 1
    other.log = log if as_array else [tuple(row) for row in log.tolist()]
    found = both_ways(one, other)
    assert found.time == entry[0]
    if LOG_FIELDS[column] == "order":
        assert found.field == f"log entry {place}"
    else:
        assert found.field == f"{LOG_FIELDS[column]} of log entry {place}"
        assert str(entry[3]) in found.entity
    if LOG_FIELDS[column] == "event" and log[place, 1] < len(streams.LOG_EVENTS):
        assert found.values == tuple(streams.LOG_EVENTS[e] for e in (entry[1], log[place, 1]))


def test_a_log_that_ends_early_is_found_where_it_ends():
    one, other = recorded(log=True), recorded(log=True)
    other.log = other.log[:-3]
    found = both_ways(one, other)
    assert found.time == one.log[-3][0]
    assert found.values[1] is None
    other.log = []
    assert both_ways(one, other).field == "number of log entries"
    other.orders["value"][4] += 1
    assert both_ways(one, other).field == "value"


def test_of_many_differences_the_earliest_is_told():
    one, other = recorded(), recorded()
    other.weeks["customers"][2] += 1
    other.orders["needs"][[90, 30, 60]] += 1
    assert compared(one, other).time == min(one.weeks["begin"][2], one.orders["placed"][30])
    other.customers["orders"][0] += 1
    assert compared(one, other).time == one.customers["joined"][0]


def test_rows_of_another_type_are_a_difference_not_a_crash():
    one, other = recorded(), recorded()
    other.weeks = other.weeks[["begin", "customers"]]
    assert compared(one, other).field == "type of rows"


def test_the_sentence_says_when_who_what_and_who_says_so():
    difference = Difference(90 * HOUR + HOUR // 4, "order 17", "promised", (5, None), NAMES)
    text = "The engines differ at 90.250000 h: order 17, promised is 5 (reference) and missing (other)."
    assert str(difference) == text
    error = pickle.loads(pickle.dumps(EnginesDiffer(difference)))
    assert (str(error), error.difference, error.exit_code) == (text, difference, 1)
    assert copy.copy(error).difference == difference
