import pytest

from sim.scenario import Scenario, scenario_from_data, scenario_from_text
from sim.scenario.capacity import offered_load, open_share, order_rate, warnings
from sim.scenario.flow import expected_visits
from tests.scenario.small import TEXT, broken

HOUR = {"mean": "1 h", "distribution": "deterministic"}
PERFECT = {"completeness": 1.0}


def company(steps: list[dict], rate: str = "1 per h", **more: object) -> Scenario:
    names = {s["department"] for s in steps if "department" in s} | {
        n["from"] for s in steps for n in s.get("needs", [])
    }
    staff = more.pop("staff", 2)
    data = {
        "name": "hand",
        "time": {"horizon": "1 year"},
        "departments": {name: {"staff": staff} for name in sorted(names)},
        "routes": {"r": steps},
        "orders": {"o": {"route": "r", "value": {"mean": 1, "cv": 0}}},
        "demand": {"kind": "stream", "rate": rate},
        "cooperation": PERFECT,
    }
    return scenario_from_data({**data, **more})


def work(name: str, department: str, **more: object) -> dict:
    return {"step": name, "department": department, "work": HOUR, **more}


def test_one_queue() -> None:
    assert offered_load(company([work("a", "x")], "1.5 per h")) == {"x": pytest.approx(0.75)}


def test_visits_of_a_loop() -> None:
    # From b half return to a: 1 + 1/2 + 1/4 + ... = 2 visits of each; c once.
    steps = company([work("a", "x"), work("b", "y", next={"a": 0.5, "c": 0.5}), work("c", "x")]).routes["r"]
    assert expected_visits(steps) == pytest.approx({"a": 2.0, "b": 2.0, "c": 1.0})


def test_declined_quotes_do_not_go_on() -> None:
    steps = [work("a", "x", quotes=True), work("b", "y")]
    scenario = company(steps, promise={"house": "8 h", "acceptance": 0.6})
    assert expected_visits(scenario.routes["r"], 0.6) == pytest.approx({"a": 1.0, "b": 0.6})
    assert offered_load(scenario) == pytest.approx({"x": 0.5, "y": 0.3})
    longer = company(steps, promise={"house": "24 h", "customary": "8 h", "acceptance": 0.6, "loss_per_day": 0.1})
    assert offered_load(longer)["y"] == pytest.approx(0.3 * 2.718281828**-0.2)


def test_opening_hours_pace_and_overhead() -> None:
    week = {"weekdays": "9:00-17:00"}
    scenario = company([work("a", "x")], "0.4 per h", calendars={"o": week}, calendar="o", service={"overhead": 0.2})
    # 365 days from Monday 2024-01-01 hold 261 weekdays; 371 days are looked at, so weeks are whole.
    assert open_share(scenario, "o") == pytest.approx(40 / 168)
    assert offered_load(scenario)["x"] == pytest.approx(0.4 / (2 * 40 / 168 * 0.8))


def test_holidays_count() -> None:
    every = {"weekdays": "9:00-17:00", "holidays": ["2024-01-01", "2024-01-06"]}  # a Monday and a Saturday
    scenario = company([work("a", "x")], calendars={"o": every}, calendar="o")
    assert open_share(scenario, "o") * 371 * 24 == pytest.approx(53 * 40 - 8)


def test_needs_and_own_work() -> None:
    passed = {"to": "y", "probability": 0.5, "work": HOUR}
    need = {"from": "it", "probability": "20 %", "work": HOUR, "passed_on": passed}
    scenario = company([work("a", "x", needs=[need]), work("b", "y")], departments={
        "x": {"staff": 2}, "y": {"staff": 2}, "it": {"staff": 1, "own_work": {"load": 0.25, "work": HOUR}},
    })  # fmt: skip
    assert offered_load(scenario) == pytest.approx({"x": 0.5, "y": 0.5 + 0.05, "it": 0.2 + 0.25})


