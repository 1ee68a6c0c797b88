"""Nobody's luck depends on names, on places in a file, on logging, on strangers or on policies."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.policies import Portfolio, portfolio
from tests.properties.companies import POLICIES, Data, bits, companies, portfolios, run, world_of

luck = settings(derandomize=True, deadline=None, max_examples=25)


@given(companies(), portfolios)
@luck
def test_the_same_seed_gives_the_same_run_with_and_without_log(data: Data, chosen: Portfolio) -> None:
    world = world_of(data, chosen)[1]
    first = run(world, log=True)
    assert bits(run(world)) == bits(first)
    assert bits(run(world_of(data, chosen)[1])) == bits(first)
    if len(first.orders):
        assert run(world, replication=1).orders.tobytes() != first.orders.tobytes()
        assert run(world, seed=2).orders.tobytes() != first.orders.tobytes()


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Rename departments wherever they occur: as keys, as values and in pairs."""
    if isinstance(value, dict):
        return {renamed(key, names): renamed(child, names) for key, child in value.items()}
    if isinstance(value, list):
        return [renamed(child, names) for child in value]
    if isinstance(value, str) and "->" in value:
        return "->".join(names[part] for part in value.split("->"))
    return names.get(value, value) if isinstance(value, str) else value


@given(companies(), portfolios, st.randoms(use_true_random=False))
@luck
def test_renaming_departments_changes_nobodys_luck(data: Data, chosen: Portfolio, random: Any) -> None:
    data = without_idle_helpers(data)
    old = list(data["departments"])
    new = [f"department_{i}" for i in range(len(old))]
    random.shuffle(new)
    before, after = world_of(data, chosen)[1], world_of(renamed(data, dict(zip(old, new, strict=True))), chosen)[1]
    assert bits(run(before)) == bits(run(after))


@given(companies(), portfolios, st.randoms(use_true_random=False))
@luck
def test_reordering_departments_calendars_and_routes_changes_nobodys_luck(
    data: Data, chosen: Portfolio, random: Any
) -> None:
    def shuffled(mapping: Data) -> Data:
        keys = list(mapping)
        random.shuffle(keys)
        return {key: mapping[key] for key in keys}

    other = data | {part: shuffled(data[part]) for part in ("departments", "calendars", "routes")}
    assert bits(run(world_of(data, chosen)[1])) == bits(run(world_of(other, chosen)[1]))


@given(companies(), portfolios)
@luck
def test_a_department_that_nobody_asks_changes_nothing_for_the_others(data: Data, chosen: Portfolio) -> None:
    data = without_idle_helpers(data)
    stranger = {"staff": 2, "calendar": "office", "own_work": {"load": 1, "work": {"mean": "1 h", "cv": 1}}}
    more = data | {"departments": {"a_stranger": stranger} | data["departments"]}
    alone, beside = run(world_of(data, chosen)[1]), run(world_of(more, chosen)[1])
    assert alone.orders.tobytes() == beside.orders.tobytes()
    assert alone.customers.tobytes() == beside.customers.tobytes()


def without_idle_helpers(data: Data) -> Data:
    """Drop departments that no order ever meets; see `test_renaming_helpers_that_no_order_meets`."""
    from sim.arrays.routes import department_order

    scenario, _ = world_of(data)
    met = {s.department for steps in scenario.routes.values() for s in steps}
    met |= {n.source for steps in scenario.routes.values() for s in steps for n in s.needs}
    met |= {n.passed_on.to for steps in scenario.routes.values() for s in steps for n in s.needs if n.passed_on}
    used = {kind.route for kind in scenario.orders.values()}
    if set(department_order(scenario)) <= met and used == set(scenario.routes):
        return data
    return {key: value for key, value in data.items() if key not in ("cross_training", "helping")}


@given(companies(), portfolios)
@luck
def test_the_same_customers_place_the_same_orders_under_every_policy(data: Data, chosen: Portfolio) -> None:
    data = {key: value for key, value in data.items() if key not in ("churn", "newcomers")}
    today, other = run(world_of(data)[1]).orders, run(world_of(data, chosen)[1]).orders
    common = np.intersect1d(today["order"], other["order"])
    # One world may run on a little longer than the other; all that both saw placed is the same.
    assert len(common) >= min(len(today), len(other))
    fields = ["order", "customer", "type", "placed", "value"]
    a, b = (np.sort(t[np.isin(t["order"], common)], order="order") for t in (today, other))
    assert all((a[field] == b[field]).all() for field in fields)


@given(companies(), st.lists(st.sampled_from(POLICIES), min_size=1, unique=True))
@luck
def test_policies_at_intensity_zero_change_no_bit(data: Data, names: list[str]) -> None:
    today = world_of(data)[1]
    assert bits(run(today)) == bits(run(world_of(data, portfolio([(n, 0.0) for n in names]))[1]))


@given(companies(), st.permutations(POLICIES))
@luck
def test_the_order_in_which_policies_are_named_changes_no_bit_that_counts(data: Data, names: list[str]) -> None:
    one = run(world_of(data, portfolio([(n, 0.7) for n in POLICIES]))[1])
    other = run(world_of(data, portfolio([(n, 0.7) for n in names]))[1])
    # Floating-point products in another order may differ in the last bit; whole-number results rarely do.
    assert one.orders["placed"].tobytes() == other.orders["placed"].tobytes()
    assert len(one.orders) == len(other.orders)
