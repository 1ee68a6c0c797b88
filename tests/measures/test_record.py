"""The record: rows however an engine makes them, in one order however they come."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engines import streams
from sim.measures.metrics import metrics
from sim.measures.record import CUSTOMER_DTYPE, ORDER_DTYPE, PART_DTYPE, WEEK_DTYPE, Rows, in_order
from sim.measures.tables import event_log, tables
from sim.policies.policy import Portfolio
from tests.measures.records import recorded, small_company, small_world

keys = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=30)


@given(keys)
def test_rows_come_out_in_order_of_both_keys_and_equal_ones_stay_as_they_were(pairs):
    rows = np.zeros(len(pairs), PART_DTYPE)
    rows["order"], rows["cause"] = [a for a, _ in pairs], [b for _, b in pairs]
    rows["open"] = np.arange(len(pairs))
    expected = rows[np.lexsort([rows["cause"], rows["order"]])]
    found = in_order(rows, "order", "cause")
    assert found.tobytes() == expected.tobytes()
    assert found.dtype == PART_DTYPE
    assert in_order(found, "order", "cause") is found


@pytest.mark.parametrize("dtype", [ORDER_DTYPE, PART_DTYPE, CUSTOMER_DTYPE, WEEK_DTYPE])
def test_rows_keep_every_number_and_every_bit_of_a_float(dtype):
    whole = sum(dtype[name].kind == "i" for name in dtype.names)
    real = len(dtype.names) - whole
    rows = Rows(dtype)
    assert len(rows.table()) == 0
    given = [((*range(k, k + whole),), tuple([-0.0, float("nan"), 0.1][k] for _ in range(real))) for k in (2, 0, 1)]
    for integers, floats in given:
        rows.add(integers, floats)
    for found, (integers, floats) in zip(rows.table(), given, strict=True):
        assert np.array(found.tolist()).tobytes() == np.array([*integers, *floats]).tobytes()
    assert rows.sorted_by(*dtype.names[:2])[dtype.names[0]].tolist() == [0, 1, 2]


def test_the_order_of_parts_changes_nothing():
    record, shuffled = recorded(), recorded()
    shuffled.parts = np.random.default_rng(3).permutation(shuffled.parts)
    company, world = small_company(), small_world()
    one, other = (metrics(company, Portfolio(), world, r) for r in (record, shuffled))
    assert {k: v.hex() for k, v in one.items()} == {k: v.hex() for k, v in other.items()}
    one, other = (tables(world, r, {}, 0, "", "EUR")["parts"] for r in (record, shuffled))
    assert one.equals(other)
    assert np.all(np.diff(one["order"]) >= 0)


def test_the_log_may_be_tuples_or_an_array():
    record = recorded(log=True)
    as_tuples = event_log(small_world(), record, streams.LOG_EVENTS, streams.ITEMS)
    record.log = np.array(record.log)
    assert len(as_tuples) > 1000
    assert event_log(small_world(), record, streams.LOG_EVENTS, streams.ITEMS).equals(as_tuples)
    record.log = []
    assert len(event_log(small_world(), record, streams.LOG_EVENTS, streams.ITEMS)) == 0