def test_clarifications_burden_the_sender() -> None:
    cooperation = {
        "completeness": 0.75, "detection": 0.8, "clarification": "30 min", "setup": "6 min",
        "redo_share": 0.0, "handoff_work": "3 min", "trust": 1.0,
    }  # fmt: skip
    van = {"step": "van", "transport": "van", "time": {"mean": "1 day", "cv": 1}}
    steps = [work("a", "x"), work("own", "x"), van, work("b", "y"), work("c", "y")]
    scenario = company(steps, "0.5 per h", cooperation=cooperation)
    # One hand-off, own -> b, through the van: a checklist of 3 min; 0.25 x 0.8 = 0.2 are noticed.
    assert offered_load(scenario) == pytest.approx({"x": 0.25 * (2 + 0.05 + 0.2 * 0.5), "y": 0.25 * (2 + 0.2 * 0.1)})


def test_redo_of_what_is_found_later() -> None:
    cooperation = {"completeness": 0.5, "detection": 0.0, "find_later": 0.6, "redo_share": 0.5, "trust": 1.0}
    steps = [
        work("a", "x"),
        work("b", "y"),
        {**work("c", "y"), "work": {"mean": "2 h", "distribution": "exponential"}},
    ]
    loads = offered_load(company(steps, "0.1 per h", cooperation=cooperation))
    # Of 0.5 defects 0.3 are found after b and 0.12 after c; half of a and of the finder's step is redone.
    assert loads == pytest.approx({"x": 0.05 * (1 + 0.42 * 0.5), "y": 0.05 * (3 + 0.3 * 0.5 + 0.12 * 1.0)})


def test_shares_of_order_types() -> None:
    orders = {
        "o": {"route": "r", "share": 0.25, "value": {"mean": 1, "cv": 0}},
        "p": {"route": "s", "share": 0.75, "value": {"mean": 1, "cv": 0}},
    }
    routes = {"r": [work("a", "x")], "s": [work("a", "x"), work("b", "x")]}
    assert offered_load(company([work("a", "x")], orders=orders, routes=routes)) == {"x": pytest.approx(1.75 / 2)}


def test_order_rate() -> None:
    assert order_rate(scenario_from_text(TEXT)) == pytest.approx(100 * 12 / 8766)
    file = company([work("a", "x")], demand={"kind": "file"})
    assert (order_rate(file), offered_load(file), warnings(file)) == (None, {}, [])


def test_warnings() -> None:
    assert warnings(scenario_from_text(TEXT)) == []
    (said,) = warnings(scenario_from_text(broken("customers: 100\n", "customers: 9000\n"), "a.yaml"))[:1]
    assert said.startswith("a.yaml, departments.")
    assert "grows without end" in said
    many = company([work("a", "x")], "1e5 per h", staff=100_000)
    assert "orders in one run" in warnings(many)[-1]


def test_a_checklist_takes_time_at_every_hand_off() -> None:
    cooperation = {"completeness": 1.0, "handoff_work": "3 min"}
    steps = [work("a", "x"), work("b", "y", next={"a": 0.5, "end": 0.5})]
    scenario = company(steps, "0.1 per h", cooperation=cooperation)
    # Two visits of each; x hands over twice, y once.
    assert offered_load(scenario) == pytest.approx({"x": 0.05 * (2 + 2 * 0.05), "y": 0.05 * (2 + 0.05)})


def test_the_estimate_agrees_with_the_reference_engine() -> None:
    from sim.api import simulate

    need = {"from": "it", "probability": 0.3, "work": HOUR}
    steps = [
        work("a", "x", needs=[need]),
        work("b", "y", next={"a": 0.2, "c": 0.8}),
        {"step": "c", "transport": "van", "time": {"mean": "5 h", "cv": 1}},
        work("d", "z"),
    ]
    cooperation = {"completeness": 0.6, "handoff_work": "6 min", "switching": "0 h", "alignment": 1.0}
    scenario = company(steps, "0.7 per h", cooperation=cooperation)
    measured = simulate(scenario, replications=2).tables["departments"].groupby("department")["utilisation"].mean()
    assert offered_load(scenario) == pytest.approx(dict(measured), rel=0.05)
