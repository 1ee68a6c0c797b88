"""People who cannot go on until a colleague has helped: how often, how long, and where the order's wait is entered."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.cli.main import main
from tests.internal_service.companies import HOUR, Data, Seen, bits, company, hours, near, step

RATE, HELP, WORK = 0.2, 0.5, 1.0
OFFICE = {"calendars": {"day": {"weekdays": "9:00-17:00"}, "morning": {"weekdays": "8:00-12:00"}}}


def with_tools(rate: float | None, helper: Data | None = None, **more: object) -> Data:
    """One step of an hour at a desk whose people need the tool room now and then."""
    needs = {} if rate is None else {"worker_needs": {"from": "tools", "rate": rate, "work": hours(HELP)}}
    desk = {"staff": 40, "discipline": "fifo"} | needs
    route = [step("serve", "desk", WORK, delivers=True), step("bill", "desk", WORK, invoices=True)]
    return company(route, {"desk": desk, "tools": {"staff": 40} | (helper or {})}, rate="2 per h", **more)


def test_people_are_blocked_as_often_as_rate_times_work_says_and_as_long_as_the_help_takes() -> None:
    seen = Seen(with_tools(RATE))
    chance = 1 - math.exp(-RATE * WORK)
    blocked = seen.parts("blocked")
    assert near(len(blocked) / len(seen.delivered), chance, len(seen.delivered))
    assert set((blocked["open"] + blocked["closed"]).tolist()) == {int(HELP * HOUR)}
    waits = (seen.delivered["delivered"] - seen.delivered["placed"]).tolist()
    assert sorted(set(waits)) == [int(WORK * HOUR), int((WORK + HELP) * HOUR)]
    assert waits.count(int((WORK + HELP) * HOUR)) == len(blocked)
    assert seen.adds_up()


def test_the_share_of_blocked_time_is_chance_times_help_over_work() -> None:
    seen = Seen(with_tools(RATE))
    m = seen.metrics
    asked = seen.pair("requests", "desk", "tools")
    chance = 1 - math.exp(-RATE * WORK)
    # Two steps of an hour each for every order.
    assert near(asked / m["desk.completed"], chance, int(m["desk.completed"]))
    assert m["desk.blocked_share"] / m["desk.utilisation"] == pytest.approx(
        asked / m["desk.completed"] * HELP, rel=0.02
    )
    assert m["desk->tools.blocked_people"] == pytest.approx(40 * m["desk.blocked_share"])
    assert m["desk->tools.request_wait_mean"] == pytest.approx(HELP)
    assert m["desk->tools.waiting_mean"] == pytest.approx(m["desk->tools.blocked_people"], rel=0.02)


def test_nobody_works_and_is_blocked_at_once() -> None:
    data = with_tools(5.0, {"staff": 1})
    data["departments"]["desk"]["staff"] = 3
    record = Seen(data).record
    for busy, blocked, present in zip(*(record.departments[k] for k in ("busy", "blocked", "present")), strict=True):
        assert busy + blocked <= present
    assert record.departments["blocked"][0] > 0


def test_parts_add_up_when_the_helpers_have_other_hours() -> None:
    data = with_tools(1.0, {"calendar": "morning", "staff": 2}, **OFFICE, calendar="day")
    data["departments"]["desk"]["staff"] = 30
    seen = Seen(data)
    blocked = seen.parts("blocked")
    assert len(blocked) > 50
    assert seen.adds_up()
    assert blocked["closed"].any()
    # While blocked the order is at the desk: what is closed are the desk's nights, not the helpers' afternoons.
    assert (blocked["open"] > int(HELP * HOUR)).any()


@pytest.mark.parametrize("cooperation", [{"completeness": 1}, {"completeness": 0.6, "trust": 0.5}])
def test_a_rate_of_zero_changes_no_bit(cooperation: Data) -> None:
    absent, zero = (with_tools(rate, cooperation=cooperation) for rate in (None, 0.0))
    assert bits(absent) == bits(zero)
    assert bits(absent) != bits(with_tools(RATE, cooperation=cooperation))


@pytest.mark.parametrize("circle", [("desk", "tools"), ("desk", "tools", "plant"), ("tools",)])
def test_a_circle_of_people_who_block_one_another_is_refused(circle: tuple[str, ...], tmp_path: Path) -> None:
    others = [*circle[1:], circle[0]]
    lines = [
        f"  {name}: {{staff: 2, worker_needs: {{from: {other}, rate: 0.1, work: {{mean: 1 h, cv: 1}}}}}}"
        for name, other in zip(circle, others, strict=True)
    ]
    lines += [f"  {name}: {{staff: 2}}" for name in ("desk", "tools", "plant") if name not in circle]
    text = (
        "name: circle\ntime: {horizon: 2 weeks}\ndepartments:\n"
        + "\n".join(lines)
        + """
routes:
  r: [{step: serve, department: desk, work: {mean: 1 h, cv: 1}, delivers: true}]
orders: {k: {route: r, value: {mean: 1, cv: 0}}}
demand: {kind: stream, rate: 0.1 per h}
"""
    )
    path = tmp_path / "circle.yaml"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 3
    assert "circle" in result.stderr
    assert " -> ".join((*circle, circle[0])) in result.stderr
