"""Every lever moves what it should, in the direction it should, on common random numbers.

Each line compares two worlds in sixteen paired replications; a lever without effect would pass one comparison with
probability at most 2.6 % (see `worlds.rises`). Seeds are fixed, so a pass stays a pass until a change of results.
"""

from __future__ import annotations

import pytest

from tests.levers.worlds import Policies, rises, values

HELP = "helping: {trained_share: 100 %}"

PARAMETERS = [
    # name, one world, the other, what rises from the first to the second, what falls
    ("completeness", "", "cooperation: {pairs: null, completeness: 98 %}",
     ["right_first_time_share", "support->sales.completeness"],
     ["wait_open_mean", "wait_share.clarification", "wait_share.redo", "problem_share", "support->sales.requests",
      "sales.utilisation"]),
    ("detection", "", "cooperation: {detection: 98 %}", ["warehouse->sales.requests"],
     ["problem_share", "complaint_share", "wait_share.redo"]),
    ("finding later", "", "cooperation: {find_later: 10 %}", ["problem_share"], ["wait_share.redo"]),
    ("setup", "", "cooperation: {setup: 1 h}", ["wait_open_mean", "sales.utilisation"], []),
    ("clarification", "", "cooperation: {clarification: 1.2 h}",
     ["wait_hours.clarification.sales", "sales.utilisation"], []),
    ("redo", "", "cooperation: {redo_share: 0 %}", [], ["wait_share.redo", "sales.utilisation"]),
    ("switching", "", "cooperation: {switching: 1 h}", ["sales.utilisation"], []),
    ("responsiveness", "", "cooperation: {responsiveness: 100 %}",
     [], ["support->sales.request_wait_mean", "warehouse->sales.request_wait_mean"]),
    ("excuse", "cooperation: {responsiveness: 100 %, excuse: 0}", "cooperation: {responsiveness: 100 %, excuse: 5}",
     ["wait_hours.clarification.sales", "wait_share.clarification"], ["support->sales.in_time_share"]),
    ("escalation", "", "cooperation: {escalation: 1 h}", [], ["wait_hours.clarification.sales"]),
    ("alignment", "", "cooperation: {alignment: 0 %}", ["wait_p90"], []),
    ("trust", "", "cooperation: {trust: 100 %}", [], ["sales.utilisation"]),
    ("patience", "", "patience: {scale: 10 h}", ["abandoned_share"], ["orders_delivered", "sales.queue_length_mean"]),
    ("promise", "", "promise: {house: 42 h}", ["promise_kept_share", "lost_sale_share", "satisfaction_mean"],
     ["orders_delivered"]),
    ("staff", "", "departments: {sales: {staff: 10}}", ["cost"],
     ["sales.utilisation", "sales.queue_wait_mean", "wait_hours.queue.sales"]),
    ("overhead", "", "service: {overhead: 8 %}", ["wait_open_mean", "wait_hours.work.warehouse", "hr.utilisation"],
     []),
    ("variability", "", "service: {variability: 3}", ["wait_hours.queue.warehouse", "warehouse.queue_wait_mean"], []),
    ("cross-training", "", HELP, ["sales.helping_share", "billing.helping_share"], ["wait_open_mean"]),
    ("efficiency of help", HELP, "helping: {trained_share: 100 %, efficiency: 0.4}", ["wait_open_mean"], []),
    ("hand-off work", "", "cooperation: {handoff_work: 12 min}", ["wait_hours.work.sales", "sales.utilisation"], []),
    ("hazard of leaving", "", "churn: {hazard: 1 per year}", ["churn_per_year"], ["customers_end"]),
    ("slope of leaving", "churn: {hazard: 1 per year, slope: 0}", "churn: {hazard: 1 per year}", ["customers_end"],
     ["churn_per_year"]),
    ("newcomers", "", "newcomers: {marketing: 2000 per year}",
     ["customers_end", "customers_joined", "orders_placed"], []),
    ("telling", "", "problems: {told_minor: 0 %, told_serious: 0 %}", [], ["complaint_share", "support.utilisation"]),
]  # fmt: skip


def wrong(metrics: list[str], low: tuple[str, Policies], high: tuple[str, Policies]) -> dict[str, list[float]]:
    """Return the metrics that do not rise from one world to the other, with their values."""
    pairs = {m: (values(m, *low), values(m, *high)) for m in metrics}
    return {m: [*one, *other] for m, (one, other) in pairs.items() if not rises(one, other)}


@pytest.mark.parametrize(("one", "other", "up", "down"), [p[1:] for p in PARAMETERS], ids=[p[0] for p in PARAMETERS])
def test_a_parameter_moves_what_it_should(one: str, other: str, up: list[str], down: list[str]) -> None:
    assert wrong(up, (one, ()), (other, ())) == {}
    assert wrong(down, (other, ()), (one, ())) == {}


FULL = [
    # policy, what rises from today, what falls; the last line of each is its price
    ("shared_standards",
     ["support->sales.completeness", "warehouse->sales.completeness", "hr.utilisation", "policy_cost"], []),
    ("checklist", ["support->sales.completeness", "right_first_time_share", "wait_hours.work.sales", "policy_cost"],
     ["warehouse->sales.requests"]),
    ("cross_training",
     ["sales.helping_share", "policy_cost", "wait_hours.work.sales"], ["wait_open_mean"]),
    ("more_staff", ["cost"], ["sales.utilisation", "warehouse.queue_wait_mean", "wait_open_mean"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "up", "down"), FULL, ids=[p[0] for p in FULL])
def test_a_policy_moves_what_it_should_and_costs_what_it_should(name: str, up: list[str], down: list[str]) -> None:
    chosen: Policies = ((name, 1.0),)
    assert wrong(up, ("", ()), ("", chosen)) == {}
    assert wrong(down, ("", chosen), ("", ())) == {}
