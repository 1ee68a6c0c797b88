"""Running on real orders: every row is accounted for, and keeps its customer, value and promise."""

import math

import pandas as pd
import pytest

from sim import InputError, read_orders, simulate
from sim.arrays.real_orders import window_remarks
from sim.run import RunSpec, run
from tests.orders.files import EXAMPLE, GOOD, HEADER, two_types, write


@pytest.fixture(scope="module")
def example():
    return simulate("marketplace", orders=EXAMPLE, replications=3, tables=["orders", "parts"])


def test_every_row_is_an_order_with_its_own_value_and_promise(example):
    rows = {r.line: r for r in read_orders(EXAMPLE).rows}
    table = example.tables["orders"]
    assert example.metrics["orders_placed"].tolist() == [60.0] * 3
    assert example.metrics["orders_delivered"].tolist() == [60.0] * 3
    for _, mine in table.groupby("replication"):
        assert set(mine["order"]) == set(rows)
        assert mine.groupby("customer").size().max() == 7, "the regular customer of the file"
    begin = min(r.placed for r in rows.values()).replace(hour=0, minute=0)
    for order in table.itertuples():
        row = rows[order.order]
        assert order.value == row.value
        assert order.placed == pytest.approx((row.placed - begin).total_seconds() / 3600)
        if row.promised is None:
            assert not order.promised >= 0
        else:
            assert order.promised == pytest.approx((row.promised - begin).total_seconds() / 3600)


def test_waits_are_the_sums_of_their_stages(example):
    parts = example.tables["parts"]
    sums = parts.groupby(["replication", "order"])[["open_hours", "closed_hours"]].sum().sum(axis=1)
    waits = example.tables["orders"].set_index(["replication", "order"])["wait"]
    pd.testing.assert_series_equal(sums.sort_index(), waits.sort_index(), check_names=False)
    assert set(parts["cause"]) == {"transport"}


def test_churn_does_not_apply(example):
    assert example.metrics[["churn_per_year", "customers_left"]].isna().all(axis=None)
    assert example.metrics["unsatisfied_share"].between(0.07, 0.6).all()


def test_the_same_luck_whatever_the_policy_and_whatever_other_orders_there_are(example):
    again = simulate("marketplace", ["shared_standards"], orders=EXAMPLE, tables=["orders"])
    first = example.tables["orders"].query("replication == 0")
    assert again.tables["orders"]["wait"].tolist() == first["wait"].tolist()
    orders = read_orders(EXAMPLE)
    few = orders.between(orders.rows[30].placed, orders.rows[40].placed)
    alone = simulate("marketplace", orders=few, tables=["orders"]).tables["orders"].set_index("order")["wait"]
    together = first.set_index("order")["wait"]
    assert len(alone) == 10
    assert alone.tolist() == pytest.approx(together[alone.index].tolist())


def test_two_orders_of_a_customer_at_one_instant_stay_two(tmp_path):
    path = write(tmp_path, HEADER, GOOD, GOOD.replace("12.50", "99"))
    table = simulate("marketplace", orders=path, tables=["orders"]).tables["orders"]
    assert sorted(table["value"]) == [12.5, 99.0]
    assert table["customer"].nunique() == 1


def test_placed_and_reported_rows_add_up(tmp_path):
    path = write(tmp_path, HEADER, GOOD, "soon,a,1,", GOOD, ",,,", "2030-01-01,late,1,")
    results = simulate("marketplace", orders=path)
    assert results.orders is not None
    assert len(results.orders.problems) == 2
    assert results.metrics["orders_placed"].tolist() == [2.0]
    bad, midnight, again, outside = results.remarks
    assert "2 rows cannot be used, 3 can" in bad
    assert "1 usable rows with a date but no time" in midnight
    assert "1 usable rows equal to an earlier row" in again
    assert "1 of 3 usable orders are placed after the window" in outside
    assert all(text in repr(results) for text in results.remarks)


def test_the_weeks_that_are_suggested_hold_every_order(tmp_path):
    orders = read_orders(write(tmp_path, HEADER, GOOD, "2030-01-01,late,1,"))
    scenario = two_types()
    (text,) = window_remarks(scenario, orders)
    weeks = float(text.rpartition("--weeks ")[2].rstrip(".)"))
    assert simulate(scenario, orders=orders, weeks=weeks).metrics["orders_placed"].tolist() == [2.0]


def test_orders_in_the_warm_up_are_remarked():
    scenario = two_types(time={"warm_up": "2 weeks", "horizon": "10 weeks"})
    results = simulate(scenario, orders=EXAMPLE)
    early = sum((r.placed - read_orders(EXAMPLE).rows[0].placed.replace(hour=0, minute=0)).days < 14
                for r in read_orders(EXAMPLE).rows)  # fmt: skip
    assert results.metrics["orders_placed"].tolist() == [60.0 - early]
    assert f"{early} of 60 usable orders are placed in the warm-up" in results.remarks[0]


def test_types_come_from_the_file_and_unknown_ones_are_bad_rows(tmp_path):
    path = write(
        tmp_path, "placed,customer,value,type",
        "2024-03-04,a,1,near", "2024-03-04,b,1,far", "2024-03-04,c,1,faar", "2024-03-04,d,1,",
    )  # fmt: skip
    results = simulate(two_types(), orders=path, tables=["orders"])
    waits = results.tables["orders"].set_index("order")["wait"]
    assert (waits[2], waits[3]) == (24.0, 48.0)
    assert waits[5] in (24.0, 48.0)
    assert results.orders is not None
    assert results.orders.problems == (
        "orders.csv, line 4: type: got 'faar'; must be an order type of the scenario. Did you mean 'far'?",
    )
    with pytest.raises(InputError, match=r"line 4: type: got 'faar'"):
        run(RunSpec(two_types(), orders=read_orders(path)))


def test_types_are_not_used_where_there_is_nothing_to_choose(tmp_path):
    path = write(tmp_path, "placed,customer,value,type", "2024-03-04,a,1,odd", "2024-03-05,a,1,even")
    results = simulate("theory/mm1", orders=path)
    assert results.metrics["orders_placed"].tolist() == [2.0 if results.scenario.time.warm_up == 0 else 0.0]
    assert any("2 orders have a type; the scenario has one order type" in text for text in results.remarks)


def test_a_scenario_may_name_its_file_relative_to_itself(tmp_path):
    (tmp_path / "data").mkdir()
    write(tmp_path, "when;who;eur", "2024-03-04;a;1", "2024-03-05;b;2", name="data/shop.csv")
    demand = "demand: {file: data/shop.csv, columns: {placed: when, customer: who, value: eur}}"
    scenario = write(tmp_path, "extends: marketplace", "name: mine", demand, name="mine.yaml")
    results = simulate(scenario)
    assert results.metrics["orders_placed"].tolist() == [2.0]
    assert math.isclose(run(RunSpec(results.scenario)).metrics["wait_mean"], results.metrics["wait_mean"].iloc[0])


def test_without_a_file_or_orders_it_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="--orders FILE"):
        simulate("marketplace")
    orders = read_orders(EXAMPLE)
    none = orders.between(orders.rows[-1].placed, orders.rows[0].placed)
    with pytest.raises(InputError, match="at least one is needed"):
        simulate("marketplace", orders=none)
